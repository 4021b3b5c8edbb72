"""What somebody of a department tries with the forms that they may use: it is refused by name, and kept."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accountability.models import Limit
from admission.actions import Entered, advance, apply, enter_pledge, hand_down, resend
from admission.invariants import faults
from admission.models import Application, Attempt, MatterKind, Pledge, Task, Verb
from admission.moves import AdmissionRefused
from tests.admission.ground import DAY, HOUR, applied, forwarded, granted, ground, handed, pledge, task, wanted
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return ground(world())


def refused(call, *args, **said) -> str:
    with pytest.raises(AdmissionRefused) as caught:
        call(*args, **said)
    assert caught.value.sentence
    return str(caught.value.code)


def mine(w, hours=5):
    return {"by": w.of(w.works_officer), "at": w.at + hours * HOUR}


@pytest.mark.parametrize(
    "said",
    [
        {"matter": "招商引资走访"}, {"content": "每街道完成 招商 引资 两家"}, {"matter": "招商　引资"},
        {"matter": "招·商·引·资走访"}, {"content": "每街道引-资一千万"}, {"training": "招商引资业务培训"},
        {"equipment": "招商引资宣传册"}, {"basis": "全区招商引资任务分解表"},
    ],
)  # fmt: skip
def test_another_kind_does_not_hide_what_is_blocked(w, said):
    assert refused(apply, wanted(w, **said), **mine(w)) == "blocked"
    (kept,) = Attempt.objects.all()
    assert (kept.kind, kept.carrier) == (w.investment, str(w.investors))


def test_neither_does_another_name_for_the_kind(w):
    MatterKind.objects.filter(pk=w.investment.pk).update(name="产业服务", name_en="Industry")
    assert refused(apply, wanted(w, matter="引资走访"), **mine(w)) == "blocked"
    assert apply(wanted(w, matter="招商银行网点消防提示"), **mine(w))


def test_a_task_under_a_permit_does_not_hide_it_either(w):
    permit = granted(w)
    assert refused(hand_down, handed(w, permit, words="顺带摸排招商引资线索"), **mine(w)) == "blocked"
    assert Attempt.objects.get().as_task
    assert not Task.objects.exists()


def test_what_is_sent_in_again_as_a_blocked_kind_is_kept_too(w):
    one = advance(applied(w), Verb.SEND_BACK, by=w.of(w.establishment), at=w.at + HOUR, note="补依据")
    again = {"seen": one.version, **mine(w)}
    assert refused(resend, one, wanted(w, kind=w.investment), **again) == "blocked"
    assert Attempt.objects.get().department == w.works
    assert refused(resend, one, wanted(w, department=w.police), **again) == "other_department"
    assert (
        refused(resend, one, wanted(w, kind=w.investment), **{**again, "by": w.of(w.police_officer)}) == "wrong_person"
    )
    assert Attempt.objects.count() == 1


def test_the_office_reads_each_attempt_with_who_carries_it_now(client, w):
    refused(apply, wanted(w, matter="招商引资走访"), **mine(w))
    client.force_login(w.establishment)
    page = client.get(reverse("admission:attempts")).content.decode()
    assert "招商引资走访" in page
    assert str(w.investors) in page


def test_a_day_that_is_over_is_no_day_for_a_task_whatever_the_limits_say(w):
    permit = granted(w)
    Limit.objects.filter(phase="task").delete()
    assert refused(hand_down, handed(w, permit, due_on=localdate(w.at) - DAY), **mine(w)) == "too_soon"


def test_what_was_ruled_a_shifted_duty_is_not_handed_down_again(w):
    permit = granted(w)
    one = advance(task(w, permit), Verb.FLAG, by=w.of(w.dispatcher), at=w.at + 6 * HOUR, note="转嫁")
    advance(one, Verb.UPHOLD, by=w.of(w.establishment), at=w.at + 7 * HOUR, note="属部门职责")
    assert refused(hand_down, handed(w, permit), **mine(w, 8)) == "ruled_shifted"
    assert refused(hand_down, handed(w, permit, street=w.other_street), **mine(w, 8)) == "ruled_shifted"
    assert refused(hand_down, handed(w, permit, title="三月 发放。"), **mine(w, 8)) == "ruled_shifted"
    assert hand_down(handed(w, permit, title="四月发放"), **mine(w, 8))


def test_the_number_of_a_permit_tells_nothing_of_whose_it_is(w):
    permit = granted(w)
    with pytest.raises(AdmissionRefused) as caught:
        hand_down(handed(w, permit, department=w.police), by=w.of(w.police_officer), at=w.at + 5 * HOUR)
    assert caught.value.code == "other_department"
    assert str(w.works) not in caught.value.sentence


def test_no_assessment_may_rest_on_what_is_cancelled_or_not_decided(w):
    kept = advance(pledge(w, "central", "中发1号"), Verb.KEEP, by=w.of(w.establishment), at=w.at, note="文件有要求")
    cancelled = advance(pledge(w), Verb.CANCEL, by=w.of(w.establishment), at=w.at, note="无依据")
    pledge(w, "provincial", "鲁发2号")
    assert list(Pledge.objects.may_be_assessed()) == [kept]
    assert refused(advance, cancelled, Verb.KEEP, by=w.of(w.establishment), at=w.at, note="恢复") == "wrong_state"
    advance(kept, Verb.CANCEL, by=w.of(w.establishment), at=w.at, note="已失效")
    assert not Pledge.objects.may_be_assessed().exists()


def test_a_pledge_of_a_day_to_come_is_not_entered(w):
    said = Entered(w.works, [w.street], "责任状", "完成目标", date(2030, 1, 1), "central", "中发1号")
    assert refused(enter_pledge, said, by=w.of(w.dispatcher), at=w.at) == "signed_in_future"


def test_a_department_does_not_call_off_what_is_flagged_to_be_ruled_on_by_nobody(client, w):
    flagged = advance(task(w), Verb.FLAG, by=w.of(w.dispatcher), at=w.at + DAY, note="像部门职责")
    assert refused(advance, flagged, Verb.CALL_OFF, note="撤回", **mine(w, 25)) == "wrong_state"
    client.force_login(w.works_officer)
    assert "call_off-note" not in client.get(reverse("admission:task", args=[flagged.pk])).content.decode()
    ruled = advance(flagged, Verb.UPHOLD, by=w.of(w.establishment), at=w.at + 2 * DAY, note="是部门职责")
    assert (ruled.state, ruled.ruling) == ("void", "shifted")


def test_what_has_no_permit_is_not_revoked_by_an_address_without_a_button(client, w):
    one = applied(w)
    for who, status in ((w.leader, 409), (w.dispatcher, 409), (w.police_officer, 404)):
        client.force_login(who)
        sent = {"seen": one.version, "revoke-note": "不办了", "revoke-basis": "12号"}
        assert client.post(reverse("admission:move", args=[one.pk, "revoke"]), sent).status_code == status
    one.refresh_from_db()
    assert one.state == "review"


@pytest.mark.parametrize("how", ["delete", "silence"])
def test_an_objection_that_is_taken_out_of_the_database_is_missed(w, how):
    one = advance(forwarded(w), Verb.OPINE, by=w.of(w.dispatcher), at=w.at + 2 * HOUR, note="不行",
                  facts={"view": "objects"})  # fmt: skip
    assert list(faults(w.at + 2 * HOUR)) == []
    given = one.opinions.filter(view="objects")
    given.delete() if how == "delete" else given.update(view="", words="", by=None, at=None, silent_at=w.at + HOUR)
    assert any(str(one.pk) in fault for fault in faults(w.at + 2 * HOUR))


def test_attempts_are_found_by_their_words(client, w):
    for matter in ("招商引资走访", "引资项目推介"):
        refused(apply, wanted(w, matter=matter), **mine(w))
    client.force_login(w.establishment)

    def matters(words: str) -> list[str]:
        page = client.get(reverse("admission:attempts"), {"q": words})
        return [one.matter for one, _timed in page.context["rows"]]

    assert matters("推介") == ["引资项目推介"]
    assert matters("引资 走访") == ["招商引资走访"]
    assert matters("巡查") == []


@pytest.mark.parametrize(
    ("rows", "changed"),
    [
        (Application, {"content": "顺带检查"}), (Application, {"money": 1}), (Task, {"due_on": date(2026, 1, 1)}),
        (Task, {"words": "每户检查"}),
    ],
)  # fmt: skip
def test_what_was_sent_in_is_not_written_over_unnoticed(w, rows, changed):
    task(w, granted(w))
    one = advance(applied(w, matter="二"), Verb.SEND_BACK, by=w.of(w.establishment), at=w.at + HOUR, note="补依据")
    resend(one, wanted(w, matter="二", content="补过"), seen=one.version, **mine(w, 2))
    assert list(faults(w.at + 6 * HOUR)) == []
    first = rows.objects.order_by("pk")[0]
    rows.objects.filter(pk=first.pk).update(**changed)
    (told,) = faults(w.at + 6 * HOUR)
    assert f" {first.pk} " in told

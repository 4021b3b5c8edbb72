"""The unit is told of a breach and replies once; the register is read by whom it concerns; one record is printed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from alerts.models import Alert
from assessment.models import Reckoning, Reply
from assessment.reckoning import ReckoningRefused, citable, reckon, reply
from audit import clock
from desk.actions import bundles
from desk.bundle.checking import check
from desk.models import Bundle
from outbox.actions import drain_all
from tests import stories
from tests.present import present

pytestmark = pytest.mark.django_db
SAID = {"evidence": "到期无人到场", "opinion": "约谈负责人"}
WORDS = "当日14时10分两人到场，签到在案"


@pytest.fixture
def w(monkeypatch):
    w = present(monkeypatch)
    w.case = stories.whistled(w)
    return w


def written(w, party=None, case=None) -> Reckoning:
    """Of the leading unit, or of the party that is named."""
    case = case or w.case
    duty = next(one for one in citable(case) if party in (None, one.party))
    return reckon(case, duty=duty, by=w.of(w.inspector), at=w.at, **SAID)


def refused(w, one, by, words=WORDS) -> str:
    with pytest.raises(ReckoningRefused) as caught:
        reply(one, words=words, by=w.of(by), at=w.at)
    return str(caught.value.code)


def heard(at) -> set[tuple[str, str]]:
    drain_all(at)
    return {(one.recipient.username, one.matter) for one in Alert.objects.exclude(matter="")}


def test_the_unit_is_told_and_then_the_inspector(w):
    one = written(w)
    assert heard(w.at) == {(w.works_officer.username, "written")}
    reply(one, words=WORDS, by=w.of(w.works_officer), at=w.at)
    assert (w.inspector.username, "replied") in heard(w.at)


def test_of_a_street_office_those_who_lead_the_street_are_told_and_reply(w):
    one = written(w, party="street")
    names = {name for name, _what in heard(w.at)}
    assert {w.dispatcher.username, w.street_leader.username} <= names
    assert w.outsider.username not in names
    assert refused(w, one, w.outsider) == "wrong_person"
    reply(one, words=WORDS, by=w.of(w.dispatcher), at=w.at)


def test_it_replies_once_with_words_and_nobody_else_does(w):
    one = written(w)
    for by in (w.police_officer, w.inspector, w.dispatcher, w.desk_officer):
        assert refused(w, one, by) == "wrong_person"
    assert refused(w, one, w.works_officer, words=" ") == "words_missing"
    reply(one, words=WORDS, by=w.of(w.works_officer), at=w.at)
    assert refused(w, one, w.works_officer) == "replied_already"
    assert Reply.objects.get().words == WORDS


def test_a_reply_is_changed_by_nobody(w):
    reply(written(w), words=WORDS, by=w.of(w.works_officer), at=w.at)
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assessment_reply SET words = 'x'")


def test_the_unit_opens_its_message_and_replies_on_the_page(client, w):
    one = written(w)
    drain_all(w.at)
    client.force_login(w.works_officer)
    Alert.objects.update(shown_at=w.at, told_at=w.at)
    alert = Alert.objects.get(recipient=w.works_officer, matter="written")
    assert w.case.number in client.get(reverse("alerts:inbox")).content.decode()
    where = reverse("desk:reckoning", args=[one.pk])
    assert client.post(reverse("alerts:open", args=[alert.pk])).url == where
    page = client.get(where).content.decode()
    assert one.duty.text in page
    assert w.version.label in page
    assert client.post(where, {"words": " "}).status_code == 422
    assert client.post(where, {"words": WORDS}).url == where
    assert WORDS in client.get(where).content.decode()
    assert client.post(where, {"words": "再说一次"}).status_code == 403
    assert Reply.objects.get().words == WORDS


def test_the_register_is_of_whom_it_concerns(client, w):
    one = written(w)
    where = {name: reverse(name, args=args) for name, args in {"desk:reckoned": [], "desk:reckoning": [one.pk]}.items()}
    for who in (w.works_officer, w.inspector, w.dispatcher, w.desk_officer):
        client.force_login(who)
        assert one.duty.text in client.get(where["desk:reckoned"]).content.decode()
        assert client.get(where["desk:reckoning"]).status_code == 200
    for who in (w.police_officer, w.outsider, w.clerk, w.establishment):
        client.force_login(who)
        assert w.case.number not in client.get(where["desk:reckoned"]).content.decode()
        assert client.get(where["desk:reckoning"]).status_code == 404
        assert client.post(where["desk:reckoning"] + "bundle/").status_code == 404


def test_it_is_narrowed_by_unit_and_state(client, w):
    lead, street = written(w), written(w, party="street")
    reply(lead, words=WORDS, by=w.of(w.works_officer), at=w.at)
    client.force_login(w.inspector)

    def found(query: str) -> list[Reckoning]:
        return client.get(reverse("desk:reckoned") + query).context["rows"]

    assert found("") == [street, lead]
    assert found("?unit=CG") == [lead]
    assert found("?state=open") == [street]
    assert found("?state=replied") == [lead]
    assert found("?unit=XX") == found("?state=x") == []
    shown = client.get("/reckonings/").content.decode()
    assert "已说明" in shown
    assert "已反馈" not in shown
    assert found(f"?before={street.pk}") == [lead]


def test_many_cost_as_many_questions_as_one(client, w, django_assert_num_queries):
    client.force_login(w.inspector)
    written(w)
    client.get(reverse("desk:reckoned"))
    for _ in range(3):
        written(w, case=stories.whistled(w))
    with django_assert_num_queries(5):
        client.get(reverse("desk:reckoned"))


def test_one_record_is_printed_off_the_request_and_its_copy_checked(client, w):
    one = written(w)
    client.force_login(w.works_officer)
    made = client.post(reverse("desk:reckoning_bundle", args=[one.pk]))
    bundle = Bundle.objects.get()
    assert made.url == reverse("desk:bundle", args=[bundle.pk])
    assert (bundle.state, bundle.digest) == ("waiting", "")
    bundles.run(bundle.pk, now=clock.now)
    bundle.refresh_from_db()
    answer = client.get(reverse("desk:bundle_file", args=[bundle.pk]))
    assert answer.content.startswith(b"%PDF")
    assert f"{w.case.number}-{one.pk}.pdf" in answer["Content-Disposition"]
    head = w.case.steps.order_by("seq").last()
    assert (bundle.steps, bundle.chain) == (head.seq, head.chain)
    verdict = check(bundle.digest, w.of(w.works_officer))
    assert verdict is not None
    assert verdict.chained
    client.force_login(w.inspector)
    assert client.get(reverse("desk:bundle_file", args=[bundle.pk])).status_code == 404


def test_who_no_longer_reads_it_takes_no_copy(client, w):
    one = written(w)
    client.force_login(w.works_officer)
    client.post(reverse("desk:reckoning_bundle", args=[one.pk]))
    bundle = Bundle.objects.get()
    bundles.run(bundle.pk, now=clock.now)
    w.works_officer.unit_roles.all().delete()
    assert client.get(reverse("desk:bundle_file", args=[bundle.pk])).status_code in (403, 404)

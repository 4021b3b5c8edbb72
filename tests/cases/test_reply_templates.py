"""Reply templates: gaps filled safely, offered where they fit, sent words remembered, kept by those whose they are."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from audit import clock
from cases import actions
from cases.loading import DATA, read_templates
from cases.models import ReplyTemplate, Step, Verb
from cases.moves import MoveRefused
from cases.reply_templates import check_gaps, filled, offers
from people.rows import RefusedRows
from tests import stories
from tests.cases.test_views import address, see, send
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def template(w, text="{place}：“{summary}”已由{unit}办结", **more) -> ReplyTemplate:
    return ReplyTemplate.objects.create(**{"verb": "reply", "title": "办结", "text": text, **more})


def arrived(w):
    """The leading unit stands where it may reply."""
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    for verb, given in ((Verb.SIGN, {}), (Verb.RESPOND, {"facts": stories.CONTACT}), (Verb.ARRIVE, {"note": "到"})):
        actions.answer(call, verb, by=w.of(w.works_officer), at=w.at + 2 * stories.HOUR, **given)
    return case, case.summonses.get(unit=w.works)


def titles(w, case, call, user=None, verb=Verb.REPLY) -> list[str]:
    return [one.title for one in offers(verb, case, call, w.of(user or w.works_officer), w.at)]


STRANGE = ("{who}", "{summary.__class__}", "{0}", "{}", "{ place }", "{{place}}", "{place", "place}", "{place!r}")


@pytest.mark.parametrize("text", STRANGE)
def test_words_with_any_other_gap_are_refused(text):
    with pytest.raises(MoveRefused) as caught:
        check_gaps(text)
    assert caught.value.code == "unknown_gap"


def test_what_is_filled_in_is_never_looked_at_again():
    assert (
        filled("{summary} {place}", {"summary": "{unit}{due}", "place": "%(x)s", "unit": "城管"}) == "{unit}{due} %(x)s"
    )


def test_what_is_not_known_stays_open():
    assert filled("{due}前", {"due": ""}) == "……前"


def test_the_gaps_are_filled_from_the_case_and_the_unit(w):
    case, call = arrived(w)
    template(w, text="{place} {summary} {unit} {due}")
    [offer] = offers(Verb.REPLY, case, call, w.of(w.works_officer), w.at)
    assert offer.text == "甲一路口 烧烤占道 区城管局 2026-03-16 17:30"


def test_only_what_fits_move_state_category_and_unit_is_offered_the_nearest_first(w):
    case, call = arrived(w)
    template(w, title="一般")
    template(w, title="本类", category=w.category)
    template(w, title="本单位", unit=w.works)
    template(w, title="别的分类", category=w.other_category)
    template(w, title="别的环节", state="signed")
    template(w, title="别的动作", verb="arrive")
    template(w, title="别的单位", unit=w.police)
    template(w, title="停用", retired_at=w.at)
    assert titles(w, case, call) == ["本单位", "本类", "一般"]


def test_without_scripts_a_button_puts_the_words_below_what_was_typed_and_sends_nothing(client, w):
    case, call = arrived(w)
    chosen = template(w, text="{place}已清理")
    before = Step.objects.count()
    typed = {"note": "先写的", "photos": "", "template": chosen.pk, "fill": "template"}
    answer = send(client, w.works_officer, address(case, Verb.REPLY, call), **typed)
    assert answer.context["form"]["note"].value() == "先写的\n甲一路口已清理"
    assert Step.objects.count() == before


def test_a_template_that_is_not_offered_inserts_nothing(client, w):
    case, call = arrived(w)
    theirs = template(w, unit=w.police)
    answer = send(
        client, w.works_officer, address(case, Verb.REPLY, call), note="x", template=theirs.pk, fill="template"
    )
    assert answer.context["form"]["note"].value() == "x"


@pytest.mark.parametrize(("note", "remembered"), [("甲一路口已清理", True), ("甲一路口已清理。", False)])
def test_words_sent_unchanged_are_remembered_as_stock(client, w, note, remembered):
    case, call = arrived(w)
    used = template(w, text="{place}已清理")
    assert send(client, w.works_officer, address(case, Verb.REPLY, call), note=note).status_code == 302
    facts = Step.objects.get(verb=Verb.REPLY, summons=call).facts
    assert facts.get("template") == (used.pk if remembered else None)


def test_what_a_template_holds_is_drawn_as_words(client, w):
    case, call = arrived(w)
    template(w, text='"><script>alert(1)</script>', title="<b>x</b>")
    page = see(client, w.works_officer, address(case, Verb.REPLY, call)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>x</b>" not in page


# ---- Keeping them

FORM = {"verb": "reply", "state": "", "category": "", "title": "新模板", "text": "{place}已办", "unit": ""}


def test_a_unit_writes_for_itself_and_nobody_for_all(client, w):
    add = reverse("cases:template_add")
    assert send(client, w.works_officer, add, **{**FORM, "unit": w.works.code}).status_code == 302
    assert ReplyTemplate.objects.get().unit == w.works
    assert send(client, w.desk_officer, add, **FORM).status_code == 403
    with pytest.raises(MoveRefused) as caught:
        actions.write_template(ReplyTemplate(verb="reply", title="x", text="y"), by=w.of(w.desk_officer), at=w.at)
    assert caught.value.code == "wrong_person"


def test_the_desk_keeps_a_units_template_and_is_led_to_a_draft_for_the_districts(client, w):
    theirs, ours = template(w, unit=w.police), template(w)
    page = see(client, w.desk_officer, reverse("cases:templates"))
    draft = f"{reverse('desk:change_new')}?kind=templates&subject=reply"
    assert {row.pk: where for row, where in page.context["rows"]} == {
        theirs.pk: reverse("cases:template", args=[theirs.pk]), ours.pk: draft,
    }  # fmt: skip
    where = reverse("cases:template", args=[theirs.pk])
    assert send(client, w.desk_officer, where, **{**FORM, "unit": "GA", "text": "改过的"}).status_code == 302
    assert send(client, w.desk_officer, reverse("cases:template", args=[ours.pk]), **FORM).status_code == 403
    assert client.post(reverse("cases:template_retire", args=[ours.pk])).status_code == 403


@pytest.mark.parametrize("unit", ["", "GA"])
def test_a_unit_writes_neither_for_all_nor_for_another(client, w, unit):
    assert send(client, w.works_officer, reverse("cases:template_add"), **{**FORM, "unit": unit}).status_code == 422
    assert not ReplyTemplate.objects.exists()
    with pytest.raises(MoveRefused) as caught:
        actions.write_template(ReplyTemplate(**{**FORM, "category": None, "unit": w.police if unit else None}),
                               by=w.of(w.works_officer), at=w.at)  # fmt: skip
    assert caught.value.code == "wrong_person"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("text", "{name}办", "unknown_gap"), ("state", "closing", "wrong_state"), ("title", " ", "required"),
     ("text", "", "required")],
)  # fmt: skip
def test_what_cannot_be_offered_is_not_saved_and_what_was_typed_stays(client, w, field, value, code):
    said = {**FORM, "unit": w.works.code, field: value}
    answer = send(client, w.works_officer, reverse("cases:template_add"), **said)
    assert answer.status_code == 422
    assert answer.context["form"].errors.as_data()[field][0].code == code
    assert not ReplyTemplate.objects.exists()


def test_changing_one_shows_at_the_next_note_and_leaves_steps_alone(client, w):
    kept = template(w, unit=w.works)
    where = reverse("cases:template", args=[kept.pk])
    send(client, w.works_officer, where, **{**FORM, "unit": w.works.code, "text": "改过的"})
    case, call = arrived(w)
    assert [one.text for one in offers(Verb.REPLY, case, call, w.of(w.works_officer), w.at)] == ["改过的"]


def test_what_is_retired_is_offered_no_more(client, w):
    kept = template(w, unit=w.works)
    case, call = arrived(w)
    client.force_login(w.works_officer)
    assert client.post(reverse("cases:template_retire", args=[kept.pk])).status_code == 302
    assert titles(w, case, call) == []
    assert client.get(reverse("cases:template", args=[kept.pk])).status_code == 404


def test_another_units_template_is_not_there_and_the_districts_is_read_only(client, w):
    theirs, ours = template(w, unit=w.police), template(w)
    assert see(client, w.works_officer, reverse("cases:template", args=[theirs.pk])).status_code == 404
    assert send(client, w.works_officer, reverse("cases:template", args=[ours.pk]), **FORM).status_code == 403


def test_the_list_shows_own_and_the_districts_with_counts_that_equal_the_lists(client, w):
    template(w), template(w, verb="arrive"), template(w, unit=w.works), template(w, unit=w.police)
    page = see(client, w.works_officer, reverse("cases:templates"))
    shown = {chip.href: chip.count for chip in page.context["chips"]}
    assert shown == {"?": 3, "?verb=arrive": 1, "?verb=reply": 2}
    found = {href: len(client.get(reverse("cases:templates") + href).context["rows"]) for href in shown}
    assert found == shown


# ---- The first ones


def test_the_ones_that_come_with_us_say_that_we_wrote_them_and_are_loaded_once():
    call_command("load_lixia", verbosity=0)
    rows = ReplyTemplate.objects.all()
    assert rows.count() > 15
    assert {row.basis for row in rows} == {"本项目自拟，供试用"}
    rows.filter(code="RP-DONE").update(text="改过", retired_at=clock.now())
    call_command("load_lixia", verbosity=0)
    assert rows.get(code="RP-DONE").text == "改过"


def test_a_file_with_an_unknown_gap_is_refused_whole(tmp_path):
    lines = (DATA / "reply_templates.csv").read_text(encoding="utf-8").replace("{place}", "{phone}")
    (tmp_path / "reply_templates.csv").write_text(lines, encoding="utf-8")
    codes = ("enforcement", "environment", "facilities", "greenery", "ecology", "safety", "market")
    with pytest.raises(RefusedRows, match="phone"):
        read_templates(tmp_path / "reply_templates.csv", codes)

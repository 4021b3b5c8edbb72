"""Every message has its Chinese, once, with the same placeholders, and the catalogue that Django reads is current."""

import pytest

from liixia.translations import catalogue, used

PLACES = {"Case %(number)s": ["cases/views.py:1"], "Sign": ["cases/models.py:2"]}
GOOD = {"Case %(number)s": "案件 %(number)s", "Sign": "签收"}


def test_every_message_of_the_house_has_its_chinese():
    assert list(catalogue.faults(catalogue.parts(), used.used())) == []


def test_the_catalogue_is_current():
    assert catalogue.stale(catalogue.files(catalogue.parts(), used.used())) == []


def test_a_good_part_has_no_faults():
    assert list(catalogue.faults({"cases": GOOD}, PLACES)) == []


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"cases": {"Sign": "签收"}}, "no Chinese"),
        ({"cases": {**GOOD, "Gone": "没了"}}, "used nowhere"),
        ({"cases": {**GOOD, "Sign": " "}}, "empty"),
        ({"cases": {**GOOD, "Case %(number)s": "案件"}}, "other placeholders"),
        ({"cases": GOOD, "desk": {"Sign": "签字"}}, "two words for one idea"),
    ],
)
def test_a_fault_is_named(parts, fault):
    assert [told for told in catalogue.faults(parts, PLACES) if told.startswith(fault)]


def test_messages_of_code_are_found_with_their_context(tmp_path, monkeypatch):
    monkeypatch.setattr(used, "CHECKOUT", tmp_path)
    (tmp_path / "views.py").write_text('a = _("One")\nb = pgettext("verb", "Sign")\nc = other("Not this")\n')
    assert used.used() == {"One": ["views.py:1"], "verb||Sign": ["views.py:2"]}


def test_messages_of_templates_are_found_as_django_asks_for_them(tmp_path, monkeypatch):
    monkeypatch.setattr(used, "CHECKOUT", tmp_path)
    (tmp_path / "page.html").write_text(
        '{% load i18n %}{% translate "One" as one %}{% include "x" with words=_("Two") %}\n'
        "{% blocktranslate trimmed with name=unit.name %}\n  Three of\n  {{ name }}\n{% endblocktranslate %}"
    )
    assert set(used.used()) == {"One", "Two", "Three of %(name)s"}


def test_a_message_that_is_no_plain_string_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(used, "CHECKOUT", tmp_path)
    (tmp_path / "views.py").write_text('a = _(f"Case {number}")\n')
    with pytest.raises(used.Unreadable, match=r"views\.py:1"):
        used.used()


def test_a_templates_percent_sign_is_written_as_it_is_read():
    parts, places = {"desk": {"%(rate)s % of all": "占 %(rate)s %"}}, {"%(rate)s %% of all": ["page.html:1"]}
    assert list(catalogue.faults(parts, places)) == []
    assert "占 %(rate)s %%" in catalogue.files(parts, places)["django.po"].decode()


def test_only_messages_in_use_reach_the_catalogue():
    made = catalogue.files({"cases": {**GOOD, "Gone": "没了"}}, PLACES)["django.po"].decode()
    assert "签收" in made
    assert "没了" not in made

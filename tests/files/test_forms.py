"""The photos of a form."""

from uuid import uuid4

import pytest
from django import forms

from files import actions
from files.actions import Chosen
from files.forms import PhotosField
from files.tickets import new_ticket, number_of
from tests.files import pictures
from tests.files.sending import ready, sent

pytestmark = pytest.mark.django_db


class Plain(forms.Form):
    photos = PhotosField()


class Needed(forms.Form):
    photos = PhotosField(required=True)


def codes(form):
    return [error.code for error in form.errors["photos"].as_data()] if form.errors else []


def test_a_fresh_form_carries_a_ticket_of_ours():
    html = str(Plain()["photos"])
    ticket = html.split('name="photos" value="')[1].split('"')[0]
    assert number_of(ticket)


def test_photos_sent_before_come_back_with_the_form(ticket, number, at):
    line = f"{ticket} {sent(pictures.sound(), ticket=number, at=at).pk}"
    assert f'value="{line}"' in str(Plain({"photos": line})["photos"])
    assert f'value="{line}"' in str(Plain(initial={"photos": line})["photos"])


def test_no_photos_are_falsy_and_only_wrong_where_they_are_needed(ticket):
    for line in ("", ticket):
        assert Plain({"photos": line}).is_valid()
        assert not Needed({"photos": line}).is_valid()
    form = Plain({})
    assert form.is_valid()
    assert not form.cleaned_data["photos"]


def test_sent_photos_become_what_attach_takes(ticket, number, at):
    photo = sent(pictures.sound(), ticket=number, at=at)
    form = Needed({"photos": f"{ticket} {photo.pk} {photo.pk}"})
    assert form.is_valid()
    assert form.cleaned_data["photos"] == Chosen(number, (photo.pk,))


@pytest.mark.parametrize(
    ("line", "code"),
    [("made-up", None), (f"made-up {uuid4()}", "too_old"), ("{ticket} rubbish", "unreadable")],
    ids=["no ticket", "made-up ticket", "rubbish"],
)
def test_a_line_that_is_not_ours_is_refused(line, code):
    form = Plain({"photos": line.format(ticket=new_ticket())})
    assert codes(form) == ([code] if code else [])


def test_half_a_photo_and_a_refused_one_are_told_by_name(ticket, number, at):
    half = actions.begin(size=9, name="half.jpg", ticket=number, sender=None, at=at)
    bad = ready(b"GIF89a", ticket=number, at=at, name="bad.jpg")
    form = Plain({"photos": f"{ticket} {half.pk} {bad.pk}"})
    assert set(codes(form)) == {"unfinished", "not_a_photo"}
    assert all(name in str(form.errors) for name in ("half.jpg", "bad.jpg"))


def test_the_widget_says_what_to_do_without_scripts_and_has_none_inline():
    html = str(Plain()["photos"])
    assert "data-without" in html
    assert "<script>" not in html
    assert "style=" not in html

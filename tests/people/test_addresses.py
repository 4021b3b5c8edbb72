"""Whatever is typed into an address, the answer is a page and never a fault of ours."""

import pytest
from django.urls import reverse

from accountability.actions.drafts import begin
from people.addresses import number_in
from tests.world import world

ENDLESS = "9" * 5000


@pytest.mark.parametrize("text", ["", None, "x", "-1", "²", ENDLESS])
def test_what_is_no_number_is_none(text):
    assert number_in(text) is None


def test_a_number_is_read():
    assert number_in("42") == 42


@pytest.mark.parametrize("address", ["/cases/%00/", "/cases/?category=%00", "/list/%00/", "/list/?q=%00", "/?kind=%00"])
def test_nothing_has_a_nul_in_its_address(db, client, address):
    client.force_login(world().dispatcher)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/cases/?before=", "/marks/?before=", "/inbox/?older=u", "/list/?version="])
@pytest.mark.parametrize("number", ["9" * 25, ENDLESS])
def test_an_endless_number_asks_for_nothing(db, client, address, number):
    client.force_login(world().dispatcher)
    assert client.get(address + number).status_code == 200


def test_an_endless_number_marks_nothing_as_read(db, client):
    client.force_login(world().dispatcher)
    assert client.post("/inbox/read/", {"up_to": ENDLESS}).status_code == 302


def test_an_endless_number_of_duties_is_no_form(db, client):
    w = world()
    client.force_login(w.establishment)
    draft = begin(w.list_kind, by=w.of(w.establishment), at=w.at)
    where = reverse("desk:item_edit", args=[draft.pk, w.item.code])
    assert client.post(where, {"rows": ENDLESS}).status_code in (200, 422)

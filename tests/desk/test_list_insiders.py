"""What an editor of the list tries with its pages: refused by name, and nothing half-saved."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from accountability.models import Item
from audit import clock
from changes.models import Change, State
from people.models import Role
from tests.accountability.lists import begun, second_editor, written
from tests.desk.test_items import values
from tests.present import present
from tests.world import seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return present(monkeypatch)


@pytest.mark.parametrize("code", ["ZHZF-01", "zhzf-01", " ZHZF-01 ", "ＺＨＺＦ－01", "ZHZF–01", ""])
def test_a_code_is_no_other_one_for_being_written_otherwise(client, w, code):
    client.force_login(w.establishment)
    draft = begun(w)
    new = values(client.get(f"/list/drafts/{draft.pk}/add/").context["form"])
    new |= {"code": code, "category": w.category.pk, "title": "共享单车", "area": "综合执法"}
    new |= {"party_0": f"unit:{w.market.pk}", "kind_0": "lead", "text_0": "清理"}
    answer = client.post(f"/list/drafts/{draft.pk}/add/", new)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert set(Item.objects.values_list("code", flat=True)) == {"ZHZF-01", "STHJ-01"}


def put_forward(client, draft, **more):
    """The page by which a draft is put forward, as it stands but for what is said."""
    where = f"/list/drafts/{draft.pk}/forward/"
    told = values(client.get(where).context["form"]) | {"title": "当日到场", "basis": "区编办3号", **more}
    return client.post(where, told)


@pytest.mark.parametrize("days", [-1, 0])
def test_a_day_that_has_begun_is_no_first_day(client, w, days):
    client.force_login(w.establishment)
    day = localdate(clock.now()) + timedelta(days=days)
    answer = put_forward(client, written(w), day=day.isoformat())
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Change.objects.exists()


def test_who_wrote_at_it_approves_nothing_with_another_hat_on(client, w):
    draft, other = written(w), second_editor(w)
    client.force_login(w.establishment)
    assert put_forward(client, draft).status_code == 302
    change = Change.objects.get()
    client.post(f"/changes/{change.pk}/submit/", {"seen": change.version})
    seat(w.establishment, Role.LEGAL, w.editors)
    for who in (w.establishment, other):
        client.force_login(who)
        assert client.post(f"/changes/{change.pk}/approve/", {"seen": change.version + 1}).status_code in (403, 409)
    change.refresh_from_db()
    assert change.state == State.SUBMITTED

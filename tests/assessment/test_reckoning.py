"""A unit is held to the list of the case's own version, once, by an inspector; sealed, and part of the bundle."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accountability.models import Duty, ItemVersion, ListVersion
from assessment.models import Reckoning
from assessment.reckoning import ReckoningRefused, citable, reckon
from cases.models import Case
from desk.bundle.reading import read
from desk.bundle.telling import told
from desk.models import Bundle
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db
SAID = {"evidence": "到期无人到场", "opinion": "约谈负责人"}


@pytest.fixture
def w():
    w = world()
    w.case = stories.whistled(w)
    return w


def written(w, duty=None, by=None, **said) -> Reckoning:
    duty = duty or citable(w.case)[0]
    return reckon(w.case, duty=duty, by=w.of(by or w.inspector), at=w.at, **{**SAID, **said})


def refused(w, *args, **said) -> str:
    with pytest.raises(ReckoningRefused) as caught:
        written(w, *args, **said)
    assert caught.value.sentence.strip()
    return str(caught.value.code)


def test_what_is_no_breach_of_this_version_is_refused_by_name(w):
    ListVersion.objects.filter(kind=w.list_kind).update(in_force_until=date(2030, 1, 1))
    newer = ListVersion.objects.create(kind=w.list_kind, number=99, label="新版", in_force_from=date(2030, 1, 1))
    said = ItemVersion.objects.create(version=newer, item=w.item, area="x", title="y")
    other = Duty.objects.create(item_version=said, kind="lead", party="unit", unit=w.works, party_name="x", text="新的")
    assert refused(w, other) == "other_version"
    assert refused(w, by=w.desk_officer) == "wrong_person"
    assert refused(w, evidence=" ") == "words_missing"
    written(w)
    assert refused(w) == "reckoned_already"
    Case.objects.filter(pk=w.case.pk).update(item=None)
    duty = citable(w.case)[0]
    w.case.refresh_from_db()
    assert refused(w, duty) == "no_duty_text"
    assert Reckoning.objects.count() == 1


def test_it_is_written_once_and_changed_by_nobody(w):
    one = written(w)
    assert one.unit == one.duty.unit
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assessment_reckoning SET opinion = 'x' WHERE id = %s", [one.pk])


def test_the_inspector_writes_it_on_the_page_and_the_unit_reads_it(client, w):
    where, duty = reverse("desk:reckonings", args=[w.case.number]), citable(w.case)[0]
    client.force_login(w.inspector)
    assert where in client.get(reverse("desk:case", args=[w.case.number])).content.decode()
    assert client.post(where, {"duty": duty.pk, **SAID, "opinion": ""}).status_code == 422
    assert client.post(where, {"duty": duty.pk, **SAID}).url == where
    client.force_login(w.works_officer)
    page = client.get(where).content.decode()
    assert duty.text in page
    assert "约谈负责人" in page
    assert '<form method="post" class' not in page
    assert client.post(where, {"duty": duty.pk, **SAID}).status_code == 404
    client.force_login(w.police_officer)
    assert "约谈负责人" not in client.get(where).content.decode()


def test_it_is_part_of_the_bundle_of_whoever_may_read_it(w):
    one = written(w)
    found = {
        name: told(Bundle(owner=user, case=w.case), read(w.case.number, w.of(user), w.at))["reckonings"]
        for name, user in {"inspector": w.inspector, "police": w.police_officer}.items()
    }
    assert found["inspector"][0]["duty"]["zh"] == one.duty.text
    assert found["police"] == []

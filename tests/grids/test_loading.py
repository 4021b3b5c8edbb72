"""The district is loaded once, and what is there stays as it is."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from grids.models import Area, Station, StationKind
from people.models import Unit
from tests.grids.made_up import made_up_district, rewrite


def load(**options) -> str:
    told = StringIO()
    call_command("load_lixia", stdout=told, **options)
    return told.getvalue()


def test_the_district_is_complete(lixia):
    counts = {kind: Area.objects.filter(kind=kind).count() for kind in ("district", "street", "community", "grid")}
    assert counts == {"district": 1, "street": 13, "community": 120, "grid": 773}
    assert Station.objects.count() == 65
    assert Unit.objects.filter(kind="street_office", areas__kind="street").count() == 13
    assert Unit.objects.exclude(kind__in=["street_office", "station"]).count() == 46


def test_a_second_run_writes_nothing(lixia):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load()
    assert [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []


def test_what_was_changed_here_stays(lixia):
    Area.objects.filter(code="370102009").update(name="Renamed")
    load()
    assert Area.objects.get(code="370102009").name == "Renamed"


def test_utilities_and_branches_are_outside_the_command_and_stations_inside(lixia):
    outside = set(Unit.objects.filter(commanded=False).values_list("kind", flat=True))
    assert outside == {"branch", "utility"}


def test_each_seat_has_its_unit(lixia):
    seats = dict(Unit.objects.exclude(seat="").values_list("seat", "short_name"))
    assert seats == {"desk": "街呼区应专席", "hotline": "热线中心", "supervision": "督查室"}


def test_a_station_is_part_of_its_department(lixia):
    station = Station.objects.get(street__code="370102009", kind__code="enforcement")
    assert (station.unit.kind, station.unit.parent.code) == ("station", "QZ-17")


def test_two_stations_of_a_kind_in_one_street_are_refused(lixia):
    street, kind = Area.objects.get(code="370102009"), StationKind.objects.get(code="police")
    unit = Unit.objects.create(code="X", name="X", short_name="X", kind="station")
    with pytest.raises(IntegrityError, match="one_station_of_a_kind_per_street"):
        Station.objects.create(unit=unit, street=street, kind=kind)


def test_another_district_loads_from_its_own_folder(db, tmp_path):
    made_up_district(tmp_path)
    load(data=tmp_path)
    assert list(Area.objects.values_list("code", flat=True)) == [
        "990101", "990101001", "990101001001", "990101001001001", "990101001001002",
    ]  # fmt: skip
    assert set(Unit.objects.values_list("code", flat=True)) == {"DEPT", "OFFICE", "POLICE"}
    assert Area.objects.get(code="990101").outline.startswith("POLYGON")


BAD_ROWS = [
    ("units", 2, "kind", "sect"),
    ("units", 3, "parent", "NOBODY"),
    ("units", 3, "commanded", "perhaps"),
    ("units", 3, "seat", "throne"),
    ("units", 3, "seat", "desk"),
    ("areas", 3, "code", "99010100"),
    ("areas", 4, "parent", "990101"),
    ("areas", 3, "office", "NOBODY"),
    ("areas", 5, "lon", "east"),
    ("areas", 6, "since", "yesterday"),
    ("outlines", 2, "outline", "POLYGON ((0 0, 1 1))"),
    ("outlines", 3, "outline", "POLYGON ((0 0, 0 2, 2 2, 2 0, 0 0))"),
    ("stations", 2, "kind", "circus"),
    ("duties", 2, "unit", "NOBODY"),
    ("items", 2, "category", "circus"),
    ("situations", 2, "urgency", "soonish"),
]


@pytest.mark.parametrize(("file", "row", "column", "value"), BAD_ROWS)
def test_a_bad_row_is_named_and_nothing_is_saved(db, tmp_path, file, row, column, value):
    made_up_district(tmp_path)
    rewrite(tmp_path / f"{file}.csv", row, column, value)
    with pytest.raises(CommandError) as refused:
        load(data=tmp_path)
    faults = refused.value.__cause__.faults
    assert (f"{file}.csv", row, column) in [(fault.file, fault.row, fault.column) for fault in faults]
    assert f"{file}.csv" in str(refused.value)
    assert not Unit.objects.exists()
    assert not Area.objects.exists()


def test_a_missing_file_is_named(db, tmp_path):
    made_up_district(tmp_path)
    (tmp_path / "stations.csv").unlink()
    with pytest.raises(CommandError, match="stations.csv"):
        load(data=tmp_path)
    assert not Unit.objects.exists()


def test_a_unit_that_is_part_of_itself_is_refused(db, tmp_path):
    made_up_district(tmp_path)
    rewrite(tmp_path / "units.csv", 2, "parent", "DEPT")
    with pytest.raises(CommandError, match="units.csv"):
        load(data=tmp_path)

"""The map: the same numbers as the lists for everybody, small, tagged, and bounded when single cases are drawn."""

import gzip
import json
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import clock
from cases.models import Case
from desk import points
from desk.areas import GROUPS
from grids.maps import map_file
from grids.models import Area, AreaKind
from tests import stories
from tests.desk.test_dashboard import READERS, doors, listed, read, tell
from tests.lately import lately

pytestmark = pytest.mark.django_db
EVERYBODY = (*READERS, "worker", "clerk", "community_worker", "establishment")
WHOLE = "-180,-90,180,90"


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def counts(client, user, query="") -> dict[str, list[int]]:
    return read(client, user, f"/map/counts.json{query}").json()["areas"]


def placed(case: Case, lon: float = 117.05, lat: float = 36.66) -> Case:
    Case.objects.filter(pk=case.pk).update(lon=lon, lat=lat)
    return case


def drawn(client, user, query="") -> list[str]:
    found = read(client, user, f"/map/points.json?box=117,36.6,117.1,36.7{query}").json()["points"]
    return [href.split("/")[2] for _lon, _lat, _group, href, _summary in found]


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_number_equals_the_list_that_it_opens(client, w, name):
    tell(w)
    user = getattr(w, name)
    for address in ("/map/", "/map/?category=city", "/map/?due=over", f"/map/?area={w.street.code}"):
        for href, n in doors(read(client, user, address)):
            assert listed(client, href) == n, href


def test_the_counts_are_of_what_each_reader_sees(client, w):
    tell(w)
    at = clock.now()
    for name in EVERYBODY:
        user = getattr(w, name)
        streets = {code: sum(n) for code, n in counts(client, user).items() if len(code) == 9}
        seen = Case.objects.visible_to(w.of(user, at)).open()
        wanted = {street: seen.under(street).count() for street in (w.street.code, w.other_street.code)}
        assert streets == {street: n for street, n in wanted.items() if n}, name


def test_the_table_says_what_the_map_says(client, w):
    tell(w)
    for query, length in (("", 9), (f"?area={w.street.code}", 15)):
        rows = read(client, w.desk_officer, f"/map/{query}").context["rows"]
        told = {code: sum(n) for code, n in counts(client, w.desk_officer).items() if len(code) == length}
        assert {row.code: row.all[0] for row in rows if row.code} == {
            c: n for c, n in told.items() if c[:9] in query or not query
        }


def test_unchanged_counts_are_not_sent_again(client, w):
    stories.reported(w)
    first = read(client, w.desk_officer, "/map/counts.json")
    again = client.get("/map/counts.json", headers={"if-none-match": first["ETag"]})
    assert first["ETag"].startswith('W/"')
    assert (again.status_code, again.content) == (304, b"")
    stories.reported(w)
    assert client.get("/map/counts.json", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_counts_of_one_reader_are_kept_from_shared_stores(client, w):
    answer = read(client, w.desk_officer, "/map/counts.json")
    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


def test_points_are_of_what_is_seen_open_and_in_view(client, w):
    here, far = placed(stories.reported(w)), placed(stories.reported(w), lon=118.0)
    placed(stories.closed(w))
    assert drawn(client, w.dispatcher) == [here.number]
    assert drawn(client, w.outsider) == []
    assert drawn(client, w.dispatcher, "&category=env") == []
    assert far.number not in drawn(client, w.desk_officer)


def test_too_many_points_are_left_to_the_areas(client, w, monkeypatch):
    monkeypatch.setattr(points, "MOST", 1)
    for _ in range(2):
        placed(stories.reported(w))
    answer = read(client, w.desk_officer, f"/map/points.json?box={WHOLE}").json()
    assert answer == {"more": True, "points": []}


@pytest.mark.parametrize("box", ["", "1,2,3", "a,b,c,d", "nan,1,2,3", "1,2,3,999"])
def test_what_is_no_part_of_the_map_is_not_there(client, w, box):
    assert read(client, w.desk_officer, f"/map/points.json?box={box}").status_code == 404


def test_the_map_asks_no_more_for_many_cases_than_for_few(client, w):
    def queries(address: str) -> int:
        read(client, w.desk_officer)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    addresses = ("/map/", "/map/counts.json", f"/map/points.json?box={WHOLE}")
    tell(w)
    queries("/map/")
    few = [queries(address) for address in addresses]
    tell(w)
    assert [queries(address) for address in addresses] == few
    assert few[0] <= 8 + 6
    assert max(few[1:]) <= 6


def test_an_empty_map_says_what_that_means(client, w):
    page = unescape(read(client, w.desk_officer, "/map/?due=over").content.decode())
    assert "这里没有在办的" in page


def test_all_that_the_map_loads_of_the_whole_district_is_within_300_kb(db):
    call_command("load_lixia", verbosity=0)
    codes = list(Area.objects.filter(kind__in=(AreaKind.STREET, AreaKind.GRID)).values_list("code", flat=True))
    assert len(codes) == 786
    said = {"groups": GROUPS, "areas": {code: [123, 45, 67, 890] for code in codes}}
    packed = len(gzip.compress(json.dumps(said, separators=(",", ":")).encode(), compresslevel=4))
    assert sum(len(map_file(kind).packed) for kind in ("street", "grid")) + packed <= 300 * 1024

"""The outlines for the map are one small file, cached for good under the mark of their content."""

import gzip
import json

from grids.maps import map_file, outlines_url
from grids.models import Area


def test_the_grids_of_the_district_fit_into_300_kib(lixia):
    assert len(map_file("grid").packed) < 300 * 1024
    features = json.loads(gzip.decompress(map_file("grid").packed))["features"]
    assert len(features) == 773


def test_the_file_says_that_outlines_are_provisional(lixia):
    told = json.loads(map_file("street").body)
    assert told["properties"] == {"kind": "street", "provisional": True, "note": "暂定"}
    assert {feature["properties"]["note"] for feature in told["features"]} == {"暂定"}


def test_an_area_surveyed_at_last_is_no_longer_provisional(lixia):
    Area.objects.filter(kind="district").update(provisional=False)
    told = json.loads(map_file("district").body)
    assert (told["properties"]["provisional"], told["features"][0]["properties"]["note"]) == (False, "")


def test_the_address_is_kept_for_good(lixia, client):
    answer = client.get(outlines_url("street"), headers={"accept-encoding": "gzip"})
    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.content))["type"] == "FeatureCollection"
    again = client.get(outlines_url("street"), headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_plain_for_whoever_cannot_unpack(lixia, client):
    answer = client.get(outlines_url("street"))
    assert not answer.has_header("Content-Encoding")
    assert len(answer.json()["features"]) == 13


def test_an_old_address_leads_to_the_new_one(lixia, client):
    old = outlines_url("district")
    Area.objects.filter(kind="district").update(name="New")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (302, outlines_url("district"))
    assert outlines_url("district") != old


def test_there_is_no_map_of_another_kind(lixia, client):
    assert client.get("/map/outlines/planet-0.geojson").status_code == 404

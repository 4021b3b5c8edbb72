"""What programs read: each resource, by somebody who may, somebody of another street, and nobody."""

import pytest

from tests import stories
from tests.api.asking import Program, program
from tests.world import world

pytestmark = pytest.mark.django_db
REFERENCE = ["areas", "units", "categories", "items", "list-versions", "situations"]
ROWS = ["cases", "whistles", "summonses", "steps", "clocks"]


@pytest.fixture
def w():
    found = world()
    found.case = stories.whistled(found)
    return found


@pytest.mark.parametrize("name", [*REFERENCE, *ROWS, "marks"])
def test_without_a_token_nothing_is_read(name):
    answer = Program().get(f"{name}/")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("name", REFERENCE)
def test_whoever_is_at_work_reads_the_reference_data(w, name):
    assert program(w.establishment).get(f"{name}/").status_code == 200


@pytest.mark.parametrize("name", ROWS)
def test_rows_of_a_case_are_read_by_those_who_see_it(w, name):
    assert program(w.works_officer).get(f"{name}/").json()["results"] != []
    assert program(w.outsider).get(f"{name}/").json()["results"] == []


def test_a_case_whole_tells_what_may_be_done_and_why_not_the_rest(w):
    case = program(w.works_officer).get(f"cases/{w.case.number}/").json()
    ours = next(call for call in case["summonses"] if call["unit"] == "CG")
    moves = {move["verb"]: (move["allowed"], move["code"]) for move in ours["allowed_moves"]}
    assert moves["sign"] == (True, "")
    assert moves["reply"] == (False, "wrong_state")
    assert {clock["phase"] for clock in case["clocks"]} >= {"sign", "respond", "promise"}

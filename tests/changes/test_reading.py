"""What programs read of changes: by those who draft or decide their kind, never by others."""

import pytest

from tests.api.asking import Program, program
from tests.changes.drafting import sent
from tests.world import world

pytestmark = pytest.mark.django_db


def test_changes_are_read_by_who_drafts_or_decides_their_kind():
    w = world()
    change = sent(w)
    told = program(w.inspector).get(f"changes/{change.pk}/").json()
    assert (told["state"], told["drafted_by"], told["decided_by"]) == ("submitted", "专席", None)
    assert [row["phase"] for row in told["before"]["limits"]] == [row["phase"] for row in told["after"]["limits"]]
    assert program(w.assessor).get("changes/", {"kind": "limits", "state": "draft"}).json()["results"] == []
    assert program(w.worker).get("changes/").json()["results"] == []
    assert program(w.works_officer).get(f"changes/{change.pk}/").status_code == 404
    assert Program().get("changes/").status_code == 401

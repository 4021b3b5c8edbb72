"""The hotline asks that a caller is restrained, a street finds nothing of it, the inspector decides and lifts it."""

from datetime import timedelta

import pytest
from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate

from audit import clock
from cases.models import Case
from engagement.models import Report, Restraint
from grids.models import Posting
from people.models import Role
from tests.browser.persons import PHONE
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SHORT = "Write the reason in at least %(count)s signs: what was done, how often, and what was said to them."
WHY = "一周内多次来电辱骂，事情已经当面答复。"


def one_caller() -> list[Report]:
    """Three demo reports, made those of one person for whom nobody has asked anything."""
    taken = Restraint.objects.values("caller")
    rows = Report.objects.exclude(caller="").exclude(caller__in=taken).annotate(count=Count("case__summonses"))
    found = list(rows.filter(case__confidential=False, count=0).select_related("case").order_by("-pk")[:3])
    Report.objects.filter(pk__in=[one.pk for one in found]).update(caller="f" * 32)
    return found


def dispatcher_of(case: Case):
    return Posting.objects.filter(role=Role.DISPATCHER, area__code=case.place_code[:9]).order_by("pk")[0].user


def test_a_caller_is_restrained_by_two_people_and_set_free(as_person):
    reports = one_caller()
    case = reports[0].case
    form = reverse("engagement:restrain", args=[case.number, reports[0].pk])
    clerk = as_person(people.seated("clerk"), java_script_enabled=False, viewport=PHONE)
    clerk.opens(reverse("desk:case", args=[case.number]))
    clerk.follows("Misuse: ask that this caller is restrained")
    clerk.writes("What was done, how often, and what was said to the caller", "太烦")
    for report in reports:
        clerk.page.get_by_role("checkbox", name=report.case.number).check()
    clerk.writes("Day of review", (localdate(clock.now()) + timedelta(days=30)).isoformat())
    with clerk.answered(422):
        clerk.presses("Ask the inspector")
        clerk.sees(SHORT, count=10)
    clerk.writes("What was done, how often, and what was said to the caller", WHY)
    clerk.presses("Ask the inspector")
    clerk.sees("It is asked for. An inspector decides; until then nothing changes.")
    one = Restraint.objects.get(caller="f" * 32)
    street = as_person(dispatcher_of(case))
    with street.answered(404):
        street.opens(form)
    inspector = as_person(people.seated("inspector"), java_script_enabled=False, viewport=PHONE)
    decides(inspector, one)
    assert Restraint.objects.get(pk=one.pk).upheld
    inspector.writes("Why it is lifted before its day", "来电人已同意每周一次。")
    inspector.presses("Lift it")
    inspector.sees("It is lifted.")
    clerk.opens(reverse("engagement:restraints"))
    clerk.sees("lifted")


def decides(inspector, one: Restraint) -> None:
    inspector.opens(reverse("engagement:restraints"))
    inspector.page.locator(f"a[href='{reverse('engagement:restraint', args=[one.pk])}']").click()
    inspector.ticks("Yes, until the day of review")
    inspector.writes("Why", "听过三段录音，情况属实，予以限制。")
    inspector.presses("Write the decision down")
    inspector.sees("It is decided.")

"""Walks a case of the small world to a given point, by the actions alone."""

from datetime import timedelta
from types import SimpleNamespace

from cases import actions, loading
from cases.actions.archiving import archive_due
from cases.models import Case, Outlet, Summons, Verb

HOUR = timedelta(hours=1)
CONTACT = {"contact": "诉求人", "contacted_at": "2026-03-09T11:00:00+08:00", "means": "phone"}


def reported(w: SimpleNamespace, has_citizen: bool = True, area=None, **more) -> Case:
    return actions.open_case(
        area=area or w.grid, category=w.category, summary="占道烧烤", channel="01", profile=w.profile, by=None, at=w.at,
        place="甲一路口", has_citizen=has_citizen, **more,
    )  # fmt: skip


def accepted(w: SimpleNamespace, **more) -> Case:
    case = reported(w, **more)
    return actions.accept(
        case,
        by=w.of(w.dispatcher),
        at=w.at + HOUR,
        summary="烧烤占道",
        category=w.category,
        urgency="normal",
        item=w.item,
    )


def calls(w: SimpleNamespace) -> list[actions.Call]:
    duties = {duty.unit_id: duty for duty in w.item.versions.get(version=w.version).duties.exclude(unit=None)}
    return [
        actions.Call(w.works, leads=True, duty=duties[w.works.pk]),
        actions.Call(w.police, leads=False, duty=duties[w.police.pk]),
    ]


def whistled(w: SimpleNamespace, **more) -> Case:
    case = accepted(w, **more)
    return actions.blow_whistle(
        case, by=w.of(w.dispatcher), at=w.at + HOUR, kind="enforcement", first_action="已劝阻两次", calls=calls(w)
    )


def with_leaders(w: SimpleNamespace) -> SimpleNamespace:
    """From now on whistles need the leader of the street."""
    w.profile.stages = ["approve", "inspect", "callback"]
    w.profile.save()
    return w


def before_the_leader(w: SimpleNamespace, named: bool = True, kind: str = "enforcement") -> Case:
    """A whistle that waits for the leader; an emergency, which went out at once and is to be approved afterwards."""
    case = accepted(with_leaders(w))
    return actions.blow_whistle(
        case,
        by=w.of(w.dispatcher),
        at=w.at + HOUR,
        kind=kind,
        first_action="已劝阻两次",
        calls=calls(w) if named else [],
    )


def at_desk(w: SimpleNamespace, **more) -> Case:
    case = accepted(w, **more)
    off_list = [actions.Call(w.market, leads=True, reason="食品问题")]
    return actions.blow_whistle(
        case, by=w.of(w.dispatcher), at=w.at + HOUR, kind="prominent", first_action="已劝阻", calls=off_list
    )


def convened(w: SimpleNamespace, after: timedelta = timedelta(days=365 * 4)) -> Case:
    """Both units are called together, years ahead where a page asks at this very moment."""
    facts = {
        "kind": "enforcement", "place": "北门", "meets_at": (w.at + after).isoformat(), "lead": "CG",
        "members": ["CG", "GA"],
    }  # fmt: skip
    by = w.of(w.dispatcher)
    return actions.advance(whistled(w), Verb.CONVENE, by=by, at=w.at + HOUR, note="先查后清", facts=facts)


def replies(w: SimpleNamespace, call: Summons, at=None) -> Summons:
    """Sign, respond, arrive and reply for a called unit."""
    at = at or w.at + 2 * HOUR
    by = w.of({w.works.pk: w.works_officer, w.police.pk: w.police_officer, w.market.pk: w.market_officer}[call.unit_id])
    call = actions.answer(call, Verb.SIGN, by=by, at=at)
    call = actions.answer(call, Verb.RESPOND, by=by, at=at, facts=CONTACT)
    call = actions.answer(call, Verb.ARRIVE, by=by, at=at, note="两人到场")
    return actions.answer(call, Verb.REPLY, by=by, at=at, note="已清理")


def inspecting(w: SimpleNamespace, **more) -> Case:
    case = whistled(w, **more)
    for call in case.summonses.all():
        replies(w, call)
    return Case.objects.get(pk=case.pk)


def calling_back(w: SimpleNamespace) -> Case:
    return actions.advance(inspecting(w), Verb.PASS, by=w.of(w.worker), at=w.at + 3 * HOUR, note="已清净")


def closing(w: SimpleNamespace, solved: bool = True, grade: str = "satisfied") -> Case:
    facts = {"outcome": "reached", "solved": solved, "grade": grade}
    return actions.advance(calling_back(w), Verb.CALL_BACK, by=w.of(w.clerk), at=w.at + 4 * HOUR, facts=facts)


def closed(w: SimpleNamespace, **more) -> Case:
    return actions.advance(closing(w, **more), Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + 5 * HOUR, note="办结")


def archived(w: SimpleNamespace) -> Case:
    """Closed, kept by the one class of this world, and locked when its day had come."""
    keeping(w)
    case = closed(w)
    archive_due(w.at + timedelta(days=91))
    return Case.objects.get(pk=case.pk)


def keeping(w: SimpleNamespace) -> None:
    loading.load_retentions(loading.read_retentions(loading.DATA / "retentions.csv"))


def outlets(w: SimpleNamespace) -> dict[str, Outlet]:
    """The authorities outside, as they are shipped, by code."""
    loading.load_outlets(loading.read_outlets(loading.DATA / "outlets.csv"))
    return {one.code: one for one in Outlet.objects.all()}


def transferred(w: SimpleNamespace, case: Case | None = None, to: str = "petition", at=None) -> Case:
    """Passed on to an authority outside; `to="discipline"` is a discreet one."""
    case = case or accepted(w)
    by, at = w.of(w.desk_officer), at or w.at + 2 * HOUR
    return actions.transfer(case, by=by, at=at, outlet=outlets(w)[to], note="反映的是该部门的事项")


def withheld(w: SimpleNamespace, case: Case | None = None) -> Case:
    return transferred(w, case, "discipline")


def merged(w: SimpleNamespace) -> Case:
    """Reported, and merged into another case of the same street."""
    main = accepted(w)
    return actions.merge(reported(w), main=main, by=w.of(w.dispatcher), at=w.at + 2 * HOUR, note="同一摊位")


def closed_before(w: SimpleNamespace) -> Case:
    """A case that was closed before any other of this world came in."""
    case = closed(w)
    Case.objects.filter(pk=case.pk).update(closed_at=w.at - HOUR)
    return Case.objects.get(pk=case.pk)

"""Every page that somebody can reach: read from the navigation, from the tables of moves and from what they may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode, urlsplit

from django.db.models import Prefetch
from django.urls import resolve, reverse

from accountability.models import Item, ListVersion
from admission.actions.pledges import may_enter
from admission.models import Application, Pledge, Task
from admission.querysets import departments_of
from admission.registers import may_read
from assessment.models import Mark, Reckoning
from audit import clock
from cases.choices import moves_for_case, moves_for_summons
from cases.models import Case, Dispute, JointAction, Order, Proposal, State, Summons, Verb
from cases.posts import SHOWS_THE_CODE
from cases.proposing import may_propose
from cases.workflow import MOVES
from changes.models import Change
from desk.changing import offers
from desk.models import Bundle, ExportJob, ListImport
from desk.navigation import navigation
from engagement import public
from engagement.models import Report, Restraint
from files.models import Photo
from gateway.access import IMPORTING
from gateway.models import Import
from grids.standing import Standing, standing_of
from people.models import Role, User

LINK = "read-by-the-browser-tests-alone"
SCANNED = 60
TELLING = (State.REPORTED, State.IN_HAND, State.CLOSED)


@dataclass(frozen=True)
class Reader:
    """Somebody in a role, and the cases that they see."""

    user: User
    standing: Standing
    cases: list[Case]


# Between them these open every page and every form; the others see the same ones with less in them.
READ_WIDE = (Role.DISTRICT_DESK, Role.DISPATCHER, Role.RESPONDER, Role.GRID_WORKER, Role.CLERK, Role.SYSTEM_ADMIN)
# Pages whose question decides what they are.
ASKING = ("desk:change_new",)
# Long pages that say the same to everybody, read in one role for all.
ALIKE, READS_THEM = ("/workflow/", "/ladder/"), Role.SYSTEM_ADMIN


def reader(role: str) -> Reader:
    """Of the people in this role, the one who sees most."""
    at = clock.now()
    held = User.objects.filter(postings__role=role) | User.objects.filter(unit_roles__role=role)
    found = [standing_of(user, at) for user in held.distinct().order_by("pk")[:SCANNED]]
    most = max(found, key=lambda standing: Case.objects.visible_to(standing).count())
    rows = Case.objects.visible_to(most).select_related("profile", "office", "area", "category", "item")
    calls = Prefetch("summonses", Summons.objects.in_hands(at).select_related("unit", "worker"))
    return Reader(most.user, most, list(rows.prefetch_related(calls).order_by("pk")))


def of_residents() -> Iterator[str]:
    """What needs no account; a receipt for each state in which a case can stand."""
    yield reverse("admission:cancelled")
    yield reverse("admission:revoked")
    yield from ("/", "/report/", "/receipt/", "/sign-in", "/receipt/?code=", f"/r/{LINK}/")
    yield from ("/who/", "/who/functions/", "/who/?q=烧烤", "/who/?q=公积金", "/who/?q=")
    for state in State:
        report = Report.objects.filter(case__state=state).order_by("pk").first()
        if report:
            yield f"/receipt/{report.receipt_shown}/"


def of_staff(who: Reader, role: str) -> Iterator[str]:
    """The pages of somebody; of the forms, those that nobody before them opens already."""
    for group in navigation(who.standing.roles, "/"):
        yield from (place.href for place in group["places"] if place.href not in ALIKE)
    yield "/inbox/"
    if READS_THEM in who.standing.roles:
        yield from ALIKE
    words = ["没有这样的词", *(case.summary[:2] for case in who.cases[:1])]
    yield from ("/search/", *(f"/search/?{urlencode({'q': word})}" for word in words))
    item = Item.objects.order_by("code")[0]
    yield reverse("desk:item", args=[item.code])
    yield reverse("desk:manual", args=["STHJ-03"])
    yield reverse("desk:list_versions")
    yield from _lists(who, item)
    if IMPORTING & set(who.standing.roles):
        yield reverse("gateway:import", args=[Import.objects.history()[0].pk])
    mark = Mark.objects.visible_to(who.standing).order_by("pk").first()
    if mark:
        yield reverse("desk:mark", args=[mark.pk])
    yield from _changes(who)
    yield from _templates(who)
    yield from _beside_the_list(who)
    yield from _cases(who)
    yield from _disputes(who)
    yield from _together(who)
    yield from _inspected(who)
    yield from _restrained(who)
    yield from _admitted(who)
    yield from (reverse("cases:order", args=[order.case.number]) for order in _orders(who)[:1])
    forms, refused = _moves(who)
    read = _read_before(role)
    yield from (address for verb, address in forms.items() if address and verb not in read)
    yield from filter(None, [refused])


@cache
def _read_before(role: str) -> frozenset[str]:
    """The moves whose forms somebody opens who stands before this role."""
    before = READ_WIDE[: READ_WIDE.index(role)] if role in READ_WIDE else READ_WIDE
    return frozenset(verb for one in before for verb in _forms_of(one))


@cache
def _forms_of(role: str) -> frozenset[str]:
    return frozenset(_moves(reader(role))[0])


def _admitted(who: Reader) -> Iterator[str]:
    """One application, permit, task and pledge of those that they see, and the forms that they may send."""
    for name, rows in (("application", Application), ("task", Task), ("pledge", Pledge)):
        found = rows.objects.visible_to(who.standing).order_by("pk").first()
        if found:
            yield reverse(f"admission:{name}", args=[found.pk])
    if departments_of(who.standing):
        yield from (reverse("admission:apply"), reverse("admission:hand"), reverse("admission:permits"))
    if may_read(who.standing):
        yield reverse("admission:load")
    if may_enter(who.standing):
        yield reverse("admission:enter")


def kind_of(path: str) -> str:
    """Pages of one kind come from one view, for one move, or of one kind of change; each with other rows in it."""
    found, query = resolve(urlsplit(path).path), urlsplit(path).query
    return " ".join((found.view_name, found.kwargs.get("verb", ""), query if found.view_name in ASKING else ""))


@cache
def kinds_before(role: str) -> frozenset[str]:
    """The kinds of pages that those who see most, and stand before this role, read already."""
    earlier = READ_WIDE[: READ_WIDE.index(role)] if role in READ_WIDE else READ_WIDE
    return frozenset(kind_of(path) for one in earlier for path in of_staff(reader(one), one))


def _changes(who: Reader) -> Iterator[str]:
    """One change of each state, the form of each kind that this person drafts, and their own drafts."""
    rows = Change.objects.visible_to(who.standing).order_by("state", "-pk")
    yield from (reverse("desk:change", args=[change.pk]) for change in rows.distinct("state"))
    for change in rows.filter(state="draft", drafted_by=who.user)[:1]:
        yield reverse("desk:change_edit", args=[change.pk])
    for offer in offers(who.standing, clock.now()):
        subject = {"kind": offer.name, "subject": offer.subjects[-1][0]}
        yield f"{reverse('desk:change_new')}?{urlencode(subject)}"


def _lists(who: Reader, item: Item) -> Iterator[str]:
    """A draft with the forms that write at it, and what differs and would come of one that was sent."""
    drafts = ListVersion.objects.visible_to(who.standing).filter(number=None)
    for draft in drafts.filter(change=None)[: Role.ESTABLISHMENT in who.standing.roles]:
        yield reverse("desk:list_draft", args=[draft.pk])
        yield reverse("desk:list_forward", args=[draft.pk])
        yield reverse("desk:item_add", args=[draft.pk])
        yield from (
            reverse(f"desk:{name}", args=[draft.pk, item.code]) for name in ("item_edit", "flow_edit", "manual_edit")
        )
        yield reverse("desk:list_import_new", args=[draft.pk])
    if Role.ESTABLISHMENT in who.standing.roles:
        yield reverse("desk:functions_book_new")
    for workbook in ListImport.objects.of(who.user).order_by("asked_at"):
        name = "list_import" if workbook.draft_id else "functions_book"
        yield reverse(f"desk:{name}", args=[workbook.pk])
    for draft in drafts.exclude(change=None)[:1]:
        two = urlencode({"before": draft.base_id, "after": draft.pk})
        yield f"{reverse('desk:list_difference')}?{two}"
        yield f"{reverse('desk:list_impact')}?{two}&of=past"


def _templates(who: Reader) -> Iterator[str]:
    """The form to write one, or the words of one that they only read."""
    if who.standing.acting_units():
        yield reverse("cases:template_add")


def _beside_the_list(who: Reader) -> Iterator[str]:
    """Their saved views, the exports and bundles that they asked for, and the check of a copy."""
    yield reverse("desk:views")
    yield reverse("desk:check_bundle")
    yield reverse("desk:proposals")
    yield from (reverse("desk:reckoning", args=[one.pk]) for one in Reckoning.objects.visible_to(who.standing)[:1])
    if may_propose(who.standing):
        yield reverse("desk:proposal_new")
    yield from (reverse("desk:proposal", args=[one.pk]) for one in Proposal.objects.order_by("-pk")[:2])
    for bundle in Bundle.objects.of(who.user).select_related("case"):
        yield reverse("desk:bundle", args=[bundle.pk])
        yield reverse("desk:case_bundle", args=[bundle.case.number])
        yield f"{reverse('desk:check_bundle')}?sha256={bundle.digest}"
    yield from (reverse("desk:export", args=[job.pk]) for job in ExportJob.objects.of(who.user))


def _cases(who: Reader) -> Iterator[str]:
    """A case in each state for whoever sees them all; others read the states that say most."""
    first = {case.state: case for case in reversed(who.cases)}
    wanted = State.values if Role.DISTRICT_DESK in who.standing.roles else TELLING
    yield from (reverse("desk:case", args=[first[state].number]) for state in wanted if state in first)


def _disputes(who: Reader) -> Iterator[str]:
    """One that lies before them, else one that they see; and one that was decided."""
    seen = Dispute.objects.visible_to(who.standing).select_related("case").order_by("pk")
    lying = Dispute.objects.before(who.standing).select_related("case").first() or seen.open().first()
    decided = seen.exclude(decided_at=None).first()
    for one in filter(None, (lying, decided)):
        yield reverse("cases:dispute", args=[one.case.number, one.summons_id])


def _together(who: Reader) -> Iterator[str]:
    """One joint action of each kind of moment that they see, and the street's code where it is theirs to show."""
    seen = JointAction.objects.visible_to(who.standing).select_related("case").order_by("pk")
    planned, ended = seen.filter(over_at=None, begun_at=None).first(), seen.exclude(over_at=None).first()
    for one in filter(None, (planned, seen.filter(over_at=None).exclude(begun_at=None).first(), ended)):
        yield reverse("cases:joint", args=[one.case.number, one.pk])
    if planned and SHOWS_THE_CODE.holds(planned.case, who.standing):
        yield reverse("cases:code", args=[planned.case.number])


def _inspected(who: Reader) -> Iterator[str]:
    """For an inspector: a case that was passed with a pair of photos, and the form where one is still to be chosen."""
    if Role.INSPECTOR not in who.standing.roles:
        return
    seen = Case.objects.visible_to(who.standing).order_by("pk")
    yield from (reverse("desk:case", args=[case.number]) for case in seen.exclude(photo_pairs=None)[:1])
    photos = Photo.objects.filter(subject_kind="case").values("subject_id")
    for case in seen.filter(state=State.INSPECTING, pk__in=photos)[:1]:
        yield _form(case, None, Verb.PASS)


def _restrained(who: Reader) -> Iterator[str]:
    """One restraint that is asked for, one that counts; and the form that asks for one, where this person may."""
    seen = Restraint.objects.visible_to(who.standing)
    for one in filter(None, (seen.asked().first(), seen.exclude(upheld=None).first())):
        yield reverse("engagement:restraint", args=[one.pk])
    for report in Report.objects.filter(case__in=who.cases).exclude(caller="").order_by("pk")[:1]:
        if public.may_restrain(report.case, who.standing):
            yield reverse("engagement:restrain", args=[report.case.number, report.pk])


def _orders(who: Reader) -> list[Order]:
    return list(Order.objects.visible_to(who.standing).select_related("case").order_by("pk"))


def _moves(who: Reader) -> tuple[dict[str, str], str]:
    """The form of every move that they may make, once; and one that they may not."""
    forms: dict[str, str] = {}
    refused = ""
    for case in who.cases:
        for choice in moves_for_case(case, who.standing):
            if choice.allowed:
                forms.setdefault(choice.verb, _form(case, None, choice.verb))
            elif choice.code == "wrong_state":
                refused = refused or _form(case, None, choice.verb)
        for call in case.summonses.all():
            for choice in moves_for_summons(call, who.standing):
                if choice.allowed:
                    forms.setdefault(choice.verb, _form(case, call, choice.verb))
        report = case.reports.first()
        if report and public.may_reveal(case, who.standing):
            forms.setdefault("reveal", reverse("engagement:reveal", args=[case.number, report.pk]))
    return forms, refused


def _form(case: Case, call: Summons | None, verb: Verb) -> str:
    if call:
        return reverse("cases:summons_move", args=[case.number, call.pk, verb.value])
    if MOVES[verb].facts_from:
        return reverse("engagement:call_back", args=[case.number]) if verb == Verb.CALL_BACK else ""
    return (
        reverse("cases:whistle", args=[case.number])
        if verb == Verb.WHISTLE
        else reverse("cases:move", args=[case.number, verb.value])
    )

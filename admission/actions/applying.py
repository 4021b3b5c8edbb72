"""A department applies, sends in again, and gets its permit; what is blocked is refused, and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.bigrams import fold, vector
from accountability.worktime import LOCAL
from admission import clocks
from admission.actions.moving import locked, make, record
from admission.models import Allotment, Application, Attempt, MatterKind, Opinion, Permit, Verb
from admission.models.application import GOING_ON
from admission.moves import AdmissionRefused, Deed, check_person
from admission.querysets import OF_DEPARTMENTS
from admission.workflow import MOVES
from grids.models import Area, AreaKind
from grids.standing import Standing
from people.models import Unit, UnitKind
from people.words import said

# Who may ask at all: bodies of the district and branches of the city's, never a street or a station of it.
ASKING = (UnitKind.PARTY, UnitKind.GOVERNMENT, UnitKind.BRANCH)
OF_A_DEPARTMENT = gettext_lazy("Only a department hands matters down, through its responder or leader.")


@dataclass(frozen=True)
class Wanted:
    """What an application says. Money is in yuan a year, for all streets together."""

    department: Unit
    kind: MatterKind
    matter: str
    content: str
    basis: str
    streets: Sequence[Area]
    since: date
    until: date
    body: str = ""
    people: int = 0
    money: int = 0
    equipment: str = ""
    training: str = ""

    @property
    def terms(self) -> str:
        return vector(self.matter, self.content, self.basis, self.body)


def apply(wanted: Wanted, *, by: Standing, at: datetime, demo: bool = False) -> Application:
    """Send an application to the establishment office. Raises AdmissionRefused: wrong_person, blocked (and keeps the
    attempt), body_missing, no_street, period_over, asked_already."""
    check_department(wanted.department, by)
    refuse_blocked(_meant(wanted), wanted.department, wanted.matter, by=by, at=at, as_task=False, demo=demo)
    _check(wanted, at)
    return _applied(wanted, by, at, demo)


@transaction.atomic
def _applied(wanted: Wanted, by: Standing, at: datetime, demo: bool) -> Application:
    Unit.objects.select_for_update().get(pk=wanted.department.pk)  # whoever presses twice has asked once
    there = Application.objects.filter(
        department=wanted.department, kind=wanted.kind, body=wanted.body.strip(), matter=wanted.matter.strip(),
        state__in=GOING_ON,
    )  # fmt: skip
    if there.exists():
        raise AdmissionRefused(
            _("Your department has asked for this already, and it is on its way."), code="asked_already"
        )
    made = Application(applied_by=by.user, applied_at=at, demo=demo, **_said(wanted))
    made.save()
    _name_streets(made, wanted.streets)
    clocks.begin_stages([made], at)
    record(made, Verb.APPLY, "", Deed("", {"kind": wanted.kind.code}, by, at))
    return made


def resend(application: Application, wanted: Wanted, *, by: Standing, at: datetime, seen: int) -> Application:
    """Say it better and send it in again. Raises AdmissionRefused as `apply` and the table do."""
    check_person(MOVES[Verb.RESEND], application, by)
    if wanted.department.pk != application.department_id:
        raise AdmissionRefused(_("The department that asks stays the same."), code="other_department")
    refuse_blocked(_meant(wanted), wanted.department, wanted.matter, by=by, at=at, as_task=False)
    return _resent(application, wanted, by, at, seen)


@transaction.atomic
def _resent(application: Application, wanted: Wanted, by: Standing, at: datetime, seen: int) -> Application:
    mine = locked(application, seen)
    _check(wanted, at)
    for name, value in _said(wanted).items():
        setattr(mine, name, value)
    mine.save()
    make(mine, Verb.RESEND, Deed("", {}, by, at))
    mine.opinions.all().delete()  # nobody has given one yet
    _name_streets(mine, wanted.streets)
    return mine


@transaction.atomic
def grant(
    application: Application, *, until: date, money: Mapping[str, int], by: Standing, at: datetime, note: str = "",
    seen: int | None = None,
) -> Permit:  # fmt: skip
    """The leader admits it. `money` is by the code of each street, in yuan a year. Raises AdmissionRefused as the
    table does, and money_missing."""
    mine = locked(application, seen)
    streets = [one.street for one in mine.opinions.select_related("street")]
    since = max(mine.since, localdate(at, LOCAL))
    facts = {"since": since.isoformat(), "until": until.isoformat(), "money": dict(money)}
    make(mine, Verb.GRANT, Deed(said(note)[:1000], facts, by, at))
    short = [street.name for street in streets if mine.money and int(money.get(street.code) or 0) <= 0]
    if short:
        raise AdmissionRefused(
            _("The application promises money. Write how much goes along to %(streets)s."),
            code="money_missing", params={"streets": "、".join(short)},
        )  # fmt: skip
    permit = Permit.objects.create(
        application=mine, number=f"ZR-{localdate(at, LOCAL).year}-{mine.pk:05}", department=mine.department,
        kind=mine.kind, body=mine.body, since=since, until=until, granted_at=at,
    )  # fmt: skip
    Allotment.objects.bulk_create(
        Allotment(permit=permit, street=street, money=int(money.get(street.code) or 0)) for street in streets
    )
    return permit


def check_department(department: Unit, by: Standing) -> None:
    """Raises AdmissionRefused: wrong_person."""
    if department.kind not in ASKING or not by.acts_for(department.pk, *OF_DEPARTMENTS):
        raise AdmissionRefused(str(OF_A_DEPARTMENT), code="wrong_person")


def _meant(wanted: Wanted) -> MatterKind:
    along = (wanted.basis, wanted.equipment, wanted.training)
    return meant(wanted.kind, wanted.matter, wanted.content, wanted.body, *along)


def meant(kind: MatterKind, *words: str) -> MatterKind:
    """The kind that was chosen; or the blocked one that the words name, whatever was chosen and whatever stands between
    the signs of its name."""
    written, blocked = fold("".join(words)), MatterKind.objects.filter(blocked=True)
    return next((one for one in blocked if any(fold(name) in written for name in one.names)), kind)


def refuse_blocked(
    kind: MatterKind, department: Unit, matter: str, *, by: Standing, at: datetime, as_task: bool, demo: bool = False
) -> None:
    """Raises AdmissionRefused: blocked. The attempt is kept whatever becomes of the rest, so call it outside of a
    transaction that the refusal would undo."""
    if not kind.blocked:
        return
    carrier = str(kind.carried_by or kind.carrier)
    with transaction.atomic():
        Attempt.objects.create(
            department=department, kind=kind, matter=matter.strip()[:300], as_task=as_task, carrier=carrier,
            by=by.user, at=at, demo=demo,
        )  # fmt: skip
    raise AdmissionRefused(
        _("“%(kind)s” is no work of streets any more: %(carrier)s carries it now. The attempt is kept for the"
          " establishment office."),
        code="blocked", params={"kind": kind, "carrier": carrier},
    )  # fmt: skip


def _check(wanted: Wanted, at: datetime) -> None:
    if wanted.kind.names_body and not said(wanted.body):
        raise AdmissionRefused(
            _("Name the body in whose name it would be handed down: it needs a permit as any department does."),
            code="body_missing",
        )
    if not wanted.streets or any(street.kind != AreaKind.STREET for street in wanted.streets):
        raise AdmissionRefused(_("Name the streets that would do it."), code="no_street")
    if wanted.until < wanted.since or wanted.until < localdate(at, LOCAL):
        raise AdmissionRefused(_("The period ends before it begins, or is over already."), code="period_over")


def _said(wanted: Wanted) -> dict[str, object]:
    """The columns that follow from what was said."""
    words = {name: said(getattr(wanted, name)) for name in ("matter", "content", "basis", "equipment", "training")}
    body = said(wanted.body) if wanted.kind.names_body else ""
    return {
        **words, "body": body, "department": wanted.department, "kind": wanted.kind, "since": wanted.since,
        "until": wanted.until, "people": wanted.people, "money": wanted.money, "terms": wanted.terms,
    }  # fmt: skip


def _name_streets(application: Application, streets: Sequence[Area]) -> None:
    unique = {street.pk: street for street in streets}.values()
    Opinion.objects.bulk_create(Opinion(application=application, street=street) for street in unique)

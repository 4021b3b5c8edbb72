"""Which cases a person may see, and with them whatever hangs on a case; and other named questions."""

from datetime import datetime, timedelta

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from audit.arrays import one_of
from grids.standing import ANSWERING, LEADING, Standing
from people.models import Role

# Levels at which the street names one person of the place; at the others the whole unit answers.
NAMED = ("grid", "community")
# The two offices that confer over a dispute.
CONFERRING = {Role.ESTABLISHMENT, Role.LEGAL}
# Who still reads what was passed on discreetly: nobody who serves the place otherwise, sits in a unit or took it in.
KEEPING = (Role.DISTRICT_DESK, Role.INSPECTOR)
WITHHELD = "withheld"
A_YEAR = timedelta(days=365)


def seen_by(standing: Standing, to: str = "") -> Q:
    """Cases at places this person serves, and cases to which a unit of theirs is called, or they by name.

    Having a unit's summons in hand opens nothing: whoever leaves the unit leaves its cases behind.
    `to` is the field that leads from the row asked about to its case, as `case`; "" asks about cases themselves.
    """
    served, called = _served(standing, f"{to}__" if to else ""), _called(standing)
    among = Q(**{f"{to or 'pk'}__in": called})
    if not served:
        return among
    return served | (among if standing.acting_units() else Q(one_of(to or "pk", ArraySubquery(called))))


class CaseQuerySet(models.QuerySet):
    def visible_to(self, standing: Standing) -> "CaseQuerySet":
        """What this person may see."""
        return self.filter(seen_by(standing))

    def visible_in_parts(self, standing: Standing) -> list["CaseQuerySet"]:
        """The same cases in parts that share none, each found by one index: for counts and for pages of long lists."""
        served, called = _places(standing), Q(pk__in=_called(standing))
        if not served:
            return [self.filter(called)]
        return [self.filter(served & _not_withheld(standing)), self.filter(called & ~served)]

    def under(self, code: str) -> "CaseQuerySet":
        """Cases in the area with this code."""
        return self.filter(place_code__startswith=code)

    def open(self) -> "CaseQuerySet":
        return self.exclude(state__in=("closed", "turned_down", "merged", "archived", "transferred", WITHHELD))


def _called(standing: Standing) -> models.QuerySet:
    """The cases that this person or a unit of theirs has ever been called to."""
    calls = apps.get_model("cases", "Summons").objects
    mine, units = named(standing), standing.acting_units()
    among = Q(unit__in=units) | mine if units else mine
    return calls.filter(among | _put_before(standing)).values("case")


def _put_before(standing: Standing) -> Q:
    """Summonses whose dispute came before the conferral, for those who confer."""
    if not CONFERRING & standing.roles:
        return Q()
    disputes = apps.get_model("cases", "Dispute").objects
    return Q(pk__in=disputes.filter(conferred_at__isnull=False).values("summons"))


def _served(standing: Standing, to: str = "") -> Q:
    """Places served, without what is withheld there: to a withheld case no unit was ever called."""
    where = _places(standing, to)
    return where & _not_withheld(standing, to) if where else where


def _not_withheld(standing: Standing, to: str = "") -> Q:
    """Withheld cases are seen by those who keep them and by nobody else; nothing to ask where somebody keeps all."""
    kept = tuple(code for role, code in standing.posts if role in KEEPING)
    if all(code.startswith(kept) for code in [*standing.seen_codes(), *standing.coarse_codes()]):
        return Q()
    mine = ~Q(**{f"{to}state": WITHHELD})
    for code in kept:
        mine |= Q(**{f"{to}place_code__startswith": code})
    return mine


def _places(standing: Standing, to: str = "") -> Q:
    """Places inside the areas served; for those who go and look, also what is known only to street or community."""
    where = Q()
    for code in standing.seen_codes():
        where |= Q(**{f"{to}place_code__startswith": code})
    coarse = standing.coarse_codes()
    if coarse:
        where |= Q(**{f"{to}place_code__in": coarse})
    near = standing.neighbour_codes()
    for code in near:
        where |= Q(**{f"{to}place_code__startswith": code, f"{to}state": "inspecting"})
    return where


def named(standing: Standing) -> Q:
    """Summonses for which the street named this very person."""
    return Q(worker=standing.user_id, level__in=NAMED)


class OfCaseQuerySet(models.QuerySet):
    """Rows that hang on a case."""

    def visible_to(self, standing: Standing) -> "OfCaseQuerySet":
        """Those of the cases that this person may see."""
        return self.filter(seen_by(standing, "case"))


# Of a whistle that left the street, what counts against it.
IN_VAIN = Q(sent_back_at__isnull=False) | Q(withdrawn_at__isnull=False) | Q(approval="after", approved=False)


class LinkQuerySet(models.QuerySet):
    def standing(self) -> "LinkQuerySet":
        """Not undone."""
        return self.filter(undone_at=None)

    def visible_to(self, standing: Standing) -> "LinkQuerySet":
        """Those of which this person may see both ends."""
        return self.filter(seen_by(standing, "child") & seen_by(standing, "main"))


class WhistleQuerySet(OfCaseQuerySet):
    def left_the_street(self) -> "WhistleQuerySet":
        """Those that units or the district desk came to hear: a leader's refusal beforehand stays within the street."""
        return self.exclude(Q(approval__in=("before", "desk")), Q(approved=None) | Q(approved=False))

    def not_needed(self) -> "WhistleQuerySet":
        """What counts against the street: sent back by the desk, withdrawn, or objected to by its own leader."""
        return self.left_the_street().filter(IN_VAIN)


class TransferQuerySet(OfCaseQuerySet):
    def visible_to(self, standing: Standing) -> "TransferQuerySet":
        """Those of the cases that this person sees; a discreet one, also after it came back, only where they keep."""
        kept = Q(outlet__discreet=False)
        for role, code in standing.posts:
            if role in KEEPING:
                kept |= Q(case__place_code__startswith=code)
        return self.filter(kept, seen_by(standing, "case"))

    def standing(self) -> "TransferQuerySet":
        """Not come back."""
        return self.filter(back_at=None)


class OrderQuerySet(OfCaseQuerySet):
    def open(self) -> "OrderQuerySet":
        """Not closed by an inspector yet, answered or not."""
        return self.filter(closed_at=None)

    def awaited(self) -> "OrderQuerySet":
        """Open, and the unit has to answer."""
        return self.open().filter(answered_at=None)

    def to_judge(self) -> "OrderQuerySet":
        """Answered, and an inspector has to say whether that is enough."""
        return self.open().filter(answered_at__isnull=False)


class PrecedentQuerySet(models.QuerySet):
    def fitting(self, item: int, place_kind: str) -> "PrecedentQuerySet":
        """For the same item at the same kind of place, the newest first."""
        return self.filter(item=item, place_kind=place_kind).order_by("-pk")


# Roles by which somebody answers for a summons' unit at a moment, as `UnitRole.objects.current`: written out, because
# every page of a case asks it, and putting three such subqueries together took more time than all else it reads.
ACTING = """
SELECT {} FROM people_unitrole r JOIN people_user u ON u.id = r.user_id AND u.is_active
 WHERE r.unit_id = cases_summons.unit_id AND r.role = ANY(%s) AND r.since <= %s AND (r.until IS NULL OR r.until > %s)"""
HELD = """
CASE WHEN cases_summons.level = ANY(%s) OR EXISTS ({} AND r.user_id = cases_summons.worker_id)
     THEN cases_summons.worker_id END"""


class SummonsQuerySet(OfCaseQuerySet):
    def in_hands(self, at: datetime) -> "SummonsQuerySet":
        """With `held`: who has it in hand and may act now; `staff`: how many may; `led`: whether one of them leads."""
        given = [[role.value for role in ANSWERING], at, at]
        held = RawSQL(HELD.format(ACTING.format("1")), [list(NAMED), *given])
        staff = RawSQL(f"({ACTING.format('count(DISTINCT r.user_id)')})", given)
        led = RawSQL(f"EXISTS ({ACTING.format('1')})", [[role.value for role in LEADING], at, at])
        return self.annotate(held=held, staff=staff, led=led)

    def open(self) -> "SummonsQuerySet":
        """Not released: still part of the case."""
        return self.exclude(state="released")


class ProposalQuerySet(models.QuerySet):
    def open(self) -> "ProposalQuerySet":
        """Not decided yet."""
        return self.filter(upshot="")

    def counted(self, at: datetime) -> "ProposalQuerySet":
        """With `disputed`: how many cases somebody declined, of those it names and of its item in the last year."""
        recent = Q(case__item=OuterRef("item"), raised_at__gt=at - A_YEAR)
        about = apps.get_model("cases", "Dispute").objects.filter(recent | Q(case__proposals=OuterRef("pk")))
        number = about.order_by().values(all=Value(1)).annotate(number=Count("case", distinct=True)).values("number")
        return self.annotate(disputed=Coalesce(Subquery(number), 0))


class ReplyTemplateQuerySet(models.QuerySet):
    def offered_to(self, standing: Standing) -> "ReplyTemplateQuerySet":
        """The whole district's, and those of the units that this person belongs to or acts for."""
        return self.filter(Q(unit=None) | Q(unit__in={*standing.acting_units(), standing.user.unit_id} - {None}))

    def visible_to(self, standing: Standing) -> "ReplyTemplateQuerySet":
        """What is offered to them; the district desk, which keeps all, sees all."""
        return self.all() if Role.DISTRICT_DESK in standing.roles else self.offered_to(standing)

    def in_use(self) -> "ReplyTemplateQuerySet":
        return self.filter(retired_at=None)

    def fitting(self, verb: str, state: str, category: int) -> "ReplyTemplateQuerySet":
        """For this move from this state in this category: a unit's own first, then what is said of the category."""
        fits = self.filter(Q(category=None) | Q(category=category), verb=verb, state__in=("", state))
        return fits.order_by(F("unit").asc(nulls_last=True), F("category").asc(nulls_last=True), "title", "pk")

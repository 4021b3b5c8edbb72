"""What a bundle is made of: the case page's own rows for its reader, and every clock that ever ran for the case."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from accountability import calendars, timewords
from accountability.derivation import derivation
from accountability.models import Clock
from cases.models import Case, Dispute, JointAction, JointMember, Order, Step
from desk.case_page import CasePage, page_of
from desk.case_page.rows import Rows, Timed
from files.models import Photo
from files.showing import Shown
from grids.standing import Standing

# Paper knows no "today": told from so long ago, each moment carries its date and year.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
BESIDE: dict[str, type[Model]] = {
    "dispute": Dispute, "order": Order, "joint": JointAction, "joint_member": JointMember,
}  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """One case as its reader has it at one moment: all that the bundle may say."""

    page: CasePage
    standing: Standing
    at: datetime
    clocks: list[tuple[Timed, list[str]]]
    steps: list[Step]
    photos: list[tuple[Step | None, Shown]]

    @property
    def case(self) -> Case:
        return self.page.rows.case

    @property
    def head(self) -> Step:
        """The end of the chain."""
        return self.steps[-1]

    @property
    def for_paper(self) -> Rows:
        """The rows, told from long ago."""
        return replace(self.page.rows, at=LONG_AGO)

    def number_of(self, photo: Photo) -> int:
        """Its number in the bundle."""
        return next(nth for nth, (_step, one) in enumerate(self.photos, start=1) if one.photo.pk == photo.pk)


def read(number: str, standing: Standing, at: datetime) -> Evidence:
    """Found through what this person may see; unseen is not found (Http404)."""
    page = page_of(number, standing, at)
    steps = page.rows.steps[::-1]
    return Evidence(page, standing, at, _clocks(page.rows, at), steps, _photos(page.rows, steps))


def _clocks(rows: Rows, at: datetime) -> list[tuple[Timed, list[str]]]:
    """In the order in which they began."""
    own = [timed for group in rows.clocks.values() for timed in group]
    found = sorted([*own, *_beside(rows, at)], key=lambda timed: (timed.clock.started_at, timed.clock.pk))
    return [(timed, derivation(timed.clock, rows.calendar)) for timed in found]


def _beside(rows: Rows, at: datetime) -> list[Timed]:
    """Those of its disputes, orders and joint actions."""
    where = Q(pk__in=[])
    for kind, model in BESIDE.items():
        where |= Q(subject_kind=kind, subject_id__in=_of(model, rows.case))
    clocks = Clock.objects.filter(where).select_related("limit", "holder", "calendar")
    return [
        Timed(clock, timewords.look(clock, at, calendars.known_by(clock.mark), _done(clock)))
        for clock in clocks.annotate(mark=RawSQL(calendars.NEWEST, []))
    ]


def _of(model: type[Model], case: Case) -> QuerySet:
    return model._default_manager.filter(case=case).values("pk")


def _done(clock: Clock) -> str:
    return _("Decided") if clock.subject_kind == "dispute" else ""


def _photos(rows: Rows, steps: list[Step]) -> list[tuple[Step | None, Shown]]:
    """In the order of their steps; those that came with none at the end."""
    with_steps = [(step, one) for step in steps for one in rows.photos.get(step.pk, [])]
    return [*with_steps, *((None, one) for one in rows.photos.get(None, []))]

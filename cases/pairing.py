"""The same-spot pair of an inspection: a photo from before, and one taken after, from where the first was taken.

A case of which nobody sent a photo passes with words alone. One that has photos passes with a pair: a photo that shows
how it was (with the report, sent by whoever reported it, or with a rework), and one that came later. The second is the
inspector's own, sent with the inspection; a photo of the unit that was inspected may stand for it, and so may one taken
far off, but not in silence: it takes a reason, which whoever reads the case sees beside the pair.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.models import Case, PairRule, PhotoPair, Verb
from cases.moves import Deed, Facts, MoveRefused
from files.models import Photo, PhotoState
from files.showing import camera_time, metres

STORED = (PhotoState.WAITING, PhotoState.READY)
SHOWS_BEFORE = (Verb.OPEN, Verb.REWORK)
SHOWS_AFTER = (Verb.REPLY, Verb.REACH, Verb.OUTCOME)
NEW_ROUND = (Verb.REWORK, Verb.REOPEN, Verb.COME_BACK)
# A camera whose clock is this far ahead of the moment of receipt is not believed.
AHEAD = timedelta(minutes=10)


@dataclass(frozen=True)
class Chosen:
    """A pair as it was chosen, not yet kept; `metres` is None where one of both does not say where it was taken."""

    before: Photo
    after: Photo
    own: bool
    metres: int | None
    far: bool


def befores(case: Case) -> list[Photo]:
    """The photos that show how it was, in the order in which they came; what was refused shows nothing."""
    told = case.steps.filter(verb__in=SHOWS_BEFORE).values("pk")
    return list(_of(case).filter(Q(step_id=None) | Q(step_id__in=told)))


def afters(case: Case) -> list[Photo]:
    """The photos of units that were called, of this round only."""
    again = case.steps.filter(verb__in=NEW_ROUND).order_by("-seq").values_list("seq", flat=True).first()
    told = case.steps.filter(verb__in=SHOWS_AFTER, seq__gt=again or 0).values("pk")
    return list(_of(case).filter(step_id__in=told))


def _of(case: Case) -> "Sequence[Photo]":
    return Photo.objects.of("case", case.pk).filter(state__in=STORED)


def is_paired(case: Case, facts: Facts, at: datetime) -> None:
    """Raise MoveRefused unless the photos chosen make a pair, where the case needs one."""
    chosen_in(case, facts, at)


def keep_pair(case: Case, deed: Deed) -> None:
    """Write the pair down; the photo that was just sent is held until it hangs on its step."""
    pair = chosen_in(case, deed.facts, deed.at) if deed.facts.get("before") else None
    deed.facts.pop("ticket", None)
    if pair is None or deed.by is None:
        return
    PhotoPair.objects.create(
        case=case, round=case.round, before=pair.before, after=pair.after, own=pair.own, metres=pair.metres,
        far=pair.far, why=_why(deed.facts), chosen_by=deed.by.user, at=deed.at,
    )  # fmt: skip
    deed.facts.update(far=pair.far, own=pair.own)


def chosen_in(case: Case, facts: Facts, at: datetime) -> Chosen | None:
    """None where nobody sent a photo from before. The codes of refusals: pair_missing, no_before, no_after, same_photo,
    after_first, not_own, far_apart."""
    known = {str(photo.pk): photo for photo in befores(case)}
    if not known and not facts.get("before"):
        return None
    if not facts.get("before") or not facts.get("after"):
        raise MoveRefused(
            _("It has photos from before. Inspect it on its own page: choose one of them, and send a photo taken from "
              "the same spot."),
            code="pair_missing",
        )  # fmt: skip
    before, after, own = known.get(str(facts["before"])), *_after(case, facts)
    if str(facts["before"]) == str(facts["after"]) or before and after and before.sha256 == after.sha256:
        raise MoveRefused(_("Both are the same photo. Send one that shows how it is now."), code="same_photo")
    if before is None:
        raise MoveRefused(_("That is no photo of this case from before. Choose one of those shown."), code="no_before")
    if after is None or str(after.pk) in known:
        raise MoveRefused(_("That photo does not show how it is now. Send one that you took."), code="no_after")
    return _weighed(Chosen(before, after, own, *_apart(before, after, at)), facts)


def _weighed(pair: Chosen, facts: Facts) -> Chosen:
    if seen_at(pair.after) <= seen_at(pair.before):
        raise MoveRefused(
            _("The second photo is older than the first one. Send one taken now, and look at your camera's clock."),
            code="after_first",
        )
    if not pair.own and not _why(facts):
        raise MoveRefused(
            _("That photo is the unit's own. Send one that you took, or write why this one has to do."), code="not_own"
        )
    if pair.far and not _why(facts):
        raise MoveRefused(
            _("The two photos were taken far apart. Take one from the same spot, or write why it has to be another."),
            code="far_apart",
        )
    return pair


def _after(case: Case, facts: Facts) -> tuple[Photo | None, bool]:
    """A photo that came with this very form, proved by its ticket; or one of a unit that was called."""
    wanted, ticket = str(facts["after"]), str(facts.get("ticket") or "")
    loose = Photo.objects.by_ticket(ticket).filter(state__in=STORED).select_for_update()
    mine = next((photo for photo in loose if str(photo.pk) == wanted), None)
    return (mine, True) if mine else (next((one for one in afters(case) if str(one.pk) == wanted), None), False)


def _apart(before: Photo, after: Photo, at: datetime) -> tuple[int | None, bool]:
    away = apart(before, after)
    rule = None if away is None else PairRule.objects.filter(since__lte=localdate(at)).first()
    return away, bool(rule and away is not None and away > rule.metres)


def apart(before: Photo, after: Photo) -> int | None:
    """How many metres lie between the places of both, where both say theirs."""
    places = (before.taken_lon, before.taken_lat, after.taken_lon, after.taken_lat)
    return None if None in places else round(metres(*places))


def seen_at(photo: Photo) -> datetime:
    """When it was taken, as far as its camera may be believed; else when it began to come."""
    taken = camera_time(photo.taken_at)
    return taken if taken and taken <= photo.began_at + AHEAD else photo.began_at


def _why(facts: Facts) -> str:
    return str(facts.get("why") or "").strip()[:300]

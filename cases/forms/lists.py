"""The responsibility list and the limits as a form offers them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability import calendars, catalogue
from accountability.dues import due_of
from accountability.duties import version_on
from accountability.models import Duty, ItemVersion, Limit, ListVersion, Phase, Situation, Urgency
from accountability.spans import amount_of, moment
from cases.models import Case
from people.words import in_chinese

Groups = list[tuple[Any, Any]]
TOLD = (Phase.SIGN, Phase.RESPOND, Phase.ARRIVE, Phase.RESULT)


def version_of(case: Case, at: datetime) -> ListVersion | None:
    """The version a case keeps once accepted; before that the one in force."""
    return case.list_version or version_on(localdate(at))


def duty_choices(duties: Iterable[Duty]) -> list[tuple[int, str]]:
    """Each duty by its key: which part, whose, word for word."""
    return [
        (duty.pk, format_html("{} {}", duty.get_kind_display(), in_chinese(f"{duty.party_name}：{duty.text}")))
        for duty in duties
    ]


def item_groups(version: ListVersion | None, none: str) -> Groups:
    """The items of a version by the part of the list that they stand in."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for row in ItemVersion.objects.filter(version=version).select_related("item"):
        parts.setdefault(row.area, []).append((row.item.code, f"{row.item.code} {row.title}"))
    return [("", none), *parts.items()]


def belonging_groups(version: ListVersion | None, none: str, at: datetime) -> Groups:
    """The items of a version, and after them what departments do beyond it, each by its part."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for row in catalogue.standing(localdate(at)).only("code", "area", "title"):
        named = _("Beyond the list: %(part)s") % {"part": row.area}
        parts.setdefault(named, []).append((row.code, f"{row.code} {row.title}"))
    return [*item_groups(version, none), *parts.items()]


def situation_groups(version: ListVersion | None, none: str) -> Groups:
    parts: dict[str, list[tuple[str, str]]] = {}
    titles = dict(ItemVersion.objects.filter(version=version).values_list("item", "title"))
    for row in Situation.objects.filter(item__in=titles).select_related("item").order_by("item__code", "code"):
        parts.setdefault(f"{row.item.code} {titles[row.item_id]}", []).append((row.code, row.name))
    return [("", none), *parts.items()]


def limits_in_words(at: datetime) -> dict[str, str]:
    """For each urgency, how long a called unit has for what."""
    return {urgency: _("; ").join(_one_in_words(limit) for limit in rows) for urgency, rows in limits_of(at).items()}


def limits_of(at: datetime) -> dict[str, list[Limit]]:
    """The limits in force at each urgency, in the order of the phases; the newest of each."""
    rows = Limit.objects.filter(phase__in=TOLD, milestone="", since__lte=localdate(at)).order_by("since")
    newest = {(row.urgency, row.phase): row for row in rows}
    by_urgency = {urgency: [newest.get((urgency, phase)) for phase in TOLD] for urgency in Urgency.values}
    return {urgency: [row for row in found if row] for urgency, found in by_urgency.items()}


def _one_in_words(limit: Limit) -> str:
    return _("%(phase)s within %(amount)s") % {"phase": Phase(limit.phase).label, "amount": amount_of(limit)}


def promised(urgency: str, at: datetime) -> list[dict[str, str]]:
    """What a unit called at this moment would owe, phase by phase, with the day on which it would be due."""
    calendar = calendars.current()
    rows = []
    for limit in limits_of(at)[urgency]:
        due = due_of(limit, at, calendar)
        words = [amount_of(limit), _("if called now: by %(when)s") % {"when": moment(due, at)} if due else ""]
        rows.append({"phase": str(Phase(limit.phase).label), "words": " · ".join(filter(None, words))})
    return rows

"""Loads situations and the groups that they are looked for by; what somebody has said already stays as it is."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accountability.models import Item, Situation, SituationGroup, Urgency
from accountability.situations import index
from audit.loaded import keep
from people.loading import Loaded, add_missing
from people.rows import Row, Sheet, filled, one_of, text, whole

GROUP_COLUMNS = {
    "code": filled(12), "name": filled(20), "name_en": filled(40), "icon": filled(40), "order": whole,
}  # fmt: skip
COLUMNS = {
    "item": filled(12),
    "code": filled(16),
    "group": text(12),
    "name": filled(80),
    "words": text(200),
    "looks_like": filled(200),
    "photograph": filled(200),
    "first_action": filled(200),
    "call": text(80),
    "urgency": one_of(Urgency.values),
    "at_once": text(200),
}
OF_OTHERS = ("item", "group")
# What older installations have situations without.
ADDED = ("group_id", "words", "call")


def load_situations(groups: Sheet, sheet: Sheet) -> list[Loaded]:
    """New groups and situations, what older ones were never told, and what each is found by."""
    loaded = [add_missing(_("groups of situations"), ["code"], [SituationGroup(**row.values) for row in groups.rows])]
    keep(SituationGroup, ["code"])
    items = dict(Item.objects.values_list("code", "id"))
    known = dict(SituationGroup.objects.values_list("code", "id"))
    wanted = [_situation(row, items, known) for row in sheet.rows]
    completed = _complete({one.code: one for one in wanted}) | _alarm({one.code: one for one in wanted if one.at_once})
    loaded.append(add_missing(_("situations"), ["code"], wanted))
    keep(Situation, ["code"], again=completed)
    index(Situation.objects.filter(terms=None))
    return loaded


def _situation(row: Row, items: Mapping[str, int], groups: Mapping[str, int]) -> Situation:
    own = {name: value for name, value in row.values.items() if name not in OF_OTHERS}
    return Situation(item_id=items[row["item"]], group_id=groups.get(row["group"]), **own)


def _complete(wanted: Mapping[str, Situation]) -> set[str]:
    """A situation that has neither group, words nor whom to call gets them from the file; the codes of those."""
    bare = Situation.objects.filter(group=None, words="", call="", code__in=wanted)
    told = [_told(one, wanted[one.code]) for one in bare]
    if told:
        Situation.objects.bulk_update(told, ADDED)
        index(Situation.objects.filter(pk__in=[one.pk for one in told]))
    return {one.code for one in told}


def _alarm(wanted: Mapping[str, Situation]) -> set[str]:
    """An installation in which no words open a report as an emergency gets those of the file; the codes of those."""
    bare = list(Situation.objects.all())
    told = [one for one in bare if one.code in wanted]
    if not told or any(one.at_once for one in bare):
        return set()
    for one in told:
        one.at_once = wanted[one.code].at_once
    Situation.objects.bulk_update(told, ["at_once"])
    return {one.code for one in told}


def _told(bare: Situation, wanted: Situation) -> Situation:
    for name in ADDED:
        setattr(bare, name, getattr(wanted, name))
    return bare

"""What the moves that join cases take."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Verb
from people.api.fields import Body, Code, Words


class Merge(Body):
    main = Words(max_length=32, help_text=_("The number of the case that it goes into, or whose answer is given"))
    note = Words(max_length=1000)


class Split(Body):
    summary = Words(max_length=200, help_text=_("In your own words, with what and where; no names, no phone numbers."))
    category = Code()
    item = Code(required=False)
    note = Words(max_length=1000)


SENT_OF_LINKS: dict[Verb, Any] = {
    Verb.MERGE: {"main": "370102-20260309-01-00017", "note": "同一路口同一摊位，晚一小时上报"},
    Verb.UNMERGE: {"note": "实为西门店招，并非同一事项"},
    Verb.REPEAT: {"main": "370102-20260309-01-00017", "note": "三月十二日已答复：该亭许可至九月"},
    Verb.SPLIT: {"summary": "北门井盖破损", "category": "enforcement", "note": "井盖属水务，摊位属街道"},
}

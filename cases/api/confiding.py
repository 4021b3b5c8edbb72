"""What programs send to make a case confidential, and to lift that."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Verb
from people.api.fields import Body, Words


class Conceal(Body):
    about = _("Who handles it reads these words and no others of who reported it.")

    summary = Words(max_length=200, help_text=_("In your own words; nothing that tells who reported it"))
    place = Words(max_length=120, required=False, allow_blank=True, help_text=_("Where the matter is, in words"))
    note = Words(max_length=1000)


SENT_CONFIDING: dict[Verb, Any] = {
    Verb.CONCEAL: {"summary": "小区北门夜间摊位占道", "place": "小区北门", "note": "诉求人担心被找上门"},
    Verb.UNVEIL: {"note": "诉求人同意公开"},
}

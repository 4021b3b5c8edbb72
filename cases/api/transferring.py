"""What programs send to pass a case on to an authority outside, and to take it up again."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Verb
from people.api.fields import Body, Code, Words


class Transfer(Body):
    about = _("A discreet authority takes the case out of sight of all but the district desk and the inspectors.")

    outlet = Code(help_text=_("The code of the authority"))
    note = Words(max_length=1000, help_text=_("Why it is the matter of that authority"))


SENT_OF_TRANSFERS: dict[Verb, Any] = {
    Verb.TRANSFER: {"outlet": "petition", "note": "反映的是已终结的信访事项，属信访部门受理"},
    Verb.GET_BACK: {"note": "信访部门退回：属街道自办事项"},
}

"""Says in words what each figure of a mark rests on."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    "responded_in_time": gettext_lazy("First contact on %(stopped)s, before the limit of %(due)s."),
    "responded_late": gettext_lazy("First contact on %(stopped)s, after the limit of %(due)s."),
    "responded_no_limit": gettext_lazy("No limit for first contact ran; it does not count."),
    "accepted_in_time": gettext_lazy("The street accepted on %(stopped)s, before the limit of %(due)s."),
    "accepted_late": gettext_lazy("The street accepted on %(stopped)s, after the limit of %(due)s."),
    "accepted_no_limit": gettext_lazy("No limit for accepting ran; it does not count."),
    "said_solved": gettext_lazy("The resident said that it is solved."),
    "said_unsolved": gettext_lazy("The resident said that it is not solved."),
    "said_satisfied": gettext_lazy("The resident is satisfied."),
    "said_fairly": gettext_lazy("The resident is fairly satisfied, which counts as satisfied."),
    "said_dissatisfied": gettext_lazy("The resident is dissatisfied."),
    "not_reached": gettext_lazy("The resident was not reached; neither satisfied nor dissatisfied."),
    "left_out": gettext_lazy("The answer is left out by a decision of the district; it counts neither way."),
    "not_asked": gettext_lazy("The resident was not asked; neither satisfied nor dissatisfied."),
    "nobody_to_ask": gettext_lazy("Nobody waits for an answer, so nobody was asked."),
    "support_not_counted": gettext_lazy("A supporting unit is judged on its response only."),
    "street_called_others": gettext_lazy("Others were to settle it; the street is judged on accepting in time."),
}
OUTCOMES = {True: gettext_lazy("Yes"), False: gettext_lazy("No"), None: gettext_lazy("Not counted")}


def sentence(evidence: dict[str, Any]) -> str:
    """The sentence behind a figure, with its moments in local time."""
    given = evidence["params"]
    params = {name.removesuffix("_at"): _moment(value) for name, value in given.items() if isinstance(value, str)}
    said = str(SENTENCES[evidence["says"]]) % params
    return said if "asked" not in given else _("%(said)s %(content)s of %(asked)s who were asked are satisfied.") % {
        "said": said, **given
    }  # fmt: skip


def _moment(text: str) -> str:
    moment = parse_datetime(text)
    return date_format(localtime(moment), _("j M Y, H:i")) if moment else text

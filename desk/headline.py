"""The heading of a list: what was found, in the words of its filters."""

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.filters import EVERY, OPEN
from cases.models import State
from desk.asking import Question
from desk.named import Named, Names
from people.words import in_chinese

# Of one, and of any other number.
DUE = {
    "over": (gettext_lazy("overdue case"), gettext_lazy("overdue cases")),
    "today": (gettext_lazy("case due today"), gettext_lazy("cases due today")),
    "tomorrow": (gettext_lazy("case due tomorrow"), gettext_lazy("cases due tomorrow")),
    "later": (
        gettext_lazy("case due later, or without a due moment"),
        gettext_lazy("cases due later, or without a due moment"),
    ),
}
ALL = {
    OPEN: (gettext_lazy("open case"), gettext_lazy("open cases")),
    EVERY: (gettext_lazy("case, open or ended"), gettext_lazy("cases, open and ended")),
}
CHOICES = ("known", "urgency", "channel", "whistled", "hands")
PERIODS = {
    "called": gettext_lazy("called on %(day)s"),
    "opened_from": gettext_lazy("reported from %(day)s"),
    "opened_to": gettext_lazy("reported to %(day)s"),
    "closed_from": gettext_lazy("closed from %(day)s"),
    "closed_to": gettext_lazy("closed to %(day)s"),
}


def headline(question: Question, names: Names, number: str) -> str:
    """“43 overdue cases in 甸柳新村街道 · Facilities”; Chinese names are marked as such."""
    found = _("%(count)s %(what)s") % {"count": number, "what": _what(question, several=number != "1")}
    area = names.named("area")
    if area:
        pattern = _("%(found)s in %(area)s") % {"found": "{found}", "area": "{area}"}
        found = format_html(pattern, found=found, area=marked(area))
    return format_html_join(" · ", "{}", ((part,) for part in (found, *_extras(question, names))))


def marked(one: Named) -> str:
    return in_chinese(one.name) if one.foreign else format_html("{}", one.name)


def _what(question: Question, several: bool) -> str:
    if question.due:
        return str(DUE.get(question.due, ALL[OPEN])[several])
    if question.state in ALL:
        return str(ALL[question.state][several])
    words = _("cases “%(state)s”") if several else _("case “%(state)s”")
    return words % {"state": dict(State.choices).get(question.state, question.state)}


def _extras(question: Question, names: Names) -> Iterator[str]:
    if question.due and question.state in State.values:
        yield State(question.state).label
    yield from (marked(one) for one in map(names.named, ("category", "item", "function", "unit")) if one)
    if "q" in question.said:
        yield format_html('“<span lang="zh-Hans">{}</span>”', question.said["q"])
    for name in CHOICES:
        value = question.said.get(name)
        if value:
            yield str(dict(question.filters.filters[name].extra["choices"]).get(value, value))
    for name, words in PERIODS.items():
        if name in question.said:
            yield str(words) % {"day": question.said[name]}

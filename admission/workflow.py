"""The moves of an application: who passes it on, what each stage waits for, and what silence leads to.

The department asks, the establishment office reviews, each street named gives its opinion, the legal office finds it
lawful or not, the district leader decides. Each has a clock of its own. Silence never admits anything: an office that
does not review lets the application go on to the streets, who are asked in any case; a street that says nothing has
neither agreed nor objected; but where the legal office or the leader let their time pass, it is not admitted, and the
department may ask again. A stage whose time is over decides no more, whether the sweep has come by or not.
"""

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.models import Clock, Phase
from accountability.spans import moment
from accountability.worktime import LOCAL
from admission.models import Application, Opinion, State, Verb, View
from admission.models.application import GOING_ON
from admission.moves import STAYS, AdmissionRefused, Deed, Move, of_words, table
from admission.posts import DEPARTMENT, ESTABLISHMENT, LEADER, LEGAL, NAMED_STREET, SYSTEM, by_another_hand
from admission.querysets import streets_of

KIND, OPINION_KIND = "application", "opinion"
# While an application stands in a state, the clock of this phase runs. Streets have a clock each.
AWAITS = {
    State.REVIEW: Phase.REVIEW,
    State.RETURNED: Phase.AMEND,
    State.LEGALITY: Phase.LEGALITY,
    State.DECISION: Phase.DECISION,
}
# What happens by itself when that time is over.
ON_SILENCE = {
    State.REVIEW: Verb.GO_ON,
    State.RETURNED: Verb.RUN_OUT,
    State.LEGALITY: Verb.RUN_OUT,
    State.DECISION: Verb.RUN_OUT,
}
# The move that a state waits for: told with its reason to whoever may not make it.
NEXT = {
    State.REVIEW: Verb.FORWARD,
    State.RETURNED: Verb.RESEND,
    State.OPINIONS: Verb.OPINE,
    State.LEGALITY: Verb.CLEAR,
    State.DECISION: Verb.GRANT,
}


def in_time(application: Application, deed: Deed) -> None:
    """Exactly at the due moment is in time. What is over goes on by itself at the next round of the sweep."""
    over = Clock.objects.of(KIND, [application.pk]).overdue(deed.at).first()
    if over is not None and deed.by is not None and over.due_at is not None:
        raise AdmissionRefused(
            _("The time for it was over at %(when)s. It goes on by itself; reload the page to see where it stands."),
            code="time_over",
            params={"when": moment(over.due_at, deed.at)},
        )


def my_opinions(application: Application, deed: Deed) -> list[Opinion]:
    """Of the streets named, those that this person speaks for."""
    codes = streets_of(deed.by) if deed.by else []
    return [one for one in application.opinions.all() if any(one.street.code.startswith(code) for code in codes)]


def still_asked(application: Application, deed: Deed) -> list[Opinion]:
    """Those of my streets whose time is not over."""
    mine = [one for one in my_opinions(application, deed) if one.is_awaited]
    over = set(
        Clock.objects.of(OPINION_KIND, [one.pk for one in mine]).overdue(deed.at).values_list("subject_id", flat=True)
    )
    return [one for one in mine if one.pk not in over]


def is_still_asked(application: Application, deed: Deed) -> None:
    if not still_asked(application, deed):
        raise AdmissionRefused(
            _("Your street has given its opinion, or its time for it is over. It stands on this page."),
            code="opinion_given",
        )


@of_words
def says_whether(application: Application, deed: Deed) -> None:
    if deed.facts.get("view") not in View.values:
        raise AdmissionRefused(_("Choose whether the street agrees."), code="no_view")


def speaks(application: Application, deed: Deed) -> None:
    """For every street named that this person answers for, nearly always one."""
    assert deed.by is not None
    mine = still_asked(application, deed)
    for one in mine:
        one.view, one.words, one.by, one.at = deed.facts["view"], deed.note[:600], deed.by.user, deed.at
        one.save(update_fields=["view", "words", "by", "at"])
    deed.facts["streets"] = [one.street.name for one in mine]


@of_words
def says_until_when(application: Application, deed: Deed) -> None:
    """No longer than was asked for, and not only for the past."""
    until = date.fromisoformat(str(deed.facts["until"]))
    if until < max(localdate(deed.at, LOCAL), application.since):
        raise AdmissionRefused(_("The last day of a permit lies ahead. Choose a later one."), code="ends_in_past")
    if until > application.until:
        raise AdmissionRefused(
            _("The department asked for it until %(day)s. Choose that day or an earlier one."),
            code="ends_too_late",
            params={"day": application.until},
        )


def it_still_holds(application: Application, deed: Deed) -> None:
    """What has ended by itself is not revoked."""
    if application.permit.until < localdate(deed.at, LOCAL):
        raise AdmissionRefused(
            _("The permit ended on %(day)s by itself; there is nothing left to revoke."),
            code="ended_already",
            params={"day": application.permit.until},
        )


def is_heard(application: Application) -> bool:
    """Every street named has said what it thinks, or let its time pass."""
    return not any(one.is_awaited for one in application.opinions.all())


def every_street_was_heard(application: Application, deed: Deed) -> None:
    if not is_heard(application):
        raise AdmissionRefused(_("Not every street has been heard."), code="streets_unheard")


def where_silence_leads(application: Application) -> str:
    return State.WITHDRAWN if application.state == State.RETURNED else State.REFUSED


def counts_again(application: Any, deed: Deed) -> None:
    application.round += 1


V, B, S, L, D = State.REVIEW, State.RETURNED, State.OPINIONS, State.LEGALITY, State.DECISION
JUDGED = (by_another_hand, in_time)
MOVES = table(
    Move(Verb.FORWARD, (V,), S, ESTABLISHMENT, demands=JUDGED, starts=(Phase.OPINION,)),
    Move(Verb.SEND_BACK, (V,), B, ESTABLISHMENT, needs=("note",), demands=JUDGED),
    Move(Verb.REJECT, (V,), State.REFUSED, ESTABLISHMENT, needs=("note",), demands=JUDGED),
    Move(Verb.RESEND, (B,), V, DEPARTMENT, demands=(in_time,), does=counts_again),
    Move(
        Verb.OPINE, (S,), STAYS, NAMED_STREET, needs=("note", "view"), demands=(is_still_asked, says_whether),
        does=speaks, stops=(Phase.OPINION,),
    ),
    Move(Verb.GATHER, (S,), L, SYSTEM, demands=(every_street_was_heard,), by_system=True),
    Move(Verb.CLEAR, (L,), D, LEGAL, needs=("note",), demands=JUDGED),
    Move(Verb.BAR, (L,), State.REFUSED, LEGAL, needs=("note",), demands=JUDGED),
    Move(Verb.GRANT, (D,), State.GRANTED, LEADER, needs=("until",), demands=(*JUDGED, says_until_when)),
    Move(Verb.DENY, (D,), State.REFUSED, LEADER, needs=("note",), demands=JUDGED),
    Move(
        Verb.REVOKE, (State.GRANTED,), State.REVOKED, LEADER, needs=("note", "basis"),
        demands=(by_another_hand, it_still_holds),
    ),
    Move(Verb.WITHDRAW, GOING_ON, State.WITHDRAWN, DEPARTMENT, needs=("note",), stops=(Phase.OPINION,)),
    Move(Verb.GO_ON, (V,), S, SYSTEM, starts=(Phase.OPINION,), by_system=True),
    Move(Verb.RUN_OUT, (B, L, D), State.REFUSED, SYSTEM, back_to=where_silence_leads, by_system=True),
    Move(Verb.LAPSE, (S,), STAYS, SYSTEM, by_system=True),
    Move(Verb.WARN, (State.GRANTED,), STAYS, SYSTEM, by_system=True),
)  # fmt: skip

"""A conferral rules with the word of both offices: one puts its ruling to the other, which agrees or does not.

Nobody's part is written down by somebody else. Until the other office has agreed nothing is decided, no unit is called
or released, and the clock of the conferral runs on; what stays without its word goes to the district leader as anything
that is left lying. The other office agrees by ruling the same, puts another ruling in its turn, or puts the dispute
before the leader; what either said stands in the history for whoever decides. A ruling that takes effect at once and
could be objected to would have been simpler to give, but by then a unit is called and the clocks are another's.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.asking import Question
from cases.disputing import CONFERRING, instead, open_dispute
from cases.models import Bench, Dispute, Ruling, Step, Summons, Verb
from cases.moves import Deed, Facts, MoveRefused
from grids.standing import Standing

RULES = {Verb.UPHOLD: Ruling.UPHELD, Verb.DENY: Ruling.DENIED}
# A ruling from before both offices had to speak names who took part (`with`) and no word of theirs.
RULED_ALONE = Question(
    gettext_lazy("The conferral's ruling over summons %(summons)s of case %(number)s has the word of one office only."),
    """
SELECT s.summons_id AS summons, c.number FROM cases_step s JOIN cases_case c ON c.id = s.case_id
  LEFT JOIN cases_step p ON p.case_id = s.case_id AND p.summons_id = s.summons_id AND p.verb = 'put_to'
        AND p.seq = (s.facts->>'agreed')::int AND p.seq < s.seq AND p.actor_id <> s.actor_id
        AND p.facts->>'ruling' = CASE s.verb WHEN 'uphold' THEN 'upheld' ELSE 'denied' END
        AND (s.verb = 'deny' OR p.facts->>'to' = s.facts->>'to')
 WHERE s.verb IN ('uphold', 'deny') AND s.facts->>'bench' = 'conferral'
   AND p.id IS NULL AND (s.facts->'agreed' IS NOT NULL OR s.facts->'with' IS NULL)""",
)


def put_last(call: Summons) -> Step | None:
    """The ruling that one office put to the other last; a unit declines a case but once."""
    return call.steps.filter(verb=Verb.PUT_TO).select_related("actor").order_by("-seq").first()


def awaits(call: Summons, by: Standing) -> Step | None:
    """The other office's ruling that waits for the word of this person."""
    dispute, said = open_dispute(call), put_last(call)
    if dispute is None or dispute.bench != Bench.CONFERRAL or said is None or said.actor_id == by.user_id:
        return None
    others = [role for role in CONFERRING if role in by.roles and role != said.facts["office"]]
    return said if others else None


def is_a_ruling(call: Summons, facts: Facts, at: datetime) -> None:
    """To uphold, with the unit that would be called, or to deny."""
    if facts["ruling"] not in RULES.values():
        raise MoveRefused(_("Say whether the declining is upheld or denied."), code="no_ruling")
    if facts["ruling"] == Ruling.UPHELD:
        instead(call, facts)


def says_for_which_office(call: Summons, deed: Deed) -> None:
    deed.facts["office"] = next(role for role in CONFERRING if deed.by and role in deed.by.roles)
    if deed.facts["ruling"] == Ruling.UPHELD:
        deed.facts["called"] = instead(call, deed.facts).name


def agreed(call: Summons, dispute: Dispute, verb: Verb, by: Standing, facts: Facts) -> dict[str, Any]:
    """Whose ruling this person agrees to, for the step to keep; nothing where one alone decides."""
    if dispute.bench != Bench.CONFERRAL:
        return {}
    said = awaits(call, by)
    if said is None or said.actor is None:
        sentence = _("A conferral rules with the word of both offices. Put your ruling to the other office first.")
        raise MoveRefused(sentence, code="one_office")
    if RULES[verb] != said.facts["ruling"] or (verb == Verb.UPHOLD and facts.get("to") != said.facts["to"]):
        raise MoveRefused(
            _("%(name)s put another ruling to you. Agree to that one, put yours to them, or ask the district leader."),
            code="other_ruling",
            params={"name": said.actor.name},
        )
    return {"agreed": said.seq, "with": said.actor.username, "name": said.actor.name}

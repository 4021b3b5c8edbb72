"""What must be put right: cases, whistles, summonses and every step taken."""

from cases.models.case import Approval, Case, Channel, Profile, Rest, State
from cases.models.day import CaseDay, Happening
from cases.models.dispute import Bench, Dispute, Precedent, Ruling
from cases.models.pause import Pause
from cases.models.step import Origin, Step, Verb
from cases.models.summons import Answer, Level, Summons, Whistle, WhistleKind
from cases.models.template import ReplyTemplate
from cases.models.terms import CaseTerms

__all__ = [
    "Answer", "Approval", "Bench", "Case", "CaseDay", "CaseTerms", "Channel", "Dispute", "Happening", "Level", "Origin",
    "Pause", "Precedent", "Profile", "ReplyTemplate", "Rest", "Ruling", "State", "Step", "Summons", "Verb", "Whistle",
    "WhistleKind",
]  # fmt: skip

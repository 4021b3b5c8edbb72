"""What must be put right: cases, whistles, summonses and every step taken."""

from cases.models.case import Approval, Case, Channel, Profile, Rest, State
from cases.models.day import CaseDay, Happening
from cases.models.dispute import Bench, Dispute, Precedent, Ruling
from cases.models.joint import JointAction, JointKind, JointMember, Proof, WrongCode
from cases.models.link import Kind, Link
from cases.models.order import Cause, Order, Repeat, Verdict
from cases.models.pair import PairRule, PhotoPair
from cases.models.pause import Pause
from cases.models.proposal import Proposal, Upshot
from cases.models.retention import Retention
from cases.models.step import Origin, Step, Verb
from cases.models.summons import Answer, Level, Summons, Whistle, WhistleKind
from cases.models.template import ReplyTemplate
from cases.models.terms import CaseTerms
from cases.models.transfer import Outlet, Transfer
from cases.models.week import SituationWeek
from cases.models.wording import StockPhrase, Wording

__all__ = [
    "Answer", "Approval", "Bench", "Case", "CaseDay", "CaseTerms", "Cause", "Channel", "Dispute", "Happening",
    "JointAction", "JointKind", "JointMember", "Kind", "Level", "Link", "Order", "Origin", "Outlet", "PairRule",
    "Pause", "PhotoPair", "Precedent", "Profile", "Proof", "Proposal", "Repeat", "ReplyTemplate", "Rest",
    "Retention", "Ruling", "SituationWeek", "State", "Step", "StockPhrase", "Summons", "Transfer", "Upshot", "Verb",
    "Verdict", "Whistle", "WhistleKind", "Wording", "WrongCode",
]  # fmt: skip

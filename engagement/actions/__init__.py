"""Everything that changes what the public said: pages, imports and demo data call these and nothing else."""

from engagement.actions.answering import FOR_ANOTHER, AnswerRefused, call_back, doubt, rate
from engagement.actions.bringing import bring_in
from engagement.actions.guessing import TooManyGuesses, count_guess, refuse_guesser
from engagement.actions.linking import LinkRefused, check_link, link_of, make_link, rate_by_link
from engagement.actions.receiving import ReportRefused, add_photos, receive
from engagement.actions.reopening import reopen
from engagement.actions.restraining import ask_to_restrain, decide_restraint, lift_restraint
from engagement.actions.revealing import Details, RevealRefused, kept_back, note_try, reveal

__all__ = [
    "FOR_ANOTHER", "AnswerRefused", "Details", "LinkRefused", "ReportRefused", "RevealRefused", "TooManyGuesses",
    "add_photos", "ask_to_restrain", "decide_restraint", "lift_restraint",
    "bring_in", "call_back", "check_link", "count_guess", "doubt", "kept_back", "link_of", "make_link", "note_try",
    "rate", "rate_by_link", "receive", "refuse_guesser", "reopen", "reveal",
]  # fmt: skip

"""Everything that changes what the public said: pages, imports and demo data call these and nothing else."""

from engagement.actions.answering import AnswerRefused, call_back, rate
from engagement.actions.bringing import bring_in
from engagement.actions.guessing import TooManyGuesses, count_guess, refuse_guesser
from engagement.actions.receiving import ReportRefused, add_photos, receive
from engagement.actions.reopening import reopen
from engagement.actions.revealing import Details, RevealRefused, kept_back, note_try, reveal

__all__ = [
    "AnswerRefused", "Details", "ReportRefused", "RevealRefused", "TooManyGuesses", "add_photos", "bring_in",
    "call_back", "count_guess", "kept_back", "note_try", "rate", "receive", "refuse_guesser", "reopen", "reveal",
]  # fmt: skip

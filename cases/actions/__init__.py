"""Everything that changes a case. Pages, tasks, imports and other apps call these and nothing else."""

from cases.actions.bringing import bring_in
from cases.actions.calling import Call, approve_whistle, blow_whistle, dispatch, self_handle
from cases.actions.intake import accept, open_case, place
from cases.actions.linking import answer_as_repeat, merge, split, unmerge
from cases.actions.moving import advance, answer
from cases.actions.proposing import answer_proposal, propose
from cases.actions.reply_templates import retire_template, write_template
from cases.actions.ruling import decline, deny, put_before, put_to, uphold
from cases.actions.transferring import get_back, transfer
from cases.actions.undoing import undo

__all__ = [
    "Call", "accept", "advance", "answer", "answer_as_repeat", "answer_proposal", "approve_whistle", "blow_whistle",
    "bring_in", "decline", "deny", "dispatch", "get_back", "merge", "open_case", "place", "propose", "put_before",
    "put_to", "retire_template", "self_handle", "split", "transfer", "undo", "unmerge", "uphold", "write_template",
]  # fmt: skip

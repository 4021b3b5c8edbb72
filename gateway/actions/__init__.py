"""Takes in what other systems hand over: at once by a command, or file by file from a page, off the request."""

from gateway.actions.batches import THERE, batches, take_batch, unanswered
from gateway.actions.taking import Importer, take_in
from gateway.actions.uploading import add_piece, begin, check, give_up, sweep_away, take
from gateway.actions.working import queue, work

__all__ = [
    "THERE", "Importer", "add_piece", "batches", "begin", "check", "give_up", "queue", "sweep_away", "take",
    "take_batch", "take_in", "unanswered", "work",
]  # fmt: skip

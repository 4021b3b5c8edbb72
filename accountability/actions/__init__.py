"""Every change of the responsibility list, and what the suggester keeps: drafts are written, sent and put in force."""

from accountability.actions.drafts import begin, discard, refresh
from accountability.actions.flows import save_flow, unwrite_flow
from accountability.actions.functions import publish_functions
from accountability.actions.items import add_item, put_back, save_item, take_off
from accountability.actions.learning import keep_learnt
from accountability.actions.manuals import save_manual
from accountability.actions.proposing import propose
from accountability.actions.publishing import publish
from accountability.actions.taking import DraftMoved, Wanted, take_in
from accountability.wordings import ListRefused, Said, Wording

__all__ = [
    "DraftMoved", "ListRefused", "Said", "Wanted", "Wording", "add_item", "begin", "discard", "keep_learnt", "propose",
    "publish", "publish_functions", "put_back", "refresh", "save_flow", "save_item", "save_manual", "take_in",
    "take_off", "unwrite_flow",
]  # fmt: skip

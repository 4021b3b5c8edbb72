"""The history of a case: one row per thing done, written once and chained."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accountability.models import ListVersion
from audit.labels import Labelled
from cases.models.case import Case
from cases.models.summons import Summons
from cases.querysets import OfCaseQuerySet
from people.models import Unit


class Verb(models.TextChoices):
    """Everything that can happen to a case or to a summons."""

    OPEN = "open", _("Report")
    PLACE = "place", _("Hand to a street")
    ACCEPT = "accept", _("Accept")
    TURN_DOWN = "turn_down", _("Turn down")
    UNDO = "undo", _("Undo what was just done")
    MERGE = "merge", _("Merge into another case")
    UNMERGE = "unmerge", _("Take out again")
    TAKE_IN = "take_in", _("Another case is merged into it")
    GIVE_BACK = "give_back", _("A merged case is taken out")
    REPEAT = "repeat", _("Answer as the same again")
    SPLIT = "split", _("Split off a part")
    TRANSFER = "transfer", _("Transfer out")
    GET_BACK = "get_back", _("Take it back from outside")
    SELF_HANDLE = "self_handle", _("Settle ourselves")
    WHISTLE = "whistle", _("Blow the whistle")
    ASK_DESK = "ask_desk", _("Whistle through the district desk")
    ASK_LEADER = "ask_leader", _("Whistle with the leader's approval")
    APPROVE = "approve", _("Approve the whistle")
    PASS_UP = "pass_up", _("Approve it for the district desk")
    REJECT = "reject", _("Do not approve the whistle")
    CONFIRM = "confirm", _("Approve the whistle afterwards")
    OBJECT = "object", _("Object to the whistle")
    DISPATCH = "dispatch", _("Send to the units")
    WITHDRAW = "withdraw", _("Withdraw the whistle")
    SEND_BACK = "send_back", _("Send back to the street")
    SUMMON = "summon", _("Summon")
    SIGN = "sign", _("Sign")
    RESPOND = "respond", _("Log first contact")
    ARRIVE = "arrive", _("Log arrival")
    REPLY = "reply", _("Reply")
    CLAIM = "claim", _("Take in hand")
    ASSIGN = "assign", _("Give to a colleague")
    HAND_OVER = "hand_over", _("Hand over")
    HAND_UP = "hand_up", _("Hand up a level")
    TAKE_BACK = "take_back", _("Take back")
    HAND_ON = "hand_on", _("Give to another level")
    REACH = "reach", _("Log a milestone")
    EXTEND = "extend", _("Extend")
    PAUSE = "pause", _("Ask for a pause")
    SHELVE = "shelve", _("Ask to shelve it")
    ALLOW = "allow", _("Allow the pause")
    DISALLOW = "disallow", _("Do not allow it")
    RESUME = "resume", _("Take it up again")
    DECLINE = "decline", _("Decline")
    UPHOLD = "uphold", _("Uphold, and call another unit")
    DENY = "deny", _("Deny: the unit goes on")
    PUT_TO = "put_to", _("Put a ruling to the other office")
    CONFER = "confer", _("Put before the conferral")
    REFER = "refer", _("Put before the district leader")
    CONVENE = "convene", _("Open a joint action")
    ATTEND = "attend", _("Sign in on the spot")
    OUTCOME = "outcome", _("Give the unit's result")
    LET_GO = "let_go", _("Agree that it leaves")
    CONCLUDE = "conclude", _("Write the minutes and end it")
    RECALL = "recall", _("Send this unit back")
    EXCUSE = "excuse", _("Excuse this unit")
    RELEASE = "release", _("Release")
    SETTLE = "settle", _("All have replied")
    PASS = "pass", _("Inspection passed")
    REWORK = "rework", _("Send back for rework")
    MISS = "miss", _("Call not answered")
    HEAR = "hear", _("One of several asked")
    CALL_BACK = "call_back", _("Call back")
    RATE = "rate", _("Rate")
    ASK_AGAIN = "ask_again", _("Have them asked again")
    CLOSE = "close", _("Close")
    REOPEN = "reopen", _("Open it again")
    ARCHIVE = "archive", _("Archive")
    COME_BACK = "come_back", _("The resident opens it again")
    CONCEAL = "conceal", _("Make it confidential")
    UNVEIL = "unveil", _("Lift the confidentiality")
    LAPSE = "lapse", _("Overdue")
    REMIND = "remind", _("Reminder")
    YELLOW = "yellow", _("Yellow card")
    RED = "red", _("Red card")
    ESCALATE = "escalate", _("Told to the district leader")
    ORDER = "order", _("Issue an order")
    ANSWER = "answer", _("Answer the order")
    RETURN = "return", _("Return the answer")
    CLOSE_ORDER = "close_order", _("Close the order")


class Origin(models.TextChoices):
    LIVE = "live", _("Live")
    IMPORT = "import", _("Import")
    DEMO = "demo", _("Demo")
    OFFLINE = "offline", _("Captured offline")


class Step(Labelled, models.Model):
    """One line of a case's history, naming the unit of that moment. Sealed and chained by triggers."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", db_index=False)
    seq = models.PositiveIntegerField(default=0, help_text=_("Its place in the case's chain, set by the database"))
    summons = models.ForeignKey(Summons, models.PROTECT, null=True, related_name="steps")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="steps", db_index=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    verb = models.CharField(max_length=12, choices=Verb)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    list_version = models.ForeignKey(ListVersion, models.PROTECT, null=True, related_name="+", db_index=False)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.LIVE)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    chain = models.CharField(max_length=64, default="", help_text=_("sha256 over the step before and this row"))

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["case", "seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="steps_of_a_case_are_numbered")]
        indexes = [models.Index(fields=["actor", "-at"], name="steps_by_actor")]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.seq} {self.verb}"

"""Calling units: the street's whistle, and one summons for each unit called."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accountability.models import Duty
from audit.labels import Labelled
from cases.models.case import Approval, Case, Rest
from cases.querysets import NAMED, SummonsQuerySet, WhistleQuerySet
from people.models import Unit


class WhistleKind(models.TextChoices):
    """The three grounds for a whistle (吹哨三种情况)."""

    PROMINENT = "prominent", _("Residents press it and the street cannot solve it")
    ENFORCEMENT = "enforcement", _("Joint enforcement")
    EMERGENCY = "emergency", _("Emergency")


class Whistle(Labelled, models.Model):
    """The street calls units for a case, after saying what it did first."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="whistles")
    kind = models.CharField(max_length=12, choices=WhistleKind)
    first_action = models.CharField(max_length=1000)
    wanted = models.JSONField(default=list, help_text=_("The units asked for: unit code, lead or not, reason"))
    street = models.ForeignKey(Unit, models.PROTECT, related_name="whistles")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    blown_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_back_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True, help_text=_("By the street itself, before anybody had signed"))

    approval = models.CharField(max_length=6, choices=Approval, blank=True, default=Approval.NONE)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True, help_text=_("When the street's leader said yes or no"))
    approved = models.BooleanField(null=True)

    objects = WhistleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(sent_at=None, sent_back_at=None), name="one_whistle_waits_per_case"
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None, judged_at=None, approved=None)
                | Q(judged_by__isnull=False, judged_at__isnull=False, approved__isnull=False) & ~Q(judged_by=F("by")),
                name="another_person_approves_a_whistle",
            ),
        ]
        indexes = [models.Index(fields=["blown_at"], name="whistles_by_blowing")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Answer(models.TextChoices):
    """How far a summoned unit has come."""

    SENT = "sent", _("To be signed")
    SIGNED = "signed", _("Signed")
    RESPONDED = "responded", _("Contact made")
    ARRIVED = "arrived", _("Arrived")
    REPLIED = "replied", _("Replied")
    RELEASED = "released", _("Released")


class Level(models.TextChoices):
    """Who settles it: a unit called by whistle, or the street's own levels."""

    CALLED = "called", _("Called by whistle")
    GRID = "grid", _("By the grid")
    COMMUNITY = "community", _("By the community")
    STREET = "street", _("By the street")
    STATION = "station", _("By a station of the street")


class Summons(Labelled, models.Model):
    """One unit called to one case, with its own state, clocks and mark. One of them leads."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="summonses")
    whistle = models.ForeignKey(Whistle, models.PROTECT, null=True, related_name="summonses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="summonses", db_index=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="summonses",
        help_text=_("Who has it in hand: the person of the place whom the street named, or one of the unit"),
    )
    level = models.CharField(max_length=10, choices=Level, default=Level.CALLED)
    leads = models.BooleanField(default=False)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="summonses", db_index=False)
    reason = models.CharField(max_length=300, blank=True, help_text=_("Why this unit, where the list does not say so"))
    state = models.CharField(max_length=10, choices=Answer, default=Answer.SENT)
    called_at = models.DateTimeField()
    rest = models.CharField(max_length=5, choices=Rest, blank=True, default=Rest.NONE)
    extended_times = models.PositiveSmallIntegerField(default=0)
    extended_days = models.PositiveSmallIntegerField(default=0)
    paused_days = models.PositiveSmallIntegerField(default=0)
    parts_left = models.PositiveSmallIntegerField(default=0, help_text=_("Milestones that are not reached yet"))
    to_answer = models.PositiveSmallIntegerField(default=0, help_text=_("Orders that wait for the unit's answer"))
    to_judge = models.PositiveSmallIntegerField(default=0, help_text=_("Answered orders that wait for an inspector"))

    objects = SummonsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "summonses"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"], condition=~Q(state="released"), name="one_open_summons_per_case_and_unit"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(leads=True) & ~Q(state="released"), name="one_unit_leads_a_case"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="summonses_by_unit")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"

    @property
    def is_named(self) -> bool:
        """The street named a person of the place, and that person answers."""
        return self.level in NAMED

    @property
    def hand(self) -> int | None:
        """Who has it in hand: read `in_hands(at)` to leave out whoever no longer answers for the unit."""
        return self.__dict__.get("held", self.worker_id)

    @property
    def place_code(self) -> str:
        return self.case.place_code

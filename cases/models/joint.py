"""Units come together for a case at one place and time: a meeting on site (会商), or joint enforcement (联合执法)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.labels import Labelled
from cases.models.case import Case
from cases.models.summons import Summons
from cases.querysets import OfCaseQuerySet


class JointKind(models.TextChoices):
    MEETING = "meeting", _("Meeting on site")
    ENFORCEMENT = "enforcement", _("Joint enforcement on site")


class Proof(models.TextChoices):
    """How it is known that somebody stood at the place."""

    CODE = "code", _("by the street's code")
    PLACE = "place", _("by place and time")
    SAID = "said", _("said by the unit itself")


class JointAction(Labelled, models.Model):
    """One coming together, opened and ended by whoever is in charge of the case; the minutes end it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="joint_actions")
    kind = models.CharField(max_length=12, choices=JointKind)
    place = models.CharField(max_length=120)
    meets_at = models.DateTimeField()
    plan = models.CharField(max_length=1000)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, help_text=_("Since when the members' clocks run: when it was to meet"))
    minutes = models.CharField(max_length=1000, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    over_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(over_at=None), name="one_joint_action_at_a_time"),
            models.CheckConstraint(
                condition=Q(over_at=None, minutes="") | Q(over_at__isnull=False) & ~Q(minutes=""),
                name="a_joint_action_ends_with_minutes",
            ),
        ]
        indexes = [
            models.Index(fields=["meets_at"], condition=Q(over_at=None, begun_at=None), name="joint_actions_to_begin")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class JointMember(Labelled, models.Model):
    """One summoned unit that takes part: who came and how that is known, what came of it, when it was let go."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="joint_members")
    joint = models.ForeignKey(JointAction, models.PROTECT, related_name="members")
    summons = models.ForeignKey(Summons, models.PROTECT, related_name="joint_parts")
    leads = models.BooleanField(default=False)
    signed_in_at = models.DateTimeField(null=True)
    who = models.CharField(max_length=60, blank=True)
    people = models.PositiveSmallIntegerField(null=True)
    proof = models.CharField(max_length=5, choices=Proof, blank=True)
    metres = models.PositiveIntegerField(null=True, help_text=_("From the point of the case, where both are known"))
    result = models.CharField(max_length=1000, blank=True)
    result_at = models.DateTimeField(null=True)
    silent_at = models.DateTimeField(null=True, help_text=_("When its result was due, where none had come by then"))
    let_go_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["joint", "summons"], name="a_unit_is_a_member_once"),
            models.UniqueConstraint(fields=["joint"], condition=Q(leads=True), name="one_unit_leads_a_joint_action"),
            models.CheckConstraint(
                condition=Q(result_at=None) | Q(signed_in_at__isnull=False), name="a_result_follows_a_sign_in"
            ),
            models.CheckConstraint(
                condition=Q(signed_in_at=None) | ~Q(proof=""), name="a_sign_in_says_how_it_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joint_id} {self.summons_id}"


class WrongCode(Labelled, models.Model):
    """A sign-in code that was not the street's: counted, so that nobody finds the right one by trying."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="wrong_codes")
    summons = models.ForeignKey(Summons, models.PROTECT, related_name="wrong_codes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["summons", "at"], name="wrong_codes_by_summons")]

    def __str__(self) -> str:
        return f"{self.summons_id} {self.at}"

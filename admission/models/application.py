"""A department asks to hand a matter down to streets, and each street named says what it thinks of it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from admission.models.kind import MatterKind
from admission.querysets import ApplicationQuerySet, OpinionQuerySet
from audit.labels import Labelled
from grids.models import Area
from people.models import Unit


class State(models.TextChoices):
    REVIEW = "review", _("With the establishment office")
    RETURNED = "returned", _("Back with the department")
    OPINIONS = "opinions", _("With the streets")
    LEGALITY = "legality", _("With the legal office")
    DECISION = "decision", _("With the district leader")
    GRANTED = "granted", _("Admitted, with a permit")
    REVOKED = "revoked", _("Permit revoked")
    REFUSED = "refused", _("Not admitted")
    WITHDRAWN = "withdrawn", _("Taken back by the department")


GOING_ON = (State.REVIEW, State.RETURNED, State.OPINIONS, State.LEGALITY, State.DECISION)


class View(models.TextChoices):
    AGREES = "agrees", _("Agrees")
    CONDITIONS = "conditions", _("Agrees on conditions")
    OBJECTS = "objects", _("Objects")


class Application(Labelled, models.Model):
    """One matter that a department wants streets to do, with what comes along for it. The numbers are for a year."""

    department = models.ForeignKey(Unit, models.PROTECT, related_name="applications")
    kind = models.ForeignKey(MatterKind, models.PROTECT, related_name="applications")
    body = models.CharField(max_length=80, blank=True, help_text=_("The coordination or temporary body in whose name"))
    matter = models.CharField(max_length=120)
    content = models.CharField(max_length=1000, help_text=_("What a street would have to do"))
    basis = models.CharField(max_length=300)
    streets = models.ManyToManyField(Area, through="admission.Opinion", related_name="+")
    since = models.DateField()
    until = models.DateField()
    people = models.PositiveSmallIntegerField(default=0, help_text=_("Posts or people that come along"))
    money = models.PositiveIntegerField(default=0, help_text=_("Yuan a year for all streets together"))
    equipment = models.CharField(max_length=300, blank=True)
    training = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.REVIEW)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=1, help_text=_("Counts how often it was sent in"))
    version = models.PositiveIntegerField(default=1, help_text=_("Counts every step; who acts on an older one is told"))
    demo = models.BooleanField(default=False)
    terms = SearchVectorField()

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="an_application_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(matter="") & ~Q(basis="") & ~Q(content=""), name="an_application_says_what_and_why"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="applications_by_state"),
            models.Index(fields=["department", "-id"], name="applications_by_department"),
            GinIndex(fields=["terms"], name="applications_by_terms"),
        ]

    def __str__(self) -> str:
        return self.matter

    @property
    def yuan(self) -> str:
        return f"{self.money:,}"

    @property
    def by_name_of(self) -> str:
        """In whose name it would be handed down."""
        return self.body or str(self.department)


class Opinion(Labelled, models.Model):
    """One street named in an application, and its opinion. Silence, once its time is over, is neither yes nor no."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="opinions")
    street = models.ForeignKey(Area, models.PROTECT, related_name="+")
    view = models.CharField(max_length=10, choices=View, blank=True)
    words = models.CharField(max_length=600, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    silent_at = models.DateTimeField(null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["street__code"]
        constraints = [
            models.UniqueConstraint(fields=["application", "street"], name="a_street_is_asked_once_of_an_application"),
            models.CheckConstraint(
                condition=Q(view="", by=None, at=None)
                | ~Q(view="") & ~Q(words="") & Q(by__isnull=False, at__isnull=False),
                name="an_opinion_has_words_and_an_author",
            ),
            models.CheckConstraint(condition=Q(silent_at=None) | Q(view=""), name="who_is_silent_says_nothing"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["street", "application"], name="opinions_by_street")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.street_id} {self.view}"

    @property
    def is_awaited(self) -> bool:
        return not self.view and self.silent_at is None

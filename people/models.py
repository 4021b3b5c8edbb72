"""Who: users, units and the roles that people hold in them."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from people.querysets import TokenQuerySet, UnitRoleQuerySet


class Role(models.TextChoices):
    CITIZEN = "citizen", _("Resident")
    CLERK = "clerk", _("Hotline clerk")
    GRID_WORKER = "grid_worker", _("Grid worker")
    COMMUNITY = "community", _("Community worker")
    SPECIALIST = "specialist", _("Community specialist")
    DISPATCHER = "dispatcher", _("Street dispatcher")
    STREET_LEADER = "street_leader", _("Street leader")
    STATION = "station", _("Station staff")
    RESPONDER = "responder", _("Department responder")
    DEPT_LEADER = "dept_leader", _("Department leader")
    DISTRICT_DESK = "district_desk", _("District desk")
    DISTRICT_LEADER = "district_leader", _("District leader")
    INSPECTOR = "inspector", _("Inspector")
    ESTABLISHMENT = "establishment", _("Establishment office")
    LEGAL = "legal", _("Legal office")
    ASSESSOR = "assessor", _("Assessment office")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


THREE_ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


class UnitKind(models.TextChoices):
    PARTY = "party", _("Party body")
    GOVERNMENT = "government", _("Government department")
    BRANCH = "branch", _("Branch of a city department")
    UTILITY = "utility", _("Utility")
    STREET_OFFICE = "street_office", _("Street office")
    STATION = "station", _("Station")


class Seat(models.TextChoices):
    """A task that exactly one unit of the district has."""

    DESK = "desk", _("District desk")
    HOTLINE = "hotline", _("Hotline")
    SUPERVISION = "supervision", _("Supervision")


class Unit(models.Model):
    """A department, a street office, a station or a utility: whoever can be called and must answer."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    commanded = models.BooleanField(
        default=True, help_text=_("Under the district's command; others get an upward call")
    )
    seat = models.CharField(max_length=12, choices=Seat, blank=True)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["seat"], condition=~Q(seat=""), name="one_unit_has_a_seat")]

    def __str__(self) -> str:
        return self.short_name


class UserManager(BaseUserManager):
    def create_user(self, username: str, name: str, password: str | None = None, **fields) -> "User":
        user = self.model(username=username, name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person at work here. What they may do follows from their roles and postings, read anew at each request."""

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="staff")
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class UnitRole(models.Model):
    """A person acts for a unit in a role, from one moment to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="unit_roles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=16, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = UnitRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="a_role_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="nobody_is_two_of_the_three_admins",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    (
                        Func("since", "until", Value("[)"), function="TSTZRANGE", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(role__in=THREE_ADMINS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.unit}"


class DutyRoster(models.Model):
    """Who of a unit is reached outside working time: every day or on one weekday, always or between two days.

    The number is the line of the post. Private numbers have no place here: all who may call a unit read it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rosters")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("1 is Monday; empty: every day"))
    begins = models.TimeField()
    ends = models.TimeField(help_text=_("Not after the beginning: on the next day"))
    who = models.CharField(max_length=40)
    phone = models.CharField(max_length=30)
    basis = models.CharField(max_length=200)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday=None) | Q(weekday__range=(1, 7)), name="a_week_has_seven_days"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="a_roster_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(who="") & ~Q(phone="") & ~Q(basis=""), name="a_roster_names_whom_to_ring_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.who}"


class Token(AbstractAuthToken):
    """By this a program acts for a person until a day. Only its hash is kept: what it was is shown once."""

    name = models.CharField(max_length=60, help_text=_("What it is for"))
    created = models.DateTimeField()
    expiry = models.DateTimeField()

    objects = TokenQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-created"], name="tokens_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.name}"

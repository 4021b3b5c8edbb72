"""What was done and seen: the security log, and the keys that make a repeated request harmless."""

from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_REFUSED = "sign_in_refused", _("Sign-in refused")
    SIGNED_OUT = "signed_out", _("Signed out")
    REVEALED = "revealed", _("Personal details revealed")
    REVEAL_REFUSED = "reveal_refused", _("Personal details asked for and refused")
    ROLE_GIVEN = "role_given", _("Role given")
    ROLE_TAKEN = "role_taken", _("Role taken")
    LIST_CHANGED = "list_changed", _("Responsibility list changed")
    TOKEN_MADE = "token_made", _("Token made")
    TOKEN_REVOKED = "token_revoked", _("Token revoked")
    ORIGINAL_SEEN = "original_seen", _("Original photo seen")
    EXPORTED = "exported", _("List exported")
    ROSTER_SET = "roster_set", _("Duty roster set")
    BUNDLE_ASKED = "bundle_asked", _("Evidence bundle asked for")
    BUNDLE_MADE = "bundle_made", _("Evidence bundle made")
    BUNDLE_TAKEN = "bundle_taken", _("Evidence bundle taken")
    RESTRAINT_ASKED = "restraint_asked", _("Restraint of a caller asked for")
    RESTRAINT_DECIDED = "restraint_decided", _("Restraint of a caller decided")
    RESTRAINT_LIFTED = "restraint_lifted", _("Restraint of a caller lifted")


class SecurityLog(models.Model):
    """One thing done or seen by somebody. Written once, never changed; carries no personal details."""

    event = models.CharField(max_length=20, choices=Event)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    subject_kind = models.CharField(max_length=20, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="security_log_by_subject")]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_kind} {self.subject_id}"


CLAIM = """
INSERT INTO audit_idempotencykey (key, purpose, request_hash, answer) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"""


class IdempotencyKeyQuerySet(models.QuerySet):
    def claim(self, key: UUID, purpose: str, request_hash: str, answer: str) -> "IdempotencyKey | None":
        """None for whoever is the first; otherwise the key as the first one left it, who is waited for."""
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [key, purpose, request_hash, answer])
            return None if cursor.rowcount else self.get(pk=key)


class IdempotencyKey(models.Model):
    """The first answer to a request that may arrive twice: same key and body give that answer again."""

    key = models.UUIDField(primary_key=True)
    purpose = models.CharField(max_length=20)
    request_hash = models.CharField(max_length=64)
    answer = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects = IdempotencyKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.purpose} {self.key}"


class LoadedRow(models.Model):
    """What a row of a reference table said when it was loaded. Only ever added to; the newest of a key counts."""

    table = models.CharField(max_length=63)
    key = models.CharField(max_length=80)
    columns = models.TextField(help_text="Those that the digest covers, by name")
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["table", "key"], name="loaded_rows_by_key")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"

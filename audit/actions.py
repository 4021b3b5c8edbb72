"""Writes the security log: who did or saw what that must be answerable later."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from audit.models import Event, SecurityLog

Actor = AbstractBaseUser | AnonymousUser | None
REASON_LENGTH = SecurityLog._meta.get_field("reason").max_length


def note(
    event: Event,
    *,
    by: Actor,
    subject: tuple[str, object] | None = None,
    reason: str = "",
    address: str | None = None,
) -> SecurityLog:
    """Add one line in the caller's transaction. `subject` is (kind, id); `reason` must carry no personal details."""
    kind, key = subject or ("", "")
    return SecurityLog.objects.create(
        event=event,
        actor_id=by.pk if by is not None and by.is_authenticated else None,
        subject_kind=kind,
        subject_id=str(key),
        reason=reason[:REASON_LENGTH],
        address=address,
    )

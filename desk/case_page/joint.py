"""Units called together for a case: one line an action, the newest first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accountability.spans import moment
from cases.models import JointAction, JointMember
from desk.case_page.rows import Rows


@dataclass(frozen=True)
class Line:
    """One joint action: its light and words, and each member with how far it is."""

    joint: JointAction
    when: str
    light: str
    words: str
    members: list[JointMember]


def joint_lines(rows: Rows) -> list[Line]:
    """From the members alone: an action without any is not opened."""
    found: dict[int, list[JointMember]] = {}
    for member in rows.case.joint_members.all():
        member.words = _told(member, rows)  # type: ignore[attr-defined]
        found.setdefault(member.joint_id, []).append(member)
    return [_line(members, rows) for members in found.values()]


def _line(members: list[JointMember], rows: Rows) -> Line:
    joint = members[0].joint
    when = moment(joint.meets_at, rows.at)
    if joint.over_at:
        return Line(joint, when, "done", _("Ended, with minutes"), members)
    if joint.meets_at > rows.at:
        return Line(joint, when, "wait", _("Planned"), members)
    came = sum(member.signed_in_at is not None for member in members)
    words = _("%(came)s of %(count)s signed in") % {"came": came, "count": len(members)}
    return Line(joint, when, "run", words, members)


def _told(member: JointMember, rows: Rows) -> str:
    if member.result_at:
        return _("has given its result")
    if member.silent_at:
        return _("gave no result in time")
    if member.signed_in_at:
        return _("signed in %(when)s") % {"when": moment(member.signed_in_at, rows.at)}
    return _("has not signed in")

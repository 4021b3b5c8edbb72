"""What a program reads of a case: rows written out plainly, codes instead of numbers of ours."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accountability.models import Clock, Phase, TimeUnit, Urgency
from cases.api.inspecting import PhotoShape
from cases.confiding import facts_for
from cases.models import (
    Answer,
    Approval,
    Channel,
    Level,
    Origin,
    State,
    Step,
    Summons,
    Verb,
    Whistle,
    WhistleKind,
)
from cases.transferring import keeps_withheld
from grids.standing import Standing


def iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def code(row: Any) -> str | None:
    return row.code if row else None


class CalledShape(serializers.Serializer):
    summons = serializers.IntegerField()
    unit = serializers.CharField()
    leads = serializers.BooleanField()
    state = serializers.ChoiceField(Answer.choices)


class CaseShape(serializers.Serializer):
    about = _("One matter at one place. Who reported it stands nowhere in the API.")

    number = serializers.CharField()
    version = serializers.IntegerField(help_text=_("Counts the changes, for refusing stale ones"))
    state = serializers.ChoiceField(State.choices)
    round = serializers.IntegerField()
    summary = serializers.CharField()
    category = serializers.CharField()
    item = serializers.CharField(allow_null=True)
    list_version = serializers.IntegerField(
        allow_null=True, help_text=_("The id of the version of the list that it keeps; null before it was accepted")
    )
    function = serializers.CharField(allow_null=True, help_text=_("In place of an item: beyond the list"))
    situation = serializers.CharField(allow_null=True)
    urgency = serializers.ChoiceField(Urgency.choices)
    channel = serializers.ChoiceField(Channel.choices)
    profile = serializers.CharField()
    origin = serializers.ChoiceField(Origin.choices)
    external_number = serializers.CharField(allow_blank=True)
    area = serializers.CharField(help_text=_("The smallest area known"))
    office = serializers.CharField(help_text=_("The code of the unit that answers for it"))
    place = serializers.CharField(allow_blank=True, help_text=_("Where, in words"))
    lon = serializers.FloatField(allow_null=True, help_text=_("WGS-84 degrees"))
    lat = serializers.FloatField(allow_null=True)
    has_citizen = serializers.BooleanField(help_text=_("Somebody waits for an answer"))
    confidential = serializers.BooleanField(help_text=_("Who handles it does not learn who reported it"))
    due_at = serializers.DateTimeField(
        allow_null=True, help_text=_("The soonest due moment of what runs, the promise apart")
    )
    opened_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    units = CalledShape(many=True, help_text=_("Who is called to it"))

    def to_representation(self, case: Any) -> dict[str, Any]:
        """Of a case with the list of its summonses as `called`."""
        return {
            "number": case.number, "version": case.version, "state": case.state, "round": case.round,
            "summary": case.summary, "category": case.category.code, "item": code(case.item),
            "function": code(case.function), "list_version": case.list_version_id, "situation": code(case.situation),
            "urgency": case.urgency, "channel": case.channel, "profile": case.profile.code, "origin": case.origin,
            "external_number": case.external_number, "area": case.place_code, "office": case.office.code,
            "place": case.place, "lon": case.lon, "lat": case.lat, "has_citizen": case.has_citizen,
            "confidential": case.confidential, "due_at": iso(case.due_at),
            "opened_at": iso(case.opened_at), "accepted_at": iso(case.accepted_at), "closed_at": iso(case.closed_at),
            "units": [
                {"summons": call.pk, "unit": call.unit.code, "leads": call.leads, "state": call.state}
                for call in case.called
            ],
        }  # fmt: skip


class ChoiceShape(serializers.Serializer):
    about = _("A move of the table that means something to this reader: open, or refused with the reason.")

    verb = serializers.ChoiceField(Verb.choices)
    label = serializers.CharField()
    allowed = serializers.BooleanField()
    code = serializers.CharField(allow_blank=True, help_text=_("Which rule refuses; empty when it is open"))
    sentence = serializers.CharField(allow_blank=True, help_text=_("Why it is refused, and what to do"))
    href = serializers.CharField(help_text=_("Where the move is sent to"))


class SummonsShape(serializers.Serializer):
    about = _("One unit called to one case, with its own state, clocks and mark.")

    id = serializers.IntegerField()
    case = serializers.CharField()
    version = serializers.IntegerField(help_text=_("The version of its case, for If-Match"))
    unit = serializers.CharField()
    leads = serializers.BooleanField()
    level = serializers.ChoiceField(Level.choices)
    state = serializers.ChoiceField(Answer.choices)
    reason = serializers.CharField(allow_blank=True)
    whistle = serializers.IntegerField(allow_null=True)
    called_at = serializers.DateTimeField()

    def to_representation(self, call: Summons) -> dict[str, Any]:
        return {
            "id": call.pk, "case": call.case.number, "version": call.case.version, "unit": call.unit.code,
            "leads": call.leads, "level": call.level, "state": call.state, "reason": call.reason,
            "whistle": call.whistle_id, "called_at": iso(call.called_at),
        }  # fmt: skip


class WhistleShape(serializers.Serializer):
    about = _("The street calls units for a case, after saying what it did first.")

    id = serializers.IntegerField()
    case = serializers.CharField()
    kind = serializers.ChoiceField(WhistleKind.choices)
    first_action = serializers.CharField()
    street = serializers.CharField()
    blown_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True, help_text=_("Empty while it waits at the district desk"))
    sent_back_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    approval = serializers.ChoiceField(Approval.choices, help_text=_("When the street's leader has to approve it"))
    approved = serializers.BooleanField(allow_null=True, help_text=_("What the leader said; empty until then"))
    judged_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, whistle: Whistle) -> dict[str, Any]:
        return {
            "id": whistle.pk, "case": whistle.case.number, "kind": whistle.kind, "first_action": whistle.first_action,
            "street": whistle.street.code, "blown_at": iso(whistle.blown_at), "sent_at": iso(whistle.sent_at),
            "sent_back_at": iso(whistle.sent_back_at), "withdrawn_at": iso(whistle.withdrawn_at),
            "approval": whistle.approval, "approved": whistle.approved, "judged_at": iso(whistle.judged_at),
        }  # fmt: skip


class StepShape(serializers.Serializer):
    about = _("One line of a case's history; written once, never changed.")

    id = serializers.IntegerField()
    case = serializers.CharField()
    seq = serializers.IntegerField(help_text=_("Its place in the history of the case"))
    verb = serializers.ChoiceField(Verb.choices)
    source = serializers.CharField(allow_blank=True)
    target = serializers.CharField()
    summons = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField(allow_null=True, help_text=_("The unit of that moment"))
    actor = serializers.CharField(allow_null=True, help_text=_("The name of who did it; empty for the system"))
    note = serializers.CharField(allow_blank=True)
    facts = serializers.DictField()
    origin = serializers.ChoiceField(Origin.choices)
    at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()

    def to_representation(self, step: Step) -> dict[str, Any]:
        return {
            "id": step.pk, "case": step.case.number, "seq": step.seq, "verb": step.verb, "source": step.source,
            "target": step.target, "summons": step.summons_id, "unit": code(step.unit),
            "actor": step.actor.name if step.actor else None, "note": step.note,
            "facts": _facts(step, self.context["view"].standing),
            "origin": step.origin, "at": iso(step.at), "recorded_at": iso(step.recorded_at),
        }  # fmt: skip


def _facts(step: Step, by: Standing) -> dict[str, Any]:
    """Without the number of a part that was passed on discreetly, for whoever does not keep it."""
    told = facts_for(step, by)
    if getattr(step, "names_withheld", False) and not keeps_withheld(step.case.place_code, by):
        return {name: value for name, value in told.items() if name != "case"}
    return told


class LimitShape(serializers.Serializer):
    amount = serializers.IntegerField()
    unit = serializers.ChoiceField(TimeUnit.choices)
    basis = serializers.CharField()


class ClockShape(serializers.Serializer):
    about = _("One phase of one holder in one round. Overdue is what stopped, or still runs, after `due_at`.")

    id = serializers.IntegerField()
    case = serializers.CharField()
    summons = serializers.IntegerField(allow_null=True, help_text=_("Empty for a clock of the case itself"))
    holder = serializers.CharField(allow_null=True, help_text=_("The code of the unit that owes it"))
    phase = serializers.ChoiceField(Phase.choices)
    milestone = serializers.CharField(help_text=_("Of a reply that is due in parts: which one"))
    round = serializers.IntegerField()
    limit = LimitShape()
    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text=_("Empty while the calendar of a year is awaited"))
    paused_at = serializers.DateTimeField(allow_null=True, help_text=_("Since when it stands still"))
    stopped_at = serializers.DateTimeField(allow_null=True)
    lapsed_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, clock: Clock) -> dict[str, Any]:
        limit = clock.limit
        return {
            "id": clock.pk, "case": self.context["numbers"][clock.subject_kind, clock.subject_id],
            "summons": clock.subject_id if clock.subject_kind == "summons" else None, "holder": code(clock.holder),
            "phase": clock.phase, "milestone": clock.milestone, "round": clock.round,
            "limit": {"amount": limit.amount, "unit": limit.unit, "basis": limit.basis},
            "started_at": iso(clock.started_at), "due_at": iso(clock.due_at), "paused_at": iso(clock.paused_at),
            "stopped_at": iso(clock.stopped_at), "lapsed_at": iso(clock.lapsed_at),
        }  # fmt: skip


class SummonsDetail(SummonsShape):
    allowed_moves = ChoiceShape(many=True)


class CaseDetail(CaseShape):
    about = _("A case whole: its summonses and clocks, and what whoever asks may do with them now.")

    summonses = SummonsDetail(many=True)
    clocks = ClockShape(many=True)
    photos = PhotoShape(many=True)
    allowed_moves = ChoiceShape(many=True)

"""Choosing whom to call: the units that the list names, who leads, and others with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.duties import Party
from accountability.models import Duty
from cases.calling import Call, stations_of
from cases.forms.base import MoveForm, Setting
from cases.models import Answer
from people.models import Unit, UnitKind
from people.words import WordsField

MORE = ("more_1", "more_2", "more_3")


@dataclass(frozen=True)
class Row:
    """A unit that the page offers: by a duty of the list, or because the street asked for it. A station of the street
    stands before the department `of` which it is, and comes by its duty."""

    unit: Unit
    duty: Duty | None
    of: Unit | None
    tick: forms.BoundField
    why: forms.BoundField


class CallingForm(MoveForm):
    """The part of a form that ends in calls. Who is offered is said by `offer`."""

    lead = forms.ChoiceField(
        label=gettext_lazy("Who leads"),
        help_text=gettext_lazy("One unit leads and answers for the whole; the others support it."),
    )
    lead_why = WordsField(
        label=gettext_lazy("Why another unit leads than the list says"), required=False, max_length=200
    )

    def offer(self, setting: Setting, parties: list[Party], wanted: dict[str, dict[str, Any]]) -> None:
        """Offer what the list names, ticked, and what was asked for beside it with the reason given."""
        called = [one for one in setting.case.summonses.select_related("unit") if one.state != Answer.RELEASED]
        self.called = [one for one in called if one.whistle_id]
        taken = {one.unit_id for one in self.called}
        self.offered: dict[str, tuple[Unit, Duty | None]] = {}
        stations = stations_of([party.unit.pk for party in parties], setting.case.place_code)
        self.stationed: dict[str, Unit] = {}
        for party in sorted(parties, key=lambda party: not party.leads):
            if party.unit.pk not in taken and party.unit != setting.case.office:
                self._offer_station(stations.get(party.unit.pk), party, taken)
                self.offered[party.unit.code] = (party.unit, party.duty)
        beside = Unit.objects.filter(code__in=set(wanted) - set(self.offered)).exclude(pk__in=taken)
        self.offered |= {unit.code: (unit, None) for unit in beside}
        for code, (_unit, duty) in self.offered.items():
            self._add_unit(code, duty, wanted)
        self._add_others(setting, taken)
        self._add_lead(parties, wanted)

    def _offer_station(self, station: Unit | None, party: Party, taken: set[int]) -> None:
        """The street's own station of a department comes first (1+5+N); the department stays the one that is named."""
        if station is not None and station.pk not in taken:
            self.offered[station.code] = (station, party.duty)
            self.stationed[station.code] = party.unit

    def _add_unit(self, code: str, duty: Duty | None, wanted: dict[str, dict[str, Any]]) -> None:
        asked = wanted.get(code, {})
        ticked = bool(asked) if wanted or code in self.stationed else True
        self.fields[f"unit_{code}"] = forms.BooleanField(required=False, initial=ticked)
        label = _("If not, why not") if duty else _("Why it is called")
        self.fields[f"why_{code}"] = WordsField(
            label=label, required=False, max_length=300, initial=asked.get("reason", "")
        )

    def _add_others(self, setting: Setting, taken: set[int]) -> None:
        groups = units_beside(setting.case.place_code, {*taken, *(unit.pk for unit, _duty in self.offered.values())})
        for number, name in enumerate(MORE, 1):
            self.fields[name] = forms.ChoiceField(
                label=_("Unit off the list, number %(number)s") % {"number": number}, choices=groups, required=False
            )
            self.fields[f"{name}_why"] = WordsField(label=_("Why it is called"), required=False, max_length=300)

    def _add_lead(self, parties: list[Party], wanted: dict[str, dict[str, Any]]) -> None:
        """Where a unit leads already, whoever comes now supports it."""
        self.listed_lead = next((one.unit.code for one in parties if one.leads and one.unit.code in self.offered), "")
        if any(one.leads for one in self.called):
            del self.fields["lead"], self.fields["lead_why"]
            return
        added = [(name, _("Unit off the list, number %(number)s") % {"number": n}) for n, name in enumerate(MORE, 1)]
        named = [(code, unit.name) for code, (unit, _duty) in self.offered.items()]
        asked = next((code for code, one in wanted.items() if one.get("leads")), "")
        self.fields["lead"].choices = named + added
        self.fields["lead"].initial = asked or self.listed_lead or (named + added)[0][0]

    @property
    def rows(self) -> Iterator[Row]:
        for code, (unit, duty) in self.offered.items():
            yield Row(unit, duty, self.stationed.get(code), self[f"unit_{code}"], self[f"why_{code}"])

    @property
    def others(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for name in MORE:
            yield self[name], self[f"{name}_why"]

    def clean(self) -> None:
        self._ask_for_reasons()
        units = {unit.code: unit for unit in Unit.objects.filter(code__in=[self.cleaned_data.get(n) for n in MORE])}
        self.calls = [*self._listed_calls(), *self._other_calls(units)]

    def _ask_for_reasons(self) -> None:
        said = self.cleaned_data
        for code, (unit, duty) in self.offered.items():
            settled = code in self.stationed or self._by_its_station(code)
            if bool(duty) != bool(said.get(f"unit_{code}")) and not settled and not said.get(f"why_{code}"):
                asked = (
                    _("The list names %(unit)s. Say why it is left out.") if duty else _("Say why %(unit)s is called.")
                )
                self.add_error(f"why_{code}", ValidationError(asked, "reason_missing", {"unit": unit}))
        for name in MORE:
            if said.get(name) and not said.get(f"{name}_why"):
                self.add_error(f"{name}_why", ValidationError(_("Say why this unit is called."), "reason_missing"))
        lead = said.get("lead")
        named = {self.listed_lead, *(code for code, unit in self.stationed.items() if unit.code == self.listed_lead)}
        if lead and self.listed_lead and lead not in named and not said.get("lead_why"):
            asked = _("The list names another unit to lead. Say why it should be this one.")
            self.add_error("lead_why", ValidationError(asked, "reason_missing"))

    def _by_its_station(self, code: str) -> bool:
        """Whether the station of this department is called, so that nobody asks why the department is not."""
        ticked = (one for one, unit in self.stationed.items() if unit.code == code)
        return any(self.cleaned_data.get(f"unit_{one}") for one in ticked)

    def _listed_calls(self) -> Iterator[Call]:
        for code, (unit, duty) in self.offered.items():
            if self.cleaned_data.get(f"unit_{code}"):
                yield Call(unit, self._leads(code), duty, self._reason(code, "" if duty else f"why_{code}"))

    def _other_calls(self, units: dict[str, Unit]) -> Iterator[Call]:
        for name in MORE:
            unit = units.get(self.cleaned_data.get(name, ""))
            if unit:
                yield Call(unit, self._leads(name), None, self._reason(name, f"{name}_why"))

    def _leads(self, key: str) -> bool:
        return self.cleaned_data.get("lead") == key

    def _reason(self, key: str, field: str) -> str:
        changed = self.cleaned_data.get("lead_why", "") if self._leads(key) and key != self.listed_lead else ""
        return "；".join(filter(None, [self.cleaned_data.get(field, ""), changed]))[:300]

    def left_out(self) -> list[str]:
        """The units of the list that are not called, each with the reason."""
        said, comes = self.cleaned_data, _("its station in this street comes")
        return [
            _("Not called: %(unit)s, %(why)s") % {"unit": unit, "why": said[f"why_{code}"] or comes}
            for code, (unit, duty) in self.offered.items()
            if duty and code not in self.stationed and not said.get(f"unit_{code}")
        ]


def units_beside(place_code: str, taken: set[int]) -> list[tuple[Any, Any]]:
    """Everybody else who can be called: the stations of the street first, then departments, then those outside."""
    stations, ours, outside = [], [], []
    callable_units = Unit.objects.exclude(kind=UnitKind.STREET_OFFICE).exclude(pk__in=taken).exclude(seat="desk")
    for unit in callable_units.select_related("station__street"):
        option = (unit.code, unit.name)
        if unit.kind == UnitKind.STATION:
            if place_code.startswith(unit.station.street.code):
                stations.append(option)
        else:
            (ours if unit.commanded else outside).append(option)
    groups = [(_("Stations of this street"), stations), (_("Departments of the district"), ours)]
    groups.append((_("Outside the district's command"), outside))
    return [("", _("Nobody else")), *((label, options) for label, options in groups if options)]

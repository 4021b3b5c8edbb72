"""The forms of the list editor: what an item says, with a row of fields for each duty, and one to spare."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accountability.models import Category, Duty, DutyKind, ItemVersion
from accountability.wordings import CALLED_KINDS, CODE, MOST_DUTIES, Said, Wording
from engagement.forms.reporting import CategoryField
from people.addresses import number_in
from people.days import DayField
from people.models import Unit
from people.words import WordsField

LONGEST = 400
MOST = MOST_DUTIES + 1  # one to spare
PARTS = ("party", "kind", "text", "remove")
OWN = ("title", "area", "legal_basis", "basis_from", "basis_until", "evidence", "limit", "closing_test")
STREET_NAME = "街道办事处"  # as the list itself writes it
STREET = f"street:{STREET_NAME}"


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")


class DutiesForm(forms.Form):
    """Who does what under an item. `seen` is the stamp of what the editor had before them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)

    def __init__(self, *args: Any, duties: list[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = min(_whole(self.data.get("rows")), MOST) if self.is_bound else len(duties) + 1
        choices = parties(duties)
        for index in range(self.number):
            self._add_row(index, choices, duties[index] if index < len(duties) else None)
        self.initial.setdefault("rows", self.number)

    def _add_row(self, index: int, choices: list, duty: Duty | None) -> None:
        self.fields[f"party_{index}"] = forms.ChoiceField(
            label=_("Who"), choices=choices, required=False, initial=party_of(duty) if duty else ""
        )
        self.fields[f"kind_{index}"] = forms.ChoiceField(
            label=_("Which duty"), choices=DutyKind.choices, initial=duty.kind if duty else DutyKind.SUPPORT
        )
        self.fields[f"text_{index}"] = forms.CharField(
            label=_("What they do, in the words of the list"),
            required=False,
            max_length=LONGEST,
            initial=duty.text if duty else "",
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"max_length": _("At most 400 characters. Put the rest into the manual.")},
        )
        if duty:  # what stands there already is not optional: it is taken out by its own tick
            self.fields[f"party_{index}"].optional = self.fields[f"text_{index}"].optional = " "
        self.fields[f"remove_{index}"] = forms.BooleanField(label=_("Take this duty out"), required=False)

    def groups(self) -> Iterator[dict[str, Any]]:
        """The fields row by row, for the page."""
        for index in range(self.number):
            fields: dict[str, BoundField] = {part: self[f"{part}_{index}"] for part in PARTS}
            yield {"number": index + 1, "spare": not fields["party"].value(), **fields}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for index in range(self.number):
            party, text, kept = self._row(given, index)
            if kept and text and not party:
                self.add_error(f"party_{index}", _("Choose who has this duty."))
            if kept and party and not text and f"text_{index}" not in self.errors:
                self.add_error(f"text_{index}", _("Write what they do, for example: checks on site, takes evidence."))
        return given

    def wordings(self) -> list[Wording]:
        """The duties that are to stand, in their order."""
        given = self.cleaned_data
        rows = [(index, *self._row(given, index)) for index in range(self.number)]
        return [_wording(given[f"kind_{index}"], party, text) for index, party, text, kept in rows if kept and party]

    def _row(self, given: dict[str, Any], index: int) -> tuple[str, str, bool]:
        text = given.get(f"text_{index}", "").strip()
        return given.get(f"party_{index}", ""), text, not given.get(f"remove_{index}")


class ItemForm(DutiesForm):
    """Everything that an item says in a draft of the list."""

    title = WordsField(
        label=_("What the item is called"),
        max_length=120,
        error_messages={"required": _("Name the item, for example: stalls on the pavement.")},
    )
    area = WordsField(
        label=_("Part of the list"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "areas", "autocomplete": "off"}),
        error_messages={"required": _("Name the part of the list that it stands in.")},
    )
    legal_basis = WordsField(
        label=_("Legal basis"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    basis_from = DayField(label=_("The basis holds from"), required=False, widget=_day())
    basis_until = DayField(label=_("The basis holds until"), required=False, widget=_day())
    evidence = WordsField(
        label=_("What proves that it is done"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    limit = WordsField(
        label=_("Until when, in the words of the list"),
        max_length=200,
        required=False,
        help_text=_("Clocks go by the limits of the district, not by these words."),
    )
    closing_test = WordsField(
        label=_("When it counts as solved"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, said: ItemVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in OWN:
            self.fields[name].initial = getattr(said, name, None)

    def own(self) -> list[BoundField]:
        """The fields of the item itself, for the page."""
        return [self[name] for name in OWN]

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(duties=self.wordings(), **{name: given[name] for name in OWN})


class NewItemForm(ItemForm):
    """An item that never stood on the list."""

    code = forms.RegexField(
        label=_("Code"),
        regex=CODE,
        max_length=12,
        help_text=_("Capital letters and digits, like ZHZF-12. It is its own for good."),
        error_messages={
            "required": _("Give it a code, like ZHZF-12."),
            "invalid": _("A code is of capital letters and digits, like ZHZF-12."),
        },
    )
    category = CategoryField(label=_("Category"), queryset=Category.objects.all(), empty_label=None)

    def own(self) -> list[BoundField]:
        return [self["code"], self["category"], *super().own()]


def parties(duties: list[Duty]) -> list:
    """Whom a duty may be given to: the street office, parties that already stand there, units that can be called."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for unit in Unit.objects.filter(kind__in=CALLED_KINDS).order_by("kind", "code"):
        grouped.setdefault(str(unit.get_kind_display()), []).append((f"unit:{unit.pk}", unit.name))
    known = {value for group in grouped.values() for value, _name in group} | {STREET}
    others = [(party_of(duty), duty.party_name) for duty in duties if party_of(duty) not in known]
    return [("", _("Choose")), (_("Parties that are not one unit"), [(STREET, STREET_NAME), *others]), *grouped.items()]


def party_of(duty: Duty) -> str:
    """A party as one value: its sort, and the unit's id or its name."""
    return f"{duty.party}:{duty.unit_id or duty.party_name}"


def _wording(kind: str, party: str, text: str) -> Wording:
    sort, _colon, name = party.partition(":")
    if sort == Duty.Party.UNIT:
        return Wording(kind, text, unit=Unit.objects.get(pk=int(name)))
    return Wording(kind, text, party=sort, party_name=name)


def _whole(words: str | None) -> int:
    return number_in(words) or 1

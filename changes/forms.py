"""The draft form of every kind of change: what is said of it, and a row of fields for each row of its tables."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from changes.actions.drafting import Wanted
from changes.kinds import Column, Row, Rows, Table
from people.addresses import number_in
from people.days import DayField
from people.words import WordsField

MOST_ROWS = 200
ONE_LINE = 100  # signs; longer words get more lines


class DraftForm(forms.Form):
    """Built from the tables of a subject. `seen` is the version of the draft that its author had before them."""

    title = WordsField(
        label=gettext_lazy("What changes, in one line"),
        max_length=80,
        error_messages={
            "required": gettext_lazy("Give the change a title, for example: first contact within two hours.")
        },
    )
    basis = WordsField(
        label=gettext_lazy("Basis: the document, its number and its day"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Name the basis: the document, its number and its day.")},
    )
    reason = WordsField(
        label=gettext_lazy("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    day = DayField(
        label=gettext_lazy("In force from"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose the day from which it is in force."),
        },
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, tables: tuple[Table, ...], rows: Rows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables, self.standing, self.numbers = tables, rows, {}
        for table in tables:
            self._add_table(table, rows.get(table.name, []))

    def _add_table(self, table: Table, rows: list[Row]) -> None:
        """As many rows as were drawn before; at first those that stand, and some to spare."""
        count = f"{table.name}_rows"
        self.fields[count] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        asked = number_in(str((self.data if self.is_bound else self.initial).get(count, "")))
        number = min(max(asked or len(rows) + table.spare, len(rows)), MOST_ROWS)
        self.numbers[table.name] = self.initial[count] = number if table.spare else len(rows)
        for index in range(self.numbers[table.name]):
            self._add_row(table, index, rows[index] if index < len(rows) else {})

    def with_more_rows(self) -> "DraftForm":
        """Drawn anew with what was typed and more rows to spare; nothing is found wrong yet."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        more = {f"{table.name}_rows": self.numbers[table.name] + table.spare for table in self.tables}
        return DraftForm(tables=self.tables, rows=self.standing, initial={**self.initial, **typed, **more})

    def _add_row(self, table: Table, index: int, row: Row) -> None:
        for column in table.columns:
            if column.is_typed:
                field = _field(column, row.get(column.name))
                field.optional = "" if column.optional else " "  # an empty row is dropped as a whole
                self.fields[f"{table.name}_{index}_{column.name}"] = field
        if table.spare and row:
            self.fields[f"{table.name}_{index}_out"] = forms.BooleanField(
                label=gettext_lazy("Take this row out"), required=False
            )

    def grids(self) -> Iterator[dict[str, Any]]:
        """Each table with its rows of fields, for the page."""
        for table in self.tables:
            rows = [self._drawn(table, index) for index in range(self.numbers[table.name])]
            yield {"label": table.label, "rows": rows, "grows": bool(table.spare), "count": self[f"{table.name}_rows"]}

    def _drawn(self, table: Table, index: int) -> dict[str, Any]:
        standing = self.standing.get(table.name, [])
        row = standing[index] if index < len(standing) else {}
        titled = [column for column in table.columns if column.name in table.titled]
        told = [column for column in table.columns if column.sort == "fixed" and column.name not in table.titled]
        names = [f"{table.name}_{index}_{column.name}" for column in table.columns if column.is_typed]
        names += [f"{table.name}_{index}_out"] * (f"{table.name}_{index}_out" in self.fields)
        return {
            "number": index + 1,
            "name": " · ".join(filter(None, (column.shown(row.get(column.name)) for column in titled))),
            "named": any(column.sort == "text" for column in titled),
            "spare": not row,
            "told": list(filter(None, (column.shown(row.get(column.name)) for column in told))),
            "fields": [self[one] for one in names],
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for table in self.tables:
            for index in range(self.numbers[table.name]):
                self._check_row(table, index, given)
        return given

    def _check_row(self, table: Table, index: int, given: dict[str, Any]) -> None:
        """A row is whole, or empty and dropped."""
        row = self._row(table, index, given)
        if row is None:
            return
        for column in table.columns:
            name = f"{table.name}_{index}_{column.name}"
            if column.is_typed and not column.optional and name not in self.errors and row[column.name] in (None, ""):
                self.add_error(
                    name, _("Row %(number)s: fill in “%(column)s”.") % {"number": index + 1, "column": column.label}
                )

    def _row(self, table: Table, index: int, given: dict[str, Any]) -> Row | None:
        if given.get(f"{table.name}_{index}_out"):
            return None
        standing = self.standing.get(table.name, [])
        row = dict(standing[index]) if index < len(standing) else {}
        typed = {
            column.name: _plain(column, given.get(f"{table.name}_{index}_{column.name}"))
            for column in table.columns
            if column.is_typed
        }
        if not row and all(value in (None, "") for value in typed.values()):
            return None
        return {column.name: {**row, **typed}.get(column.name) for column in table.columns}

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        after: Rows = {}
        for table in self.tables:
            rows = [self._row(table, index, given) for index in range(self.numbers[table.name])]
            after[table.name] = _sorted(table, [row for row in rows if row is not None])
        return Wanted(given["title"], given["basis"], after, given["day"], given["reason"])


def _field(column: Column, value: object) -> forms.Field:
    said: dict[str, Any] = {"label": column.label, "required": False, "initial": "" if value is None else value}
    match column.sort:
        case "choice":
            return forms.ChoiceField(choices=[("", _("Choose")), *column.choices], **said)
        case "whole":
            return forms.IntegerField(min_value=column.least, max_value=100_000, **said)
        case "day":
            return DayField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **said)
        case "time":
            return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **said)
    if column.longest > ONE_LINE:
        said["widget"] = forms.Textarea(attrs={"rows": 3})
    return WordsField(max_length=column.longest, **said)


def _plain(column: Column, value: Any) -> Any:
    """As it is kept: text, a whole number, a day or a time as text; nothing is None, and text that is none is ""."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if column.sort == "choice" and value not in (None, ""):
        return next((one for one, _label in column.choices if str(one) == value), value)
    return value if value != "" or column.sort == "text" else None


def _sorted(table: Table, rows: list[Row]) -> list[Row]:
    """In the order in which they would be read again, where the order is that of a day or time."""
    first = next((column for column in table.columns if column.name in table.key[:1]), None)
    return (
        sorted(rows, key=lambda row: str(row[first.name]))
        if first and first.sort in ("day", "time") and not first.optional
        else rows
    )

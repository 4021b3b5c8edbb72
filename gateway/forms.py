"""Choosing the mapping and the file of an import."""

from uuid import UUID

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from files.models import PIECE_BYTES
from gateway.mapping import MappingRefused, named, names
from gateway.models import MOST_BYTES


class FileUpload(forms.Widget):
    """Draws templates/gateway/_upload.html; its value is the id of the file that upload.js has sent to `begin`."""

    template_name = "gateway/_upload.html"
    begin: str | Promise = reverse_lazy("gateway:begin")
    accept = ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    without: str | Promise = _(
        "Imports need scripts, which are missing on this page. Switch them on, or ask the system administrator to run"
        " the command import_cases."
    )

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        limits = {"piece": PIECE_BYTES, "bytes": MOST_BYTES, "begin": self.begin, "accept": self.accept}
        context["widget"] |= {"value": str(value or ""), "limits": limits, "without": self.without}
        return context


class ImportForm(forms.Form):
    """Which mapping fits, and the file."""

    mapping = forms.ChoiceField(
        label=_("What kind of file"), help_text=_("The mapping says which column means what. It must fit the file.")
    )
    file = forms.UUIDField(
        label=_("File"),
        widget=FileUpload,
        help_text=_("CSV in UTF-8 or Excel (.xlsx), up to 16 MB."),
        error_messages={"required": _("Choose a file."), "invalid": _("Choose the file again.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mapping"].choices = choices()

    def chosen(self) -> tuple[str, UUID]:
        return self.cleaned_data["mapping"], self.cleaned_data["file"]


def choices() -> list[tuple[str, str]]:
    """Every mapping that can be read; none is chosen for anybody, since a file may fit two."""
    found = [("", _("Choose"))]
    for name in names():
        try:
            found.append((name, str(named(name))))
        except MappingRefused:
            continue
    return found

"""The photos of a form: a field whose widget sends them while the form is being filled in."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from files.actions import NONE_CHOSEN, Chosen, unfit
from files.models import MOST_BYTES, MOST_PHOTOS, PIECE_BYTES
from files.tickets import new_ticket, number_of


class PhotoUpload(forms.Widget):
    """Draws templates/files/_upload.html. Its value is one line: the ticket, then the ids of the photos sent."""

    template_name = "files/_upload.html"

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        line = str(value or "").split()
        kept = line if line and number_of(line[0]) else [new_ticket()]
        limits = {"most": MOST_PHOTOS, "piece": PIECE_BYTES, "bytes": MOST_BYTES}
        context["widget"] |= {"value": " ".join(kept), "limits": limits}
        return context


class PhotosField(forms.Field):
    """Cleans to `files.actions.Chosen`, which `files.actions.attach` takes; nothing chosen is falsy."""

    widget = PhotoUpload
    default_error_messages = {
        "too_old": _("The photos were sent more than a day ago. Choose them again."),
        "unreadable": _("The photos cannot be told apart any more. Choose them again."),
        "required": _("Add at least one photo."),
    }

    def __init__(self, **kwargs: object) -> None:
        words = {"label": _("Photos"), "help_text": _("One near, to see what it is; one far, to know the place.")}
        super().__init__(**{"required": False, **words, **kwargs})

    def to_python(self, value: object) -> Chosen:
        ticket, *ids = str(value or "").split() or [""]
        if not ids:
            return NONE_CHOSEN
        number = number_of(ticket)
        if number is None:
            raise ValidationError(self.error_messages["too_old"], code="too_old")
        try:
            return Chosen(number, tuple(dict.fromkeys(UUID(word) for word in ids)))
        except ValueError as wrong:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable") from wrong

    def validate(self, value: Chosen) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        faults = [ValidationError(fault.sentence, code=fault.code) for fault in unfit(value)] if value else []
        if faults:
            raise ValidationError(faults)


class BeginForm(forms.Form):
    """What is about to be sent."""

    name = forms.CharField(max_length=1000, required=False)
    size = forms.IntegerField(min_value=0)


class OriginalForm(forms.Form):
    """Why somebody needs the original."""

    reason = forms.CharField(min_length=4, max_length=200)

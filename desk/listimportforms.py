"""Which workbook is to be compared: of the list with a draft, of the functions with what is in force."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accountability.models import ListVersion
from gateway.forms import FileUpload


class WorkbookUpload(FileUpload):
    accept = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    without = _("Sending a file needs scripts, which are missing on this page. Switch them on, or write item by item.")


class WorkbookForm(forms.Form):
    file = forms.UUIDField(
        label=_("File"),
        widget=WorkbookUpload,
        help_text=_("An Excel file (.xlsx) like the one that is downloaded here, up to 16 MB and 5,000 items."),
        error_messages={"required": _("Choose a file."), "invalid": _("Choose the file again.")},
    )

    def __init__(self, *args: object, draft: ListVersion, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.begin = reverse("desk:list_import_begin", args=[draft.pk])


class FunctionsForm(forms.Form):
    file = forms.UUIDField(
        label=_("File"),
        widget=WorkbookUpload,
        help_text=_("An Excel file (.xlsx) like the one that is downloaded here, up to 16 MB and 1,000 functions."),
        error_messages={"required": _("Choose a file."), "invalid": _("Choose the file again.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.begin = reverse("desk:functions_book_begin")

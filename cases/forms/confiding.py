"""The forms by which a case becomes confidential, and by which an inspector lifts that."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.forms.base import MoveForm, Setting, words
from people.words import WordsField


class ConcealForm(MoveForm):
    """Whoever hides the reporter's words writes the ones that stay."""

    summary = WordsField(
        label=_("The matter in one sentence"),
        max_length=200,
        help_text=_("In your own words: those who handle it read only this, and nothing that tells who reported it."),
        error_messages={"required": _("Say in your own words what the matter is.")},
    )
    place = WordsField(
        label=_("Where, in words"), max_length=120, required=False,
        help_text=_("Where the matter is; never the house, entrance or flat of who reported it."),
    )  # fmt: skip
    note = words(
        _("Why it is confidential"),
        _("Write the reason, for example “The person fears the shop next door”"),
        _("Everybody who handles it reads this: name nobody."),
    )

    def prepare(self, setting: Setting) -> None:
        self.fields["summary"].initial, self.fields["place"].initial = setting.case.summary, setting.case.place

    def facts(self) -> dict[str, Any]:
        return {"summary": self.cleaned_data["summary"], "place": self.cleaned_data["place"]}


class UnveilForm(MoveForm):
    note = words(
        _("Why it need not be confidential any more"),
        _("Write the reason, for example “The person agrees; the shop is closed”"),
        _("From then on who handles it reads the reporter's own words, personal details left out."),
    )

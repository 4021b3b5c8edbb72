"""The forms by which an inspector issues an order and judges its answer, and by which a unit answers it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.spans import moment
from cases.forms.base import MoveForm, Setting, words
from cases.models import Order, Verdict
from cases.ordering import open_orders


class OrderForm(MoveForm):
    note = words(
        gettext_lazy("What the unit has to put right and to say"),
        gettext_lazy("Write what you demand, for example “Say by whom and when the slab is reset, with a photo”"),
        gettext_lazy("The unit reads it, and answers it by its own deadline. No other deadline moves."),
        rows=4,
    )


class OfOrderForm(MoveForm):
    """Beside it stands the order; where several are open, one is chosen."""

    template = "cases/ordered.html"
    awaited: bool

    order = forms.ChoiceField(
        label=gettext_lazy("Which order"),
        error_messages={
            "required": gettext_lazy("Choose which of the orders you mean."),
            "invalid_choice": gettext_lazy("Choose which of the orders you mean."),
        },
    )

    def prepare(self, setting: Setting) -> None:
        found = open_orders(setting.summons) if setting.summons else []
        self.orders: list[Order] = [one for one in found if one.is_awaited == self.awaited]
        if len(self.orders) < 2:
            del self.fields["order"]
            return
        told = _("%(cause)s, %(when)s")
        offered = [
            (str(one.pk), told % {"cause": one.get_cause_display(), "when": moment(one.issued_at, setting.at)})
            for one in self.orders
        ]
        self.fields["order"].choices = [("", _("Choose")), *offered]

    def facts(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("order", "")
        return {"order": chosen} if chosen else {}


class AnswerForm(OfOrderForm):
    awaited = True
    note = words(
        gettext_lazy("Your unit's answer"),
        gettext_lazy(
            "Write the answer, for example “The crew was short; the slab is reset on Thursday, Chen Li leads”"
        ),
        gettext_lazy("An inspector reads it and closes the order, or returns it."),
        rows=4,
    )
    field_order = ("order", "note")


class ReturnForm(OfOrderForm):
    awaited = False
    note = words(
        gettext_lazy("What the answer lacks"),
        gettext_lazy("Write what is missing, for example “It does not say by when”"),
        gettext_lazy("The unit answers again, with the whole of the time for an answer."),
    )
    field_order = ("order", "note")


class CloseOrderForm(OfOrderForm):
    awaited = False
    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the verdict.")},
    )
    note = words(
        gettext_lazy("What you found"),
        gettext_lazy("Write what you found, for example “Seen on Friday: the slab is level and the fence is gone”"),
    )
    field_order = ("order", "verdict", "note")

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "verdict": self.cleaned_data["verdict"]}

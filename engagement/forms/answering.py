"""What a callback, a rating, a receipt's code and a look at somebody's details ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.moves import LOCAL_MINUTE
from engagement.models import Grade, Outcome, Rating
from engagement.receipts import typed
from files.forms import PhotosField
from people.words import WordsField

OWN_CAUSES = (Rating.Cause.UNSOLVED, Rating.Cause.MANNER, Rating.Cause.LATE)
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class AnswerForm(forms.Form):
    """Solved? Satisfied? If not, why."""

    solved = forms.ChoiceField(label=_("Is it solved?"), choices=YES_NO, widget=forms.RadioSelect)
    grade = forms.ChoiceField(label=_("Satisfied with how it was handled?"), choices=Grade, widget=forms.RadioSelect)
    cause = forms.ChoiceField(
        label=_("If dissatisfied: mainly why?"), choices=Rating.Cause, widget=forms.RadioSelect, required=False
    )
    words = WordsField(
        label=_("In their words"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["solved"].error_messages["required"] = _("Say whether it is solved")
        self.fields["grade"].error_messages["required"] = _("Say how satisfied")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("grade") == Grade.DISSATISFIED and not said.get("cause"):
            self.add_error("cause", forms.ValidationError(_("Say what it was mainly about"), code="cause_missing"))
        return said

    def answers(self) -> dict[str, Any]:
        said = self.cleaned_data
        cause = said["cause"] if said["grade"] == Grade.DISSATISFIED else ""
        return {"solved": said["solved"] == "yes", "grade": said["grade"], "cause": cause, "words": said["words"]}


class RateForm(AnswerForm):
    """The person answers for themselves; what the office may say of a demand is not theirs to say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Anything to add")
        self.fields["cause"].choices = [(cause, Rating.Cause(cause).label) for cause in OWN_CAUSES]


class CallBackForm(AnswerForm):
    """One attempt: whom it reached, and what they said."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("How did the call go?"), choices=Outcome, widget=forms.RadioSelect)
    again_at = forms.DateTimeField(
        label=_("When they want to be called"),
        input_formats=[LOCAL_MINUTE],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "moment"}, format=LOCAL_MINUTE),
        required=False,
        error_messages={
            "required": _("Write down when they want to be called, for example 18:30 tomorrow."),
            "invalid": _("Write the day and time, for example 2026-03-12 14:45"),
        },
    )
    field_order = ["outcome", "again_at", "solved", "grade", "cause", "words"]

    def full_clean(self) -> None:
        """Nobody answers for a person who was not asked; whoever puts the call off says until when."""
        outcome = self.data.get(self.add_prefix("outcome")) if self.is_bound else Outcome.REACHED
        self.fields["solved"].required = self.fields["grade"].required = outcome == Outcome.REACHED
        self.fields["again_at"].required = outcome == Outcome.LATER
        super().full_clean()

    def answers(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said["outcome"] == Outcome.REACHED:
            return {"outcome": Outcome.REACHED, **super().answers()}
        again = {"again_at": said["again_at"]} if said["outcome"] == Outcome.LATER else {}
        return {"outcome": said["outcome"], "words": said["words"], **again}


class DoubtForm(forms.Form):
    """What is wrong with the answer that somebody wrote down."""

    doubt = WordsField(label=_("What did you really say?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doubt"].error_messages["required"] = _("Say what is wrong with it")


class FindForm(forms.Form):
    """The code of a receipt, typed in."""

    code = forms.CharField(label=_("Code on the receipt"), max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Twelve letters and figures, in three groups")
        self.fields["code"].error_messages["required"] = _("Type the code, for example K7M3-92AB-CDEF")
        self.fields["code"].widget.attrs.update(autocomplete="off", autocapitalize="characters", spellcheck="false")

    def clean_code(self) -> str:
        code = typed(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("Type the code, for example K7M3-92AB-CDEF"), code="code_unreadable")
        return code


class ReasonForm(forms.Form):
    """Why somebody must see a person's details."""

    reason = WordsField(label=_("Why you need to see it"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = _("Say why, for example “to ask where exactly the leak is”")
        self.fields["reason"].help_text = _("Kept in the security log with your name and the time")


class ReopenForm(forms.Form):
    """What is not right although the case was closed."""

    words = WordsField(
        label=_("What is not right?"),
        help_text=_("What you see now, and since when. The unit that led it reads this, without your name."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what is not right, for example “The stalls are back every evening”")},
    )


class PhotosForm(forms.Form):
    """Photos that come after the report."""

    photos = PhotosField(required=True)

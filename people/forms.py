"""What signing in asks for."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from people.actions import LONGEST_TOKEN
from people.words import WordsField


class SignInForm(AuthenticationForm):
    """Account and password; the same sentence whether the account exists or not."""

    # A password is never sent back, so the page must not say that everything typed is still there.
    forgets = True

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("Account and password do not fit together. Check both, capitals too, and try again."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        account, password = self.fields["username"], self.fields["password"]
        account.label, password.label = _("Account"), _("Password")
        account.error_messages["required"] = _("Write your account, for example the one on your service card")
        password.error_messages["required"] = _("Write your password")
        account.widget.attrs.pop("autofocus", None)


class DemoSignInForm(forms.Form):
    """One press on a demo account."""

    username = forms.CharField(max_length=40)


class TokenForm(forms.Form):
    """A token for a program: what it is for, and for how long."""

    name = WordsField(
        label=_("What the token is for"),
        max_length=60,
        help_text=_("So that you know later which one to revoke, for example “nightly copy to the street's table”."),
        error_messages={"required": _("Write what it is for, for example “nightly copy”")},
    )
    days = forms.IntegerField(
        label=_("For how many days"),
        min_value=1,
        max_value=LONGEST_TOKEN,
        initial=90,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={"required": _("Write a number of days, for example 90")},
    )

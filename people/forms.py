"""What signing in asks for."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


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

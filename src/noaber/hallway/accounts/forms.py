"""The forms of signing in, in plain words. What they check stays allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.hallway.accounts.passwords import PASSWORD_HINT
from noaber.hallway.accounts.services import ask_for_new_password


def _plain(form: forms.BaseForm, **words: Any) -> None:
    """Our label on each field, and no grey example words inside it."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in words:
            field.label = words[name]
            field.error_messages["required"] = gettext("Vul in: %(what)s.") % {
                "what": str(words[name]).lower()
            }


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=_("Mailadres van uw werk"), password=_("Wachtwoord"))
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs.pop("autofocus", None)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code of an app, or one of the emergency codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code"))
        self.fields["code"].widget.attrs.update(inputmode="text", autocomplete="one-time-code")


class CodeAgainForm(ReauthenticateCodeForm):  # type: ignore[misc]
    """The same, before a change of the second step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code"))


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("De code van zes cijfers uit de app"))
        self.fields["code"].widget.attrs.update(inputmode="numeric")


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password=_("Wachtwoord"))


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link. The answer and the work are the same for every address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=_("Mailadres van uw werk"))

    def clean_email(self) -> str:
        """Any address will do; who it belongs to is looked up later, out of sight."""
        self.users: list[Any] = []
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Queue the mail."""
        email = str(self.cleaned_data["email"])
        ask_for_new_password(email)
        return email


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1=_("Nieuw wachtwoord"), password2=_("Nog een keer"))
        self.fields["password1"].help_text = PASSWORD_HINT


class OtherPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """Another password, by someone who is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            oldpassword=_("Huidig wachtwoord"),
            password1=_("Nieuw wachtwoord"),
            password2=_("Nog een keer"),
        )
        self.fields["password1"].help_text = PASSWORD_HINT

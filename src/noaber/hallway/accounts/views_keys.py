"""allauth's pages about the second step, with our rule about when it counts as taken."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordChangeView
from allauth.mfa.base.views import IndexView, ReauthenticateView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.http import HttpRequest, HttpResponse

from noaber.hallway.access.table import not_here
from noaber.hallway.accounts import second_step


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Set up a code app. Its first code was checked, so the second step is taken."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the app and go on."""
        response: HttpResponse = super().form_valid(form)
        second_step.mark_anew(self.request)
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey. It answered just now, so the second step is taken."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the passkey and go on."""
        response: HttpResponse = super().form_valid(form)
        second_step.mark_anew(self.request)
        return response


class CodeAgain(ReauthenticateView):  # type: ignore[misc]
    """Type a code again before something that matters."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The code was right: the second step is taken."""
        response: HttpResponse = super().form_valid(form)
        second_step.rise(self.request)
        return response


class PasskeyAgain(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Use the passkey again before something that matters."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The passkey answered: the second step is taken."""
        response: HttpResponse = super().form_valid(form)
        second_step.rise(self.request)
        return response


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    """Take the code app away, for instance for a new phone."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Without anything left, the next page asks to set it up again."""
        response: HttpResponse = super().form_valid(form)
        second_step.settle_after_removal(self.request)
        return response


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """Take a passkey away."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Without anything left, the next page asks to set it up again."""
        response: HttpResponse = super().form_valid(form)
        second_step.settle_after_removal(self.request)
        return response


class OwnKeys(IndexView):  # type: ignore[misc]
    """How I sign in: app, passkeys, emergency codes, password."""

    extra_context = {"nav_current": "account"}


class OtherPassword(PasswordChangeView):  # type: ignore[misc]
    """Choose another password. People of the demo have none, so this page is not there for them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only with a password to change."""
        if not request.user.has_usable_password():  # type: ignore[union-attr]
            raise not_here()
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

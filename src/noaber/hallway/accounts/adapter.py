"""How allauth behaves here: nobody signs up, mail goes through our own post, secrets are sealed."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.hallway import clock, sealed
from noaber.hallway.accounts import second_step, services

CALM_DOWN = _("U probeerde het te vaak. Wacht vijf minuten en probeer het dan nog eens.")
WRONG_CODE = _("Deze code klopt niet. Kijk in uw app: om de halve minuut komt er een nieuwe code.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closed sign-up, our words, our post, and the second step noted after each sign-in."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Dit mailadres en dit wachtwoord horen niet bij elkaar."),
        "enter_current_password": _("Vul uw huidige wachtwoord in."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "too_many_login_attempts": CALM_DOWN,
        "rate_limited": CALM_DOWN,
        "account_inactive": _("Dit account is gesloten."),
        "invalid_password_reset": _("Deze link werkt niet meer."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people come by invitation."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path of our own; never another site, whatever the list of hosts says."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the connection; what a header claims is not believed."""
        return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # no address known

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not right after a password: who typed it a moment ago sets up the second step at once."""
        return not second_step.gave_password_just_now(self.request) and bool(
            super().is_reauthentication_required(app=app)
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page about signing in."""
        return reverse("mfa_index")

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        """Note whether the second step was taken."""
        second_step.settle(request, user)
        response: HttpResponse = super().post_login(request, user, **details)
        return response

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **kwargs: Any
    ) -> None:
        """Only a sentence of our own; allauth's standard remarks stay away, our pages say what happened."""
        if message:
            messages.add_message(request, level, message)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: the only mails about an account are written in `services`."""

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """One neutral mail for each change, whatever changed."""
        services.warn_of_change(user, now=clock.now())


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of code apps are sealed like everything else that must not be read from a copy."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _("Uw tweede stap kan niet weg."),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # allauth's word
        """'Passkey 1', until she gives it a name of her own."""
        already = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(n)s") % {"n": already + 1}

    def encrypt(self, text: str) -> str:
        """Sealed on the way in."""
        return sealed.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Opened on the way out."""
        return sealed.unseal(encrypted_text)

"""Acts on accounts: open one, end its sessions, ask for a new password, sign in as someone of the demo."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import login
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from noaber.hallway.accounts import second_step, staying
from noaber.hallway.accounts.models import Account
from noaber.hallway.drafts import services as drafts
from noaber.hallway.post.services import queue
from noaber.hallway.sealed import seal

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def open_account(
    *, name: str, now: datetime, email: str = "", password: str = "", is_demo: bool = False
) -> UUID:
    """Open an account. Without a password nobody signs in with one; a resident uses her card."""
    return Account.objects.create_user(
        email=email, password=password, name=name, created_at=now, is_demo=is_demo
    ).pk


def account_with(email: str) -> UUID | None:
    """The living account with this address, if there is one."""
    found = Account.objects.filter(email=email.strip().lower(), is_active=True)
    return found.values_list("pk", flat=True).first()


def end_sessions(account_id: UUID) -> None:
    """Sign this account out everywhere, from its next click on."""
    Account.objects.filter(pk=account_id).update(session_number=F("session_number") + 1)


def close(account_id: UUID) -> None:
    """Close an account for good: no name, no address, no way in, and every session ends at its next click."""
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        return
    Authenticator.objects.filter(user=account).delete()
    drafts.forget(account_id)
    account.name, account.email, account.is_active = "", None, False
    account.session_number += 1
    account.set_unusable_password()
    account.save()


def sign_in(
    request: HttpRequest, account_id: UUID, *, both_steps: bool, password_typed: bool = False
) -> None:
    """Start a session for this account. `both_steps` says that two different proofs were given just now.

    With `password_typed` a password was chosen or typed just now, and is not asked again at the next step.
    """
    account = Account.objects.get(pk=account_id)
    login(request, account, backend=BACKEND)
    if password_typed:
        record_authentication(request, account, method="password")
    staying.begin(request)
    if both_steps:
        second_step.mark(request)


def sign_in_demo_person(request: HttpRequest, account_id: UUID) -> bool:
    """Sign in as someone of the invented cast. Nobody else can be entered this way, and only in the demo."""
    if not settings.DEMO or not Account.objects.filter(pk=account_id, is_demo=True, is_active=True).exists():
        return False
    sign_in(request, account_id, both_steps=True)
    return True


def ask_for_new_password(email: str) -> None:
    """Queue the mail with the link. The same work whether or not the address is known here."""
    app.configure_task("accounts.password_mail", queue="post").defer(sealed_email=seal(email.strip().lower()))


def send_password_mail(email: str, *, now: datetime) -> None:
    """Mail the link to whoever has this address. To an unknown address nothing goes."""
    account = Account.objects.filter(email=email, is_active=True).first()
    if account is None or not account.has_usable_password():
        return
    link = settings.BASE_URL + reset_path(account)
    body = _(
        "Goedendag,\n\n"
        "Via deze link kiest u een nieuw wachtwoord:\n{link}\n\n"
        "De link werkt één keer en drie dagen lang. Vroeg u dit niet? Dan hoeft u niets te doen.\n"
    ).format(link=link)
    queue(
        key=f"password:{account.pk}:{now.isoformat()}",
        address=email,
        account_id=account.pk,
        subject=_("Nieuw wachtwoord kiezen"),
        body=body,
        now=now,
    )


def reset_path(account: Account) -> str:
    """The path of a link with which this account may choose a new password; once."""
    token = default_token_generator.make_token(account)
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": token}
    )


def warn_of_change(account: Any, *, now: datetime) -> None:
    """Tell the owner that something changed in how this account signs in."""
    if not account.email:
        return
    queue(
        key=f"changed:{account.pk}:{now.isoformat()}",
        address=account.email,
        account_id=account.pk,
        subject=_("Er is iets veranderd aan uw aanmelding"),
        body=_(
            "Goedendag,\n\n"
            "Er is iets veranderd aan hoe u zich aanmeldt.\n"
            "Deed u dit zelf? Dan hoeft u niets te doen.\n"
            "Deed u dit niet? Bel dan vandaag nog de beheerder van uw organisatie.\n"
        ),
        now=now,
    )


def warn_of_reset(account: Account, *, now: datetime) -> None:
    """Tell the owner at once that a colleague asked to take the second step away."""
    if not account.email:
        return
    queue(
        key=f"reset-asked:{account.pk}:{now.isoformat()}",
        address=account.email,
        account_id=account.pk,
        subject=_("Er is iets gevraagd over uw aanmelding"),
        body=_(
            "Goedendag,\n\n"
            "Een beheerder van uw organisatie vroeg om uw tweede stap te wissen.\n"
            "Klopt dat? Dan hoeft u niets te doen.\n"
            "Klopt het niet? Bel dan nu de beheerder van uw organisatie, of log in: dan gaat het niet door.\n"
        ),
        now=now,
    )


def take_second_step_away(account_id: UUID, *, now: datetime) -> None:
    """Remove app, passkeys and emergency codes, end all sessions, and tell the owner."""
    account = Account.objects.select_for_update().get(pk=account_id)
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account_id)
    warn_of_change(account, now=now)

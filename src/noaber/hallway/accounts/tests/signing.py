"""What the tests of signing in share: a person with a code app, and the steps as a browser takes them."""

from __future__ import annotations

import re
import time
from importlib import import_module
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.network.partners.factories import PASSWORD, make_organisation, make_region, make_staff

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
STAFF_PAGES = ["/beheer/mensen/", "/inzage/", "/beheer/stand/", "/account/"]


def someone(role: Role = Role.ORGANISATION_ADMIN, **more: Any) -> Account:
    """Dirk, who works here with a password and no second step yet."""
    return make_staff(make_organisation(make_region()), "Dirk Roelofs", role, **more)


def give_app(account: Account) -> str:
    """A code app for this account; gives the secret."""
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    return str(secret)


def code_of(secret: str, *, steps: int = 0) -> str:
    """The code that the app shows now, or that many half minutes away."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def forget_used_codes() -> None:
    """As if half a minute went by since a code was used."""
    cache.clear()


def password_step(client: Client, account: Account, password: str = PASSWORD, **more: Any) -> HttpResponse:
    """Mail address and password."""
    return client.post("/inloggen/", {"login": account.email, "password": password}, **more)  # type: ignore[return-value]


def both_steps(client: Client, account: Account, secret: str, *, trust: bool = False) -> HttpResponse:
    """Password, code, and the question about this device."""
    password_step(client, account)
    client.post("/inloggen/code/", {"code": code_of(secret)})
    return client.post("/inloggen/apparaat/", {"action": "trust" if trust else "skip"})  # type: ignore[return-value]


def enter(client: Client, account: Account) -> None:
    """Straight in with both steps taken, for tests about what lies behind."""
    account.refresh_from_db()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()


def browser_of(account: Account, *, second_factor: bool = True, raises: bool = True) -> Client:
    """A browser in which this account stands signed in, without going through the door."""
    engine: Any = import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if second_factor:
        session["second_factor"] = True
    session.save()
    client = Client(raise_request_exception=raises)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def without_token(body: bytes) -> bytes:
    """A page without the one thing that differs each time: the token of its forms."""
    return TOKEN.sub(b"", body)

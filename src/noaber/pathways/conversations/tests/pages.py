"""A browser for tests: signed in as someone of the cast, and answers that can be compared."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any
from uuid import UUID

from django.test import Client

from noaber.hallway.access import gate
from noaber.hallway.accounts.models import Account
from noaber.network.residents.models import HelpRequest

NOW = datetime(2027, 7, 1, 8, tzinfo=UTC)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def browser(account: Account | None = None, *, checks: bool = False, second_factor: bool = True) -> Client:
    """A client; with an account it is signed in. `checks` keeps the guard against forged forms on."""
    client = Client(enforce_csrf_checks=checks)
    if account is not None:
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["second_factor"] = second_factor
        session.save()
    return client


def account_of(help_request_id: UUID) -> Account:
    """The account of the resident of this thread."""
    with gate.as_system("test"):
        thread = HelpRequest.objects.select_related("resident__account").get(pk=help_request_id)
    account = thread.resident.account
    assert account is not None
    return account


def thread_of(help_request_id: UUID) -> HelpRequest:
    """The thread as it stands, whoever asks."""
    with gate.as_system("test"):
        return HelpRequest.objects.select_related("resident").get(pk=help_request_id)


def text_of(response: Any) -> str:
    """The body as someone reads it: entities opened, white space folded."""
    return " ".join(unescape(response.content.decode()).split())


def comparable(response: Any) -> bytes:
    """The body without what differs at every visit."""
    return _TOKEN.sub("", response.content.decode()).encode()

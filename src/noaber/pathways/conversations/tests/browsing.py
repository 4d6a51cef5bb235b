"""Signing in and asking for pages, as the tests of the views need it."""

from __future__ import annotations

from django.test import Client

from noaber.hallway.accounts.models import Account


def signed_in(account: Account) -> Client:
    """A client of someone with the second factor."""
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return client

"""The second step: when it counts as taken in this session, and who still has to set it up.

`request.session["second_factor"]` is written here and nowhere else. It never comes from what a browser sends
along, only from a code or passkey that was checked, or from a signed device cookie that allauth accepted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.internal.flows.trust import is_trusted_browser
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from noaber.hallway.access.guards import entering

SESSION_KEY = "second_factor"
FRESH_SECONDS = 300
OWN = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
View = Callable[..., HttpResponse]


def mark(request: HttpRequest) -> None:
    """Note that the second step was taken in this session."""
    request.session[SESSION_KEY] = True


def mark_anew(request: HttpRequest) -> None:
    """A code app or passkey was added and answered just now: for what follows it is not asked again.

    The code itself proves little, for its secret stood on the page before. What counts is what came before
    it: adding one asks for a password of at most `FRESH_SECONDS` ago, or for the second step that was there.
    """
    rise(request)
    record_authentication(request, request.user, method="mfa", reauthenticated=True)


def rise(request: HttpRequest) -> None:
    """The second step was taken in a session that had only the first; whoever copied its key has nothing."""
    if not request.session.get(SESSION_KEY):
        request.session.cycle_key()
    mark(request)


def is_set_up(user: Any) -> bool:
    """Whether this account has a code app or a passkey."""
    return bool(is_mfa_enabled(user, OWN))


def gave_password_just_now(request: HttpRequest) -> bool:
    """Whether a password was typed here in the last `FRESH_SECONDS`, while there is no second step yet.

    Who has a second step is asked for it again before anything about it changes.
    """
    if not request.user.is_authenticated or is_set_up(request.user):
        return False
    records = get_authentication_records(request, request.user)
    typed = [record["at"] for record in records if record.get("method") == "password"]
    return any(time.time() - at < FRESH_SECONDS for at in typed)


def settle(request: HttpRequest, user: Any) -> None:
    """After a sign-in: note the second step when it was taken just now, or on a trusted device."""
    taken = any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
    if taken or (is_set_up(user) and is_trusted_browser(request, user)):
        mark(request)
    else:
        request.session.pop(SESSION_KEY, None)


def settle_after_removal(request: HttpRequest) -> None:
    """Without any code app or passkey left, the second step has to be set up again first."""
    if not is_set_up(request.user):
        request.session.pop(SESSION_KEY, None)


def ask_again(request: HttpRequest, then: str) -> HttpResponse:
    """To the page that asks for a code or passkey, and from there on to `then`."""
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    only_passkey = Authenticator.Type.TOTP not in kinds and Authenticator.Type.WEBAUTHN in kinds
    page = reverse("mfa_reauthenticate_webauthn" if only_passkey else "mfa_reauthenticate")
    return HttpResponseRedirect(f"{page}?{urlencode({'next': then})}")


def for_own_keys(view: View) -> View:
    """For pages that change the second step. Who has one must have taken it in this session.

    Otherwise a password alone would be enough to replace the second step.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_set_up(request.user) and not request.session.get(SESSION_KEY):
            return ask_again(request, request.get_full_path())
        return view(request, *args, **kwargs)

    return entering(guarded)


def who_tries(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The address under which axes counts a wrong password: in one spelling, however it was typed."""
    tried = (
        (credentials or {}).get("email")
        or (credentials or {}).get("username")
        or request.POST.get("login", "")
    )
    return str(tried).strip().lower()

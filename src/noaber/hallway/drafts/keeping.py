"""When a form is kept, for whom, and when it is given back. The middleware of access asks here."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError

from noaber.ground.errors import Unavailable
from noaber.hallway import clock
from noaber.hallway.access.hooks import NOT_HANDED_BACK, is_from_here, is_secret
from noaber.hallway.drafts import services
from noaber.hallway.sealed import seal, unseal

SIGN = "typend"
"""The cookie with the sealed sign of a browser."""

WAITING = "bewaard"
"""The cookie that says that something waits; it saves a question to the database on every other page."""

Respond = Callable[[HttpRequest], HttpResponse]


def sign_of(request: HttpRequest) -> tuple[UUID, str] | None:
    """Whose account this browser was last signed in as, and the random number of the browser."""
    sealed = request.COOKIES.get(SIGN, "")
    if not sealed:
        return None
    try:
        account, browser = json.loads(unseal(sealed))
        return UUID(account), str(browser)
    except (Unavailable, ValueError, TypeError):
        return None


def typed_fields(request: HttpRequest) -> services.Fields:
    """What was typed, without keys and secrets."""
    try:
        return tuple(
            (name, tuple(text for text in texts if text))
            for name, texts in request.POST.lists()
            if any(texts) and name not in NOT_HANDED_BACK and not is_secret(name)
        )
    except (RawPostDataException, UnreadablePostError):
        return ()


def page_of(request: HttpRequest) -> str:
    """The page on which the form stood: where the browser came from, if that is here."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host() and came_from.path.startswith("/"):
        return ("/" + came_from.path.lstrip("/"))[:300]
    return request.path[:300]


def keep(request: HttpRequest) -> str:
    """Keep the form of someone whose session has ended. Returns the page to come back to, or nothing."""
    sign = sign_of(request)
    if request.method != "POST" or sign is None or not is_from_here(request):
        return ""
    account_id, browser = sign
    page = page_of(request)
    request.draft_kept = services.keep(  # type: ignore[attr-defined]
        account_id, browser=browser, page=page, fields=typed_fields(request), now=clock.now()
    )
    return page if request.draft_kept else ""  # type: ignore[attr-defined]


def hand_back(request: HttpRequest) -> services.Words | None:
    """What this account typed on this page before; after sending a form it is gone."""
    actor = request.actor  # type: ignore[attr-defined]
    if WAITING not in request.COOKIES or actor.account_id is None or actor.assisted_by:
        return None
    if request.method == "POST":
        services.sent(actor.account_id, pages=[page_of(request), request.path])
        return None
    sign = sign_of(request)
    return services.kept(
        actor.account_id, browser=sign[1] if sign else "", page=request.path, now=clock.now()
    )


class Signs:
    """Gives a signed-in browser its sign, and takes it away when she signs out."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and look whether this browser still carries the right sign."""
        response = self.get_response(request)
        actor: Any = getattr(request, "actor", None)
        if getattr(request, "draft_kept", False):
            _cookie(response, WAITING, "1")
        if actor is not None and actor.account_id and not actor.assisted_by and _is_signed_in(request):
            sign = sign_of(request)
            if sign is None or sign[0] != actor.account_id:
                browser = sign[1] if sign else secrets.token_urlsafe(16)
                fresh = seal(json.dumps([str(actor.account_id), browser]))
                _cookie(response, SIGN, fresh)
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    session: Any = getattr(request, "session", None)
    return session is not None and SESSION_KEY in session


def keep_in_a_hurry(request: HttpRequest) -> bool:
    """Keep the form of someone who leaves this very moment. She may come back in any browser."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if request.method != "POST" or not is_from_here(request) or actor.account_id is None or actor.assisted_by:
        return False
    return services.keep(
        actor.account_id, browser="", page=page_of(request), fields=typed_fields(request), now=clock.now()
    )


def take_away(response: HttpResponse) -> None:
    """Take the signs from this browser."""
    response.delete_cookie(SIGN, samesite="Lax")
    response.delete_cookie(WAITING, samesite="Lax")


def take_away_in_a_hurry(response: HttpResponse, *, something_waits: bool) -> None:
    """Take away the sign alone: a browser in a hurry may ask twice, and the second time nothing is typed."""
    response.delete_cookie(SIGN, samesite="Lax")
    if something_waits:
        _cookie(response, WAITING, "1")


def _cookie(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)

"""How long somebody stays signed in without a click: two hours, on whatever computer she sits.

Professionals who sign in with a password have their own, fixed time (`SESSION_COOKIE_AGE`). The end is kept
in the session itself; nothing in an address or a form moves it, only a click of whoever is signed in.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

IDLE_SECONDS = 2 * 3600
WARNED_SECONDS = 300
WRITTEN_EVERY = 300
UNTIL = "until"

Respond = Callable[[HttpRequest], HttpResponse]


def begin(request: HttpRequest) -> None:
    """Her time begins now."""
    request.session[UNTIL] = int(time.time()) + IDLE_SECONDS


def seconds_left(request: HttpRequest) -> int:
    """How long she has without a click; 0 for someone whose time is fixed."""
    session = getattr(request, "session", None)
    until = session.get(UNTIL) if session is not None else None
    return max(0, int(until) - int(time.time())) if isinstance(until, int) else 0


class Staying:
    """Ends a session without clicks; each click moves the end, written at most every five minutes."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the end before anything else is asked."""
        until = request.session.get(UNTIL) if request.session.session_key else None
        if isinstance(until, int):
            left = until - time.time()
            if left <= 0:
                logout(request)
            elif left < IDLE_SECONDS - WRITTEN_EVERY:
                begin(request)
        return self.get_response(request)

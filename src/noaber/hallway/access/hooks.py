"""What other rooms of the hallway hang on the middleware: the frame, ways out, and the log of denials.

Access stands below them and may not import them; they sign up here when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from noaber.hallway.access.types import Actor

FrameBuilder = Callable[[HttpRequest], Any]
WayOut = Callable[[HttpRequest, Exception], HttpResponse]
DenialLog = Callable[[Actor, str, datetime, str], None]
StandIn = Callable[[HttpRequest, Actor], Actor]

KeepTyped = Callable[[HttpRequest], str]
HandBack = Callable[[HttpRequest], Any]

_typed_work: list[tuple[KeepTyped, HandBack]] = []
_frame_builders: list[FrameBuilder] = []
_ways_out: dict[type[Exception], WayOut] = {}
_denial_logs: list[DenialLog] = []
_stand_ins: list[StandIn] = []


def register_frame_builder(builder: FrameBuilder) -> None:
    """Let `builder(request)` make what stands around each page; the last one that signs up counts."""
    _frame_builders[:] = [builder]


def build_frame(request: HttpRequest) -> Any:
    """What stands around this page, or nothing."""
    return _frame_builders[0](request) if _frame_builders else None


def register_way_out(kind: type[Exception], answer: WayOut) -> None:
    """Let `answer(request, exception)` speak when a view ends with this kind of exception.

    For libraries that leave a view by raising. What the view wrote is rolled back.
    """
    _ways_out[kind] = answer


def way_out(failure: Exception) -> WayOut | None:
    """Who answers for this exception, if anyone does."""
    return next((answer for kind, answer in _ways_out.items() if isinstance(failure, kind)), None)


def register_stand_in(stand_in: StandIn) -> None:
    """Let `stand_in(request, actor)` say for whom this session acts; usually the colleague again."""
    _stand_ins[:] = [stand_in]


def stand_in(request: HttpRequest, actor: Actor) -> Actor:
    """Whoever this session acts for: the colleague, or the resident beside whom she sits."""
    return _stand_ins[0](request, actor) if _stand_ins else actor


LEAVE, NEUTRAL = "/weg/", "https://www.knmi.nl"
"""Where *Snel weg* goes, and the page about the weather behind it, also when the database is away."""

NOT_HANDED_BACK = frozenset({"csrfmiddlewaretoken", "once_key"})
"""Keys of a form, which are made anew each time."""

_SECRETS = frozenset({"code", "pin", "digits", "token", "credential"})


def is_secret(field: str) -> bool:
    """Whether a field of this name holds something that opens a door; it is never kept or shown again."""
    name = field.lower()
    return name in _SECRETS or name.startswith("pin_") or "password" in name


def is_from_here(request: HttpRequest) -> bool:
    """Whether this request comes from a page of ours, as the browser itself says it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    came_from = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(came_from).netloc == request.get_host()


def register_typed_work(*, keep: KeepTyped, hand_back: HandBack) -> None:
    """Let a room keep what was typed when a session has ended, and give it back after signing in."""
    _typed_work[:] = [(keep, hand_back)]


def keep_typed(request: HttpRequest) -> str:
    """Keep the form of someone whose session has ended; the page to come back to, or nothing."""
    return _typed_work[0][0](request) if _typed_work else ""


def typed_before(request: HttpRequest) -> Any:
    """What was typed on this page before and could not be sent; nothing as a rule."""
    return _typed_work[0][1](request) if _typed_work else None


def register_denial_log(write: DenialLog) -> None:
    """Let `write(actor, what, now, guessed)` log that someone asked for what is not theirs.

    `guessed` is the address when nothing of theirs stands there, and empty when an act was refused.
    """
    _denial_logs[:] = [write]


def log_denial(actor: Actor, what: str, now: datetime, guessed: str = "") -> None:
    """Log a denial. Without a log there is no answer."""
    if not _denial_logs:
        raise RuntimeError("no room has signed up to log denials")
    _denial_logs[0](actor, what, now, guessed)

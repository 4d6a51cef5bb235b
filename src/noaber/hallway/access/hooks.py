"""What other rooms of the hallway hang on the middleware: the frame, ways out, and the log of denials.

Access stands below them and may not import them; they sign up here when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from noaber.hallway.access.types import Actor

FrameBuilder = Callable[[HttpRequest], Any]
WayOut = Callable[[HttpRequest, Exception], HttpResponse]
DenialLog = Callable[[Actor, str, datetime, str], None]
StandIn = Callable[[HttpRequest, Actor], Actor]

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

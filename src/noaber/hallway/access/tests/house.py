"""A small house of test pages, to see how the middleware answers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DataError, OperationalError, connection
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from noaber.ground.errors import Conflict, Invalid, Unavailable
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, demo_only, entering, public, resident, signed_in, staff
from noaber.hallway.access.table import not_yours
from noaber.hallway.accounts.models import Attempt
from noaber.hallway.clock import now

CANARY = "KAN-p17-verslag"


class AnsweredElsewhere(Exception):
    """Raised by a library; someone signed up to answer it."""


def _failure(kind: str) -> Exception:
    words: dict[str, Any] = {"happened": "Dit gebeurde.", "why": "Daarom.", "now_what": "Doe nu dit."}
    return {
        "missing": gate.not_here(),
        "forbidden": not_yours(),
        "404": Http404(CANARY),
        "denied": PermissionDenied(CANARY),
        "conflict": Conflict("test", **words),
        "invalid": Invalid("test", **words),
        "unavailable": Unavailable("test", **words),
        "bug": ValueError(CANARY),
        "elsewhere": AnsweredElsewhere(CANARY),
        "away": OperationalError(CANARY),
        "refused": DataError(CANARY),
    }[kind]


@public
def fail(request: AskedBy, kind: str) -> HttpResponse:
    """Write something, then fail."""
    Attempt.objects.create(key="half work", at=now())
    raise _failure(kind)


@public
def told(request: AskedBy) -> HttpResponse:
    """What the database was told about who asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.account', true), current_setting('app.scope', true)")
        return HttpResponse("|".join(str(value) for value in cursor.fetchone()))


@public
def late(request: AskedBy) -> HttpResponse:
    """A page whose template runs after the view."""
    return TemplateResponse(request, "404.html", {})


def fine(request: AskedBy) -> HttpResponse:
    """Nothing special."""
    return HttpResponse("binnen")


urlpatterns = [
    path("fail/<slug:kind>/", fail),
    path("told/", told),
    path("late/", late),
    path("staff/", staff(fine)),
    path("resident/", resident(fine)),
    path("public/", public(fine)),
    path("signed-in/", signed_in(fine)),
    path("entering/", entering(fine)),
    path("demo-only/", demo_only(fine)),
]

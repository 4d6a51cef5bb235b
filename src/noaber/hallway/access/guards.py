"""Decorators for views: who must be there before the view starts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from noaber.hallway.access.middleware import SignInFirst, find_actor
from noaber.hallway.access.table import not_here
from noaber.hallway.access.types import Actor, Kind

View = Callable[..., HttpResponse]


class AskedBy(HttpRequest):
    """A request of which the actor is known."""

    actor: Actor


def staff(view: View) -> View:
    """For professionals: signed in, with the second factor. A resident finds nothing here."""

    @wraps(view)
    def guarded(request: AskedBy, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = request.actor
        if actor.kind is Kind.ANONYMOUS:
            raise SignInFirst()
        if actor.kind is not Kind.STAFF:
            raise not_here()
        if not actor.second_factor:
            raise SignInFirst("/tweede-stap/")
        return view(request, *args, **kwargs)

    guarded.audience = "staff"  # type: ignore[attr-defined]
    return guarded


def signed_in(view: View) -> View:
    """For anyone who is signed in; staff with the second factor."""

    @wraps(view)
    def guarded(request: AskedBy, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = request.actor
        if actor.kind is Kind.ANONYMOUS:
            raise SignInFirst()
        if actor.kind is Kind.STAFF and not actor.second_factor:
            raise SignInFirst("/tweede-stap/")
        return view(request, *args, **kwargs)

    guarded.audience = "signed_in"  # type: ignore[attr-defined]
    return guarded


def entering(view: View) -> View:
    """For staff on their way in: the password was right, the second step may still have to be set up.

    Allows only what is needed for that. A view that changes the second step itself asks more.
    """

    @wraps(view)
    def guarded(request: AskedBy, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = getattr(request, "actor", None) or find_actor(request)
        if actor.kind is Kind.ANONYMOUS:
            raise SignInFirst()
        if actor.kind is not Kind.STAFF:
            raise not_here()
        return view(request, *args, **kwargs)

    guarded.audience = "entering"  # type: ignore[attr-defined]
    return guarded


def resident(view: View) -> View:
    """For the resident herself."""

    @wraps(view)
    def guarded(request: AskedBy, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.kind is Kind.ANONYMOUS:
            raise SignInFirst("/mijn/")
        if request.actor.kind is not Kind.RESIDENT:
            raise not_here()
        return view(request, *args, **kwargs)

    guarded.audience = "resident"  # type: ignore[attr-defined]
    return guarded


def relative(view: View) -> View:
    """For someone whom a resident invited. Anyone else, and who was sent away, finds nothing here."""

    @wraps(view)
    def guarded(request: AskedBy, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.kind is not Kind.RELATIVE:
            raise not_here()
        return view(request, *args, **kwargs)

    guarded.audience = "relative"  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """For anyone: shows nothing of a person."""

    @wraps(view)
    def guarded(request: AskedBy, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    guarded.audience = "public"  # type: ignore[attr-defined]
    return guarded


def demo_only(view: View) -> View:
    """Exists in the demo alone; elsewhere it is simply not there."""

    @wraps(view)
    def guarded(request: AskedBy, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise not_here()
        return view(request, *args, **kwargs)

    guarded.audience = "demo"  # type: ignore[attr-defined]
    return guarded

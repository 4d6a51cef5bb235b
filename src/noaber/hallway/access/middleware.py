"""Every request in one transaction that knows who asks; every failure in a page that can be read.

`Actors` runs the view: it opens the transaction, tells the database who asks, and turns foreseen failures
into answers. Forbidden and missing give the same bytes. `Answers` stands around everything and speaks when
the database itself is away.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseFailure
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from noaber.ground.errors import Kind as Failure
from noaber.ground.errors import NoaberError
from noaber.hallway import clock, languages
from noaber.hallway.access import hooks
from noaber.hallway.access.grants import actor_for
from noaber.hallway.access.scope import tell_database
from noaber.hallway.access.table import not_here
from noaber.hallway.access.types import ANONYMOUS, Actor, Kind

Respond = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("noaber.answers")
STATUS = {
    Failure.INVALID: 400,
    Failure.FORBIDDEN: 404,
    Failure.MISSING: 404,
    Failure.CONFLICT: 409,
    Failure.UNAVAILABLE: 503,
}


class SignInFirst(Exception):
    """Raised by a view that needs someone; answered with the way to sign in."""

    def __init__(self, where: str = "/inloggen/") -> None:
        super().__init__(where)
        self.where = where


class Answers:
    """The outermost layer of ours: private pages stay out of caches, a dead database gets a page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, and set what every answer needs."""
        try:
            response = self.get_response(request)
        except (OperationalError, InterfaceError):
            response = unavailable(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A database that is away is not a bug in the page."""
        if isinstance(exception, OperationalError | InterfaceError):
            return unavailable(request)
        return None


class Actors:
    """Runs each view inside one transaction that knows who asks."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nobody until the view starts."""
        request.actor = ANONYMOUS  # type: ignore[attr-defined]
        request.frame = SimpleLazyObject(lambda: hooks.build_frame(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse:
        """Open the transaction, name the actor, run the view, answer its failures."""
        try:
            with transaction.atomic():
                request.actor = find_actor(request)  # type: ignore[attr-defined]
                tell_database(request.actor)  # type: ignore[attr-defined]
                onward = languages.settle(request, request.actor, getattr(view, "audience", ""))  # type: ignore[attr-defined]
                if onward is not None:
                    return onward
                request.given_back = hooks.typed_before(request)  # type: ignore[attr-defined]
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and callable(response.render):
                    response = response.render()
                return response
        except SignInFirst as need:
            with transaction.atomic():
                page = hooks.keep_typed(request) or request.get_full_path()
            return HttpResponseRedirect(f"{need.where}?{urlencode({'next': page})}")
        except (OperationalError, InterfaceError):
            connection.close()
            return unavailable(request)
        except (Http404, PermissionDenied):
            return answer(request, not_here())
        except NoaberError as failure:
            return answer(request, failure)
        except DatabaseFailure as failure:
            return broken(request, failure)
        except Exception as failure:  # noqa: BLE001  # the last net: a page with a code, a line in the log
            leave = hooks.way_out(failure)
            return leave(request, failure) if leave else broken(request, failure)


def find_actor(request: HttpRequest) -> Actor:
    """The actor behind this request; staff without second factor count as nobody yet."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ANONYMOUS
    tell_database(Actor(account_id=user.pk))
    actor = actor_for(
        user,
        on=clock.today(),
        second_factor=bool(request.session.get("second_factor")),
        address=request.META.get("REMOTE_ADDR", ""),
    )
    return hooks.stand_in(request, actor) if actor.kind is Kind.STAFF else actor


def answer(request: HttpRequest, failure: NoaberError) -> HttpResponse:
    """The page for a foreseen failure.

    Denials are logged in a transaction of their own, and so is what is not there: whoever tries addresses
    until one fits leaves lines, and both take equally long.
    """
    status = STATUS[failure.kind]
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    if status == 404 and actor.kind is not Kind.ANONYMOUS:
        guessed = request.path if failure.kind is Failure.MISSING else ""
        with transaction.atomic():
            hooks.log_denial(actor, request.resolver_match.view_name, clock.now(), guessed)  # type: ignore[union-attr]
    if status == 404:
        return HttpResponse(loader.render_to_string("404.html", {}, request), status=404)
    return render(request, f"{status}.html", {"failure": failure}, status=status)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The page that needs no database: who to ring, and that nothing typed is lost."""
    if request.path == hooks.LEAVE:
        away = HttpResponseRedirect(hooks.NEUTRAL)
        away.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
        return away
    parts = typed(request)
    response = HttpResponse(loader.render_to_string("503.html", parts), status=503)
    response.headers["Retry-After"] = "10"
    return response


def typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed in a form that could not be saved: to read (`typed`) and to send again (`again`).

    A password or a pin is not handed back; a form with one must be filled in anew. The key of the form goes
    along, hidden, so that one form that is sent twice stays one act.
    """
    if request.method != "POST":
        return {"page": request.get_full_path()} if request.method == "GET" else {}
    everything = [(name, text) for name, texts in request.POST.lists() for text in texts]
    open_words = [(name, text) for name, text in everything if not hooks.is_secret(name)]
    shown = [(name, text) for name, text in open_words if name not in hooks.NOT_HANDED_BACK and text]
    again = everything if len(open_words) == len(everything) else []
    return {"typed": shown, "again": again, "page": request.get_full_path()}


def broken(request: HttpRequest, failure: Exception) -> HttpResponse:
    """A page with a reference and nothing else; the log holds the same reference and the traceback."""
    reference = secrets.token_hex(4)
    log.error("reference %s in %s", reference, request.resolver_match and request.resolver_match.view_name)
    log.error("traceback of %s", reference, exc_info=(type(failure), failure, failure.__traceback__))
    return HttpResponse(loader.render_to_string("500.html", {"reference": reference}), status=500)

"""To the sign-in service and back. Whatever is wrong, nobody is signed in and the page says what now."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from noaber.doors.identity import protocol, services
from noaber.doors.identity.types import Provider, Refused, Visit
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public, resident
from noaber.hallway.access.types import Kind
from noaber.network.entrances import services_session

VISIT = "identity_visit"
log = logging.getLogger("noaber.identity")


def _provider() -> Provider:
    """The sign-in service, or a page that is not there."""
    found = services.provider(now=clock.now())
    if found is None:
        raise gate.not_here()
    return found


def _back_here() -> str:
    return settings.BASE_URL + reverse("identity:back")


@public
@require_safe
def sign_in(request: AskedBy) -> HttpResponse:
    """Go to the sign-in service."""
    return _go(request, purpose="sign_in")


@resident
@gate.by_herself
@require_safe
def link(request: AskedBy) -> HttpResponse:
    """Go there to link it, while she is signed in with her own keys."""
    return _go(request, purpose="link")


def _go(request: AskedBy, *, purpose: str) -> HttpResponse:
    provider = _provider()
    try:
        visit, where = protocol.begin(
            provider,
            redirect_uri=_back_here(),
            purpose=purpose,
            resident=str(request.actor.resident_id or ""),
            now=clock.now(),
        )
    except Refused as refused:
        return _refusal(request, provider, refused)
    request.session[VISIT] = visit.kept()
    return HttpResponseRedirect(where)


@public
@require_safe
def back(request: AskedBy) -> HttpResponse:
    """The answer of the sign-in service. A visit counts once, whatever comes of it."""
    provider, now = _provider(), clock.now()
    kept: dict[str, Any] | None = request.session.pop(VISIT, None)
    if kept is None:
        return _refusal(request, provider, Refused("broken", "no visit in this browser"))
    visit = Visit(**kept)
    try:
        answer = {name: str(value) for name, value in request.GET.items()}
        subject = protocol.finish(provider, visit, answer, redirect_uri=_back_here(), now=now)
    except Refused as refused:
        return _refusal(request, provider, refused)
    if visit.purpose == "link":
        return _link(request, provider, visit, subject)
    resident_id = services.resident_behind(provider.issuer, subject, now=now)
    if resident_id is None or not services_session.enter(
        request, resident_id, way="broker", second="device", known=False, now=now
    ):
        return _refusal(request, provider, Refused("unknown"))
    return redirect("/mijn/vraag/")


def _link(request: AskedBy, provider: Provider, visit: Visit, subject: str) -> HttpResponse:
    if request.actor.kind is not Kind.RESIDENT or str(request.actor.resident_id) != visit.resident:
        return _refusal(request, provider, Refused("broken", "someone else is signed in now"))
    if not services.link(request.actor, provider.issuer, subject, now=clock.now()):
        return _refusal(request, provider, Refused("taken"))
    messages.success(request, _("Gekoppeld. U kunt zich er voortaan mee aanmelden."))
    return redirect("entrances:own_keys")


def _refusal(request: AskedBy, provider: Provider, refused: Refused) -> HttpResponse:
    """What happened in plain words. The log holds a kind of failure and nothing of a person."""
    log.warning("a sign-in service was refused: %s", refused)
    context = {"why": refused.why, "name": provider.name, "nav_current": "mijn"}
    return render(request, "identity/refused.html", context, status=503 if refused.why == "away" else 400)


@resident
@gate.by_herself
@require_POST
def unlink(request: AskedBy) -> HttpResponse:
    """Take the link away."""
    services.unlink(request.actor, now=clock.now())
    messages.success(request, _("Ontkoppeld."))
    return redirect("entrances:own_keys")

"""The technical administrator's page, and the demo's own letterbox."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.hallway.access.guards import AskedBy, demo_only, staff
from noaber.hallway.post import queries, standing


@staff
@require_GET
def how_it_stands(request: AskedBy) -> HttpResponse:
    """Does everything run? What waits, what failed."""
    context = {"standing": standing.standing(request.actor), "nav_current": "stand"}
    return render(request, "post/standing.html", context)


@staff
@require_POST
def try_again(request: AskedBy, kind: str, thing_id: UUID) -> HttpResponse:
    """Try something again that failed."""
    standing.try_again(request.actor, kind=kind, thing_id=thing_id)
    messages.success(request, _("Wij proberen het opnieuw. Kijk over een minuut nog eens."))
    return redirect("post:standing")


@demo_only
@require_GET
def letterbox(request: AskedBy) -> HttpResponse:
    """The mails of the demo as they would travel: neutral, for invented people."""
    page = Paginator(queries.newest(500), 20).get_page(request.GET.get("pagina", "1")[:6])
    return render(request, "post/letterbox.html", {"page": page})

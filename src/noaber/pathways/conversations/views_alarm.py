"""The alarm list: who waits without a holder, a next date or something for now, and what to do about it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.network.companions.queries_post import late_count
from noaber.network.residents.queries import alarms
from noaber.pathways.conversations import queries, services
from noaber.pathways.conversations.forms import HolderForm
from noaber.pathways.conversations.views_board import page_number
from noaber.pathways.conversations.views_planner import UNPROCESSABLE, say

ALARM_ROWS = 25


@staff
@require_safe
def alarm(request: AskedBy) -> HttpResponse:
    """Requests without a holder, a next date or something for now."""
    return _alarm_page(request)


def _alarm_page(
    request: AskedBy, *, wrong: UUID | None = None, why: str = "", status: int = 200
) -> HttpResponse:
    now = clock.now()
    found = alarms(request.actor, now=now)
    context = {
        "nav_current": "alarm",
        "page": Paginator(found, ALARM_ROWS).get_page(page_number(request)),
        "total": len(found),
        "holders": queries.holder_choices(request.actor, now=now),
        "wrong": wrong,
        "why": why,
        "today": clock.day_of(now),
        "late_post": late_count(request.actor, now=now),
    }
    return render(request, "conversations/planner/alarm.html", context, status=status)


@staff
@require_POST
def assign(request: AskedBy, help_request_id: UUID) -> HttpResponse:
    """Give a request its fixed person."""
    form = HolderForm(request.POST)
    if not form.is_valid():
        why = " ".join(str(error) for error in form.errors["account_id"])
        return _alarm_page(request, wrong=help_request_id, why=why, status=UNPROCESSABLE)
    try:
        name = services.assign_holder(
            actor=request.actor,
            help_request_id=help_request_id,
            account_id=form.cleaned_data["account_id"],
            now=clock.now(),
        )
    except Invalid as refusal:
        return _alarm_page(request, wrong=help_request_id, why=refusal.sentence(), status=UNPROCESSABLE)
    say(request, _("%(name)s is nu de vaste persoon.") % {"name": name})
    if request.POST.get("terug") == "vraag":
        return redirect("conversations:case", help_request_id)
    return redirect("conversations:alarm")

"""Two readers of the log: the resident, and the privacy officer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, resident, staff
from noaber.hallway.audit import queries
from noaber.hallway.audit.forms import ReviewFilter

FAR = 10**6


@resident
@require_GET
def who_looked(request: AskedBy) -> HttpResponse:
    """Who looked at my data, when and why."""
    looks = queries.looks_at(request.actor, now=clock.now())
    context = {"looks": looks, "today_on": clock.today(), "nav_current": "wie_keek_mee"}
    return render(request, "audit/who_looked.html", context)


@staff
@require_GET
def review(request: AskedBy) -> HttpResponse:
    """The log of the region, for the privacy officer."""
    form = ReviewFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    number = request.GET.get("pagina", "1")
    page, lines = queries.review(
        request.actor,
        now=clock.now(),
        day=chosen.get("dag"),
        account_id=chosen.get("wie"),
        refused_only=bool(chosen.get("geweigerd")),
        page=min(int(number), FAR) if number.isascii() and number.isdigit() and len(number) < 8 else 1,
    )
    whose = lines[0].who if chosen.get("wie") and lines else ""
    context = {
        "form": form,
        "lines": lines,
        "page": page,
        "chosen": any(chosen.values()),
        "whose": whose,
        "nav_current": "inzage",
    }
    return render(request, "audit/review.html", context)

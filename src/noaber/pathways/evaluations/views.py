"""Three questions by link or on her own page, and what came of them for who steers."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, public, resident, staff
from noaber.hallway.access.types import Kind
from noaber.hallway.accounts import throttle
from noaber.pathways.evaluations import pictures, queries, services
from noaber.pathways.evaluations.forms import EvaluationForm

PER_ADDRESS = 60
WINDOW = timedelta(minutes=15)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: AskedBy, token: str) -> HttpResponse:
    """Three questions for whoever holds the link. Opening changes nothing: mail scanners open links too."""
    now = clock.now()
    calm = throttle.allows(
        "evaluation", request.META.get("REMOTE_ADDR", ""), limit=PER_ADDRESS, window=WINDOW, now=now
    )
    asked = services.behind(token, now=now) if calm else None
    if asked is None:
        return render(request, "evaluations/gone.html", {"nav_current": ""}, status=404)
    with override(asked.language):
        form = EvaluationForm(asked.audience, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            services.answer(token=token, replies=form.cleaned_data, now=now)
            return redirect("evaluations:thanks")
        context = {"form": form, "audience": asked.audience, "nav_current": ""}
        return render(request, "evaluations/questions.html", context)


@public
@require_safe
def thanks(request: AskedBy) -> HttpResponse:
    """The answers are kept; who is signed in goes on with her own question."""
    home = request.actor.kind is Kind.RESIDENT
    context = {"nav_current": "mijn_vraag" if home else "", "home": home}
    return render(request, "evaluations/thanks.html", context)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def at_home(request: AskedBy) -> HttpResponse:
    """The same three questions on the resident's own page."""
    now = clock.now()
    asked = services.waiting_for(request.actor, now=now)
    if asked is None:
        return render(request, "evaluations/nothing.html", {"nav_current": "mijn_vraag"})
    form = EvaluationForm(asked.audience, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.answer_at_home(actor=request.actor, replies=form.cleaned_data, now=now)
        return redirect("evaluations:thanks")
    context = {"form": form, "audience": asked.audience, "nav_current": "mijn_vraag", "home": True}
    return render(request, "evaluations/questions.html", context)


@staff
@require_safe
def experiences(request: AskedBy, region: str) -> HttpResponse:
    """How people found it, per quarter; for who steers."""
    page = queries.experiences(
        request.actor, slug=region, quarter=_day(request.GET.get("kwartaal", "")), now=clock.now()
    )
    context = {
        "page": page,
        "pictures": pictures.of(page),
        "quarters": pictures.quarters(page),
        "nav_current": "ervaringen",
    }
    return render(request, "evaluations/experiences.html", context)


@staff
@require_safe
def first_time_right(request: AskedBy, region: str) -> HttpResponse:
    """The conversations behind 'in één keer goed', without a name."""
    page = queries.first_time_right_page(
        request.actor, slug=region, quarter=_day(request.GET.get("kwartaal", "")), now=clock.now()
    )
    context = {"page": pictures.table_of(page), "nav_current": "ervaringen"}
    return render(request, "evaluations/first_time_right.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

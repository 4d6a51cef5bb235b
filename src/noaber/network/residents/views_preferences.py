"""About me: how she is reached, how she talks, and the ways to her relatives and her keys."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, resident
from noaber.network.partners import queries as partners
from noaber.network.residents import queries, services
from noaber.network.residents.forms_preferences import MeetForm, ReachForm
from noaber.network.residents.queries_ring import who_to_ring
from noaber.network.residents.types import Wishes
from noaber.network.residents.wishes import GENDERS, MODES, time_words

KEY = "over_mij"
UNPROCESSABLE = 422


@resident
@require_safe
def preferences(request: AskedBy) -> HttpResponse:
    """What she chose, with the way to change each part."""
    now = clock.now()
    wishes = queries.own_wishes(request.actor, now=now)
    context = {
        "nav_current": KEY,
        "wishes": wishes,
        "mode": MODES.get(wishes.mode, ""),
        "gender": GENDERS.get(wishes.gender, ""),
        "times": time_words(wishes.times),
        "nobody_may": not services.can_be_reached(wishes),
        "phone": who_to_ring(request.actor),
    }
    return render(request, "residents/preferences.html", context)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def reach_me(request: AskedBy) -> HttpResponse:
    """By which ways she may be reached."""
    now = clock.now()
    wishes = queries.own_wishes(request.actor, now=now)
    form = ReachForm(request.POST if request.method == "POST" else None, initial=asdict(wishes))
    if request.method == "POST" and form.is_valid() and _kept(request, form, form.wishes(wishes), now):
        return redirect("residents:preferences")
    return _page(request, "residents/reach_me.html", form)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def meet_me(request: AskedBy) -> HttpResponse:
    """How, when and with whom she would like to talk."""
    now = clock.now()
    wishes = queries.own_wishes(request.actor, now=now)
    region_id = queries.current_request(request.actor).region_id
    modes = tuple(partners.settings_of(region_id)["modes"]["allowed"])
    form = MeetForm(
        request.POST if request.method == "POST" else None, initial=MeetForm.first(wishes), modes=modes
    )
    if request.method == "POST" and form.is_valid() and _kept(request, form, form.wishes(wishes), now):
        return redirect("residents:preferences")
    return _page(request, "residents/meet_me.html", form)


def _kept(request: AskedBy, form: Form, wishes: Wishes, now: datetime) -> bool:
    try:
        services.save_wishes(actor=request.actor, wishes=wishes, now=now)
    except Invalid as wrong:
        for name, words in wrong.fields.items():
            form.add_error(name if name in form.fields else None, words)
        return False
    messages.success(request, _("Bewaard. Wij houden hier rekening mee."))
    return True


def _page(request: AskedBy, template: str, form: Form) -> HttpResponse:
    context = {"nav_current": KEY, "form": form, "phone": who_to_ring(request.actor)}
    return render(request, template, context, status=UNPROCESSABLE if form.is_bound else 200)

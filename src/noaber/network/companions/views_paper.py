"""On paper: her new card, her choices to fill in at home, and entering them later."""

from __future__ import annotations

import json
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, resident, staff
from noaber.hallway.accounts import throttle
from noaber.hallway.sealed import seal, unseal
from noaber.network.companions import services_newcard, services_paper, standing_in
from noaber.network.companions import services_questions as paper
from noaber.network.companions.forms import NewPinForm, PaperEntryForm

ONCE = "on_paper_once"
PER_HELPER = 20
WINDOW = timedelta(minutes=15)


def _remember(request: AskedBy, **what: str) -> None:
    """Keep what may be shown on the next page only; sealed, and gone with the time together."""
    request.session[ONCE] = seal(json.dumps(what))


def _remembered(request: AskedBy, name: str) -> str:
    kept = request.session.get(ONCE)
    found: dict[str, str] = json.loads(unseal(kept)) if kept else {}
    return found.get(name, "")


def _beside(request: AskedBy) -> None:
    """Only while a helper sits beside her."""
    if request.actor.assisted_by_id is None:
        raise gate.not_here()


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def new_card(request: AskedBy) -> HttpResponse:
    """She lost her card or her pin: a new card, and a pin that she types herself."""
    _beside(request)
    time_id = standing_in.time_in(request)
    form = NewPinForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and time_id is not None:
        try:
            code = services_newcard.new_card(
                actor=request.actor, time_id=time_id, pin=form.cleaned_data["pin"], now=clock.now()
            )
        except Invalid as wrong:
            form.add_error("pin", wrong.fields.get("pin", wrong.sentence()))
        else:
            _remember(request, card=code)
            return redirect("companions:print_card")
    context = {"form": form, "nav_current": "over_mij"}
    return render(request, "companions/new_card.html", context, status=422 if form.errors else 200)


@resident
@require_safe
def print_card(request: AskedBy) -> HttpResponse:
    """The new card, to print; only during this time together."""
    _beside(request)
    code = _remembered(request, "card")
    if not code:
        return redirect("companions:new_card")
    return render(request, "companions/card.html", {"code": code, "nav_current": "over_mij"})


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: AskedBy) -> HttpResponse:
    """A form to think about at home, and to sign."""
    _beside(request)
    if request.method == "POST":
        _row, number = services_paper.print_form(actor=request.actor, now=clock.now())
        _remember(request, paper=number)
        return redirect("companions:print_choices")
    return render(request, "companions/choices.html", {"nav_current": "over_mij"})


@resident
@require_safe
def print_choices(request: AskedBy) -> HttpResponse:
    """The form as it is printed."""
    _beside(request)
    number = _remembered(request, "paper")
    if not number:
        return redirect("companions:choices")
    context = {"number": number, "parts": paper.parts(), "nav_current": "over_mij"}
    return render(request, "companions/paper.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def enter_paper(request: AskedBy) -> HttpResponse:
    """The signed paper came back: type what stands on it. Nothing of her shows here."""
    gate.require_act(request.actor, "together.begin")
    form = PaperEntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wrong = _enter(request, form)
        if wrong is None:
            messages.success(request, _("Ingevoerd. Uw naam staat erbij, met: op papier, gezien door u."))
            return redirect("companions:start")
        named = {name: words for name, words in wrong.fields.items() if name in form.fields}
        for name, words in named.items():
            form.add_error(name, words)
        if not named:
            form.add_error("number", wrong.sentence())
    parts = [(part.title, [form[q.key] for q in part.questions]) for part in paper.parts()]
    context = {"form": form, "parts": parts, "nav_current": "samen"}
    return render(request, "companions/enter_paper.html", context, status=422 if form.errors else 200)


def _enter(request: AskedBy, form: PaperEntryForm) -> Invalid | None:
    now = clock.now()
    helper = str(request.actor.account_id)
    if not throttle.allows("paper", helper, limit=PER_HELPER, window=WINDOW, now=now):
        return services_paper.NO_FORM
    try:
        services_paper.enter_form(
            actor=request.actor,
            number=form.cleaned_data["number"],
            signed_on=form.cleaned_data["signed_on"],
            answers=form.answers(),
            now=now,
        )
    except Invalid as wrong:
        return wrong
    return None

"""Her pages about who looked: read it, ask about it, and say whom she knows."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, resident
from noaber.hallway.audit import hooks, marks, queries, questions
from noaber.hallway.audit.forms import AcquaintanceForm, AskAboutForm, PeriodFilter

KEY = "wie_ziet_wat"
FAR = 10**6
UNPROCESSABLE, TAKEN = 422, 409


def page_number(request: HttpRequest) -> int:
    """The page that the address asks for; the first for nonsense."""
    asked = request.GET.get("pagina", "1")
    return min(int(asked), FAR) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1


def show_refusal(form: Form, refusal: NoaberError) -> int:
    """Put a refusal beside its field; gives the status of the answer. What was typed stays."""
    field = next((name for name in refusal.fields if name in form.fields), None)
    form.add_error(field, refusal.sentence())
    return TAKEN if isinstance(refusal, Conflict) else UNPROCESSABLE


@resident
@require_safe
def who_looked(request: AskedBy) -> HttpResponse:
    """Who looked at my data, when and why; and what was answered to my questions about it."""
    now = clock.now()
    form = PeriodFilter(request.GET if {"van", "tot"} & set(request.GET) else None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page, looks = queries.pages_of_looks(
        request.actor,
        now=now,
        since=chosen.get("van"),
        until=chosen.get("tot"),
        page=page_number(request),
    )
    context = {
        "form": form,
        "looks": looks,
        "page": page,
        "chosen": any(chosen.values()),
        "questions": questions.own_questions(request.actor, now=now),
        "today_on": clock.today(),
        "phone": hooks.who_to_ring(request.actor),
        "nav_current": KEY,
    }
    return render(request, "audit/who_looked.html", context)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AskedBy, look_id: UUID) -> HttpResponse:
    """Ask the privacy officer about one look."""
    look = queries.one_look(request.actor, look_id)
    form = AskAboutForm(request.POST or None)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            questions.ask(
                actor=request.actor,
                about=look_id,
                words=form.cleaned_data["words"],
                once_key=form.cleaned_data["once_key"],
                now=clock.now(),
            )
        except Invalid as refusal:
            status = show_refusal(form, refusal)
        else:
            messages.success(request, _("Verstuurd. Het antwoord komt op deze pagina te staan."))
            return redirect("audit:who_looked")
    context = {
        "look": look,
        "form": form,
        "today_on": clock.today(),
        "phone": hooks.who_to_ring(request.actor),
        "nav_current": KEY,
    }
    return render(request, "audit/ask.html", context, status=status)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def acquaintances(request: AskedBy) -> HttpResponse:
    """Say whom I know that works here, so that the privacy officer looks when they look."""
    now = clock.now()
    form = AcquaintanceForm(request.POST or None)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and request.POST.get("remove"):
        marks.remove_acquaintance(actor=request.actor, acquaintance_id=_id(request.POST["remove"]), now=now)
        messages.success(request, _("De naam is weg."))
        return redirect("audit:acquaintances")
    if request.method == "POST" and form.is_valid():
        try:
            marks.add_acquaintance(actor=request.actor, name=form.cleaned_data["name"], now=now)
        except Invalid as refusal:
            status = show_refusal(form, refusal)
        else:
            messages.success(
                request, _("Opgeschreven. Kijkt deze persoon bij u, dan ziet de privacyfunctionaris dat.")
            )
            return redirect("audit:acquaintances")
    context = {
        "form": form,
        "known": marks.acquaintances(request.actor, now=now),
        "phone": hooks.who_to_ring(request.actor),
        "nav_current": KEY,
    }
    return render(request, "audit/acquaintances.html", context, status=status)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)

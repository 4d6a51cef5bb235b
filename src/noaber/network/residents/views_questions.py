"""Her questions: asked on her own page, answered by whoever holds her request."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, resident, staff
from noaber.hallway.access.types import Role
from noaber.network.residents import queries, services
from noaber.network.residents.forms_questions import AnswerForm, AskForm
from noaber.network.residents.queries_ring import who_to_ring

UNPROCESSABLE = 422
TAKEN = 409


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AskedBy) -> HttpResponse:
    """Ask her fixed person something, and read what was answered before."""
    now = clock.now()
    current = queries.current_request(request.actor)
    form = AskForm(request.POST if request.method == "POST" else None)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.ask(
                actor=request.actor,
                help_request_id=current.id,
                words=form.cleaned_data["words"],
                once_key=form.cleaned_data["once_key"],
                now=now,
            )
        except (Invalid, Conflict) as refusal:
            status = _show(form, refusal)
        else:
            messages.success(request, _("Verstuurd. Het antwoord komt hier te staan."))
            return redirect("residents:ask")
    context = {
        "nav_current": "mijn_vraag",
        "form": form,
        "closed": current.phase == "closed",
        "questions": queries.own_questions(request.actor, current.id, now=now),
        "phone": who_to_ring(request.actor),
    }
    return render(request, "residents/ask.html", context, status=status)


def _show(form: Form, refusal: NoaberError) -> int:
    form.add_error("words" if refusal.fields else None, refusal.sentence())
    return TAKEN if isinstance(refusal, Conflict) else UNPROCESSABLE


@staff
@require_safe
def waiting(request: AskedBy) -> HttpResponse:
    """Questions of residents that wait, oldest first."""
    now = clock.now()
    found = queries.waiting_questions(request.actor, now=now)
    context = {
        "nav_current": _menu_key(request),
        "mine": [item for item in found if item.may_answer],
        "others": [item for item in found if not item.may_answer],
        "today": clock.day_of(now),
    }
    return render(request, "residents/waiting.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AskedBy, question_id: UUID) -> HttpResponse:
    """One question, and its answer."""
    now = clock.now()
    waits, asked = queries.question_to_answer(request.actor, question_id, now=now)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_question(
                actor=request.actor, question_id=question_id, words=form.cleaned_data["words"], now=now
            )
        except (Invalid, Conflict) as refusal:
            status = _show(form, refusal)
        else:
            messages.success(request, _("Verstuurd. De inwoner krijgt bericht dat er iets klaarstaat."))
            return redirect("residents:waiting")
    context = {
        "nav_current": _menu_key(request),
        "waits": waits,
        "asked": asked,
        "form": form,
        "today": clock.day_of(now),
    }
    return render(request, "residents/answer.html", context, status=status)


def _menu_key(request: AskedBy) -> str:
    return "gesprekken" if request.actor.has(Role.GUIDE) else "planbord"

"""Her own words about the report: what is wrong, what she says beside it; and the answer to her."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, resident, staff
from noaber.pathways.conversations import resident_page, services

KEY = "mijn_vraag"
UNPROCESSABLE = 422
MOST = 20_000


class CorrectionForm(forms.Form):
    """What must be different."""

    words = forms.CharField(
        label=gettext_lazy("Wat moet er anders?"),
        max_length=MOST,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Schrijf wat er anders moet.")},
    )


class StatementForm(forms.Form):
    """Her own words; nothing takes them away."""

    words = forms.CharField(
        label=gettext_lazy("Mijn eigen tekst"),
        help_text=gettext_lazy("Maak het leeg als u uw tekst weg wilt halen."),
        max_length=MOST,
        widget=forms.Textarea,
        required=False,
    )


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """She says what is wrong in the report."""
    form = CorrectionForm(request.POST or None)

    def save(words: str, now: datetime) -> None:
        services.propose_correction(
            actor=request.actor, conversation_id=conversation_id, words=words, now=now
        )
        messages.success(request, _("Dank u. Wie het schreef, verbetert het of antwoordt u."))

    texts = {
        "heading": _("Zeg wat er anders moet"),
        "lead": _("Wie het verslag schreef, krijgt dit te lezen."),
        "submit": _("Verstuur"),
    }
    return _words(request, conversation_id, form, save, texts)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """Her own words beside the report."""
    before = resident_page.own_statement(request.actor, conversation_id)
    form = StatementForm(request.POST if request.method == "POST" else None, initial={"words": before})

    def save(words: str, now: datetime) -> None:
        services.state(actor=request.actor, conversation_id=conversation_id, words=words, now=now)
        done = _("Goed. Uw tekst staat bij het verslag.") if words else _("Uw tekst is weg.")
        messages.success(request, done)

    texts = {
        "heading": _("Mijn eigen tekst bij het verslag"),
        "lead": _("Wie uw verslag leest, leest dit erbij. Niemand anders kan het veranderen."),
        "submit": _("Bewaar mijn tekst"),
    }
    return _words(request, conversation_id, form, save, texts)


def _words(
    request: AskedBy,
    conversation_id: UUID,
    form: forms.Form,
    save: Callable[[str, datetime], None],
    texts: dict[str, Any],
) -> HttpResponse:
    now = clock.now()
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data["words"], now)
        except Invalid as wrong:
            form.add_error("words", next(iter(wrong.fields.values()), wrong.sentence()))
        else:
            return redirect("resident:report", conversation_id=conversation_id)
    resident_page.require_report(request.actor, conversation_id)
    context = {
        "nav_current": KEY,
        "form": form,
        "conversation_id": conversation_id,
        "phone": resident_page.who_to_ring(request.actor, now=now),
        **texts,
    }
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "conversations/resident/words.html", context, status=status)


@staff
@require_POST
def answer_correction(request: AskedBy, correction_id: UUID) -> HttpResponse:
    """The text stays as it is, and this is why."""
    try:
        conversation_id = services.answer_correction(
            actor=request.actor,
            correction_id=correction_id,
            answer=request.POST.get("answer", "")[:MOST],
            now=clock.now(),
        )
    except (Conflict, Invalid) as wrong:
        messages.error(request, wrong.sentence())
        return redirect("conversations:worklist")
    messages.success(request, _("Uw antwoord is verstuurd. De inwoner leest het bij het verslag."))
    return redirect("conversations:report", conversation_id)

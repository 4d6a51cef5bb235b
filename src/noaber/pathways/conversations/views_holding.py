"""What a guide does beside the record: notes, minutes, another conversation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.pathways.conversations import queries
from noaber.pathways.conversations.forms_guide import AnotherForm, NoteForm, TimeForm, all_valid
from noaber.pathways.conversations.queries.prepare import preparing
from noaber.pathways.conversations.services.another import ask_for_another
from noaber.pathways.conversations.services.notes import keep_note
from noaber.pathways.conversations.services.time import correct_time

UNPROCESSABLE = 422
CONFLICT = 409
PREPARE = "om uw gesprek voor te bereiden"


def status_of(refusal: NoaberError) -> int:
    """409 when somebody was first, 422 when something must be filled in otherwise."""
    return CONFLICT if isinstance(refusal, Conflict) else UNPROCESSABLE


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """The guide's own note. What was typed stays, whatever goes wrong."""
    now = clock.now()
    found = queries.guided(request.actor, conversation_id, purpose=PREPARE, now=now)
    prep = preparing(request.actor, conversation_id, now=now)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"words": prep.own_note})
    failure: NoaberError | None = None
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                keep_note(
                    actor=request.actor,
                    conversation_id=conversation_id,
                    words=form.cleaned_data["words"],
                    now=now,
                )
            except (Conflict, Invalid) as refusal:
                failure, status = refusal, status_of(refusal)
            else:
                messages.success(request, _("Uw aantekening is bewaard."))
                return redirect("conversations:conversation", conversation_id)
    context = {
        "nav_current": "gesprekken",
        "guided": found,
        "prep": prep,
        "form": form,
        "failure": failure,
    }
    return render(request, "conversations/guide/note.html", context, status=status)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """The real minutes of everyone, each under one title."""
    now = clock.now()
    found = queries.guided(request.actor, conversation_id, purpose="om de tijd goed te zetten", now=now)
    prep = preparing(request.actor, conversation_id, now=now)
    if not prep.times:
        return redirect("conversations:conversation", conversation_id)
    forms = [
        TimeForm(request.POST if request.method == "POST" else None, there=there) for there in prep.times
    ]
    failure: NoaberError | None = None
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if all_valid(forms):
            try:
                correct_time(
                    actor=request.actor,
                    conversation_id=conversation_id,
                    times=[form.time() for form in forms],
                    now=now,
                )
            except (Conflict, Invalid) as refusal:
                failure, status = refusal, status_of(refusal)
            else:
                messages.success(request, _("De tijd is bewaard."))
                return redirect("conversations:conversation", conversation_id)
    context = {"nav_current": "gesprekken", "guided": found, "forms": forms, "failure": failure}
    return render(request, "conversations/guide/minutes.html", context, status=status)


@staff
@require_POST
def another(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """Ask for another conversation, when she wants it herself."""
    queries.guided(request.actor, conversation_id, purpose="om nog een gesprek te vragen", now=clock.now())
    form = AnotherForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Vraag het eerst aan de inwoner. Zet dan het vinkje."))
        return redirect("conversations:conversation", conversation_id)
    number = ask_for_another(actor=request.actor, conversation_id=conversation_id, now=clock.now())
    messages.success(
        request, _("Gesprek %(n)s staat op het planbord. Het netwerkbureau plant het.") % {"n": number}
    )
    return redirect("conversations:conversation", conversation_id)

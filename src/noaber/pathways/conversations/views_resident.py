"""The resident's own pages: her question, what she may change, and her report."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, resident
from noaber.hallway.ui.asks import asks_of
from noaber.hallway.ui.formatting import long_date
from noaber.network.residents import queries as residents
from noaber.network.residents import services as steering
from noaber.offer.directory import queries as directory
from noaber.pathways.conversations import resident_page, resident_words
from noaber.pathways.conversations.forms_resident import PostponeForm
from noaber.pathways.conversations.services import agree_with_report, stop_request
from noaber.pathways.referrals import services as referrals

KEY = "mijn_vraag"
MAY_WAIT = ("received", "planned")


@resident
@require_safe
def my_question(request: AskedBy) -> HttpResponse:
    """Where her question is, who holds it, what is next, and what can start this week."""
    now = clock.now()
    mine = resident_page.my_question(request.actor, now=now)
    older, line = resident_words.timeline(mine)
    card = mine.appointment
    return render(
        request,
        "conversations/resident/question.html",
        {
            "nav_current": KEY,
            "mine": mine,
            "heading": resident_words.heading(mine),
            "lead": resident_words.lead(mine),
            "ahead": resident_words.ahead(mine) if card is None or mine.to_decide else None,
            "card": card,
            "begun": card is not None and card.starts_at <= now,
            "names": resident_words.names(card) if card else "",
            "people": resident_words.people(card) if card else [],
            "length": resident_words.length(card) if card else "",
            "older": older,
            "line": line,
            "looks": resident_words.looks(mine.looks, mine.today),
            "questions": residents.own_questions(request.actor, mine.thread.id, now=now)[:3],
            "asks": asks_of(request.actor, now),
            "may_wait": mine.thread.phase in MAY_WAIT and mine.over is None,
        },
    )


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def postpone(request: AskedBy) -> HttpResponse:
    """Another day: from which day she can."""
    now = clock.now()
    current = residents.current_request(request.actor)
    if current.phase not in MAY_WAIT:
        messages.info(request, _("Er is nu geen gesprek om te verzetten."))
        return redirect("resident:question")
    card = resident_page.appointment_of(request.actor, current.id, now=now)
    day = clock.day_of(card.starts_at) if card else None
    form = PostponeForm(request.POST or None, today=clock.day_of(now), appointment_on=day)
    if request.method == "POST" and form.is_valid():
        until_on = form.cleaned_data["until_on"]
        try:
            steering.postpone(actor=request.actor, help_request_id=current.id, until_on=until_on, now=now)
        except Invalid as wrong:
            form.add_error("until_on", next(iter(wrong.fields.values()), wrong.sentence()))
        else:
            messages.success(request, _("Goed. Wij wachten tot %(day)s.") % {"day": long_date(until_on)})
            return redirect("resident:question")
    context = {
        "nav_current": KEY,
        "form": form,
        "card": card,
        "phone": resident_page.who_to_ring(request.actor, now=now),
    }
    return render(request, "conversations/resident/postpone.html", context)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: AskedBy) -> HttpResponse:
    """Stop: what then happens, and how to come back."""
    now = clock.now()
    current = residents.current_request(request.actor)
    if current.phase == "closed":
        return redirect("resident:question")
    if request.method == "POST":
        stop_request(actor=request.actor, help_request_id=current.id, now=now)
        messages.success(request, _("U bent gestopt."), extra_tags=f"undo:{reverse('resident:take_up')}")
        return redirect("resident:question")
    context = {
        "nav_current": KEY,
        "card": resident_page.appointment_of(request.actor, current.id, now=now),
        "may_wait": current.phase in MAY_WAIT,
        "phone": resident_page.who_to_ring(request.actor, now=now),
    }
    return render(request, "conversations/resident/stop.html", context)


@resident
@require_POST
def take_up(request: AskedBy) -> HttpResponse:
    """She goes on after all."""
    current = residents.current_request(request.actor)
    if current.phase == "closed":
        steering.take_up_again(actor=request.actor, help_request_id=current.id, now=clock.now())
        messages.success(request, _("Fijn. Uw vraag staat weer open. Wij zoeken een nieuwe dag."))
    return redirect("resident:question")


@resident
@require_POST
def choose(request: AskedBy) -> HttpResponse:
    """She starts something this week."""
    current = residents.current_request(request.actor)
    try:
        service_id = UUID(request.POST.get("service_id", ""))
    except ValueError:
        raise gate.not_here() from None
    offer = directory.one(current.region_id, service_id)
    if not offer.this_week:
        raise gate.not_here()
    if current.phase != "closed":
        steering.choose_meanwhile(
            actor=request.actor,
            help_request_id=current.id,
            service_id=service_id,
            service_name=offer.name,
            now=clock.now(),
        )
        undo = reverse("resident:let_go", args=[service_id])
        messages.success(request, _("Genoteerd. U kunt er zo naartoe."), extra_tags=f"undo:{undo}")
    return redirect(reverse("resident:question") + "#week")


@resident
@require_POST
def let_go(request: AskedBy, service_id: UUID) -> HttpResponse:
    """She takes a choice back."""
    current = residents.current_request(request.actor)
    steering.let_go_of_meanwhile(
        actor=request.actor, help_request_id=current.id, service_id=service_id, now=clock.now()
    )
    return redirect(reverse("resident:question") + "#week")


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """Her report: she reads it first and decides whether the GP may."""
    now = clock.now()
    if request.method == "POST":
        _decide(request, conversation_id)
        return redirect("resident:report", conversation_id=conversation_id)
    mine = resident_page.my_report(request.actor, conversation_id, now=now)
    context = {"nav_current": KEY, "report": mine, "today": clock.day_of(now)}
    return render(request, "conversations/resident/report.html", context)


def _decide(request: AskedBy, conversation_id: UUID) -> None:
    """'ja' lets the letter go now; 'nee' keeps it here. Anything else is not a decision."""
    now, choice = clock.now(), request.POST.get("besluit")
    if choice == "ja":
        seen = request.POST.get("versie", "")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else None
        agree_with_report(actor=request.actor, conversation_id=conversation_id, now=now, version=version)
        messages.success(request, _("Dank u. Uw huisarts kan het nu lezen."))
    elif choice == "nee":
        letters = referrals.letters_about(actor=request.actor, conversation_id=conversation_id)
        if not letters:
            raise gate.not_here()
        for letter_id in letters:
            referrals.object_to_letter(actor=request.actor, letter_id=letter_id, now=now)
        messages.success(request, _("Goed. Uw huisarts krijgt het niet."))

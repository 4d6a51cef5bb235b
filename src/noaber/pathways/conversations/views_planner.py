"""The planner's pages of one request: what fits, book, move, cancel, undo."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.ui.formatting import moment as in_words
from noaber.hallway.ui.types import DayStrip
from noaber.knowledge.calendar import dutch_holidays
from noaber.network.companions.queries import other_way_of
from noaber.pathways.conversations import queries, services
from noaber.pathways.conversations.forms import (
    BookingForm,
    HandmadeForm,
    MomentForm,
    ReasonForm,
    SearchFromForm,
    local_moment,
)
from noaber.pathways.conversations.types import Booking, PlannerCase
from noaber.pathways.conversations.undo import Undo, read_undo, undo_address
from noaber.pathways.conversations.wishes_at_table import company_words, missed_wish

UNPROCESSABLE = 422
CONFLICT = 409


# --- one request --------------------------------------------------------------------------------


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: AskedBy, help_request_id: UUID) -> HttpResponse:
    """One request: whom to ring, what fits, and book it."""
    if request.method == "POST" and "again" not in request.POST:
        return _book(request, help_request_id)
    return _case_page(request, help_request_id)


def _case_page(
    request: AskedBy,
    help_request_id: UUID,
    *,
    wrong: BookingForm | None = None,
    search: bool = False,
    reason_form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    from_form = SearchFromForm(request.GET or None)
    not_before = _not_before(from_form)
    found = queries.case(request.actor, help_request_id, now=now, not_before=not_before, search=search)
    moving = search and found.booked is not None
    context = {
        "nav_current": "planbord",
        "case": found,
        "moving": moving,
        "via": other_way_of(found.thread.resident_id),
        "missed_wish": missed_wish(found),
        "company": company_words(found.thread.resident_id),
        "strip": _case_strip(found, clock.day_of(now)),
        "from_form": from_form if from_form.is_bound else SearchFromForm(),
        "searched_from": not_before,
        "wrong": wrong,
        "typed_reason": request.POST.get("reason", "") if request.method == "POST" else "",
        "reason_form": (reason_form or ReasonForm()) if moving else None,
        "other_reason_form": ReasonForm(auto_id="zonder_%s") if moving else None,
        "post_to": _post_to(found, moving=moving),
        "holders": queries.holder_choices(request.actor, now=now) if found.thread.holder is None else (),
        "now": now,
        "today": clock.day_of(now),
    }
    return render(request, "conversations/planner/case.html", context, status=status)


def _post_to(found: PlannerCase, *, moving: bool) -> str:
    if moving and found.booked is not None:
        return reverse("conversations:move", args=[found.booked.id])
    return reverse("conversations:case", args=[found.thread.id])


def _not_before(form: SearchFromForm) -> datetime | None:
    if not form.is_bound or not form.is_valid() or not form.cleaned_data["vanaf"]:
        return None
    return local_moment(form.cleaned_data["vanaf"], time(0))


def _case_strip(found: PlannerCase, today: date) -> DayStrip | None:
    if found.number > 1:
        return None
    days, received = found.thread.days, clock.day_of(found.thread.received_at)
    first = found.proposals.options[0] if found.proposals and found.proposals.options else None
    return DayStrip(
        start=received,
        today=today,
        days=days.norm,
        booked=clock.day_of(found.booked.starts_at) if found.booked else None,
        proposal=clock.day_of(first.starts_at) if first and not found.booked else None,
        deadline=days.deadline_on,
        closed=dutch_holidays(received.year) | dutch_holidays(days.deadline_on.year),
        postponed=found.postponed,
    )


def _book(request: AskedBy, help_request_id: UUID) -> HttpResponse:
    form = BookingForm(request.POST)
    here = reverse("conversations:case", args=[help_request_id])
    if not form.is_valid():
        return _case_page(request, help_request_id, wrong=form, status=UNPROCESSABLE)
    booking = form.booking()
    try:
        conversation_id = services.book_conversation(
            actor=request.actor, help_request_id=help_request_id, booking=booking, now=clock.now()
        )
    except Conflict as conflict:
        return _just_taken(request, conflict, back=here, reason=booking.lived_experience_reason)
    except Invalid as refusal:
        form.add_error(None, refusal.sentence())
        return _case_page(request, help_request_id, wrong=form, status=UNPROCESSABLE)
    return _booked(request, help_request_id, conversation_id, booking)


def _booked(
    request: HttpRequest, help_request_id: UUID, conversation_id: UUID, booking: Booking
) -> HttpResponseRedirect:
    undo = Undo("booked", help_request_id, conversation_id)
    say(request, _("Het gesprek staat vast: %(when)s.") % {"when": in_words(booking.starts_at)}, undo)
    return redirect("conversations:case", help_request_id)


def say(request: HttpRequest, words: str, undo: Undo | None = None) -> None:
    messages.success(request, words, extra_tags=f"undo:{undo_address(undo)}" if undo else "")


def _just_taken(request: HttpRequest, conflict: Conflict, *, back: str, reason: str = "") -> HttpResponse:
    """A polite 409: nothing was booked twice, what was typed is kept, and the way back is one button."""
    context = {"nav_current": "planbord", "failure": conflict, "back": back, "reason": reason}
    return render(request, "conversations/planner/just_taken.html", context, status=CONFLICT)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: AskedBy, help_request_id: UUID) -> HttpResponse:
    """Choose the moment, the people and the room by hand; also to move what is booked."""
    now = clock.now()
    found = queries.case(request.actor, help_request_id, now=now)
    if not found.may_book:
        return redirect("conversations:case", help_request_id)
    asked = request.GET if "dag" in request.GET else None
    moment_form = MomentForm(asked, now=now, initial=_first_moment(found))
    there = form = None
    status = 200
    if moment_form.is_bound and moment_form.is_valid():
        starts_at = moment_form.cleaned_data["starts_at"]
        there = queries.available_at(request.actor, help_request_id, starts_at=starts_at, now=now)
        given = request.POST if request.method == "POST" else None
        form = HandmadeForm(
            given, there=there, modes=found.rules.modes, initial={"manier": found.rules.default_mode}
        )
        if given is not None and form.is_valid():
            answer = _book_by_hand(request, found, form)
            if answer is not None:
                return answer
        status = UNPROCESSABLE if given is not None else 200
    context = {
        "nav_current": "planbord",
        "case": found,
        "moment_form": moment_form,
        "form": form,
        "there": there,
        "taken": [p for p in there.people if p.state == "taken"] if there else [],
        "now": now,
    }
    return render(request, "conversations/planner/by_hand.html", context, status=status)


def _first_moment(found: PlannerCase) -> dict[str, Any]:
    if found.proposals is None or not found.proposals.options:
        return {"dag": found.earliest_on}
    start = found.proposals.options[0].starts_at.astimezone(clock.AMSTERDAM)
    return {"dag": start.date(), "tijd": start.time()}


def _book_by_hand(request: AskedBy, found: PlannerCase, form: HandmadeForm) -> HttpResponse | None:
    """The answer to a good choice; None when the region does not accept these people."""
    now, booking, thread_id = clock.now(), form.booking(), found.thread.id
    try:
        if found.booked is None:
            conversation_id = services.book_conversation(
                actor=request.actor, help_request_id=thread_id, booking=booking, now=now
            )
            return _booked(request, thread_id, conversation_id, booking)
        before = services.move_conversation(
            actor=request.actor, conversation_id=found.booked.id, booking=booking, now=now
        )
    except Conflict as conflict:
        return _just_taken(request, conflict, back=request.get_full_path())
    except Invalid as refusal:
        form.add_error(None, refusal.sentence())
        return None
    return _moved(request, thread_id, found.booked.id, booking, before)


# --- move, cancel, undo -------------------------------------------------------------------------


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """Another time for what is booked."""
    purpose = "om een andere dag te plannen"
    row = queries.one(request.actor, conversation_id, action="rebook", purpose=purpose, now=clock.now())
    thread_id = row.help_request_id
    if row.state != row.State.PLANNED:
        return redirect("conversations:case", thread_id)
    if request.method != "POST" or "again" in request.POST:
        return _case_page(request, thread_id, search=True)
    form, why = BookingForm(request.POST), ReasonForm(request.POST)
    if not (form.is_valid() and why.is_valid()):
        return _case_page(request, thread_id, search=True, wrong=form, reason_form=why, status=UNPROCESSABLE)
    booking = form.booking()
    try:
        before = services.move_conversation(
            actor=request.actor,
            conversation_id=conversation_id,
            booking=booking,
            because=why.cleaned_data["because"],
            now=clock.now(),
        )
    except Conflict as conflict:
        return _just_taken(request, conflict, back=request.path, reason=booking.lived_experience_reason)
    except Invalid as refusal:
        form.add_error(None, refusal.sentence())
        return _case_page(request, thread_id, search=True, wrong=form, reason_form=why, status=UNPROCESSABLE)
    return _moved(request, thread_id, conversation_id, booking, before)


def _moved(
    request: HttpRequest, thread_id: UUID, conversation_id: UUID, booking: Booking, before: Booking
) -> HttpResponseRedirect:
    words = _("Het gesprek is verplaatst naar %(when)s.") % {"when": in_words(booking.starts_at)}
    say(request, words, Undo("moved", thread_id, conversation_id, before))
    return redirect("conversations:case", thread_id)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """Cancel what is booked, with a reason that the resident reads."""
    now = clock.now()
    row = queries.one(
        request.actor, conversation_id, action="rebook", purpose="om uw afspraak af te zeggen", now=now
    )
    if row.state != row.State.PLANNED:
        return redirect("conversations:case", row.help_request_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        before = services.cancel_conversation(
            actor=request.actor, conversation_id=row.pk, because=form.cleaned_data["because"], now=now
        )
        undo = Undo("cancelled", row.help_request_id, row.pk, before)
        say(request, _("Het gesprek is afgezegd. De vraag staat weer op het planbord."), undo)
        return redirect("conversations:case", row.help_request_id)
    context = {
        "nav_current": "planbord",
        "card": queries.as_card(row, now=now),
        "code": row.help_request.code,
        "form": form,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "conversations/planner/cancel.html", context, status=status)


@staff
@require_POST
def undo(request: AskedBy, token: str) -> HttpResponse:
    """Take back what was just done, as far as the world still allows it."""
    try:
        asked = read_undo(token)
    except signing.BadSignature:
        raise gate.not_here() from None
    here = reverse("conversations:case", args=[asked.help_request_id])
    now = clock.now()
    try:
        if asked.act == "booked":
            services.cancel_conversation(
                actor=request.actor,
                conversation_id=asked.conversation_id,
                because=gettext_noop("de planner draaide het terug"),
                now=now,
            )
        elif asked.act == "moved" and asked.before is not None:
            services.move_conversation(
                actor=request.actor, conversation_id=asked.conversation_id, booking=asked.before, now=now
            )
        elif asked.before is not None:
            services.book_conversation(
                actor=request.actor, help_request_id=asked.help_request_id, booking=asked.before, now=now
            )
    except (Conflict, Invalid) as refusal:
        conflict = Conflict(
            refusal.code, happened=refusal.happened, why=refusal.why, now_what=refusal.now_what
        )
        return _just_taken(request, conflict, back=here)
    say(request, _("Teruggedraaid. Iedereen krijgt daar bericht van."))
    return redirect("conversations:case", asked.help_request_id)


@staff
@require_safe
def calendar(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """The appointment as a calendar file."""
    content = queries.calendar_file(request.actor, conversation_id, action="rebook", now=clock.now())
    return calendar_answer(content)


def calendar_answer(content: bytes) -> HttpResponse:
    """A download with a name that says nothing."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return response

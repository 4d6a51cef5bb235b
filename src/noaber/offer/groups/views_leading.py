"""Mijn groepen: today's sessions, attendance on a tablet, the waiting list, measures and hours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.offer.groups import queries_leading, services, services_leading, words
from noaber.offer.groups.forms_leading import CallOffForm, EvaluationForm, HoursForm, MeasureForm
from noaber.offer.groups.models import Attendance, Enrolment, Session
from noaber.offer.groups.views import write_on

NAV = "mijn_groepen"
ACTS = ("bevestig", "bied", "ja", "nee", "stop")


@staff
@require_safe
def mine(request: AskedBy) -> HttpResponse:
    """What is on today, what was not noted yet, and the groups."""
    page = queries_leading.leader_page(request.actor, now=clock.now())
    return render(request, "groups/leading/mine.html", {"nav_current": NAV, "page": page})


@staff
@require_safe
def led(request: AskedBy, group_id: UUID) -> HttpResponse:
    """One group with its people and its waiting list."""
    page = queries_leading.led_group(request.actor, group_id, now=clock.now())
    context = {"nav_current": NAV, "page": page, "ahead": words.AHEAD.items()}
    return render(request, "groups/leading/group.html", context)


@staff
@require_POST
def act(request: AskedBy, enrolment_id: UUID) -> HttpResponse:
    """One press on the list: confirm, offer, write down an answer, or let go."""
    found = Enrolment.objects.all()
    seen = gate.get(request.actor, "manage", found, resource="enrolment", pk=enrolment_id)
    what = request.POST.get("doe", "")
    given = {"actor": request.actor, "enrolment_id": enrolment_id, "now": clock.now()}
    if what not in ACTS:
        messages.error(request, _("Kies eerst wat u wilt doen."))
        return redirect("groups:led", group_id=seen.group_id)
    try:
        said = _act(what, given, request.POST.get("voorrang", ""))
    except Invalid as wrong:
        messages.error(request, wrong.sentence())
    else:
        messages.success(request, said)
    return redirect("groups:led", group_id=seen.group_id)


def _act(what: str, given: dict[str, Any], ahead: str) -> str:
    if what == "bevestig":
        row = services.confirm(**given)
        return _("Bevestigd: doet mee.") if row.seat else _("Bevestigd: staat op de wachtlijst.")
    if what == "bied":
        services.offer(**given, ahead_because=ahead if ahead in Enrolment.Ahead.values else "")
        return _("De plek is aangeboden.")
    if what == "stop":
        services.refuse(**given)
        return _("Genoteerd.")
    services.answer_for_her(**given, accepts=what == "ja")
    return _("Genoteerd: doet mee.") if what == "ja" else _("Genoteerd. De volgende is aan de beurt.")


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: AskedBy, session_id: UUID) -> HttpResponse:
    """Who is here: one tap for each. It keeps by itself, and a press on 'Bewaar' does the same."""
    now = clock.now()
    if request.method == "POST":
        return _keep(request, session_id)
    page = queries_leading.sheet(request.actor, session_id, now=now)
    context = {
        "nav_current": NAV,
        "page": page,
        "states": [("present", _("Er")), ("called", _("Afgemeld")), ("absent", _("Niet er"))],
        "counts": sum(1 for _id, _name, state in page.people if state == Attendance.State.PRESENT),
    }
    return render(request, "groups/leading/attendance.html", context)


def _keep(request: AskedBy, session_id: UUID) -> HttpResponse:
    states = {}
    for name, value in request.POST.items():
        if name.startswith("wie-"):
            try:
                states[UUID(name.removeprefix("wie-"))] = str(value)
            except ValueError:
                continue
    by_itself = request.headers.get("X-Requested-With") == "fetch"
    try:
        noted, _first = services_leading.take_attendance(
            actor=request.actor, session_id=session_id, states=states, now=clock.now()
        )
    except Invalid as wrong:
        if by_itself:
            return JsonResponse({"said": wrong.sentence()}, status=422)
        messages.error(request, wrong.sentence())
        return redirect("groups:attendance", session_id=session_id)
    if by_itself:
        return JsonResponse({"noted": noted})
    messages.success(request, _("Bewaard."))
    return redirect("groups:mine")


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: AskedBy, session_id: UUID) -> HttpResponse:
    """A session does not take place."""
    found = Session.objects.select_related("group")
    row = gate.get(request.actor, "lead", found, resource="group_session", pk=session_id)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services_leading.cancel_session(
                actor=request.actor, session_id=session_id, now=clock.now(), **form.cleaned_data
            )
        except (Invalid, Conflict) as wrong:
            status = write_on(form, wrong)
        else:
            messages.success(request, _("Deze bijeenkomst gaat niet door. Bel wie geen eigen pagina heeft."))
            return redirect("groups:led", group_id=row.group_id)
    context = {"nav_current": NAV, "form": form, "session": row}
    return render(request, "groups/leading/call_off.html", context, status=status)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: AskedBy, enrolment_id: UUID) -> HttpResponse:
    """How somebody says it goes, at the start and at the end; only who wants to."""
    now = clock.now()
    person = queries_leading.one_person(request.actor, enrolment_id, now=now)
    initial = {moment: str(score) for moment, score in person.measures.items()}
    form = MeasureForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        for moment, score in form.cleaned_data.items():
            services_leading.measure(
                actor=request.actor,
                enrolment_id=enrolment_id,
                moment=moment,
                score=int(score) if score else None,
                now=now,
            )
        messages.success(request, _("Bewaard."))
        return redirect("groups:led", group_id=person.group_id)
    context = {"nav_current": NAV, "form": form, "person": person}
    return render(request, "groups/leading/measure.html", context, status=status)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: AskedBy, group_id: UUID) -> HttpResponse:
    """Hours of one's own, for the settlement."""
    seat = queries_leading.own_leading(request.actor, group_id)
    initial = {"day": clock.today()}
    form = HoursForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services_leading.add_hours(
                actor=request.actor, group_id=group_id, now=clock.now(), **form.cleaned_data
            )
        except Invalid as wrong:
            status = write_on(form, wrong)
        else:
            messages.success(request, _("Uw uren zijn genoteerd."))
            return redirect("groups:led", group_id=group_id)
    noted = list(seat.hours.order_by("-day")[:12])
    context = {"nav_current": NAV, "form": form, "seat": seat, "noted": noted}
    return render(request, "groups/leading/hours.html", context, status=status)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: AskedBy, group_id: UUID) -> HttpResponse:
    """How the group went."""
    seat = queries_leading.own_leading(request.actor, group_id)
    form = EvaluationForm(
        request.POST if request.method == "POST" else None, initial={"held_on": clock.today()}
    )
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services_leading.evaluate(
                actor=request.actor, group_id=group_id, now=clock.now(), **form.cleaned_data
            )
        except Invalid as wrong:
            status = write_on(form, wrong)
        else:
            messages.success(request, _("Bewaard. Dank u wel."))
            return redirect("groups:led", group_id=group_id)
    context = {"nav_current": NAV, "form": form, "seat": seat}
    return render(request, "groups/leading/evaluate.html", context, status=status)

"""Forming groups: what could start now, proposing it, and starting it or letting it go."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.access.types import Role
from noaber.knowledge.group_forming import forming, kinds
from noaber.offer.groups.forming import pool, queries, rules, services_proposals, services_starting
from noaber.offer.groups.forming.forms import LetGoForm, ProposalForm
from noaber.offer.groups.forming.types import Chance, LeaderChoice
from noaber.offer.groups.forming.views import write_on

NAV = "vormen"
HOURS = {"morning": time(10), "afternoon": time(14), "evening": time(19)}


@staff
@require_safe
def board(request: AskedBy) -> HttpResponse:
    """What runs, what could start now and why, who waits for what, and what was before."""
    now = clock.now()
    lines = queries.proposals(request.actor)
    context = {
        "nav_current": NAV,
        "running": [line for line in lines if line.state == "asked"],
        "before": [line for line in lines if line.state != "asked"],
        "chances": queries.chances(request.actor, now=now),
        "cells": queries.pool_table(request.actor, now=now),
        "hidden": queries.hidden_words(),
    }
    return render(request, "groups/forming/board.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: AskedBy) -> HttpResponse:
    """Propose a group that could start: when, where, who leads, who carries which part of the costs."""
    now = clock.now()
    gate.require_act(request.actor, "groups.form")
    key = str((request.POST if request.method == "POST" else request.GET).get("key", ""))
    chance = queries.chance(request.actor, key, now=now)
    if chance is None and (once_key := request.POST.get("once_key", "").replace("\0", "")):
        made_before = services_proposals.made_with(request.actor, once_key)
        if made_before is not None:
            return redirect("forming:proposal", proposal_id=made_before)
    if chance is None:
        messages.warning(request, _("Deze groep kan niet meer op deze manier. Hieronder staat wat nu kan."))
        return redirect("forming:board")
    region_id = queries.region_of(request.actor, Role.GROUP_ORGANISER)
    form = _form(request, chance, region_id)
    if request.method == "POST" and form.is_valid():
        try:
            made = services_proposals.propose(
                actor=request.actor, region_id=region_id, new=form.new(), now=now
            )
        except (Invalid, Conflict) as wrong:
            write_on(form, wrong)
            form.data = {
                **request.POST.dict(),
                "leaders": request.POST.getlist("leaders"),
                "seen": chance.seen,
            }
        else:
            messages.success(request, _("De vraag ligt nu bij de organisaties. Zij vragen hun mensen."))
            return redirect("forming:proposal", proposal_id=made)
    context = {"nav_current": NAV, "form": form, "chance": chance}
    return render(request, "groups/forming/propose.html", context, status=422 if form.errors else 200)


def _form(request: AskedBy, chance: Chance, region_id: UUID) -> ProposalForm:
    begins = _first_day(chance.day_part, clock.today() + timedelta(days=forming().start_after_days))
    kind = kinds()[chance.kind]
    choices = pool.leader_choices(
        region_id, from_on=begins, until_on=services_proposals.last_day(begins, kind.sessions)
    )
    organisations = pool.organisations_of(region_id, chance.organisations, choices)
    initial: dict[str, Any] = {
        "key": chance.key,
        "seen": chance.seen,
        "title": _("Samen over %(theme)s") % {"theme": chance.theme_label.lower()},
        "starts_on": begins,
        "from_time": HOURS[chance.day_part.split("_")[1]],
        "minutes": kind.minutes,
        "sessions": kind.sessions,
        "deadline": min(services_proposals.answer_until(clock.today()), begins - timedelta(days=1)),
        "leaders": [str(one) for one in chance.leader_ids],
        "carried_by": organisations[0][0] if organisations else "",
        "euros_per_hour": Decimal(forming().cents_per_hour).scaleb(-2),
        "leader_hours": kind.leader_hours,
        "other_euros": Decimal(forming().other_cents * kind.sessions).scaleb(-2),
    }
    return ProposalForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        rooms=queries.rooms_in(chance.municipality_id),
        leaders=[(str(one.account_id), _leader_words(one, chance.day_part)) for one in choices],
        organisations=organisations,
    )


def _leader_words(one: LeaderChoice, day_part: str) -> str:
    free = _("vrij") if day_part not in one.busy else _("begeleidt dan al een groep")
    return f"{one.name}, {one.organisation} ({free})"


def _first_day(day_part: str, after: date) -> date:
    wanted = rules.DAYS.index(day_part.split("_")[0])
    return after + timedelta(days=(wanted - after.weekday()) % 7)


@staff
@require_safe
def proposal(request: AskedBy, proposal_id: UUID) -> HttpResponse:
    """A proposal with its answers, costs and everything that happened."""
    return _show(request, proposal_id, LetGoForm())


def _show(request: AskedBy, proposal_id: UUID, form: LetGoForm) -> HttpResponse:
    page = queries.proposal(request.actor, proposal_id, now=clock.now())
    context = {
        "nav_current": NAV,
        "page": page,
        "form": form,
        "may_act": page.line.state == "asked",
        "group_url": f"/groepen/{page.line.group_id}/" if page.line.group_id else "",
    }
    return render(request, "groups/forming/proposal.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def start(request: AskedBy, proposal_id: UUID) -> HttpResponse:
    """Start the group. Pressed twice, or by two at once, it is one group."""
    try:
        services_starting.start(actor=request.actor, proposal_id=proposal_id, now=clock.now())
    except (Invalid, Conflict) as wrong:
        messages.warning(request, wrong.sentence())
    else:
        messages.success(request, _("De groep is gestart. Iedereen die ja zei, heeft een plek."))
    return redirect("forming:proposal", proposal_id=proposal_id)


@staff
@require_POST
def let_go(request: AskedBy, proposal_id: UUID) -> HttpResponse:
    """The proposal does not go through."""
    form = LetGoForm(request.POST)
    if not form.is_valid():
        return _show(request, proposal_id, form)
    services_starting.let_go(
        actor=request.actor, proposal_id=proposal_id, because=form.cleaned_data["because"], now=clock.now()
    )
    messages.success(request, _("Het voorstel gaat niet door. Iedereen houdt de eigen plek en datum."))
    return redirect("forming:proposal", proposal_id=proposal_id)

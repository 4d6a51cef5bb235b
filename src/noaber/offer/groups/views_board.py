"""The board of groups for who organises them and who steers: fill, waiting, leaders, hours and decisions."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.ground.safe_csv import BOM, safe_cell
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.network.partners import queries as partners
from noaber.offer.groups import figures, queries_board, services, services_deciding, words
from noaber.offer.groups.forms_leading import DecisionForm, GroupForm, LeaderForm, PeriodForm
from noaber.offer.groups.models import Group, Leader
from noaber.offer.groups.types import NewLeader
from noaber.offer.groups.views import write_on

NAV = "groepenbord"


@staff
@require_safe
def board(request: AskedBy) -> HttpResponse:
    """All groups: how full, who waits, what was decided."""
    kind = request.GET.get("soort", "")
    page = queries_board.board(
        request.actor,
        kind=kind if kind in Group.Kind.values else "",
        municipality=request.GET.get("gemeente", ""),
        now=clock.now(),
    )
    context = {"nav_current": NAV, "page": page, "kinds": words.KINDS.items(), "kind": kind}
    return render(request, "groups/board/board.html", context)


@staff
@require_safe
def board_group(request: AskedBy, group_id: UUID) -> HttpResponse:
    """One group: figures, leaders, hours and the log of decisions."""
    page = queries_board.board_group(request.actor, group_id, now=clock.now())
    context = {
        "nav_current": NAV,
        "page": page,
        "standing": words.STANDINGS[page.card.standing],
        "decisions": [(row, words.DIRECTIONS[row.direction]) for row in page.decisions],
    }
    return render(request, "groups/board/group.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: AskedBy, group_id: UUID | None = None) -> HttpResponse:
    """Make a group, or change one."""
    gate.require_act(request.actor, "groups.board")
    row = None
    if group_id is not None:
        row = gate.get(request.actor, "keep", Group.objects.all(), resource="group", pk=group_id)
    region_id = row.region_id if row else queries_board.region_of(request.actor)
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        initial=GroupForm.of(row) if row else {"starts_on": clock.today()},
        homes=queries_board.homes(region_id),
        places=[(str(place.pk), place.name) for place in partners.municipalities_of(region_id)],
    )
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = services.keep_group(
                region_id=region_id,
                new=form.new_group(row),
                by_name=request.actor.name,
                once_key=form.cleaned_data["once_key"],
                group_id=group_id,
                version=form.cleaned_data.get("version") or 0,
                now=clock.now(),
            )
        except (Invalid, Conflict) as wrong:
            status = write_on(form, wrong)
        else:
            messages.success(request, _("De groep is bewaard."))
            return redirect("groups:board_group", group_id=made)
    context = {"nav_current": NAV, "form": form, "row": row}
    return render(request, "groups/board/keep.html", context, status=status)


@staff
@require_POST
def plan(request: AskedBy, group_id: UUID) -> HttpResponse:
    """Plan the sessions of the weekly pattern, or end or cancel the group."""
    gate.get(request.actor, "keep", Group.objects.all(), resource="group", pk=group_id)
    what, now = request.POST.get("doe", ""), clock.now()
    try:
        if what == "plan":
            n = services.plan_sessions(group_id=group_id, now=now)
            messages.success(request, _("Er zijn %(n)s bijeenkomsten bij gepland.") % {"n": n})
        elif what in {Group.State.ENDED, Group.State.CANCELLED}:
            services.set_state(group_id=group_id, state=what, by_name=request.actor.name, now=now)
            messages.success(request, _("De groep is gestopt. Niemand staat nog op de lijst."))
        else:
            messages.error(request, _("Kies eerst wat u wilt doen."))
    except Invalid as wrong:
        messages.error(request, wrong.sentence())
    return redirect("groups:board_group", group_id=group_id)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def leaders(request: AskedBy, group_id: UUID) -> HttpResponse:
    """Who leads this group, of which organisation."""
    now = clock.now()
    people = queries_board.possible_leaders(request.actor, group_id, now=now)
    page = queries_board.board_group(request.actor, group_id, now=now)
    form = LeaderForm(
        request.POST if request.method == "POST" else None,
        people=people,
        initial={"from_on": clock.today()},
    )
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        account_id, organisation_id = given.pop("who").split(":")
        try:
            new = NewLeader(account_id=UUID(account_id), organisation_id=UUID(organisation_id), **given)
            services.add_leader(group_id=group_id, new=new, now=now)
        except (Invalid, Conflict) as wrong:
            status = write_on(form, wrong)
        else:
            messages.success(request, _("Deze collega begeleidt nu de groep."))
            return redirect("groups:leaders", group_id=group_id)
    context = {"nav_current": NAV, "form": form, "page": page, "someone": bool(people)}
    return render(request, "groups/board/leaders.html", context, status=status)


@staff
@require_POST
def end_leader(request: AskedBy, leader_id: UUID) -> HttpResponse:
    """A leader stops today, and from now on sees nothing of the group."""
    row = Leader.objects.filter(pk=leader_id).first()
    if row is None:
        raise gate.not_here()
    gate.get(request.actor, "keep", Group.objects.all(), resource="group", pk=row.group_id)
    services.end_leader(leader_id=leader_id, until_on=clock.today(), now=clock.now())
    messages.success(request, _("Deze collega begeleidt de groep niet meer."))
    return redirect("groups:leaders", group_id=row.group_id)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AskedBy, group_id: UUID) -> HttpResponse:
    """Up, on or down, with the figures of today beside it."""
    now = clock.now()
    page = queries_board.board_group(request.actor, group_id, now=now)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, initial={"decided_on": clock.today()}
    )
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services_deciding.decide(actor=request.actor, group_id=group_id, now=now, **form.cleaned_data)
        except Invalid as wrong:
            status = write_on(form, wrong)
        else:
            messages.success(request, _("Het besluit staat in het logboek."))
            return redirect("groups:board_group", group_id=group_id)
    context = {"nav_current": NAV, "form": form, "page": page}
    return render(request, "groups/board/decide.html", context, status=status)


@staff
@require_safe
def hours(request: AskedBy) -> HttpResponse:
    """Hours by group and organisation over days, with the settlement; also as a file."""
    gate.require_act(request.actor, "groups.board")
    today = clock.today()
    lately = today - timedelta(days=28)
    first = date(lately.year, (lately.month - 1) // 3 * 3 + 1, 1)
    form = PeriodForm(request.GET if "van" in request.GET else None, initial={"van": first, "tot": today})
    from_on, until_on = first, today
    if form.is_bound and form.is_valid():
        from_on, until_on = form.cleaned_data["van"], form.cleaned_data["tot"]
    rows = queries_board.hours_of_region(request.actor, from_on, until_on)
    if request.GET.get("als") == "csv":
        return _csv(rows, from_on, until_on)
    context = {"nav_current": NAV, "form": form, "rows": rows, "from_on": from_on, "until_on": until_on}
    return render(request, "groups/board/hours.html", context, status=422 if form.errors else 200)


def _csv(rows: list[figures.HoursRow], from_on: date, until_on: date) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["groep", "organisatie", "uren", "deel %", "verrekenen uren", "van", "tot en met"])
    for row in rows:
        writer.writerow(
            [
                safe_cell(row.group),
                safe_cell(row.organisation),
                figures.decimal_words(row.hours),
                "" if row.share is None else figures.decimal_words(row.share),
                figures.decimal_words(row.settles),
                from_on.isoformat(),
                until_on.isoformat(),
            ]
        )
    response = HttpResponse(BOM + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="uren-groepen-{from_on}-{until_on}.csv"'
    return response

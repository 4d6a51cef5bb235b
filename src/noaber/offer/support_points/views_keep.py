"""Keeping a point: days that differ, the programme, its story, its capacity, opening and ending it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.access.types import Role
from noaber.knowledge.support_points import characteristics_source, measures
from noaber.offer.support_points import (
    queries,
    queries_keep,
    queries_work,
    services,
    services_keeping,
    showing,
)
from noaber.offer.support_points.forms_work import (
    WEEKDAYS,
    CapacityForm,
    EndForm,
    ItemForm,
    NewPointForm,
    PointForm,
    SpecialDayForm,
    StoryForm,
)
from noaber.offer.support_points.types import NewPoint

NAV = "ons_steunpunt"


def write_on(form: Form, wrong: NoaberError) -> None:
    """What was refused, beside the field it is about."""
    named = {name: said for name, said in wrong.fields.items() if name in form.fields}
    for name, said in named.items():
        form.add_error(name, said)
    if not named:
        form.add_error(None, wrong.sentence())


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: AskedBy, point_id: UUID) -> HttpResponse:
    """Days that differ and the programme; the weekly hours are those of the entry in the directory."""
    now, today = clock.now(), clock.today()
    row = services.point_for(request.actor, point_id)
    asked = request.POST.get("wat", "")
    special = SpecialDayForm(request.POST if asked == "dag" else None, initial={"on": today})
    item = ItemForm(request.POST if asked == "programma" else None)
    form = {"dag": special, "programma": item}.get(asked)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            if form is special:
                services.keep_special_day(
                    actor=request.actor, point_id=point_id, now=now, **special.cleaned_data
                )
            else:
                services.keep_item(actor=request.actor, point_id=point_id, now=now, **item.cleaned_data)
        except (Invalid, Conflict) as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("Dit staat nu op de pagina van het steunpunt."))
            return redirect("support_points:days", point_id=point_id)
    point = queries.point(row.pk)
    context = {
        "nav_current": NAV,
        "point": point,
        "special": special,
        "item": item,
        "failed": form if form is not None and form.errors else None,
        "specials": queries_work.coming_specials(point_id, today),
        "weekdays": dict(WEEKDAYS),
        "programme": [
            (one, dict(WEEKDAYS).get(one.weekday or 0, "")) for one in queries_work.programme(point_id, today)
        ],
        "week": showing.week(queries.days([point], from_on=today)[point_id], today),
    }
    return render(request, "support_points/days.html", context, status=422 if context["failed"] else 200)


@staff
@require_POST
def drop_day(request: AskedBy, point_id: UUID) -> HttpResponse:
    """A day is as every week again."""
    services.point_for(request.actor, point_id)
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        return redirect("support_points:days", point_id=point_id)
    services.drop_special_day(actor=request.actor, point_id=point_id, on=on)
    messages.success(request, _("Deze dag is weer zoals altijd."))
    return redirect("support_points:days", point_id=point_id)


@staff
@require_POST
def stop_item(request: AskedBy, point_id: UUID, item_id: UUID) -> HttpResponse:
    """It is on no more."""
    services.stop_item(actor=request.actor, point_id=point_id, item_id=item_id, now=clock.now())
    messages.success(request, _("Dit staat niet meer in het programma."))
    return redirect("support_points:days", point_id=point_id)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: AskedBy, point_id: UUID) -> HttpResponse:
    """What the point tells about itself along the ten characteristics; no score, no pass and no fail."""
    services.point_for(request.actor, point_id)
    point, told = queries_work.assessments(request.actor, point_id)
    first: dict[str, object] = {"version": told[0].version if told else 0}
    for answer in told[0].answers if told else ():
        first |= {
            f"{answer.code}_text": answer.text,
            f"{answer.code}_evidence": answer.evidence,
            f"{answer.code}_following": answer.following,
        }
    form = StoryForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services_keeping.tell_about_ourselves(
                actor=request.actor,
                point_id=point_id,
                answers=form.answers(),
                with_whom=form.cleaned_data["with_whom"],
                version=form.cleaned_data["version"],
                now=clock.now(),
            )
        except (Invalid, Conflict) as wrong:
            write_on(form, wrong)
            if isinstance(wrong, Conflict):
                form.data = {**request.POST.dict(), "version": str(told[0].version if told else 0)}
        else:
            messages.success(request, _("Uw verhaal is bewaard. Wat u eerder schreef blijft te lezen."))
            return redirect("support_points:story", point_id=point_id)
    context = {
        "nav_current": NAV,
        "point": point,
        "form": form,
        "told": told,
        "source": characteristics_source(),
    }
    return render(request, "support_points/story.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: AskedBy, point_id: UUID) -> HttpResponse:
    """What stands beside the entry, what the point can hold, and its end."""
    now, today = clock.now(), clock.today()
    row = services.point_for(request.actor, point_id, "manage")
    point = queries.point(row.pk)
    asked = request.POST.get("wat", "")
    first = {
        "recovery_phases": list(point.recovery_phases),
        "platform_name": point.platform_name,
        "platform_url": point.platform_url,
        "version": point.version,
    }
    about = PointForm(request.POST if asked == "punt" else None, initial=first)
    holds = CapacityForm(
        request.POST if asked == "capaciteit" else None, initial={"from_on": today}, kind=point.kind
    )
    ends = EndForm(request.POST if asked == "einde" else None)
    form = {"punt": about, "capaciteit": holds, "einde": ends}.get(asked)
    if request.method == "POST" and form is not None and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            if form is about:
                given["recovery_phases"] = tuple(given["recovery_phases"])
                services_keeping.keep_point(actor=request.actor, point_id=point_id, **given)
            elif form is holds:
                services_keeping.keep_capacity(actor=request.actor, point_id=point_id, now=now, **given)
            else:
                services_keeping.end_point(
                    actor=request.actor, point_id=point_id, on=given["ended_on"], now=now
                )
        except (Invalid, Conflict) as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("Het steunpunt is bijgewerkt."))
            if form is ends:
                return redirect("support_points:ours")
            return redirect("support_points:manage", point_id=point_id)
    context = {
        "nav_current": NAV,
        "point": point,
        "kind": showing.kind_word(point.kind),
        "about": about,
        "holds": holds,
        "ends": ends,
        "failed": form if form is not None and form.errors else None,
        "capacities": [(one, measures().get(one.measure)) for one in queries_work.capacities([point_id])],
        "computed": queries.hours_a_week(point, today),
    }
    return render(request, "support_points/manage.html", context, status=422 if context["failed"] else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AskedBy) -> HttpResponse:
    """Make a point of an entry of the own organisation."""
    gate.require_act(request.actor, "support_points.open")
    homes = request.actor.organisations(Role.ORGANISATION_ADMIN)
    if not homes:
        raise gate.not_here()
    entries = queries_keep.entries_without_point(homes)
    form = NewPointForm(
        request.POST or None,
        entries=[(str(one.service_id), one.name) for one in entries],
        initial={"opened_on": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in entries if str(one.service_id) == form.cleaned_data["service_id"])
        try:
            made = services_keeping.open_point(
                actor=request.actor,
                organisation_id=chosen.organisation_id,
                new=NewPoint(
                    kind=form.cleaned_data["kind"],
                    opened_on=form.cleaned_data["opened_on"],
                    service_id=chosen.service_id,
                ),
                now=clock.now(),
            )
        except (Invalid, Conflict) as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("Het steunpunt staat er. Iedereen kan het nu vinden."))
            return redirect("support_points:manage", point_id=made)
    context = {"nav_current": NAV, "form": form, "entries": entries}
    return render(request, "support_points/new.html", context, status=422 if form.errors else 200)

"""Prevention activities: the calendar for residents, and the pages of who plans."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public, staff
from noaber.hallway.accounts.frame import region_for
from noaber.network.partners import queries as partners
from noaber.offer.neighbourhood import queries, queries_activities, services_activities
from noaber.offer.neighbourhood.forms_activities import ActivityForm, CalendarForm
from noaber.offer.neighbourhood.views import write_on

NAV = "activiteiten"
YEARS_BACK = 5
PER_PAGE = 20


@public
@require_safe
def calendar(request: AskedBy, slug: str = "") -> HttpResponse:
    """What there is to do in the neighbourhood; for anyone."""
    region = partners.region_of_visitor(slug or region_for(request.actor).slug)
    if region is None:
        raise gate.not_here()
    places = [(place.slug, place.name) for place in partners.municipalities_of(region.pk)]
    form = CalendarForm(request.GET, places=places)
    chosen = form.chosen()
    cards = queries_activities.calendar(region.pk, municipality=chosen, now=clock.now())
    page = Paginator(cards, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {"region": region, "form": form, "page": page, "cards": page.object_list, "chosen": chosen}
    return render(request, "neighbourhood/calendar.html", context | {"nav_current": "agenda"})


@staff
@require_safe
def activities(request: AskedBy) -> HttpResponse:
    """Everything that is organised, counted against what the plan promises."""
    today = clock.today()
    regions = queries.regions_open_to(request.actor)
    asked = request.GET.get("jaar", "")
    years = range(today.year + 1, today.year - YEARS_BACK, -1)
    year = int(asked) if asked in {str(y) for y in years} else today.year
    page = queries_activities.activities(request.actor, regions[0], year=year, now=clock.now())
    context = {"nav_current": NAV, "page": page, "region": regions[0], "years": years}
    return render(request, "neighbourhood/activities.html", context)


def _places(request: AskedBy) -> list[tuple[str, str]]:
    return [(str(place.pk), place.name) for place in services_activities.may_plan_in(request.actor)]


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new_activity(request: AskedBy) -> HttpResponse:
    """Plan something."""
    gate.require_act(request.actor, "neighbourhood.open")
    places = _places(request)
    if not places:
        raise gate.not_here()
    first = {"starts_on": clock.today(), "ends_on": clock.today(), "state": "planned"}
    form = ActivityForm(request.POST or None, places=places, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = services_activities.keep_activity(actor=request.actor, new=form.new(), now=clock.now())
        except Invalid as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("De activiteit staat erin."))
            return redirect("neighbourhood:activity", activity_id=made)
    context = {"nav_current": NAV, "form": form}
    return render(request, "neighbourhood/activity_form.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: AskedBy, activity_id: UUID) -> HttpResponse:
    """One activity: change it, count it, look back on it."""
    now = clock.now()
    row, doubled, may_change = queries_activities.activity(request.actor, activity_id, now=now)
    context = {"nav_current": NAV, "activity": row, "doubled": doubled, "may_change": may_change}
    if not may_change:
        if request.method == "POST":
            raise gate.not_here()
        return render(request, "neighbourhood/activity.html", context)
    names = ActivityForm.base_fields
    first = {name: getattr(row, name) for name in names if name != "once_key"}
    form = ActivityForm(request.POST or None, places=_places(request), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services_activities.keep_activity(
                actor=request.actor, new=form.new(), activity_id=activity_id, now=now
            )
        except (Invalid, Conflict) as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("De activiteit is bijgewerkt."))
            return redirect("neighbourhood:activity", activity_id=activity_id)
    status = 422 if form.errors else 200
    return render(request, "neighbourhood/activity_form.html", context | {"form": form}, status=status)

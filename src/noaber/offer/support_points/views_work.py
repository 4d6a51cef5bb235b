"""The pages of a host: counting who comes in, referring warmly, the beds of tonight."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.access.types import Role
from noaber.hallway.ui.formatting import short_date, short_day
from noaber.hallway.ui.types import Bar, BarList
from noaber.offer.directory.queries_shown import clock_words
from noaber.offer.support_points import queries, queries_work, rules, services, showing
from noaber.offer.support_points.forms_work import (
    PART_WORDS,
    BedsForm,
    ListForm,
    ReferForm,
    TapForm,
)
from noaber.offer.support_points.models import WarmReferral
from noaber.offer.support_points.types import Tap
from noaber.offer.support_points.views import here

NAV = "ons_steunpunt"


@staff
@require_safe
def ours(request: AskedBy) -> HttpResponse:
    """The points at which one works; one point opens by itself."""
    found = queries_work.ours(request.actor)
    if len(found) == 1:
        return redirect("support_points:host", point_id=found[0].point_id)
    context = {
        "nav_current": NAV,
        "points": [(one, showing.kind_word(one.kind)) for one in found],
        "may_make": request.actor.has(Role.ORGANISATION_ADMIN),
    }
    return render(request, "support_points/ours.html", context)


@staff
@require_safe
def host(request: AskedBy, point_id: UUID) -> HttpResponse:
    """Today at the point: count, undo, refer, beds."""
    at = here()
    page = queries_work.host_page(request.actor, point_id, at=at)
    days = queries.days([page.point], from_on=at.date())[point_id]
    door = rules.door_at(days, at)
    state, word = showing.state_of(page.point, door, at.date())
    beds = page.beds
    context = {
        "nav_current": NAV,
        "page": page,
        "point": page.point,
        "state": state,
        "state_word": word,
        "part": rules.part_of(at.time()),
        "parts": [(PART_WORDS[part], n) for part, n in page.today.parts if n],
        "on": at.date().isoformat(),
        "tap_key": uuid4().hex,
        "undo_key": uuid4().hex,
        "days_picture": BarList(
            title=_("Bezoeken in de laatste zeven dagen"),
            label_head=_("Dag"),
            unit=_("bezoeken"),
            bars=tuple(Bar(short_day(one.on), one.total) for one in page.week),
        ),
        "weeks_picture": BarList(
            title=_("Bezoeken per week"),
            label_head=_("Week van"),
            unit=_("bezoeken"),
            bars=tuple(Bar(short_date(monday), n) for monday, n in page.weeks),
        ),
        "today_programme": [(clock_words(one.starts_at), one.title) for one in days[0].programme],
        "why": days[0].why,
        "list_form": ListForm(initial={"on": at.date(), "part": rules.part_of(at.time())}),
        "hows": WarmReferral.How.choices,
        "refer_key": uuid4().hex,
        "beds_form": BedsForm(
            initial={
                "beds": beds.beds if beds else None,
                "occupied": beds.occupied if beds else None,
                "night": page.night,
                "version": beds.version if beds else 0,
            }
        ),
    }
    return render(request, "support_points/host.html", context)


@staff
@require_POST
def count(request: AskedBy, point_id: UUID) -> HttpResponse:
    """One count. A page with its own queue asks for JSON; the plain button gets the page back."""
    machine = "application/json" in request.headers.get("Accept", "")
    form = TapForm(request.POST)
    services.point_for(request.actor, point_id)
    if not form.is_valid():
        if machine:
            return JsonResponse({"refused": _("Dit kon niet geteld worden.")}, status=422)
        messages.error(request, _("Er is niets geteld. Probeer het nog eens."))
        return redirect("support_points:host", point_id=point_id)
    tap = Tap(**form.cleaned_data)
    try:
        done = services.count(actor=request.actor, point_id=point_id, tap=tap, now=clock.now())
    except (Invalid, Conflict) as wrong:
        if machine:
            return JsonResponse({"refused": wrong.sentence()}, status=422)
        messages.error(request, wrong.sentence())
        return redirect("support_points:host", point_id=point_id)
    if machine:
        today = services.visits_on(point_id, clock.today())
        return JsonResponse({"once_key": tap.once_key, "news": done.news, "today": today})
    if done.news:
        messages.success(request, _("Geteld.") if tap.change > 0 else _("Eén bezoek eraf."))
    return redirect("support_points:host", point_id=point_id)


@staff
@require_POST
def add_list(request: AskedBy, point_id: UUID) -> HttpResponse:
    """A list on paper, added afterwards."""
    page = queries_work.host_page(request.actor, point_id, at=here())
    form = ListForm(request.POST)
    if form.is_valid():
        try:
            services.count(
                actor=request.actor, point_id=point_id, tap=Tap(**form.cleaned_data), now=clock.now()
            )
        except (Invalid, Conflict) as wrong:
            for name, said in wrong.fields.items():
                form.add_error(name if name in form.fields else None, said)
            if not wrong.fields:
                form.add_error(None, wrong.sentence())
        else:
            messages.success(request, _("De lijst is erbij geteld."))
            return redirect("support_points:host", point_id=point_id)
    context = {"nav_current": NAV, "point": page.point, "list_form": form}
    return render(request, "support_points/list.html", context, status=422)


@staff
@require_POST
def refer(request: AskedBy, point_id: UUID) -> HttpResponse:
    """Someone was brought to other help. Who it was is not asked."""
    form = ReferForm(request.POST)
    services.point_for(request.actor, point_id)
    if not form.is_valid():
        messages.error(request, _("Kies waarheen en hoe. Er is nog niets genoteerd."))
        return redirect("support_points:host", point_id=point_id)
    given = form.cleaned_data
    try:
        services.refer(
            actor=request.actor,
            point_id=point_id,
            service_id=_chosen(given["other"] or given["to"]),
            elsewhere=given["elsewhere"],
            how=given["how"],
            once_key=given["once_key"],
            now=clock.now(),
        )
    except Invalid as wrong:
        at = here()
        page = queries_work.host_page(request.actor, point_id, at=at)
        context = {
            "nav_current": NAV,
            "page": page,
            "point": page.point,
            "typed": given,
            "wrong": wrong,
            "hows": WarmReferral.How.choices,
            "refer_key": given["once_key"],
        }
        return render(request, "support_points/refer.html", context, status=422)
    messages.success(request, _("Genoteerd. Er staat niet bij wie het was."))
    return redirect("support_points:host", point_id=point_id)


def _chosen(words: str) -> UUID | None:
    try:
        return UUID(words) if words else None
    except ValueError:
        return None


@staff
@require_POST
def beds(request: AskedBy, point_id: UUID) -> HttpResponse:
    """The beds of tonight."""
    page = queries_work.host_page(request.actor, point_id, at=here())
    form = BedsForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            services.keep_beds(actor=request.actor, point_id=point_id, now=clock.now(), **form.cleaned_data)
        except (Invalid, Conflict) as wrong:
            form.add_error("occupied" if wrong.fields else None, wrong.sentence())
            if isinstance(wrong, Conflict):
                status = 409
                form.data = {**request.POST.dict(), "version": str(page.beds.version if page.beds else 0)}
        else:
            messages.success(request, _("De bedden van vannacht zijn bijgewerkt."))
            return redirect("support_points:host", point_id=point_id)
    context = {"nav_current": NAV, "point": page.point, "beds_form": form, "beds": page.beds}
    return render(request, "support_points/beds.html", context, status=status)

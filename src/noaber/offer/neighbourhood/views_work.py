"""What a kwartiermaker does in an area: key persons, inventories, signals, agreements."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.knowledge.neighbourhood import ACCESS, NEEDS, inventories
from noaber.offer.neighbourhood import queries, services, services_inventories, services_people
from noaber.offer.neighbourhood.forms import (
    AcuteForm,
    FollowUpForm,
    InventoryForm,
    KeyPersonForm,
    SignalForm,
    SignalStepForm,
)
from noaber.offer.neighbourhood.views import NAV, write_on

KINDS = {"behoeften": NEEDS, "plek": ACCESS}


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def add_key_person(request: AskedBy, area_id: UUID) -> HttpResponse:
    """Someone says yes to being known here."""
    area = services.area_for(request.actor, area_id, "work")
    form = KeyPersonForm(request.POST or None, initial={"consent_on": clock.today(), "said": "spoken"})
    if request.method == "POST" and form.is_valid():
        try:
            services_people.add_key_person(
                actor=request.actor, area_id=area_id, new=form.new(), now=clock.now()
            )
        except Invalid as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("Deze persoon staat op de lijst. Stoppen kan elke dag."))
            return redirect("neighbourhood:area", area_id=area_id)
    context = {"nav_current": NAV, "form": form, "area_id": area_id, "title": str(area)}
    return render(request, "neighbourhood/key_person_form.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AskedBy, key_person_id: UUID) -> HttpResponse:
    """She stops: everything of her is emptied at once. A second click says the same."""
    now = clock.now()
    if request.method == "POST":
        area_id = services_people.withdraw_key_person(
            actor=request.actor, key_person_id=key_person_id, now=now
        )
        messages.success(request, _("Weg. Naam, nummer en wat erbij stond zijn nergens meer bewaard."))
        return redirect("neighbourhood:area", area_id=area_id)
    person, area_id = queries.key_person(request.actor, key_person_id, now=now)
    context = {"nav_current": NAV, "person": person, "area_id": area_id}
    return render(request, "neighbourhood/withdraw.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def add_inventory(request: AskedBy, area_id: UUID, kind: str) -> HttpResponse:
    """What the neighbourhood needs, or how welcoming a place is."""
    if kind not in KINDS:
        raise gate.not_here()
    now = clock.now()
    area = services.area_for(request.actor, area_id, "work")
    first = {"held_on": clock.today(), "place": request.GET.get("plek", "")[:120]}
    form = InventoryForm(request.POST or None, table=inventories()[KINDS[kind]], initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = services_inventories.record_inventory(
                actor=request.actor, area_id=area_id, new=form.new(), now=now
            )
        except Invalid as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("Uw inventarisatie is bewaard."))
            return redirect("neighbourhood:inventory", inventory_id=made)
    context = {"nav_current": NAV, "form": form, "area_id": area_id, "title": str(area), "kind": kind}
    return render(request, "neighbourhood/inventory_form.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def inventory(request: AskedBy, inventory_id: UUID) -> HttpResponse:
    """One inventory beside the one before, and what follows from it."""
    now = clock.now()
    form = FollowUpForm(request.POST or None, initial={"owner": request.actor.name})
    if request.method == "POST" and form.is_valid():
        try:
            services.add_follow_up(actor=request.actor, new=form.new(), inventory_id=inventory_id, now=now)
        except Invalid as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("Afgesproken. Het staat bij de wijk."))
            return redirect("neighbourhood:inventory", inventory_id=inventory_id)
    page = queries.inventory(request.actor, inventory_id, now=now)
    context = {"nav_current": NAV, "page": page, "form": form}
    return render(request, "neighbourhood/inventory.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def add_signal(request: AskedBy, area_id: UUID) -> HttpResponse:
    """Something was heard, about nobody."""
    area = services.area_for(request.actor, area_id, "work")
    form = SignalForm(request.POST or None, initial={"heard_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_signal(actor=request.actor, area_id=area_id, new=form.new(), now=clock.now())
        except Invalid as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("Uw signaal is bewaard."))
            return redirect("neighbourhood:signal", signal_id=made)
    context = {"nav_current": NAV, "form": form, "area_id": area_id, "title": str(area)}
    return render(request, "neighbourhood/signal_form.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def signal(request: AskedBy, signal_id: UUID) -> HttpResponse:
    """One signal: what was done, and what will be."""
    now = clock.now()
    card, actions, may_work = queries.signal(request.actor, signal_id, now=now)
    wants_action = request.POST.get("act") == "follow_up"
    step = SignalStepForm(_data(request, not wants_action), initial={"state": card.state})
    form = FollowUpForm(_data(request, wants_action), initial={"owner": request.actor.name})
    sent = form if wants_action else step
    if request.method == "POST" and sent.is_valid():
        try:
            if wants_action:
                services.add_follow_up(actor=request.actor, new=form.new(), signal_id=signal_id, now=now)
            else:
                services.move_signal(
                    actor=request.actor,
                    signal_id=signal_id,
                    state=step.cleaned_data["state"],
                    words=step.cleaned_data["done"],
                    no_person=step.cleaned_data["no_person"],
                    now=now,
                )
        except Invalid as wrong:
            write_on(sent, wrong)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("neighbourhood:signal", signal_id=signal_id)
    context = {"nav_current": NAV, "card": card, "actions": actions, "step": step, "form": form}
    status = 422 if step.errors or form.errors else 200
    return render(request, "neighbourhood/signal.html", context | {"may_work": may_work}, status=status)


def _data(request: HttpRequest, meant: bool) -> object:
    return request.POST if request.method == "POST" and meant else None


@staff
@require_POST
def finish(request: AskedBy, follow_up_id: UUID) -> HttpResponse:
    """It was done."""
    row = services.finish_follow_up(actor=request.actor, follow_up_id=follow_up_id, now=clock.now())
    messages.success(request, _("Gedaan. Mooi."))
    if row.inventory_id is not None:
        return redirect("neighbourhood:inventory", inventory_id=row.inventory_id)
    return redirect("neighbourhood:signal", signal_id=row.signal_id)


@staff
@require_safe
def acute(request: AskedBy, area_id: UUID) -> HttpResponse:
    """Whom to ring, on one page that fits a phone."""
    page = queries.acute(request.actor, area_id, now=clock.now())
    return render(request, "neighbourhood/acute.html", {"nav_current": NAV, "page": page})


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new_acute(request: AskedBy, area_id: UUID) -> HttpResponse:
    """A new version of the agreements."""
    area = services.area_for(request.actor, area_id, "work")
    version, lines = queries.newest_acute(request.actor, area_id)
    form = AcuteForm(request.POST or None, initial=AcuteForm.begin(version, lines, clock.today()))
    if request.method == "POST" and form.is_valid():
        try:
            services.agree_acute(
                actor=request.actor,
                area_id=area_id,
                lines=form.lines(),
                valid_from=form.cleaned_data["valid_from"],
                seen_version=form.cleaned_data["seen_version"],
                now=clock.now(),
            )
        except (Invalid, Conflict) as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("De nieuwe afspraken staan klaar."))
            return redirect("neighbourhood:acute", area_id=area_id)
    context = {"nav_current": NAV, "form": form, "area_id": area_id, "title": str(area)}
    return render(request, "neighbourhood/acute_form.html", context, status=422 if form.errors else 200)

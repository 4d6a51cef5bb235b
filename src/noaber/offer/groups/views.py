"""What anyone sees of groups, and signing up: as a resident by one press, else with a name and a number."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.access.types import Kind
from noaber.hallway.accounts.frame import region_for
from noaber.network.partners import queries as partners
from noaber.offer.groups import errors, queries, queries_own, services
from noaber.offer.groups.forms import CatalogueForm, NewcomerForm, PressForm
from noaber.offer.groups.types import GroupCard, Newcomer

NAV = "aanbod"
PER_PAGE = 20


def write_on(form: Form, wrong: NoaberError) -> int:
    """What was refused, beside the field it is about; the status for the answer."""
    named = {name: said for name, said in wrong.fields.items() if name in form.fields}
    for name, said in named.items():
        form.add_error(name, said)
    if not named:
        form.add_error(None, wrong.sentence())
    return 409 if isinstance(wrong, Conflict) else 422


@public
@require_safe
def catalogue(request: AskedBy, slug: str = "") -> HttpResponse:
    """Which groups take people, where, and when they meet next."""
    region = partners.region_of_visitor(slug or region_for(request.actor).slug)
    if region is None:
        raise gate.not_here()
    places = [(place.slug, place.name) for place in partners.municipalities_of(region.pk)]
    form = CatalogueForm(request.GET, places=places)
    cards = queries.catalogue(region.pk, form.wanted(), now=clock.now())
    page = Paginator(cards, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "nav_current": NAV,
        "region": region,
        "form": form,
        "page": page,
        "total": len(cards),
        "is_resident": request.actor.kind is Kind.RESIDENT,
    }
    return render(request, "groups/catalogue.html", context)


@public
@require_safe
def group(request: AskedBy, group_id: UUID) -> HttpResponse:
    """One group: what, when, where, who leads, and how to join."""
    now = clock.now()
    card = queries.group_card(group_id, now=now)
    mine = queries_own.own_place_in(request.actor, group_id)
    context = {
        "nav_current": NAV,
        "card": card,
        "sessions": queries.upcoming(group_id, now=now),
        "leaders": queries.leader_names(group_id, now=now),
        "mine": mine,
        "is_resident": request.actor.kind is Kind.RESIDENT,
        "is_staff": request.actor.kind is Kind.STAFF,
        "may_join": _may_join(card),
    }
    return render(request, "groups/group.html", context)


def _may_join(card: GroupCard) -> bool:
    began = card.starts_on <= clock.today()
    return card.takes_people and not card.needs_referral and (card.join_while_running or not began)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: AskedBy, group_id: UUID) -> HttpResponse:
    """Sign up. A resident who is signed in presses once; others leave a name and a number."""
    card = queries.group_card(group_id, now=clock.now())
    if request.actor.kind is Kind.STAFF:
        raise gate.not_here()
    if request.actor.kind is Kind.RESIDENT:
        return _press(request, card)
    return _newcomer(request, card)


def _press(request: AskedBy, card: GroupCard) -> HttpResponse:
    form = PressForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            row = services.enrol_herself(
                actor=request.actor, group_id=card.id, now=clock.now(), **form.cleaned_data
            )
        except (Invalid, Conflict) as wrong:
            status = write_on(form, wrong)
        else:
            if row.seat is not None:
                messages.success(request, _("U doet mee. Tot dan!"))
            else:
                messages.success(
                    request, _("U staat op de wachtlijst. Wij laten het weten als er een plek is.")
                )
            return redirect("groups:own")
    context = {"nav_current": NAV, "form": form, "card": card}
    return render(request, "groups/join.html", context, status=status)


def _newcomer(request: AskedBy, card: GroupCard) -> HttpResponse:
    form = NewcomerForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_trapped:
        return redirect("groups:thanks")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            row = services.sign_up_without_page(
                group_id=card.id,
                newcomer=Newcomer(given["name"], given["phone"], given["email"]),
                shares_phone=True,
                address=request.META.get("REMOTE_ADDR", ""),
                once_key=given["once_key"],
                now=clock.now(),
            )
        except (Invalid, Conflict) as wrong:
            status = write_on(form, wrong)
        else:
            if row is not None:
                return redirect("groups:thanks")
            status = write_on(form, errors.too_often())
    context = {"nav_current": NAV, "form": form, "card": card}
    return render(request, "groups/join.html", context, status=status)


@public
@require_safe
def thanks(request: AskedBy) -> HttpResponse:
    """What happens after a sign-up. It says nothing of who signed up, or for what."""
    return render(request, "groups/thanks.html", {"nav_current": NAV})

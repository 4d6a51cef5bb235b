"""The editor chooses: between two texts of one field, and whether two entries are one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.offer.sources import queries, queries_choices, services, services_duplicates
from noaber.offer.sources.views import NAV, see_other

PER_PAGE = 20


@staff
@require_safe
def differences(request: AskedBy) -> HttpResponse:
    """Fields that we wrote and a source changed, both texts side by side."""
    queries.region_of(request.actor)
    page = Paginator(queries_choices.difference_rows(request.actor), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    rows = queries_choices.shown(list(page.object_list))
    return render(request, "sources/differences.html", {**NAV, "page": page, "rows": rows})


@staff
@require_POST
def decide(request: AskedBy, difference_id: UUID) -> HttpResponse:
    """Our text, or theirs."""
    theirs = request.POST.get("kies") == "bron"
    services.decide(actor=request.actor, difference_id=difference_id, take_theirs=theirs, now=clock.now())
    messages.success(request, _("De tekst van de bron staat er nu.") if theirs else _("Onze tekst blijft."))
    return see_other(reverse("sources:differences"))


@staff
@require_safe
def duplicates(request: AskedBy) -> HttpResponse:
    """Pairs that may be one, the most alike first."""
    queries.region_of(request.actor)
    page = Paginator(queries_choices.pair_rows(request.actor), PER_PAGE).get_page(request.GET.get("pagina"))
    rows = queries_choices.pairs_shown(list(page.object_list))
    return render(request, "sources/duplicates.html", {**NAV, "page": page, "rows": rows})


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: AskedBy, duplicate_id: UUID) -> HttpResponse:
    """Two entries side by side: choose field by field and make one of them."""
    failure: Conflict | None = None
    if request.method == "POST":
        try:
            service_id = _merge(request, duplicate_id)
        except Conflict as wrong:
            if wrong.code != "pair_changed_meanwhile":
                raise
            failure = wrong
        else:
            messages.success(request, _("Het is nu één vermelding. Beide bronnen blijven eraan vast."))
            return see_other(reverse("directory:keep", args=[service_id]))
    page = queries_choices.pair_page(request.actor, duplicate_id, today=clock.today())
    chosen = _chosen(request)
    fields = [
        (field, _picked(field.chosen, chosen.get(field.field), [s.service_id for s in page.sides]))
        for field in page.fields
    ]
    context = {**NAV, "page": page, "fields": fields, "failure": failure, "stays": page.sides[page.stays]}
    return render(request, "sources/pair.html", context, status=409 if failure else 200)


def _picked(otherwise: int, typed: str | None, sides: list[UUID]) -> int:
    """What stands filled in: what she chose before, else what is likely."""
    return next((at for at, one in enumerate(sides) if str(one) == typed), otherwise)


def _merge(request: AskedBy, duplicate_id: UUID) -> UUID:
    versions = {
        name[7:]: int(value)
        for name, value in _typed(request, "versie-").items()
        if value.isascii() and value.isdigit() and len(value) < 10
    }
    return services_duplicates.merge_pair(
        actor=request.actor,
        duplicate_id=duplicate_id,
        take_from=_chosen(request),
        versions=versions,
        now=clock.now(),
    )


def _typed(request: AskedBy, prefix: str) -> dict[str, str]:
    return {name: str(request.POST[name]) for name in request.POST if name.startswith(prefix)}


def _chosen(request: AskedBy) -> dict[str, str]:
    """Per field the id of the entry whose value she took."""
    return {name[5:]: value for name, value in _typed(request, "veld-").items()}


@staff
@require_POST
def different(request: AskedBy, duplicate_id: UUID) -> HttpResponse:
    """These are two things."""
    services_duplicates.say_different(actor=request.actor, duplicate_id=duplicate_id, now=clock.now())
    messages.success(request, _("Wij vragen dit niet meer over deze twee."))
    return see_other(reverse("sources:duplicates"))

"""Who can think along, for a place and a subject. Nobody is found here who did not agree to be named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.knowledge.offer_terms import load_terms
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Membership, Municipality, Organisation
from noaber.offer.routes.models import Wayfinder
from noaber.offer.routes.types import PlaceCount, WayfinderCard, WayfinderRow

Choices = list[tuple[str, str]]


@cache
def term_names() -> Mapping[str, str]:
    """The word of each term, in Dutch."""
    return {term.code: term.name for term in load_terms().values()}


def findable(region_id: UUID, *, today: date, also_later: bool = False) -> QuerySet[Wayfinder]:
    """Every wayfinder who may be named on this day: agreed, begun, not ended, and still at work there.

    With `also_later` those who begin on a later day as well, for who keeps the list.
    """
    works = Membership.objects.filter(
        account_id=OuterRef("account_id"),
        organisation_id=OuterRef("organisation_id"),
        period__contains=today,
        account__is_active=True,
    )
    rows = Wayfinder.objects.filter(region_id=region_id, withdrawn_at__isnull=True)
    return (
        (rows if also_later else rows.filter(begins_on__lte=today))
        .exclude(degree="")
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
        .filter(Q(account__isnull=True) | Exists(works))
        .select_related("organisation", "municipality")
        .prefetch_related("also_in")
    )


def wayfinders_for(
    region_id: UUID,
    municipality: str = "",
    terms: Iterable[str] = (),
    *,
    public: bool,
    today: date,
    limit: int | None = None,
) -> list[WayfinderCard]:
    """Who can think along about these terms in this municipality (a slug; empty: the whole region).

    With `public` only who agreed to stand on public pages. `public=False` is for professionals who are signed
    in for this region. Who knows most of what is asked comes first, then who is nearest, then by name.
    Someone who named no subject thinks along about everything.
    """
    rows = findable(region_id, today=today)
    if public:
        rows = rows.filter(degree=Wayfinder.Degree.PUBLIC)
    if municipality:
        near = Q(municipality__slug=municipality) | Q(also_in__slug=municipality) | Q(whole_region=True)
        rows = rows.filter(near).distinct()
    wanted = set(terms)
    found = [row for row in rows if not wanted or not row.terms or wanted & set(row.terms)]

    def order(row: Wayfinder) -> tuple[int, bool, bool, str]:
        elsewhere = bool(municipality) and row.municipality.slug != municipality
        return (-len(wanted & set(row.terms)), row.whole_region, elsewhere, row.name.casefold())

    return [_card(row) for row in sorted(found, key=order)[:limit]]


def _card(row: Wayfinder) -> WayfinderCard:
    names = term_names()
    places = [row.municipality.name, *sorted(place.name for place in row.also_in.all())]
    return WayfinderCard(
        id=row.pk,
        name=row.name,
        organisation=row.organisation.name,
        where="" if row.whole_region else ", ".join(places),
        about=tuple(names[code] for code in row.terms if code in names),
        knows=row.knows,
        phone=row.phone,
        email=row.email,
        hours=row.hours,
        languages=tuple(row.languages),
        public=row.degree == Wayfinder.Degree.PUBLIC,
    )


def name_of_municipality(region_id: UUID, slug: str) -> str:
    """The name of a municipality of this region; empty for any other word."""
    names = Municipality.objects.filter(region_id=region_id, slug=slug).values_list("name", flat=True)
    return names.first() or ""


def kept(actor: Actor, region_id: UUID, *, today: date) -> list[WayfinderRow]:
    """The wayfinders of a region for a professional who works there, with what this actor may do."""
    mine = set(actor.organisations(Role.ORGANISATION_ADMIN))
    edits = region_id in actor.regions(Role.EDITOR)
    keeps = edits or bool(mine)
    rows = gate.visible(
        actor, "see", findable(region_id, today=today, also_later=keeps), resource="wayfinder"
    )
    return [
        WayfinderRow(
            card=_card(row),
            ends_on=row.ends_on,
            tied=row.account_id is not None,
            may_keep=edits or row.organisation_id in mine,
            is_me=row.account_id is not None and row.account_id == actor.account_id,
        )
        for row in sorted(rows, key=lambda row: (row.municipality.name, row.name.casefold()))
    ]


def to_keep(actor: Actor, wayfinder_id: UUID, *, today: date) -> Wayfinder:
    """One wayfinder that this actor keeps; nobody who withdrew or left."""
    gate.require_act(actor, "wayfinders.keep")
    regions = actor.regions(Role.EDITOR, Role.ORGANISATION_ADMIN)
    region_id = Wayfinder.objects.filter(pk=wayfinder_id).values_list("region_id", flat=True).first()
    if region_id not in regions:
        raise gate.not_here()
    rows = findable(region_id, today=today, also_later=True)
    return gate.get(actor, "keep", rows, resource="wayfinder", pk=wayfinder_id)


def organisations_to_name(actor: Actor) -> Choices:
    """The organisations for which this actor may name wayfinders."""
    rows = Organisation.objects.filter(
        Q(region_id__in=actor.regions(Role.EDITOR)) | Q(pk__in=actor.organisations(Role.ORGANISATION_ADMIN))
    )
    return [(str(pk), name) for pk, name in rows.order_by("name").values_list("pk", "name")]


def places_of(region_id: UUID) -> Choices:
    """The municipalities of a region, to choose from."""
    return [(str(place.pk), place.name) for place in partners.municipalities_of(region_id)]


def per_municipality(region_id: UUID, *, today: date) -> list[PlaceCount]:
    """How many wayfinders can be found for each municipality, also where there is nobody."""
    own: dict[UUID, int] = {}
    everywhere = 0
    for row in findable(region_id, today=today):
        if row.whole_region:
            everywhere += 1
            continue
        for place_id in {row.municipality_id, *(place.pk for place in row.also_in.all())}:
            own[place_id] = own.get(place_id, 0) + 1
    return [
        PlaceCount(place.name, own.get(place.pk, 0), own.get(place.pk, 0) + everywhere)
        for place in partners.municipalities_of(region_id)
    ]

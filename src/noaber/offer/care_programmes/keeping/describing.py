"""What a provider offers, in its own words: adding and editing a programme, with its entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from noaber.hallway.clock import day_of
from noaber.network.partners import queries as partners
from noaber.offer.care_programmes import errors
from noaber.offer.care_programmes.models import CareProgramme, Provider
from noaber.offer.directory import services as directory
from noaber.offer.directory.types_record import PlaceRecord, ServiceRecord

KINDS = {"social_domain": "social_domain"}
"""The kind of its entry for a type of care; any other is ggz."""


@dataclass(frozen=True, slots=True)
class Described:
    """All that a provider may say of a programme. Codes of `knowledge/care`; `municipality` is a slug."""

    name: str
    reference: str
    care_type: str
    setting: str
    diagnosis_group: str
    min_age: int | None
    max_age: int | None
    insurers: tuple[str, ...]
    cost: str
    offer: str
    exclusions: str
    referral_criteria: str
    desk: str
    phone: str
    email: str
    website: str
    mode: str
    place_name: str
    street: str
    postal_code: str
    city: str
    municipality: str


PLAIN = tuple(
    "name reference care_type setting diagnosis_group min_age max_age cost offer exclusions "
    "referral_criteria desk phone email website mode place_name street postal_code city".split()
)


@transaction.atomic
def keep_programme(
    *, organisation_id: UUID, programme_id: UUID | None, said: Described, now: datetime
) -> UUID:
    """Add a programme of this provider, or edit it. The point on the map is the middle of its municipality.

    Raises:
        Conflict: another programme of this provider has the same short name.
    """
    organisation = Provider.objects.get_or_create(organisation_id=organisation_id)[0].organisation
    if programme_id is None:
        row = CareProgramme(organisation=organisation, region_id=organisation.region_id, began_on=day_of(now))
    else:
        row = CareProgramme.objects.select_for_update().get(pk=programme_id, organisation=organisation)
    for name in PLAIN:
        setattr(row, name, getattr(said, name))
    row.insurers = list(said.insurers)
    places = {place.slug: place for place in partners.municipalities_of(organisation.region_id)}
    place = places.get(said.municipality)
    if place is None or row.municipality_id != place.pk or row.latitude is None:
        row.latitude, row.longitude = (place.latitude, place.longitude) if place else (None, None)
    row.municipality = place
    row.changed_at = now
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        if "a_programme_once_a_provider" in str(fault):
            raise errors.reference_taken() from fault
        raise
    if row.service_id is None:
        row.service_id = _entry(row, organisation.name, now)
        row.save(update_fields=["service"])
    return row.pk


def _entry(row: CareProgramme, provider: str, now: datetime) -> UUID:
    """A new entry in the directory; who edits the directory keeps its words from then on."""
    slug = row.municipality.slug if row.municipality else ""
    spot = PlaceRecord(
        name=row.place_name,
        street=row.street,
        postal_code=row.postal_code,
        city=row.city,
        municipality=slug,
        latitude=row.latitude,
        longitude=row.longitude,
    )
    made, _changed = directory.keep_record(
        region_id=row.region_id,
        record=ServiceRecord(
            name=f"{row.name}, {provider}"[:200],
            kind=KINDS.get(row.care_type, "ggz_multidisciplinary"),
            organisation_id=row.organisation_id,
            organisation=provider,
            municipality=slug,
            text=row.offer,
            text_professional=row.referral_criteria,
            terms=("second",),
            mode="online" if row.mode == CareProgramme.Mode.ONLINE else "live",
            cost=row.cost[:120],
            phone=row.phone,
            website=row.website,
            min_age=row.min_age,
            max_age=row.max_age,
            needs_referral=row.care_type != "social_domain",
            places=(spot,) if slug else (),
            assured_on=day_of(now),
            assured_by=provider,
        ),
        now=now,
        by=provider,
    )
    return made

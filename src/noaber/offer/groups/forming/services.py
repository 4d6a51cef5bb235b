"""The pool: an organisation puts somebody on it without a name, and takes her off again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from noaber.ground.identifiers import contains_bsn
from noaber.ground.traces import TraceKind, traces_in
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.knowledge.group_forming import forming, kinds
from noaber.knowledge.offer_terms import load_taxonomies
from noaber.network.partners import queries as partners
from noaber.network.partners import queries_places
from noaber.network.partners.models import Municipality, Organisation
from noaber.offer.groups.forming import errors, rules
from noaber.offer.groups.forming.policies import HOLDERS
from noaber.offer.groups.forming.types import NewWait
from noaber.offer.groups.models_forming import WaitingFor

PURPOSE = "om een groep te vormen"
PART = "de wachtlijst voor groepen"
LONGEST_REFERENCE = 40
LONGEST_WAIT = timedelta(days=3650)


def reference_key(organisation_id: UUID, reference: str) -> str:
    """A keyed fingerprint of an organisation's own mark: finds doubles, and tells nothing."""
    mark = f"{organisation_id}:{' '.join(reference.split()).casefold()}"
    return salted_hmac("noaber.groups.reference", mark, algorithm="sha256").hexdigest()


def pseudonym(waiting_id: UUID) -> str:
    """A short name for somebody on the pool, for who may not know who she is."""
    digest = hashlib.blake2b(
        waiting_id.bytes, key=settings.SECRET_KEY.encode()[:64], digest_size=3
    ).hexdigest()
    return f"P-{digest.upper()}"


def themes() -> dict[str, str]:
    """What a group can be about: code and word."""
    return {term.code: term.name for term in load_taxonomies()["life_area"].terms}


@transaction.atomic
def add_wait(*, actor: Actor, organisation_id: UUID, new: NewWait, now: datetime) -> UUID:
    """Put somebody on the pool for an organisation of the actor. The same `once_key` twice is once."""
    gate.require_act(actor, "groups.hold")
    if organisation_id not in actor.organisations(*HOLDERS):
        raise gate.not_here()
    home = Organisation.objects.get(pk=organisation_id)
    row = take_in(home, new, by_name=actor.name, now=now)
    note(actor, audit.Action.CREATE, "groups.wait.added", row, now)
    return row.pk


def take_in(
    home: Organisation,
    new: NewWait,
    *,
    by_name: str,
    now: datetime,
    spot: tuple[float, float] | None = None,
) -> WaitingFor:
    """Put somebody on the pool of her organisation; for the house itself, such as a shared waiting list.

    `spot` is where she lives in degrees, when the caller looked up the same place and postcode before.

    Raises:
        Invalid: something cannot be right, or she stands there for the same thing.
    """
    found = WaitingFor.objects.filter(once_key=new.once_key, organisation=home).first()
    if found is not None:
        return found
    place = partners.municipality_in(home.region_id, new.municipality_id)
    check(new, day_of(now))
    latitude, longitude = spot or where(place, new.postcode)
    try:
        with transaction.atomic():
            return WaitingFor.objects.create(
                region_id=home.region_id,
                organisation=home,
                reference=new.reference.strip(),
                reference_key=reference_key(home.pk, new.reference),
                resident_id=new.resident_id,
                kind=new.kind,
                theme=new.theme,
                municipality=place,
                postcode=new.postcode,
                latitude=latitude,
                longitude=longitude,
                day_parts=[part for part in rules.DAY_PARTS if part in new.day_parts],
                language=new.language,
                age_band=new.age_band,
                since=new.since,
                travel_km=new.travel_km,
                consented_on=new.consented_on,
                recorded_by_name=by_name,
                recorded_at=now,
                once_key=new.once_key,
            )
    except IntegrityError:
        raise errors.waits_already() from None


def where(place: Municipality, postcode: str) -> tuple[float, float]:
    """The middle of the postcode area when the region knows it, else of the municipality."""
    if postcode:
        found = queries_places.where_is(place.region_id, postcode)
        if found is None:
            raise errors.wrong("postcode", "Deze postcode kennen wij niet in deze regio. Laat hem leeg.")
        return found.latitude, found.longitude
    if place.latitude is None or place.longitude is None:
        raise errors.wrong("municipality", "Van deze gemeente kennen wij de plek op de kaart niet.")
    return place.latitude, place.longitude


def check(new: NewWait, today: date) -> None:
    """Refuse what cannot be right, the first thing found."""
    reference = new.reference.strip()
    if not reference or len(reference) > LONGEST_REFERENCE:
        raise errors.wrong("reference", "Geef een eigen kenmerk van hoogstens 40 tekens.")
    hard = {TraceKind.BSN, TraceKind.MAIL, TraceKind.PHONE, TraceKind.NAME, TraceKind.BIRTH}
    if contains_bsn(reference) or any(trace.kind in hard for trace in traces_in(reference)):
        raise errors.wrong("reference", "Dit wijst naar een mens. Gebruik een nummer dat alleen u kent.")
    if new.kind not in kinds() or new.theme not in themes():
        raise errors.wrong("theme", "Kies een soort groep en een onderwerp uit de lijst.")
    if not set(new.day_parts) & set(rules.DAY_PARTS):
        raise errors.wrong("day_parts", "Kies minstens één dagdeel.")
    if new.age_band not in rules.AGE_BANDS:
        raise errors.wrong("age_band", "Kies een leeftijd uit de lijst.")
    if not 1 <= new.travel_km <= 100:
        raise errors.wrong("travel_km", "Kies een afstand van 1 tot en met 100 kilometer.")
    for field, day in (("since", new.since), ("consented_on", new.consented_on)):
        if not today - LONGEST_WAIT <= day <= today:
            raise errors.wrong(field, "Deze dag ligt in de toekomst of te ver terug.")
    if new.consented_on < today - timedelta(days=forming().consent_days):
        raise errors.wrong("consented_on", "Dit ja is ouder dan een jaar. Vraag het eerst opnieuw.")


@transaction.atomic
def withdraw(*, actor: Actor, waiting_id: UUID, because: str, now: datetime) -> None:
    """Take somebody off the pool. Her mark is emptied, and no question about her counts. Twice is once."""
    rows = WaitingFor.objects.select_for_update(of=("self",))
    row = gate.get(actor, "change", rows, resource="waiting_for_group", pk=waiting_id)
    if row.state == WaitingFor.State.WAITING:
        leave_pool([row], WaitingFor.State.WITHDRAWN, because=because, now=now)
        note(actor, audit.Action.DELETE, "groups.wait.withdrawn", row, now)


@transaction.atomic
def ask_again(*, actor: Actor, waiting_id: UUID, now: datetime) -> None:
    """She said again that she may be proposed for a group."""
    rows = WaitingFor.objects.select_for_update(of=("self",))
    row = gate.get(actor, "change", rows, resource="waiting_for_group", pk=waiting_id)
    if row.state == WaitingFor.State.WAITING and row.consented_on != day_of(now):
        row.consented_on = day_of(now)
        row.save(update_fields=["consented_on"])
        note(actor, audit.Action.UPDATE, "groups.wait.consented", row, now)


def leave_pool(rows: Sequence[WaitingFor], state: str, *, because: str, now: datetime) -> None:
    """Nothing of her own mark stays once she left."""
    for row in rows:
        row.state, row.ended_at, row.ended_because, row.reference = state, now, because.strip()[:200], ""
        row.save(update_fields=["state", "ended_at", "ended_because", "reference"])


def note(actor: Actor, action: str, event_type: str, row: WaitingFor, now: datetime) -> None:
    """One line in the log of who did what with whom."""
    audit.record(
        actor=actor,
        action=action,
        event_type=event_type,
        resident_id=row.resident_id,
        object_kind="waiting_for_group",
        object_id=row.pk,
        part=PART,
        purpose=PURPOSE,
        now=now,
    )

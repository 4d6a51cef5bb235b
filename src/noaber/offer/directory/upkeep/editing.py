"""Acts of whoever keeps the entries: edit, add, confirm, end, and deal with what came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from noaber.ground.errors import Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.clock import day_of
from noaber.network.partners import queries as partners
from noaber.offer.directory import errors, nearby, services
from noaber.offer.directory.models import CheckRequest, Confirmation, ErrorReport, Service
from noaber.offer.directory.policies import OWNERS
from noaber.offer.directory.types_record import ServiceRecord


def mine(actor: Actor, service_id: UUID) -> Service:
    """The entry, when this actor keeps it."""
    rows = Service.objects.filter(merged_into__isnull=True).select_related("organisation", "municipality")
    return gate.get(actor, "keep", rows, resource="entry", pk=service_id)


def office_of(actor: Actor, *, region_id: UUID, organisation_id: UUID | None = None) -> str:
    """In the name of which organisation this actor keeps an entry: never the name of the person."""
    fitting = [
        grant
        for grant in actor.grants
        if grant.region_id == region_id
        and (grant.role is Role.EDITOR or (grant.role in OWNERS and grant.organisation_id == organisation_id))
    ]
    fitting.sort(key=lambda grant: grant.organisation_id != organisation_id)
    return fitting[0].organisation_name if fitting else ""


def is_editor(actor: Actor, region_id: UUID) -> bool:
    """Whether this actor keeps all entries of the region."""
    return region_id in actor.regions(Role.EDITOR)


def home_region(actor: Actor) -> UUID:
    """The region in which this actor adds entries."""
    gate.require_act(actor, "directory.desk")
    return actor.regions(Role.EDITOR, *OWNERS)[0]


@transaction.atomic
def save(
    *,
    actor: Actor,
    record: ServiceRecord,
    now: datetime,
    owner_email: str | None = None,
    looked: bool = False,
) -> tuple[UUID, list[str]]:
    """Bring an entry to what was typed; `looked` says that everything else was found right as well.

    An organisation edits and adds its own entries alone, and cannot hand one to another. Every field that
    changes is ours from then on, also when it came from a source: a refresh leaves it as it is.

    Raises:
        Conflict: someone else saved it since `record.version`.
        Invalid: fields that cannot be kept.
    """
    if record.service_id is None:
        raise Invalid("entry_without_key", happened="Deze pagina is verlopen.", now_what="Open haar opnieuw.")
    there = Service.objects.filter(pk=record.service_id).first()
    region_id = mine(actor, record.service_id).region_id if there else home_region(actor)
    if not is_editor(actor, region_id):
        record = _of_own_organisation(actor, record, there)
    record = _with_points(region_id, record)
    office = office_of(actor, region_id=region_id, organisation_id=record.organisation_id)
    service_id, changed = services.keep_record(
        region_id=region_id, record=replace(record, assured_on=None), now=now, by=office
    )
    if owner_email is not None:
        Service.objects.filter(pk=service_id).update(owner_email=owner_email.strip())
    if looked:
        _confirm(actor, service_id, office, region_id=region_id, now=now)
    return service_id, changed


def _with_points(region_id: UUID, record: ServiceRecord) -> ServiceRecord:
    """A place that was typed gets the point of its postcode or town, so that who looks nearby finds it."""
    if all(place.latitude is not None or place.type != "physical" for place in record.places):
        return record
    region = partners.region(region_id)
    known = nearby.known_places(region, partners.municipalities_of(region_id))
    places = []
    for place in record.places:
        found = None
        if place.latitude is None and place.type == "physical":
            found = nearby.near(region_id, place.postal_code[:4], known) or nearby.near(
                region_id, place.city, known
            )
        if found is not None:
            town = found.municipality or place.municipality
            place = replace(place, latitude=found.latitude, longitude=found.longitude, municipality=town)
        places.append(place)
    return replace(record, places=tuple(places))


def _of_own_organisation(actor: Actor, record: ServiceRecord, there: Service | None) -> ServiceRecord:
    """An owner's entry stays with the own organisation."""
    own = actor.organisations(*OWNERS)
    wanted = there.organisation_id if there else record.organisation_id
    if wanted not in own:
        if there is not None or not own:
            raise gate.not_here()
        wanted = own[0]
    return replace(record, organisation_id=wanted)


def _confirm(actor: Actor, service_id: UUID, office: str, *, region_id: UUID, now: datetime) -> None:
    owned = Service.objects.filter(pk=service_id, organisation_id__in=actor.organisations(*OWNERS)).exists()
    services.confirm(
        service_id=service_id,
        on=day_of(now),
        now=now,
        kind=Confirmation.Kind.OWNER if owned else Confirmation.Kind.EDITED,
        by=office,
    )


@transaction.atomic
def confirm_now(*, actor: Actor, service_id: UUID, now: datetime) -> None:
    """Someone looked at the whole entry: it is right."""
    row = mine(actor, service_id)
    office = office_of(actor, region_id=row.region_id, organisation_id=row.organisation_id)
    _confirm(actor, row.pk, office, region_id=row.region_id, now=now)


@transaction.atomic
def set_status(*, actor: Actor, service_id: UUID, status: str, now: datetime) -> str:
    """End it, close it for a while, or open it again; what it was before."""
    row = mine(actor, service_id)
    if status not in Service.Status.values:
        raise errors.unknown_choice()
    before = row.status
    office = office_of(actor, region_id=row.region_id, organisation_id=row.organisation_id)
    services.end_service(service_id=row.pk, now=now, status=status, by=office)
    if status == Service.Status.DEFUNCT:
        for waiting in CheckRequest.objects.filter(service=row, answer="gone", handled_at__isnull=True):
            _handled(waiting, office, now)
    return before


@transaction.atomic
def handle_report(*, actor: Actor, report_id: UUID, state: str, now: datetime) -> UUID:
    """What came of a report of a visitor; the entry it was about. The same twice is once."""
    report = ErrorReport.objects.select_for_update().filter(pk=report_id).first()
    if report is None:
        raise gate.not_here()
    row = mine(actor, report.service_id)
    if state not in {ErrorReport.State.MENDED, ErrorReport.State.RIGHT, ErrorReport.State.NONSENSE}:
        raise errors.unknown_choice()
    if report.state != ErrorReport.State.NEW:
        return row.pk
    office = office_of(actor, region_id=row.region_id, organisation_id=row.organisation_id)
    report.state, report.handled_at, report.handled_by = state, now, office
    report.save(update_fields=["state", "handled_at", "handled_by"])
    if state == ErrorReport.State.RIGHT:
        _confirm(actor, row.pk, office, region_id=row.region_id, now=now)
    services.weigh_again(service_id=row.pk, now=now)
    return row.pk


@transaction.atomic
def handle_answer(*, actor: Actor, request_id: UUID, now: datetime) -> UUID:
    """Something was done with what the owner answered; the entry it was about."""
    asked = CheckRequest.objects.select_for_update().filter(pk=request_id).first()
    if asked is None:
        raise gate.not_here()
    row = mine(actor, asked.service_id)
    office = office_of(actor, region_id=row.region_id, organisation_id=row.organisation_id)
    if asked.answer and asked.handled_at is None:
        _handled(asked, office, now)
        services.weigh_again(service_id=row.pk, now=now)
    return row.pk


def _handled(asked: CheckRequest, office: str, now: datetime) -> None:
    asked.handled_at, asked.handled_by = now, office[:200]
    asked.save(update_fields=["handled_at", "handled_by"])

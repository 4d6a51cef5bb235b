"""Whom a resident knows, and where a colleague lives: kept as fingerprints, to compare with who looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from noaber.ground.errors import Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.audit import services
from noaber.hallway.audit.fingerprints import name_mark, plain, street_mark
from noaber.hallway.audit.models import Acquaintance, HomeStreet

MOST = 20
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Known:
    """Someone she knows, as she wrote it."""

    id: UUID
    name: str


def acquaintances(actor: Actor, *, now: datetime) -> list[Known]:
    """Whom she gave as someone she knows, in the order in which she did."""
    resident_id = _own(actor)
    _log(actor, services.Action.READ, resident_id, "om te zien wie u kent", now)
    rows = Acquaintance.objects.filter(resident_id=resident_id).order_by("added_at", "pk")
    return [Known(row.pk, row.name) for row in rows]


@transaction.atomic
def add_acquaintance(*, actor: Actor, name: str, now: datetime) -> None:
    """She names someone who works here and whom she knows. Twice the same is once."""
    resident_id = _own(actor)
    written = " ".join(name.split())
    if len(plain(written).split()) < 2 or len(written) > LONGEST_NAME:
        raise Invalid(
            "name_incomplete",
            happened=_("Schrijf de voornaam en de achternaam."),
            fields={"name": "onvolledig"},
        )
    if Acquaintance.objects.filter(resident_id=resident_id).count() >= MOST:
        raise Invalid(
            "too_many", happened=_("U kunt hoogstens 20 mensen opschrijven."), fields={"name": "vol"}
        )
    Acquaintance.objects.get_or_create(
        resident_id=resident_id,
        fingerprint=name_mark(written),
        defaults={"name": written, "added_at": now},
    )
    _log(actor, services.Action.CREATE, resident_id, "om op te schrijven wie u kent", now)


@transaction.atomic
def remove_acquaintance(*, actor: Actor, acquaintance_id: UUID, now: datetime) -> None:
    """She takes a name away. Twice is once."""
    resident_id = _own(actor)
    row = Acquaintance.objects.filter(pk=acquaintance_id, resident_id=resident_id).first()
    if row is None:
        raise gate.not_here()
    row.delete()
    _log(actor, services.Action.DELETE, resident_id, "om weg te halen wie u kent", now)


def has_street(actor: Actor) -> bool:
    """Whether this colleague entered a street."""
    return HomeStreet.objects.filter(account_id=actor.signed_in_id).exists()


@transaction.atomic
def set_street(*, actor: Actor, street: str, postcode: str, now: datetime) -> None:
    """Keep the fingerprint of the street in which this colleague lives; the words are not kept."""
    if actor.kind is not Kind.STAFF or actor.account_id is None:
        raise gate.not_here()
    HomeStreet.objects.update_or_create(
        account_id=actor.account_id,
        defaults={"fingerprint": street_mark(street, postcode), "set_at": now},
    )


def forget_street(*, actor: Actor) -> None:
    """Take the fingerprint away."""
    HomeStreet.objects.filter(account_id=actor.signed_in_id).delete()


def _own(actor: Actor) -> UUID:
    if actor.resident_id is None:
        raise gate.not_here()
    return actor.resident_id


def _log(actor: Actor, action: str, resident_id: UUID, purpose: str, now: datetime) -> None:
    services.record(
        actor=actor,
        action=action,
        event_type="audit.acquaintance",
        resident_id=resident_id,
        object_kind="acquaintance",
        part="wie u kent",
        purpose=purpose,
        basis="eigen gegevens",
        now=now,
    )

"""Reading prepared requests: the hosts their own, the practice what waits for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Organisation
from noaber.pathways.preparations import rules
from noaber.pathways.preparations.models import Preparation
from noaber.pathways.preparations.types import Choices, Prepared

PRACTICE_DOMAIN = "huisartsenzorg"


def rows() -> QuerySet[Preparation]:
    """Preparations with the names around them."""
    return Preparation.objects.select_related("municipality", "practice", "organisation")


def choices_for(actor: Actor) -> Choices:
    """Practices and municipalities of the host's region."""
    gate.require_act(actor, "preparation.make")
    grant = next(g for g in actor.grants if g.role is Role.HOST)
    settings = partners.settings_of(grant.region_id)
    home = partners.home_of(grant.organisation_id)
    practices = Organisation.objects.filter(region_id=grant.region_id, domain=PRACTICE_DOMAIN).order_by(
        "name"
    )
    return Choices(
        practices=tuple((str(p.pk), p.name) for p in practices),
        municipalities=tuple((str(m.pk), m.name) for m in partners.municipalities_of(grant.region_id)),
        home=str(home.pk) if home else "",
        needs_practice=not rules.may_ask_herself(settings["referral"]["who_may_refer"]),
        minimum_age_years=int(settings["referral"].get("minimum_age_years", 18)),
    )


def of_my_organisation(actor: Actor, *, now: datetime) -> list[Prepared]:
    """What the hosts of this organisation prepared and what still needs them, the longest waiting first."""
    gate.require_act(actor, "preparation.make")
    mine = gate.visible(actor, "follow", rows(), resource="preparation").exclude(
        state=Preparation.State.WITHDRAWN
    )
    found = list(mine.filter(card_given_at=None).order_by("prepared_at"))
    _log(actor, found, "om haar vast te houden tot de praktijk beslist", now)
    return [as_prepared(row, now=now) for row in found]


def one_of_mine(actor: Actor, preparation_id: UUID, *, now: datetime) -> Prepared:
    """One of them."""
    row = gate.get(actor, "follow", rows(), resource="preparation", pk=preparation_id)
    _log(actor, [row], "om haar vast te houden tot de praktijk beslist", now)
    return as_prepared(row, now=now)


def to_confirm(actor: Actor, *, now: datetime) -> list[Prepared]:
    """What waits for this practice, the longest waiting first."""
    gate.require_act(actor, "preparation.decide")
    found = list(gate.visible(actor, "decide", rows(), resource="preparation").order_by("prepared_at"))
    _log(actor, found, "om een aanvraag te bevestigen", now)
    return [as_prepared(row, now=now) for row in found]


def how_many_to_confirm(actor: Actor) -> int:
    """A number for the menu."""
    return gate.visible(actor, "decide", Preparation.objects.all(), resource="preparation").count()


def _log(actor: Actor, found: list[Preparation], purpose: str, now: datetime) -> None:
    """One line for each. She has no file yet, so most lines name the request alone."""
    for row in found:
        audit.record(
            actor=actor,
            action=audit.Action.READ,
            event_type="preparation.read",
            resident_id=row.resident_id,
            object_kind="preparation",
            object_id=row.pk,
            part="uw aanvraag",
            purpose=purpose,
            now=now,
        )


def as_prepared(row: Preparation, *, now: datetime) -> Prepared:
    """The row as a page may hold it."""
    waits = row.state == Preparation.State.WAITING
    return Prepared(
        id=row.pk,
        name=row.name,
        phone=row.phone,
        reached_through=row.reached_through,
        question=row.question,
        wishes=row.wishes,
        language=row.language,
        municipality=row.municipality.name,
        practice=row.practice.name if row.practice else "",
        practice_phone=row.practice.phone if row.practice else "",
        host=row.host_name,
        organisation=row.organisation.name,
        organisation_phone=row.organisation.phone,
        state=row.state,
        prepared_at=row.prepared_at,
        next_on=row.next_on,
        late=waits and day_of(now) > row.next_on,
        reason=row.reason,
        decided_by=row.decided_by_name,
        code=row.code,
        card_given=row.card_given_at is not None,
    )

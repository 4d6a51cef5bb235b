"""What became of the referrals of a practice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.network.consents import queries as consents
from noaber.network.consents.types import LETTER
from noaber.network.partners import queries as partners
from noaber.pathways.referrals.models import Letter, Referral
from noaber.pathways.referrals.types import Choice, Desk, LetterView, ReferralRow, WaitFigure

WITH_CONSENT = "with_consent"
URGENT = ("emergency", "crisis", "gp_out_of_hours", "suicide_prevention")
Waits = Callable[[UUID, UUID | None, datetime], WaitFigure | None]
_waits: list[Waits] = []


def register_waits(waits: Waits) -> None:
    """Let the room that holds the conversations say how long people wait: region, municipality, now."""
    _waits[:] = [waits]


def desk(actor: Actor, *, now: datetime) -> Desk:
    """What the referrer needs to see before sending: the rules of the region, and how long people wait."""
    gate.require_act(actor, "referral.send")
    practice = next(g for g in actor.grants if g.role is Role.REFERRER)
    return desk_of(practice.organisation_id, practice.organisation_name, practice.region_id, now=now)


def desk_of(organisation_id: UUID, name: str, region_id: UUID, *, now: datetime) -> Desk:
    """The same for one practice, whoever writes there. It holds nothing of a resident."""
    region = partners.region(region_id)
    rules = region.settings
    home = partners.home_of(organisation_id)
    numbers = [
        {**n, "name": n["name"].removeprefix(n["phone"]).strip()}
        for kind in URGENT
        for n in region.help_numbers
        if n["kind"] == kind
    ]
    return Desk(
        region_id=region.pk,
        practice=name,
        minimum_age_years=int(rules["referral"]["minimum_age_years"]),
        norm_days=int(rules["first_conversation"]["norm_days"]),
        professionals=(
            int(rules["composition"]["min_professionals"]),
            int(rules["composition"]["max_professionals"]),
        ),
        report_within_days=int(rules["report"]["within_days"]),
        reads_first_days=int(rules["report"]["resident_reads_first_days"]),
        letter_needs_consent=rules["report"]["to_gp"] == WITH_CONSENT,
        modes=tuple(rules["modes"]["allowed"]),
        municipalities=tuple(Choice(str(m.pk), m.name) for m in partners.municipalities_of(region.pk)),
        home=Choice(str(home.pk), home.name) if home and home.region_id == region.pk else None,
        urgent=tuple(numbers),
        wait=_waits[0](region.pk, home.pk if home else None, now) if _waits else None,
    )


def office_for(region_id: UUID) -> Choice | None:
    """The office that plans, to ring when nobody holds the request yet: its phone and its name."""
    office = partners.planning_office(region_id)
    return Choice(office.phone, office.name) if office else None


def count_own_referrals(actor: Actor) -> int:
    """How many referrals the actor's practice sent."""
    gate.require_act(actor, "referral.send")
    return gate.visible(actor, "read", Referral.objects.all(), resource="referral").count()


def own_referrals(actor: Actor, *, now: datetime, limit: int = 50, offset: int = 0) -> list[ReferralRow]:
    """The referrals of the actor's practice, newest first; each person shown is logged."""
    gate.require_act(actor, "referral.send")
    rows = gate.visible(
        actor,
        "read",
        Referral.objects.select_related("help_request__resident", "help_request__holder").prefetch_related(
            Prefetch("letters", gate.visible(actor, "read", Letter.objects.all(), resource="letter"))
        ),
        resource="referral",
    )
    found = list(rows.order_by("-sent_at")[offset : offset + limit])
    audit.record_reads(
        actor=actor,
        residents=[row.help_request.resident_id for row in found],
        event_type="referral.list",
        object_kind="referral",
        part="uw naam en hoe het staat",
        purpose="om uw verwijzing te volgen",
        now=now,
        acting=Role.REFERRER,
    )
    return [_row(row) for row in found]


def _row(row: Referral) -> ReferralRow:
    thread = row.help_request
    ready = list(row.letters.all())
    return ReferralRow(
        referral_id=row.pk,
        help_request_id=thread.pk,
        code=thread.code,
        resident_name=thread.resident.name,
        sent_at=row.sent_at,
        phase=thread.phase,
        next_on=thread.next_on,
        next_step=thread.next_step,
        holder=thread.holder.name if thread.holder else "",
        letter_ready=bool(ready),
        letter_new=any(letter.opened_at is None for letter in ready),
    )


def referral_for(actor: Actor, referral_id: UUID) -> Referral:
    """One referral of the actor's practice."""
    return gate.get(
        actor, "read", Referral.objects.select_related("help_request"), resource="referral", pk=referral_id
    )


def letters_of(actor: Actor, *, conversation_ids: list[UUID]) -> dict[UUID, LetterView]:
    """The newest letter about each of these conversations that the actor may read."""
    rows = gate.visible(
        actor, "read", Letter.objects.filter(conversation_id__in=conversation_ids), resource="letter"
    )
    return {row.conversation_id: _letter(row) for row in with_objection(rows).order_by("version")}


def with_objection(rows: QuerySet[Letter]) -> QuerySet[Any]:
    """Each letter with `objected`: whether she does not want it read."""
    return rows.annotate(
        objected=consents.objected_for(
            LETTER,
            resident="referral__help_request__resident_id",
            thing="conversation_id",
            organisation="referral__organisation_id",
        )
    )


def letters_of_referral(actor: Actor, referral_id: UUID) -> list[UUID]:
    """The letters to this referral that the actor may open, newest first."""
    rows = gate.visible(actor, "read", Letter.objects.filter(referral_id=referral_id), resource="letter")
    return list(rows.order_by("-created_at").values_list("pk", flat=True))


def was_opened(letter_id: UUID) -> bool:
    """Whether the practice has read this letter before."""
    return Letter.objects.filter(pk=letter_id, opened_at__isnull=False).exists()


def _letter(row: Any) -> LetterView:
    return LetterView(
        id=row.pk,
        body=row.body,
        released_at=row.released_at,
        release_on=row.release_on,
        objected=row.objected,
        opened_at=row.opened_at,
        version=row.version,
    )


def due_letters(on: date) -> list[UUID]:
    """Letters whose day has come and to which nobody objected; only where silence is enough in the region."""
    rows = with_objection(Letter.objects.filter(released_at__isnull=True, release_on__lte=on))
    rows = rows.filter(objected=False)
    rows = rows.exclude(referral__help_request__region__settings__report__to_gp=WITH_CONSENT)
    return list(rows.values_list("pk", flat=True))

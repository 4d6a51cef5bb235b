"""Asking what she allowed and refused: as a condition on rows, as one answer, and as pages she reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, Func, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.knowledge.codes import load_codes
from noaber.network.consents import rules
from noaber.network.consents.models import Consent, Objection
from noaber.network.consents.types import ALL, Permission, Refusal, Thing

READERS = (Role.GUIDE, Role.REFERRER)
"""Who at an organisation reads what was shared with it: people who help, not who plan or administer."""


class HouseNow(Func):
    """What time the house believes it is; the second lock reads the same clock. No context: nothing."""

    function = "noaber_now"
    template = "%(function)s()"
    output_field = DateTimeField()


def _living(now: datetime | HouseNow) -> Q:
    return Q(ended_at__isnull=True, valid_from__lte=now) & (
        Q(valid_until__isnull=True) | Q(valid_until__gt=now)
    )


def shared_with(actor: Actor, what: str, *, thing: str, version: str) -> Exists | None:
    """Rows whose `thing` and `version` she lets this actor read now. None when nobody could be meant."""
    mine = actor.organisations(*READERS)
    if not mine or actor.account_id is None:
        return None
    return Exists(
        Consent.objects.filter(
            _living(HouseNow()),
            Q(account__isnull=True) | Q(account_id=actor.account_id),
            what=what,
            object_id=OuterRef(thing),
            version=OuterRef(version),
            organisation_id__in=mine,
        )
    )


def consented(what: str, *, thing: str, version: str, organisation: str) -> Exists:
    """Rows whose `thing` and `version` she lets the organisation that the row names read now."""
    return Exists(
        Consent.objects.filter(
            _living(HouseNow()),
            what=what,
            object_id=OuterRef(thing),
            version=OuterRef(version),
            organisation_id=OuterRef(organisation),
        )
    )


def _objections(what: str) -> QuerySet[Objection]:
    return Objection.objects.filter(withdrawn_at__isnull=True, what__in=[what, ALL])


def objected_to(actor: Actor, what: str, *, resident: str, thing: str) -> Exists | None:
    """Rows to which she objected, towards everyone or towards an organisation of this actor."""
    mine = actor.organisations()
    return Exists(
        _objections(what).filter(
            Q(object_id__isnull=True) | Q(object_id=OuterRef(thing)),
            Q(organisation__isnull=True) | Q(organisation_id__in=mine),
            resident_id=OuterRef(resident),
        )
    )


def objected_for(what: str, *, resident: str, thing: str, organisation: str) -> Exists:
    """Rows to which she objected, towards everyone or towards the organisation that the row names."""
    return Exists(
        _objections(what).filter(
            Q(object_id__isnull=True) | Q(object_id=OuterRef(thing)),
            Q(organisation__isnull=True) | Q(organisation_id=OuterRef(organisation)),
            resident_id=OuterRef(resident),
        )
    )


def refused(*, resident_id: UUID, what: str, object_id: UUID | None, organisation_id: UUID | None) -> bool:
    """Whether a living objection of hers covers this. Asked as the house itself or as herself."""
    found = _objections(what).filter(resident_id=resident_id)
    found = found.filter(Q(object_id__isnull=True) | Q(object_id=object_id))
    return found.filter(Q(organisation__isnull=True) | Q(organisation_id=organisation_id)).exists()


def allows(
    *,
    resident_id: UUID,
    what: str,
    object_id: UUID,
    organisation_id: UUID,
    now: datetime,
    version: int | None = None,
    account_id: UUID | None = None,
    purpose: str = "",
) -> bool:
    """Whether she lets this organisation read this now. An objection goes before every consent."""
    if refused(resident_id=resident_id, what=what, object_id=object_id, organisation_id=organisation_id):
        return False
    found = Consent.objects.filter(
        _living(now),
        Q(account__isnull=True) | Q(account_id=account_id),
        resident_id=resident_id,
        what=what,
        object_id=object_id,
        organisation_id=organisation_id,
    )
    if version is not None:
        found = found.filter(version=version)
    if purpose:
        found = found.filter(purpose=purpose)
    return found.exists()


def still_holds(consent_id: UUID, *, now: datetime) -> bool:
    """Whether this very consent holds now and no objection covers it; the last question before sending."""
    row = Consent.objects.filter(_living(now), pk=consent_id).first()
    return row is not None and not refused(
        resident_id=row.resident_id,
        what=row.what,
        object_id=row.object_id,
        organisation_id=row.organisation_id,
    )


def used_by(actor: Actor, *, what: str, object_ids: Iterable[UUID], now: datetime) -> dict[UUID, Permission]:
    """The consents that let this actor read these things, by thing; for the words on the page."""
    rows = gate.visible(actor, "use", Consent.objects.all(), resource="consent")
    rows = rows.filter(_living(now), what=what, object_id__in=list(object_ids)).select_related("organisation")
    found: dict[UUID, Permission] = {}
    for row in rows.order_by("version"):
        if row.object_id is not None:
            found[row.object_id] = as_permission(row, {}, now=now)
    return found


def purpose_words(code: str) -> str:
    """The purpose as she reads it; the code itself when the table does not know it any more."""
    known = load_codes().consent_purposes.get(code)
    return gettext(known.label) if known else code


def as_permission(
    row: Consent, things: dict[tuple[str, UUID | None], Thing], *, now: datetime, **more: Any
) -> Permission:
    """The row in words."""
    thing = things.get((row.what, row.object_id))
    return Permission(
        id=row.pk,
        what=row.what,
        object_id=row.object_id,
        version=row.version,
        thing=thing.words if thing else str(row.get_what_display()),
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        purpose=row.purpose,
        purpose_words=purpose_words(row.purpose),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        given_at=row.given_at,
        given_how=row.given_how,
        given_with=row.given_with,
        ended_at=row.ended_at,
        state=rules.state_of(
            valid_from=row.valid_from, valid_until=row.valid_until, ended_at=row.ended_at, now=now
        ),
        newer=thing is not None and row.version is not None and thing.version > row.version,
        **more,
    )


def _by_thing(things: Iterable[Thing]) -> dict[tuple[str, UUID | None], Thing]:
    return {(thing.what, thing.object_id): thing for thing in things}


def own_consents(actor: Actor, things: Iterable[Thing], *, now: datetime) -> list[Permission]:
    """All that she ever allowed, newest first; for herself."""
    by_thing = _by_thing(things)
    rows = gate.visible(actor, "steer", Consent.objects.all(), resource="consent")
    rows = rows.select_related("organisation").order_by("-given_at", "-pk")
    refusals = list(_living_objections(actor))
    return [
        as_permission(row, by_thing, now=now, overruled=any(_covers(o, row) for o in refusals))
        for row in rows
    ]


def _living_objections(actor: Actor) -> QuerySet[Objection]:
    rows = gate.visible(actor, "steer", Objection.objects.all(), resource="objection")
    return rows.filter(withdrawn_at__isnull=True)


def _covers(objection: Objection, consent: Consent) -> bool:
    return (
        objection.what in {consent.what, ALL}
        and objection.object_id in {None, consent.object_id}
        and objection.organisation_id in {None, consent.organisation_id}
    )


def own_objections(actor: Actor, things: Iterable[Thing]) -> list[Refusal]:
    """All that she ever refused, newest first; for herself."""
    by_thing = _by_thing(things)
    rows = gate.visible(actor, "steer", Objection.objects.all(), resource="objection")
    found = []
    for row in rows.select_related("organisation").order_by("-made_at", "-pk"):
        thing = by_thing.get((row.what, row.object_id))
        found.append(
            Refusal(
                id=row.pk,
                what=row.what,
                thing=thing.words if thing else "",
                organisation=row.organisation.name if row.organisation else "",
                made_at=row.made_at,
                made_with=row.made_with,
                withdrawn_at=row.withdrawn_at,
            )
        )
    return found


def one_consent(actor: Actor, consent_id: UUID, things: Iterable[Thing], *, now: datetime) -> Permission:
    """One of her own consents."""
    by_thing = _by_thing(things)
    rows = Consent.objects.select_related("organisation")
    row = gate.get(actor, "steer", rows, resource="consent", pk=consent_id)
    return as_permission(row, by_thing, now=now)


def log_look(actor: Actor, *, part: str, now: datetime) -> None:
    """She looked at what she decided; her own log has a line for it like for any other."""
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="consent.own",
        resident_id=actor.resident_id,
        object_kind="consent",
        part=part,
        purpose="om te zien wie wat ziet",
        basis="eigen gegevens",
        now=now,
    )

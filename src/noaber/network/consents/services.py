"""What she does with a consent or an objection. Each takes effect at its commit, everywhere at once."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.holdings import ledger
from noaber.hallway.holdings.errors import DamagedLedger
from noaber.hallway.outbox.services import is_inline, publish
from noaber.knowledge.codes import load_codes
from noaber.network.consents import queries_sights as sights
from noaber.network.consents import rules
from noaber.network.consents.errors import (
    already_over,
    ends_in_the_past,
    not_a_purpose,
    not_an_organisation,
    nothing_to_share,
    only_narrower,
)
from noaber.network.consents.events import ConsentGiven
from noaber.network.consents.models import Consent, Objection, What
from noaber.network.consents.queries_order import deciding
from noaber.network.consents.types import LETTER, NewConsent
from noaber.network.residents import queries as residents
from noaber.network.residents import services as threads

log = logging.getLogger(__name__)
ENDED, OBJECTED, OBJECTION_WITHDRAWN = "consent.end", "objection.make", "objection.withdraw"
"""The kinds of line in the ledger that survive the restore of an older backup."""


def _herself(actor: Actor) -> UUID:
    if actor.resident_id is None:
        raise gate.not_here()
    return actor.resident_id


def _how(actor: Actor, asked: str = "") -> tuple[str, str]:
    """In which way it was given, and with whom: herself, unless someone helps her at this moment."""
    if not actor.assisted_by:
        return Consent.How.SELF, ""
    how = asked if asked in {Consent.How.PAPER, Consent.How.PHONE} else Consent.How.HELPER
    return how, actor.helper_words


@transaction.atomic
def give(*, actor: Actor, consent: NewConsent, now: datetime) -> UUID:
    """She lets an organisation read something. The same again replaces the earlier one."""
    resident_id = _herself(actor)
    deciding(resident_id)
    if consent.purpose not in load_codes().consent_purposes:
        raise not_a_purpose()
    if consent.organisation_id not in dict(sights.organisations_near(actor)):
        raise not_an_organisation()
    if not any(
        (t.what, t.object_id, t.version) == (consent.what, consent.object_id, consent.version)
        for t in sights.things_of(actor)
    ):
        raise nothing_to_share()
    return _give(actor, resident_id, consent, now=now)


def allow_letter(
    *, actor: Actor, object_id: UUID, organisation_id: UUID, version: int, purpose: str, now: datetime
) -> UUID:
    """She says that her letter may go. Her objections to this letter end with it. Inside a transaction."""
    resident_id = _herself(actor)
    for row in _objections_of(resident_id, LETTER, object_id, organisation_id):
        _withdraw(actor, row, now=now)
    new = NewConsent(LETTER, object_id, version, organisation_id, purpose)
    return _give(actor, resident_id, new, now=now)


def _give(actor: Actor, resident_id: UUID, consent: NewConsent, *, now: datetime) -> UUID:
    gate.look_twice(actor, consent.organisation_id)
    if consent.until is not None and consent.until <= now:
        raise ends_in_the_past()
    same = Consent.objects.filter(  # type: ignore[misc]  # no account: everyone who helps there
        resident_id=resident_id,
        what=consent.what,
        object_id=consent.object_id,
        organisation_id=consent.organisation_id,
        account_id=consent.account_id,
        ended_at__isnull=True,
    )
    for row in same:
        _end(actor, row, now=now)
    how, helper = _how(actor, consent.how)
    row = Consent.objects.create(
        resident_id=resident_id,
        what=consent.what,
        object_id=consent.object_id,
        version=consent.version,
        organisation_id=consent.organisation_id,
        account_id=consent.account_id,
        purpose=consent.purpose,
        valid_from=now,
        valid_until=consent.until,
        given_at=now,
        given_how=how,
        given_with=helper,
    )
    words = gettext_noop("U gaf toestemming aan %(organisation)s")
    _note(actor, row, audit.Action.CREATE, "consent.give", words, now)
    publish(ConsentGiven(consent_id=row.pk), now=now)
    return row.pk


@transaction.atomic
def limit(*, actor: Actor, consent_id: UUID, until: datetime | None, purpose: str, now: datetime) -> UUID:
    """She makes a consent shorter or changes its purpose. Returns the narrower one that takes its place."""
    deciding(_herself(actor))
    row = _own(actor, consent_id)
    if purpose not in load_codes().consent_purposes:
        raise not_a_purpose()
    if _state(row, now) == rules.OVER:
        raise already_over()
    if row.valid_until is not None and (until is None or until > row.valid_until):
        raise only_narrower()
    new = NewConsent(row.what, _thing(row), row.version, row.organisation_id, purpose, until, row.account_id)
    return _give(actor, row.resident_id, new, now=now)


@transaction.atomic
def end(*, actor: Actor, consent_id: UUID, now: datetime) -> None:
    """She takes it back. From the commit on nobody reads it through this consent; twice is once."""
    deciding(_herself(actor))
    row = _own(actor, consent_id)
    if row.ended_at is not None:
        return
    _end(actor, row, now=now)
    words = gettext_noop("U stopte de toestemming voor %(organisation)s")
    _note(actor, row, audit.Action.UPDATE, "consent.end", words, now)
    if row.what == LETTER:
        _object(actor, row.resident_id, LETTER, row.object_id, row.organisation_id, now=now)


@transaction.atomic
def give_back(*, actor: Actor, consent_id: UUID, now: datetime) -> UUID:
    """She changes her mind after taking it back: the same consent again, as a new one from now."""
    resident_id = _herself(actor)
    deciding(resident_id)
    row = _own(actor, consent_id)
    if row.valid_until is not None and row.valid_until <= now:
        raise already_over()
    if row.what == LETTER:
        return allow_letter(
            actor=actor,
            object_id=_thing(row),
            organisation_id=row.organisation_id,
            version=row.version or 1,
            purpose=row.purpose,
            now=now,
        )
    if row.ended_at is None:
        return row.pk
    new = NewConsent(
        row.what, _thing(row), row.version, row.organisation_id, row.purpose, row.valid_until, row.account_id
    )
    return _give(actor, resident_id, new, now=now)


@transaction.atomic
def object_to(
    *,
    actor: Actor,
    what: str,
    object_id: UUID | None = None,
    organisation_id: UUID | None = None,
    now: datetime,
) -> UUID:
    """She does not want it. From the commit on it goes before every consent; the same twice is once."""
    resident_id = _herself(actor)
    deciding(resident_id)
    if what not in What.values:
        raise nothing_to_share()
    return _object(actor, resident_id, what, object_id, organisation_id, now=now)


@transaction.atomic
def withdraw_objection(*, actor: Actor, objection_id: UUID, now: datetime) -> None:
    """She does not mind any more. What she allowed earlier counts again, as far as it still holds."""
    deciding(_herself(actor))
    row = gate.get(actor, "steer", Objection.objects.all(), resource="objection", pk=objection_id)
    if row.withdrawn_at is None:
        _withdraw(actor, row, now=now)


# --- inside ------------------------------------------------------------------------------------------


def _own(actor: Actor, consent_id: UUID) -> Consent:
    rows = Consent.objects.select_related("organisation")
    return gate.get(actor, "steer", rows, resource="consent", pk=consent_id)


def _thing(row: Consent) -> UUID:
    if row.object_id is None:
        raise nothing_to_share()
    return row.object_id


def _state(row: Consent, now: datetime) -> str:
    return rules.state_of(
        valid_from=row.valid_from, valid_until=row.valid_until, ended_at=row.ended_at, now=now
    )


def _end(actor: Actor, row: Consent, *, now: datetime) -> None:
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    _survive(ENDED, {"consent": str(row.pk), "at": now.isoformat()}, now=now)


def _object(
    actor: Actor,
    resident_id: UUID,
    what: str,
    object_id: UUID | None,
    organisation_id: UUID | None,
    *,
    now: datetime,
) -> UUID:
    how, helper = _how(actor)
    row, fresh = Objection.objects.get_or_create(  # type: ignore[misc]  # empty: everything, everyone
        resident_id=resident_id,
        what=what,
        object_id=object_id,
        organisation_id=organisation_id,
        withdrawn_at=None,
        defaults={"made_at": now, "made_how": how, "made_with": helper},
    )
    if fresh:
        _note(actor, row, audit.Action.CREATE, "objection.make", gettext_noop("U maakte bezwaar"), now)
        _survive(
            OBJECTED,
            {
                "objection": str(row.pk),
                "resident": str(resident_id),
                "what": what,
                "object": str(object_id or ""),
                "organisation": str(organisation_id or ""),
                "at": now.isoformat(),
            },
            now=now,
        )
    return row.pk


def _objections_of(
    resident_id: UUID, what: str, object_id: UUID | None, organisation_id: UUID | None
) -> list[Objection]:
    rows = Objection.objects.filter(resident_id=resident_id, what=what, withdrawn_at__isnull=True)
    return [row for row in rows if (row.object_id, row.organisation_id) == (object_id, organisation_id)]


def _withdraw(actor: Actor, row: Objection, *, now: datetime) -> None:
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    words = gettext_noop("U trok uw bezwaar in")
    _note(actor, row, audit.Action.UPDATE, "objection.withdraw", words, now)
    # Written after the commit: without this line a restore refuses too much, never too little.
    line = {"objection": str(row.pk), "at": now.isoformat()}
    transaction.on_commit(partial(_survive, OBJECTION_WITHDRAWN, line, now=now))


def _survive(kind: str, payload: dict[str, Any], *, now: datetime) -> None:
    """A line in the ledger. The invented past of the demo is made anew with its backup, and needs none."""
    if is_inline():
        return
    try:
        ledger.append(kind, payload, now=now)
    except (DamagedLedger, OSError):
        # Her decision counts now; that it might not survive a restore is for the operator to mend.
        log.critical("a decision of the kind %s could not be written in the ledger", kind, exc_info=True)


def _note(
    actor: Actor, row: Consent | Objection, action: str, event_type: str, words: str, now: datetime
) -> None:
    """A line in her log, and one in the history of her request."""
    audit.record(
        actor=actor,
        action=action,
        event_type=event_type,
        resident_id=row.resident_id,
        object_kind="consent" if isinstance(row, Consent) else "objection",
        object_id=row.pk,
        part="uw toestemming" if isinstance(row, Consent) else "uw bezwaar",
        purpose="om te kiezen wie wat ziet",
        basis="eigen gegevens",
        now=now,
    )
    organisation = row.organisation.name if row.organisation else ""
    current = residents.current_request(actor)
    threads.tell(
        current.id,
        at=now,
        words=words,
        values={"organisation": organisation} if "%(" in words else {},
        kind="consent",
        by=actor.helper_words,
    )

"""What a consent tells the log: whoever reads what she shares is at work, as long as she shares it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.audit import hooks
from noaber.network.consents.models import Consent


def ties_of(residents: Collection[UUID]) -> Iterator[hooks.Tie]:
    """Every consent that these residents ever gave, to an organisation or to one person there."""
    with gate.as_system("nagaan wie met toestemming mocht lezen"):
        rows = list(
            Consent.objects.filter(resident_id__in=residents).values_list(
                "resident_id", "account_id", "organisation_id", "valid_from", "valid_until", "ended_at"
            )
        )
    for resident, account, organisation, since, valid_until, ended_at in rows:
        until = min((moment for moment in (valid_until, ended_at) if moment is not None), default=None)
        place = None if account is not None else organisation
        yield hooks.Tie(resident, since, until, account_id=account, organisation_id=place)


def register() -> None:
    """Called once at start."""
    hooks.register_ties("consents", ties_of)

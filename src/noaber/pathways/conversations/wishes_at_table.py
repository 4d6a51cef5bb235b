"""What she wished, beside who would sit at the table."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from noaber.network.partners.models import Professional
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.queries import wishes_of
from noaber.network.residents.types import Asks
from noaber.network.residents.wishes import misses
from noaber.pathways.conversations.types import PersonChip, PlannerCase

BOOKED = "booked"


def missed_wish(case: PlannerCase) -> frozenset[str]:
    """The proposals (by their `choice`) and 'booked' where nobody is of the gender she asked for.

    Where the gender of one of them is not known, nothing is said.
    """
    wished = case.thread.wished
    if wished is None or not wished.gender:
        return frozenset()
    tables: dict[str, tuple[PersonChip, ...]] = {}
    if case.proposals is not None:
        more = case.proposals.without_lived_experience
        tables = {o.choice: o.people for o in (*case.proposals.options, *([more] if more else []))}
    if case.booked is not None:
        tables[BOOKED] = case.booked.people
    known = _genders(p.professional_id for people in tables.values() for p in people)
    return frozenset(
        key
        for key, people in tables.items()
        if misses(wished.gender, [known.get(p.professional_id, "") for p in people])
    )


def _genders(ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Professional.objects.filter(pk__in=set(ids)).values_list("pk", "gender"))


def wished_at(conversation_id: UUID) -> Asks | None:
    """Her wishes for this conversation; the caller showed that it may be read."""
    rows = HelpRequest.objects.select_related("resident__preferences")
    row = rows.filter(conversations=conversation_id).first()
    return wishes_of(row) if row is not None else None

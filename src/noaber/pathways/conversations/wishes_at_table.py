"""What she wished, beside who would sit at the table."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.network.partners.models import Professional
from noaber.network.relatives.queries import company_of
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.queries import misses, wishes_of
from noaber.network.residents.types import Asks
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


def wished_at(conversation_id: UUID) -> tuple[Asks | None, str]:
    """Her wishes for this conversation, and whom she brings; the caller showed that it may be read."""
    rows = HelpRequest.objects.select_related("resident__preferences")
    row = rows.filter(conversations=conversation_id).first()
    if row is None:
        return None, ""
    return wishes_of(row), company_words(row.resident_id)


def company_words(resident_id: UUID) -> str:
    """'Zij neemt iemand mee', with the name where she allows that; nothing when she comes alone."""
    company = company_of(resident_id)
    if company is None:
        return ""
    names = [name for name in company if name]
    if len(names) == len(company):
        return _("Neemt mee: %(names)s") % {"names": ", ".join(names)}
    count = len(company)
    return ngettext("Neemt iemand mee", "Neemt %(n)s mensen mee", count) % {"n": count}

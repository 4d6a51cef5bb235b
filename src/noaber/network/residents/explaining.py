"""What the log asks about residents: fingerprints, who had work with whom, and a number on paper.

Only fingerprints and ids leave this module; it works as the house itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_noop

from noaber.ground.errors import Missing
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import hooks
from noaber.hallway.audit.events import LookExplained
from noaber.hallway.audit.fingerprints import name_mark, street_marks, surname_marks
from noaber.hallway.outbox.registry import listen
from noaber.network.residents.models import HelpRequest, Involvement, Resident
from noaber.network.residents.queries_ring import who_to_ring
from noaber.network.residents.reaching import reach
from noaber.network.residents.types import HolderCard

SUBJECT = gettext_noop("Er staat iets voor u klaar")
BODY = gettext_noop("Er is een antwoord op uw vraag. U leest het op uw eigen pagina.")
BY_HAND = gettext_noop("Er is een antwoord op uw vraag. Wilt u het horen? Bel het nummer op uw kaart.")


def marks_of(residents: Collection[UUID]) -> Mapping[UUID, hooks.Marks]:
    """Name, surname and street of these residents, as fingerprints."""
    with gate.as_system("merktekens vergelijken met wie keek"):
        people = Resident.objects.filter(pk__in=residents).select_related("preferences")
        return {person.pk: _marks(person) for person in people}


def _marks(person: Resident) -> hooks.Marks:
    wish = getattr(person, "preferences", None)
    return hooks.Marks(
        name=name_mark(person.name),
        surnames=surname_marks(person.name),
        streets=street_marks(wish.post_address) if wish and wish.post_address else frozenset(),
    )


def ties_of(residents: Collection[UUID]) -> Iterator[hooks.Tie]:
    """Every part that someone ever had in a thread of theirs. A referrer's part is the practice's."""
    with gate.as_system("nagaan wie werk had met wie"):
        rows = list(
            Involvement.objects.filter(help_request__resident_id__in=residents).values_list(
                "help_request__resident_id", "part", "account_id", "organisation_id", "since", "until",
                "help_request__closed_at",
            )
        )  # fmt: skip
    for resident, part, account, organisation, since, until, closed_at in rows:
        if account is not None:
            yield hooks.Tie(resident, since, until, account_id=account, closed_at=closed_at)
        if account is None or part == Involvement.Part.REFERRER:
            yield hooks.Tie(resident, since, until, organisation_id=organisation, closed_at=closed_at)


def region_of(_account_id: UUID | None, resident_id: UUID | None) -> UUID | None:
    """The region of a resident's newest request."""
    if resident_id is None:
        return None
    with gate.as_system("nagaan welke regio een inwoner heeft"):
        newest = HelpRequest.objects.filter(resident_id=resident_id).order_by("-received_at")
        return newest.values_list("region_id", flat=True).first()


def find_person(code: str) -> hooks.Person | None:
    """The resident whose request has this number, as it stands on her papers."""
    with gate.as_system("een vraag op papier of aan de telefoon noteren"):
        row = HelpRequest.objects.filter(code=code.strip().upper()).first()
        return None if row is None else hooks.Person(row.resident_id, row.region_id)


def ring(actor: Actor) -> HolderCard | None:
    """The human whom she can ring; None for someone without a request of her own."""
    try:
        return who_to_ring(actor)
    except Missing:
        return None


def tell_her(event: LookExplained, now: datetime) -> None:
    """A neutral message by the channel that she allows."""
    reach(
        event.resident_id,
        key=f"look:{event.question_id}",
        subject=SUBJECT,
        body=BODY,
        by_hand=BY_HAND,
        now=now,
    )


def register() -> None:
    """Called once at start."""
    hooks.register_resident_marks(marks_of)
    hooks.register_ties("residents", ties_of)
    hooks.register_region_of("residents", region_of)
    hooks.register_find_person(find_person)
    hooks.register_who_to_ring(ring)
    listen(LookExplained, tell_her)

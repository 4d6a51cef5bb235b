"""The desk of the privacy officer: requests to erase, copies on paper, and what passed its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import transaction

from noaber.ground.errors import Missing
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit.queries import person_number
from noaber.hallway.clock import day_of
from noaber.hallway.holdings import copying, erasing, registry, rules
from noaber.hallway.holdings.erasing import Fate
from noaber.hallway.holdings.models import ErasureRequest

SALT = "noaber.holdings.paper"
OPEN_FOR_SECONDS = 3600
State = ErasureRequest.State


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request on the desk. `left`: days until the answer must be there; negative when it is late."""

    row: ErasureRequest
    person: str
    left: int
    blocked: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One request with everything that the answer depends on."""

    row: ErasureRequest
    person: str
    left: int
    asked: tuple[Fate, ...]
    stays: tuple[Fate, ...]
    first: tuple[str, ...]


def requests(actor: Actor, *, now: datetime) -> list[Waiting]:
    """The requests of the officer's regions: open ones by their term, then what was answered lately."""
    gate.require_act(actor, "holdings.handle")
    with gate.as_system("verzoeken tonen aan de privacyfunctionaris"):
        rows = list(_mine(actor).order_by("asked_at")[:200])
        open_rows = [row for row in rows if row.state in ErasureRequest.OPEN]
        blocked = {
            row.pk: bool(erasing.obstacles(row.resident_id, row.granted or row.parts, now=now))
            for row in open_rows
        }
    found = [
        Waiting(
            row=row,
            person=person_number(row.resident_id),
            left=rules.days_left(row.decide_by, day_of(now)),
            blocked=blocked.get(row.pk, False),
        )
        for row in rows
    ]
    return sorted(found, key=lambda w: (w.row.state != State.ASKED, w.row.state != State.GRANTED, w.left))


def _mine(actor: Actor) -> erasing.Requests:
    return ErasureRequest.objects.filter(region_id__in=actor.regions(Role.PRIVACY_OFFICER))


def request(actor: Actor, request_id: UUID, *, now: datetime) -> Case:
    """One request of the officer's regions. What is held is counted, never shown."""
    gate.require_act(actor, "holdings.handle")
    with gate.as_system("een verzoek tonen aan de privacyfunctionaris"):
        row = _mine(actor).filter(pk=request_id).first()
        if row is None:
            raise gate.not_here()
        fates = erasing.fates(row.resident_id, now=now)
        first = erasing.obstacles(row.resident_id, row.granted or row.parts, now=now)
    erasing.log(actor, row.resident_id, row.pk, "erasure.weigh", "om uw verzoek te beantwoorden", now)
    return Case(
        row=row,
        person=person_number(row.resident_id),
        left=rules.days_left(row.decide_by, day_of(now)),
        asked=tuple(f for f in fates if f.key in row.parts),
        stays=tuple(f for f in fates if f.key not in row.parts),
        first=first,
    )


def answer(
    actor: Actor, request_id: UUID, *, granted: list[str], reason: str, now: datetime
) -> ErasureRequest:
    """Answer one request of the officer's regions."""
    gate.require_act(actor, "holdings.handle")
    with gate.as_system("een verzoek opzoeken"):
        row = _mine(actor).filter(pk=request_id).first()
    if row is None:
        raise gate.not_here()
    return erasing.decide(actor, row, granted=granted, reason=reason, now=now)


def find_by_code(actor: Actor, code: str, *, checked: str, now: datetime) -> UUID:
    """The resident with this number of a request, for a request that came on paper or by phone.

    `checked` says how her identity was checked; it goes in the log. Raises Missing when nobody has it here.
    """
    gate.require_act(actor, "holdings.handle")
    with gate.as_system("een verzoek op papier bij de goede inwoner leggen"):
        found = registry.find(code, actor.regions(Role.PRIVACY_OFFICER))
    if found is None:
        raise Missing(
            "nobody_with_this_number",
            happened="Dit nummer kennen wij hier niet.",
            why="Misschien staat er een cijfer verkeerd, of is het van een andere regio.",
            now_what="Kijk nog eens op de brief. Het nummer begint met V-.",
        )
    erasing.log(actor, found, found, "request.on_paper", f"verzoek op papier, gezien: {checked}"[:80], now)
    return found


@transaction.atomic
def erase_on_paper(actor: Actor, code: str, *, checked: str, parts: list[str], now: datetime) -> UUID:
    """Note a request to erase that came on paper; from here it goes the same way as one from her page."""
    resident = find_by_code(actor, code, checked=checked, now=now)
    return erasing.ask_for(actor, resident, parts=parts, now=now)


def paper_token(resident_id: UUID, actor: Actor) -> str:
    """A pass to the copy of one resident, for this officer, for an hour."""
    return signing.dumps([str(resident_id), str(actor.account_id)], salt=SALT)


def paper_copy(actor: Actor, token: str, *, now: datetime) -> copying.Copy:
    """The copy of everything, to print for a resident who asked on paper; written in the log."""
    gate.require_act(actor, "holdings.handle")
    try:
        resident, account = signing.loads(token, salt=SALT, max_age=OPEN_FOR_SECONDS)
    except signing.BadSignature:
        raise gate.not_here() from None
    if account != str(actor.account_id):
        raise gate.not_here()
    resident_id = UUID(resident)
    with gate.as_system("nagaan of deze inwoner bij deze regio hoort"):
        if registry.region_of(resident_id) not in actor.regions(Role.PRIVACY_OFFICER):
            raise gate.not_here()
    copying.log_copy(actor, resident_id, purpose="om u een kopie op papier te geven", basis="rol", now=now)
    return copying.collect(resident_id, now=now)

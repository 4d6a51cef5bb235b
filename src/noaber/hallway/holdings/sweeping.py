"""What passed its term: found by the house, confirmed by the privacy officer, then destroyed.

A record goes whole: when the record of a resident passed its term, all goes that is kept as long as it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from noaber.ground.errors import Conflict
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.clock import day_of
from noaber.hallway.holdings import ledger
from noaber.hallway.holdings.erasing import erasable, erase_parts, what_goes_with
from noaber.hallway.holdings.models import DestructionLine, DestructionList
from noaber.hallway.holdings.registry import holding, holdings, region_of
from noaber.hallway.holdings.types import Holding
from noaber.knowledge.retention import retention_class

LEDGER_KIND = "holdings.destroy"
RECORDS = ("wgbo_record", "wmo_record")
State = DestructionList.State


def sweep(*, now: datetime) -> int:
    """Propose a list for each kind and region in which something passed its term. Returns how many are new.

    A list that still waits for the officer is brought up to date. Runs as the house itself.
    """
    fresh = 0
    for kind in holdings():
        if kind.aged is None:
            continue
        before = retention_class(kind.retention).term(day_of(now)).latest_start(day_of(now))
        found: dict[UUID, list[str]] = defaultdict(list)
        # What ended on the last day that has passed its term went by: count up to the end of that day.
        for resident_id in kind.aged(clock.at(before, 23, 59)):
            region = region_of(resident_id)
            if region is not None:
                found[region].append(str(resident_id))
        for region, residents in found.items():
            if _confirmed(region, kind):
                continue
            _, made = DestructionList.objects.update_or_create(
                region_id=region,
                holding=kind.key,
                state=State.PROPOSED,
                defaults={
                    "retention": kind.retention,
                    "before_on": before,
                    "residents": sorted(residents),
                    "count": len(residents),
                    "proposed_at": now,
                },
            )
            fresh += made
    return fresh


def _confirmed(region: UUID, kind: Holding) -> bool:
    return DestructionList.objects.filter(region_id=region, holding=kind.key, state=State.CONFIRMED).exists()


def open_lists(actor: Actor) -> list[DestructionList]:
    """The lists of the officer's regions that wait for an answer."""
    gate.require_act(actor, "holdings.handle")
    with gate.as_system("lijsten tonen van wat weg mag"):
        rows = DestructionList.objects.filter(
            region_id__in=actor.regions(Role.PRIVACY_OFFICER), state=State.PROPOSED
        )
        return list(rows.order_by("proposed_at"))


def log_of(actor: Actor, limit: int = 50) -> list[tuple[DestructionLine, str]]:
    """What was destroyed lately in the officer's regions, newest first; never whose it was."""
    gate.require_act(actor, "holdings.handle")
    rows = DestructionLine.objects.filter(region_id__in=actor.regions(Role.PRIVACY_OFFICER))
    return [
        (row, kind.words if (kind := holding(row.holding)) else row.holding)
        for row in rows.order_by("-at", "-pk")[:limit]
    ]


@transaction.atomic
def answer(actor: Actor, list_id: UUID, *, confirmed: bool, now: datetime) -> DestructionList:
    """The officer confirms a list, or lets it be. Confirmed is destroyed by the worker."""
    gate.require_act(actor, "holdings.handle")
    with gate.as_system("een lijst beantwoorden van wat weg mag"):
        row = (
            DestructionList.objects.select_for_update()
            .filter(pk=list_id, region_id__in=actor.regions(Role.PRIVACY_OFFICER))
            .first()
        )
        if row is None:
            raise gate.not_here()
        if row.state != State.PROPOSED:
            raise Conflict(
                "list_answered",
                happened="Deze lijst is al beantwoord.",
                why="Iemand was u voor.",
                now_what="Ga terug en kijk hoe het staat.",
            )
        row.state = State.CONFIRMED if confirmed else State.DROPPED
        row.decided_at, row.decided_by = now, actor.name
        row.residents = row.residents if confirmed else []
        row.save()
    return row


def confirmed() -> list[UUID]:
    """Lists that wait to be carried out. Runs as the house itself."""
    return list(DestructionList.objects.filter(state=State.CONFIRMED).values_list("pk", flat=True))


def destroy(list_id: UUID, *, now: datetime) -> int:
    """Destroy what stands on a confirmed list and still is past its term; how many residents it was.

    Who came back meanwhile is left alone. Afterwards the list names nobody any more.
    """
    with gate.as_system("zien wat op de lijst nog weg mag"):
        row = DestructionList.objects.get(pk=list_id)
        kind = holding(row.holding)
        if row.state != State.CONFIRMED or kind is None or kind.aged is None:
            return 0
        still = {str(pk) for pk in kind.aged(clock.at(row.before_on, 23, 59))}
    due = [resident for resident in row.residents if resident in still]
    for resident in due:
        with gate.as_system("vernietigen wat zijn termijn voorbij is"):
            ledger.append(LEDGER_KIND, {"resident": resident, "parts": list(_with_it(kind))}, now=now)
            erase_parts(UUID(resident), _with_it(kind), now, because="term", decided_by=row.decided_by)
    with gate.as_system("de lijst afsluiten"):
        DestructionList.objects.filter(pk=list_id, state=State.CONFIRMED).update(
            state=State.DONE, done_at=now, residents=[], count=len(due)
        )
    return len(due)


def _with_it(kind: Holding) -> Sequence[str]:
    """What goes together with this kind: of a record all that the law lets go, else the kind alone."""
    if kind.retention not in RECORDS:
        return (kind.key,)
    return (*erasable(), *what_goes_with(erasable()))


def _again(payload: ledger.Payload, at: datetime) -> None:
    erase_parts(UUID(str(payload["resident"])), payload["parts"], at, because="term")


def register() -> None:
    """Called once at start: how the ledger destroys again."""
    ledger.register(LEDGER_KIND, _again)

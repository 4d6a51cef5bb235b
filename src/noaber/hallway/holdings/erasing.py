"""Erasing: who asks, who decides, seven days to think, and then it is done for good.

The order at the end: the decision stands committed; a line in the ledger; all rooms erased, in one
transaction. What stops in between is done at the next start, because the ledger says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.holdings import ledger, rules
from noaber.hallway.holdings.events import ErasureAnswered
from noaber.hallway.holdings.models import DestructionLine, ErasureRequest
from noaber.hallway.holdings.registry import holding, holdings, region_of
from noaber.hallway.holdings.types import Holding
from noaber.hallway.outbox.services import publish
from noaber.knowledge.retention import RetentionClass, retention_class

LEDGER_KIND = "holdings.erase"
PERSON = "residents.person"
State = ErasureRequest.State
Requests = QuerySet[ErasureRequest]


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to one kind of thing when she asks to erase it.

    `may_go`: the law lets her. `why_stays` says why not. `first` is what must be finished before.
    """

    key: str
    words: str
    kept: RetentionClass
    may_go: bool
    why_stays: str
    first: tuple[str, ...]
    count: int

    @property
    def anchor(self) -> str:
        """Where it stands on the page with everything."""
        return self.key.replace(".", "-")


def fates(resident_id: UUID, *, now: datetime) -> list[Fate]:
    """Everything that is held of her and what may become of it; empty kinds are left out."""
    with gate.as_system("zien wat gewist kan worden"):
        found = [_fate(kind, resident_id, now) for kind in holdings()]
    return [fate for fate in found if fate.count]


def _fate(kind: Holding, resident_id: UUID, now: datetime) -> Fate:
    kept = retention_class(kind.retention)
    first = kind.obstacles(resident_id, now) if kind.obstacles and kept.on_request else ()
    return Fate(
        key=kind.key,
        words=gettext(kind.words),
        kept=kept,
        may_go=kept.on_request,
        why_stays=gettext(kept.why_stays) if kept.why_stays else "",
        first=tuple(gettext(sentence) for sentence in first),
        count=len(kind.collect(resident_id)),
    )


def erasable() -> tuple[str, ...]:
    """The keys of all kinds that the law lets her have erased."""
    return tuple(h.key for h in holdings() if retention_class(h.retention).on_request)


@transaction.atomic
def ask(actor: Actor, *, parts: Iterable[str], now: datetime) -> UUID:
    """The resident asks to erase these kinds. A second time while one is open is the same request."""
    if actor.kind is not Kind.RESIDENT or actor.resident_id is None:
        raise gate.not_here()
    return _open(actor, actor.resident_id, ErasureRequest.How.PAGE, parts, now)


def ask_for(actor: Actor, resident_id: UUID, *, parts: Iterable[str], now: datetime) -> UUID:
    """The same for a resident who asked on paper. The caller asked access and found her."""
    return _open(actor, resident_id, ErasureRequest.How.PAPER, parts, now)


def _open(actor: Actor, resident_id: UUID, how: str, parts: Iterable[str], now: datetime) -> UUID:
    chosen = sorted(set(parts) & set(erasable()))
    if not chosen:
        raise Invalid(
            "nothing_to_erase",
            happened=gettext("U heeft nog niets gekozen."),
            now_what=gettext("Kies wat wij moeten wissen."),
        )
    with gate.as_system("een verzoek om te wissen vastleggen"):
        region = region_of(resident_id)
        standing = ErasureRequest.objects.filter(resident_id=resident_id, state__in=ErasureRequest.OPEN)
        already = standing.first()
        if already is not None:
            return already.pk
        if region is None:
            raise gate.not_here()
        try:
            with transaction.atomic():
                row = ErasureRequest.objects.create(
                    resident_id=resident_id,
                    region_id=region,
                    how=how,
                    parts=chosen,
                    asked_at=now,
                    decide_by=rules.answer_by(day_of(now)),
                )
        except IntegrityError:
            return standing.get().pk
    log(actor, resident_id, row.pk, "erasure.ask", "om te vragen of wij iets wissen", now)
    return row.pk


def log(
    actor: Actor,
    resident_id: UUID,
    request_id: UUID,
    event: str,
    purpose: str,
    now: datetime,
    *,
    action: str = "",
) -> None:
    """The line in the log for one act around erasing."""
    audit.record(
        actor=actor,
        action=action or audit.Action.UPDATE,
        event_type=event,
        resident_id=resident_id,
        object_kind="erasure",
        object_id=request_id,
        part="wissen",
        purpose=purpose,
        basis="eigen gegevens" if actor.kind is Kind.RESIDENT else "rol",
        now=now,
    )


@transaction.atomic
def take_back(actor: Actor, *, now: datetime) -> bool:
    """She changed her mind. True when there was something to take back; too late is too late."""
    if actor.kind is not Kind.RESIDENT or actor.resident_id is None:
        raise gate.not_here()
    row = (
        ErasureRequest.objects.select_for_update()
        .filter(resident_id=actor.resident_id, state__in=ErasureRequest.OPEN, ledger_number__isnull=True)
        .first()
    )
    if row is None:
        return False
    row.state, row.taken_back_at = State.TAKEN_BACK, now
    row.save(update_fields=["state", "taken_back_at"])
    log(actor, row.resident_id, row.pk, "erasure.take_back", "om uw verzoek terug te nemen", now)
    return True


def latest(actor: Actor) -> ErasureRequest | None:
    """Her newest request."""
    if actor.kind is not Kind.RESIDENT or actor.resident_id is None:
        raise gate.not_here()
    return ErasureRequest.objects.filter(resident_id=actor.resident_id).order_by("-asked_at").first()


@transaction.atomic
def decide(
    actor: Actor, row: ErasureRequest, *, granted: Iterable[str], reason: str, now: datetime
) -> ErasureRequest:
    """Answer a request. What is not granted needs a reason that she reads. The caller asked access.

    Raises Conflict when somebody answered already, or she took it back meanwhile.
    """
    with gate.as_system("een verzoek om te wissen beantwoorden"):
        row = ErasureRequest.objects.select_for_update().get(pk=row.pk)
        if row.state != State.ASKED:
            raise Conflict(
                "erasure_answered",
                happened=gettext("Dit verzoek wacht niet meer op een antwoord."),
                why=gettext("Iemand was u voor, of de inwoner nam het terug."),
                now_what=gettext("Ga terug en kijk hoe het staat."),
            )
        kept = sorted(set(granted) & set(row.parts) & set(erasable()))
        if kept != sorted(row.parts) and not reason.strip():
            raise Invalid(
                "reason_needed",
                happened=gettext("Er ontbreekt een reden."),
                why=gettext("Wie iets laat wissen, mag weten waarom iets blijft."),
                now_what=gettext("Schrijf in gewone woorden waarom dit moet blijven."),
            )
        row.granted, row.reason = kept, reason.strip()
        row.decided_at, row.decided_by = now, actor.name
        row.state = State.GRANTED if kept else State.REFUSED
        row.erase_after = rules.erase_after(now) if kept else None
        row.save()
        publish(ErasureAnswered(resident_id=row.resident_id, request_id=row.pk), now=now)
    log(actor, row.resident_id, row.pk, "erasure.decide", "om uw verzoek te beantwoorden", now)
    return row


def due(*, now: datetime) -> list[UUID]:
    """Requests whose days to think are over. Runs as the house itself."""
    rows = ErasureRequest.objects.filter(state=State.GRANTED, erase_after__lte=now)
    return list(rows.order_by("erase_after").values_list("pk", flat=True))


def obstacles(resident_id: UUID, parts: Iterable[str], *, now: datetime) -> tuple[str, ...]:
    """What must be finished before these parts may go. Runs as the house itself."""
    kinds = [kind for key in parts if (kind := holding(key)) is not None and kind.obstacles is not None]
    return tuple(
        dict.fromkeys(
            s for kind in kinds for s in (kind.obstacles(resident_id, now) if kind.obstacles else ())
        )
    )


def carry_out(request_id: UUID, *, now: datetime) -> bool:
    """Erase what was granted. False when it may not go yet, or was done or taken back meanwhile.

    First the line in the ledger, committed: from then on nothing brings it back. Then all rooms at once.
    """
    with gate.as_system("vastleggen dat wij wissen"):
        row = ErasureRequest.objects.select_for_update().get(pk=request_id)
        if row.state != State.GRANTED or row.erase_after is None or row.erase_after > now:
            return False
        payload = {
            "resident": str(row.resident_id),
            "request": str(row.pk),
            "parts": [*row.granted, *what_goes_with(row.granted)],
        }
        if row.ledger_number is None:
            if obstacles(row.resident_id, row.granted, now=now):
                return False
            row.ledger_number = ledger.append(LEDGER_KIND, payload, now=now)
            row.save(update_fields=["ledger_number"])
    with gate.as_system("wissen wat een inwoner vroeg"):
        _erase(payload, now)
    return True


def what_goes_with(parts: Sequence[str]) -> tuple[str, ...]:
    """When she herself goes, the kinds that stay by law lose what they need not keep, such as a name."""
    return tuple(h.key for h in holdings() if h.key not in erasable()) if PERSON in parts else ()


def _erase(payload: Mapping[str, Any], at: datetime) -> None:
    """Erase these parts of this resident in all rooms; the ledger does it again after a restore."""
    resident_id = UUID(str(payload["resident"]))
    rows = erase_parts(resident_id, payload["parts"], at, because="asked")
    asked = UUID(str(payload["request"]))
    request = ErasureRequest.objects.filter(pk=asked, done_at__isnull=True).first()
    if request is not None:
        request.state, request.done_at = State.DONE, at
        request.erase_after = request.erase_after or at
        request.save(update_fields=["state", "done_at", "erase_after"])
    if rows:
        log(
            gate.system("wissen"),
            resident_id,
            request.pk if request else resident_id,
            "erasure.done",
            "om te wissen wat u vroeg",
            at,
            action=audit.Action.DELETE,
        )


def erase_parts(
    resident_id: UUID, parts: Sequence[str], at: datetime, *, because: str, decided_by: str = ""
) -> int:
    """Erase these kinds of one resident, each with a line in the destruction log; how many rows changed."""
    region, total = region_of(resident_id), 0
    for key in parts:
        kind = holding(key)
        rows = kind.erase(resident_id, at) if kind else 0
        total += rows
        if kind and rows:
            DestructionLine.objects.create(
                at=at,
                region_id=region,
                holding=key,
                retention=kind.retention,
                because=because,
                rows=rows,
                decided_by=decided_by,
            )
    return total


def register() -> None:
    """Called once at start: how the ledger erases again."""
    ledger.register(LEDGER_KIND, _erase)

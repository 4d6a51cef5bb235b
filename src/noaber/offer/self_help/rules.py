"""What may be kept of doing a module. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from noaber.offer.self_help.types import SCALE_TOP, Block, BlockKind

LONGEST_ANSWER = 4000
LONGEST_REMINDING = timedelta(days=183)
SCALE_POINTS = frozenset(str(point) for point in range(SCALE_TOP + 1))
HOURS = (8, 10, 12, 14, 16, 18, 20)
"""When a reminder may come: local hours, by day."""


def answer_to(block: Block, sent: Sequence[str]) -> object | None:
    """What was answered, as it is kept; None for nothing. A choice that is not there is left out."""
    if block.kind is BlockKind.CHOICES:
        chosen = [line for line in block.lines if line in sent]
        return chosen or None
    first = sent[0].strip() if sent else ""
    if block.kind is BlockKind.SCALE:
        return int(first) if first in SCALE_POINTS else None
    return first[:LONGEST_ANSWER] or None


def kept(blocks: Sequence[Block], sent: Mapping[str, Sequence[str]]) -> dict[str, dict[str, object]]:
    """What to keep of a form, by the key of each question, with the question as it was asked."""
    return {
        block.key: {"asked": block.words, "answer": answer}
        for block in blocks
        if (answer := answer_to(block, sent.get(block.key, ()))) is not None
    }


def too_long(blocks: Sequence[Block], sent: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The keys of the answers that do not fit."""
    return tuple(
        block.key
        for block in blocks
        if block.kind is BlockKind.QUESTION and len("".join(sent.get(block.key, ()))) > LONGEST_ANSWER
    )


def with_what_stood(
    stood: Mapping[str, object], blocks: Sequence[Block], now: Mapping[str, object]
) -> dict[str, object]:
    """What to keep now, with what was answered to questions that the module does not ask any more."""
    asked = {block.key for block in blocks}
    return {key: one for key, one in stood.items() if key not in asked} | dict(now)


def reminder_faults(weekdays: Sequence[int], hour: int, until: date, *, today: date) -> tuple[str, ...]:
    """The fields of a reminder that are wrong."""
    right = {
        "weekdays": bool(weekdays) and all(day in range(1, 8) for day in weekdays),
        "hour": hour in HOURS,
        "until": today <= until <= today + LONGEST_REMINDING,
    }
    return tuple(name for name, fine in right.items() if not fine)


def is_due(
    weekdays: Sequence[int], hour: int, until: date, last_on: date | None, *, today: date, now: int
) -> bool:
    """Whether a reminder goes out in this local hour: once a day, on its weekdays, not too late."""
    return (
        today <= until
        and today.isoweekday() in weekdays
        and hour <= now < hour + 3
        and (last_on is None or last_on < today)
    )

"""Which looks nobody can explain. Plain rules with weights, no learning: an officer can check each by hand.

A week of one colleague is weighed. Each signal adds its weight; from `THRESHOLD` on the week is put to the
privacy officer, heaviest first. Looks in a list of many are nobody's choice and do not count, and neither
do looks that a helper had together with the resident.

- acquaintance 8: the resident named this colleague as someone she knows.
- surname 5, common 2: they share one that at most 1 % of the residents carry, or more of them.
- street 5: she lives in the street that the colleague entered as the own one.
- colleague 5: the resident works at the same organisation.
- no_task 4 (thread closed 30 days ago: 3), each next resident 2, at most 12: there never was work with her,
  or it had ended.
- returns 2: the same resident on three days or more, without a task, or one of the first four.
- night 2 a night, at most 8: between 22 and 6 o'clock, outside the own hours.
- weekend 1 a day, at most 3: Saturday or Sunday by day, outside the own hours.
- many_above 5, over 30 files 8: three times the own usual number of files on a day, and 15 or more.
- many 3: over 30 files a day by habit, and a tenth of them without a task.
- denied 3, 6 or 8: at least 5, 10 or 20 refused or guessed addresses.

The first four weigh two fifths with a task of the own in the file, and three fifths where the organisation
has one: in a village one does meet neighbours, and who plans for a whole region meets all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from noaber.hallway.audit.hooks import Colleague, Marks, Tie

THRESHOLD = 5
RARE_SHARE = 0.01
RARE_COUNT = 3
LEFT_GRACE = timedelta(days=1)
CLOSED_GRACE = timedelta(days=30)
RETURNS_DAYS = 3
MANY_FILES = 30
FAR_ABOVE = 3
FAR_ABOVE_LEAST = 15
NEAR_SHARE = {"own": 0.4, "organisation": 0.6}
NIGHT_FROM, NIGHT_UNTIL = 22, 6
DENIALS = ((20, 8), (10, 6), (5, 3))
NO_TASK = {"none": 4, "past": 4, "closed": 3}


class Tied(StrEnum):
    """How a colleague stood to a resident at the moment of a look, nearest first."""

    OWN = "own"
    ORGANISATION = "organisation"
    CLOSED = "closed"
    PAST = "past"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log; `at` is in local time, `listed` when nobody chose to open this one."""

    id: UUID
    at: datetime
    resident_id: UUID | None
    refused: bool = False
    listed: bool = False
    wrote: bool = False
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Looker:
    """Whoever looked, as far as the rules ask. `usual`: own median of files a day, None when unknown."""

    colleague: Colleague
    name: str = ""
    surnames: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    usual: float | None = None


@dataclass(slots=True)
class Surroundings:
    """What is known of the residents of this week."""

    marks: Mapping[UUID, Marks] = field(default_factory=dict)
    ties: Mapping[UUID, Sequence[Tie]] = field(default_factory=dict)
    acquaintances: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    names_at: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    rare: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that asks for an explanation, what it weighs, and the lines that caused it."""

    code: str
    weight: int
    lines: tuple[UUID, ...]
    count: int = 1
    more: str = ""


def rare_surnames(marks: Iterable[Marks], of: int) -> frozenset[str]:
    """The surnames that at most one percent of these residents carry (and always those of three or fewer)."""
    counts: dict[str, int] = defaultdict(int)
    for each in marks:
        for part in each.surnames:
            counts[part] += 1
    most = max(RARE_COUNT, of * RARE_SHARE)
    return frozenset(part for part, count in counts.items() if count <= most)


def tied(looker: Colleague, look: Look, ties: Sequence[Tie]) -> Tied:
    """How this colleague stood to the resident at the moment of the look."""
    best, order = Tied.NONE, list(Tied)
    for tie in ties:
        if tie.account_id is not None and tie.account_id != looker.account_id:
            continue
        if tie.account_id is None and tie.organisation_id not in looker.organisations:
            continue
        found = Tied.OWN if tie.account_id is not None else Tied.ORGANISATION
        if tie.since > look.at or (tie.until is not None and tie.until + LEFT_GRACE < look.at):
            found = Tied.PAST
        elif tie.closed_at is not None and tie.closed_at + CLOSED_GRACE < look.at:
            found = Tied.CLOSED
        if order.index(found) < order.index(best):
            best = found
    return best


def weigh(looker: Looker, looks: Sequence[Look], around: Surroundings) -> list[Signal]:
    """The signals in one week of one colleague, heaviest first."""
    opened = [
        look
        for look in looks
        if look.resident_id is not None and not (look.refused or look.listed or look.wrote)
    ]
    worked_on = {look.resident_id for look in looks if look.wrote}
    stood = {
        look.id: Tied.OWN
        if look.resident_id in worked_on or look.emergency
        else tied(looker.colleague, look, around.ties.get(look.resident_id, ()))  # type: ignore[arg-type]
        for look in opened
    }
    found = [
        *_kinship(looker, opened, stood, around),
        *_without_task(opened, stood),
        *_at_odd_hours(looker.colleague, opened),
        *_many(looker, opened, stood),
        *_denied(looks),
    ]
    return sorted(found, key=lambda signal: (-signal.weight, signal.code))


def score(signals: Iterable[Signal]) -> int:
    """What the signals weigh together."""
    return sum(signal.weight for signal in signals)


def _by_resident(looks: Iterable[Look]) -> dict[UUID, list[Look]]:
    found: dict[UUID, list[Look]] = defaultdict(list)
    for look in looks:
        if look.resident_id is not None:
            found[look.resident_id].append(look)
    return found


def _kinship(
    looker: Looker, opened: Sequence[Look], stood: Mapping[UUID, Tied], around: Surroundings
) -> Iterable[Signal]:
    at_work = frozenset[str]().union(
        *(around.names_at.get(place, frozenset()) for place in looker.colleague.organisations)
    )
    heaviest: dict[str, Signal] = {}
    near: set[UUID] = set()
    for resident, looks in _by_resident(opened).items():
        hers = around.marks.get(resident, Marks())
        share = max(NEAR_SHARE.get(stood[look.id], 1.0) for look in looks)
        same = looker.surnames & hers.surnames
        weights = {
            "acquaintance": 8 if looker.name in around.acquaintances.get(resident, frozenset()) else 0,
            "surname": (5 if same & around.rare else 2) if same else 0,
            "street": 5 if looker.streets & hers.streets else 0,
            "colleague": 5 if hers.name and hers.name in at_work else 0,
        }
        if any(weights.values()):
            near.add(resident)
        for code, weight in weights.items():
            if weight:
                known = heaviest.get(code)
                signal = Signal(code, round(weight * share), tuple(look.id for look in looks))
                heaviest[code] = signal if known is None else _joined(known, signal)
    return [*heaviest.values(), *_returns(opened, stood, near)]


def _returns(opened: Sequence[Look], stood: Mapping[UUID, Tied], near: set[UUID]) -> Iterable[Signal]:
    back = []
    for resident, looks in _by_resident(look for look in opened if stood[look.id] is not Tied.OWN).items():
        loose = resident in near or stood[looks[0].id] in NO_TASK
        if loose and len({look.at.date() for look in looks}) >= RETURNS_DAYS:
            back += [look.id for look in looks]
    if back:
        yield Signal("returns", 2, tuple(back))


def _joined(one: Signal, other: Signal) -> Signal:
    return Signal(one.code, max(one.weight, other.weight), one.lines + other.lines, one.count + other.count)


def _without_task(opened: Sequence[Look], stood: Mapping[UUID, Tied]) -> Iterable[Signal]:
    none: dict[UUID, Tied] = {}
    lines: list[UUID] = []
    for look in opened:
        kind = stood[look.id]
        if kind in NO_TASK and look.resident_id is not None:
            none.setdefault(look.resident_id, kind)
            lines.append(look.id)
    if none:
        first = max(NO_TASK[kind] for kind in none.values())
        kinds = set(none.values())
        more = str(kinds.pop()) if len(kinds) == 1 else "none"
        yield Signal("no_task", min(12, first + 2 * (len(none) - 1)), tuple(lines), len(none), more)


def _on_duty(colleague: Colleague, at: datetime) -> bool:
    return any(
        at.isoweekday() == weekday and begins <= at.time() < ends for weekday, begins, ends in colleague.hours
    )


def _at_odd_hours(colleague: Colleague, opened: Sequence[Look]) -> Iterable[Signal]:
    odd = [look for look in opened if not look.emergency and not _on_duty(colleague, look.at)]
    night = [look for look in odd if look.at.hour >= NIGHT_FROM or look.at.hour < NIGHT_UNTIL]
    weekend = [look for look in odd if look not in night and look.at.isoweekday() > 5]
    for code, looks, each, most in (("night", night, 2, 8), ("weekend", weekend, 1, 3)):
        days = {(look.at - timedelta(hours=NIGHT_UNTIL)).date() for look in looks}
        if days:
            yield Signal(code, min(most, each * len(days)), tuple(look.id for look in looks), len(days))


def _many(looker: Looker, opened: Sequence[Look], stood: Mapping[UUID, Tied]) -> Iterable[Signal]:
    days: dict[object, list[Look]] = defaultdict(list)
    for look in opened:
        days[look.at.date()].append(look)
    for looks in sorted(days.values(), key=lambda each: -len(_by_resident(each)))[:1]:
        files = len(_by_resident(looks))
        loose = len(_by_resident(look for look in looks if stood[look.id] in NO_TASK))
        lines = tuple(look.id for look in looks)
        above = looker.usual is not None and files >= FAR_ABOVE * max(looker.usual, 1.0)
        if above and files >= FAR_ABOVE_LEAST:
            usual = f"{looker.usual:.0f}" if looker.usual is not None else ""
            yield Signal("many_above", 8 if files > MANY_FILES else 5, lines, files, usual)
        elif files > MANY_FILES and loose * 10 >= files:
            yield Signal("many", 3, lines, files)


def _denied(looks: Sequence[Look]) -> Iterable[Signal]:
    refused = [look.id for look in looks if look.refused]
    for least, weight in DENIALS:
        if len(refused) >= least:
            yield Signal("denied", weight, tuple(refused), len(refused))
            return

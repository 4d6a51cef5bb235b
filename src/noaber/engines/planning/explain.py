"""Why nothing fits in time: each condition looked at alone, and what dropping just that one would bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from noaber.engines.planning.board import Board, Outlook, eligible, lived_binds, needs_place, speaks
from noaber.engines.planning.kernel import Bools, Ints, some_free
from noaber.engines.planning.model import (
    LIVED_ROLE,
    Composition,
    Lack,
    LackKind,
    LivedExperience,
    Mode,
    Problem,
    Requirement,
    Shortage,
    Wish,
)
from noaber.engines.planning.seating import lived_requirement, qualifies
from noaber.ground.intervals import DAY_MINUTES


def shortage(board: Board, first: int | None) -> Shortage:
    """Look at each condition of the problem; `first` is the first feasible step, if there is one."""
    lacks = [_lack(board, first, kind, key, alone) for kind, key, alone in _conditions(board)]
    lacks.sort(key=_worst_first)
    return Shortage(
        norm_days=board.problem.norm_days,
        first_start=None if first is None else board.at(first),
        lacks=tuple(lacks),
    )


def _worst_first(lack: Lack) -> tuple[bool, bool, float, str]:
    """Blocking ones first; of those never met before those met late."""
    met_at = 0.0 if lack.alone_start is None else lack.alone_start.timestamp()
    return not lack.blocks, lack.alone_start is not None, -met_at, lack.key


def _lack(board: Board, first: int | None, kind: LackKind, key: str, alone: Bools) -> Lack:
    alone_step = _first(alone)
    without = _first_without(board, kind, key)
    return Lack(
        kind=kind,
        key=key,
        alone_start=None if alone_step is None else board.at(alone_step),
        alone_day=None if alone_step is None else board.day_number(alone_step),
        without_start=None if without is None else board.at(without),
        without_day=None if without is None else board.day_number(without),
        blocks=without is not None and (first is None or without < first),
    )


def _conditions(board: Board) -> Iterator[tuple[LackKind, str, Bools]]:
    """Every condition that binds here, with the steps at which it is met by itself in the wished hours."""
    problem, wish, composition = board.problem, board.problem.wish, board.problem.composition
    hours = board.within_hours(wish)
    outlook = board.outlook(_bare(composition), wish, lived_waived=True)
    for requirement in composition.required:
        yield LackKind.REQUIREMENT, requirement.key, hours & _enough(board, requirement, wish, composition)
    if lived_binds(composition, waived=problem.lived_experience_waived):
        lived = hours & _enough(board, lived_requirement(composition), wish, composition)
        yield LackKind.LIVED_EXPERIENCE, LIVED_ROLE, lived
    if composition.min_domains > 1:
        domains = replace(_bare(composition), min_domains=composition.min_domains)
        alone = board.outlook(domains, wish, lived_waived=True).feasible
        yield LackKind.DOMAINS, "min_domains", hours & alone
    if composition.min_people > 1:
        yield LackKind.PEOPLE, "min_people", hours & (_free_people(outlook) >= composition.min_people)
    if _language_binds(problem):
        yield LackKind.LANGUAGE, str(wish.language), hours & _speaker_free(board, wish)
    if not _any_hour(wish):
        yield LackKind.HOURS, "hours", hours
    if all(needs_place(mode) for mode in wish.modes):
        yield LackKind.PLACE, "place", hours & board.with_place(wish)


def _first_without(board: Board, kind: LackKind, key: str) -> int | None:
    """The first feasible step when just this condition is dropped."""
    problem = board.problem
    composition, wish, waived = problem.composition, problem.wish, problem.lived_experience_waived
    if kind is LackKind.REQUIREMENT:
        kept = tuple(requirement for requirement in composition.required if requirement.key != key)
        composition = replace(composition, required=kept)
    elif kind is LackKind.LIVED_EXPERIENCE:
        composition = replace(composition, lived_experience=LivedExperience.OPTIONAL)
    elif kind is LackKind.DOMAINS:
        composition = replace(composition, min_domains=1)
    elif kind is LackKind.PEOPLE:
        composition = replace(composition, min_people=1)
    elif kind is LackKind.LANGUAGE:
        wish = replace(wish, language=None)
    elif kind is LackKind.HOURS:
        wish = replace(wish, weekdays=frozenset(range(7)), hours=((0, DAY_MINUTES),))
    else:
        wish = replace(wish, modes=(Mode.ONLINE,))
    feasible = board.outlook(composition, wish, lived_waived=waived).feasible & board.within_hours(wish)
    if all(needs_place(mode) for mode in wish.modes):
        feasible &= board.with_place(wish)
    return _first(feasible)


def _first(mask: Bools) -> int | None:
    steps = np.flatnonzero(mask)
    return int(steps[0]) if len(steps) else None


def _bare(composition: Composition) -> Composition:
    """One person, no demands: who could sit at a table at all."""
    return replace(
        composition,
        min_people=1,
        min_domains=1,
        required=(),
        lived_experience=LivedExperience.OPTIONAL,
    )


def _enough(board: Board, requirement: Requirement, wish: Wish, composition: Composition) -> Bools:
    """The steps at which enough people who qualify for this one requirement are free."""
    alone = replace(_bare(composition), required=(requirement,))
    outlook = board.outlook(alone, wish, lived_waived=True)
    rows = [i for i, kind in enumerate(outlook.kinds) if qualifies(kind, requirement)]
    enough: Bools = outlook.counts[rows].sum(axis=0) >= requirement.min_people
    return enough


def _free_people(outlook: Outlook) -> Ints:
    total: Ints = outlook.counts.sum(axis=0)
    return total


def _language_binds(problem: Problem) -> bool:
    """Whether some candidate does not speak the resident's language."""
    return any(not speaks(candidate, problem.wish) for candidate in problem.candidates)


def _speaker_free(board: Board, wish: Wish) -> Bools:
    """The steps at which at least one person who speaks the language and may sit here is free."""
    composition = board.problem.composition
    speakers = [
        speaks(candidate, wish) and eligible(candidate, composition, wish)
        for candidate in board.problem.candidates
    ]
    return some_free(board.people, speakers, board.steps)


def _any_hour(wish: Wish) -> bool:
    return wish.weekdays == frozenset(range(7)) and (0, DAY_MINUTES) in wish.hours

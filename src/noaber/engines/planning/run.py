"""The one public function of this engine: when can this conversation be held, and with whom?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from noaber.engines.planning.board import Board, Outlook, needs_place, place_allowed
from noaber.engines.planning.checks import check
from noaber.engines.planning.errors import BadInstance
from noaber.engines.planning.explain import shortage
from noaber.engines.planning.kernel import Bools
from noaber.engines.planning.model import (
    LivedExperience,
    Mode,
    Option,
    Penalty,
    PlanAnswer,
    Problem,
    Seat,
)
from noaber.engines.planning.seating import Kind, TablePlan, roles_of


def earliest_fits(problem: Problem, limit: int = 5) -> PlanAnswer:
    """The earliest conversation that meets every binding condition, and up to `limit` - 1 later ones.

    The first option has the earliest feasible start on the grid; no option of equal start orders before it.
    Later options lie on later days, or on later starts when `one_per_day` is off. Raises BadInstance.
    """
    if limit < 1:
        raise BadInstance("limit", happened=f"{limit} opties kan niet.", now_what="Vraag er 1 of meer.")
    check(problem)
    board = Board.of(problem)
    outlook = board.outlook(problem.composition, problem.wish, lived_waived=problem.lived_experience_waived)
    reader = _Reader(board, outlook)
    feasible = outlook.feasible & reader.open_steps
    steps = np.flatnonzero(feasible)
    options = tuple(reader.option(step) for step in _chosen(board, steps.tolist(), limit))
    first = int(steps[0]) if len(steps) else None
    late = first is None or board.day_number(first) - problem.postponed_days > problem.norm_days
    return PlanAnswer(
        options=options,
        earliest_ideal=reader.earliest_ideal(),
        without_lived_experience=_without_lived(board, first),
        shortage=shortage(board, first) if late else None,
        starts_considered=board.steps,
        starts_feasible=len(steps),
    )


def _chosen(board: Board, steps: list[int], limit: int) -> list[int]:
    if not board.problem.one_per_day:
        return steps[:limit]
    chosen: list[int] = []
    for step in steps:
        if not chosen or board.local_day(step) != board.local_day(chosen[-1]):
            chosen.append(step)
        if len(chosen) == limit:
            break
    return chosen


def _without_lived(board: Board, first: int | None) -> Option | None:
    """What a written reason would bring, where a reason is what is lacking."""
    problem = board.problem
    waivable = problem.composition.lived_experience is LivedExperience.UNLESS_REASONED
    if not waivable or problem.lived_experience_waived:
        return None
    waived = replace(problem, lived_experience_waived=True)
    outlook = board.outlook(problem.composition, problem.wish, lived_waived=True)
    reader = _Reader(replace(board, problem=waived), outlook)
    steps = np.flatnonzero(outlook.feasible & reader.open_steps)
    if not len(steps) or (first is not None and steps[0] >= first):
        return None
    return reader.option(int(steps[0]))


class _Reader:
    """Turns a feasible step into the best option at that step."""

    def __init__(self, board: Board, outlook: Outlook) -> None:
        self.board, self.outlook = board, outlook
        self.problem, self.wish = board.problem, board.problem.wish
        self._hours = board.within_hours(self.wish)
        self.open_steps: Bools = self._hours & self._place_mask(self.wish.modes, home_only=False)

    def _place_mask(self, modes: tuple[Mode, ...], *, home_only: bool) -> Bools:
        if any(not needs_place(mode) for mode in modes):
            return np.ones(self.board.steps, dtype=np.bool_)
        return self.board.with_place(self.wish, home_only=home_only)

    def earliest_ideal(self) -> Option | None:
        """The first option that misses no wish, apart from the norm."""
        good_place = self._place_mask(self.wish.modes[:1], home_only=True)
        steps = np.flatnonzero(self.outlook.feasible_ideal & self._hours & good_place)
        return self.option(int(steps[0])) if len(steps) else None

    def option(self, step: int) -> Option:
        """The best option at a feasible step, in the order the README gives."""
        problem = self.problem
        plan, members, load = self._best_team(step)
        mode, place_id, place_penalties = self._best_place(step)
        day = self.board.day_number(step)
        net_day = day - problem.postponed_days
        within = net_day <= problem.norm_days
        penalties = [
            *([] if plan.lived else [Penalty.NO_LIVED_EXPERIENCE]),
            *place_penalties,
            *([] if plan.gender else [Penalty.OTHER_GENDER]),
            *([] if within else [Penalty.AFTER_NORM]),
        ]
        start = self.board.at(step)
        return Option(
            start=start,
            end=start + timedelta(minutes=problem.duration_minutes),
            people=self._seats(members, lived=plan.lived),
            mode=mode,
            place_id=place_id,
            day=day,
            net_day=net_day,
            within_norm=within,
            penalties=tuple(penalties),
            team_load=load,
        )

    def _best_team(self, step: int) -> tuple[TablePlan, tuple[int, ...], int]:
        free: dict[int, list[tuple[int, str, int]]] = {}
        for owner in self.board.people.free_at(step).tolist():
            person = self.problem.candidates[owner]
            free.setdefault(int(self.outlook.kind_of[owner]), []).append((person.load, person.id, owner))
        for members in free.values():
            members.sort()
        best: tuple[tuple[bool, bool, int, int, list[str]], TablePlan, tuple[int, ...]] | None = None
        for i in np.flatnonzero(self.outlook.plan_masks[:, step]).tolist():
            plan = self.outlook.plans[i]
            team = [member for kind, count in plan.need for member in free[kind][:count]]
            load = sum(member[0] for member in team)
            key = (not plan.lived, not plan.gender, plan.size, load, sorted(member[1] for member in team))
            if best is None or key < best[0]:
                best = key, plan, tuple(member[2] for member in team)
        if best is None:
            raise AssertionError("an option was asked for a step at which no table can be filled")
        key, plan, owners = best
        return plan, owners, key[3]

    def _seats(self, owners: tuple[int, ...], *, lived: bool) -> tuple[Seat, ...]:
        composition = self.problem.composition
        people = sorted(owners, key=lambda owner: self.problem.candidates[owner].id)
        kinds: tuple[Kind, ...] = tuple(self.outlook.kinds[int(self.outlook.kind_of[i])] for i in people)
        roles = roles_of(kinds, composition, with_lived=lived)
        if roles is None:
            raise AssertionError("a table plan was kept that cannot be seated")
        return tuple(
            Seat(self.problem.candidates[owner].id, role.key, role.domain, role.lived)
            for owner, role in zip(people, roles, strict=True)
        )

    def _best_place(self, step: int) -> tuple[Mode, str | None, list[Penalty]]:
        free = [self.problem.places[i] for i in self.board.places.free_at(step).tolist()]
        for rank, mode in enumerate(self.wish.modes):
            penalties = [Penalty.OTHER_MODE] if rank else []
            if not needs_place(mode):
                return mode, None, penalties
            near = sorted(
                (not place_allowed(place.municipality, self.wish, home_only=True), place.id)
                for place in free
                if place_allowed(place.municipality, self.wish)
            )
            if near:
                elsewhere, place_id = near[0]
                return mode, place_id, penalties + ([Penalty.OTHER_MUNICIPALITY] if elsewhere else [])
        raise AssertionError("an option was asked for a step at which there is no place")

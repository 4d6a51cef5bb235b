"""Who sits where: a true assignment of people to roles and domains, for the small tables we have.

People are first reduced to what matters for this composition (`Kind`), so that two hundred professionals
become some ten kinds and every possible table is tried once, whatever the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement

from noaber.engines.planning.model import EXTRA_ROLE, LIVED_EXPERIENCE, LIVED_ROLE, Composition, Requirement

_PERFECT = (True, True)


@dataclass(frozen=True, slots=True)
class Kind:
    """What matters of a person here; people of one kind are interchangeable but for load and id."""

    domains: tuple[str, ...]
    flags: frozenset[str]
    speaks: bool
    right_gender: bool


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table that satisfies the composition: how many of each kind, and which wishes it misses."""

    need: tuple[tuple[int, int], ...]
    lived: bool
    gender: bool
    size: int


@dataclass(frozen=True, slots=True)
class Role:
    """What one person does at the table."""

    key: str
    domain: str
    lived: bool


def lived_requirement(composition: Composition) -> Requirement:
    """Someone with lived experience who sits as such."""
    return Requirement(LIVED_ROLE, composition.lived_domains, flags=frozenset({LIVED_EXPERIENCE}))


def roles_of(
    people: Sequence[Kind], composition: Composition, *, with_lived: bool
) -> tuple[Role, ...] | None:
    """The role of each person, or None when these people cannot fill this table.

    Deterministic: the first assignment in the order of people, requirements and domain names. Without
    `one_role_each` the role names every requirement the person meets, joined with ``+``.
    """
    if not composition.one_role_each:
        return _many_roles(people, composition, with_lived=with_lived)
    required, peer = composition.required, lived_requirement(composition)
    open_roles = [requirement.min_people for requirement in required]
    seats: list[tuple[int | None, str]] = []

    def complete() -> bool:
        pairs = zip(people, seats, strict=True)
        return not with_lived or any(meets(person, peer, domain) for person, (_, domain) in pairs)

    def place(i: int) -> bool:
        waiting = len(people) - i
        if sum(open_roles) > waiting:
            return False
        if len({domain for _, domain in seats}) + waiting < composition.min_domains:
            return False
        if not waiting:
            return complete()
        for role, domain in _choices(people[i], required, open_roles):
            seats.append((role, domain))
            if role is not None:
                open_roles[role] -= 1
            if place(i + 1):
                return True
            seats.pop()
            if role is not None:
                open_roles[role] += 1
        return False

    if not place(0):
        return None
    return tuple(
        _role("" if role is None else required[role].key, domain, meets(person, peer, domain))
        for person, (role, domain) in zip(people, seats, strict=True)
    )


def _role(key: str, domain: str, lived: bool) -> Role:
    return Role(key or (LIVED_ROLE if lived else EXTRA_ROLE), domain, lived)


def _choices(
    person: Kind, required: Sequence[Requirement], open_roles: Sequence[int]
) -> Iterator[tuple[int | None, str]]:
    for role, requirement in enumerate(required):
        if open_roles[role]:
            for domain in person.domains:
                if meets(person, requirement, domain):
                    yield role, domain
    for domain in person.domains:
        yield None, domain


def meets(person: Kind, requirement: Requirement, domain: str) -> bool:
    """Whether this person, sitting for this domain, counts for the requirement."""
    return requirement.flags <= person.flags and (not requirement.domains or domain in requirement.domains)


def qualifies(person: Kind, requirement: Requirement) -> bool:
    """Whether this person can count for the requirement for at least one of their domains."""
    return any(meets(person, requirement, domain) for domain in person.domains)


def _many_roles(
    people: Sequence[Kind], composition: Composition, *, with_lived: bool
) -> tuple[Role, ...] | None:
    if len({domain for person in people for domain in person.domains}) < composition.min_domains:
        return None
    for requirement in composition.required:
        if sum(qualifies(person, requirement) for person in people) < requirement.min_people:
            return None
    peer = lived_requirement(composition)
    if with_lived and not any(qualifies(person, peer) for person in people):
        return None
    return tuple(
        _role(
            "+".join(r.key for r in composition.required if qualifies(person, r)),
            "+".join(person.domains),
            qualifies(person, peer),
        )
        for person in people
    )


@lru_cache(maxsize=256)
def table_plans(
    kinds: tuple[Kind, ...],
    available: tuple[int, ...],
    composition: Composition,
    *,
    lived_binds: bool,
    one_speaker: bool,
) -> tuple[TablePlan, ...]:
    """Every smallest table that satisfies the composition.

    `available` is how many people of each kind can be free at once, capped at the size of the table. A table
    with a person too many is left out when the table without that person is just as good: it can never win.
    Kept between questions: within one region the answer is nearly always the same.
    """
    lived_at = _LivedAt(kinds, composition, binds=lived_binds)
    good: dict[tuple[int, ...], tuple[bool, bool]] = {}
    plans: list[TablePlan] = []
    for size in range(composition.min_people, composition.max_people + 1):
        for chosen in combinations_with_replacement(range(len(kinds)), size):
            counts = Counter(chosen)
            if any(count > available[kind] for kind, count in counts.items()):
                continue
            smaller = [good[part] for part in _one_fewer(chosen) if part in good]
            if _PERFECT in smaller:
                good[chosen] = _PERFECT
                continue
            people = [kinds[kind] for kind in chosen]
            if one_speaker and not any(person.speaks for person in people):
                continue
            lived = lived_at(chosen)
            if lived is None:
                continue
            quality = lived, any(person.right_gender for person in people)
            good[chosen] = quality
            if not any(part[0] >= quality[0] and part[1] >= quality[1] for part in smaller):
                plans.append(TablePlan(tuple(sorted(counts.items())), *quality, size))
    return tuple(plans)


class _LivedAt:
    """Whether lived experience sits at a table, or None when the table cannot be seated at all.

    Language and gender play no part in seating, so kinds that differ in those alone share the answer.
    """

    def __init__(self, kinds: tuple[Kind, ...], composition: Composition, *, binds: bool) -> None:
        self._kinds, self._composition, self._binds = kinds, composition, binds
        shapes: dict[tuple[tuple[str, ...], frozenset[str]], int] = {}
        self._shape = [shapes.setdefault((kind.domains, kind.flags), len(shapes)) for kind in kinds]
        self._known: dict[tuple[int, ...], bool | None] = {}

    def __call__(self, chosen: tuple[int, ...]) -> bool | None:
        shape = tuple(sorted(self._shape[kind] for kind in chosen))
        if shape not in self._known:
            self._known[shape] = self._seat([self._kinds[kind] for kind in chosen])
        return self._known[shape]

    def _seat(self, people: list[Kind]) -> bool | None:
        for lived in (True,) if self._binds else (True, False):
            if roles_of(people, self._composition, with_lived=lived) is not None:
                return lived
        return None


def _one_fewer(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for i in range(len(chosen)):
        yield chosen[:i] + chosen[i + 1 :]

"""Pure decisions: which people can be in one group, where and when, and who goes first.

A group is one kind and theme, one language and one stage of life, at one place on one part of the week. Who
can be in it, is who waits for that, speaks that language, said that this part of the week suits, and lives
within the distance she is willing to travel. The same lists always give the same groups.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from uuid import UUID

from noaber.ground import globe

YOUNG = "16_25"
km_between = lru_cache(maxsize=65536)(globe.km_between)
"""The same few places are asked again and again."""
AGE_BANDS = (YOUNG, "26_40", "41_65", "66_plus")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat")
PARTS = ("morning", "afternoon", "evening")
DAY_PARTS = tuple(f"{day}_{part}" for day in DAYS for part in PARTS)
SLOTS_TRIED = 10
"""The best so many slots of a kind and theme are combined; each with other people who could come."""
GROUPS_COMBINED = 3


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody who waits for a group, without a name. Degrees (WGS 84); `since` the day she began to wait."""

    id: UUID
    organisation: UUID
    kind: str
    theme: str
    latitude: float
    longitude: float
    day_parts: frozenset[str]
    language: str
    age_band: str
    since: date
    travel_km: float


@dataclass(frozen=True, slots=True)
class Venue:
    """A place where a group can meet. `key` is stable, so that equal lists give equal groups."""

    key: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Size:
    """How many people make a group of a kind, and from how many organisations at least."""

    least: int
    most: int
    organisations: int = 2


@dataclass(frozen=True, slots=True)
class Slot:
    """What one group is about, for whom, where and when."""

    kind: str
    theme: str
    language: str
    young: bool
    day_part: str
    venue: str


@dataclass(frozen=True, slots=True)
class Formed:
    """A group that can be: its members by earliest wait, and how many more could have come."""

    slot: Slot
    members: tuple[Wait, ...]
    eligible: int
    days_waited: int
    km: float

    @property
    def organisations(self) -> tuple[UUID, ...]:
        """Whose people these are, the earliest wait first."""
        return tuple(dict.fromkeys(wait.organisation for wait in self.members))


def reaches(wait: Wait, venue: Venue) -> bool:
    """Whether the place lies within what she is willing to travel; exactly that far is within."""
    return km_between(wait.latitude, wait.longitude, venue.latitude, venue.longitude) <= wait.travel_km


def fits(wait: Wait, slot: Slot, venue: Venue) -> bool:
    """Whether this person can be in this group. Young people (16 to 25) sit together."""
    return (
        (wait.kind, wait.theme, wait.language) == (slot.kind, slot.theme, slot.language)
        and (wait.age_band == YOUNG) == slot.young
        and slot.day_part in wait.day_parts
        and reaches(wait, venue)
    )


def by_wait(waits: Iterable[Wait]) -> list[Wait]:
    """The earliest wait first; equal days by number, so that it is always the same order."""
    return sorted(waits, key=lambda wait: (wait.since, str(wait.id)))


def in_turn(waits: Iterable[Wait]) -> list[Wait]:
    """Whose turn it is: of each organisation who waits longest, and then everyone by wait."""
    ordered = by_wait(waits)
    first: dict[UUID, Wait] = {}
    for wait in ordered:
        first.setdefault(wait.organisation, wait)
    chosen = {wait.id for wait in first.values()}
    return [*first.values(), *(wait for wait in ordered if wait.id not in chosen)]


def seats(eligible: Collection[Wait], most: int) -> tuple[Wait, ...]:
    """Who gets a place when there are more people than places.

    First each organisation gets one place, for the person of that organisation who waits longest; with fewer
    places than organisations these go to whoever waits longest. Then the earliest wait of all goes first.
    """
    return tuple(by_wait(in_turn(eligible)[:most]))


def form(slot: Slot, venue: Venue, waits: Iterable[Wait], size: Size, today: date) -> Formed | None:
    """The group of this slot, or nothing when too few people or too few organisations can come."""
    eligible = [wait for wait in waits if fits(wait, slot, venue)]
    return _group(slot, venue, seats(eligible, size.most), len(eligible), size, today)


def _group(
    slot: Slot, venue: Venue, members: tuple[Wait, ...], eligible: int, size: Size, today: date
) -> Formed | None:
    if len(members) < size.least or len({wait.organisation for wait in members}) < size.organisations:
        return None
    return Formed(
        slot=slot,
        members=members,
        eligible=eligible,
        days_waited=sum((today - wait.since).days for wait in members),
        km=sum(
            km_between(wait.latitude, wait.longitude, venue.latitude, venue.longitude) for wait in members
        ),
    )


def rank(formed: Formed) -> tuple[int, int, float, str, str]:
    """Sorts groups, the best first: most people, then most days waited together, then fewest kilometres."""
    part = f"{DAY_PARTS.index(formed.slot.day_part):02d}"
    return (-len(formed.members), -formed.days_waited, round(formed.km, 3), part, formed.slot.venue)


Class = tuple[str, str, str, bool]
"""Kind, theme, language, and whether it is for young people: who may sit together at all."""


def classes(waits: Iterable[Wait]) -> dict[Class, list[Wait]]:
    """Who may sit together, in a fixed order."""
    found: dict[Class, list[Wait]] = defaultdict(list)
    for wait in waits:
        found[wait.kind, wait.theme, wait.language, wait.age_band == YOUNG].append(wait)
    return dict(sorted(found.items()))


def _slots(
    which: Class, some: Sequence[Wait], venues: Sequence[Venue], least: int
) -> list[tuple[Slot, Venue]]:
    """Every part of the week that suits enough people, at every place."""
    suits = Counter(part for wait in some for part in wait.day_parts)
    return [
        (Slot(*which, part, venue.key), venue)
        for part in DAY_PARTS
        if suits[part] >= least
        for venue in sorted(venues, key=lambda venue: venue.key)
    ]


def possible(
    waits: Sequence[Wait], venues: Sequence[Venue], sizes: Mapping[str, Size], today: date
) -> list[Formed]:
    """Every group that could be on its own, the best first. People stand in several."""
    found = []
    for which, some in classes(waits).items():
        size = sizes.get(which[0])
        if size is None or len(some) < size.least:
            continue
        made = (
            form(slot, venue, some, size, today) for slot, venue in _slots(which, some, venues, size.least)
        )
        found += [formed for formed in made if formed is not None]
    return sorted(found, key=rank)


def groups_to_propose(
    waits: Sequence[Wait], venues: Sequence[Venue], sizes: Mapping[str, Size], today: date
) -> tuple[Formed, ...]:
    """Groups that can all start: nobody stands in two. As many people as possible get a place.

    Each kind, theme, language and stage of life apart. Two ways are tried. One: the best group first, then
    the best of who is left. Two: every set of up to `GROUPS_COMBINED` of the best `SLOTS_TRIED` slots, with
    people divided over them so that each group has enough. What places most people is kept; among equals the
    one in which most days were waited, then the one with fewest groups. Within `SLOTS_TRIED` slots that is
    the best there is, but for sets in which all of one group came from one organisation.
    """
    found: list[Formed] = []
    for (kind, *_rest), some in classes(waits).items():
        if kind in sizes:
            found += _best_set(some, venues, sizes[kind], today)
    return tuple(sorted(found, key=rank))


def _best_set(some: list[Wait], venues: Sequence[Venue], size: Size, today: date) -> list[Formed]:
    options = possible(some, venues, {some[0].kind: size}, today)
    best = _one_by_one(options[:1], venues, size, today, some)
    if len(some) < 2 * size.least or _worth(best)[0] == len(some):
        return best  # there is no second group, or everybody has a place
    by_key = {venue.key: venue for venue in venues}
    slots = [(formed.slot, by_key[formed.slot.venue]) for formed in _different(options, some, by_key)]
    for number in range(2, min(GROUPS_COMBINED, len(some) // size.least) + 1):
        for chosen in combinations(slots, number):
            made = _divide(chosen, some, size, today)
            if made and _worth(made) > _worth(best):
                best = made
    return best


def _different(options: Sequence[Formed], some: Sequence[Wait], venues: Mapping[str, Venue]) -> list[Formed]:
    """The best groups, of each set of people who could come at most as many as can be combined."""
    seen: Counter[frozenset[UUID]] = Counter()
    found = []
    for formed in options:
        venue = venues[formed.slot.venue]
        could = frozenset(wait.id for wait in some if fits(wait, formed.slot, venue))
        seen[could] += 1
        if seen[could] <= GROUPS_COMBINED:
            found.append(formed)
        if len(found) == SLOTS_TRIED:
            break
    return found


def _one_by_one(
    begun: list[Formed], venues: Sequence[Venue], size: Size, today: date, some: Sequence[Wait]
) -> list[Formed]:
    made = list(begun)
    while True:
        taken = {wait.id for formed in made for wait in formed.members}
        left = [wait for wait in some if wait.id not in taken]
        options = possible(left, venues, {some[0].kind: size}, today)
        if not options:
            return made
        made.append(options[0])


def _divide(
    slots: Sequence[tuple[Slot, Venue]], some: Sequence[Wait], size: Size, today: date
) -> list[Formed] | None:
    """People over these slots: each group enough people first, then as many as can come, in turn.

    Whoever has a place keeps one, though maybe in another group, when somebody else is let in (augmenting
    paths); so no other division over the same slots places more people.
    """
    can = {
        wait.id: [n for n, (slot, venue) in enumerate(slots) if fits(wait, slot, venue)]
        for wait in in_turn(some)
    }
    holds: list[set[UUID]] = [set() for _ in slots]
    for most in (size.least, size.most):
        placed = {person for group in holds for person in group}
        for person in can:
            if person not in placed:
                _let_in(person, can, holds, most, set())
        if any(len(group) < size.least for group in holds):
            return None
    by_id = {wait.id: wait for wait in some}
    made = [
        _group(
            slot,
            venue,
            tuple(by_wait(by_id[person] for person in holds[n])),
            sum(n in where for where in can.values()),
            size,
            today,
        )
        for n, (slot, venue) in enumerate(slots)
    ]
    return None if None in made else [formed for formed in made if formed is not None]


def _let_in(
    person: UUID, can: Mapping[UUID, Sequence[int]], holds: list[set[UUID]], most: int, seen: set[int]
) -> bool:
    for n in can[person]:
        if n in seen:
            continue
        seen.add(n)
        if len(holds[n]) < most:
            holds[n].add(person)
            return True
        for other in sorted(holds[n], key=str):
            if _let_in(other, can, holds, most, seen):
                holds[n].remove(other)
                holds[n].add(person)
                return True
    return False


def _worth(made: Sequence[Formed]) -> tuple[int, int, int]:
    people = sum(len(formed.members) for formed in made)
    return people, sum(formed.days_waited for formed in made), -len(made)


def enough(yes: int, least: int) -> bool:
    """Whether the group can start."""
    return yes >= least


def can_still(yes: int, open_or_later: int, least: int) -> bool:
    """Whether enough people may still say yes."""
    return yes + open_or_later >= least

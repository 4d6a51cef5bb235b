"""From the tables to the search engine: one index per process and region, true to the last commit.

Before each search one small question asks for the region's revision. Writers lock that row until their
commit, so revisions commit in order, and what is newer than what was read is all that changed: every process
finds an edit at once. A transaction that wrote entries itself may see what will be rolled back; what is
read there counts as unsure, and is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from threading import RLock
from uuid import UUID

from django.db import connection
from django.db.models import Q

from noaber.engines.search import Document, Index
from noaber.engines.search import Synonym as Typed
from noaber.knowledge.languages import language_name
from noaber.knowledge.offer_terms import OfferTerm, load_terms
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Region
from noaber.offer.directory import keeping, lay, rules
from noaber.offer.directory.facets import WEEK, facets_of
from noaber.offer.directory.models import Service, Synonym
from noaber.offer.directory.nearby import known_places
from noaber.offer.directory.placing import Gazetteer
from noaber.offer.directory.types_record import ScheduleRecord, ServiceRecord
from noaber.offer.directory.upkeep import rules_fresh

LAY_WORDS = Path(__file__).with_name("lay_words.txt")
LATER = "later:yes"
"""A facet of our own: one cannot go there this year."""

_MOST_REGIONS = 40
_held: dict[UUID, _Held] = {}
_door = RLock()

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Searchable:
    """What a search needs of a region."""

    index: Index
    places: Gazetteer


class _Held:
    """The index of one region in this process, and what it knows."""

    def __init__(self, region_id: UUID) -> None:
        self.region_id = region_id
        self.lock = RLock()
        self.index = Index()
        self.day: date | None = None
        self.sure = -1
        self.unsure: set[UUID] = set()
        self.synonyms: tuple[Typed, ...] = ()
        self.places = Gazetteer(())

    def refresh(self, today: date) -> Searchable:
        """The index as the database is now."""
        with self.lock:
            number, writing = _revision(self.region_id)
            if self.day != today or number < self.sure:
                self._read_all(today)
                self.sure, self.unsure = (-1, set(self._ids())) if writing else (number, set())
            elif number > self.sure or self.unsure:
                touched = self._read_since(today)
                if writing:
                    self.unsure |= touched
                else:
                    self.sure, self.unsure = number, set()
            return Searchable(self.index, self.places)

    def _read_all(self, today: date) -> None:
        centres = _centres(self.region_id)
        rows = keeping.whole().filter(region_id=self.region_id, status__in=_THERE)
        self.index = Index.of(
            (_document(row, centres, today) for row in rows), self._read_synonyms(), lay.meanings()
        )
        region = Region.objects.get(pk=self.region_id)
        self.places = Gazetteer(known_places(region, partners.municipalities_of(self.region_id)))
        self.synonyms = self._read_synonyms()
        self.day = today

    def _read_since(self, today: date) -> set[UUID]:
        """Put what changed and drop what ended; which entries those were."""
        changed = Q(revision__gt=self.sure) | Q(pk__in=self.unsure)
        rows = list(keeping.whole().filter(changed, region_id=self.region_id))
        centres = _centres(self.region_id) if rows else {}
        living = [row for row in rows if row.status in _THERE]
        self.index.put_all(_document(row, centres, today) for row in living)
        there = {row.pk for row in living}
        for gone in ({row.pk for row in rows} | self.unsure) - there:
            self.index.drop(str(gone))
        if self._read_synonyms() != self.synonyms:
            self.synonyms = self._read_synonyms()
            self.index.set_synonyms(self.synonyms)
        return {row.pk for row in rows}

    def _read_synonyms(self) -> tuple[Typed, ...]:
        rows = Synonym.objects.filter(region_id=self.region_id, removed=False).order_by("word")
        pairs = rows.values_list("word", "means")
        return (*lay_synonyms(), *(Typed(word, one) for word, means in pairs for one in means))

    def _ids(self) -> Iterable[UUID]:
        rows = Service.objects.filter(region_id=self.region_id, status__in=_THERE)
        return rows.values_list("pk", flat=True)


_THERE = (Service.Status.ACTIVE, Service.Status.CLOSED)


def searchable(region_id: UUID, today: date) -> Searchable:
    """The index of a region and its places, brought up to date."""
    with _door:
        held = _held.get(region_id)
        if held is None:
            while len(_held) >= _MOST_REGIONS:
                _held.pop(next(iter(_held)))
            held = _held[region_id] = _Held(region_id)
    return held.refresh(today)


def forget() -> None:
    """Let go of every index of this process."""
    with _door:
        _held.clear()


def _revision(region_id: UUID) -> tuple[int, bool]:
    """The region's revision, and whether this transaction wrote entries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT number FROM directory_revision WHERE region_id = %s), 0),"
            " pg_current_xact_id_if_assigned()::text",
            [region_id],
        )
        number, transaction = cursor.fetchone() or (0, None)
    return int(number), keeping.written_here(transaction)


def _centres(region_id: UUID) -> dict[str, Point]:
    return {
        row.slug: (row.latitude, row.longitude)
        for row in partners.municipalities_of(region_id)
        if row.latitude is not None and row.longitude is not None
    }


def _document(row: Service, centres: Mapping[str, Point], today: date) -> Document:
    fresh = rules_fresh.state_on(
        today, ageing_on=row.ageing_on, stale_on=row.stale_on, assured_on=row.assured_on
    )
    return document_of(
        str(row.pk), keeping.as_record(row), centres, today, stale=fresh is rules_fresh.State.STALE
    )


@cache
def lay_synonyms() -> tuple[Typed, ...]:
    """What people say for what an entry calls otherwise; regions add their own."""
    rows = (line.split("=") for line in LAY_WORDS.read_text("utf-8").splitlines() if "=" in line)
    return tuple(
        Typed(typed.strip(), means.strip())
        for left, right in rows
        for typed in left.split(",")
        for means in right.split(",")
    )


def document_of(
    key: str, record: ServiceRecord, centres: Mapping[str, Point], today: date, *, stale: bool = False
) -> Document:
    """One entry as the engine finds it. `centres`: the middle of each municipality, by slug."""
    facets = facets_of(record)
    return Document(
        key=key,
        title=f"{record.name} {record.alternate_name}",
        text=f"{record.text} {record.text_young} {record.how_to_start}",
        words=_words(record),
        lay=_lay_words(record),
        facets=facets | {LATER} if _not_this_year(record, today) else facets,
        points=_points(record, centres),
        this_week=WEEK in facets,
        stale=stale,
        rank=rules.nearness(record.kind),
        concepts=lay.concepts_of(record),
    )


def _words(record: ServiceRecord) -> str:
    """Words by which it is found beside its own text: its terms, who, where, in which languages."""
    words = [record.organisation, record.municipality, str(Service.Kind(record.kind).label)]
    words += [f"{place.name} {place.city}" for place in record.places]
    words += [term.name for term in _terms(record)]
    words += [language_name(code) for code in record.languages if code != "nl"]
    return " ".join(words)


def _lay_words(record: ServiceRecord) -> str:
    """What people say for its terms."""
    return " ".join(word for term in _terms(record) for word in term.synonyms)


def _terms(record: ServiceRecord) -> list[OfferTerm]:
    terms = load_terms()
    return [terms[code] for code in record.terms if code in terms]


def _points(record: ServiceRecord, centres: Mapping[str, Point]) -> tuple[Point, ...]:
    """Where it is; with only a municipality the middle of that; nothing when it is for the whole region."""
    points = tuple(
        (place.latitude, place.longitude)
        for place in record.places
        if place.latitude is not None and place.longitude is not None
    )
    if points or record.mode in ("online", "phone"):
        return points
    towns = dict.fromkeys([place.municipality for place in record.places] + [record.municipality])
    return tuple(centres[town] for town in towns if town in centres)


def _not_this_year(record: ServiceRecord, today: date) -> bool:
    """Full, closed for now, or every round of it is over or begins next year."""
    if record.free_places == 0 or record.status == Service.Status.CLOSED:
        return True
    rounds: list[ScheduleRecord] = [*record.schedules]
    rounds += [hours for place in record.places for hours in place.schedules]
    return bool(rounds) and all(
        (one.valid_until is not None and one.valid_until < today)
        or (one.valid_from is not None and one.valid_from.year > today.year)
        for one in rounds
    )

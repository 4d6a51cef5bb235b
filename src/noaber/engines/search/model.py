"""What goes into the search engine and what comes out. Frozen. Distances in kilometres, angles in degrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

RADIUS_KM = 15.0
FEW = 10


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found.

    `words` are more words by which it may be found: names of its terms, place, organisation; `lay` what
    people say for those, which counts least.
    `facets` are codes such as ``kind:group``; what stands before the colon is the taxonomy.
    `points` are (latitude, longitude); none means that it is there for everyone, wherever they live.
    `rank` orders equals: 0 is the lightest kind of help. `concepts` are what it is about beyond its words,
    each with how much it counts, in halves as a word in the title does 8 and in the text 4.
    """

    key: str
    title: str
    text: str = ""
    words: str = ""
    lay: str = ""
    facets: frozenset[str] = frozenset()
    points: tuple[tuple[float, float], ...] = ()
    this_week: bool = False
    stale: bool = False
    rank: int = 0
    concepts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What someone asks. `facets`: one of the codes of a taxonomy is enough, all taxonomies must be met.

    `typing`: the last word may be unfinished. `few`: with fewer hits than this that have every word, also
    what has some of them; 0 keeps to every word. `radius_km` counts only with a place.
    """

    text: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float = RADIUS_KM
    facets: frozenset[str] = frozenset()
    limit: int = 20
    offset: int = 0
    typing: bool = False
    few: int = FEW


class Hit(NamedTuple):
    """One thing found. `why`: word, part, prefix, synonym, spelling, meaning; `distance_km` to its nearest
    point.
    """

    key: str
    score: float
    distance_km: float | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    `facet_counts`: for each code how many hits there would be with it chosen and the other codes of its own
    taxonomy left free. `corrected`: (as typed, as read). `unknown`: words that occur nowhere. `meant`:
    the question as it was read, when that differs. `also`: the synonyms that were searched along. `widened`:
    also what has only some of the words, or means the same, was taken. `means`: the concepts that were said.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facet_counts: Mapping[str, int] = field(default_factory=dict)
    corrected: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    meant: str = ""
    also: tuple[str, ...] = ()
    widened: bool = False
    means: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Synonym:
    """Who types `typed` may mean `means`; both are a word or a few words. One way only."""

    typed: str
    means: str


@dataclass(frozen=True, slots=True)
class Concept:
    """What people mean by what they say. `said`: words and phrases; one of them in a question is enough.

    `broader`: concepts that also help, at less worth. `helps`: it only brings what has it to the front, a
    document need not have it. A concept that no document has does nothing by itself, and serves in a `Pair`.
    """

    code: str
    said: tuple[str, ...]
    broader: tuple[str, ...] = ()
    helps: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Who means `one` and one of `others` also means `adds`: my husband, and alcohol: help for relatives.

    `about_another`: then what is about the others alone counts for less, it is for somebody else.
    """

    one: str
    others: frozenset[str]
    adds: tuple[str, ...]
    about_another: bool = False


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Who means none of `unless` is helped best by what has `adds`."""

    adds: str
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class Age:
    """A number of years in a question, from and to, that means a concept."""

    first: int
    last: int
    adds: str

"""Invented services and questions, the same for the same seed. Nothing here is a real organisation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from noaber.engines.search import Document, Query
from noaber.engines.search.lexicon import OF_THE_FIELD, dutch
from noaber.engines.search.words import STOPWORDS

HEADS = (
    "groep cursus cafe club huis team punt avond ochtend hulp coach praat wandel kook slaap zorg les maatje "
    "training gesprek ondersteuning inloop spreekuur project"
).split()
TAXONOMIES = {"life_area": 15, "form": 20, "target_group": 15, "line": 4, "kind": 10, "language": 8}
KINDS = ("plain", "misspelt", "prefix", "plain near", "misspelt near", "prefix near", "near with facets")
SOUTH, NORTH, WEST, EAST = 51.2, 53.4, 4.2, 7.1
TOWNS = 350


@dataclass(frozen=True, slots=True)
class Question:
    """A question of one kind."""

    kind: str
    query: Query


class World:
    """Words with how often they are said, towns, and what is made of them."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        common = sorted(dutch(), key=lambda word: (-dutch()[word], word))
        self._plain = [word for word in common if len(word) > 3 and word.isalpha() and word not in STOPWORDS]
        self._plain = self._plain[:12_000]
        field = [word for word in OF_THE_FIELD if len(word) > 3]
        made = [a + b for a in field for b in HEADS if a != b]
        self._field = field + self._random.sample(made, 1500)
        self._weights = [1.0 / (rank + 20) for rank in range(len(self._plain))]
        self._towns = [
            (self._random.uniform(SOUTH, NORTH), self._random.uniform(WEST, EAST)) for _ in range(TOWNS)
        ]

    def services(self, n: int) -> list[Document]:
        """So many services: most at one place, some at several, a tenth everywhere."""
        return [self._service(i) for i in range(n)]

    def _service(self, i: int) -> Document:
        r = self._random
        points = tuple(self._near_a_town() for _ in range(r.choice((0, 1, 1, 1, 1, 1, 1, 1, 2, 3))))
        facets = {
            f"{name}:{r.randrange(size)}"
            for name, size in TAXONOMIES.items()
            for _ in range(1 if name in ("line", "kind") else r.choice((1, 1, 2)))
        }
        return Document(
            key=f"s{i:06d}",
            title=" ".join([r.choice(self._field), *self._said(2)]),
            text=" ".join([*self._said(r.randrange(20, 40)), *r.sample(self._field, 3)]),
            words=" ".join([*r.sample(self._field, 4), f"plaats{r.randrange(TOWNS)}"]),
            facets=frozenset(facets | ({"week:yes"} if r.random() < 0.2 else set())),
            points=points,
            this_week=r.random() < 0.2,
            stale=r.random() < 0.15,
            rank=r.randrange(10),
        )

    def questions(self, n: int) -> list[Question]:
        """So many questions, of every kind as many."""
        return [self._question(KINDS[i % len(KINDS)]) for i in range(n)]

    def _question(self, kind: str) -> Question:
        r = self._random
        words = [r.choice(self._field[:100])] + (self._said(1) if r.random() < 0.5 else [])
        r.shuffle(words)
        query = Query(" ".join(words), few=0)
        if kind.startswith("misspelt"):
            spot = max(range(len(words)), key=lambda i: len(words[i]))
            words[spot] = self._mistyped(words[spot])
            query = replace(query, text=" ".join(words))
        elif kind.startswith("prefix"):
            words[-1] = words[-1][: max(3, len(words[-1]) - r.randrange(1, 4))]
            query = replace(query, text=" ".join(words), typing=True)
        if "near" in kind:
            latitude, longitude = self._near_a_town()
            query = replace(query, latitude=latitude, longitude=longitude)
        if "facets" in kind:
            some = r.sample(sorted(TAXONOMIES), 2)
            chosen = {f"{name}:{r.randrange(TAXONOMIES[name])}" for name in some for _ in range(2)}
            query = replace(query, facets=frozenset(chosen))
        return Question(kind, query)

    def _said(self, n: int) -> list[str]:
        return self._random.choices(self._plain, weights=self._weights, k=n)

    def _near_a_town(self) -> tuple[float, float]:
        latitude, longitude = self._random.choice(self._towns)
        return latitude + self._random.gauss(0, 0.02), longitude + self._random.gauss(0, 0.03)

    def _mistyped(self, word: str) -> str:
        at = self._random.randrange(1, len(word) - 1)
        return self._random.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + "e" + word[at + 1 :],
            )
        )

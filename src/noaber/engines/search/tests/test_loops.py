"""The loops against what they are short for: sets, distances one by one, every document weighed."""

from __future__ import annotations

from dataclasses import replace
from math import asin, log
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from noaber.engines.search import Answer, Document, Index, Query, bits, places
from noaber.engines.search import letters as loops
from noaber.engines.search.answering import K1, PART_OF_BEST, B, _near
from noaber.engines.search.reading import Group
from noaber.engines.search.segment import read_document
from noaber.engines.search.sounds import sound
from noaber.engines.search.spelling import _as_rows, _row
from noaber.engines.search.tests.test_index import documents, km, points

numbers = st.integers(1, 300).flatmap(
    lambda size: st.tuples(st.just(size), st.frozensets(st.integers(0, size - 1)))
)


@settings(deadline=None)
@given(numbers, st.randoms(use_true_random=False))
def test_bits_are_a_set(sized: tuple[int, frozenset[int]], random: Random) -> None:
    size, some = sized
    other = {d for d in range(size) if random.random() < 0.4}
    one = bits.table(np.zeros(len(some), np.int32), np.array(sorted(some), np.int32), 1, size)
    two = bits.table(np.zeros(len(other), np.int32), np.array(sorted(other), np.int32), 1, size)[0]
    out = np.zeros(size, np.int32)
    assert bits.count(one[0]) == len(some)
    assert out[: bits.members(one[0], out)].tolist() == sorted(some)
    assert bits.count_both(one[0], two) == len(some & other)
    assert bits.count(bits.every(size)) == size
    before = bits.before(one)[0]
    assert before.tolist() == [sum(1 for d in some if d < 64 * w) for w in range(bits.room(size))]
    bits.keep(one[0], two)
    assert out[: bits.members(one[0], out)].tolist() == sorted(some & other)


anywhere = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(anywhere | points, max_size=3), min_size=1, max_size=80), anywhere | points, st.data()
)
@example([[(89.9, 10.0)], [(89.9, -170.0)], [(-89.9, 0.0)]], (89.95, 100.0), None)
@example([[(0.0, 179.99)], [(0.0, -179.99)], []], (0.0, 180.0), None)
def test_near_by_cells_is_near_measured_one_by_one(
    there: list[list[tuple[float, float]]], here: tuple[float, float], data: Any
) -> None:
    radius = data.draw(st.floats(1, 25_000)) if data else 30.0
    laid = places.lay(there)
    near = _near(Query(latitude=here[0], longitude=here[1], radius_km=radius))
    start, at, point = laid.start, laid.at, laid.point
    far = [places.chord(start, at, point, near.x, near.y, near.z, d) for d in range(len(there))]
    for some, chord in zip(there, far, strict=True):
        true = min((km(here, one) for one in some), default=None)
        measured = None if chord < 0 else 2 * 6371.0088 * asin(min(chord**0.5 / 2, 1.0))
        assert measured is None if true is None else measured == pytest.approx(true, abs=0.5)
    for asked in ({d for d in range(len(there)) if d % 7 == 0}, set(range(len(there)))):
        fits = bits.table(np.zeros(len(asked), np.int32), np.array(sorted(asked), np.int32), 1, len(there))[0]
        out = np.zeros(len(there), np.int32)
        places.keep_near(laid, near, fits, np.zeros_like(fits), out)
        assert set(out[: bits.members(fits, out)].tolist()) == {d for d in asked if far[d] <= near.reach}


words = st.text("abdeikoprst", min_size=4, max_size=11)


@settings(max_examples=100, deadline=None)
@given(st.lists(words, min_size=1, max_size=60, unique=True), words, st.floats(0.5, 2.1))
def test_what_the_table_finds_lies_as_near_as_when_every_word_is_measured(
    known: list[str], typed: str, limit: float
) -> None:
    rows, heard = _as_rows(known), _as_rows([sound(word) for word in known])
    asked = (_row(typed), _row(sound(typed)))
    keys, owners, heads = loops.delete_table(*heard)
    found, costs = loops.near(*asked, *rows, *heard, keys, owners, heads, limit)
    every = dict(zip(*(one.tolist() for one in loops.near_each(*asked, *rows, *heard, limit)), strict=True))
    assert {w: every[w] for w in found.tolist()} == dict(zip(found.tolist(), costs.tolist(), strict=True))
    if typed in known and limit:
        assert known.index(typed) in found.tolist()


def said(index: Index, document: Document) -> tuple[dict[int, float], float]:
    """How often each stem is said in a document, in whole words, and its length."""
    vocabulary = index._vocabulary
    read = read_document(document, vocabulary)
    halves: dict[int, int] = {}
    for word, weight in zip(read.words.tolist(), read.weights.tolist(), strict=True):
        halves[vocabulary.full[word]] = halves.get(vocabulary.full[word], 0) + weight
        for part in vocabulary.parts[word]:
            halves[part] = halves.get(part, 0) + weight // 2
    return {term: min(n, 255) / 2 for term, n in halves.items()}, read.length


def weighed(groups: list[Group], t: dict[int, float], length: float, average: float, idf: Any) -> float:
    """What the words of a question say of one document."""
    total = 0.0
    for group in groups:
        best = 0.0
        for term, (worth, _) in group.alternatives.items():
            if term in t:
                v = idf(term) * worth * group.share * t[term]
                v /= t[term] + K1 * (1 - B) + K1 * B * length / average
                total += max(v, best) - best + 0.5 * min(v, best)
                best = max(v, best)
    return total


def oracle(index: Index, docs: dict[str, Document], query: Query) -> list[tuple[float, str]]:
    """The hits with their scores, best first: every document looked at, when each word must be there."""
    index.search(query)
    reading = index._searcher.reader.read(query.text, typing=query.typing)
    if reading.unknown or (query.text.strip() and not reading.groups):
        return []
    about = {key: said(index, document) for key, document in docs.items()}
    average = max(sum(length for _, length in about.values()) / max(len(docs), 1), 1.0)

    def idf(term: int) -> float:
        have = sum(1 for t, _ in about.values() if term in t)
        return log(1 + (len(docs) - have + 0.5) / (have + 0.5))

    def spread(group: Group) -> int:
        return sum(1 for term in group.alternatives for t, _ in about.values() if term in t)

    groups = sorted(reading.groups, key=lambda group: (not group.required, spread(group)))
    found = []
    for key, document in docs.items():
        t, length = about[key]
        if not all(group.alternatives.keys() & t.keys() for group in groups if group.required):
            continue
        names = {code.partition(":")[0] for code in query.facets}
        if any(not {c for c in query.facets if c.startswith(f"{name}:")} & document.facets for name in names):
            continue
        score = 1.15 if document.this_week else 1.0
        score *= (0.75 if document.stale else 1.0) * (1 - 0.01 * min(document.rank, 20))
        if query.latitude is not None and query.longitude is not None:
            here = (query.latitude, query.longitude)
            far = min((km(here, one) for one in document.points), default=None)
            if far is not None and far > query.radius_km:
                continue
            score *= 0.95 if far is None else 1 - 0.2 * min(1.0, far / 30)
        if query.text.strip():
            score *= weighed(groups, t, length, average, idf)
        found.append((score, key))
    return sorted(found, reverse=True)


TYPED = ["wandelen", "slapen", "wandelgroep", "koffie", "lotgenoten", "kofie", "wandeln", "slaapproblemen"]
typed_queries = st.builds(
    lambda text, place, radius, facets, typing: Query(
        text=text, latitude=place and place[0], longitude=place and place[1], radius_km=radius, facets=facets,
        limit=100, typing=typing, few=0,
    ),
    text=st.lists(st.sampled_from([*TYPED, "wand", "kof", "rouw sch"]), max_size=3).map(" ".join),
    place=st.none() | points,
    radius=st.floats(1, 60),
    facets=st.frozensets(st.sampled_from(["kind:a", "line:x", "line:y", "week:yes"]), max_size=3),
    typing=st.booleans(),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(documents, max_size=25), st.lists(typed_queries, min_size=1, max_size=4))
def test_scores_are_those_of_every_document_weighed(docs: list[Document], asked: list[Query]) -> None:
    by_key = {document.key: document for document in docs}
    index = Index.of(docs)
    for query in asked:
        same(index.search(query), oracle(index, by_key, query))


def test_scores_of_many_documents_by_long_lists_and_after_changes() -> None:
    r = Random(4)
    common = "wandelen slapen schulden koffie lotgenoten rouw samen".split()

    def document(i: int) -> Document:
        return Document(
            f"k{i}",
            r.choice(common),
            text=" ".join(
                r.choices([*common, "wandelgroep", "slaapproblemen", "zeldzaam"], k=r.randrange(6))
            ),
            facets=frozenset({f"kind:{r.choice('ab')}"}),
            points=((r.uniform(52.0, 52.6), r.uniform(6.3, 7.1)),) if i % 9 else (),
            rank=r.randrange(9),
        )

    docs = {f"k{i}": document(i) for i in range(3000)}
    index = Index.of(docs.values())
    for turn in range(2):
        for text in ("koffie", "wandelen slapen", "koffi zeldzaam", "wandelgroep", "slaapproblemen rouw", ""):
            everywhere = Query(text, few=0, limit=50, facets=frozenset({"kind:a"}))
            for query in (everywhere, replace(everywhere, latitude=52.3, longitude=6.7, radius_km=20.0)):
                same(index.search(query), oracle(index, docs, query))
        if not turn:
            for i in range(0, 400, 3):
                docs[f"k{i}"] = document(i)
                index.put(docs[f"k{i}"])


def same(answer: Answer, true: list[tuple[float, str]]) -> None:
    assert answer.total == len(true)
    scores = {key: score for score, key in true}
    shown = [hit.score for hit in answer.hits]
    assert shown == pytest.approx([score for score, _ in true[: len(shown)]], rel=1e-5)
    assert shown == pytest.approx([scores[hit.key] for hit in answer.hits], rel=1e-5)


def test_a_widened_answer_keeps_what_scores_near_the_best_and_lifts_what_has_every_word() -> None:
    docs = [
        Document(f"k{i}", "koffie" if i % 3 else "koffie schulden", text="rouw " * (i % 5)) for i in range(60)
    ]
    answer = Index.of(docs).search(Query("koffie schulden rouw", few=100, limit=100))
    scores = [hit.score for hit in answer.hits]
    assert answer.widened
    assert answer.total == len(answer.hits) > 16
    assert {int(hit.key[1:]) for hit in answer.hits[:16]} == {i for i in range(60) if i % 3 == 0 and i % 5}
    assert min(scores) >= PART_OF_BEST * max(scores) / 1.5 * 0.8

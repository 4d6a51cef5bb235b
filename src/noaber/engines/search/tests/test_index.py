"""The index against an oracle that looks at every document, and changes against an index made anew."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.engines.search import Answer, BadSearch, Document, Index, Query, Synonym
from noaber.engines.search.vocabulary import splitter, stemmer
from noaber.engines.search.words import telling, words_of

WORDS = """
    wandelen groep slapen wandelgroep schulden koffie
    lotgenoten rouw cursus samen kookgroep problemen
""".split()
PLAIN = "wandelen slapen schulden koffie lotgenoten rouw samen".split()
"""Words that are no compound and not faint: each must be there."""
CODES = ["kind:a", "kind:b", "line:x", "line:y", "line:z", "week:yes"]

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
points = st.tuples(st.floats(52.0, 52.6), st.floats(6.3, 7.1))
documents = st.builds(
    Document,
    key=st.integers(0, 30).map(lambda n: f"k{n}"),
    title=texts,
    text=texts,
    words=texts,
    facets=st.frozensets(st.sampled_from(CODES)),
    points=st.lists(points, max_size=3).map(tuple),
    this_week=st.booleans(),
    stale=st.booleans(),
    rank=st.integers(0, 9),
)
queries = st.builds(
    lambda text, place, radius, facets, limit, offset: Query(
        text=text,
        latitude=place and place[0],
        longitude=place and place[1],
        radius_km=radius,
        facets=facets,
        limit=limit,
        offset=offset,
        few=0,
    ),
    text=st.lists(st.sampled_from(PLAIN), max_size=3).map(" ".join),
    place=st.none() | points,
    radius=st.floats(1, 60),
    facets=st.frozensets(st.sampled_from(CODES), max_size=3),
    limit=st.integers(0, 40),
    offset=st.integers(0, 5),
)


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def stems(document: Document) -> set[str]:
    words = telling(words_of(f"{document.title} {document.text} {document.words}"))
    return {stemmer().stem(part) for word in words for part in (word, *splitter().parts(word))}


def fits(document: Document, query: Query, facets: frozenset[str]) -> bool:
    if not {stemmer().stem(word) for word in query.text.split()} <= stems(document):
        return False
    if query.latitude is not None and query.longitude is not None and document.points:
        here = (query.latitude, query.longitude)
        if min(km(here, point) for point in document.points) > query.radius_km:
            return False
    taxonomies = {code.split(":")[0] for code in facets}
    return all(document.facets & {c for c in facets if c.startswith(name + ":")} for name in taxonomies)


def oracle(docs: dict[str, Document], query: Query) -> tuple[set[str], dict[str, int]]:
    hits = {key for key, document in docs.items() if fits(document, query, query.facets)}
    counts: dict[str, int] = {}
    for code in CODES:
        others = frozenset(one for one in query.facets if one.split(":")[0] != code.split(":")[0])
        n = sum(1 for document in docs.values() if code in document.facets and fits(document, query, others))
        if n:
            counts[code] = n
    return hits, counts


@settings(max_examples=150, deadline=None)
@given(st.lists(documents, max_size=25), st.lists(queries, min_size=1, max_size=4))
def test_hits_counts_and_radius_are_those_of_an_oracle(docs: list[Document], asked: list[Query]) -> None:
    index = Index.of(docs)
    by_key = {document.key: document for document in docs}
    for query in asked:
        answer = index.search(query)
        hits, counts = oracle(by_key, query)
        unknown = [
            w for w in query.text.split() if not any(stemmer().stem(w) in stems(d) for d in by_key.values())
        ]
        if unknown:
            assert hits == set()
            continue
        assert answer.total == len(hits)
        assert answer.facet_counts == counts
        found = [hit.key for hit in answer.hits]
        assert len(found) == min(max(len(hits) - query.offset, 0), query.limit)
        assert set(found) <= hits
        assert len(set(found)) == len(found)
        scores = [hit.score for hit in answer.hits]
        assert scores == sorted(scores, reverse=True)
        for hit in answer.hits:
            near = by_key[hit.key].points
            if query.latitude is None or query.longitude is None or not near:
                assert hit.distance_km is None
            else:
                true = min(km((query.latitude, query.longitude), point) for point in near)
                assert hit.distance_km == pytest.approx(true, abs=0.002)


@pytest.mark.parametrize(
    "query",
    [
        Query(few=0),
        Query("koffie", few=0),
        Query("koffie", few=0, facets=frozenset({"kind:a"})),
        Query("koffie", few=0, facets=frozenset({"kind:a", "line:y", "line:z", "week:yes"})),
        Query(few=0, latitude=52.3, longitude=6.7, radius_km=25, facets=frozenset({"line:x", "week:no"})),
        Query("koffie", few=0, latitude=52.3, longitude=6.7, radius_km=40, facets=frozenset({"new:one"})),
    ],
)
def test_so_many_that_they_are_counted_by_bits(query: Query) -> None:
    r = Random(1)
    docs = {
        f"k{i}": Document(
            f"k{i}",
            "koffie" if i % 7 else "thee",
            facets=frozenset(r.sample(CODES, r.randrange(5))),
            points=((r.uniform(52.0, 52.6), r.uniform(6.3, 7.1)),),
        )
        for i in range(6000)
    }
    index = Index.of(docs.values())
    index.put(Document("new", "koffie", facets=frozenset({"kind:a", "new:one"})))
    index.drop("k1")
    docs = {key: one for key, one in docs.items() if key != "k1"}
    docs["new"] = Document("new", "koffie", facets=frozenset({"kind:a", "new:one"}))
    answer = index.search(query)
    hits, counts = oracle(docs, query)
    assert answer.total == len(hits)
    assert {code: n for code, n in answer.facet_counts.items() if code != "new:one"} == counts


def same(one: Answer, other: Answer) -> None:
    assert [hit.key for hit in one.hits] == [hit.key for hit in other.hits]
    assert [hit.score for hit in one.hits] == pytest.approx([hit.score for hit in other.hits], rel=1e-5)
    assert (one.total, one.facet_counts, one.corrected) == (other.total, other.facet_counts, other.corrected)
    assert (one.unknown, one.widened) == (other.unknown, other.widened)


changes = st.lists(st.tuples(st.booleans(), documents), max_size=40)


@settings(max_examples=100, deadline=None)
@given(st.lists(documents, max_size=20), changes, st.lists(queries, min_size=1, max_size=3))
def test_an_index_that_changed_equals_one_made_anew(
    docs: list[Document], changed: list[tuple[bool, Document]], asked: list[Query]
) -> None:
    index = Index.of(docs)
    living = {document.key: document for document in docs}
    for i, (puts, document) in enumerate(changed):
        if puts:
            index.put(document)
            living[document.key] = document
        else:
            assert index.drop(document.key) == (document.key in living)
            living.pop(document.key, None)
        if i % 3 == 0:
            index.search(asked[0])
    anew = Index.of(living.values())
    assert len(index) == len(living)
    for query in asked:
        same(index.search(query), anew.search(query))


def test_many_changes_go_through_all_layers_and_still_equal_an_index_made_anew() -> None:
    def document(i: int, words: str) -> Document:
        return Document(f"k{i}", f"{WORDS[i % 12]} {words}", text=WORDS[i % 7], rank=i % 5)

    living = {f"k{i}": document(i, "koffie") for i in range(3000)}
    index = Index.of(living.values())
    for i in range(0, 900, 2):
        living[f"k{i}"] = document(i, "thee")
        index.put(living[f"k{i}"])
        if i % 50 == 0:
            index.drop(f"k{i + 1}")
            del living[f"k{i + 1}"]
            index.search(Query("thee"))
    anew = Index.of(living.values())
    for text in ("thee", "koffie groep", "wandelen", "kookgroep thee", "teh", "rouw wandelen schulden"):
        same(index.search(Query(text, few=5)), anew.search(Query(text, few=5)))


SERVICES = [
    Document("wandel", "Wandelgroep Noord", "Elke dinsdag een uur buiten.", rank=1),
    Document("slaap", "Beter slapen", "Cursus voor mensen met slaapproblemen die veel piekeren."),
    Document("geld", "Schuldhulpverlening", "Hulp bij schulden van de gemeente."),
    Document("lot", "Lotgenotengroep na verlies", "Praat met anderen die iemand verloren."),
    Document("zelf", "Burn-out café", "Bijkomen met koffie."),
]


@pytest.mark.parametrize(
    ("typed", "first", "why"),
    [
        ("wandelen", "wandel", "word"),
        ("wandelgrop", "wandel", "spelling"),
        ("groep wandelen", "wandel", "word"),
        ("slaapproblemen", "slaap", "word"),
        ("probleem met slaap", "slaap", "word"),
        ("slaapprobleemen", "slaap", "spelling"),
        ("schuldhulp", "geld", "part"),
        ("lodgenoten", "lot", "spelling"),
        ("burnout", "zelf", "word"),
        ("burn out", "zelf", "word"),
        ("cafe", "zelf", "word"),
        ("lopen", "wandel", "synonym"),
        ("blut", "geld", "synonym"),
        ("iksliep", "slaap", "word"),
    ],
)
def test_lay_questions_find_what_was_meant(typed: str, first: str, why: str) -> None:
    index = Index.of(SERVICES, [Synonym("lopen", "wandelen"), Synonym("blut", "schulden hulp")])
    answer = index.search(Query(typed))
    assert answer.hits[0].key == first
    assert why in answer.hits[0].why


def test_a_faint_word_only_helps_beside_a_telling_one() -> None:
    index = Index.of([*SERVICES, Document("man", "Mannengroep", "Voor mannen.")])
    answer = index.search(Query("mijn man piekert", few=0))
    assert [hit.key for hit in answer.hits] == ["slaap"]
    assert [hit.key for hit in index.search(Query("man", few=0)).hits] == ["man"]


def test_the_last_word_may_be_unfinished_while_typing() -> None:
    index = Index.of(SERVICES)
    for n in range(2, len("wandelgroep") + 1):
        assert index.search(Query("wandelgroep"[:n], typing=True)).hits[0].key == "wandel"
    assert index.search(Query("schuldhulpv", typing=True)).hits[0].why == ("prefix",)


def test_a_correction_is_told_and_an_unknown_word_too() -> None:
    index = Index.of(SERVICES)
    answer = index.search(Query("slaapprobleemen zweefvliegen"))
    assert answer.corrected == (("slaapprobleemen", "slaapproblemen"),)
    assert answer.unknown == ("zweefvlieg",) or answer.unknown == ("zweefvliegen",)
    assert answer.widened
    assert index.search(Query("zweefvliegen")).total == 0


def test_this_week_near_fresh_and_light_come_first_among_equals() -> None:
    here, there = ((52.2, 6.9),), ((52.3, 6.9),)
    index = Index.of(
        [
            Document("later", "Koor", points=here, rank=1),
            Document("week", "Koor", points=here, rank=1, this_week=True),
            Document("stale", "Koor", points=here, rank=1, stale=True),
            Document("far", "Koor", points=there, rank=1),
            Document("heavy", "Koor", points=here, rank=9),
        ]
    )
    found = [hit.key for hit in index.search(Query("koor", latitude=52.2, longitude=6.9)).hits]
    assert found[0] == "week"
    assert found[1] == "later"
    assert found[-1] == "stale"
    assert found.index("later") < found.index("heavy")
    assert found.index("later") < found.index("far")


@pytest.mark.parametrize(
    "query",
    [
        Query(limit=-1),
        Query(limit=2000),
        Query(offset=-1),
        Query("x" * 201),
        Query(latitude=52.0),
        Query(latitude=91.0, longitude=0.0),
        Query(latitude=float("nan"), longitude=0.0),
        Query(radius_km=0.0, latitude=52.0, longitude=6.0),
        Query(facets=frozenset({"nothing"})),
    ],
)
def test_a_question_that_cannot_be_is_refused(query: Query) -> None:
    with pytest.raises(BadSearch):
        Index.of(SERVICES).search(query)


def test_a_wrong_document_changes_nothing() -> None:
    index = Index.of(SERVICES)
    with pytest.raises(BadSearch):
        index.put_all([Document("new", "Nieuw"), Document("bad", "Fout", points=((200.0, 0.0),))])
    assert len(index) == len(SERVICES)
    assert index.search(Query("nieuw")).total == 0


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "de het een", "🙂", "'", "-", "a", "é" * 50, "x" * 200, "' OR 1=1 --"]
)
def test_strange_questions_have_an_answer(text: str) -> None:
    answer = Index.of(SERVICES).search(Query(text))
    assert answer.total >= 0
    assert Index.of([]).search(Query(text)).total == 0

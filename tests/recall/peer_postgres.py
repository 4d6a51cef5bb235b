"""PostgreSQL full text over the same entries, for `tests.recall.measure`; needs DATABASE_OWNER_URL.

What one builds with what it has: its `dutch` stems with weights A to D, every word first and then any word,
ordered by `ts_rank`, and for a word that stands nowhere the nearest by trigrams among all words.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import psycopg
from tests.recall.searching import demo_documents, place_named, query_for

from noaber.engines.search import Query
from noaber.engines.search.words import telling, words_of

KM = (
    "2 * 6371.0088 * asin(sqrt(sin(radians(p[1] - %(lat)s) / 2) ^ 2 + cos(radians(p[1]))"
    " * cos(radians(%(lat)s)) * sin(radians(p[2] - %(lon)s) / 2) ^ 2))"
)


@cache
def database() -> psycopg.Connection[Any]:
    """A connection with the entries in tables of its own, which go with it."""
    connection = psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True)
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    connection.execute("CREATE TEMP TABLE entry (key text, tsv tsvector, points float8[])")
    connection.execute("CREATE TEMP TABLE said (word text PRIMARY KEY, n int)")
    said: dict[str, int] = {}
    with connection.cursor() as cursor:
        for one in demo_documents():
            cursor.execute(
                "INSERT INTO entry SELECT %s, setweight(to_tsvector('dutch', %s), 'A') ||"
                " setweight(to_tsvector('dutch', %s), 'B') || setweight(to_tsvector('dutch', %s), 'C') ||"
                " setweight(to_tsvector('dutch', %s), 'D'), %s",
                (one.key, one.title, one.text, one.words, one.lay, [list(point) for point in one.points]),
            )
            for word in set(words_of(f"{one.title} {one.text} {one.words} {one.lay}")):
                said[word] = said.get(word, 0) + 1
        cursor.executemany("INSERT INTO said VALUES (%s, %s)", list(said.items()))
    return connection


def find(text: str, near: str) -> list[str]:
    """The keys of the first ten, best first."""
    query = query_for(text, place_named(near))
    words = [_known(word) for word in telling(words_of(query.text))]
    found = dict.fromkeys([*_ask(query, " & ".join(words)), *_ask(query, " | ".join(words))])
    return list(found)[:10]


def _known(word: str) -> str:
    connection = database()
    if connection.execute("SELECT FROM said WHERE word = %s", (word,)).fetchone():
        return word
    near = connection.execute(
        "SELECT word FROM said WHERE word %% %s ORDER BY similarity(word, %s) DESC, n DESC LIMIT 1",
        (word, word),
    ).fetchone()
    return str(near[0]) if near else word


def _ask(query: Query, words: str) -> list[str]:
    if not words:
        return []
    where = ""
    if query.latitude is not None:
        where = (
            "AND (cardinality(points) = 0 OR EXISTS"
            " (SELECT FROM generate_series(1, array_length(points, 1)) i,"
            f" LATERAL (SELECT ARRAY[points[i][1], points[i][2]] AS p) one WHERE {KM} <= %(km)s))"
        )
    rows = database().execute(
        "SELECT key FROM entry, to_tsquery('dutch', %(words)s) q WHERE tsv @@ q "  # noqa: S608  # our own words
        f"{where} ORDER BY ts_rank(tsv, q) DESC, key LIMIT 10",
        {"words": words, "lat": query.latitude, "lon": query.longitude, "km": query.radius_km},
    )
    return [str(row[0]) for row in rows]

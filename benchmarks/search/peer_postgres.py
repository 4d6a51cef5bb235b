"""PostgreSQL as one would use it: tsvector with GIN, trigrams over distinct words, arrays for facets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import cos, degrees, radians
from typing import Any

import psycopg

from benchmarks.search.stems import Groups, stems_of_document
from noaber.cli.postgres import Cluster
from noaber.cli.state import current_state, load_secrets
from noaber.cli.supervisor import only_one
from noaber.engines.search import Document, Query
from noaber.engines.search.words import telling, words_of

EARTH_KM = 6371.0088
DATABASE = "noaber_search_bench"

TABLES = """
CREATE EXTENSION pg_trgm;
CREATE TABLE service
  (id int PRIMARY KEY, tsv tsvector NOT NULL, same tsvector NOT NULL, facets text[] NOT NULL);
CREATE TABLE point (id int NOT NULL, latitude float8 NOT NULL, longitude float8 NOT NULL);
CREATE TABLE word (word text PRIMARY KEY, n int NOT NULL)
"""
INDEXES = """
CREATE INDEX ON service USING gin (tsv);
CREATE INDEX ON service USING gin (same);
CREATE INDEX ON service USING gin (facets);
CREATE INDEX ON point (id);
CREATE INDEX ON point (latitude, longitude);
CREATE INDEX ON word USING gin (word gin_trgm_ops);
"""
NEAR = """AND (NOT EXISTS (SELECT FROM point p WHERE p.id = s.id)
  OR EXISTS (SELECT FROM point p WHERE p.id = s.id
  AND p.latitude BETWEEN %(south)s AND %(north)s AND p.longitude BETWEEN %(west)s AND %(east)s
  AND 2 * 6371.0088 * asin(sqrt(sin(radians(p.latitude - %(lat)s) / 2) ^ 2 + cos(radians(p.latitude))
  * cos(radians(%(lat)s)) * sin(radians(p.longitude - %(lon)s) / 2) ^ 2)) <= %(km)s))"""
SEARCH = """
WITH base AS MATERIALIZED (
  SELECT s.id, s.facets, ts_rank(s.{column}, q) AS rank FROM service s, to_tsquery('{config}', %(text)s) q
  WHERE s.{column} @@ q {near})
SELECT (SELECT count(*) FROM base WHERE {met}),
  (SELECT array_agg(id) FROM (SELECT id FROM base WHERE {met} ORDER BY rank DESC, id LIMIT 20) best),
  (SELECT json_object_agg(code, n) FROM (
     SELECT code, count(*) AS n FROM base, unnest(facets) code WHERE {counted} GROUP BY code) counts)
"""


@contextmanager
def database() -> Iterator[psycopg.Connection[Any]]:
    """A database of its own in a PostgreSQL of our own; dropped at the end."""
    state = current_state()
    with only_one(state, "bench", "A benchmark already runs from this folder."):
        cluster = Cluster(state, load_secrets(state), "bench")
        cluster.start()
        try:
            with cluster.connect() as door:
                door.autocommit = True
                door.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
                door.execute(f"CREATE DATABASE {DATABASE}")
                with cluster.connect(DATABASE) as connection:
                    connection.autocommit = True
                    connection.execute("SET jit = off")
                    yield connection
                door.execute(f"DROP DATABASE {DATABASE}")
        finally:
            cluster.stop()


class Postgres:
    """The peer: filled once, asked often."""

    def __init__(self, connection: psycopg.Connection[Any], documents: Iterable[Document]) -> None:
        self._connection = connection
        connection.execute(TABLES)
        said: dict[str, int] = {}
        with connection.cursor() as cursor:
            with cursor.copy("COPY point FROM STDIN") as copy:
                rows = list(documents)
                for i, document in enumerate(rows):
                    for latitude, longitude in document.points:
                        copy.write_row((i, latitude, longitude))
            cursor.execute("CREATE TEMP TABLE raw (id int, a text, b text, d text, same text, facets text[])")
            with cursor.copy("COPY raw FROM STDIN") as copy:
                for i, document in enumerate(rows):
                    words = set(telling(words_of(f"{document.title} {document.words} {document.text}")))
                    for word in words:
                        said[word] = said.get(word, 0) + 1
                    same = " ".join(stems_of_document(document))
                    copy.write_row(
                        (i, document.title, document.words, document.text, same, sorted(document.facets))
                    )
            cursor.execute(
                "INSERT INTO service SELECT id, setweight(to_tsvector('dutch', a), 'A') ||"
                " setweight(to_tsvector('dutch', b), 'B') || to_tsvector('dutch', d),"
                " to_tsvector('simple', same), facets FROM raw"
            )
            with cursor.copy("COPY word FROM STDIN") as copy:
                for word, n in said.items():
                    copy.write_row((word, n))
        connection.execute(INDEXES)
        connection.execute("VACUUM ANALYZE service")
        connection.execute("VACUUM ANALYZE point")
        connection.execute("VACUUM ANALYZE word")

    def search(self, query: Query, *, groups: Groups | None = None) -> tuple[int, dict[str, int]]:
        """Total and facet counts (the best 20 stay behind). With `groups`: one stem of each."""
        if groups is not None:
            either = (" | ".join(f"'{stem}'" for stem in group) for group in groups)
            return self._ask(query, "same", "simple", " & ".join(f"({group})" for group in either))
        words = telling(words_of(query.text)) or words_of(query.text)
        last = len(words) - 1
        parts = []
        for i, word in enumerate(words):
            if query.typing and i == last:
                parts.append(f"{word}:*")
            else:
                parts.append(self._known(word))
        return self._ask(query, "tsv", "dutch", " & ".join(parts))

    def _known(self, word: str) -> str:
        there = self._connection.execute("SELECT FROM word WHERE word = %s", (word,), prepare=True).fetchone()
        if there is not None:
            return word
        near = self._connection.execute(
            "SELECT word FROM word WHERE word %% %s ORDER BY similarity(word, %s) DESC, n DESC LIMIT 1",
            (word, word),
            prepare=True,
        ).fetchone()
        return str(near[0]) if near else word

    def _ask(self, query: Query, column: str, config: str, text: str) -> tuple[int, dict[str, int]]:
        chosen: dict[str, list[str]] = {}
        for code in sorted(query.facets):
            chosen.setdefault(code.partition(":")[0], []).append(code)
        values: dict[str, Any] = {"text": text}
        met, counted = ["true"], ["true"]
        for i, (name, codes) in enumerate(chosen.items()):
            values[f"f{i}"] = codes
            met.append(f"facets && %(f{i})s::text[]")
            counted.append(f"(facets && %(f{i})s::text[] OR code LIKE '{name}:%%')")
        near = ""
        if query.latitude is not None and query.longitude is not None:
            near = NEAR
            tall = degrees(query.radius_km / EARTH_KM)
            wide = tall / cos(radians(query.latitude))
            values |= {"lat": query.latitude, "lon": query.longitude, "km": query.radius_km}
            values |= {"south": query.latitude - tall, "north": query.latitude + tall}
            values |= {"west": query.longitude - wide * 1.01, "east": query.longitude + wide * 1.01}
        sql = SEARCH.format(
            column=column, config=config, near=near, met=" AND ".join(met), counted=" AND ".join(counted)
        )
        row = self._connection.execute(sql, values, prepare=True).fetchone()
        if row is None:
            raise AssertionError("PostgreSQL gave no row")
        return int(row[0]), dict(row[2] or {})

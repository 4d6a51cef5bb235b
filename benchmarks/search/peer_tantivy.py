"""Tantivy as one would use it: a Dutch stemmer, fuzzy terms where nothing is found, aggregations for facets.

It has no distance on a sphere: near is a box on latitude and longitude of one point, which is less work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, degrees, radians
from typing import Any

import tantivy

from benchmarks.search.services import TAXONOMIES
from benchmarks.search.stems import Groups, stems_of_document
from noaber.engines.search import Document, Query
from noaber.engines.search.words import telling, words_of

EARTH_KM = 6371.0088
NOWHERE = 99.0
LISTS = (*TAXONOMIES, "week")


class Tantivy:
    """The peer: filled once, asked often."""

    def __init__(self, documents: Iterable[Document]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", tokenizer_name="dutch")
        builder.add_text_field("body", tokenizer_name="dutch")
        builder.add_text_field("same", tokenizer_name="whitespace", index_option="freq")
        builder.add_float_field("latitude", indexed=True, fast=True)
        builder.add_float_field("longitude", indexed=True, fast=True)
        for name in LISTS:
            builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        lower, stem = tantivy.Filter.lowercase(), tantivy.Filter.stemmer("dutch")
        simple = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        self._dutch = simple.filter(lower).filter(stem).build()
        self._index.register_tokenizer("dutch", self._dutch)
        writer = self._index.writer(256_000_000, 1)
        for document in documents:
            writer.add_document(self._row(document))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _row(self, document: Document) -> tantivy.Document:
        point = document.points[0] if document.points else (NOWHERE, NOWHERE)
        row = tantivy.Document(
            title=[document.title],
            body=[f"{document.words} {document.text}"],
            same=[" ".join(stems_of_document(document))],
            latitude=[point[0]],
            longitude=[point[1]],
        )
        for code in document.facets:
            row.add_text(code.partition(":")[0], code)
        return row

    def search(self, query: Query, *, groups: Groups | None = None) -> tuple[int, dict[str, int]]:
        """Total and facet counts (the best 20 stay behind). With `groups`: one stem of each."""
        if groups is not None:
            words = [self._either(group) for group in groups]
        else:
            words = self._words(query)
        must = [(tantivy.Occur.Must, word) for word in words]
        if query.latitude is not None and query.longitude is not None:
            must.append((tantivy.Occur.Must, self._box(query.latitude, query.longitude, query.radius_km)))
        chosen: dict[str, list[str]] = {}
        for code in query.facets:
            chosen.setdefault(code.partition(":")[0], []).append(code)
        filters = {
            name: (tantivy.Occur.Must, tantivy.Query.term_set_query(self._schema, name, codes))
            for name, codes in chosen.items()
        }
        whole = tantivy.Query.boolean_query([*must, *filters.values()])
        found = self._searcher.search(whole, limit=20, count=True)
        counts = self._counted(whole, [name for name in LISTS if name not in chosen])
        for name in chosen:
            others = [one for other, one in filters.items() if other != name]
            counts |= self._counted(tantivy.Query.boolean_query([*must, *others]), [name])
        return int(found.count or 0), counts

    def _either(self, stems: Sequence[str]) -> tantivy.Query:
        any_of = [tantivy.Query.term_query(self._schema, "same", stem) for stem in stems]
        if len(any_of) == 1:
            return any_of[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in any_of])

    def _words(self, query: Query) -> list[tantivy.Query]:
        words = telling(words_of(query.text)) or words_of(query.text)
        last = len(words) - 1
        return [self._word(word, unfinished=query.typing and i == last) for i, word in enumerate(words)]

    def _word(self, word: str, *, unfinished: bool) -> tantivy.Query:
        if unfinished:
            either = [
                tantivy.Query.regex_query(self._schema, field, f"{word}.*") for field in ("title", "body")
            ]
        else:
            stem = self._dutch.analyze(word)[0]
            known = any(self._searcher.doc_freq(field, stem) for field in ("title", "body"))
            either = [
                tantivy.Query.term_query(self._schema, field, stem)
                if known
                else tantivy.Query.fuzzy_term_query(self._schema, field, stem, distance=1)
                for field in ("title", "body")
            ]
        boosted = [tantivy.Query.boost_query(either[0], 3.0), either[1]]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in boosted])

    def _box(self, latitude: float, longitude: float, km: float) -> tantivy.Query:
        tall = degrees(km / EARTH_KM)
        wide = tall / cos(radians(latitude))
        kind = tantivy.FieldType.Float

        def between(field: str, low: float, high: float) -> tuple[Any, tantivy.Query]:
            one = tantivy.Query.range_query(self._schema, field, kind, lower_bound=low, upper_bound=high)
            return tantivy.Occur.Must, one

        inside = [
            between("latitude", latitude - tall, latitude + tall),
            between("longitude", longitude - wide, longitude + wide),
        ]
        everywhere = tantivy.Query.range_query(
            self._schema, "latitude", kind, lower_bound=NOWHERE, upper_bound=NOWHERE + 1
        )
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.boolean_query(inside)), (tantivy.Occur.Should, everywhere)]
        )

    def _counted(self, query: tantivy.Query, lists: Sequence[str]) -> dict[str, int]:
        asked = {name: {"terms": {"field": name, "size": 64}} for name in lists}
        told = self._searcher.aggregate(query, asked)
        return {
            str(bucket["key"]): int(bucket["doc_count"]) for name in lists for bucket in told[name]["buckets"]
        }

"""``python -m noaber.engines.search FILE.json "words"``, or ``--warm`` to compile the loops beforehand."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from noaber.engines.search.errors import BadSearch
from noaber.engines.search.model import Document, Query
from noaber.engines.search.run import Index, warm


def main(arguments: list[str] | None = None) -> int:
    """Search a list of documents; 0 when something is found, 1 when nothing is, 2 when the file is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m noaber.engines.search", description="Zoekt in een lijst documenten in het Nederlands."
    )
    parser.add_argument("file", type=Path, nargs="?", help="JSON: een lijst van {key, title, text, ...}")
    parser.add_argument("words", nargs="?", default="", help="wat iemand typt")
    parser.add_argument("--warm", action="store_true", help="maak de lussen klaar en stop")
    asked = parser.parse_args(arguments)
    if asked.warm:
        warm()
        return 0
    if asked.file is None:
        parser.error("geef een bestand, of --warm")
    try:
        rows: list[dict[str, Any]] = json.loads(asked.file.read_text("utf-8"))
        index = Index.of([_document(row) for row in rows])
        answer = index.search(Query(asked.words))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, TypeError, AttributeError) as error:
        print(f"{asked.file}: niet te lezen: {error}", file=sys.stderr)
        return 2
    except BadSearch as error:
        print(f"{asked.file}: {error.sentence()}", file=sys.stderr)
        return 2
    if answer.corrected:
        print(f"gelezen als: {answer.meant}")
    for hit in answer.hits:
        print(f"{hit.score:.3f} {hit.key} ({', '.join(hit.why)})")
    print(f"{answer.total} gevonden")
    return 0 if answer.total else 1


def _document(row: dict[str, Any]) -> Document:
    facets = frozenset(row.get("facets", ()))
    points = tuple((float(point[0]), float(point[1])) for point in row.get("points", ()))
    return Document(**{**row, "facets": facets, "points": points})


if __name__ == "__main__":
    sys.exit(main())

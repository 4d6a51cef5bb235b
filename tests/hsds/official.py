"""Check the door against the official schemas: `python -m tests.hsds.official FOLDER ADDRESS [--strict]`.

FOLDER is a checkout of the HSDS specification (its `schema/` folder), not kept here; ADDRESS is a served
door, such as http://127.0.0.1:8000/hsds/v3. Every body of every endpoint is validated with format checks on.
With --strict the schemas are closed first, so that each field of ours that HSDS does not know is listed; the
list must equal `ALLOWED`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

ALLOWED = frozenset({"capacities"})
"""Reviewed: HSDS 3.1 has it, 3.0 does not."""
LISTS = {
    "services": "compiled/service_list.json",
    "services?full=true": "compiled/service.json",
    "service_at_locations": "compiled/service_at_location_list.json",
    "service_at_locations?full=true": "compiled/service_at_location.json",
    "organizations": "compiled/organization_list.json",
    "organizations?full=true&full_service=true": "compiled/organization.json",
    "taxonomies": "taxonomy.json",
    "taxonomy_terms": "taxonomy_term.json",
}
ONE = {
    "services": "compiled/service.json",
    "service_at_locations": "compiled/service_at_location.json",
    "organizations": "compiled/organization.json",
    "taxonomies": "taxonomy.json",
    "taxonomy_terms": "taxonomy_term.json",
}
SAMPLE = 25


def main(words: list[str] | None = None) -> int:
    """Run; returns 1 when a body is not valid."""
    parser = argparse.ArgumentParser(prog="python -m tests.hsds.official", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("address")
    parser.add_argument("--strict", action="store_true", help="list the fields that HSDS does not know")
    asked = parser.parse_args(words)
    here = asked.address.rstrip("/")
    wrong: Counter[str] = Counter()
    seen = 0
    for path, schema in LISTS.items():
        check = _validator(asked.folder, schema, closed=asked.strict)
        bodies = _everything(here, path)
        seen += len(bodies)
        for body in bodies:
            wrong.update(_faults(check, path, body))
    for name, schema in ONE.items():
        check = _validator(asked.folder, schema, closed=asked.strict)
        for body in _everything(here, name)[:SAMPLE]:
            one = _get(f"{here}/{name}/{body['id']}")
            seen += 1
            wrong.update(_faults(check, f"{name}/id", one))
    for line, times in sorted(wrong.items()):
        print(f"{times:6}  {line}")
    print(f"{seen} bodies, {sum(wrong.values())} faults")
    return 1 if wrong else 0


def _faults(check: Validator, path: str, body: Any) -> list[str]:
    found = []
    for fault in check.iter_errors(body):
        where = "/".join("*" if isinstance(step, int) else str(step) for step in fault.absolute_path)
        if fault.validator == "additionalProperties":
            for key in set(fault.instance) - set(fault.schema.get("properties", {})) - ALLOWED:
                found.append(f"{path}: {where}/{key} is not of HSDS")
            continue
        found.append(f"{path}: {where}: {fault.message[:120]}")
    return found


def _validator(folder: Path, name: str, *, closed: bool) -> Validator:
    path = folder / "schema" / name
    schema = _resolved(json.loads(path.read_text()), path.parent)
    if closed:
        _close(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _resolved(schema: Any, folder: Path, deep: int = 0) -> Any:
    """The schema with its references to files written out; it ends where the specification turns round."""
    if isinstance(schema, list):
        return [_resolved(one, folder, deep) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(name := schema.get("$ref"), str) and name.endswith(".json"):
        inner = json.loads((folder / name.rsplit("/", 1)[-1]).read_text())
        return _resolved(inner, folder, deep + 1) if deep < 6 else {}
    said = {"$id", "$schema", "name", "path"}
    keep = {key: value for key, value in schema.items() if key not in said or isinstance(value, dict)}
    return {key: _resolved(value, folder, deep) for key, value in keep.items()}


def _close(schema: Any) -> None:
    if isinstance(schema, list):
        for one in schema:
            _close(one)
    elif isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
            schema["additionalProperties"] = False
        for one in schema.values():
            _close(one)


def _everything(here: str, path: str) -> list[Any]:
    """All pages of a list, and the sums that must hold."""
    found: list[Any] = []
    page = 1
    while True:
        body = _get(f"{here}/{path}{'&' if '?' in path else '?'}per_page=200&page={page}")
        found += body["contents"]
        assert body["size"] == len(body["contents"])
        assert body["first_page"] == (page == 1)
        if body["last_page"]:
            break
        page += 1
    assert body["total_items"] == len(found), path
    assert body["empty"] == (not body["contents"])
    return found


def _get(address: str) -> Any:
    if not address.startswith(("http://", "https://")):
        raise SystemExit("Geef een adres dat met http begint.")
    with urlopen(address) as answer:  # noqa: S310  # checked above
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main())

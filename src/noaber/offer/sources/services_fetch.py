"""From a source's address to a list that is read: a table, or the pages of an HSDS door."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from noaber.ground.errors import Invalid
from noaber.network.partners.models import Organisation
from noaber.network.partners.queries import municipalities_of
from noaber.offer.directory import hsds
from noaber.offer.directory import queries as directory
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.sources.columns import guessed
from noaber.offer.sources.errors import OutOfReach, out_of_reach, unreadable
from noaber.offer.sources.fetching import Budget, Got, get
from noaber.offer.sources.models import Source
from noaber.offer.sources.reading import lists, sheets, tables
from noaber.offer.sources.reading.records import Reader
from noaber.offer.sources.types import Fault, ReadEntry, ReadList, Table

PER_PAGE = 100
MOST_PAGES = 2_000
FULL = ("service_at_locations", "phones", "attributes", "schedules", "languages", "organization")


def reader_of(region_id: Any, source: Source | None) -> Reader:
    """What is needed to read a list of this source, or of our own."""
    places = municipalities_of(region_id)
    partners = Organisation.objects.filter(region_id=region_id).values_list("name", "pk")
    return Reader(
        source=source.slug if source else "",
        scope=str(source.pk) if source else str(region_id),
        municipalities={word: p.slug for p in places for word in (p.slug, p.name.casefold())},
        partners={name.casefold(): pk for name, pk in partners},
        columns=dict(source.columns) if source else {},
        link=source.link if source else "",
    )


def fetched(source: Source, reader: Reader, *, only_first: int = 0) -> ReadList | None:
    """The list of a source as it stands there now; nothing when the source says that it did not change.

    `only_first`: stop after about so many, for a trial.

    Raises:
        OutOfReach: it did not come. Unreadable: it came and is no list.
    """
    budget = Budget.of(seconds=60 if only_first else 900)
    if source.kind == Source.Kind.HSDS:
        entries = _hsds_entries(source.address, budget, only_first)
        return ReadList(tuple(read_hsds(reader, number, one) for number, one in enumerate(entries, 1)))
    fresh = not only_first
    got = get(
        source.address,
        budget,
        etag=source.etag if fresh else "",
        modified=source.modified if fresh else "",
    )
    if got.unchanged:
        return None
    return replace(read_file(got.content, reader, only_first), etag=got.etag, modified=got.modified)


def read_file(content: bytes, reader: Reader, only_first: int = 0) -> ReadList:
    """The list in these bytes: a table, a sheet or HSDS.

    Raises:
        Unreadable: it is none of these, or it breaks off.
    """
    if lists.is_list(content):
        rows = lists.read_json(content)
        return _checked(ReadList(tuple(read_hsds(reader, line, one) for line, one in rows)))
    table = sheets.read_xlsx(content) if sheets.is_sheet(content) else tables.read_csv(content)
    found = _read_table(table, reader, only_first)
    return _checked(found, guessed(table.headers, reader.columns, own=not reader.source))


def _read_table(table: Table, reader: Reader, only_first: int) -> ReadList:
    columns = guessed(table.headers, reader.columns, own=not reader.source)
    if "name" not in columns:
        raise unreadable(
            _("Wij vinden geen kolom met de naam van het aanbod. Wel: %(words)s")
            % {"words": ", ".join(h for h in table.headers if h)[:300]},
            now_what=_("Zeg bij de bron in welke kolom de naam staat, of noem die kolom 'naam'."),
        )
    fitting = replace(reader, columns=columns)
    found = []
    for row in table.rows:
        found.append(fitting.read(row))
        if only_first and len(found) >= only_first:
            break
    if not found:
        raise unreadable(_("Er staan namen van kolommen in, maar geen regels."))
    return ReadList(tuple(found), headers=table.headers)


def read_hsds(reader: Reader, number: int, entry: Any) -> ReadEntry:
    """One entry in HSDS as an entry of ours, or its faults."""
    key = str(entry.get("id", "")) if isinstance(entry, dict) else ""
    try:
        record = hsds.to_record(entry, source=reader.scope if reader.source else "", partners=reader.partners)
    except Invalid as fault:
        faults = tuple(Fault(number, name, words) for name, words in fault.fields.items())
        return ReadEntry(number, key, None, faults)
    if reader.source:
        record = replace(
            record, source=reader.source, source_url=record.source_url or reader.linked(record.source_key)
        )
    record, faults = _placed(record, reader, number)
    return ReadEntry(number, record.source_key if reader.source else key, record, faults)


def _placed(record: ServiceRecord, reader: Reader, number: int) -> tuple[ServiceRecord, tuple[Fault, ...]]:
    """The municipalities as we call them; one that is not ours is a fault, of a place it is left out."""
    known = reader.municipalities
    places = tuple(
        replace(p, municipality=known.get(p.municipality.casefold()) or known.get(p.city.casefold(), ""))
        for p in record.places
    )
    where = known.get(record.municipality.casefold(), "")
    if record.municipality and not where:
        return record, (Fault(number, "service_areas", _("Deze gemeente hoort niet bij deze regio.")),)
    return replace(record, municipality=where, places=places), ()


def _checked(found: ReadList, columns: Mapping[str, str] | None = None) -> ReadList:
    """The list with what the directory would refuse, and with keys that stand twice, as faults."""
    seen: dict[str, int] = {}
    return replace(found, entries=tuple(_once(_right(entry, columns or {}), seen) for entry in found.entries))


def _right(entry: ReadEntry, columns: Mapping[str, str]) -> ReadEntry:
    if entry.record is None:
        return entry
    wrong = directory.faults(entry.record)
    faults = tuple(Fault(entry.row, columns.get(name, name), why) for name, why in wrong.items())
    return replace(entry, record=None, faults=faults) if faults else entry


def _once(entry: ReadEntry, seen: dict[str, int]) -> ReadEntry:
    if not entry.key:
        return entry
    first = seen.setdefault(entry.key, entry.row)
    if first == entry.row:
        return entry
    why = _("Dit nummer stond ook al op regel %(line)s.") % {"line": first}
    return replace(entry, record=None, faults=(*entry.faults, Fault(entry.row, "nummer", why)))


# --- the pages of an HSDS door --------------------------------------------------------------------------


def _hsds_entries(address: str, budget: Budget, only_first: int) -> list[Any]:
    """Every entry, whole: one stream when the door offers it, else page by page."""
    base = address.rstrip("/").removesuffix("/services")
    first, question = _first_page(base, budget, stream=not only_first)
    if "ndjson" in first.kind:
        return [one for _line, one in lists.read_json(first.content)]
    page = _page(first)
    found: list[Any] = []
    for number in range(1, MOST_PAGES + 1):
        found += [_whole(base, one, budget) for one in page["contents"][: only_first or None]]
        last = page.get("total_pages")
        if only_first or page.get("last_page") is True or not page["contents"]:
            break
        if isinstance(last, int) and number >= last:
            break
        page = _page(_get(base, question | {"page": number + 1}, budget))
    return found


def _first_page(base: str, budget: Budget, *, stream: bool) -> tuple[Got, dict[str, Any]]:
    """The door may not know 'ndjson' or 'full' and refuse: then it is asked more plainly. And how it was."""
    asked: list[dict[str, Any]] = [
        {"page": 1, "per_page": PER_PAGE, "full": "true"},
        {"page": 1, "per_page": PER_PAGE},
    ]
    if stream:
        asked.insert(0, {"format": "ndjson", "full": "true", "page": 1, "per_page": PER_PAGE})
    fault: OutOfReach | None = None
    for question in asked:
        try:
            return _get(base, question, budget), question
        except OutOfReach as one:
            fault = one
    raise fault or out_of_reach(_("De bron antwoordt niet."))


def _get(base: str, question: dict[str, Any], budget: Budget) -> Got:
    parts = urlsplit(base)
    query = "&".join(part for part in (parts.query, urlencode(question)) if part)
    address = urlunsplit((parts.scheme, parts.netloc, f"{parts.path}/services", query, ""))
    return get(address, budget, accept="application/x-ndjson, application/json")


def _page(got: Got) -> dict[str, Any]:
    try:
        page = lists.loaded(got.content.decode("utf-8-sig"))
    except ValueError as fault:
        raise unreadable(_("Het antwoord van de bron is geen JSON.")) from fault
    if not isinstance(page, dict) or not isinstance(page.get("contents"), list):
        raise unreadable(_("Het antwoord van de bron is geen bladzijde van HSDS."))
    return page


def _whole(base: str, one: Any, budget: Budget) -> Any:
    if not isinstance(one, dict) or any(key in one for key in FULL) or "id" not in one:
        return one
    parts = urlsplit(base)
    path = f"{parts.path}/services/{quote(str(one['id']), safe='')}"
    got = get(urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")), budget)
    try:
        return lists.loaded(got.content.decode("utf-8-sig"))
    except (ValueError, json.JSONDecodeError) as fault:
        raise unreadable(_("Het antwoord van de bron is geen JSON.")) from fault

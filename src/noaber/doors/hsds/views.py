"""The addresses of HSDS: open data, read only, for anyone and any site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from math import ceil
from typing import Any
from uuid import UUID

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from noaber.doors.hsds import choosing, openapi
from noaber.doors.hsds.asked import Asked, NotReadable, read
from noaber.ground.errors import Missing
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.accounts.frame import region_for
from noaber.network.partners import queries as partners
from noaber.network.partners.queries_places import where_is
from noaber.offer.directory import hsds, hsds_terms, queries, queries_open
from noaber.offer.directory.types_record import ServiceRecord

PAGING = frozenset({"search", "page", "per_page", "format"})
ABOUT = frozenset({"taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after"})
POSTCODE = re.compile(r"[1-9][0-9]{3}([A-Z]{2})?")
AT_ONCE = 200
"""So many entries are read and written at a time when all of them are streamed."""

View = Callable[..., HttpResponse | StreamingHttpResponse]


def open_data(*names: str) -> Callable[[View], View]:
    """For anyone: reads the parameters strictly, answers problems in JSON, lets other sites read."""

    def wrap(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "OPTIONS"])
        @wraps(view)
        def answered(request: AskedBy, *args: Any, slug: str = "", **kwargs: Any) -> Any:
            if request.method == "OPTIONS":
                return _open(HttpResponse(status=204))
            region = partners.region_of_visitor(slug or region_for(request.actor).slug)
            try:
                if region is None:
                    raise gate.not_here()
                asked = read(request.GET, frozenset(names))
                tag = _tag(request, region.pk)
                if request.headers.get("If-None-Match") == tag:
                    return _open(HttpResponseNotModified(headers={"ETag": tag}))
                answer = view(request, region, asked, *args, **kwargs)
                answer["ETag"] = tag
            except NotReadable as fault:
                detail = f"De parameter '{fault.name}' kan niet gelezen worden. Verwacht: {fault.wanted}."
                answer = _problem(400, "Onleesbare parameter", detail)
            except Missing:
                answer = _problem(404, "Niet gevonden", "Dit is hier niet, of niet meer. Kijk in de lijst.")
            return _open(answer)

        return public(answered)

    return wrap


def _open(answer: Any) -> Any:
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    answer["Access-Control-Allow-Headers"] = "If-None-Match, Accept"
    answer["Access-Control-Expose-Headers"] = "ETag"
    answer["Cache-Control"] = "public, max-age=60"
    return answer


def _tag(request: HttpRequest, region_id: UUID) -> str:
    return f'"{hsds_terms.made(region_id, queries.revision(region_id), request.get_full_path())}"'


def _problem(status: int, title: str, detail: str) -> HttpResponse:
    body = {"type": "about:blank", "title": title, "detail": detail, "status": status}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _around(region: Any) -> hsds.Around:
    return hsds.Around(region.name, {m.slug: m.name for m in partners.municipalities_of(region.pk)})


def _answer(asked: Asked, rows: list[Any], shown: Callable[[list[Any]], Iterable[dict[str, Any]]]) -> Any:
    """One page of the rows as HSDS says it, or all of them, a line each."""
    if asked.ndjson:
        return StreamingHttpResponse(_lines(rows, shown), content_type="application/x-ndjson")
    size = max(1, len(rows)) if asked.minimal else asked.per_page
    pages = ceil(len(rows) / size)
    part = rows[(asked.page - 1) * size : asked.page * size]
    body = {
        "total_items": len(rows),
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(part),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not part,
        "contents": list(shown(part)),
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _lines(rows: list[Any], shown: Callable[[list[Any]], Iterable[dict[str, Any]]]) -> Iterator[bytes]:
    for start in range(0, len(rows), AT_ONCE):
        for one in shown(rows[start : start + AT_ONCE]):
            yield json.dumps(one, ensure_ascii=False).encode() + b"\n"


def _records(region_id: UUID, ids: Iterable[UUID]) -> dict[UUID, ServiceRecord]:
    found = queries.records(region_id, service_ids=ids)
    return {record.service_id: record for record in found if record.service_id}


# --- what this is --------------------------------------------------------------------------------------


@open_data()
def about(request: AskedBy, region: Any, asked: Asked) -> HttpResponse:
    """Which version, which profile, and where the description of the addresses stands."""
    here = reverse("hsds:about_of_region", args=[region.slug])
    return JsonResponse(
        {
            "version": hsds.VERSION,
            "profile": request.build_absolute_uri(f"{here}openapi.json"),
            "openapi_url": request.build_absolute_uri(f"{here}openapi.json"),
        }
    )


@open_data()
def described(request: AskedBy, region: Any, asked: Asked) -> HttpResponse:
    """The description of these addresses, OpenAPI 3.1."""
    here = request.build_absolute_uri(reverse("hsds:about_of_region", args=[region.slug]))
    return JsonResponse(
        openapi.document(here.rstrip("/"), region.name), json_dumps_params={"ensure_ascii": False}
    )


# --- services ------------------------------------------------------------------------------------------


@open_data(*PAGING, *ABOUT, "minimal", "full")
def services(request: AskedBy, region: Any, asked: Asked) -> Any:
    """The entries: their own fields, or nested when `full`, or id and last change alone when `minimal`."""
    around = _around(region)

    def shown(part: list[queries_open.OpenRow]) -> Iterator[dict[str, Any]]:
        if asked.minimal:
            for row in part:
                changed = {"last_modified": row.modified_at.isoformat()} if row.modified_at else {}
                yield {"id": str(row.service_id), **changed}
            return
        whole = _records(region.pk, [row.service_id for row in part])
        for row in part:
            record = whole.get(row.service_id)
            if record is not None:
                yield hsds.from_record(record, around) if asked.full else _in_list(record)

    return _answer(asked, choosing.rows(region.pk, asked), shown)


def _in_list(record: ServiceRecord) -> dict[str, Any]:
    return {**hsds.listed(record), "organization": hsds.organization(record)}


@open_data()
def service(request: AskedBy, region: Any, asked: Asked, service_id: UUID) -> HttpResponse:
    """One entry, fully nested."""
    record = queries.record(region.pk, service_id)
    return JsonResponse(hsds.from_record(record, _around(region)), json_dumps_params={"ensure_ascii": False})


# --- at places -----------------------------------------------------------------------------------------


@open_data(*PAGING, *ABOUT, "full", "postcode", "proximity")
def at_locations(request: AskedBy, region: Any, asked: Asked) -> Any:
    """The entries at their places; with a postcode only those within `proximity` metres of its middle."""
    around = _around(region)

    def shown(part: list[queries_open.OpenPlace]) -> Iterator[dict[str, Any]]:
        whole = _records(region.pk, {row.service_id for row in part})
        for row in part:
            record = whole.get(row.service_id)
            if record is not None:
                yield _at(record, row.at_id, around, full=asked.full)

    centre = _centre(region.pk, asked.postcode) if asked.postcode else None
    return _answer(asked, choosing.places(region.pk, asked, centre), shown)


@open_data()
def at_location(request: AskedBy, region: Any, asked: Asked, at_id: UUID) -> HttpResponse:
    """One entry at one place, with the entry whole."""
    row = next((one for one in queries_open.open_places(region.pk) if one.at_id == at_id), None)
    if row is None:
        raise gate.not_here()
    record = queries.record(region.pk, row.service_id)
    body = _at(record, at_id, _around(region), full=True)
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _at(record: ServiceRecord, at_id: UUID, around: hsds.Around, *, full: bool) -> dict[str, Any]:
    place = next(one for one in record.places if one.at_id == at_id)
    found = hsds.at_location(record, place)
    if full:
        service = hsds.from_record(record, around)
        return {**found, "service": {k: v for k, v in service.items() if k != "service_at_locations"}}
    nested = {"schedules", "location"}
    location = {key: value for key, value in found["location"].items() if not isinstance(value, list)}
    flat = {key: value for key, value in found.items() if key not in nested}
    return {**flat, "location": location, "service": hsds.listed(record)}


def _centre(region_id: UUID, postcode: str) -> tuple[float, float] | None:
    """The middle of a postcode in degrees: by the places of the region, or where its entries are."""
    wanted = postcode.replace(" ", "").upper()
    known = where_is(region_id, postcode)
    if known is not None and POSTCODE.fullmatch(wanted):
        return known.latitude, known.longitude
    for length in (6, 4):
        found = [
            (place.latitude, place.longitude)
            for place in queries_open.open_places(region_id)
            if place.latitude is not None
            and place.longitude is not None
            and place.postal_code.replace(" ", "")[:length] == wanted[:length] != ""
        ]
        if found and len(wanted) >= length:
            return sum(lat for lat, _ in found) / len(found), sum(lon for _, lon in found) / len(found)
    return None


# --- organizations -------------------------------------------------------------------------------------


@open_data(*PAGING, "full", "full_service", "taxonomy_term_id", "taxonomy_id")
def organizations(request: AskedBy, region: Any, asked: Asked) -> Any:
    """Who offers something here; `search` looks in the name."""
    found = _organizations(region.pk, asked)
    word = asked.search.casefold()
    ids = [key for key, (body, _) in sorted(found.items()) if word in body["name"].casefold()]

    def shown(part: list[str]) -> Iterator[dict[str, Any]]:
        for key in part:
            body, records = found[key]
            yield _with_services(body, records, region, whole=asked.full_service) if asked.full else body

    return _answer(asked, ids, shown)


@open_data("full_service")
def organization(request: AskedBy, region: Any, asked: Asked, organization_id: UUID) -> HttpResponse:
    """One organisation with what it offers."""
    found = _organizations(region.pk, Asked()).get(str(organization_id))
    if found is None:
        raise gate.not_here()
    body = _with_services(*found, region, whole=asked.full_service)
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _organizations(region_id: UUID, asked: Asked) -> dict[str, tuple[dict[str, Any], list[ServiceRecord]]]:
    about = Asked(taxonomy_id=asked.taxonomy_id, taxonomy_term_id=asked.taxonomy_term_id)
    whole = _records(region_id, [row.service_id for row in choosing.rows(region_id, about)])
    found: dict[str, tuple[dict[str, Any], list[ServiceRecord]]] = {}
    for record in whole.values():
        body = hsds.organization(record)
        found.setdefault(body["id"], (body, []))[1].append(record)
    return found


def _with_services(
    body: dict[str, Any], records: list[ServiceRecord], region: Any, *, whole: bool
) -> dict[str, Any]:
    around = _around(region)
    rows = [_without_organization(hsds.from_record(r, around)) if whole else hsds.listed(r) for r in records]
    return {**body, "services": rows}


def _without_organization(service: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in service.items() if key != "organization"}


# --- taxonomies ----------------------------------------------------------------------------------------


@open_data(*PAGING)
def taxonomies(request: AskedBy, region: Any, asked: Asked) -> Any:
    """The word lists."""
    found = [hsds_terms.taxonomy(code) for code in sorted(hsds_terms.lists())]
    return _answer(asked, _named(found, asked.search), lambda part: part)


@open_data()
def taxonomy(request: AskedBy, region: Any, asked: Asked, taxonomy_id: UUID) -> HttpResponse:
    """One word list."""
    for code in hsds_terms.lists():
        if hsds_terms.taxonomy_id(code) == str(taxonomy_id):
            return JsonResponse(hsds_terms.taxonomy(code))
    raise gate.not_here()


@open_data(*PAGING, "taxonomy_id", "top_only", "parent_id")
def taxonomy_terms(request: AskedBy, region: Any, asked: Asked) -> Any:
    """The terms; none has a parent, so `parent_id` finds nothing and `top_only` everything."""
    found = [hsds_terms.term(one, detail=True) for one in hsds_terms.terms().values()]
    if asked.taxonomy_id:
        found = [one for one in found if one["taxonomy_id"] == asked.taxonomy_id]
    if asked.parent_id:
        found = []
    found = sorted(found, key=lambda one: str(one["id"]))
    return _answer(asked, _named(found, asked.search), lambda part: part)


@open_data()
def taxonomy_term(request: AskedBy, region: Any, asked: Asked, term_id: UUID) -> HttpResponse:
    """One term with its list."""
    one = hsds_terms.terms().get(str(term_id))
    if one is None:
        raise gate.not_here()
    return JsonResponse(hsds_terms.term(one, detail=True))


def _named(rows: list[dict[str, Any]], search: str) -> list[dict[str, Any]]:
    word = search.casefold()
    return [row for row in rows if word in f"{row['name']} {row['description']}".casefold()]

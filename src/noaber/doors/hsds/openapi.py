"""What this door answers, as OpenAPI 3.1: the addresses of HSDS, with our own schemas written out."""

from __future__ import annotations

from typing import Any

UUID_, URI, EMAIL, DAY, MOMENT = (
    {"type": "string", "format": shape} for shape in ("uuid", "uri", "email", "date", "date-time")
)
TEXT, WHOLE, NUMBER, YES = ({"type": kind} for kind in ("string", "integer", "number", "boolean"))


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _many(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}


SCHEMAS: dict[str, Any] = {
    "About": _object("version profile openapi_url", version=TEXT, profile=URI, openapi_url=URI),
    "Problem": _object("title detail status", type=TEXT, title=TEXT, detail=TEXT, status=WHOLE),
    "Page": _object(
        "total_items total_pages page_number size first_page last_page empty contents",
        total_items=WHOLE,
        total_pages=WHOLE,
        page_number=WHOLE,
        size=WHOLE,
        first_page=YES,
        last_page=YES,
        empty=YES,
    ),
    "Taxonomy": _object("id name description", id=UUID_, name=TEXT, description=TEXT, version=TEXT),
    "TaxonomyTerm": _object(
        "id name description",
        id=UUID_,
        code=TEXT,
        name=TEXT,
        description=TEXT,
        taxonomy=TEXT,
        taxonomy_id=UUID_,
        language=TEXT,
        taxonomy_detail=_ref("Taxonomy"),
    ),
    "Attribute": _object(
        "id",
        id=UUID_,
        link_id=UUID_,
        taxonomy_term_id=UUID_,
        link_entity=TEXT,
        value=TEXT,
        taxonomy_term=_ref("TaxonomyTerm"),
    ),
    "Phone": _object("id number", id=UUID_, service_id=UUID_, number=TEXT),
    "Language": _object("id", id=UUID_, service_id=UUID_, code=TEXT, name=TEXT),
    "CostOption": _object("id", id=UUID_, service_id=UUID_, amount=NUMBER, currency=TEXT),
    "ServiceArea": _object("id", id=UUID_, service_id=UUID_, name=TEXT, extent=TEXT, extent_type=TEXT),
    "Unit": _object("id name", id=UUID_, name=TEXT),
    "ServiceCapacity": _object(
        "id unit available updated",
        id=UUID_,
        service_id=UUID_,
        unit=_ref("Unit"),
        available=NUMBER,
        updated=MOMENT,
    ),
    "Schedule": _object(
        "id",
        id=UUID_,
        service_id=UUID_,
        service_at_location_id=UUID_,
        valid_from=DAY,
        valid_to=DAY,
        freq={"type": "string", "enum": ["WEEKLY", "MONTHLY"]},
        interval=NUMBER,
        wkst=TEXT,
        byday=TEXT,
        opens_at=TEXT,
        closes_at=TEXT,
        description=TEXT,
        notes=TEXT,
    ),
    "Address": _object(
        "id address_1 city state_province postal_code country address_type",
        id=UUID_,
        location_id=UUID_,
        address_1=TEXT,
        city=TEXT,
        region=TEXT,
        state_province=TEXT,
        postal_code=TEXT,
        country=TEXT,
        address_type={"type": "string", "enum": ["physical", "postal", "virtual"]},
    ),
    "Accessibility": _object("id", id=UUID_, location_id=UUID_, description=TEXT),
    "Location": _object(
        "id location_type",
        id=UUID_,
        location_type={"type": "string", "enum": ["physical", "postal", "virtual"]},
        name=TEXT,
        transportation=TEXT,
        latitude=NUMBER,
        longitude=NUMBER,
        addresses=_many("Address"),
        accessibility=_many("Accessibility"),
    ),
    "Organization": _object(
        "id name description", id=UUID_, name=TEXT, description=TEXT, services=_many("Service")
    ),
    "Service": _object(
        "id name status",
        id=UUID_,
        organization_id=UUID_,
        name=TEXT,
        alternate_name=TEXT,
        description=TEXT,
        url=URI,
        email=EMAIL,
        status={"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]},
        application_process=TEXT,
        fees_description=TEXT,
        minimum_age=NUMBER,
        maximum_age=NUMBER,
        assured_date=DAY,
        alert=TEXT,
        last_modified=MOMENT,
        organization=_ref("Organization"),
        phones=_many("Phone"),
        schedules=_many("Schedule"),
        service_areas=_many("ServiceArea"),
        service_at_locations=_many("ServiceAtLocation"),
        languages=_many("Language"),
        cost_options=_many("CostOption"),
        capacities=_many("ServiceCapacity"),
        attributes=_many("Attribute"),
    ),
    "ServiceAtLocation": _object(
        "id",
        id=UUID_,
        service_id=UUID_,
        location_id=UUID_,
        description=TEXT,
        location=_ref("Location"),
        schedules=_many("Schedule"),
        service=_ref("Service"),
    ),
    "MinimalService": _object("id", id=UUID_, last_modified=MOMENT),
}
PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "search": (TEXT, "Zoeken in de tekst."),
    "page": ({"type": "integer", "minimum": 1}, "Welke bladzijde, vanaf 1."),
    "per_page": ({"type": "integer", "minimum": 1, "maximum": 500}, "Hoeveel per bladzijde."),
    "format": ({"type": "string", "enum": ["json", "ndjson"]}, "ndjson: alles, een regel per stuk."),
    "taxonomy_term_id": (UUID_, "Met deze term."),
    "taxonomy_id": (UUID_, "Met een term van deze lijst."),
    "organization_id": (UUID_, "Van deze organisatie."),
    "modified_after": (MOMENT, "Veranderd op of na dit moment."),
    "minimal": (YES, "Alleen id en laatste wijziging, alles in één keer."),
    "full": (YES, "Met alles erin."),
    "full_service": (YES, "Met het hele aanbod erin."),
    "postcode": (TEXT, "Rond deze postcode."),
    "proximity": ({"type": "integer", "minimum": 1, "maximum": 500_000}, "Binnen zoveel meter."),
    "top_only": (YES, "Alleen termen zonder bovenliggende."),
    "parent_id": (UUID_, "Onder deze term."),
}
PAGING = ("search", "page", "per_page", "format")
ABOUT = ("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")
ADDRESSES: tuple[tuple[str, str, str, bool, tuple[str, ...]], ...] = (
    ("/", "getAPIMetaInformation", "About", False, ()),
    ("/services", "getPaginatedListOfServices", "Service", True, (*PAGING, *ABOUT, "minimal", "full")),
    ("/services/{id}", "getFullyNestedServiceById", "Service", False, ()),
    (
        "/service_at_locations",
        "getPaginatedListOfServiceAtLocation",
        "ServiceAtLocation",
        True,
        (*PAGING, *ABOUT, "full", "postcode", "proximity"),
    ),
    ("/service_at_locations/{id}", "getServiceAtLocationWithNestedDataById", "ServiceAtLocation", False, ()),
    (
        "/organizations",
        "getPaginatedListOfOrganizations",
        "Organization",
        True,
        (*PAGING, "full", "full_service", "taxonomy_term_id", "taxonomy_id"),
    ),
    ("/organizations/{id}", "getOrganizationById", "Organization", False, ("full_service",)),
    ("/taxonomies", "getPaginatedListOfTaxonomies", "Taxonomy", True, PAGING),
    ("/taxonomies/{id}", "getTaxonomyById", "Taxonomy", False, ()),
    (
        "/taxonomy_terms",
        "getPaginatedListOfTaxonomyTerms",
        "TaxonomyTerm",
        True,
        (*PAGING, "taxonomy_id", "top_only", "parent_id"),
    ),
    ("/taxonomy_terms/{id}", "getTaxonomyTermById", "TaxonomyTerm", False, ()),
)


def document(here: str, region: str) -> dict[str, Any]:
    """The whole description; `here` is the address of the door without a slash at the end."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Sociale kaart van {region} (HSDS)",
            "version": "3.1",
            "description": "Open gegevens over hulp en steun, volgens Open Referral HSDS. Zonder sleutel.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": here}],
        "paths": {one[0]: {"get": _operation(*one)} for one in ADDRESSES},
        "components": {
            "schemas": SCHEMAS,
            "parameters": {
                name: {"name": name, "in": "query", "required": False, "description": words, "schema": schema}
                for name, (schema, words) in PARAMETERS.items()
            },
        },
    }


def _operation(
    address: str, name: str, schema: str, many: bool, parameters: tuple[str, ...]
) -> dict[str, Any]:
    body = _ref(schema)
    if many:
        items = {"anyOf": [body, _ref("MinimalService")]} if "minimal" in parameters else body
        contents = {"type": "object", "properties": {"contents": {"type": "array", "items": items}}}
        body = {"allOf": [_ref("Page"), contents]}
    asked: list[dict[str, Any]] = [{"$ref": f"#/components/parameters/{one}"} for one in parameters]
    if "{id}" in address:
        asked.append({"name": "id", "in": "path", "required": True, "schema": UUID_})
    problem = {"application/problem+json": {"schema": _ref("Problem")}}
    return {
        "operationId": name,
        "summary": name,
        "parameters": asked,
        "responses": {
            "200": {"description": "Gelukt.", "content": {"application/json": {"schema": body}}},
            "304": {"description": "Niets veranderd."},
            "400": {"description": "Een parameter kan niet gelezen worden.", "content": problem},
            "404": {"description": "Niet gevonden.", "content": problem},
        },
    }

"""The description of the addresses for systems, OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

_WEEKS = {"type": ["number", "null"], "minimum": 0, "maximum": 999}
_COUNT = {"type": ["integer", "null"], "minimum": 0}
_DAY = {"type": "string", "format": "date"}
_MAYBE_DAY = {"type": ["string", "null"], "format": "date"}
_NAME = {"type": "string", "description": "Uw eigen naam voor het programma; zie GET /aanbod"}


def _object(needed: list[str], **fields: Any) -> dict[str, Any]:
    return {"type": "object", "required": needed, "properties": fields, "additionalProperties": False}


def _list(name: str, row: dict[str, Any]) -> dict[str, Any]:
    return _object([name], **{name: {"type": "array", "minItems": 1, "maxItems": 5000, "items": row}})


WAIT = _object(
    ["programma", "methode", "peildatum"],
    programma=_NAME,
    aanmeldwachttijd_weken=_WEEKS,
    behandelwachttijd_weken=_WEEKS,
    methode={"enum": ["actueel", "retrospectief"]},
    peildatum=_DAY,
    instroom_2mnd=_COUNT,
    wachtenden=_COUNT,
    aannamestop={"type": ["boolean", "null"]},
)
START = _object(
    ["programma", "nummer", "aangemeld"],
    programma=_NAME,
    nummer={"type": "string", "description": "Uw eigen nummer. Wij bewaren er alleen een vingerafdruk van."},
    aangemeld=_DAY,
    intake=_MAYBE_DAY,
    behandeling=_MAYBE_DAY,
    vertrokken=_MAYBE_DAY,
)
FREE = _object(
    ["programma", "soort", "dag"],
    programma=_NAME,
    soort={"enum": ["intake", "behandeling"]},
    dag=_DAY,
    plekken={"type": "integer", "minimum": 1, "maximum": 1000},
)
AGENDA = _object(
    ["peildatum", "programmas", "vrij"],
    peildatum=_DAY,
    programmas={"type": "array", "minItems": 1, "items": _NAME},
    vrij={"type": "array", "maxItems": 5000, "items": FREE},
)


def _post(summary: str, shape: dict[str, Any]) -> dict[str, Any]:
    answers = {
        "201": {"description": "Overgenomen"},
        "200": {"description": "Dit bericht kwam eerder binnen; er is niets dubbel"},
    }
    problems = {"400": "Geen JSON", "401": "Geen sleutel", "409": "Sleutel voor iets anders gebruikt"}
    problems |= {"413": "Te groot", "422": "Onjuist; er is niets bewaard", "429": "Te druk"}
    body = {"required": True, "content": {"application/json": {"schema": shape}}}
    once = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 200}}
    shown = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
    return {
        "post": {
            "summary": summary,
            "parameters": [once],
            "requestBody": body,
            "responses": answers | {code: {"description": said, **shown} for code, said in problems.items()},
        }
    }


def document(server: str) -> dict[str, Any]:
    """The whole description for this server."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Noaber wachttijden", "version": "1.0.0"},
        "servers": [{"url": server}],
        "security": [{"key": []}],
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "paths": {
            "/aanbod": {
                "get": {"summary": "Uw programma's", "responses": {"200": {"description": "De lijst"}}}
            },
            "/wachttijden": _post("Wachttijden", _list("wachttijden", WAIT)),
            "/starts": _post("Een startlijst", _list("starts", START)),
            "/agenda": _post("Vrije plekken in de agenda", AGENDA),
        },
    }

"""What a code table must look like."""

from __future__ import annotations

from noaber.knowledge.codes.types import Certainty, DomainGroup, DomainShape, RegisterType
from noaber.knowledge.reading.nodes import MapNode, maps_in, text_at
from noaber.knowledge.reading.problems import Report, quoted
from noaber.knowledge.reading.shapes import Flag, Items, Lookup, MomentText, Number, Record, Shape, Words

CODE = Words(
    what="een code",
    form=r"[a-z][a-z0-9_]*",
    form_advice="Gebruik kleine letters, cijfers en een laag streepje.",
)
_LABEL = {"code": CODE, "label": Words()}
_GROUP = Words(choices=frozenset(DomainGroup), what="een domeingroep")
_CERTAINTY = Words(choices=frozenset(Certainty), what="een zekerheid")


def _no_double_codes(table: MapNode, path: str, report: Report) -> None:
    seen: set[str] = set()
    for position, entry in maps_in(table.get("entries")):
        code = text_at(entry, "code") or text_at(entry, "key") or ""
        if code in seen:
            message = f"Verwacht elke code één keer, gevonden {quoted(code)} nog een keer. Haal er één weg."
            report.add(entry.line, f"entries[{position}]", "duplicate_id", message)
        seen.add(code)


def _table(entry: Record) -> Record:
    return Record(
        required={
            "description": Words(),
            "reference": Words(),
            "dated": MomentText(exact=True),
            "entries": Items(entry, least=1),
        },
        rules=(_no_double_codes,),
    )


_SHAPE = Words(choices=frozenset(DomainShape), what="een vorm")
_REGISTER = Words(choices=frozenset(RegisterType), what="een register")
_KIND = Words(choices=frozenset({"count", "share", "percent", "yes_no"}))
_DIRECTION = Words(choices=frozenset({"higher", "lower"}))

TABLE_SHAPES: dict[str, Shape] = {
    "domains": _table(
        Record(
            required={**_LABEL, "group": _GROUP, "shape": _SHAPE, "also": Items(Words())},
            optional={"note": Words()},
        )
    ),
    "professions": _table(
        Record(
            required={
                **_LABEL,
                "group": _GROUP,
                "register": _REGISTER,
                "ggz_list": Flag(),
                "certainty": _CERTAINTY,
            },
            optional={"note": Words()},
        )
    ),
    "outcomes": _table(Record(required={**_LABEL, "explanation": Words()})),
    "offer_kinds": _table(Record(required=_LABEL)),
    "referrer_roles": _table(Record(required=_LABEL)),
    "consent_purposes": _table(Record(required={**_LABEL, "explanation": Words()})),
    "evaluation_questions": _table(Record(required=_LABEL)),
    "units": _table(
        Record(
            required={**_LABEL, "kind": _KIND, "direction": _DIRECTION, "text": Words()},
            optional={"indicators": Items(CODE)},
        )
    ),
    "norms": _table(
        Record(
            required={
                "key": CODE,
                "description": Words(),
                "unit": Words(),
                "values": Lookup(
                    Number(), key_form=r"\d{4}-\d{2}-\d{2}", key_what="een datum als 2026-03-31"
                ),
                "reference": Words(),
                "certainty": _CERTAINTY,
            },
            optional={"note": Words()},
        )
    ),
}

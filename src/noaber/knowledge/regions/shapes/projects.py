"""The projects of a programme that works by goals, efforts and results (DIN)."""

from __future__ import annotations

from noaber.knowledge.reading.shapes import (
    Flag,
    Items,
    Lookup,
    MomentText,
    Number,
    Record,
    Whole,
    Words,
    each,
)
from noaber.knowledge.regions.shapes.common import (
    ANYTHING,
    CONFIDENCE,
    COUNT,
    IDENTIFIER,
    TEXT,
    TEXTS,
    YEAR,
    YEAR_KEY,
)

_RESULT = Record(
    required={"text": TEXT},
    optional={
        "value": Number(),
        "value_pct": Number(-100, 100),
        **each(TEXT, "comparator unit direction scope"),
    },
)
_TIMELINE = Record(
    optional={
        "year": YEAR,
        "date": MomentText(),
        "from": MomentText(),
        "to": MomentText(),
        "text": TEXT,
        "recurrence": TEXT,
        "approximate": Flag(),
    },
    any_of=("year", "date", "from", "text"),
    ordered=(("from", "to"),),
)
_ACTION = Record(
    required={"text": TEXT},
    optional={
        "date": MomentText(),
        "from": MomentText(),
        "to": MomentText(),
        "plan": Lookup(TEXT, key_form=YEAR_KEY, key_what="een jaar"),
        "doubt": TEXT,
    },
    ordered=(("from", "to"),),
)
_FINANCE = Record(
    required={"type": TEXT},
    optional={
        "budget_eur": COUNT,
        "also": TEXT,
        "funder": TEXT,
        "co_financing": Flag(),
        "payers": Lookup(TEXT),
        "period_years": COUNT,
        "may_seek": TEXTS,
    },
)
_NUMBER = Record(
    required={"name": IDENTIFIER},
    optional={"from": Number(), "to": Number(), "value": Number(), "unit": TEXT},
)
PROJECT = Record(
    required={
        "id": IDENTIFIER,
        "level": Words(choices=frozenset({"primary", "secondary"}), what="een niveau van preventie"),
        "number": Whole(1),
        "title": TEXT,
        "goals": TEXTS,
        "efforts": Record(
            required={"municipality": TEXTS, "insurer": TEXTS, "providers": TEXTS}, optional={"joint": TEXTS}
        ),
        "results": Items(_RESULT, least=1),
        "timeline": Items(_TIMELINE),
        "finance": _FINANCE,
        "actions": Items(_ACTION),
    },
    optional={
        "related": TEXT,
        "doubt": TEXT,
        "note": TEXT,
        "steps_of_route": TEXTS,
        "examples": TEXTS,
        "target_group": ANYTHING,
        "numbers": Items(_NUMBER),
    },
)
PARTY = Record(required={"slug": IDENTIFIER, "name": TEXT}, optional={"money": TEXT})
MONEY_STREAM = Record(
    required={
        "slug": IDENTIFIER,
        "dutch": TEXT,
        "end_responsible": TEXT,
        "activities": TEXTS,
        "confidence": CONFIDENCE,
    },
    optional={"label_doubt": TEXT},
)

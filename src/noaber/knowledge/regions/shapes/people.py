"""personas.yaml: invented people whose way through the network the plan tells."""

from __future__ import annotations

from noaber.knowledge.reading.shapes import Either, Flag, Items, Record, Whole, Words
from noaber.knowledge.regions.settings_types import Moment
from noaber.knowledge.regions.shapes.common import IDENTIFIER, SCHEMA_VERSION, TEXT, TEXTS

_MOMENT = Words(choices=frozenset(Moment), what="een moment")
_STEP = Record(
    required={"order": Whole(1), "place": TEXT, "function": TEXT, "people": TEXTS, "outcome": TEXT},
    optional={"moment": _MOMENT, "variant": TEXT},
)
_EXPECTED = Record(
    required={"resources": TEXTS},
    optional={"gp_visited": Flag(), "ggz_used": Flag(), "ggz_referral": Either(value=TEXT)},
)
PERSONAS = Record(
    required={
        "personas": Items(
            Record(
                required={
                    "id": IDENTIFIER,
                    "name": TEXT,
                    "entry": _MOMENT,
                    "themes": TEXTS,
                    "source": TEXT,
                    "steps": Items(_STEP, least=1),
                    "expected": _EXPECTED,
                },
                optional={"safety_and_privacy": TEXT},
            ),
            least=1,
        )
    },
    optional={"schema_version": SCHEMA_VERSION, "note": TEXT},
)

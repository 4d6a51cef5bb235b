"""Shapes that several files share."""

from __future__ import annotations

from noaber.knowledge.codes import Certainty
from noaber.knowledge.reading.shapes import Anything, Either, Items, Record, Whole, Words

ANYTHING = Anything()
TEXT = Words()
MAYBE_TEXT = Words(maybe=True)
TEXTS = Items(Words())
TEXT_OR_TEXTS = Either(value=TEXT, items=TEXTS)
SLUG = Words(
    what="een korte naam",
    form=r"[a-z0-9]+(-[a-z0-9]+)*",
    form_advice="Gebruik kleine letters, cijfers en een koppelteken.",
)
IDENTIFIER = Words(
    what="een korte naam",
    form=r"[A-Za-z0-9][A-Za-z0-9_.-]*",
    form_advice="Gebruik letters, cijfers, punt, laag streepje of koppelteken, zonder spaties.",
)
YEAR = Whole(1990, 2100)
COUNT = Whole(0)
YEAR_KEY = r"(19|20|21)[0-9]{2}"
CERTAINTY = Words(choices=frozenset(Certainty), what="een zekerheid")
CONFIDENCE = Words(choices=frozenset({"high", "medium", "low"}), what="een mate van vertrouwen")
PLAN_CERTAINTY = Words(choices=frozenset({"certain", "scenario", "open"}), what="een zekerheid van het plan")
BASIS = Record(required={"source": TEXT, "certainty": CERTAINTY}, optional={"doubt": MAYBE_TEXT})
SCHEMA_VERSION = Whole(1, 1)

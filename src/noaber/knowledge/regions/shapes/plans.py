"""plan.yaml: what a plan is."""

from __future__ import annotations

from noaber.knowledge.reading.shapes import Items, MomentText, Record, Words
from noaber.knowledge.regions.shapes.common import BASIS, IDENTIFIER, SLUG, TEXT

PLAN = Record(
    required={
        "slug": SLUG,
        "title": TEXT,
        "short_title": TEXT,
        "source": TEXT,
        "period": Record(required={"start": MomentText(), "end": MomentText()}, ordered=(("start", "end"),)),
        "status": Words(choices=frozenset({"running", "finished", "draft"}), what="een stand van het plan"),
        "follows": Words(maybe=True),
        "kpi_status": Words(
            choices=frozenset({"official", "derived", "none"}), what="een stand van de KPI's"
        ),
        "cross_cutting": Items(Record(required={"id": IDENTIFIER, "title": TEXT}, optional={"source": TEXT})),
    },
    optional={"follows_basis": BASIS},
)

"""business_case.yaml: benefits, costs, formulas and budget of a plan."""

from __future__ import annotations

from noaber.knowledge.reading.shapes import (
    Either,
    Flag,
    Items,
    Lookup,
    Number,
    Record,
    Shape,
    Whole,
    Words,
    YearSpan,
    each,
)
from noaber.knowledge.regions.shapes.common import (
    ANYTHING,
    CONFIDENCE,
    COUNT,
    IDENTIFIER,
    SCHEMA_VERSION,
    SLUG,
    TEXT,
    TEXTS,
    YEAR,
)

_YEARS = Items(Whole(), least=1)
_KEY_FIGURE = Record(required={"id": IDENTIFIER, "value": ANYTHING}, optional=each(TEXT, "unit source note"))
_FORMULA = Record(
    required={
        "id": IDENTIFIER,
        "fit": Words(
            choices=frozenset({"fits", "partly", "descriptive", "fits_inferred"}), what="een oordeel"
        ),
        "formula": TEXT,
        "document": _YEARS,
        "model": Items(Number()),
        "residual": Items(Number()),
    },
    optional={"note": TEXT},
)
_IMPACT_LINE = Record(
    required={
        "id": IDENTIFIER,
        "title": TEXT,
        "domain_assumed": TEXT,
        "years": _YEARS,
        "reconstructed": Flag(),
    },
    optional={"reconstruction": TEXT},
)
_IMPACT = Record(
    required={
        "component": IDENTIFIER,
        "total_printed": _YEARS,
        "sum_of_lines": _YEARS,
        "rounding_difference": _YEARS,
        "lines": Items(_IMPACT_LINE, least=1),
    },
    optional={"note": TEXT},
)
_MONEY: dict[str, Shape] = {
    "years": Items(Whole(0), least=1),
    "total": Whole(0),
    "zvw": Whole(0, maybe=True),
    "sd": Whole(0, maybe=True),
}
_COST = Record(
    required={
        "component": IDENTIFIER,
        **_MONEY,
        "lines": Items(
            Record(required={"title": TEXT, **_MONEY}, optional={"note": TEXT, "reconstructed": Flag()})
        ),
    },
    optional={"note": TEXT, "reconstructed": Flag()},
)
_TOTAL = Record(required={"years": _YEARS, "five_years": Whole()}, optional={"note": TEXT})
_COSTS_TOTAL = Record(
    required={"computed": _YEARS, "all_years": Whole(0), "zvw": Whole(0), "sd": Whole(0)},
    optional={"printed_years_1_3": _YEARS, "note": TEXT},
)
_FUNDING = Record(
    required={"iza_transformation": Whole(0), "spuk_iza": Whole(0), "total": Whole(0)},
    optional={
        "table": Lookup(Lookup(Whole(0))),
        "note": TEXT,
        "spuk_share_of_social_domain_budget": Number(0, 1),
        "proofs": TEXTS,
        "unexplained": TEXT,
    },
)
_SHIFT = Record(
    required={
        "domain": TEXT,
        "form": IDENTIFIER,
        "dutch": TEXT,
        "pct": Number(-100, 1000),
        "confidence": CONFIDENCE,
    },
    optional={"doubt": TEXT},
)
_SHIFTS = Record(
    required={"rows": Items(_SHIFT)},
    optional={"header_in_source": TEXT, "reading": TEXT, "doubts": TEXTS, "rules": TEXTS, "grounds": TEXTS},
)
_BUDGET = Record(
    required={
        "currency": Words(choices=frozenset({"EUR"})),
        "total_stated": Whole(0),
        "lines": Items(
            Record(required={"slug": IDENTIFIER, "group": IDENTIFIER, "amount": Whole(0)}), least=1
        ),
    },
    optional={
        "vat": TEXT,
        "groups": Items(Record(required={"slug": IDENTIFIER, "dutch": TEXT, "part": COUNT})),
        "verification": ANYTHING,
        "not_in_budget": TEXT,
        "missing": TEXT,
    },
)
_AMOUNT = Record(
    required={"value": Whole(), "reading": TEXT, "confidence": CONFIDENCE}, optional={"qualifier": TEXT}
)

BUSINESS_CASE = Record(
    any_of=("costs", "budget"),
    optional={
        "schema_version": SCHEMA_VERSION,
        "region": SLUG,
        "source": TEXT,
        "unit": TEXT,
        "years": Lookup(ANYTHING, key_form=r"[1-9][0-9]?", key_what="een volgnummer van een jaar"),
        "key_figures": Items(_KEY_FIGURE),
        "inferred_parameters": Lookup(ANYTHING),
        "formulas": Items(_FORMULA),
        "impact": Items(_IMPACT),
        "impact_total": _TOTAL,
        "costs": Items(_COST),
        "costs_total": _COSTS_TOTAL,
        "net_result": _TOTAL,
        "funding": _FUNDING,
        "assumptions": Either(items=TEXTS, record=_SHIFTS),
        "script": TEXT,
        "phase_in": Items(
            Record(
                required={"year": YEAR, "share_pct": Number(0, 100)},
                optional={"confidence": CONFIDENCE, "doubt": TEXT},
            )
        ),
        "results": Record(
            required={"impact_until_2030_eur": _AMOUNT, "impact_2034_eur": _AMOUNT},
            optional={
                "domains_with_impact": TEXTS,
                "calculation_period": YearSpan(),
                "benefit_period_agreed_nationally_until": YEAR,
                "doubt": TEXT,
                "chart_axis_eur": Items(Whole()),
            },
        ),
        "budget": _BUDGET,
        "welzijn_op_recept": ANYTHING,
        "financing_options_medical_social": TEXTS,
    },
)

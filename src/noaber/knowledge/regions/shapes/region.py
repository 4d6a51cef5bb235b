"""region.yaml and municipalities.yaml."""

from __future__ import annotations

from noaber.knowledge.codes import load_codes
from noaber.knowledge.reading.nodes import MapNode, ValueNode
from noaber.knowledge.reading.problems import Report, did_you_mean, quoted
from noaber.knowledge.reading.shapes import (
    Either,
    Flag,
    Items,
    Lookup,
    MomentText,
    Number,
    Record,
    Whole,
    Words,
    YearSpan,
    each,
)
from noaber.knowledge.regions.shapes.common import (
    ANYTHING,
    CERTAINTY,
    COUNT,
    IDENTIFIER,
    MAYBE_TEXT,
    PLAN_CERTAINTY,
    SCHEMA_VERSION,
    SLUG,
    TEXT,
    TEXT_OR_TEXTS,
    TEXTS,
    YEAR,
)

_SOURCE = Either(value=TEXT, record=Record(required={"document": TEXT, "section": TEXT}))
_DATED_VALUE = Record(required={"date": MomentText(), "value": Number()})
_FACT = Record(
    required={"id": IDENTIFIER, "source": TEXT},
    optional={
        **each(
            TEXT,
            "unit doubt note direction scope reference region regions frequency use for funder "
            "builder place metric municipality meaning data_source",
        ),
        "value": ANYTHING,
        "national": Number(),
        "year": YEAR,
        "since": ANYTHING,
        "period_months": Whole(1),
        "providers": TEXTS,
        "attributed_to": TEXTS,
        "from": _DATED_VALUE,
        "to": _DATED_VALUE,
        "approximate": Flag(),
        "change_pct_computed": Number(),
        "min": Number(),
        "max": Number(),
        "value_pct": Number(0, 100),
    },
)


def _known_domain(node: MapNode, path: str, report: Report) -> None:
    domain = node.get("domain")
    if isinstance(domain, ValueNode) and load_codes().domain_named(domain.text) is None:
        known = [name for entry in load_codes().domains.values() for name in (entry.code, *entry.also)]
        report.add(
            domain.line,
            f"{path}.domain",
            "unknown_domain",
            f"Verwacht een bekend domein, gevonden {quoted(domain.text)}.{did_you_mean(domain.text, known)}"
            " Kies een domein uit de tabel of vul de tabel aan.",
        )


_PARTNER = Record(
    required={"name": TEXT, "domain": TEXT},
    optional={
        "slug": SLUG,
        "roles": TEXTS,
        "source": TEXT,
        "note": TEXT,
        "doubt": TEXT,
        "aka": TEXT,
        "members": COUNT,
    },
    rules=(_known_domain,),
)
_ROLE = Record(
    required={"slug": IDENTIFIER},
    optional={
        "tasks": TEXTS,
        "fte": Number(0),
        "fte_min": Number(0),
        "fte_max": Number(0),
        "fte_total": Number(0),
        "count": COUNT,
        "doubt": TEXT,
        "confidence": TEXT,
        "dutch": TEXT,
        "task": TEXT,
        "members": TEXTS,
        "mandate_from": TEXT,
        "per": TEXT,
    },
)
BODY = Record(
    optional={
        "id": IDENTIFIER,
        "slug": IDENTIFIER,
        **each(
            TEXT,
            "name aka also_called level task mandate note origin executes_for staffing "
            "monitoring_reports preferred",
        ),
        **each(
            TEXTS,
            "tasks powers held_by assignments commissions subjects always_joined_by above groups "
            "shared_with_network_and_funded",
        ),
        "frequency": MAYBE_TEXT,
        "members": Either(value=ANYTHING, items=TEXTS),
        "member_count": COUNT,
        "count": COUNT,
        "meetings_per_year": COUNT,
        "since": ANYTHING,
        "first_meeting": MomentText(),
        "roles": Items(_ROLE),
        "fte_total": ANYTHING,
    },
    any_of=("id", "slug"),
)
GOVERNANCE = Either(
    items=Items(BODY),
    record=Record(
        optional={
            "source": _SOURCE,
            "bodies": Items(BODY),
            "type": TEXT,
            "principles": TEXTS,
            "roles": Items(_ROLE),
            "quality_owners": TEXTS,
            "related_programmes": TEXTS,
        }
    ),
)
_SUB_REGION = Record(
    required={"id": IDENTIFIER, "name": TEXT},
    optional={
        "part_of": Words(maybe=True),
        "project_leads": COUNT,
        "transfer_tables_now": COUNT,
        "members": Items(TEXT, maybe=True),
    },
)
_NAMED = {"slug": IDENTIFIER, "title": TEXT}

REGION = Record(
    required={"id": SLUG, "name": TEXT, "partners": Items(_PARTNER, least=1)},
    any_of=("source", "documents"),
    optional={
        "schema_version": SCHEMA_VERSION,
        "source": TEXT,
        "documents": Items(
            Record(required={"id": TEXT, "seed": TEXT, "title": TEXT, "period": YearSpan(), "quality": TEXT})
        ),
        "missing_parts": Items(Record(required={"document": TEXT, "part": TEXT, "effect": TEXT})),
        "network": ANYTHING,
        "mental_health_network": ANYTHING,
        "neighbouring_references": TEXTS,
        "partner_count": Items(
            Record(required={"value": COUNT, "qualifier": TEXT, "source": _SOURCE}, optional={"note": TEXT})
        ),
        "sub_regions": Items(_SUB_REGION, maybe=True),
        "sub_region_note": TEXT,
        "population": Whole(0, maybe=True),
        "target_group": ANYTHING,
        "health_facts": Items(_FACT),
        "labour_market": Items(_FACT),
        "pilot_facts": Items(_FACT),
        "facts": Items(_FACT),
        "partners_note": TEXT,
        "partner_groups": Lookup(TEXTS),
        "alliances": Items(Record(required={"id": IDENTIFIER, "members": TEXT_OR_TEXTS, "source": TEXT})),
        "existing_initiatives": Items(
            Record(
                required={"name": TEXT},
                optional={"what": TEXT, "pilot_start": MomentText(), "partners": TEXTS},
            )
        ),
        "adjacent_programmes": TEXTS,
        "systems_named": Items(Record(required={"name": TEXT, "use": TEXT}, optional={"age": TEXT})),
        "action_lines": Items(
            Record(required={"number": Whole(1), "title": TEXT}, optional={"themes": TEXTS})
        ),
        "action_line_5_programmes": Items(Record(required=_NAMED)),
        "governance": GOVERNANCE,
        "mgn_national_functions": TEXTS,
        "regional_plan_objectives": Items(
            Record(
                required={"id": IDENTIFIER, "indicator": TEXT, "deadline": MomentText(), "data_source": TEXT},
                optional={"change": Number(), "unit": TEXT, "target": TEXT},
            )
        ),
        "regional_plan_ambitions": TEXTS,
        "participation_ladder": Items(
            Record(required={"level": Whole(1, 6), "slug": IDENTIFIER, "dutch": TEXT, "meaning": TEXT})
        ),
        "participation_ladder_doubt": TEXT,
        "participation_partners": TEXTS,
    },
)

_MUNICIPALITY = Record(
    required={
        "slug": SLUG,
        "name": TEXT,
        "cbs_code": Words(
            what="een CBS-code van vier cijfers",
            form=r"[0-9]{4}",
            form_advice="Zet de code tussen aanhalingstekens, of schrijf null.",
            maybe=True,
        ),
        "latitude": Number(50.7, 53.7),
        "longitude": Number(3.2, 7.3),
        "inhabitants": Whole(1),
    },
    optional={
        "sub_region": Words(maybe=True),
        "planned_start_year": YEAR,
        "start_certainty": PLAN_CERTAINTY,
        "note": TEXT,
    },
)
MUNICIPALITIES = Record(
    required={
        "municipalities": Items(_MUNICIPALITY, least=1),
        "figures": Record(required={"source": TEXT, "year": YEAR, "certainty": CERTAINTY}),
    },
    optional={"note": TEXT, "stated_count": COUNT, "source": TEXT, "doubt": TEXT},
)

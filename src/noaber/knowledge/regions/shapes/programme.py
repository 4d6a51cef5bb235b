"""programme.yaml: components, work packages or projects, with milestones, risks and governance."""

from __future__ import annotations

from noaber.knowledge.codes import load_codes
from noaber.knowledge.reading.nodes import ListNode, MapNode, ValueNode
from noaber.knowledge.reading.problems import Report, did_you_mean, quoted
from noaber.knowledge.reading.shapes import (
    Either,
    Flag,
    Items,
    Lookup,
    MomentText,
    Number,
    Record,
    StretchText,
    Whole,
    YearSpan,
    each,
)
from noaber.knowledge.regions.shapes.common import (
    ANYTHING,
    CONFIDENCE,
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
    YEAR_KEY,
)
from noaber.knowledge.regions.shapes.projects import MONEY_STREAM, PARTY, PROJECT
from noaber.knowledge.regions.shapes.region import GOVERNANCE


def _known_domains(node: MapNode, path: str, report: Report) -> None:
    partners = node.get("partners")
    if not isinstance(partners, ListNode):
        return
    codes = load_codes()
    known = [name for entry in codes.domains.values() for name in (entry.code, *entry.also)]
    for position, partner in enumerate(partners.items):
        if isinstance(partner, ValueNode) and codes.domain_named(partner.text) is None:
            message = (
                f"Verwacht een bekend domein, gevonden {quoted(partner.text)}."
                f"{did_you_mean(partner.text, known)} Kies een domein uit de tabel of vul de tabel aan."
            )
            report.add(partner.line, f"{path}.partners[{position}]", "unknown_domain", message)


_PHASE = Record(
    required={"period": StretchText(), "activities": TEXTS},
    optional={"id": IDENTIFIER, "title": TEXT},
    any_of=("id", "title"),
)
_ACTIVITY = Record(
    required={"title": TEXT},
    optional={"due": MomentText(maybe=True), "frequency": TEXT, "shared_with": IDENTIFIER},
)
_COMPONENT = Record(
    required={"id": IDENTIFIER, "goal": TEXT, "target_group": TEXT, "partners": TEXTS},
    optional={
        "number": Whole(1),
        "title": TEXT,
        "section": TEXT,
        "national_function": Flag(),
        "current": TEXT,
        "desired": TEXT,
        "success_factors": TEXTS,
        "phases": Items(_PHASE),
        "activities": Items(_ACTIVITY),
        "rollout": Record(required={"period": ANYTHING, "municipalities": COUNT}),
        "rollout_municipality_years": Lookup(Number(0), key_form=YEAR_KEY, key_what="een jaar"),
        "covers": TEXTS,
        "features": TEXTS,
        "recovery_phases_served": Items(COUNT),
        "recovery_phases_better_with_peer_worker": Items(COUNT),
        "conflict": TEXT,
    },
    rules=(_known_domains,),
)
_PART = Either(
    value=TEXT,
    record=Record(
        required={"slug": IDENTIFIER, "dutch": TEXT},
        optional={
            **each(TEXT, "attention_officer related rule lead"),
            **each(
                TEXTS,
                "lines testing_grounds target_groups settings forms risk_groups connects_to themes "
                "assignments partners measures phases",
            ),
            "ages": Items(COUNT),
            "pilot": Record(required={"place": TEXT, "municipality": TEXT}),
            "meetings_per_year": COUNT,
        },
    ),
)
_WORK_PACKAGE = Record(
    required={"id": IDENTIFIER, "slug": IDENTIFIER, "dutch": TEXT, "goal": TEXT, "budget_line": IDENTIFIER},
    optional={
        "parts": Items(_PART),
        "norm": Record(
            required={"per_municipality": COUNT, "unit": TEXT, "total": COUNT, "must_be_part_of_mgn": Flag()},
            optional={"location_is_broad": Flag()},
        ),
        **each(
            TEXTS,
            "principles moments excluded_functions methods functions existing flow_knobs "
            "flow_principles flow_levels adjacent",
        ),
        **each(TEXT, "state profile_rule starting_point national_difference flow_knobs_doubt"),
        "lived_experience_always_present": Flag(),
        "repeatable": Flag(),
        "target_gap": ANYTHING,
        "possible_start_group": Record(required={"ages": Items(COUNT), "municipality": TEXT}),
    },
)
_PLACE = Record(
    required={"slug": TEXT}, optional={"count": COUNT, "certainty": PLAN_CERTAINTY, "split_assumed": Flag()}
)
_MILESTONE = Record(
    required={"id": IDENTIFIER, "year": YEAR, "wp": IDENTIFIER, "title": TEXT, "certainty": PLAN_CERTAINTY},
    optional={
        "part": IDENTIFIER,
        "count": COUNT,
        "added": COUNT,
        "unit": TEXT,
        "cumulative": Flag(),
        "share_pct": Number(0, 100),
        "confidence": CONFIDENCE,
        "municipalities": Items(_PLACE),
        "added_municipalities": Items(_PLACE),
        "evaluation_by": MomentText(),
        "execution_starts": YEAR,
        **each(TEXT, "doubt note scope condition assignment decision adopted_by comparator"),
    },
)
_RISK = Record(
    required={"id": IDENTIFIER, "probability": MAYBE_TEXT, "impact": MAYBE_TEXT, "mitigation": TEXT_OR_TEXTS},
    optional={"theme": TEXT, "scope": TEXT, "text": TEXT, "note": TEXT},
    any_of=("theme", "scope"),
)
_PERIOD = Either(
    items=YearSpan(),
    record=Record(
        required={"start": MomentText(), "end": MomentText()},
        optional={"business_case_years": COUNT, "programme_years": COUNT},
        ordered=(("start", "end"),),
    ),
)
_STEP = Record(
    required={"text": TEXT},
    optional={"from": MomentText(), "to": MomentText(), "date": MomentText(), "doubt": TEXT},
    ordered=(("from", "to"),),
)
_ID_TEXT = Record(required={"id": IDENTIFIER, "text": TEXT})

PROGRAMME = Record(
    any_of=("components", "work_packages", "projects"),
    optional={
        "schema_version": SCHEMA_VERSION,
        "region": SLUG,
        "source": TEXT,
        "period": _PERIOD,
        "programme": ANYTHING,
        "movements": Items(Record(required={"id": IDENTIFIER, "focus": TEXT})),
        **each(
            TEXTS,
            "leading_principles good_conversation_order core_values focus strategy planning_rules "
            "timeline_bars change_principles problem key_concepts money_stream_questions "
            "document_gaps",
        ),
        **each(TEXT, "timeline_note governance_note vision priority_group scope ambition"),
        "pillars": Items(
            Record(
                required={"number": Whole(1, maybe=True), "id": IDENTIFIER, "components": Items(IDENTIFIER)}
            )
        ),
        "components": Items(_COMPONENT, least=1),
        "work_packages": Items(_WORK_PACKAGE, least=1),
        "projects": Items(PROJECT, least=1),
        "milestones": Items(_MILESTONE),
        "risks": Either(
            items=Items(_RISK),
            record=Record(required={"items": Items(_RISK)}, optional={"probability_note": TEXT}),
        ),
        "governance": GOVERNANCE,
        "phase_in": Lookup(Number(0, 100), key_form=YEAR_KEY, key_what="een jaar"),
        "method": ANYTHING,
        "communications": ANYTHING,
        "lobby": ANYTHING,
        "funding_sources": Items(
            Record(
                required={"slug": IDENTIFIER},
                optional={
                    **each(TEXT, "use qualifier status"),
                    **each(COUNT, "amount_eur amount_eur_per_year horizon_years"),
                    "year": YEAR,
                    "earliest_spending": MomentText(),
                },
            )
        ),
        "social_prescribing_rollout": Record(
            required={"goal": TEXT, "steps": Items(_STEP)},
            optional={"binding": TEXT, "phases": TEXTS, "agreements": TEXTS, "lessons": TEXTS},
        ),
        "consistency_checks": Items(
            Record(
                required={"check": TEXT, "result": Flag()}, optional={"computed": ANYTHING, "reading": TEXT}
            )
        ),
        "monitoring": ANYTHING,
        "communication_plan": Items(
            Record(required={"years": ANYTHING, "phase": TEXT, "hours": COUNT}, optional={"events": TEXT})
        ),
        "goals": Record(
            required={"primary": _ID_TEXT},
            optional={"secondary": _ID_TEXT, "joint": _ID_TEXT, "improvements": Items(_ID_TEXT)},
        ),
        "prevention_levels": Items(
            Record(required={"slug": IDENTIFIER, "meaning": TEXT, "project_count": COUNT})
        ),
        "parties": Items(PARTY),
        "money_streams": Items(MONEY_STREAM),
        "research": ANYTHING,
    },
)

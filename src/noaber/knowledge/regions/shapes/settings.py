"""settings.yaml: what differs from region to region."""

from __future__ import annotations

from enum import StrEnum

from noaber.knowledge.codes import DomainGroup, load_codes
from noaber.knowledge.funding import load_titles
from noaber.knowledge.questionnaires import known_questionnaires
from noaber.knowledge.reading.shapes import Flag, Items, Lookup, MomentText, Number, Record, Whole, Words
from noaber.knowledge.regions.settings_types import (
    GgzMemberRule,
    HelpKind,
    KpiClass,
    LivedExperience,
    Mode,
    Moment,
    ReportToGp,
    TableLevel,
)
from noaber.knowledge.regions.shapes.common import BASIS, IDENTIFIER, SCHEMA_VERSION, SLUG, TEXT
from noaber.knowledge.talking import load_parts


def _choice(kind: type[StrEnum], what: str) -> Words:
    return Words(choices=frozenset(str(member) for member in kind), what=what)


_CODES = load_codes()
_ROLE = Words(choices=frozenset(_CODES.referrer_roles), what="een verwijzer")
_OUTCOME = Words(choices=frozenset(_CODES.outcomes), what="een uitkomst")
_OFFER = Words(choices=frozenset(_CODES.offer_kinds), what="een soort aanbod")
_NORM = Words(choices=frozenset(_CODES.norms), what="een norm uit de tabel")
_PART = Words(choices=frozenset(load_parts()), what="een onderdeel van het gesprek")
_QUESTIONNAIRE = Words(choices=frozenset(known_questionnaires()), what="een vragenlijst")
_TITLE = Words(choices=frozenset(load_titles()), what="een titel uit de tabel")
_GROUP = _choice(DomainGroup, "een domeingroep")
_MODE = _choice(Mode, "een vorm")
_URL = Words(what="een webadres", form=r"https://[^\s]+", form_advice="Begin met https://.", maybe=True)
_PHONE = Words(
    what="een telefoonnummer",
    form=r"[0-9]{3}|[0-9][0-9 -]{7,14}[0-9]",
    form_advice="Gebruik cijfers, spaties en koppeltekens; zet het tussen aanhalingstekens.",
)
_DAYS = Whole(0, 365)
_MINUTES = Whole(1, 480, maybe=True)

_HELP_NUMBER = Record(
    required={
        "id": SLUG,
        "kind": _choice(HelpKind, "een soort hulpnummer"),
        "name": TEXT,
        "phone": _PHONE,
        "hours": TEXT,
        "free_of_charge": Flag(maybe=True),
        "website": _URL,
        "national": Flag(),
        "checked_on": MomentText(exact=True),
        "invented_for_demo": Flag(),
        "source": TEXT,
    },
    optional={"also_phone": _PHONE},
)
_TABLE = Record(
    required={
        "id": IDENTIFIER,
        "title": TEXT,
        "level": _choice(TableLevel, "een niveau"),
        "every_days": Whole(1, 366, maybe=True),
        "frequency_text": TEXT,
        "minutes": _MINUTES,
        "minutes_per_case": _MINUTES,
        "online": Flag(maybe=True),
        "basis": BASIS,
    }
)

SETTINGS = Record(
    required={
        "schema_version": SCHEMA_VERSION,
        "region": SLUG,
        "referral": Record(
            required={
                "who_may_refer": Items(_ROLE, least=1),
                "who_basis": BASIS,
                "minimum_age_years": Whole(0, 120),
                "age_basis": BASIS,
            }
        ),
        "composition": Record(
            required={
                "min_professionals": Whole(1, 10),
                "max_professionals": Whole(1, 10),
                "min_domains": Whole(1, 10),
                "required_groups": Items(Items(_GROUP, least=1)),
                "ggz_member": _choice(GgzMemberRule, "een regel voor het ggz-lid"),
                "lived_experience": _choice(LivedExperience, "een regel voor ervaringsdeskundigheid"),
                "trained_guide_required": Flag(),
                "basis": BASIS,
                "lived_experience_basis": BASIS,
            }
        ),
        "modes": Record(
            required={
                "default": _MODE,
                "allowed": Items(_MODE, least=1),
                "duration_minutes": Whole(10, 480),
                "basis": BASIS,
                "duration_basis": BASIS,
            }
        ),
        "first_conversation": Record(
            required={
                "norm_days": Whole(1, 365),
                "hard": Flag(),
                "moments": Items(_choice(Moment, "een moment"), least=1),
                "basis": BASIS,
                "moments_basis": BASIS,
            }
        ),
        "second_conversation": Record(
            required={"max_conversations": Whole(1, 20, maybe=True), "counts_for_kpi": Flag(), "basis": BASIS}
        ),
        "host_certificate": Record(
            required={
                "code": IDENTIFIER,
                "required": Flag(),
                "target_share": Number(0, 1, maybe=True),
                "basis": BASIS,
            }
        ),
        "report": Record(
            required={
                "within_days": _DAYS,
                "resident_reads_first_days": _DAYS,
                "to_gp": _choice(ReportToGp, "een regel voor de huisarts"),
                "letter_within_days": _DAYS,
                "basis": BASIS,
                "limits_basis": BASIS,
            }
        ),
        "follow_up": Record(required={"next_step_within_days": _DAYS, "limit_days": _DAYS, "basis": BASIS}),
        "outcomes": Record(
            required={
                "triage_forbidden": Flag(),
                "kpi_classes": Lookup(
                    _choice(KpiClass, "een KPI-klasse"),
                    key_form="|".join(sorted(_CODES.outcomes)),
                    key_what="een uitkomst uit de tabel",
                ),
                "derive_from_offers": Items(Record(required={"offer_kind": _OFFER, "outcome": _OUTCOME})),
                "basis": BASIS,
            }
        ),
        "tables": Items(_TABLE),
        "norms": Items(Record(required={"key": _NORM, "basis": BASIS})),
        "cashiers": Items(Record(required={"name": TEXT, "basis": BASIS})),
        "cashiers_basis": BASIS,
        "help_numbers": Items(_HELP_NUMBER, least=1),
        "leave_link": Record(required={"label": TEXT, "url": _URL}),
    },
    optional={
        "conversation": Record(
            required={"order": Items(_PART, least=1), "questionnaire": _QUESTIONNAIRE, "basis": BASIS}
        ),
        "funding": Record(
            required={
                "usual_titles": Lookup(
                    _TITLE, key_form="|".join(str(g) for g in DomainGroup), key_what="een domeingroep"
                ),
                "basis": BASIS,
            }
        ),
    },
)

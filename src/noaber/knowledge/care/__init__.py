"""The words for care: types, settings, diagnosis groups, insurers. See the README."""

from noaber.knowledge.care.tables import (
    TABLES,
    BrokenCare,
    CareWord,
    care_types,
    check_care,
    diagnosis_groups,
    insurers,
    load_words,
    settings,
)

__all__ = [
    "TABLES",
    "BrokenCare",
    "CareWord",
    "care_types",
    "check_care",
    "diagnosis_groups",
    "insurers",
    "load_words",
    "settings",
]

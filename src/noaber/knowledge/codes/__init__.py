"""Code tables and norms: professions, domains, outcomes, units. Dated, sourced, typed.

`load_codes()` gives all tables; `norm(key, on=day)` the value of a norm on a day.
"""

from noaber.knowledge.codes.tables import BrokenCodeTable, check_tables, load_codes, norm
from noaber.knowledge.codes.types import (
    Certainty,
    Code,
    Codes,
    Domain,
    DomainGroup,
    DomainShape,
    MetricUnit,
    Norm,
    NormNotInForce,
    NormValue,
    Outcome,
    Profession,
    Purpose,
    RegisterType,
    UnknownNorm,
)

__all__ = [
    "BrokenCodeTable",
    "Certainty",
    "Code",
    "Codes",
    "Domain",
    "DomainGroup",
    "DomainShape",
    "MetricUnit",
    "Norm",
    "NormNotInForce",
    "NormValue",
    "Outcome",
    "Profession",
    "Purpose",
    "RegisterType",
    "UnknownNorm",
    "check_tables",
    "load_codes",
    "norm",
]

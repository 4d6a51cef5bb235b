"""How long something of a person is kept, and on which ground. Dated, sourced, typed.

`retention_class(key)` gives one class of the table; `load_retention()` all of them.
"""

from noaber.knowledge.retention.table import (
    BrokenRetentionTable,
    check_retention,
    load_retention,
    retention_class,
)
from noaber.knowledge.retention.types import (
    CountsFrom,
    RetentionClass,
    RetentionNotInForce,
    Term,
    UnknownRetentionClass,
)

__all__ = [
    "BrokenRetentionTable",
    "CountsFrom",
    "RetentionClass",
    "RetentionNotInForce",
    "Term",
    "UnknownRetentionClass",
    "check_retention",
    "load_retention",
    "retention_class",
]

"""Facts of a region as sentences. The figure comes from the region file, the words from `fact_words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from noaber.hallway.ui import formatting

WORDS = Path(__file__).with_name("fact_words.yaml")
SENTENCES: dict[str, str] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
"""By the id of the fact."""

YEARS = frozenset({"population_decline_from", "overlegtafel_since"})


def sentence(fact: Mapping[str, Any]) -> tuple[str, str]:
    """The fact in words with their language. A fact without a sentence shows its own name and value."""
    words = SENTENCES.get(fact["id"])
    slots = _slots(fact)
    if words is None:
        return f"{str(fact['id']).replace('_', ' ')}: {slots.get('value', '')}".rstrip(": "), "en"
    return words.format(**slots), "nl"


def _slots(fact: Mapping[str, Any]) -> dict[str, str]:
    plain_year = fact["id"] in YEARS
    found = {"value": _figure(fact.get("value"), plain=plain_year)}
    for key, value in (fact.get("remaining") or {}).items():
        if isinstance(value, Mapping):
            found |= {f"{key}_{inner}": _figure(deep) for inner, deep in value.items()}
        else:
            found[key] = _figure(value, plain=key == "year")
    return found


def _figure(value: object, *, plain: bool = False) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if isinstance(value, bool) or not isinstance(value, int | float) or plain:
        return "" if value is None else str(value)
    if isinstance(value, float) and 0 < value < 1:
        return formatting.percentage(value, 0 if round(value * 100, 1) == round(value * 100) else 1)
    return formatting.number(value, 0 if float(value).is_integer() else 1)

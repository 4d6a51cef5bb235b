"""What happened with an entry in words, and two editors on one entry brought together field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from noaber.knowledge.languages import language_name
from noaber.knowledge.offer_terms import load_terms
from noaber.offer.directory import keeping
from noaber.offer.directory.models import EntryChange
from noaber.offer.directory.types_record import PlaceRecord, ServiceRecord
from noaber.offer.directory.upkeep.choices_kept import FIELDS, KINDS, MODES, STATUSES, WEEKDAYS
from noaber.offer.directory.upkeep.types_desk import Edit

MOST_EDITS = 12
_CHOICES = {"kind": dict(KINDS), "mode": dict(MODES), "status": dict(STATUSES)}
_PLACE_FIELDS = [
    field.name
    for field in fields(PlaceRecord)
    if field.name not in {"place_id", "at_id", "schedules", "extra", "postal_code"}
] + ["postal_code", "schedules"]
"""The order in which `keeping.tracked_of` gives the parts of a place."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two editors changed: what this one typed, and what the other one saved meanwhile."""

    field: str
    label: str
    mine: str
    theirs: str


def as_json(record: ServiceRecord) -> dict[str, Any]:
    """The tracked fields of a record as the history keeps them."""
    plain: dict[str, Any] = json.loads(json.dumps(keeping.tracked_of(record), cls=DjangoJSONEncoder))
    return plain


def edits_of(service_id: UUID) -> list[Edit]:
    """The last edits of an entry, newest first."""
    rows = EntryChange.objects.filter(service_id=service_id).order_by("-version")[:MOST_EDITS]
    return [
        Edit(
            version=row.version,
            at=row.at,
            by=row.by,
            origin="" if row.origin == keeping.LOCAL else row.origin,
            fields=tuple(
                (field_label(key), in_words(key, before), in_words(key, after))
                for key, (before, after) in row.fields.items()
            ),
        )
        for row in rows
    ]


def field_label(key: str) -> str:
    """The word of the form for a field of the record."""
    return str(FIELDS.get(key, key))


def together(typed: ServiceRecord, current: ServiceRecord) -> tuple[ServiceRecord, list[Difference]]:
    """What was typed on top of what another editor saved meanwhile; and the fields that both changed.

    A field that this editor left alone becomes what the other one made of it. In a field that both changed
    the typed words stay, and stand in the differences with those of the other. Nothing is lost.
    """
    assert current.service_id is not None  # noqa: S101  # it was read from the table
    base = _base(current.service_id, typed.version)
    mine, now = as_json(typed), as_json(current)
    taken: dict[str, Any] = {}
    differences = []
    for key, before in base.items():
        if key not in mine or mine[key] == now[key]:
            continue
        if mine[key] == before:
            taken |= taken_over(key, current)
        else:
            differences.append(
                Difference(key, field_label(key), in_words(key, mine[key]), in_words(key, now[key]))
            )
    return replace(typed, **taken, version=current.version), differences


def take(typed: ServiceRecord, current: ServiceRecord, keys: Sequence[str]) -> ServiceRecord:
    """The typed entry with these fields as the other editor has them."""
    found: dict[str, Any] = {}
    for key in keys:
        if key in keeping.TRACKED:
            found |= taken_over(key, current)
    return replace(typed, **found)


def taken_over(key: str, current: ServiceRecord) -> dict[str, Any]:
    """The values of a tracked field in a record."""
    names = ("organisation", "organisation_id") if key == "organisation" else (key,)
    return {name: getattr(current, name) for name in names}


def _base(service_id: UUID, version: int) -> dict[str, Any]:
    """What stood in each field that changed since this version, at that version."""
    base: dict[str, Any] = {}
    rows = EntryChange.objects.filter(service_id=service_id, version__gt=version).order_by("version")
    for row in rows:
        for key, (before, _after) in row.fields.items():
            base.setdefault(key, before)
    return base


# --- values in words -------------------------------------------------------------------------------------


def in_words(key: str, value: Any) -> str:
    """A value of a tracked field as a person reads it; 'leeg' for nothing."""
    if key in ("places", "schedules"):
        one = _place_words if key == "places" else hours_words
        return "\n".join(one(item) for item in value) or str(_("leeg"))
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    if value in (None, "", []):
        return str(_("leeg"))
    if key == "terms":
        known = load_terms()
        return ", ".join(known[code].name if code in known else code for code in value)
    if key == "languages":
        return ", ".join(str(_(language_name(code))) for code in value)
    if key == "cost_eur_cents":
        return f"€ {value / 100:.2f}".replace(".", ",")
    if key == "organisation" and _is_id(value):
        return str(_("een partner van het netwerk"))
    return str(_CHOICES.get(key, {}).get(value, value))


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _place_words(parts: Sequence[Any]) -> str:
    place: Mapping[str, Any] = dict(zip(_PLACE_FIELDS, parts, strict=False))
    town = " ".join(p for p in (place.get("postal_code", ""), place.get("city", "")) if p)
    words = ", ".join(p for p in (place.get("name", ""), place.get("street", ""), town) if p)
    hours = "; ".join(hours_words(one) for one in place.get("schedules", ()))
    more = [place.get("accessibility", ""), place.get("directions", ""), hours]
    return ". ".join([words, *(part for part in more if part)])


def hours_words(parts: Sequence[Any]) -> str:
    """'maandag, woensdag 10:00 – 12:00, om de 2 weken (koffie)'."""
    days, every, opens, closes, first, last, notes = parts
    names = dict(WEEKDAYS)
    words = [", ".join(str(names[day]) for day in days)]
    words.append(" – ".join(str(at)[:5] for at in (opens, closes) if at))
    if every != 1:
        words.append(str(_("om de %(n)s weken") % {"n": every}))
    if first or last:
        words.append(f"{first or ''} – {last or ''}")
    if notes:
        words.append(f"({notes})")
    return " ".join(word for word in words if word)

"""What fields, reasons and counts are called on the editor's screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.knowledge.languages import language_name
from noaber.knowledge.offer_terms import load_terms
from noaber.offer.directory.models import Service
from noaber.offer.sources.columns import BY_FIELD

PLACE = (
    "type name street city province municipality latitude longitude accessibility directions description"
    " postal_code"
).split()
"""In the order in which `tracked_of` says a place; its hours come last."""

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
REASONS = {
    "name": gettext_lazy("zelfde naam"),
    "name_alike": gettext_lazy("naam lijkt erop"),
    "phone": gettext_lazy("zelfde telefoon"),
    "site": gettext_lazy("zelfde website"),
    "organisation": gettext_lazy("zelfde organisatie"),
    "place": gettext_lazy("zelfde plek"),
    "municipality": gettext_lazy("zelfde gemeente"),
}
CHOICES: Mapping[str, Mapping[Any, Any]] = {
    "kind": dict(Service.Kind.choices),
    "status": dict(Service.Status.choices),
    "mode": dict(Service.Mode.choices),
}


def field_word(field: str) -> str:
    """What a field is called."""
    names = {"places": _("plekken"), "schedules": _("openingstijden")}
    found = names.get(field) or (BY_FIELD[field].heading if field in BY_FIELD else field)
    return found[:1].upper() + found[1:]


def value_words(field: str, value: Any) -> str:
    """What a value reads as; places and hours line by line."""
    if value in (None, "", [], ()):
        return _("(leeg)")
    if value is True or value is False:
        return _("ja") if value else _("nee")
    if field in CHOICES:
        return str(CHOICES[field].get(value, value))
    if field == "places":
        return "\n".join(_place(one) for one in value)
    if field == "schedules":
        return "\n".join(_hours(one) for one in value)
    if field == "terms":
        known = load_terms()
        return ", ".join(known[code].name if code in known else str(code) for code in value)
    if field == "languages":
        return ", ".join(language_name(str(code)) for code in value)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _place(one: Any) -> str:
    """A place as `tracked_of` says it: a list of its words; the hours are the last."""
    named = dict(zip(PLACE, one, strict=False))
    words = [named[key] for key in ("name", "street", "postal_code", "city", "province") if named.get(key)]
    if named.get("latitude") is not None:
        words.append(f"{named['latitude']} {named['longitude']}")
    words += [named[key] for key in ("accessibility", "directions", "description") if named.get(key)]
    hours = one[-1] if one and isinstance(one[-1], list | tuple) else []
    return ", ".join([*words, *(_hours(each) for each in hours)])


def _hours(one: Any) -> str:
    days, _weeks, opens, closes, _from, _until, notes = one
    named = ", ".join(DAYS[int(day) - 1] for day in days)
    clock = "–".join(str(part)[:5].replace(":", ".") for part in (opens, closes) if part)
    return " ".join(part for part in (named, clock, notes) if part)

"""The context of every page: the frame that the middleware made, or safe defaults. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from noaber.hallway import languages
from noaber.hallway.ui.types import Frame, HelpLine, LanguageLink

NATIONAL_HELP = (
    HelpLine(kind="emergency", name="Alarmnummer", phone="112", hours="dag en nacht", free_of_charge=True),
    HelpLine(
        kind="suicide_prevention",
        name="113 Zelfmoordpreventie",
        phone="113",
        also_phone="0800-0113",
        hours="dag en nacht",
        website="https://www.113.nl",
        free_of_charge=True,
    ),
)
ON_EVERY_PAGE = ("emergency", "suicide_prevention", "gp_out_of_hours")
FIELDS = tuple(Frame.__dataclass_fields__)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The names that `ui/base.html` reads: each field of `Frame`, and `help_line` for the header."""
    given = getattr(request, "frame", None)
    standard = Frame(
        demo=bool(getattr(settings, "DEMO", False)),
        today=getattr(settings, "DEMO_TODAY", None),
        actor_name=getattr(getattr(request, "actor", None), "name", ""),
    )
    context = {name: getattr(given, name, getattr(standard, name)) for name in FIELDS}
    context["help_numbers"] = as_help_lines(context["help_numbers"]) or NATIONAL_HELP
    context["help_line"] = for_every_page(context["help_numbers"])
    context["languages"] = languages_of(request)
    context["given_back"] = getattr(request, "given_back", None)
    context["unreviewed"] = bool(context["languages"]) and languages.is_unreviewed(get_language() or "")
    return context


def languages_of(request: HttpRequest) -> tuple[LanguageLink, ...]:
    """This page in each language; nothing on pages that stay Dutch."""
    if getattr(request, "languages", None) == ():
        return ()
    now = get_language()
    return tuple(
        LanguageLink(code, name, languages.with_choice(request, code), is_current=code == now)
        for code, name in settings.LANGUAGES
    )


def as_help_lines(numbers: Iterable[HelpLine | Mapping[str, Any]]) -> tuple[HelpLine, ...]:
    """Help numbers in the frame's own form; takes the region's stored mappings as they are."""
    return tuple(n if isinstance(n, HelpLine) else _from_mapping(n) for n in numbers)


def for_every_page(numbers: Iterable[HelpLine]) -> tuple[HelpLine, ...]:
    """At most one number of each kind that every page shows, in that order. 112 and 113 are never missing."""
    first: dict[str, HelpLine] = {}
    for number in (*numbers, *NATIONAL_HELP):
        first.setdefault(number.kind, number)
    return tuple(first[kind] for kind in ON_EVERY_PAGE if kind in first)


def _from_mapping(number: Mapping[str, Any]) -> HelpLine:
    checked = number.get("checked_on")
    return HelpLine(
        kind=str(number["kind"]),
        name=str(number["name"]),
        phone=str(number["phone"]),
        hours=str(number.get("hours") or ""),
        also_phone=number.get("also_phone"),
        website=number.get("website"),
        free_of_charge=number.get("free_of_charge"),
        checked_on=date.fromisoformat(checked) if isinstance(checked, str) else checked,
        invented_for_demo=bool(number.get("invented_for_demo")),
    )

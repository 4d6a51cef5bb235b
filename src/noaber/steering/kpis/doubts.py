"""The marks that stay with a KPI: what is reconstructed, doubtful or derived, in words people understand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from noaber.ground.wording import language_of
from noaber.hallway.ui.controls import doubt_words
from noaber.steering.kpis.types import Doubt

SCREEN = {
    "reconstructed": "reconstructed",
    "ocr_doubt": "doubtful",
    "doubt": "doubtful",
    "derived": "derived",
}
"""The mark of the file and the mark on screen; a plain note is no doubt."""


def doubts_of(document: Mapping[str, Any]) -> tuple[Doubt, ...]:
    """Every mark of one KPI, most telling first."""
    found = [
        _doubt(SCREEN[mark["kind"]], mark["text"])
        for mark in document.get("marks", ())
        if mark["kind"] in SCREEN
    ]
    kinds = {doubt.kind for doubt in found}
    if document.get("type_reconstructed") and "doubtful" not in kinds:
        found.append(
            _doubt(
                "doubtful",
                _("De letter I of R was niet te lezen. De soort is gekozen naar wat de KPI vraagt."),
            )
        )
    if document.get("listed_as_doubtful") and not kinds & {"reconstructed", "doubtful"}:
        found.append(_doubt("doubtful", _("Het bestand noemt deze KPI onzeker.")))
    order = ("derived", "reconstructed", "doubtful")
    return tuple(sorted(found, key=lambda doubt: order.index(doubt.kind)))


def notes_of(document: Mapping[str, Any]) -> str:
    """Remarks of the file that are no doubt about a figure."""
    notes = [mark["text"] for mark in document.get("marks", ()) if mark["kind"] == "note"]
    return " ".join(notes or [document.get("note") or ""])


def _doubt(kind: str, text: str) -> Doubt:
    title, meaning = doubt_words(kind)
    return Doubt(kind=kind, title=title, meaning=meaning, text=text, language=language_of(text))

"""How hard the texts of an entry are to read, beside the form in which they are written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from noaber.engines import language
from noaber.offer.directory.upkeep.forms_entry import TEXTS, EntryForm

NO_GOAL = frozenset({"text_professional"})
"""Texts for colleagues: measured, without a goal."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The level of one text as the page shows it."""

    field: str
    level: str
    words: str
    fine: bool
    hints: tuple[str, ...]
    hard: tuple[tuple[str, str], ...]


def shown(field: str, text: str) -> Shown | None:
    """What to say about this text; nothing about a text that is too short to judge."""
    found = language.level(text)
    if found.level is None:
        if not text.strip() or found.words:
            return None
        return Shown(field, "", str(_("Dit meten wij niet: wij kennen alleen Nederlands.")), True, (), ())
    fine = field in NO_GOAL or found.level <= language.Level.B1
    if found.level <= language.Level.B1:
        words = _("Goed te lezen: niveau %(level)s.")
    elif field in NO_GOAL:
        words = _("Niveau %(level)s. Voor collega's mag dat.")
    else:
        words = _("Moeilijk: niveau %(level)s. Schrijf korter, met gewone woorden.")
    return Shown(
        field,
        found.level.name,
        words % {"level": found.level.name},
        fine,
        tuple(_hints(found)),
        tuple((hard.word, hard.easier) for hard in found.hard[:8]),
    )


def _hints(found: language.Reading) -> list[str]:
    hints = []
    if found.longest_sentence > language.LONG_SENTENCE:
        hints.append(
            _("De langste zin heeft %(n)s woorden. Maak er twee van.") % {"n": found.longest_sentence}
        )
    if found.passives:
        hints.append(_("%(n)s keer 'wordt' of 'worden': zeg wie het doet.") % {"n": found.passives})
    if found.abbreviations:
        hints.append(
            _("Afkorting: %(words)s. Schrijf het uit.") % {"words": ", ".join(found.abbreviations[:4])}
        )
    return hints


def levels_of(form: EntryForm) -> dict[str, Shown | None]:
    """The levels of the texts that now stand in the form."""
    return {name: shown(name, str(form[name].value() or "")) for name in TEXTS}

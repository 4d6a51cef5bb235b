"""All sentences for the translators, with where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from tests.languages.reading_code import SOURCE, Found, Reader, Sentence, kept_sentences
from tests.security.addresses import Address, walk

from noaber.hallway import languages
from noaber.hallway.access.types import ANONYMOUS

ERRORS = ("400.html", "403.html", "404.html", "409.html", "413.html", "429.html", "500.html", "503.html")
ALSO = (
    ("noaber.hallway.accounts.frame", "build"),
    ("noaber.hallway.ui.context", "frame"),
    ("noaber.hallway.ui.formatting", "moment"),
    ("noaber.hallway.ui.formatting", "relative_day"),
    ("noaber.hallway.ui.errors", "csrf_failure"),
    ("noaber.network.companions.standing_in", "ask_her_pin"),
    ("noaber.hallway.ui.webs", "draw_web"),
    ("noaber.pathways.evaluations.handlers", "ask_her"),
    ("noaber.offer.routes.showing", "beside"),
)
"""What stands around every page, what a room asks on her first page, and what comes instead of a page."""

FOUND_BY_A_LIST = {"holdings", "sharing"}
"""Modules of rooms that sign up in a list at start; no view names them."""

KNOWLEDGE = {
    "codes/entries/professions.yaml": ("label",),
    "codes/entries/offer_kinds.yaml": ("label",),
    "neighbourhood/activities.yaml": ("label",),
    "support_points/phases.yaml": ("label", "means"),
    "codes/entries/consent_purposes.yaml": ("label", "explanation"),
    "codes/entries/evaluation_questions.yaml": ("label",),
    "offer_terms": ("name",),
    "care/entries/care_types.yaml": ("label",),
    "care/entries/settings.yaml": ("label",),
    "care/entries/diagnosis_groups.yaml": ("label",),
    "waits/entries": ("label",),
    "retention": ("label", "why_stays"),
    "questionnaires": ("title", "line", "prompt", "words", "least_words", "most_words", "text", "hint"),
    "talking": ("label", "title", "text", "question", "hint", "explanation", "name", "words"),
}
"""Tables of knowledge with words that a resident reads: file or folder, and the keys that hold the words."""


def spoken() -> Iterator[Address]:
    """The addresses that come in every language."""
    for address in walk():
        if address.audience and not languages.is_dutch_only(address.name, address.audience, ANONYMOUS):
            yield address


def everything() -> Found:
    """Every sentence that can reach one of these pages, a message to her, or a line she reads."""
    reader = Reader()
    for address in spoken():
        reader.view(address.view)
    for where, name in ALSO:
        reader.name(where, name)
    for path in sorted(SOURCE.rglob("*.py")):
        if path.stem in FOUND_BY_A_LIST and "tests" not in path.parts:
            reader.whole(".".join(path.relative_to(SOURCE).with_suffix("").parts))
    for template in ERRORS:
        reader.template(template)
    for sentence, place in kept_sentences():
        reader.found.add(sentence, place)
    for sentence, place in known_words():
        reader.found.add(sentence, place)
    return reader.found


def known_words() -> Iterator[tuple[Sentence, str]]:
    """Words of the tables of knowledge."""
    folder = SOURCE / "noaber" / "knowledge"
    for name, keys in KNOWLEDGE.items():
        path = folder / name
        files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path] if path.exists() else []
        for file in files:
            place = file.relative_to(SOURCE).as_posix()
            for text in _values(yaml.load(file.read_text("utf-8"), yaml.CSafeLoader), keys):
                yield Sentence(text), place
    for file in sorted((SOURCE.parent / "regions").glob("*/settings.yaml")):
        place = file.relative_to(SOURCE.parent).as_posix()
        tree = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
        for number in tree.get("help_numbers", ()):
            yield Sentence(str(number.get("hours") or "")), place
    from noaber.knowledge.languages import LANGUAGES

    for _code, word in LANGUAGES:
        yield Sentence(word), Path("noaber/knowledge/languages.py").as_posix()


def _values(tree: Any, keys: tuple[str, ...]) -> Iterator[str]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from _values(value, keys)
    elif isinstance(tree, list):
        for each in tree:
            yield from _values(each, keys)

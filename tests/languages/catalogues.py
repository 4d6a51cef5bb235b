"""The catalogues: reading, bringing up to date, checking and compiling them. Babel does the formats.

Babel is pure Python and knows the plural forms of each language; GNU gettext is not needed anywhere. The
compiled `.mo` files are committed, so that a fresh checkout speaks every language without an extra step; a
test says so when one of them is older than its `.po`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from tests.languages.reading_code import Found, Sentence

TARGETS = ("nl-x-easy", "en", "tr", "ar", "pl", "uk")
NOT_REVIEWED = "unreviewed"
"""The flag of an entry that no human has read. Whoever has read it takes the flag away."""

BABEL = {"nl-x-easy": "nl"}
HOLDER = re.compile(r"%\((\w+)\)[sd]")
TAG = re.compile(r"</?[a-z][^>]*>")
LETTERS = re.compile(r"[^\W\d_]{2,}")


def folder(code: str) -> Path:
    """Where the catalogue of a language stands."""
    return Path(settings.LOCALE_PATHS[0]) / to_locale(code) / "LC_MESSAGES"


def po_file(code: str) -> Path:
    """The file for translators."""
    return folder(code) / "django.po"


def mo_file(code: str) -> Path:
    """The file that the program reads."""
    return folder(code) / "django.mo"


def read(code: str) -> Catalog:
    """The catalogue as it stands; an empty one when there is none yet."""
    if po_file(code).exists():
        with po_file(code).open("rb") as file:
            return read_po(file, locale=BABEL.get(code, code), abort_invalid=True)
    return new(code)


def new(code: str) -> Catalog:
    """A catalogue without sentences."""
    catalog = Catalog(locale=BABEL.get(code, code), charset="utf-8", fuzzy=False)
    catalog.project, catalog.version = "Noaber", "1"
    catalog.header_comment = (
        f"# Noaber in {dict(settings.LANGUAGES)[code]} ({code}).\n"
        f"# An entry with the flag '{NOT_REVIEWED}' was translated by a computer; no human has read it yet.\n"
        "# How to work: tests/languages/README.md"
    )
    return catalog


def brought_up_to_date(code: str, found: Found) -> Catalog:
    """The catalogue with exactly the sentences that were found; translations that still fit stay."""
    old, fresh = read(code), new(code)
    for sentence in sorted(found.places):
        message = fresh.add(
            key_of(sentence),
            locations=[(place, None) for place in sorted(found.places[sentence])],  # type: ignore[list-item]
            auto_comments=notes(sentence),
            context=sentence.context or None,
        )
        known = old.get(key_of(sentence), sentence.context or None)
        if known is not None and any(strings(known)):
            message.string = known.string
            message.flags |= {flag for flag in known.flags if flag == NOT_REVIEWED}
            message.user_comments = [c for c in known.user_comments if c]
        else:
            message.flags.add(NOT_REVIEWED)
        if "%(" not in "".join((sentence.one, sentence.many)):
            message.flags.discard("python-format")
    return fresh


def key_of(sentence: Sentence) -> str | tuple[str, str]:
    """The msgid as Babel takes it."""
    return (sentence.one, sentence.many) if sentence.many else sentence.one


def notes(sentence: Sentence) -> list[str]:
    """What helps a translator: what the holders stand for, and where a short word stands."""
    held = sorted(set(HOLDER.findall(sentence.one + sentence.many)))
    words = [f"Filled in: {', '.join(held)}"] if held else []
    if "%%" in sentence.one:
        words.append("Write a percent sign as %%")
    return words


def strings(message: Message) -> tuple[str, ...]:
    """The translations of one entry: one, or one for each plural form."""
    value = message.string
    return tuple(value) if isinstance(value, tuple | list) else (value or "",)


def as_po(catalog: Catalog) -> bytes:
    """The file as it is written: without line numbers and dates, so that only words make a difference."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    lines = out.getvalue().decode().splitlines()
    dated = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator", "Language-Team")
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in dated))]
    return ("\n".join(kept).rstrip() + "\n").encode()


def as_mo(code: str) -> bytes:
    """The compiled catalogue. Its head says how many entries no human has read."""
    catalog = read(code)
    unread = sum(1 for m in entries(catalog) if NOT_REVIEWED in m.flags and any(strings(m)))
    ready = new(code)
    for message in entries(catalog):
        if all(strings(message)):
            ready.add(message.id, string=message.string, context=message.context)
    out = io.BytesIO()
    headed = _Headed(ready, unread)
    write_mo(out, headed)  # type: ignore[arg-type]
    return out.getvalue()


class _Headed:
    """A catalogue whose head carries only what the program needs, so that equal words give equal bytes."""

    def __init__(self, catalog: Catalog, unread: int) -> None:
        self._catalog = catalog
        self.charset = "utf-8"
        head = Message("", string="")
        head.string = (
            "Content-Type: text/plain; charset=utf-8\n"
            f"Plural-Forms: {catalog.plural_forms}\n"
            f"X-Unreviewed: {unread}\n"
        )
        self._messages = [head, *entries(catalog)]
        self.num_plurals = catalog.num_plurals

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages)


def entries(catalog: Catalog) -> list[Message]:
    """The entries without the head."""
    return [message for message in catalog if message.id]


def faults(code: str, found: Found) -> list[str]:
    """All that keeps this language from being complete and right."""
    catalog = read(code)
    have = {(m.id if isinstance(m.id, str) else tuple(m.id), m.context or "") for m in entries(catalog)}
    want = {(key_of(s), s.context) for s in found.places}
    wrong = [f"not in the catalogue: {key!r}" for key, _c in sorted(want - have, key=str)]
    wrong += [f"no longer in the house: {key!r}" for key, _c in sorted(have - want, key=str)]
    for message in entries(catalog):
        wrong += [f"{message.id!r}: {fault}" for fault in faults_of(message, catalog, code)]
    return wrong


def faults_of(message: Message, catalog: Catalog, code: str) -> Iterator[str]:
    """What is wrong with one entry."""
    said = strings(message)
    if not all(text.strip() for text in said):
        yield "not translated"
        return
    plural = not isinstance(message.id, str)
    if plural and len(said) != catalog.num_plurals:
        yield f"{len(said)} forms where the language has {catalog.num_plurals}"
    originals = list(message.id) if plural else [str(message.id)]
    holders = [sorted(set(HOLDER.findall(text))) for text in originals]
    tags = sorted(TAG.findall(originals[-1]))
    for text in said:
        mine = sorted(set(HOLDER.findall(text)))
        loose = re.sub(r"%%|%\(\w+\)[sd]", "", text)
        if any("%(" in original for original in originals) and "%" in loose:
            yield f"a percent sign that stands alone in {text!r}"
        may_leave_out = {"n"} if plural else set()
        if set(mine) - set(holders[-1]) or set(holders[-1]) - set(mine) - may_leave_out:
            yield f"holders {mine} instead of {holders[-1]} in {text!r}"
        if sorted(TAG.findall(text)) != tags:
            yield f"other tags than the Dutch in {text!r}"
        if (
            originals[0][:1].isspace() != text[:1].isspace()
            or originals[0][-1:].isspace() != text[-1:].isspace()
        ):
            yield f"begins or ends with another space in {text!r}"
    if code not in {"nl-x-easy"} and said[0] == originals[0] and is_dutch(originals[0]):
        yield "still the Dutch words"


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


SAME_EVERYWHERE = {"Noaber", "POH", "GGD", "Demo", "Tarief"}
"""Words that may read the same in another language."""


def is_dutch(text: str) -> bool:
    """Whether the text holds Dutch that should have been translated: more than a name or two short words."""
    words = LETTERS.findall(HOLDER.sub("", text))
    return len(words) > 2 and not set(words) <= SAME_EVERYWHERE

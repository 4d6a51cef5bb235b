"""Every language is complete and right, and what the program reads is what the translators wrote."""

from __future__ import annotations

import gettext
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from babel.messages.catalog import Catalog, Message
from django.utils.translation import override, to_locale
from tests.languages import catalogues, extracting
from tests.languages.reading_code import Found, Sentence

from noaber.hallway import languages
from noaber.hallway.ui import formatting


@pytest.fixture(scope="module")
def found() -> Found:
    return extracting.everything()


@pytest.mark.parametrize("code", catalogues.TARGETS)
def test_a_language_is_complete(code: str, found: Found) -> None:
    """Nothing missing, nothing in Dutch, holders and tags as in the Dutch, plural forms whole."""
    faults = catalogues.faults(code, found)
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:40])


@pytest.mark.parametrize("code", catalogues.TARGETS)
def test_the_program_reads_what_the_translators_wrote(code: str) -> None:
    """Compile with `python -m tests.languages.compile`."""
    assert catalogues.mo_file(code).read_bytes() == catalogues.as_mo(code)


@pytest.mark.parametrize("code", catalogues.TARGETS)
def test_unread_translations_are_counted_in_the_head(code: str) -> None:
    """So that every page can say it."""
    head = gettext.translation("django", str(languages.locale_folder()), languages=[to_locale(code)]).info()
    unread = sum(
        catalogues.NOT_REVIEWED in m.flags and any(catalogues.strings(m))
        for m in catalogues.entries(catalogues.read(code))
    )
    assert int(head["x-unreviewed"]) == unread
    assert languages.is_unreviewed(code) == (unread > 0)
    assert not languages.is_unreviewed("nl")


def test_english_is_spoken() -> None:
    """From the catalogue to a page."""
    with override("en"):
        from django.utils.translation import gettext as said

        assert said("Snel weg") not in {"", "Snel weg"}


@pytest.mark.parametrize(
    ("dutch", "said", "fault"),
    [
        ("U praat met %(names)s.", "You talk.", "holders"),
        ("U praat met %(names)s.", "You talk with %(name)s.", "holders"),
        ("U praat met %(names)s.", "100% with %(names)s.", "percent"),
        ("Bel <strong>nu</strong>.", "Call now.", "tags"),
        ("Bel nu.", " Call now.", "space"),
        ("Bel nu uw huisarts.", "Bel nu uw huisarts.", "Dutch"),
        ("Bel nu uw huisarts.", "", "not translated"),
        ("Bel nu uw huisarts.", "Call your doctor now.", ""),
        ("112", "112", ""),
    ],
)
def test_the_check_finds_what_is_wrong(dutch: str, said: str, fault: str) -> None:
    """The instrument itself."""
    wrong = list(catalogues.faults_of(Message(dutch, said), Catalog(locale="en"), "en"))
    assert (len(wrong) == 1 and fault in wrong[0]) if fault else not wrong


def test_a_plural_needs_every_form_and_may_leave_out_the_number() -> None:
    """Arabic has six."""
    arabic = Catalog(locale="ar")
    dutch = ("%(n)s dag", "%(n)s dagen")
    whole = Message(dutch, ("صفر", "يوم", "يومان", "%(n)s أيام", "%(n)s يومًا", "%(n)s يوم"))
    assert not list(catalogues.faults_of(whole, arabic, "ar"))
    assert list(catalogues.faults_of(Message(dutch, ("يوم", "أيام")), arabic, "ar"))


def test_an_old_translation_stays_and_a_new_sentence_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bringing up to date loses nothing that still fits."""
    old = catalogues.new("en")
    old.add("Snel weg", "Leave quickly")
    old.add("Weg ermee", "Gone")
    monkeypatch.setattr(catalogues, "read", lambda code: old)
    found = Found()
    found.add(Sentence("Snel weg"), "a.html")
    found.add(Sentence("Nieuw"), "b.html")
    fresh = catalogues.brought_up_to_date("en", found)
    assert {m.id: (m.string, catalogues.NOT_REVIEWED in m.flags) for m in catalogues.entries(fresh)} == {
        "Snel weg": ("Leave quickly", False),
        "Nieuw": (None, True),
    }


@pytest.mark.parametrize("code", catalogues.TARGETS)
def test_the_word_for_the_hour_is_said_once(code: str) -> None:
    """The time brings its own word, so what stands around it must not say it again."""
    with override(code):
        said = formatting.moment(datetime(2027, 7, 2, 8, 30, tzinfo=UTC)).split()
    assert [word for word, after in pairwise(said) if word == after] == []

"""Nothing that is seen in passing tells why: titles, addresses, subjects, senders, messages, entries."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from tests.languages import neutral, rounds
from tests.security.visits import Browsers
from tests.security.world import World

from noaber.ground.errors import Invalid
from noaber.hallway import ics

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def test_the_list_finds_what_tells_in_every_language() -> None:
    """The instrument itself."""
    telling = {
        "nl": "Uw intake bij de GGZ",
        "nl-x-easy": "Praten over uw depressie",
        "en": "Your mental health care",
        "tr": "Psikolojik destek",
        "ar": "العلاج النفسي",
        "pl": "Terapia i zdrowie psychiczne",
        "uk": "Психологічна допомога",
    }
    calm = {
        "nl": "Mijn vraag",
        "nl-x-easy": "U hebt een afspraak",
        "en": "My question",
        "tr": "Sorum",
        "ar": "سؤالي أنت نفسك",
        "pl": "Moje pytanie",
        "uk": "Моє запитання",
    }
    assert [code for code in neutral.CODES if not neutral.telling_in(telling[code], code)] == []
    assert [code for code in neutral.CODES if neutral.telling_in(calm[code], code)] == []


@pytest.mark.parametrize("code", neutral.CODES)
def test_no_title_of_a_page_for_her_tells_why(code: str) -> None:
    lines = neutral.titles()
    assert len(lines) > 60
    wrong = [
        f"{line.where}: {said!r} {neutral.telling_in(said, code)}"
        for line in lines
        for said in neutral.in_language(line.words, code)
        if neutral.telling_in(said, code)
    ]
    assert wrong == []


def test_no_address_that_stays_in_the_history_tells_why() -> None:
    lines = neutral.addresses()
    assert len(lines) > 60
    assert [line for line in lines if neutral.telling_in(line.words)] == []


@pytest.mark.parametrize("code", neutral.CODES)
def test_no_message_tells_why(code: str) -> None:
    lines = neutral.messages()
    assert {"subject", "body", "by_hand"} <= {line.kind for line in lines}
    assert len(lines) > 30
    wrong = [
        f"{line.where}: {line.kind} {said!r} {neutral.telling_in(said, code)}"
        for line in lines
        for said in neutral.in_language(line.words, code)
        if neutral.telling_in(said, code)
    ]
    assert wrong == []


def test_the_sender_and_a_calendar_entry_do_not_either() -> None:
    assert neutral.telling_in(settings.DEFAULT_FROM_EMAIL) == []
    when = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
    entry = ics.invite(
        uid="1@noaber",
        sequence=0,
        start=when,
        end=when + timedelta(hours=1),
        organizer=settings.DEFAULT_FROM_EMAIL,
        attendee="iemand@voorbeeld.example",
        now=when,
        location_public="Wijkcentrum De Schakel, Dorpsstraat 1",
        url=f"{settings.BASE_URL}/",
    ).decode()
    assert "SUMMARY:Afspraak" in entry
    assert neutral.telling_in(entry) == []
    with pytest.raises(Invalid):
        ics.invite(
            uid="1@noaber",
            sequence=0,
            start=when,
            end=when + timedelta(hours=1),
            organizer=settings.DEFAULT_FROM_EMAIL,
            attendee="iemand@voorbeeld.example",
            now=when,
            summary="Intake ggz",
        )


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


def test_every_title_as_it_really_reads(world: World, browsers: Browsers) -> None:
    """Also what is filled in: a heading, a name, a region. Every page by everyone who may open it."""
    wrong: dict[str, set[str]] = {}
    pages = 0
    for page in rounds.opened(world, browsers, "nl"):
        pages += 1
        found = TITLE.search(page.html)
        title = re.sub(r"\s+", " ", found.group(1)) if found else ""
        public = page.name.split()[1].startswith(neutral.PUBLIC_DIRECTORY)
        if not title or (neutral.telling_in(title) and not public) or "kzq" in title.casefold():
            wrong.setdefault(title, set()).add(page.where)
    assert pages > 200
    assert wrong == {}

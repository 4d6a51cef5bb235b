"""What she decides walks along: who looks with her, what stays, what is mended, what ends at its second."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime, timedelta

from playwright.sync_api import Locator
from tests.journeys import walk
from tests.journeys.conftest import Visit
from tests.journeys.house import AMSTERDAM, HELD_AT, REFERRED_AT, House
from tests.journeys.visitor import PHONE, Visitor

from noaber.cli.state import CHECKOUT

MIDNIGHT = datetime(2027, 7, 21, tzinfo=AMSTERDAM)
LAST_SECOND = MIDNIGHT - timedelta(seconds=1)
LATER = HELD_AT + timedelta(days=9)
"""Past the days in which she reads first, so that the letter would go by itself."""

SISTER, WORD = "zus@voorbeeld.example", "appelboom"
WRONG = "Het wandelen was niet vroeger. Ik loop nog elke week."
MENDED = "Wij spraken over de nachten. U loopt elke week, en op donderdag gaat u mee met de groep."
HER_OWN = "De nachten zijn het zwaarst als mijn zoon er niet is."
READERS = {
    "Bram Kamphuis": "Avedan",
    "Sanne Bakker": "Dimence Groep",
    "Henk Oude Vrielink": "Ixta Noa",
    "Noor de Wit": "Huisartsenpraktijk De Linde",
}
RELEASE = (
    "import django; django.setup(); "
    "from noaber.pathways.referrals.tasks import release_due_letters; release_due_letters(0)"
)
LETTER = """
    SELECT l.id::text AS id, l.released_at FROM referrals_letter l
    JOIN conversations_conversation c ON c.id = l.conversation_id WHERE c.help_request_id = %s
"""
NOTICES = "SELECT state FROM post_message WHERE key = 'letter:' || %s"
LINK = "SELECT body FROM post_message m JOIN relatives_relative r ON m.guard_id = r.id::text WHERE r.id = %s"


def test_her_sister_looks_along_until_she_says_stop(visiting: Visit, house: House) -> None:
    """Two items and a word; it moves and the sister sees it; sent away is a page that is not there."""
    with (
        visiting(REFERRED_AT) as ilse,
        visiting(REFERRED_AT, viewport=PHONE, label="zij") as she,
        visiting(REFERRED_AT, viewport=PHONE, label="zus") as sister,
    ):
        booked = _is_booked(visiting, ilse, she, "Jantina Breukers")
        link = _invites_her_sister(she, house)
        sister.go(link)
        sister.field("Het woord of de vier cijfers").fill(WORD.upper())
        sister.click("Ga verder")
        assert sister.path == "/naaste/kijken/", sister.text()
        sister.sees(booked.when, "Waar het is en wat er gebeurt")
        sister.does_not_see("Breukers", walk.QUESTION, "volgende stap")
        sister.keep("ziet-de-afspraak")
        when = _is_moved(ilse, booked)
        sister.go("/naaste/kijken/")
        sister.sees(when)
        sister.does_not_see(booked.when)
        sister.keep("ziet-de-nieuwe-tijd")
        _fits(she, sister)
        she.go("/mijn/naasten/")
        _link(she, "Stop").click()
        she.click("Ja, stop")
        she.sees("Deze persoon ziet nu niets meer")
        _is_not_there(sister, "/naaste/kijken/", when)


def test_what_she_refuses_does_not_go_when_its_day_comes(visiting: Visit, house: House) -> None:
    """The letter waits, she objects, its day comes: no word, no notice. She lets go of it, and it goes."""
    with visiting(REFERRED_AT) as noor, visiting(REFERRED_AT, viewport=PHONE) as she:
        booked, _guide, sent = _has_a_report(visiting, house, she, "Roelofje Tibbe", noor)
        (letter,) = house.rows(LETTER, booked.help_request_id)
        assert letter["released_at"] is None
        she.go("/mijn/wie-ziet-wat/bezwaar/")
        she.field("Brieven over mijn gesprekken").check()
        she.click("Nee, dit wil ik niet")
        she.sees("Zij krijgen het niet te lezen", "Brieven over uw gesprekken worden niet gedeeld.")
        she.keep("bezwaar")
        _its_day_comes(house)
        assert house.rows(LETTER, booked.help_request_id) == [letter]
        assert not house.rows(NOTICES, letter["id"])
        she.now = noor.now = LATER
        noor.enters_as("Noor de Wit")
        for path in ("/mijn-verwijzingen/", f"/mijn-verwijzingen/{sent.referral_id}/"):
            noor.go(path)
            noor.does_not_see(walk.REPORT)
        noor.sees("Er is geen brief voor u")
        noor.keep("geen-brief")
        she.go("/mijn/wie-ziet-wat/")
        she.click("Trek mijn bezwaar in")
        _its_day_comes(house)
        house.eventually("the notice", NOTICES + " AND state = 'sent'", letter["id"])
        noor.go(f"/mijn-verwijzingen/{sent.referral_id}/")
        noor.sees("Brief over het gesprek", walk.REPORT)


def test_mended_with_her_own_words_shared_and_taken_back(visiting: Visit, house: House) -> None:
    """She says what is wrong, the author mends it, she adds words; a reader sees that until she stops."""
    with visiting(REFERRED_AT) as noor, visiting(REFERRED_AT, viewport=PHONE) as she:
        booked, guide_path, sent = _has_a_report(visiting, house, she, "Harmina Veldkamp", noor)
        she.go("/mijn/vraag/")
        she.page.locator("main a[href^='/mijn/verslag/']").first.click()
        own, conversation_id = she.path, she.path.strip("/").rpartition("/")[2]
        she.click("Zeg wat er anders moet", role="link")
        she.field("Wat moet er anders?").fill(WRONG)
        she.click("Verstuur")
        she.sees("Wacht op antwoord", WRONG)
        with visiting(HELD_AT) as guide:
            guide.enters_as(booked.people[0])
            guide.go(f"{guide_path}verslag/")
            guide.sees("De inwoner wil dit anders", WRONG)
            guide.click("Verbeter het verslag", role="link")
            guide.field("Verslag", exact=True).fill(MENDED)
            guide.click("Leg het verslag klaar")
            guide.sees("Verwerkt", MENDED)
            guide.keep("verbeterd")
        she.go(own)
        she.sees("Verbeterd", MENDED)
        she.does_not_see(walk.REPORT)
        she.click("Schrijf mijn eigen tekst", role="link")
        she.field("Mijn eigen tekst").fill(HER_OWN)
        she.click("Bewaar mijn tekst")
        she.sees(HER_OWN)
        she.keep("eigen-tekst")
        name, organisation = _a_reader(booked)
        _shares(she, organisation, purpose="Om mee te denken")
        with visiting(HELD_AT) as reader:
            reader.enters_as(name)
            reader.go("/gedeeld/")
            reader.click(sent.name, role="link")
            reader.sees(MENDED, HER_OWN, organisation, "om mee te denken")
            reader.does_not_see(walk.REPORT, WRONG)
            reader.keep("gedeeld")
            she.go("/mijn/wie-keek-mee/")
            she.sees(name, "om mee te denken")
            she.go("/mijn/wie-ziet-wat/")
            she.click(f"Stop voor {organisation}")
            she.sees("Zij kunnen het niet meer lezen")
            _is_not_there(reader, f"/gedeeld/{conversation_id}/", MENDED, HER_OWN, sent.name)
            reader.go("/gedeeld/")
            reader.does_not_see(sent.name)


def test_a_consent_ends_at_its_second(visiting: Visit, house: House) -> None:
    """Until and with today: at one second before midnight it can be read, at midnight it is not there."""
    with visiting(REFERRED_AT) as noor, visiting(REFERRED_AT, viewport=PHONE) as she:
        booked, _guide, sent = _has_a_report(visiting, house, she, "Zwaantje Hulsbos", noor)
        name, organisation = _a_reader(booked)
        _shares(she, organisation, purpose="Om u te helpen", until="2027-07-20")
        she.sees("Tot en met dinsdag 20 juli 2027")
        she.keep("tot-en-met-vandaag")
        with visiting(LAST_SECOND) as reader:
            reader.enters_as(name)
            reader.go("/gedeeld/")
            reader.click(sent.name, role="link")
            reader.sees(walk.REPORT, "om u te helpen")
            there = reader.path
            reader.moves_to(MIDNIGHT)
            _is_not_there(reader, there, walk.REPORT, sent.name)
            reader.go("/gedeeld/")
            reader.does_not_see(sent.name)
        she.moves_to(MIDNIGHT)
        she.go("/mijn/wie-ziet-wat/")
        she.sees("1 toestemming is voorbij")


def _is_booked(visiting: Visit, ilse: Visitor, she: Visitor, name: str) -> walk.Booked:
    with visiting(REFERRED_AT) as noor:
        noor.enters_as("Noor de Wit")
        sent = walk.refers(noor, name)
    walk.opens_own_page(she, sent)
    ilse.enters_as("Ilse Kamp")
    return walk.books_first(ilse, sent.number)


def _invites_her_sister(she: Visitor, house: House) -> str:
    """The path in the mail that the sister gets."""
    she.go("/mijn/naasten/")
    she.click("Nodig iemand uit", role="link")
    she.field("Hoe noemt u deze persoon?").fill("mijn zus")
    she.field("Wanneer mijn gesprek is").check()
    she.field("Waar het is en wat er gebeurt").check()
    she.field("Met een mail").check()
    she.field("E-mailadres of mobiel nummer").fill(SISTER)
    she.field("Een woord of vier cijfers").fill(WORD)
    she.keep("nodigt-uit")
    she.click("Nodig uit")
    she.sees("De link is onderweg", "mijn zus", "Wanneer mijn gesprek is")
    relative_id = (_link(she, "Verander").get_attribute("href") or "").strip("/").rpartition("/")[2]
    (mail,) = house.eventually("the mail", LINK + " AND m.state = 'sent'", relative_id)
    found = re.search(r"/naaste/\S+/", mail["body"])
    assert found, mail["body"]
    assert WORD not in mail["body"]
    return found[0]


def _link(she: Visitor, what: str) -> Locator:
    return she.page.get_by_role("link", name=re.compile(rf"^{what}\s?: mijn zus$"))


def _is_moved(ilse: Visitor, booked: walk.Booked) -> str:
    """The planner moves it to the last proposal; when that is."""
    ilse.go(booked.case_path)
    ilse.click("Verplaats", role="link")
    ilse.field("De inwoner vraagt het").check()
    last = ilse.page.locator("ol.offers > li").last
    when = last.locator("h3").inner_text()
    last.get_by_role("button", name=re.compile("^Verplaats")).click()
    ilse.sees("Het gesprek is verplaatst naar")
    assert when != booked.when
    return when


def _has_a_report(
    visiting: Visit, house: House, she: Visitor, name: str, noor: Visitor
) -> tuple[walk.Booked, str, walk.Sent]:
    """Referred, booked, held and written; she is in her own page on that day, and decided nothing yet."""
    noor.enters_as("Noor de Wit")
    sent = walk.refers(noor, name)
    walk.opens_own_page(she, sent)
    with visiting(REFERRED_AT) as ilse:
        ilse.enters_as("Ilse Kamp")
        booked = walk.books_first(ilse, sent.number)
    house.open_demo_door(booked.people[0])
    with visiting(HELD_AT) as guide:
        guide.enters_as(booked.people[0])
        guide.go("/gesprekken/")
        guide.page.locator(".board h3 a", has_text=name).click()
        path = guide.path
        walk.records(guide, path, outcome="Eigen netwerk")
        walk.writes_report(guide)
    she.moves_to(HELD_AT)
    return booked, path, sent


def _its_day_comes(house: House) -> None:
    """The worker's own task, nine days later."""
    subprocess.run([sys.executable, "-c", RELEASE], env=house.moment(LATER), cwd=CHECKOUT, check=True)


def _a_reader(booked: walk.Booked) -> tuple[str, str]:
    """Somebody of an organisation who did not sit at her table."""
    return next((who, where) for who, where in READERS.items() if who not in booked.people)


def _shares(she: Visitor, organisation: str, *, purpose: str, until: str = "") -> None:
    she.go("/mijn/vraag/")
    she.page.locator("main a[href^='/mijn/verslag/']").first.click()
    she.click("Laat iemand dit verslag lezen", role="link")
    she.field("Wie mag het lezen?").select_option(label=organisation)
    she.field(purpose).check()
    she.field("Tot en met welke dag?").fill(until)
    she.click("Ja, dit mag")
    she.sees("Zij kunnen het nu lezen", organisation, purpose)


def _is_not_there(visitor: Visitor, path: str, *words: str) -> None:
    """The page that is not there, and none of these words on it."""
    visitor.expects(404)
    answer = visitor.page.goto(visitor.address + path)
    assert answer is not None
    assert answer.status == 404, visitor.text()
    visitor.does_not_see(*words)
    visitor.keep("niet-gevonden")


def _fits(*visitors: Visitor) -> None:
    """Nothing sticks out on a phone."""
    for visitor in visitors:
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

"""The acts of the walk, each as a person does it on the pages. They check what that person must see."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.journeys.visitor import Visitor

QUESTION = "Slaapt slecht sinds de zomer en komt de deur bijna niet meer uit."
REPORT = (
    "Wij spraken over de nachten en over de stille dagen. U vertelde dat wandelen vroeger hielp. "
    "Samen kozen wij: op donderdag mee met de wandelgroep. Over zes weken kijken wij samen terug."
)
STEP = "Op donderdag mee met de wandelgroep"
MAY_READ = "Dit klopt, stuur het naar mijn huisarts"
RATHER_NOT = "Liever niet naar mijn huisarts"

OWN_PIN = "berk 83"
CODES = "SELECT id::text AS id, body FROM post_message WHERE starts_with(key, 'entrance-code:')"


@dataclass(frozen=True, slots=True)
class Sent:
    """What the GP has in hand after sending."""

    name: str
    number: str
    referral_id: str
    card_code: str
    pin: str


@dataclass(frozen=True, slots=True)
class Booked:
    """What the planner fixed."""

    case_path: str
    people: tuple[str, ...]
    when: str

    @property
    def help_request_id(self) -> str:
        """The id in the address of the request."""
        return self.case_path.strip("/").rpartition("/")[2]


def refers(noor: Visitor, name: str, *, email: str = "") -> Sent:
    """The GP fills in four fields and sends."""
    page = noor.go("/verwijzen/")
    noor.field("1. Hoe heet de inwoner?").fill(name)
    noor.field("2. Op welk nummer kunnen wij bellen?").fill("06 0000 0456")
    noor.field("3. Wat is de vraag, in een of twee zinnen?").fill(QUESTION)
    noor.field("vindt het goed dat wij bellen").check()
    if email:
        page.locator("summary", has_text="Iets meegeven").click()
        noor.field("E-mailadres van de inwoner").fill(email)
    noor.keep("verwijzen")
    noor.click("Verstuur de verwijzing")
    return reads_card(noor, name)


def reads_card(noor: Visitor, name: str) -> Sent:
    """The page after sending: a number, and once the card with its pin."""
    noor.sees("Uw verwijzing is binnen", "Kaart voor de inwoner", "U ziet deze kaart nu één keer")
    noor.keep("verwezen")
    code, pin = noor.page.locator(".card-code").all_inner_texts()
    number = re.search(r"nummer (\S+)", noor.page.locator("h1").inner_text())
    referral = re.search(r"/verwijzen/([0-9a-f-]{36})/", noor.path)
    assert number, noor.page.url
    assert referral, noor.page.url
    return Sent(name, number[1], referral[1], code.strip(), pin.strip())


def opens_own_page(resident: Visitor, sent: Sent) -> None:
    """The first time: the card that was printed, the pin that was said, a code by text, and her own pin."""
    resident.go("/mijn/")
    resident.field("code").fill(sent.card_code.lower())
    resident.field("pincode").fill(sent.pin)
    resident.click("Open mijn pagina")
    assert resident.path == "/mijn/code/", resident.text()
    resident.field("code die u kreeg").fill(reads_text(resident))
    resident.keep("code")
    resident.click("Open mijn pagina")
    resident.field("nieuwe pincode").fill(OWN_PIN)
    resident.field("Nog een keer").fill(OWN_PIN)
    resident.keep("eigen-pincode")
    resident.click("Bewaar mijn pincode")
    assert resident.path == "/mijn/vraag/", resident.text()
    resident.keep("mijn-vraag")


def reads_text(resident: Visitor) -> str:
    """The newest code on her phone. A journey's clock stands still, so what was read before is put aside."""
    house = resident.house
    texts = house.rows(CODES)
    unread = [row for row in texts if row["id"] not in house.read]
    house.read.update(row["id"] for row in texts)
    assert len(unread) == 1, [row["body"] for row in unread]
    found = re.search(r"\d{6}", unread[0]["body"])
    assert found, unread
    return found[0]


def signs_out(somebody: Visitor) -> None:
    """Sign out in this browser."""
    somebody.go("/uitloggen/")
    somebody.page.locator("main form button").first.click()
    somebody.page.wait_for_url(somebody.address + "/")


def chooses_for_this_week(resident: Visitor) -> None:
    """Something in the neighbourhood that can start now."""
    resident.page.get_by_role("button", name=re.compile("^Ik wil dit")).first.click()
    resident.sees("Genoteerd. U kunt er zo naartoe.", "Dit koos u:")
    resident.keep("koos")


def opens_case(ilse: Visitor, number: str) -> str:
    """The planner finds the request on the board and opens it; the path of its page."""
    page = ilse.go("/planbord/")
    ilse.field("Zoek", exact=True).fill(number)
    ilse.field("Zoek", exact=True).press("Enter")
    ilse.keep("planbord")
    page.locator(".board h3 a", has_text=number).click()
    page.get_by_role("heading", level=1, name=re.compile(number)).wait_for()
    return ilse.path


def books_first(ilse: Visitor, number: str) -> Booked:
    """The planner takes the first proposal."""
    path = opens_case(ilse, number)
    first = ilse.page.locator("ol.offers > li").first
    chips = first.locator("ul.chips li").all_inner_texts()
    people = tuple(chip.split(",")[-1].strip() for chip in chips)
    when = first.locator("h3").inner_text()
    assert 2 <= len(people) <= 3, people
    ilse.keep("voorstellen")
    first.get_by_role("button", name=re.compile("^Leg vast")).click()
    ilse.keep("staat-vast")
    ilse.sees("Het gesprek staat vast", "Staat vast", *people)
    return Booked(path, people, when)


def prepares(guide: Visitor, name: str) -> str:
    """Whoever holds the conversation finds it and reads the question; the path of its page."""
    page = guide.go("/gesprekken/")
    page.locator(".board h3 a", has_text=name).click()
    guide.sees(name, QUESTION)
    guide.keep("voorbereiden")
    return guide.path


def records(guide: Visitor, path: str, *, outcome: str = "Sociale basis") -> None:
    """Steps and exactly one outcome; then the page of the report."""
    guide.go(path)
    guide.field("Wat spraken jullie af?").fill(STEP)
    guide.field("Soort").select_option(value="social_basis")
    guide.field(re.compile(f"^{outcome}")).check()
    guide.keep("vastleggen")
    guide.click("Leg vast dat het gesprek er was")
    assert guide.path == f"{path}verslag/", guide.text()[:600]


def writes_report(guide: Visitor) -> None:
    """Ten minutes of writing."""
    guide.field("Verslag", exact=True).fill(REPORT)
    guide.click("Leg het verslag klaar")
    guide.keep("verslag")
    guide.sees("Het verslag is klaar", "nog niet gelezen", STEP)


def decides(resident: Visitor, choice: str) -> None:
    """She reads her report before anyone else and decides about the letter."""
    resident.go("/mijn/vraag/")
    resident.keep("na-het-gesprek")
    resident.page.locator("main a[href^='/mijn/verslag/']").first.click()
    resident.keep("mijn-verslag")
    resident.sees("Staat hier wat u vertelde?", "U leest het als eerste", REPORT, STEP)
    resident.click(choice)
    resident.keep("besloten")


def shown_evidence(joris: Visitor, number: str) -> list[str]:
    """The pseudonyms behind the figure, page after page."""
    joris.go(f"/regio/twente/kpis/{number}/waaruit/")
    found: list[str] = []
    while True:
        joris.keep(f"kpi-{number}-waaruit")
        found += joris.page.locator("tbody th a").all_inner_texts()
        further = joris.page.locator(".pages a[rel=next]")
        if not further.count():
            return found
        further.click()


def counted(joris: Visitor, number: str) -> int:
    """How many the page of a KPI says were counted."""
    page = joris.go(f"/regio/twente/kpis/{number}/")
    joris.keep(f"kpi-{number}")
    figure = page.locator("section.figure").first
    words = figure.locator("b").inner_text()
    return int(words.replace(".", "")) if words.strip() not in {"–", ""} else 0

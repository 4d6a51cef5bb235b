"""Somebody does a module alone: without a name on a phone, or as a resident; and an editor writes one."""

from __future__ import annotations

from playwright.sync_api import Request
from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import PHONE

STEP = "/zelfhulp/beter-slapen/stap/hoe-slaapt-u-nu/"
SECOND = "/zelfhulp/beter-slapen/stap/een-vast-ritme/"
AWAKE = "Wat houdt u wakker, denkt u?"
UP = "Op welke tijd wilt u de komende week opstaan?"
SECRET = "Kvz: de brief van de woningbouw"
MODULE = """titel: Rustig ademen
in het kort: Drie minuten voor uzelf.
voor wie: Voor iedereen.
onderwerpen: stress

== Ademen (5 minuten)
Ga rustig zitten.

?? Hoe voelt u zich nu?
[ ] rustig
"""


def test_without_a_name_it_stays_on_the_device(visiting: Visit, house: House) -> None:
    """Two steps on a phone, kept in this browser because she asked; nothing leaves it; then she wipes it."""
    sent: list[Request] = []
    with visiting(REFERRED_AT, viewport=PHONE, label="zelf") as she:
        she.page.on("request", lambda request: sent.append(request))
        she.go("/zelfhulp/")
        she.click("Beter slapen", role="link")
        she.click("Begin", role="link")
        she.page.wait_for_url("**" + STEP)
        she.page.get_by_text("4", exact=True).first.click()
        she.field(AWAKE).fill(SECRET)
        she.page.reload()
        assert she.field(AWAKE).input_value() == "", "without asking nothing is kept"
        she.field("Bewaar op dit toestel").check()
        she.page.locator(".scale-step", has_text="4").first.click()
        she.field(AWAKE).fill(SECRET)
        assert not looking.faults(she)
        she.click("Naar de volgende stap", role="link")
        she.page.wait_for_url("**" + SECOND)
        assert she.field("Bewaar op dit toestel").is_checked()
        she.field(UP).fill("half acht")
        she.page.reload()
        assert she.field(UP).input_value() == "half acht"
        she.go(STEP)
        assert she.field(AWAKE).input_value() == SECRET
        assert she.page.locator("input[type=radio][value='4']").first.is_checked()
        she.go("/zelfhulp/beter-slapen/")
        assert she.page.get_by_text("Klaar", exact=True).locator("visible=true").count() == 1
        she.keep("bewaard")
        assert not looking.faults(she)
        she.click("Wis het van dit toestel")
        she.sees("Het is gewist.")
        assert she.page.evaluate("window.localStorage.getItem('self-help:beter-slapen')") is None
        she.go(STEP)
        assert she.field(AWAKE).input_value() == ""
        assert not she.context.cookies()
    assert {request.method for request in sent} <= {"GET", "HEAD"}
    assert not [request for request in sent if "Kvz" in request.url or request.post_data]


def test_a_resident_writes_for_herself_alone(visiting: Visit, house: House) -> None:
    """A step and her diary, with a line; another resident and an editor find nothing of it."""
    with visiting(REFERRED_AT, viewport=PHONE, label="fatma") as fatma:
        fatma.enters_as("Fatma Yilmaz")
        fatma.go("/mijn/vraag/")
        fatma.click("Begin alvast zelf, met een korte module", role="link")
        fatma.page.wait_for_url("**/mijn/zelfhulp/")
        fatma.sees("2 van 5")
        fatma.go("/mijn" + STEP)
        fatma.field(AWAKE).fill(SECRET)
        fatma.click("Bewaar en ga later verder")
        fatma.sees("Bewaard. Alleen u kunt dit lezen.")
        assert fatma.field(AWAKE).input_value() == SECRET
        fatma.go("/mijn/zelfhulp/beter-slapen/dagboek/")
        assert fatma.page.locator("svg.plot .p-dot").count() >= 2
        before = fatma.page.locator("svg.plot .p-dot").count()
        fatma.page.locator(".scale-step", has_text="8").first.click()
        fatma.click("Bewaar deze dag")
        fatma.sees("Bewaard.")
        assert fatma.page.locator("svg.plot .p-dot").count() == before + 1
        fatma.keep("dagboek")
        assert not looking.faults(fatma)
    with visiting(REFERRED_AT, label="mila") as mila:
        mila.enters_as("Mila Jansen")
        for path in ("/mijn/zelfhulp/", "/mijn/zelfhulp/beter-slapen/", "/mijn" + STEP, STEP):
            mila.go(path)
            mila.does_not_see(SECRET)
        assert mila.field(AWAKE).input_value() == ""
    kept = house.rows("SELECT answers FROM self_help_stepwork")
    assert "Kvz" not in str(kept)


def test_an_editor_writes_a_module_and_shows_it(visiting: Visit, house: House) -> None:
    """The mistake stands beside the text while she types; mended, everyone can do the module."""
    with visiting(REFERRED_AT, label="anouk") as anouk:
        anouk.enters_as("Anouk Meijer")
        anouk.go("/kaart/zelfhulp/")
        anouk.click("Nieuwe module", role="link")
        with anouk.page.expect_response(lambda answer: answer.url.endswith("/kaart/zelfhulp/kijken/")):
            anouk.field("De tekst van de module").fill(MODULE)
        anouk.page.get_by_text("horen minstens twee keuzes").wait_for()
        anouk.keep("fout")
        assert not looking.faults(anouk)
        mended = MODULE + "[ ] onrustig\n"
        with anouk.page.expect_response(lambda answer: answer.url.endswith("/kaart/zelfhulp/kijken/")):
            anouk.field("De tekst van de module").fill(mended)
        anouk.page.get_by_text("Dit kan zo getoond worden.").wait_for()
        anouk.click("Bewaar")
        anouk.sees("Nog niemand ziet deze module.")
        _is_there(visiting, there=False)
        anouk.click("Toon deze versie aan iedereen")
        anouk.sees("Iedereen ziet nu deze versie.")
        assert not looking.faults(anouk)
        _is_there(visiting, there=True)
        anouk.click("Verberg deze module")
        anouk.sees("Bezoekers zien deze module niet meer.")


def _is_there(visiting: Visit, *, there: bool) -> None:
    with visiting(REFERRED_AT, label="ieder") as anyone:
        anyone.go("/zelfhulp/")
        found = anyone.page.get_by_role("link", name="Rustig ademen").count()
        assert found == (1 if there else 0)

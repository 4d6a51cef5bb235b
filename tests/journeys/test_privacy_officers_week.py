"""The privacy officer's week: a resident asks why somebody looked; the officer decides and answers."""

from __future__ import annotations

import pytest
from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import DESK, PHONE, Visitor

COUSIN = "Emre Yilmaz"
WHY = "Hij hoort niet bij mijn gesprek. Kunt u dit uitzoeken?"
ANSWER = "Hij keek zonder goede reden. Hij kan uw gegevens niet meer zien. Het spijt ons."
BECAUSE = "Familie van de inwoner, keek drie avonden laat. Geen reden gevonden."
LATEST_MAIL = """
    SELECT m.subject, m.body FROM post_message m
    JOIN residents_resident r ON r.account_id = m.recipient_account_id
    JOIN accounts_account a ON a.id = r.account_id
    WHERE a.name = 'Fatma Yilmaz' AND m.key LIKE 'look:%%' AND m.state = 'sent'
"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without JavaScript"])
def test_she_asks_the_officer_decides_and_she_reads_it(visiting: Visit, house: House, scripts: bool) -> None:
    """On a phone she asks; at a desk the officer sees who looked without a reason, decides and answers."""
    with (
        visiting(REFERRED_AT, viewport=PHONE, scripts=scripts, label="fatma") as fatma,
        visiting(REFERRED_AT, viewport=DESK, scripts=scripts, label="petra") as petra,
    ):
        fatma.enters_as("Fatma Yilmaz")
        _asks(fatma, scripts=scripts)
        before = len(house.rows(LATEST_MAIL))
        petra.enters_as("Petra Smit")
        assert petra.path == "/inzage/week/"
        _decides(petra, first_time=scripts)
        _answers(petra)
        mails = house.eventually("the mail to Fatma", LATEST_MAIL, rows=before + 1)
        assert all("keek" not in mail["subject"] + mail["body"] for mail in mails)
        _reads(fatma)
        fatma.keep("antwoord")


def _asks(fatma: Visitor, *, scripts: bool) -> None:
    page = fatma.go("/mijn/wie-keek-mee/")
    fatma.sees(COUSIN, "Waarom: om uw gesprek voor te bereiden")
    page.locator("li", has_text=COUSIN).get_by_role("link", name="Vraag hierover").first.click()
    fatma.sees("Vraag waarom iemand keek", COUSIN)
    fatma.field("Wat wilt u weten?").fill("")
    fatma.expects(422)
    fatma.click("Verstuur uw vraag")
    fatma.sees("Schrijf eerst iets op.")
    fatma.field("Wat wilt u weten?").fill(WHY)
    if scripts:
        assert not looking.faults(fatma)
    fatma.click("Verstuur uw vraag")
    assert fatma.path == "/mijn/wie-keek-mee/"
    fatma.sees("Wacht op antwoord", WHY)
    fatma.keep("gevraagd")


def _decides(petra: Visitor, *, first_time: bool) -> None:
    """The cousin stands on top with the reasons in words; a decision is final."""
    if first_time:
        assert petra.page.locator("ol h3").first.inner_text() == COUSIN
        petra.sees("De inwoner gaf aan deze collega te kennen.", "Keek 3 nachten")
        petra.does_not_see("Fatma")
        petra.keep("week")
        assert not looking.faults(petra)
    petra.click(COUSIN, role="link")
    petra.sees("Waarom dit hier staat", "De regels waar het om gaat")
    petra.does_not_see("Fatma")
    if first_time:
        petra.field("Melden: dit had niet gemogen").check()
        petra.expects(422)
        petra.click("Leg de beslissing vast")
        petra.sees("Schrijf eerst iets op.")
        assert petra.field("Melden: dit had niet gemogen").is_checked()
        petra.field("Waarom", exact=False).fill(BECAUSE)
        petra.click("Leg de beslissing vast")
        assert petra.path == "/inzage/week/"
        petra.click(COUSIN, role="link")
    petra.sees("Gemeld", BECAUSE, "Autoriteit Persoonsgegevens voor zondag 4 juli")
    assert petra.page.get_by_role("button", name="Leg de beslissing vast").count() == 0


def _answers(petra: Visitor) -> None:
    petra.go("/inzage/vragen/")
    petra.page.locator("main section").first.get_by_role("link").last.click()
    petra.sees(WHY, COUSIN)
    petra.does_not_see("Fatma")
    petra.field("Het had niet gemogen").check()
    petra.field("Uw antwoord").fill(ANSWER)
    petra.click("Verstuur het antwoord")
    petra.sees("Verstuurd. De inwoner hoort dat er een antwoord is.")


def _reads(fatma: Visitor) -> None:
    fatma.go("/mijn/wie-keek-mee/")
    fatma.sees("Nieuw antwoord", "Het had niet gemogen", ANSWER, "Petra Smit")
    fatma.go("/mijn/wie-keek-mee/")
    fatma.sees("Beantwoord")

"""Her own door in a real browser: card, code and own pin; a link; a passkey; signing out and forgetting."""

from __future__ import annotations

import re
import time

from tests.journeys import looking, walk
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import PHONE, Visitor

SECONDS = 20


def refer_someone(visiting: Visit, name: str) -> walk.Sent:
    """Noor refers someone with a mobile phone; the card and its pin."""
    with visiting(REFERRED_AT) as noor:
        noor.enters_as("Noor de Wit")
        return walk.refers(noor, name)


def test_every_page_at_her_door_can_be_read_on_a_phone(visiting: Visit, house: House) -> None:
    """Card and pin, a wrong code, the right one, her own pin; what is wrong stands beside it."""
    sent = refer_someone(visiting, "Jantje Oosting")
    with visiting(REFERRED_AT, viewport=PHONE, label="jantje") as jantje:
        jantje.go("/mijn/")
        jantje.keep("deur")
        jantje.field("code").fill(sent.card_code)
        jantje.field("pincode").fill(sent.pin)
        jantje.click("Open mijn pagina")
        assert jantje.path == "/mijn/code/"
        code = walk.reads_text(jantje)
        jantje.field("code die u kreeg").fill("000000" if code != "000000" else "111111")
        jantje.click("Open mijn pagina")
        jantje.sees("Dit klopt niet")
        jantje.keep("code-fout")
        assert not looking.faults(jantje)
        jantje.field("code die u kreeg").fill(code)
        jantje.click("Open mijn pagina")
        jantje.field("nieuwe pincode").fill("1234")
        jantje.field("Nog een keer").fill("1234")
        jantje.click("Bewaar mijn pincode")
        jantje.sees("te makkelijk te raden")
        jantje.keep("pincode-fout")
        assert not looking.faults(jantje)
        jantje.field("nieuwe pincode").fill(walk.OWN_PIN)
        jantje.field("Nog een keer").fill(walk.OWN_PIN)
        jantje.click("Bewaar mijn pincode")
        assert jantje.path == "/mijn/vraag/"
        jantje.sees("probeerde één keer bij u binnen te komen")
        jantje.go("/mijn/aanmelden/")
        jantje.sees("Alleen u kent uw pincode", "Binnen met uw kaart en een code", "dit toestel")
        jantje.keep("aanmelden")


def test_a_link_by_phone_number_and_her_own_pin(visiting: Visit, house: House) -> None:
    """The link does nothing until the button; used once it is over."""
    sent = refer_someone(visiting, "Geesje Holt")
    with visiting(REFERRED_AT, label="geesje") as geesje:
        walk.opens_own_page(geesje, sent)
        walk.signs_out(geesje)
        geesje.go("/mijn/link/")
        geesje.field("mailadres of telefoonnummer").fill("0600000123")
        geesje.click("Stuur mij een link")
        assert geesje.path == "/mijn/link/verstuurd/"
        assert not looking.faults(geesje)


def test_a_passkey_alone_lets_her_in(visiting: Visit, house: House) -> None:
    """A virtual authenticator that verifies its user; on localhost, where passkeys work."""
    sent = refer_someone(visiting, "Roelie Dekker")
    with visiting(REFERRED_AT, viewport=PHONE, label="roelie") as roelie:
        walk.opens_own_page(roelie, sent)
        roelie.go("/mijn/aanmelden/passkey/")
        roelie.sees("Op dit adres werkt een passkey niet")
        assert not looking.faults(roelie)
        here = roelie.address.replace("127.0.0.1", "localhost")
        authenticator = _phone_with_a_finger(roelie)
        _comes_in(roelie, here, sent.card_code)
        roelie.page.goto(here + "/mijn/aanmelden/passkey/")
        roelie.keep("passkey-toevoegen")
        roelie.field("Hoe heet dit apparaat").fill("mijn telefoon")
        roelie.field("pincode nu").fill(walk.OWN_PIN)
        roelie.click("Maak de passkey")
        roelie.page.wait_for_url("**/mijn/aanmelden/")
        roelie.sees("De passkey is klaar", "mijn telefoon")
        walk_out(roelie, here)
        roelie.page.goto(here + "/mijn/")
        roelie.click("Met een passkey")
        roelie.page.wait_for_url("**/mijn/vraag/")
        roelie.page.goto(here + "/mijn/aanmelden/")
        roelie.sees("Binnen met een passkey")
        walk_out(roelie, here)
        authenticator.send(
            "WebAuthn.setUserVerified", {"authenticatorId": authenticator.noaber_id, "isUserVerified": False}
        )
        roelie.page.goto(here + "/mijn/")
        roelie.click("Met een passkey")
        roelie.page.locator("#passkey-failed").wait_for(state="visible")
        roelie.page.goto(here + "/mijn/vraag/")
        assert roelie.path == "/mijn/"


class _Authenticator:
    """The virtual authenticator of this browser."""

    def __init__(self, visitor: Visitor) -> None:
        self.session = visitor.context.new_cdp_session(visitor.page)
        self.session.send("WebAuthn.enable")
        made = self.session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        self.noaber_id = str(made["authenticatorId"])

    def send(self, what: str, values: dict[str, object]) -> None:
        """One command of the WebAuthn domain."""
        self.session.send(what, values)


def _phone_with_a_finger(visitor: Visitor) -> _Authenticator:
    return _Authenticator(visitor)


def _comes_in(visitor: Visitor, here: str, card_code: str) -> None:
    visitor.page.goto(here + "/mijn/")
    visitor.field("code").fill(card_code)
    visitor.field("pincode").fill(walk.OWN_PIN)
    visitor.click("Open mijn pagina")
    visitor.page.wait_for_url("**/mijn/vraag/")


def walk_out(visitor: Visitor, here: str) -> None:
    """Forget this device; nothing of her stays in this browser."""
    visitor.page.goto(here + "/mijn/aanmelden/")
    visitor.click("Vergeet dit toestel")
    visitor.page.wait_for_url(re.compile(rf"{re.escape(here)}/$"))
    deadline = time.monotonic() + SECONDS
    while visitor.context.cookies(here) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [c for c in visitor.context.cookies(here) if c["name"] == "sessionid"]
    visitor.page.goto(here + "/mijn/vraag/")
    assert visitor.path == "/mijn/"

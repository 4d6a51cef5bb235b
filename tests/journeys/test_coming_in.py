"""Coming in for real: a password and a code, a second step to set up, an invitation by mail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

from tests.journeys import looking, walk
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT, House
from tests.journeys.visitor import Visitor

STEP_SECONDS = 30
KEYS = (
    "/account/",
    "/account/noodcodes/nieuw/",
    "/account/noodcodes/",
    "/account/passkeys/",
    "/account/wachtwoord/",
    "/account/bevestig/",
    "/account/bevestig/code/",
    "/account/app-weg/",
    "/tweede-stap/passkey/",
)


def test_the_gp_signs_in_with_password_and_code_and_refers(visiting: Visit, house: House) -> None:
    """A wrong code is refused in words; the right one opens the form."""
    with visiting(REFERRED_AT) as noor:
        noor.go("/mijn-verwijzingen/")
        assert noor.path == "/inloggen/"
        _gives_password(noor, house.keys["noor"])
        assert noor.path == "/inloggen/code/"
        assert not looking.faults(noor)
        noor.field("code").fill("000000")
        noor.click("Log in")
        noor.sees("Er klopt nog één ding niet")
        noor.field("code").fill(code_now(house.keys["totp_secret"]))
        noor.click("Log in")
        assert noor.path == "/inloggen/apparaat/"
        assert not looking.faults(noor)
        noor.click("Nee, vraag elke keer een code")
        assert noor.path == "/mijn-verwijzingen/"
        walk.refers(noor, "Klaasje Mulder")


def test_without_a_second_step_there_is_nothing_to_see(visiting: Visit, house: House) -> None:
    """A colleague with a password alone first sets up a code; then sees the pages of own keys."""
    with visiting(REFERRED_AT, label="dirk") as dirk:
        dirk.go("/inloggen/")
        _gives_password(dirk, house.keys["dirk"])
        dirk.go("/beheer/mensen/")
        assert dirk.path == "/tweede-stap/"
        assert not looking.faults(dirk)
        dirk.click("Stel een app in", role="link")
        assert dirk.path == "/tweede-stap/app/"
        assert not looking.faults(dirk)
        secret = dirk.page.locator("main code").inner_text()
        dirk.field("code").fill(code_now(secret))
        dirk.click("Zet de tweede stap aan")
        dirk.go("/beheer/mensen/")
        dirk.sees("Beheer wie hier werkt")
        wrong: list[str] = []
        for path in KEYS:
            dirk.go(path)
            assert dirk.path == path, f"{path} sends to {dirk.path}"
            wrong += looking.faults(dirk)
        assert not wrong, "\n".join(wrong)


def test_a_colleague_is_invited_and_comes_in(visiting: Visit, house: House) -> None:
    """The mail holds one link; behind it a password is chosen, and then the second step."""
    with visiting(REFERRED_AT) as dirk:
        dirk.enters_as("Dirk Roelofs")
        dirk.go("/beheer/mensen/")
        dirk.field("Naam").fill("Roos ter Braak")
        dirk.field("Mailadres").fill("roos.ter.braak@voorbeeld.example")
        dirk.field("gespreksvoerder").check()
        dirk.click("Stuur de uitnodiging")
        dirk.sees("roos.ter.braak@voorbeeld.example")
    path = _path_in_mail(house, "/uitnodiging/")
    with visiting(REFERRED_AT, label="roos") as roos:
        roos.go(path)
        assert not looking.faults(roos)
        passwords = roos.page.locator("input[type=password]")
        for each in passwords.all():
            each.fill("een zin die niemand raadt")
        roos.page.locator("main form button[type=submit]").first.click()
        roos.go("/gesprekken/")
        assert roos.path == "/tweede-stap/"


def test_a_forgotten_password(visiting: Visit, house: House) -> None:
    """The answer is the same for every address; the link in the mail opens the form once."""
    with visiting(REFERRED_AT, label="ieder") as anyone:
        anyone.go("/wachtwoord-vergeten/")
        anyone.field("Mailadres").fill(house.keys["noor"])
        anyone.click("Stuur mij een link")
        assert anyone.path == "/wachtwoord-vergeten/verstuurd/"
        anyone.go(_path_in_mail(house, "/wachtwoord-vergeten/"))
        assert not looking.faults(anyone)


def _gives_password(visitor: Visitor, email: str) -> None:
    visitor.field("Mailadres van uw werk").fill(email)
    visitor.field("Wachtwoord").fill(visitor.house.keys["password"])
    visitor.click("Log in")


def _path_in_mail(house: House, part: str) -> str:
    rows = house.eventually(
        "the mail with the link",
        "SELECT body FROM post_message WHERE state = 'sent' AND body LIKE %s",
        f"%{part}%",
    )
    word = next(word for word in rows[-1]["body"].split() if part in word)
    return part + word.partition(part)[2]


def code_now(secret: str) -> str:
    """The six digits that an app shows now (RFC 6238, SHA-1, steps of thirty seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // STEP_SECONDS), hashlib.sha1)
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"

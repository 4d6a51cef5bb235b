"""A second step set up just now counts as proof given just now. What that may never open comes first."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from noaber.hallway.accounts.models import Account
from noaber.hallway.accounts.tests.signing import (
    both_steps,
    code_of,
    forget_used_codes,
    give_app,
    password_step,
    someone,
)
from noaber.network.partners.factories import PASSWORD, make_account

pytestmark = pytest.mark.django_db
APP, CODES, RECORDS = "/tweede-stap/app/", "/account/noodcodes/", "account_authentication_methods"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    forget_used_codes()


@pytest.fixture
def dirk() -> Account:
    return someone(password=PASSWORD)


def seconds_go_by(client: Client, seconds: int) -> None:
    """Every proof of this session was given that much longer ago."""
    session = client.session
    for record in session[RECORDS]:
        record["at"] -= seconds
    session.save()


def set_up(client: Client) -> None:
    """The code app, as someone new sets it up."""
    client.get(APP)
    client.post(APP, {"code": code_of(client.session["mfa.totp.secret"])})


def marked(client: Client) -> bool:
    return bool(client.session.get("second_factor"))


def proofs(client: Client) -> list[str]:
    return [record["method"] for record in client.session.get(RECORDS, [])]


def test_looking_at_the_page_and_a_wrong_code_prove_nothing(client: Client, dirk: Account) -> None:
    password_step(client, dirk)
    client.get(APP)
    right = code_of(client.session["mfa.totp.secret"])
    client.post(APP, {"code": "000000" if right != "000000" else "111111"})
    assert not marked(client)
    assert proofs(client) == ["password"]
    assert client.get(CODES).status_code in {302, 404}
    assert client.get("/beheer/mensen/")["Location"].startswith("/tweede-stap/")


def test_a_right_code_too_long_after_the_password_sets_nothing_up(client: Client, dirk: Account) -> None:
    password_step(client, dirk)
    client.get(APP)
    seconds_go_by(client, 301)
    answer = client.post(APP, {"code": code_of(client.session["mfa.totp.secret"])})
    assert answer["Location"].startswith("/account/bevestig/")
    assert not marked(client)
    assert not Authenticator.objects.exists()


def test_a_session_with_only_the_password_adds_no_key_once_there_is_one(
    client: Client, dirk: Account
) -> None:
    password_step(client, dirk)
    client.get(APP)
    secret = client.session["mfa.totp.secret"]
    give_app(dirk)
    for page in (APP, "/tweede-stap/passkey/"):
        assert client.post(page, {"code": code_of(secret)})["Location"].startswith("/account/bevestig/code/")
    assert not marked(client)
    assert proofs(client) == ["password"]
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_an_unlocked_computer_adds_no_key_without_proof(client: Client, dirk: Account) -> None:
    both_steps(client, dirk, give_app(dirk))
    seconds_go_by(client, 901)
    before = proofs(client)
    for method in (client.get, client.post):
        assert method("/tweede-stap/passkey/")["Location"].startswith("/account/bevestig/")
    assert proofs(client) == before
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_it_opens_the_emergency_codes_for_a_quarter_of_an_hour(client: Client, dirk: Account) -> None:
    password_step(client, dirk)
    set_up(client)
    assert client.get(CODES).status_code == 200
    seconds_go_by(client, 901)
    assert client.get(CODES).status_code == 302
    assert client.get("/account/app-weg/")["Location"].startswith("/account/bevestig/")


def test_it_counts_in_this_browser_alone(client: Client, dirk: Account) -> None:
    elsewhere = Client()
    password_step(elsewhere, dirk)
    password_step(client, dirk)
    set_up(client)
    assert marked(client)
    assert not marked(elsewhere)
    assert elsewhere.get("/beheer/mensen/").status_code == 302
    assert elsewhere.get(CODES)["Location"].startswith("/account/bevestig/code/")


def test_a_cookie_from_before_the_second_step_is_worth_nothing_after_it(
    client: Client, dirk: Account
) -> None:
    """Who copied the session when it had only the password gets nothing when it rises."""
    password_step(client, dirk)
    name = client.session.session_key
    thief = Client()
    thief.cookies = type(client.cookies)(client.cookies.output(header=""))
    set_up(client)
    assert client.session.session_key != name
    for page in ("/beheer/mensen/", CODES, "/account/"):
        assert thief.get(page)["Location"].startswith("/inloggen/")


def test_the_same_when_the_code_is_asked_again(client: Client, dirk: Account) -> None:
    password_step(client, dirk)
    secret, name = give_app(dirk), client.session.session_key
    client.post("/account/bevestig/code/", {"code": code_of(secret), "next": "/account/"})
    assert marked(client)
    assert client.session.session_key != name


def test_it_is_not_remembered_for_the_next_time_or_the_next_person(client: Client, dirk: Account) -> None:
    password_step(client, dirk)
    set_up(client)
    client.post("/account/app-weg/")
    assert not Authenticator.objects.filter(type="totp").exists()
    assert not marked(client)
    assert client.get("/beheer/mensen/")["Location"].startswith("/tweede-stap/")
    client.post("/uitloggen/")
    password_step(client, dirk)
    assert not marked(client)
    assert proofs(client) == ["password"]
    password_step(client, make_account("Petra Smit"))
    assert not marked(client)

"""Signing in: what does not work first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from noaber.hallway.accounts.tests.signing import (
    STAFF_PAGES,
    both_steps,
    code_of,
    forget_used_codes,
    give_app,
    password_step,
    someone,
    without_token,
)
from noaber.network.partners.factories import PASSWORD, make_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    forget_used_codes()


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/?next=")


@pytest.mark.parametrize("page", [*STAFF_PAGES[:3], "/verder/"])
def test_a_password_alone_opens_no_page_of_staff(client: Client, page: str) -> None:
    password_step(client, someone())
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/tweede-stap/")
    assert b"Dirk" not in answer.content


@pytest.mark.parametrize("page", [*STAFF_PAGES, "/verder/", "/account/noodcodes/", "/tweede-stap/app/"])
def test_between_the_steps_nobody_is_signed_in(client: Client, page: str) -> None:
    account = someone()
    give_app(account)
    assert password_step(client, account)["Location"] == "/inloggen/code/"
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/")


def test_a_parameter_or_cookie_cannot_claim_the_second_step(client: Client) -> None:
    account = someone()
    client.cookies["second_factor"] = "1"
    client.cookies["mfa_trusted"] = "eyJ0cnVlIjogMX0:forged"
    password_step(client, account, QUERY_STRING="second_factor=1", HTTP_SECOND_FACTOR="1")
    client.post("/inloggen/", {"second_factor": "True"})
    assert client.get("/beheer/mensen/?second_factor=1")["Location"].startswith("/tweede-stap/")


def test_a_session_from_before_the_app_cannot_touch_the_second_step(client: Client) -> None:
    account = someone()
    password_step(client, account)
    give_app(account)
    for page in [
        "/account/",
        "/account/app-weg/",
        "/account/noodcodes/",
        "/tweede-stap/app/",
        "/account/wachtwoord/",
    ]:
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/bevestig/code/")


def test_the_code_again_takes_the_second_step(client: Client) -> None:
    account = someone()
    password_step(client, account)
    secret = give_app(account)
    wrong = client.post("/account/bevestig/code/", {"code": "000000", "next": "/beheer/mensen/"})
    assert wrong.status_code == 200
    assert "second_factor" not in client.session
    right = client.post("/account/bevestig/code/", {"code": code_of(secret), "next": "/beheer/mensen/"})
    assert right["Location"] == "/beheer/mensen/"
    assert client.get("/beheer/mensen/").status_code == 200


def test_wrong_address_and_wrong_password_read_the_same(client: Client) -> None:
    account = someone()
    known = client.post("/inloggen/", {"login": account.email, "password": "verkeerd"})
    unknown = Client().post("/inloggen/", {"login": "niemand@voorbeeld.example", "password": "verkeerd"})
    assert known.status_code == unknown.status_code == 200
    one = without_token(known.content).replace(str(account.email).encode(), b"")
    assert one == without_token(unknown.content).replace(b"niemand@voorbeeld.example", b"")


def test_guessing_a_password_ends_in_a_pause_also_in_other_spellings(client: Client) -> None:
    account = someone()
    for number in range(8):
        spelling = str(account.email).upper() if number % 2 else f" {account.email} "
        client.post("/inloggen/", {"login": spelling, "password": "verkeerd"})
    locked = password_step(client, account)
    assert locked.status_code == 429
    elsewhere = password_step(Client(REMOTE_ADDR="10.0.0.9"), account)
    assert elsewhere.status_code == 302, "someone else's guesses do not lock out the owner"


def test_guessing_codes_ends_in_a_pause(client: Client) -> None:
    account = someone()
    secret = give_app(account)
    password_step(client, account)
    for _ in range(25):
        client.post("/inloggen/code/", {"code": "000000"})
    client.post("/inloggen/code/", {"code": code_of(secret)})
    assert "_auth_user_id" not in client.session


def test_a_code_works_once(client: Client) -> None:
    account = someone()
    secret = give_app(account)
    code = code_of(secret)
    password_step(client, account)
    client.post("/inloggen/code/", {"code": code})
    other = Client()
    password_step(other, account)
    other.post("/inloggen/code/", {"code": code})
    assert "_auth_user_id" not in other.session


def test_a_closed_account_does_not_come_in(client: Client) -> None:
    account = someone()
    account.is_active = False
    account.save()
    assert password_step(client, account)["Location"] == "/inloggen/gesloten/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "where", ["//evil.example/x", "https://evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_signing_in_never_leads_to_another_site(client: Client, where: str) -> None:
    account = someone()
    answer = client.post("/inloggen/", {"login": account.email, "password": PASSWORD, "next": where})
    assert answer.status_code == 302
    assert answer["Location"] == "/verder/"


def test_signing_up_is_not_there(client: Client) -> None:
    for page in ["/inloggen/signup/", "/account/signup/", "/accounts/signup/", "/account/email/"]:
        assert client.get(page).status_code == 404


def test_password_and_code_open_the_first_page(client: Client) -> None:
    account = someone()
    answer = both_steps(client, account, give_app(account))
    assert answer["Location"] == "/verder/"
    assert client.get("/verder/")["Location"] == "/beheer/mensen/"
    assert client.get("/beheer/mensen/").status_code == 200


def test_the_session_gets_a_new_key_when_someone_signs_in(client: Client) -> None:
    account = someone()
    client.get("/inloggen/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = str(before)
    both_steps(client, account, give_app(account))
    assert client.session.session_key != before


def test_an_emergency_code_works_once(client: Client) -> None:
    account = someone()
    give_app(account)
    from allauth.mfa.models import Authenticator

    codes = Authenticator.objects.get(user=account, type="recovery_codes").wrap().get_unused_codes()
    password_step(client, account)
    client.post("/inloggen/code/", {"code": codes[0]})
    assert "_auth_user_id" not in client.session or client.session["second_factor"]
    client.post("/inloggen/apparaat/", {"action": "skip"})
    assert client.get("/beheer/mensen/").status_code == 200
    other = Client()
    password_step(other, account)
    other.post("/inloggen/code/", {"code": codes[0]})
    assert "_auth_user_id" not in other.session


def test_setting_up_an_app_is_the_way_in_for_someone_new(client: Client) -> None:
    account = someone()
    password_step(client, account)
    assert client.get("/beheer/mensen/")["Location"].startswith("/tweede-stap/")
    choose = client.get("/tweede-stap/")
    assert choose.status_code == 200
    assert "/tweede-stap/app/" in choose.content.decode()
    again = client.get("/tweede-stap/app/")
    if again.status_code == 302:
        client.post("/account/bevestig/", {"password": PASSWORD, "next": "/tweede-stap/app/"})
    page = client.get("/tweede-stap/app/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode()
    done = client.post("/tweede-stap/app/", {"code": code_of(secret)})
    assert done["Location"] == "/account/noodcodes/"
    assert client.get("/beheer/mensen/").status_code == 200


def test_the_secret_of_an_app_is_sealed_in_the_database() -> None:
    from allauth.mfa.models import Authenticator

    account = someone()
    secret = give_app(account)
    for kept in Authenticator.objects.filter(user=account):
        assert secret not in str(kept.data)
    assert Authenticator.objects.get(user=account, type="totp").wrap().validate_code(code_of(secret))


def test_a_trusted_device_needs_only_the_password_and_only_there(client: Client) -> None:
    account = someone()
    secret = give_app(account)
    both_steps(client, account, secret, trust=True)
    assert client.cookies["mfa_trusted"]["max-age"] == 30 * 24 * 3600
    client.post("/uitloggen/")
    assert password_step(client, account)["Location"] == "/verder/"
    assert client.get("/beheer/mensen/").status_code == 200
    assert password_step(Client(), account)["Location"] == "/inloggen/code/"


def test_trust_ends_after_thirty_days_and_with_a_new_password(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = someone()
    secret = give_app(account)
    both_steps(client, account, secret, trust=True)
    client.post("/uitloggen/")
    late = timezone.now().timestamp() + 31 * 24 * 3600
    with monkeypatch.context() as later:
        later.setattr("allauth.mfa.internal.flows.trust.time.time", lambda: late)
        assert password_step(client, account)["Location"] == "/inloggen/code/"
    account.set_password("een andere lange zin")
    account.save()
    fresh = Client()
    fresh.cookies["mfa_trusted"] = client.cookies["mfa_trusted"].value
    assert password_step(fresh, account, "een andere lange zin")["Location"] == "/inloggen/code/"


def test_someone_elses_trusted_device_is_not_ours(client: Client) -> None:
    account = someone()
    both_steps(client, account, give_app(account), trust=True)
    client.post("/uitloggen/")
    other = make_account("Petra Smit")
    give_app(other)
    assert password_step(client, other)["Location"] == "/inloggen/code/"


def test_signing_out_needs_a_click_and_leaves_nothing(client: Client) -> None:
    account = someone()
    both_steps(client, account, give_app(account))
    assert client.get("/uitloggen/").status_code == 200
    assert client.get("/beheer/mensen/").status_code == 200
    answer = client.post("/uitloggen/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/beheer/mensen/").status_code == 302
    assert "second_factor" not in client.session


def test_another_site_cannot_sign_someone_in_or_out() -> None:
    strict = Client(enforce_csrf_checks=True)
    account = someone()
    assert strict.post("/inloggen/", {"login": account.email, "password": PASSWORD}).status_code == 403
    assert strict.post("/uitloggen/").status_code == 403


def test_pages_of_signing_in_are_kept_out_of_caches(client: Client) -> None:
    for page in ["/inloggen/", "/wachtwoord-vergeten/", "/mijn/"]:
        assert "no-store" in client.get(page)["Cache-Control"]


def test_removing_the_last_app_asks_for_a_new_one(client: Client) -> None:
    account = someone()
    secret = give_app(account)
    both_steps(client, account, secret)
    forget_used_codes()
    assert client.get("/account/app-weg/")["Location"].startswith("/account/bevestig/")
    client.post("/account/bevestig/", {"password": PASSWORD, "next": "/account/app-weg/"})
    assert client.post("/account/app-weg/").status_code == 302
    assert client.get("/beheer/mensen/")["Location"].startswith("/tweede-stap/")


def test_a_click_that_needed_the_password_again_goes_on_after_it(client: Client) -> None:
    account = someone()
    both_steps(client, account, give_app(account))
    asked = client.post("/account/app-weg/")
    assert asked["Location"].startswith("/account/bevestig/")
    answer = client.post(asked["Location"], {"password": PASSWORD, "next": "/account/app-weg/"})
    assert answer["Location"] == "/account/"
    assert client.get("/beheer/mensen/")["Location"].startswith("/tweede-stap/")


def test_the_password_is_not_asked_twice_for_the_first_second_step(client: Client) -> None:
    dirk = someone(password=PASSWORD)
    password_step(client, dirk)
    assert client.get("/tweede-stap/app/").status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    assert client.get("/tweede-stap/app/")["Location"].startswith("/account/bevestig/")


def test_with_a_second_step_it_is_asked_again_before_anything_changes(client: Client) -> None:
    dirk = someone(password=PASSWORD)
    both_steps(client, dirk, give_app(dirk))
    assert "/account/bevestig/" in client.get("/account/app-weg/")["Location"]

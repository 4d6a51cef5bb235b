"""How a request ends: who may begin at all, and what a failure looks like from outside."""

from __future__ import annotations

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from noaber.hallway.access import hooks
from noaber.hallway.access.reporting import NamelessRecords
from noaber.hallway.access.tests.house import CANARY, AnsweredElsewhere
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account, Attempt
from noaber.hallway.accounts.tests.signing import enter, someone, without_token
from noaber.network.partners.factories import make_municipality, make_region
from noaber.network.residents.factories import make_resident

pytestmark = [pytest.mark.django_db, pytest.mark.urls("noaber.hallway.access.tests.house")]


def fatma() -> Account:
    account = make_resident(make_municipality(make_region())).account
    assert account is not None
    return account


# --- who may begin ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "where"),
    [
        ("/staff/", "/inloggen/"),
        ("/signed-in/", "/inloggen/"),
        ("/entering/", "/inloggen/"),
        ("/resident/", "/mijn/"),
    ],
)
def test_nobody_is_sent_to_the_right_door_and_back(client: Client, page: str, where: str) -> None:
    answer = client.get(page + "?a=1")
    assert answer["Location"] == f"{where}?next={page.replace('/', '%2F')}%3Fa%3D1"


def test_staff_before_the_second_step_get_no_further_than_setting_it_up(client: Client) -> None:
    client.force_login(someone(), backend="allauth.account.auth_backends.AuthenticationBackend")
    for page in ["/staff/", "/signed-in/"]:
        assert client.get(page)["Location"].startswith("/tweede-stap/")
    assert client.get("/entering/").content == b"binnen"
    assert client.get("/resident/").status_code == 404


def test_a_resident_finds_nothing_of_staff(client: Client) -> None:
    enter(client, fatma())
    assert client.get("/resident/").content == b"binnen"
    assert client.get("/signed-in/").content == b"binnen"
    for page in ["/staff/", "/entering/"]:
        assert client.get(page).status_code == 404


def test_staff_find_nothing_of_a_resident(client: Client) -> None:
    enter(client, someone())
    assert client.get("/staff/").content == b"binnen"
    assert client.get("/resident/").status_code == 404


def test_demo_pages_are_not_there_outside_the_demo(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert client.get("/demo-only/").status_code == 404


def test_someone_who_left_is_nobody_at_the_next_click(client: Client) -> None:
    account = someone()
    enter(client, account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert client.get("/staff/")["Location"].startswith("/inloggen/")


# --- what a failure looks like ------------------------------------------------------------------


def test_absent_and_forbidden_are_the_same_to_the_byte(client: Client) -> None:
    enter(client, someone(Role.GUIDE))
    pages = [client.get(f"/fail/{kind}/") for kind in ["missing", "forbidden", "404", "denied"]]
    pages.append(client.get("/nergens/"))
    assert {page.status_code for page in pages} == {404}
    assert len({without_token(page.content) for page in pages}) == 1
    heads = [{k: v for k, v in page.headers.items() if k != "Content-Security-Policy"} for page in pages]
    assert all(head == heads[0] for head in heads)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("missing", 404),
        ("conflict", 409),
        ("invalid", 400),
        ("unavailable", 503),
        ("bug", 500),
        ("refused", 500),
    ],
)
def test_a_failure_undoes_half_work_and_says_nothing_it_should_not(
    client: Client, kind: str, status: int
) -> None:
    answer = client.get(f"/fail/{kind}/")
    assert answer.status_code == status
    assert CANARY not in answer.content.decode()
    assert CANARY not in str(dict(answer.headers))
    assert not Attempt.objects.exists()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("kind", ["conflict", "invalid", "unavailable"])
def test_a_foreseen_failure_has_three_beats(client: Client, kind: str) -> None:
    page = client.get(f"/fail/{kind}/").content.decode()
    for words in ["Dit gebeurde", "Daarom", "Doe nu dit"]:
        assert words in page


def test_the_page_of_a_database_that_is_away_gives_back_what_was_typed_but_no_password(
    client: Client,
) -> None:
    typed = {
        "question": "Slaapt slecht",
        "password": "geheim",
        "password1": "geheim",
        "csrfmiddlewaretoken": "x",
    }
    page = client.post("/fail/away/", typed).content.decode()
    assert "Slaapt slecht" in page
    assert "geheim" not in page
    assert "112" in page


def test_a_bug_gives_a_reference_and_the_log_no_person(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        page = client.get("/fail/bug/?name=Fatma").content.decode()
    reference = caplog.records[0].getMessage().split()[1]
    assert reference in page
    clean = logging.Formatter()
    lines = ""
    for record in caplog.records:
        NamelessRecords().filter(record)
        lines += clean.format(record)
    assert reference in lines
    assert CANARY not in lines
    assert "Fatma" not in lines


def test_a_library_that_leaves_by_raising_gets_its_own_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(request: HttpRequest, failure: Exception) -> HttpResponse:
        return HttpResponse("beantwoord", status=418)

    monkeypatch.setitem(hooks._ways_out, AnsweredElsewhere, answer)
    page = client.get("/fail/elsewhere/")
    assert (page.status_code, page.content) == (418, b"beantwoord")
    assert not Attempt.objects.exists(), "what the view wrote is undone"


def test_without_a_log_a_denial_has_no_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(client, someone())
    monkeypatch.setattr(hooks, "_denial_logs", [])
    client.raise_request_exception = False
    assert client.get("/fail/forbidden/").status_code == 500


# --- who the database knows ---------------------------------------------------------------------


def test_the_database_is_told_who_asks_and_never_that_it_is_the_house(client: Client) -> None:
    account = someone()
    enter(client, account)
    assert client.get("/told/").content.decode() == f"{account.pk}|"
    client.logout()
    assert client.get("/told/").content == b"|"


def test_a_late_template_runs_while_the_database_knows_who_asks(client: Client) -> None:
    enter(client, someone())
    page = client.get("/late/")
    assert "Dirk Roelofs" in page.content.decode()

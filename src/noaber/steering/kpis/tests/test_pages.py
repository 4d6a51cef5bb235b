"""What a programme manager sees of the KPIs, and what nobody else does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from noaber.hallway.access.types import Actor, Grant, Kind, Role
from noaber.hallway.audit.models import AuditEntry
from noaber.knowledge.regions import read_region
from noaber.network.partners.factories import make_member, make_organisation, make_professional, make_staff
from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.network.partners.services_region import load_region
from noaber.pathways.conversations.tests.held import later, make_conversation, utc
from noaber.steering.kpis import evidence, queries
from noaber.steering.kpis.models import Kpi
from noaber.steering.kpis.queries import kpi_values
from noaber.steering.kpis.services import load_kpis

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
PATHS = (
    "/regio/twente/overzicht/",
    "/regio/twente/kpis/",
    "/regio/twente/kpis/10/",
    "/regio/twente/kpis/10/waaruit/",
    "/regio/twente/kpis/10/waaruit/G-AAAAAAAA/",
)
ABSENT = "/regio/twente/plannen/niets/"
"""A page that is not there, with the frame of the same region around it; that the region exists is public."""


@pytest.fixture(autouse=True)
def fixed_day(settings: Any) -> None:
    settings.FIXED_NOW = NOW


def load(slug: str) -> None:
    """The region with its partners and KPIs, from its files."""
    files = read_region(settings.REGIONS_DIR / slug)
    load_region(files, now=NOW)
    load_kpis(files)


@pytest.fixture
def twente() -> Region:
    load("twente")
    return Region.objects.get(slug="twente")


def sign_in(account: Any, client: Client | None = None) -> Client:
    """A browser of someone who also did the second step."""
    browser = client or Client()
    browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    session["second_factor"] = True
    session.save()
    return browser


@pytest.fixture
def joris(twente: Region) -> Client:
    office = make_organisation(twente, "Netwerkbureau Twente", "network")
    return sign_in(make_staff(office, "Joris Veen", Role.PROGRAMME_MANAGER))


def place(region: Region, slug: str) -> Municipality:
    return Municipality.objects.get(region=region, slug=slug)


def body(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def same(html: str) -> str:
    """The page without the token of the sign-out button, which is new in every answer."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", html)


def words(html: str) -> str:
    """The page as a reader sees it: no tags, single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")


# --- what she sees ------------------------------------------------------------------------------


def test_the_list_shows_every_kpi_with_its_money_and_the_difference_of_the_plan(joris: Client) -> None:
    page = words(body(joris, "/regio/twente/kpis/"))
    for number in range(1, 35):
        assert f" {number}. " in page
    assert "staat een totaal van 15.574" in page
    assert "in de lijst zijn samen 15.571" in page
    assert "gereconstrueerd" in page
    assert "twijfel" in page


def test_choices_make_the_list_shorter_and_an_unknown_choice_does_not(joris: Client) -> None:
    assert "U ziet 9 van de 34" in words(body(joris, "/regio/twente/kpis/?onderdeel=verkennend_gesprek"))
    assert "U ziet 2 van de 34" in words(
        body(joris, "/regio/twente/kpis/?onderdeel=verkennend_gesprek&jaar=2027")
    )
    assert "U ziet ze allemaal" in words(body(joris, "/regio/twente/kpis/?onderdeel=niets"))


def test_derived_kpis_keep_their_mark(twente: Region) -> None:
    load("groningen")
    region = Region.objects.get(slug="groningen")
    manager = sign_in(
        make_staff(make_organisation(region, "Netwerkbureau"), "Joris Veen", Role.PROGRAMME_MANAGER)
    )
    assert words(body(manager, "/regio/groningen/kpis/")).count("afgeleid, niet officieel") == 10
    assert "afgeleid, niet officieel" in body(manager, "/regio/groningen/kpis/k3/")


def test_the_page_shows_what_the_command_line_shows(twente: Region, joris: Client) -> None:
    almelo = place(twente, "almelo")
    for day in range(1, 8):
        make_conversation(almelo, utc(2026, 5, day), outcome="multidisciplinary_ggz" if day < 4 else "none")
    found = {value.number: value for value in kpi_values("twente", NOW)}
    assert (found["10"].value, found["13"].value, found["13"].numerator) == (7.0, 3 / 7, 3)
    assert "7 gesprekken" in words(body(joris, "/regio/twente/kpis/10/"))
    page = words(body(joris, "/regio/twente/kpis/13/"))
    assert "42,9%" in page
    assert "3 van 7 gesprekken" in page
    assert json.loads(json.dumps(found["13"].as_json()))["n"] == 7


def test_second_conversations_stand_apart_with_the_open_question(twente: Region, joris: Client) -> None:
    first = make_conversation(place(twente, "almelo"), utc(2026, 5, 4))
    later(place(twente, "almelo"), first.pk, utc(2026, 6, 4))
    page = words(body(joris, "/regio/twente/kpis/10/"))
    assert "Een tweede gesprek telt nu niet mee. Er zijn er 1;" in page
    assert "De stuurgroep beslist" in page


def test_a_conversation_without_outcome_is_named_as_not_counted_yet(twente: Region, joris: Client) -> None:
    make_conversation(place(twente, "almelo"), utc(2026, 5, 4), outcome=None)
    assert "Van 1 gesprek is de uitkomst nog niet vastgelegd" in words(body(joris, "/regio/twente/kpis/10/"))


def test_small_municipalities_stand_together(twente: Region, joris: Client) -> None:
    for slug, count in (("almelo", 20), ("enschede", 30), ("borne", 3), ("losser", 4)):
        for n in range(count):
            make_conversation(place(twente, slug), utc(2026, 3 + n % 6, 1 + n % 27))
    page = words(body(joris, "/regio/twente/kpis/10/"))
    assert re.search(r"Borne, .*Losser.* samen", page)
    assert not re.search(r"Borne\s+3\b", page)
    assert not re.search(r"Losser\s+4\b", page)
    assert re.search(r"Almelo\s+20\b", page)


def test_what_was_counted_opens_to_conversations_without_names(twente: Region, joris: Client) -> None:
    people = tuple(
        make_professional(Organisation.objects.get(region=twente, slug=slug), name)
        for slug, name in (("dimence-groep", "Sanne Bakker"), ("ixta-noa", "Henk Oude Vrielink"))
    )
    for day in range(1, 7):
        make_conversation(place(twente, "tubbergen"), utc(2026, 5, day), people=people)
    page = body(joris, "/regio/twente/kpis/10/waaruit/")
    codes = re.findall(r"/waaruit/(G-[A-Z2-7]{8})/", page)
    assert len(codes) == 6
    detail = body(joris, f"/regio/twente/kpis/10/waaruit/{codes[0]}/")
    assert "6 mei 2026" in words(detail)
    for html in (page, detail):
        for secret in ("Mila", "Sanne", "Henk", "Tubbergen", "Slaapt"):
            assert secret not in html


def test_opening_what_was_counted_leaves_one_line_in_the_log(twente: Region, joris: Client) -> None:
    make_conversation(place(twente, "almelo"), utc(2026, 5, 4))
    body(joris, "/regio/twente/kpis/10/")
    assert not AuditEntry.objects.filter(event_type="kpi.items.read").exists()
    body(joris, "/regio/twente/kpis/10/waaruit/")
    entry = AuditEntry.objects.get(event_type="kpi.items.read")
    assert (entry.action, entry.resident_id, entry.actor_name) == ("R", None, "Joris Veen")


def test_a_long_list_has_pages(twente: Region, joris: Client) -> None:
    for n in range(53):
        make_conversation(place(twente, "almelo"), utc(2026, 1 + n % 12, 1 + n % 27, 8 + n % 9))
    assert "1 tot en met 50 van 53" in words(body(joris, "/regio/twente/kpis/10/waaruit/"))
    assert "51 tot en met 53 van 53" in words(body(joris, "/regio/twente/kpis/10/waaruit/?pagina=2"))


def test_a_kpi_that_is_not_counted_has_no_list_behind_it(joris: Client) -> None:
    assert "telt deze KPI niet vanzelf" in words(body(joris, "/regio/twente/kpis/1/"))
    body(joris, "/regio/twente/kpis/1/waaruit/", 404)


def test_the_overview_names_what_slips_and_what_it_costs(twente: Region, joris: Client) -> None:
    Kpi.objects.filter(region=twente, number="17").update(state="not_met")
    page = words(body(joris, "/regio/twente/overzicht/"))
    assert "Casussen besproken in 2025" in page
    assert "SPUK die terug moet" in page


def test_a_decision_is_recorded_and_logged(twente: Region, joris: Client) -> None:
    answer = joris.post("/regio/twente/kpis/17/besluit/", {"besluit": "not_met", "dag": "2026-03-02"})
    assert answer.status_code == 302
    row = Kpi.objects.get(region=twente, number="17")
    assert (row.state, row.decided_on) == ("not_met", date(2026, 3, 2))
    assert AuditEntry.objects.filter(event_type="kpi.decided", object_id=str(row.pk)).count() == 1
    assert "Niet gehaald, besloten op 2 maart 2026" in words(body(joris, "/regio/twente/kpis/17/"))


def test_a_decision_without_a_day_is_asked_again(twente: Region, joris: Client) -> None:
    answer = joris.post("/regio/twente/kpis/17/besluit/", {"besluit": "not_met", "dag": ""})
    assert answer.status_code == 400
    assert Kpi.objects.get(region=twente, number="17").state == "open"


def test_a_decision_of_tomorrow_is_refused(twente: Region, joris: Client) -> None:
    answer = joris.post("/regio/twente/kpis/17/besluit/", {"besluit": "met", "dag": "2027-07-02"})
    assert answer.status_code == 400
    assert Kpi.objects.get(region=twente, number="17").state == "open"


# --- what others do not see ---------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROGRAMME_MANAGER])
def test_no_other_role_sees_any_of_it(twente: Region, role: Role) -> None:
    someone = sign_in(make_staff(make_organisation(twente, "Avedan", slug="avedan-2"), "Bram Kamphuis", role))
    missing = same(body(someone, ABSENT, 404))
    for path in PATHS:
        assert same(body(someone, path, 404)) == missing, path
    assert (
        someone.post("/regio/twente/kpis/17/besluit/", {"besluit": "met", "dag": "2026-03-02"}).status_code
        == 404
    )
    assert Kpi.objects.get(region=twente, number="17").state == "open"


def test_the_manager_of_another_region_gets_the_page_of_what_does_not_exist(twente: Region) -> None:
    other = Region.objects.create(slug="groningen", name="Regio Groningen", settings=twente.settings)
    manager = sign_in(
        make_staff(make_organisation(other, "Netwerkbureau"), "Ilse Kamp", Role.PROGRAMME_MANAGER)
    )
    missing = same(body(manager, ABSENT, 404))
    for path in PATHS:
        assert same(body(manager, path, 404)) == missing, path


def test_after_the_role_ended_nothing_is_left(twente: Region) -> None:
    office = make_organisation(twente, "Netwerkbureau Twente", "network")
    account = make_staff(office, "Karel Post", Role.GUIDE)
    make_member(account, office, Role.PROGRAMME_MANAGER, from_on=date(2026, 1, 1), until_on=date(2027, 7, 1))
    body(sign_in(account), "/regio/twente/kpis/", 404)


def test_without_signing_in_there_is_a_way_to_sign_in(twente: Region) -> None:
    for path in PATHS:
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/inloggen/")


def test_without_the_second_step_there_is_no_page(twente: Region) -> None:
    account = make_staff(make_organisation(twente, "Bureau"), "Joris Veen", Role.PROGRAMME_MANAGER)
    browser = Client()
    browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.get("/regio/twente/kpis/").status_code == 302


@pytest.mark.parametrize(
    "path", ["kpis/99/", "kpis/10/waaruit/G-ZZZZZZZZ/", "kpis/10/waaruit/../", "plannen/niets/"]
)
def test_what_does_not_exist_is_not_there(joris: Client, path: str) -> None:
    assert joris.get(f"/regio/twente/{path}").status_code in {301, 404}


# --- a fixed number of queries ------------------------------------------------------------------

READS: dict[str, Callable[[Actor], object]] = {
    "list": lambda actor: queries.read_kpis(actor, "twente", now=NOW),
    "counted": lambda actor: evidence.read_kpi(actor, "twente", "11", now=NOW),
    "not counted": lambda actor: evidence.read_kpi(actor, "twente", "1", now=NOW),
    "items": lambda actor: evidence.read_items(actor, "twente", "11", now=NOW),
}


@pytest.mark.parametrize(
    ("read", "asked"), [("list", 28), ("counted", 13), ("not counted", 5), ("items", 10)]
)
@pytest.mark.parametrize("amount", [1, 40])
def test_a_read_takes_the_same_queries_however_much_was_counted(
    twente: Region, read: str, asked: int, amount: int, django_assert_num_queries: Any
) -> None:
    office = make_organisation(twente, "Netwerkbureau Twente", "network")
    grant = Grant(Role.PROGRAMME_MANAGER, office.pk, twente.pk)
    actor = Actor(kind=Kind.STAFF, name="Joris Veen", grants=(grant,), second_factor=True)
    for n in range(amount):
        make_conversation(place(twente, "almelo"), utc(2027, 1 + n % 6, 1 + n % 27, 8 + n % 9))
    with django_assert_num_queries(asked):
        READS[read](actor)


@pytest.mark.parametrize("path", PATHS[:4])
def test_showing_it_takes_no_more_queries_for_more_conversations(
    twente: Region, joris: Client, path: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            body(joris, path)
        return len(captured)

    make_conversation(place(twente, "almelo"), utc(2026, 5, 4))
    asked()
    few = asked()
    for n in range(30):
        make_conversation(place(twente, "almelo"), utc(2026, 1 + n % 12, 1 + n % 27, 8 + n % 9))
    assert asked() == few


def test_a_pseudonym_leads_back_to_no_one(twente: Region, joris: Client) -> None:
    row = make_conversation(place(twente, "almelo"), utc(2026, 5, 4))
    page = body(joris, "/regio/twente/kpis/10/waaruit/")
    for key in (row.pk, row.help_request_id):
        assert isinstance(key, UUID)
        assert str(key) not in page
        assert key.hex not in page

"""Keeping waits: corrections, stops, closing, the own page, the link in the mail."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.tests.signing import enter
from noaber.hallway.post.models import Message
from noaber.network.partners.factories import make_staff
from noaber.network.partners.models import Organisation
from noaber.offer.care_programmes import queries, queries_behind, services
from noaber.offer.care_programmes.factories import make_programme, make_report, make_stop
from noaber.offer.care_programmes.keeping import asking
from noaber.offer.care_programmes.models import CareProgramme, ProviderKey, UpdateRequest, WaitReport
from noaber.offer.care_programmes.services import Teller
from noaber.offer.care_programmes.tests.world import World, make_world
from noaber.offer.care_programmes.types import NewReport
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Confirmation

pytestmark = pytest.mark.django_db
DIMENCE = Teller("Dimence Groep", "form")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def dirk(world: World) -> Client:
    return signed_in(world.dimence, "Dirk Roelofs", Role.ORGANISATION_ADMIN)


def signed_in(organisation: Organisation, name: str, role: Role) -> Client:
    client = Client()
    enter(client, make_staff(organisation, name, role))
    return client


def told(programme: CareProgramme, intake: float | None = 3, treatment: float | None = 8) -> NewReport:
    return NewReport(programme.pk, intake, treatment, "third_opportunity", clock.today(), inflow=12)


# --- one figure --------------------------------------------------------------------------------------------


def test_the_same_figure_twice_is_once_and_a_correction_keeps_what_it_corrects(world: World) -> None:
    programme = make_programme(world.dimence)
    first = services.report(told(programme), by=DIMENCE, now=clock.now())
    assert not services.report(told(programme), by=DIMENCE, now=clock.now()).news
    second = services.report(told(programme, 5), by=DIMENCE, now=clock.now())
    assert second.news
    old = WaitReport.objects.get(pk=first.report_id)
    assert (old.superseded_by_id, float(old.intake_weeks or 0)) == (second.report_id, 3)
    reports = queries_behind.reports_of(programme.pk, now=clock.now())
    assert [(one.intake_weeks, one.superseded_at is None) for one in reports] == [(5, True), (3, False)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"intake_weeks": -1}, "wait_negative"),
        ({"intake_weeks": 1200}, "wait_too_long"),
        ({"intake_weeks": None, "treatment_weeks": None}, "wait_missing"),
        ({"method": "gegokt"}, "method_unknown"),
    ],
)
def test_what_cannot_be_is_refused(world: World, changed: dict[str, Any], code: str) -> None:
    new = replace(told(make_programme(world.dimence)), **changed)
    with pytest.raises(Invalid) as wrong:
        services.report(new, by=DIMENCE, now=clock.now())
    assert wrong.value.code == code
    assert not WaitReport.objects.exists()


def test_a_day_to_come_and_one_before_the_programme_are_refused(world: World) -> None:
    programme = make_programme(world.dimence)
    for day in (clock.today() + timedelta(days=1), date(2019, 12, 31)):
        with pytest.raises(Invalid):
            services.report(replace(told(programme), reference_date=day), by=DIMENCE, now=clock.now())


def test_four_hundred_weeks_wait_until_they_are_said_again(world: World) -> None:
    programme = make_programme(world.dimence)
    kept = services.report(told(programme, 400), by=DIMENCE, now=clock.now())
    assert kept.questioned
    assert queries.one(programme.pk, now=clock.now()).claim is None
    services.report(replace(told(programme, 400), sure=True), by=DIMENCE, now=clock.now())
    claim = queries.one(programme.pk, now=clock.now()).claim
    assert claim is not None
    assert claim.intake_weeks == 400


def test_rounding_never_brings_a_wait_within_the_norm(world: World) -> None:
    programme = make_programme(world.dimence)
    services.report(told(programme, 4.001, 10), by=DIMENCE, now=clock.now())
    assert queries.one(programme.pk, now=clock.now()).within_intake is False


def test_a_figure_confirms_the_entry_in_the_directory(world: World) -> None:
    entry = make_service(world.region, "Angst en stemming", assured_on=None)
    programme = make_programme(world.dimence, service=entry)
    services.report(told(programme), by=DIMENCE, now=clock.now())
    services.report(told(programme), by=DIMENCE, now=clock.now())
    assert [one.kind for one in Confirmation.objects.filter(service=entry)] == ["wait"]


def test_a_stop_begins_is_told_anew_and_ends(world: World) -> None:
    programme = make_programme(world.dimence)
    today = clock.today()
    for reason in ("Vol", "Te weinig behandelaren"):
        services.stop_intake(
            programme_id=programme.pk, since=today, until=None, reason=reason, now=clock.now()
        )
    assert [stop.reason for stop in programme.intake_stops.all()] == ["Te weinig behandelaren"]
    assert services.lift_stop(programme_id=programme.pk, now=clock.now())
    assert not services.lift_stop(programme_id=programme.pk, now=clock.now())
    assert queries.one(programme.pk, now=clock.now()).stop is None


def test_a_programme_that_closed_takes_no_figures_until_it_is_there_again(world: World) -> None:
    entry = make_service(world.region, "Angst en stemming")
    programme = make_programme(world.dimence, service=entry)
    services.close(programme_id=programme.pk, on=clock.today(), why="De praktijk sluit", now=clock.now())
    entry.refresh_from_db()
    assert entry.status == "defunct"
    with pytest.raises(Conflict):
        services.report(told(programme), by=DIMENCE, now=clock.now())
    services.reopen(programme_id=programme.pk, now=clock.now())
    entry.refresh_from_db()
    assert entry.status == "active"
    assert services.report(told(programme), by=DIMENCE, now=clock.now()).news


# --- the own page ------------------------------------------------------------------------------------------


def filled(*programmes: CareProgramme, **changed: str) -> dict[str, str]:
    form: dict[str, str] = {}
    for programme in programmes:
        row = {"intake_weeks": "3,5", "treatment_weeks": "8", "method": "third_opportunity", "inflow": "12"}
        form |= {f"{programme.pk}-{name}": value for name, value in (row | changed).items()}
    return form


def test_all_figures_on_one_page(world: World, dirk: Client) -> None:
    one, two = make_programme(world.dimence), make_programme(world.dimence, "Trauma")
    make_programme(world.kade, "Van een ander")
    page = dirk.get("/wachttijden/ons/").content.decode()
    assert "Trauma" in page
    assert "Van een ander" not in page
    answer = dirk.post("/wachttijden/ons/", filled(one, two))
    assert answer.status_code == 303
    weeks = WaitReport.objects.values_list("programme__name", "intake_weeks", "how", "source_words")
    assert sorted(
        (name, float(intake), how, who) for name, intake, how, who in weeks if intake is not None
    ) == [
        ("Angst en stemming", 3.5, "form", "Dimence Groep"),
        ("Trauma", 3.5, "form", "Dimence Groep"),
    ]
    dirk.post("/wachttijden/ons/", filled(one, two))
    assert WaitReport.objects.count() == 2


def test_one_press_says_that_nothing_changed(world: World, dirk: Client) -> None:
    programme = make_programme(world.dimence)
    make_report(programme, 4, 9, reference_date=clock.today() - timedelta(days=50))
    make_stop(programme)
    assert dirk.post("/wachttijden/ons/", {"alles": "klopt"}).status_code == 303
    row = queries.one(programme.pk, now=clock.now())
    assert row.claim is not None
    assert (row.claim.age_days, row.claim.intake_weeks, row.claim.unchanged) == (0, 4, True)
    assert row.stop is not None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"intake_weeks": "-2"}, "Een wachttijd is nul weken of meer."),
        ({"intake_weeks": "veel"}, "Vul een getal in, zoals 4 of 4,5."),
        ({"intake_weeks": "400"}, "Klopt dat? Zet dan dit vinkje."),
        ({"stopped": "on", "stop_reason": "Mevrouw Jansen is ziek"}, "Haal namen en nummers"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, dirk: Client, changed: dict[str, str], words: str
) -> None:
    one, two = make_programme(world.dimence), make_programme(world.dimence, "Trauma")
    answer = dirk.post("/wachttijden/ons/", filled(one) | filled(two, **changed))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert 'value="3,5"' in page
    assert not WaitReport.objects.exists()


def test_after_the_tick_four_hundred_weeks_are_kept(world: World, dirk: Client) -> None:
    programme = make_programme(world.dimence)
    assert dirk.post("/wachttijden/ons/", filled(programme, intake_weeks="400", sure="on")).status_code == 303
    assert not WaitReport.objects.get().questioned


def test_a_programme_stops_and_is_there_again(world: World, dirk: Client) -> None:
    programme = make_programme(world.dimence)
    where = f"/wachttijden/ons/{programme.pk}/stopt/"
    assert "Stopt dit programma?" in dirk.get(where).content.decode()
    assert dirk.post(where, {"on": clock.today().isoformat(), "why": "Wij stoppen"}).status_code == 303
    assert queries.one(programme.pk, now=clock.now()).ended_on == clock.today()
    dirk.post(where)
    assert queries.one(programme.pk, now=clock.now()).ended_on is None


def described(**changed: str) -> dict[str, str]:
    form = {"name": "Angst", "reference": "angst-almelo", "care_type": "specialist_ggz", "setting": "3"}
    form |= {"diagnosis_group": "5", "mode": "live", "municipality": "almelo", "min_age": "18"}
    return form | {"insurers": "menzis", "desk": "Aanmeldbalie", **changed}


def test_a_new_programme_stands_in_the_list_and_in_the_directory(world: World, dirk: Client) -> None:
    assert "Zet uw eerste programma erbij" in dirk.get("/wachttijden/ons/").content.decode()
    assert dirk.post("/wachttijden/ons/nieuw/", described()).status_code == 303
    row = CareProgramme.objects.get()
    assert (row.organisation, row.municipality, row.latitude) == (world.dimence, world.almelo, 52.35)
    assert row.service is not None
    assert row.service.name == "Angst, Dimence Groep"
    assert dirk.post("/wachttijden/ons/", filled(row)).status_code == 303
    where = f"/wachttijden/ons/{row.pk}/"
    assert 'value="angst-almelo"' in dirk.get(where).content.decode()
    assert dirk.post(where, described(name="Angst en stemming", cost="Eigen risico")).status_code == 303
    row.refresh_from_db()
    assert (row.name, row.cost) == ("Angst en stemming", "Eigen risico")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Vul dit in."),
        ({"municipality": ""}, "Kies de gemeente waar het is."),
        ({"min_age": "30", "max_age": "18"}, "Deze leeftijd ligt onder de eerste."),
        ({"desk": "Vraag naar mevrouw Jansen"}, "Noem een functie of een balie, geen mens."),
        ({"reference": "bezet"}, "Deze korte naam is al in gebruik."),
    ],
)
def test_a_programme_that_cannot_be_kept_says_why(
    world: World, dirk: Client, changed: dict[str, str], words: str
) -> None:
    make_programme(world.dimence, reference="bezet")
    answer = dirk.post("/wachttijden/ons/nieuw/", described(**changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert CareProgramme.objects.count() == 1


@pytest.mark.parametrize("who", ["other", "guide", "anonymous"])
def test_nobody_else_keeps_these_waits(world: World, who: str) -> None:
    programme = make_programme(world.dimence)
    key = ProviderKey.objects.create(
        organisation=world.dimence, name="EPD", key_hash="0" * 64, made_at=clock.now()
    )
    client = Client()
    if who == "other":
        client = signed_in(world.kade, "Kees", Role.ORGANISATION_ADMIN)
    elif who == "guide":
        client = signed_in(world.dimence, "Sanne", Role.GUIDE)
    paths = [f"/wachttijden/ons/{programme.pk}/stopt/", f"/wachttijden/ons/sleutel/{key.pk}/weg/"]
    paths += [f"/wachttijden/ons/{programme.pk}/"]
    assert [client.post(path).status_code for path in paths] in ([404] * 3, [302] * 3)
    client.post("/wachttijden/ons/", filled(programme))
    key.refresh_from_db()
    assert key.revoked_at is None
    assert not WaitReport.objects.exists()


# --- the link in the mail --------------------------------------------------------------


def ask(days: int = 0) -> int:
    return asking.ask_providers(now=clock.now() + timedelta(days=days))


def link() -> str:
    body = Message.objects.order_by("-created_at").values_list("body", flat=True)[0]
    (token,) = re.findall(r"/wachttijden/bijwerken/([0-9a-f]+)/", body)
    return f"/wachttijden/bijwerken/{token}/"


def test_a_provider_is_asked_when_a_figure_is_due_and_reminded_twice_at_most(world: World) -> None:
    make_report(make_programme(world.dimence))
    assert [ask(day) for day in (24, 25, 26, 31, 32, 39, 46, 53)] == [0, 1, 0, 0, 1, 1, 0, 0]
    assert UpdateRequest.objects.count() == 1


def test_the_mail_link_shows_the_last_figures_and_looking_changes_nothing(
    world: World, client: Client
) -> None:
    make_report(make_programme(world.dimence), 4, 9, reference_date=clock.today() - timedelta(days=40))
    ask()
    where = link()
    for _ in range(3):
        page = client.get(where).content.decode()
    client.head(where)
    assert 'value="4"' in page
    assert "Alles klopt nog" in page
    assert WaitReport.objects.count() == 1
    assert UpdateRequest.objects.get().answered_at is None


def test_the_link_works_once_and_a_double_click_is_safe(world: World, client: Client) -> None:
    programme = make_programme(world.dimence)
    make_report(programme, 4, 9, reference_date=clock.today() - timedelta(days=40))
    ask()
    where = link()
    answers = [client.post(where, {"alles": "klopt"}).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert WaitReport.objects.count() == 2
    assert client.post(where, filled(programme, intake_weeks="1")).status_code == 303
    assert WaitReport.objects.count() == 2
    assert "U hebt dit al nagekeken" in client.get(where).content.decode()
    row = queries.one(programme.pk, now=clock.now())
    assert row.claim is not None
    assert row.claim.how_words == "via de link in de mail"


def test_new_figures_by_the_link_and_a_mistake_leaves_the_link_good(world: World, client: Client) -> None:
    programme = make_programme(world.dimence)
    ask()
    where = link()
    wrong = client.post(where, filled(programme, intake_weeks="-3"))
    assert wrong.status_code == 422
    assert client.post(where, filled(programme, intake_weeks="2")).status_code == 303
    assert float(WaitReport.objects.get().intake_weeks or 0) == 2


def test_a_link_that_expired_or_was_never_given_leads_nowhere(world: World, client: Client) -> None:
    make_programme(world.dimence)
    ask(-31)
    assert client.get(link()).status_code == 404
    assert client.get("/wachttijden/bijwerken/niets/").status_code == 404

"""Doing a module: anyone reads, what a resident writes is hers alone, nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.accounts.tests.signing import enter
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.post.models import Message
from noaber.network.partners.factories import make_municipality, make_organisation, make_region, make_staff
from noaber.network.partners.models import Region
from noaber.network.residents.factories import make_help_request, make_resident
from noaber.network.residents.models import Resident
from noaber.offer.directory.models import Service
from noaber.offer.self_help import holdings, rules, services
from noaber.offer.self_help.factories import TEXT, make_module
from noaber.offer.self_help.models import DiaryEntry, Module, ModuleVersion, Reminder, StepWork
from noaber.offer.self_help.writing import read

pytestmark = pytest.mark.django_db
SECRET = "Ik lig wakker van de brief"
OPEN_STEP = "/zelfhulp/rustig-worden/stap/kijken/"
STEP = f"/mijn{OPEN_STEP}"
SCALE, OPEN = (block.key for block in read(TEXT)[0].steps[0].asked)
DIARY_SCALE, DIARY_OPEN = (block.key for block in read(TEXT)[0].diary)


@dataclass(slots=True)
class World:
    """A region with one module, two residents and its editor."""

    region: Region
    module: Module
    fatma: Resident
    cem: Resident
    editor: Account


@pytest.fixture
def world() -> World:
    region = make_region()
    town = make_municipality(region)
    bureau = make_organisation(region, "Netwerkbureau")
    people = [make_resident(town, name) for name in ("Fatma Yilmaz", "Cem Kaya")]
    for one in people:
        make_help_request(one)
    module = make_module(region)
    fatma, cem = people
    return World(region, module, fatma, cem, make_staff(bureau, "Anouk Meijer", Role.EDITOR))


def browser(person: Resident | Account) -> Client:
    client = Client()
    account = person.account if isinstance(person, Resident) else person
    assert account is not None
    enter(client, account)
    return client


def held(model: type[Model]) -> int:
    with gate.as_system("tellen in een test"):
        return model._default_manager.count()


def seen_in(page: str) -> str:
    """The moment of what stood in this page."""
    return page.split('name="gezien" value="')[1].split('"')[0]


def rewritten(world: World, text: str) -> None:
    """The editor shows another text."""
    editor = browser(world.editor)
    where = f"/kaart/zelfhulp/{world.module.pk}/"
    assert editor.post(where, {"text": text, "version": "1"}).status_code == 302
    assert editor.post(where + "tonen/").status_code == 302


def test_anyone_does_a_module_and_nothing_reaches_us(world: World) -> None:
    client = Client()
    assert "Rustig worden" in client.get("/zelfhulp/").content.decode()
    page = client.get(OPEN_STEP).content.decode()
    assert "Wij bewaren niets" in page
    assert client.post(OPEN_STEP, {OPEN: SECRET}).status_code == 405
    assert client.post(STEP, {OPEN: SECRET}).status_code == 302
    assert client.get("/mijn/zelfhulp/rustig-worden/dagboek/").status_code in {302, 404}
    assert held(StepWork) == 0


def test_a_step_is_kept_and_the_next_one_opens(world: World) -> None:
    client = browser(world.fatma)
    answer = client.post(STEP, {SCALE: "7", OPEN: SECRET, "gezien": "", "klaar": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/mijn/zelfhulp/rustig-worden/stap/doen/")
    page = client.get(STEP).content.decode()
    assert SECRET in page
    assert 'value="7" checked' in page
    assert "1 van 2" in client.get("/mijn/zelfhulp/").content.decode()
    assert SECRET not in client.get(OPEN_STEP).content.decode()


def test_what_she_wrote_is_hers_alone(world: World) -> None:
    browser(world.fatma).post(STEP, {OPEN: SECRET, "gezien": "", "klaar": "1"})
    for other in (world.cem, world.editor):
        for where in (STEP, OPEN_STEP):
            assert SECRET not in browser(other).get(where).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.scope', 'system', true)")
        cursor.execute("SELECT answers FROM self_help_stepwork")
        assert SECRET not in str(cursor.fetchall())
        cursor.execute("SELECT set_config('app.scope', '', true), set_config('app.resident', '', true)")
    assert (
        AuditEntry.objects.filter(event_type="self_help.keep_step", resident_id=world.fatma.pk).count() == 1
    )


def test_two_windows_lose_nothing(world: World) -> None:
    client = browser(world.fatma)
    client.post(STEP, {OPEN: "het eerste venster", "gezien": ""})
    answer = client.post(STEP, {OPEN: "het tweede venster", "gezien": ""})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "het eerste venster" in page
    assert "het tweede venster" in page
    assert client.post(STEP, {OPEN: "samen", "gezien": seen_in(page)}).status_code == 302


def test_an_answer_that_is_too_long_stays_in_the_page(world: World) -> None:
    long = "ik " * rules.LONGEST_ANSWER
    answer = browser(world.fatma).post(STEP, {OPEN: long, "gezien": ""})
    assert answer.status_code == 422
    assert long.strip() in answer.content.decode()
    assert held(StepWork) == 0


def test_a_diary_grows_by_the_day_and_an_empty_day_goes(world: World) -> None:
    client = browser(world.fatma)
    where, today = "/mijn/zelfhulp/rustig-worden/dagboek/", clock.today()
    for ago, points in ((2, "3"), (1, "5"), (0, "6")):
        day = today - timedelta(days=ago)
        assert client.post(where, {"dag": str(day), DIARY_SCALE: points}).status_code == 302
    page = client.get(where).content.decode()
    assert "van 0 tot 10" in page
    assert page.count("data-head") + page.count('scope="row"') >= 3
    other_window = client.post(where, {"dag": str(today), DIARY_OPEN: SECRET})
    assert other_window.status_code == 409
    assert SECRET in other_window.content.decode()
    assert "Er stond al" in other_window.content.decode()
    assert client.post(where, {"dag": str(today), "gezien": seen_in(page)}).status_code == 302
    assert held(DiaryEntry) == 2
    answer = client.post(where, {"dag": str(today + timedelta(days=3)), DIARY_OPEN: SECRET})
    assert answer.status_code == 422
    assert SECRET in answer.content.decode()


def test_a_reminder_comes_on_its_day_once_and_says_nothing(world: World) -> None:
    client = browser(world.fatma)
    today = clock.today()
    wanted = {"weekdays": [str(today.isoweekday())], "hour": "10", "until": str(today)}
    assert client.post("/mijn/zelfhulp/rustig-worden/herinnering/", wanted).status_code == 302
    with gate.as_system("een inwoner die mail wil"):
        Resident.objects.filter(pk=world.fatma.pk).update(email="fatma@voorbeeld.example")
        for hour in (9, 10, 11, 12):
            services.remind(now=clock.at(today, hour, 5))
    message = Message.objects.get(key__startswith="self-help:")
    assert "Rustig" not in message.subject + message.body
    assert client.post("/mijn/zelfhulp/rustig-worden/herinnering/", {"stop": "1"}).status_code == 302
    assert held(Reminder) == 0
    past = wanted | {"until": str(today - timedelta(days=1))}
    answer = client.post("/mijn/zelfhulp/rustig-worden/herinnering/", past)
    assert answer.status_code == 422
    assert "Kies een dag tussen" in answer.content.decode()


def test_a_stopped_reminder_holds_back_what_is_on_its_way(world: World) -> None:
    client, today = browser(world.fatma), clock.today()
    wanted = {"weekdays": [str(today.isoweekday())], "hour": "10", "until": str(today)}
    client.post("/mijn/zelfhulp/rustig-worden/herinnering/", wanted)
    with gate.as_system("vlak voor het versturen"):
        row = str(Reminder.objects.get().pk)
        assert services.reminder_stands(row)
    client.post("/mijn/zelfhulp/rustig-worden/herinnering/", {"stop": "1"})
    with gate.as_system("vlak voor het versturen"):
        assert not services.reminder_stands(row)


def test_she_throws_it_away_and_her_copy_holds_it_until_then(world: World) -> None:
    client = browser(world.fatma)
    client.post(STEP, {OPEN: SECRET, "gezien": ""})
    with gate.as_system("haar kopie"):
        assert SECRET in str(holdings._collect(world.fatma.pk))
    client.post("/mijn/zelfhulp/rustig-worden/weg/")
    assert held(StepWork) == 1
    client.post("/mijn/zelfhulp/rustig-worden/weg/", {"zeker": "1"})
    assert held(StepWork) == 0


def test_a_module_stands_on_the_sociale_kaart_and_leaves_it(world: World) -> None:
    assert world.module.service_id is not None
    entry = Service.objects.get(pk=world.module.service_id)
    assert (entry.kind, entry.mode, entry.starts_this_week) == ("digital", "online", True)
    editor = browser(world.editor)
    editor.post(f"/kaart/zelfhulp/{world.module.pk}/verbergen/")
    entry.refresh_from_db()
    assert entry.status == "defunct"
    assert Client().get("/zelfhulp/rustig-worden/").status_code == 404
    editor.post(f"/kaart/zelfhulp/{world.module.pk}/tonen/")
    entry.refresh_from_db()
    assert entry.status == "active"


def test_two_editors_on_one_module(world: World) -> None:
    editor = browser(world.editor)
    where = f"/kaart/zelfhulp/{world.module.pk}/"
    text = TEXT.format(title="Rustig worden")
    assert editor.post(where, {"text": text + "? Nog iets?\n", "version": "1"}).status_code == 302
    answer = editor.post(where, {"text": text + "? Iets anders?\n", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nog iets?" in page
    assert "Iets anders?" in page
    assert ModuleVersion.objects.filter(module=world.module).count() == 2
    assert "Nog iets?" not in Client().get(OPEN_STEP).content.decode()


def test_a_text_with_problems_is_kept_and_not_shown(world: World) -> None:
    editor = browser(world.editor)
    made = editor.post("/kaart/zelfhulp/nieuw/", {"text": "titel: Half\n"})["Location"]
    answer = editor.post(made + "tonen/", follow=True)
    assert "kan nog niet zichtbaar worden" in answer.content.decode()
    assert Client().get("/zelfhulp/half/").status_code == 404
    page = editor.post("/kaart/zelfhulp/kijken/", {"text": "titel: Half\n"}).content.decode()
    assert "Er is nog geen stap" in page


def test_the_starter_set_comes_once(world: World) -> None:
    editor = browser(world.editor)
    for _again in range(2):
        editor.post("/kaart/zelfhulp/startset/")
    assert Module.objects.filter(region=world.region).count() == 6


def test_an_editor_elsewhere_and_an_ex_editor_find_nothing(world: World) -> None:
    other = make_region("groningen", "Netwerk Groningen")
    away = make_staff(make_organisation(other, "Bureau Noord"), "Gerda Post", Role.EDITOR)
    guide = make_staff(make_organisation(world.region, "Dimence"), "Sanne Bos", Role.GUIDE)
    where = f"/kaart/zelfhulp/{world.module.pk}/"
    for someone in (away, guide):
        assert browser(someone).get(where).status_code == 404
        assert browser(someone).post(where, {"text": "x", "version": "1"}).status_code == 404
        assert browser(someone).post(where + "verbergen/").status_code == 404
    assert Client().get(where).status_code == 302
    assert browser(world.editor).get(f"/kaart/zelfhulp/{uuid4()}/").status_code == 404


def test_what_she_wrote_stays_when_the_editor_asks_something_else(world: World) -> None:
    client = browser(world.fatma)
    client.post(STEP, {OPEN: SECRET, "gezien": ""})
    text = TEXT.format(title="Rustig worden")
    rewritten(world, text.replace("? Wat merkt u?", "? Wat merkt u aan uw lijf?"))
    page = client.get(STEP).content.decode()
    assert "Wat u eerder schreef" in page
    assert SECRET in page
    client.post(STEP, {SCALE: "4", "gezien": seen_in(page)})
    assert SECRET in client.get(STEP).content.decode()


def test_what_she_wrote_stays_when_the_step_goes(world: World) -> None:
    client = browser(world.fatma)
    client.post(STEP, {OPEN: SECRET, "gezien": ""})
    rewritten(world, TEXT.format(title="Rustig worden").replace("== Kijken", "== Rondkijken"))
    assert client.get(STEP).status_code == 404
    assert SECRET in client.get("/mijn/zelfhulp/rustig-worden/").content.decode()


def test_a_withdrawn_module_stays_with_who_wrote_in_it(world: World) -> None:
    fatma, cem = browser(world.fatma), browser(world.cem)
    fatma.post(STEP, {OPEN: SECRET, "gezien": ""})
    browser(world.editor).post(f"/kaart/zelfhulp/{world.module.pk}/verbergen/")
    assert SECRET in fatma.get(STEP).content.decode()
    assert "Rustig worden" in fatma.get("/mijn/zelfhulp/").content.decode()
    assert cem.get(STEP).status_code == 404
    assert Client().get(OPEN_STEP).status_code == 404
    assert cem.post(STEP, {OPEN: "zij typte net", "gezien": ""}).status_code == 302, "typed work is kept"
    gone = fatma.post("/mijn/zelfhulp/rustig-worden/weg/", {"zeker": "1"})
    assert (gone.status_code, gone["Location"]) == (302, "/mijn/zelfhulp/")
    assert fatma.get(STEP).status_code == 404


def test_anyone_may_read_a_module_of_another_region_and_sees_that_of_the_own_first(world: World) -> None:
    other = make_region("achterhoek", "Aan de IJssel")
    make_municipality(other, "Zutphen")
    make_module(other, "Buiten zijn")
    for where in ("/zelfhulp/buiten-zijn/", "/zelfhulp/rustig-worden/"):
        assert Client().get(where).status_code == 200
    assert browser(world.fatma).get("/mijn/zelfhulp/buiten-zijn/").status_code == 404


def test_a_module_is_marked_dutch_in_another_language(world: World) -> None:
    page = Client().get(OPEN_STEP, headers={"Accept-Language": "tr"}).content.decode()
    assert '<html lang="tr"' in page
    assert '<h1 lang="nl">Kijken</h1>' in page
    dutch = Client().get(OPEN_STEP).content.decode()
    assert "alleen in het Nederlands" not in dutch

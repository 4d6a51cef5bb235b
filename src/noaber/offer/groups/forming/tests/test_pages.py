"""The pages of forming groups and of the report, as who may see them and who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.directory.hooks import lacking
from noaber.offer.groups import metrics_fit_gap
from noaber.offer.groups.forming import queries, services_file
from noaber.offer.groups.forming.tests.world import World, world
from noaber.offer.groups.models import Group
from noaber.offer.groups.models_forming import FitGapReport, FormingQuestion, GroupProposal, WaitingFor

__all__ = ["world"]


def count(model: Any, **filters: Any) -> int:
    with transaction.atomic(), gate.as_system("tellen in een proef"):
        return int(model.objects.filter(**filters).count())


def test_an_organiser_walks_from_the_board_to_a_started_group(world: World) -> None:
    world.enough()
    ruud = world.browser("ruud")
    board = ruud.get("/groepen/vormen/").content.decode()
    assert "6 mensen bij 4 organisaties wachten op dit" in board
    assert "D-0" not in board
    key = queries.chances(world.actor("ruud"), now=clock.now())[0].key
    page = ruud.get("/groepen/vormen/nieuw/", {"key": key})
    given = {name: field.value() or "" for name, field in _bound(page.context["form"])}
    given |= {"venue": "Het Trefpunt", "title": "Uit de put"}
    made = ruud.post("/groepen/vormen/nieuw/", given)
    assert made.status_code == 302, page.context["form"].errors
    again = ruud.post("/groepen/vormen/nieuw/", given)
    assert again.status_code == 302
    proposal = GroupProposal.objects.get()
    for who in ("dirk", "tara", "lotte", "henk"):
        browser = world.browser(who)
        asked = browser.get("/groepen/wachtend/").context["open"]
        for one in asked:
            assert browser.post(f"/groepen/wachtend/vraag/{one.id}/", {"answer": "yes"}).status_code == 302
    shown = ruud.get(f"/groepen/vormen/{proposal.pk}/").content.decode()
    assert "Start de groep" in shown
    assert ruud.post(f"/groepen/vormen/{proposal.pk}/start/").status_code == 302
    assert Group.objects.get().title == "Uit de put"
    assert "Gestart met 6 mensen" in ruud.get(f"/groepen/vormen/{proposal.pk}/").content.decode()


def _bound(form: Any) -> list[tuple[str, Any]]:
    return [(name, form[name]) for name in form.fields]


def test_what_was_typed_stays_when_a_proposal_is_refused(world: World) -> None:
    world.enough()
    ruud = world.browser("ruud")
    key = queries.chances(world.actor("ruud"), now=clock.now())[0].key
    page = ruud.get("/groepen/vormen/nieuw/", {"key": key})
    given = {name: field.value() or "" for name, field in _bound(page.context["form"])}
    answer = ruud.post("/groepen/vormen/nieuw/", given | {"venue": "", "title": "Mijn eigen naam"})
    assert answer.status_code == 422
    assert "Mijn eigen naam" in answer.content.decode()
    world.waits("tactus", 1, weeks=60)
    changed = ruud.post("/groepen/vormen/nieuw/", given | {"venue": "Hier", "title": "Mijn eigen naam"})
    assert changed.status_code == 422
    assert "Er staan nu andere mensen in deze groep" in changed.content.decode()
    retry = {name: field.value() or "" for name, field in _bound(changed.context["form"])}
    assert ruud.post("/groepen/vormen/nieuw/", retry).status_code == 302


def test_a_proposal_is_let_go_with_a_reason(world: World) -> None:
    world.enough()
    proposal = world.propose()
    ruud = world.browser("ruud")
    assert ruud.post(f"/groepen/vormen/{proposal}/stop/", {"because": ""}).status_code == 422
    assert ruud.post(f"/groepen/vormen/{proposal}/stop/", {"because": "Geen zaal."}).status_code == 302
    assert "Geen zaal." in ruud.get(f"/groepen/vormen/{proposal}/").content.decode()


def test_the_keeper_of_a_list_adds_and_withdraws_somebody(world: World) -> None:
    dirk = world.browser("dirk")
    page = dirk.get("/groepen/wachtend/nieuw/")
    given = {name: field.value() or "" for name, field in _bound(page.context["form"])}
    given |= {
        "organisation": str(world.homes["dimence"].pk),
        "reference": "D-77",
        "kind": "training",
        "theme": "sleep",
        "municipality": str(world.almelo.pk),
        "day_parts": ["mon_evening"],
        "age_band": "26_40",
    }
    wrong = dirk.post("/groepen/wachtend/nieuw/", given | {"reference": "06 12345678"})
    assert wrong.status_code == 422
    assert "06 12345678" in wrong.content.decode()
    for _twice in range(2):
        assert dirk.post("/groepen/wachtend/nieuw/", given).status_code == 302
    assert count(WaitingFor) == 1
    line = dirk.get("/groepen/wachtend/").context["lines"][0]
    assert dirk.get(f"/groepen/wachtend/{line.id}/weg/").status_code == 200
    assert dirk.post(f"/groepen/wachtend/{line.id}/weg/", {"because": "Begonnen"}).status_code == 302
    assert count(WaitingFor, state="withdrawn", reference="") == 1


def _file(world: World, text: str) -> Any:
    file = SimpleUploadedFile("lijst.csv", text.encode(), content_type="text/csv")
    return world.browser("dirk").post(
        "/groepen/wachtend/bestand/", {"organisation": str(world.homes["dimence"].pk), "file": file}
    )


def test_a_file_is_kept_whole_and_sent_twice_doubles_nobody(world: World) -> None:
    text = services_file.example(clock.today()).replace("7607", "")
    assert _file(world, text).status_code == 302
    assert _file(world, text).status_code == 302
    assert count(WaitingFor) == 1


def test_one_wrong_line_keeps_the_whole_file_out_and_says_which(world: World) -> None:
    text = services_file.example(clock.today()).replace("7607", "")
    second = text.splitlines()[1].replace("D-00001", "D-2").replace("Almelo", "Atlantis")
    third = text.splitlines()[1].replace("D-00001", "111222333")
    answer = _file(world, "\r\n".join([*text.splitlines(), second]))
    assert answer.status_code == 422
    assert [(f.line, f.column) for f in answer.context["faults"]] == [(3, "gemeente")]
    answer = _file(world, "\r\n".join([*text.splitlines(), third]))
    assert [(f.line, f.column) for f in answer.context["faults"]] == [(3, "kenmerk")]
    assert count(WaitingFor) == 0


@pytest.mark.parametrize(
    "text",
    ["", "\x00\x01", 'kenmerk;soort\n"open', "kenmerk;soort\na;b"],
    ids=["empty", "bytes", "quote", "short"],
)
def test_what_is_no_such_table_is_refused_in_words(world: World, text: str) -> None:
    assert _file(world, text).status_code == 422
    assert count(WaitingFor) == 0


ORGANISER_PAGES = ("/groepen/vormen/", "/groepen/vormen/nieuw/")
HOLDER_PAGES = ("/groepen/wachtend/", "/groepen/wachtend/nieuw/", "/groepen/wachtend/bestand/")
REPORT_PAGES = ("/groepen/aanbod/", "/groepen/aanbod/tabel/", "/groepen/aanbod/vastleggen/")


@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        ("dirk", ORGANISER_PAGES + REPORT_PAGES),
        ("ruud", (*HOLDER_PAGES, "/groepen/aanbod/gewenst/")),
        ("planner", ORGANISER_PAGES + HOLDER_PAGES + REPORT_PAGES),
        ("left_work", HOLDER_PAGES),
        ("joris", ORGANISER_PAGES + HOLDER_PAGES),
    ],
    ids=["holder", "organiser", "planner", "left", "manager"],
)
def test_who_has_no_business_there_gets_nothing(world: World, who: str, addresses: tuple[str, ...]) -> None:
    browser = world.browser(who)
    for address in addresses:
        assert browser.get(address).status_code in {403, 404, 302}, address


def test_the_report_shows_what_is_there_wanted_and_missing_and_is_frozen_for_good(world: World) -> None:
    world.enough()
    joris = world.browser("joris")
    wanted = {
        "once_key": "w",
        "municipality": str(world.almelo.pk),
        "kind": "",
        "number": "4",
        "from_on": clock.today().isoformat(),
        "reason": "Besluit van de stuurgroep",
    }
    assert joris.post("/groepen/aanbod/gewenst/", wanted).status_code == 302
    page = joris.get("/groepen/aanbod/")
    line = next(x for x in page.context["document"]["lines"] if x["key"] == "almelo")
    assert (line["present"], line["wanted"], line["missing"]) == (0, 4, 4)
    assert page.context["document"]["total"]["waiting"] == 6
    assert page.context["document"]["lacks"] == [{"theme": "Somber zijn", "people": 6}]
    given = {"once_key": "f", "function": "programmamanager", "remarks": "Almelo eerst."}
    for _twice in range(2):
        made = joris.post("/groepen/aanbod/vastleggen/", given)
        assert made.status_code == 302
    report = FitGapReport.objects.get()
    shown = joris.get(f"/groepen/aanbod/{report.pk}/").content.decode()
    assert "Dit rapport is niet veranderd" in shown
    assert "Almelo;0;0;4;4" in joris.get(f"/groepen/aanbod/{report.pk}/tabel/").content.decode()
    with pytest.raises(IntegrityError, match="a_frozen_report_stays"), transaction.atomic():
        FitGapReport.objects.update(remarks="Mooier.")
    day = clock.today()
    figure = metrics_fit_gap.reports(world.region.pk, day, day, clock.now())
    assert figure.value == 1.0
    assert len(metrics_fit_gap.report_items(world.region.pk, day, day, clock.now())) == 1


def test_a_small_number_of_people_hides_itself_in_the_report(world: World) -> None:
    world.waits("dimence", 3)
    document = world.browser("joris").get("/groepen/aanbod/").context["document"]
    assert document["total"]["waiting"] is None
    assert {line["waiting"] for line in document["lines"] if line["axis"] == "kind"} == {None}
    assert document["lacks"] == []
    assert lacking(world.region.pk, now=clock.now()) == ()


def test_a_theme_without_a_group_stands_on_the_list_of_gaps(world: World) -> None:
    world.enough()
    (lack,) = lacking(world.region.pk, now=clock.now())
    assert lack.what == "Somber zijn: 6 mensen wachten op een groep"
    assert lack.address == "/groepen/aanbod/"


def test_every_read_and_answer_leaves_no_question_behind_after_the_deadline(world: World) -> None:
    world.enough()
    proposal = world.propose()
    GroupProposal.objects.filter(pk=proposal).update(deadline=clock.today() - timedelta(days=1))
    with gate.as_system("kijken in een proef"):
        row = FormingQuestion.objects.filter(organisation=world.homes["dimence"]).first()
    assert row is not None
    late = world.browser("dirk").post(f"/groepen/wachtend/vraag/{row.pk}/", {"answer": "yes"})
    assert late.status_code == 409

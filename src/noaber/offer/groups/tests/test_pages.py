from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.post.models import Message
from noaber.offer.directory.hooks import Sought
from noaber.offer.groups import queries
from noaber.offer.groups.factories import make_enrolment, make_group, with_sessions
from noaber.offer.groups.models import (
    Attendance,
    Enrolment,
    Group,
    LeaderHours,
    Measure,
    ScaleDecision,
    Session,
)
from noaber.offer.groups.tests.world import OUTSIDERS, World, world

__all__ = ["world"]
Status = Enrolment.Status


def rows(world: World) -> list[Enrolment]:
    with gate.as_system("kijken in een proef"):
        return list(Enrolment.objects.select_related("resident").order_by("waits_since"))


def session_of_today(world: World) -> Session:
    """A session that goes on right now."""
    now = clock.now()
    row = Session.objects.filter(group=world.group).order_by("during")[2]
    row.during = (now - timedelta(minutes=30), now + timedelta(minutes=60))
    row.save(update_fields=["during"])
    return row


def test_anyone_sees_which_groups_take_people_and_no_person(world: World) -> None:
    make_enrolment(world.group)
    page = Client().get("/regio/twente/groepen/").content.decode()
    assert "Grip op slaap" in page
    assert "nog 5 plekken" in page
    assert "Greet" not in page
    one = Client().get(f"/groepen/{world.group.pk}/").content.decode()
    assert "Avedan" in one
    assert "Ixta Noa" in one
    assert "Greet" not in one
    assert "lotte" not in one.casefold(), "a leader stands there only when she agreed"


def test_a_proposed_group_is_not_there_yet(world: World) -> None:
    Group.objects.filter(pk=world.group.pk).update(state="proposed")
    assert "Grip op slaap" not in Client().get("/regio/twente/groepen/").content.decode()
    assert Client().get(f"/groepen/{world.group.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?soort=training", True),
        ("?soort=voorzorg", False),
        ("?gemeente=almelo", True),
        ("?zonder=on", False),
        ("?online=on", False),
        ("?gemeente=nergens&soort=x", False),
    ],
    ids=["kind", "other kind", "place", "by referral", "on a place", "nonsense shows all again"],
)
def test_the_catalogue_shows_what_was_asked(world: World, query: str, *, found: bool) -> None:
    Group.objects.filter(pk=world.group.pk).update(needs_referral=True)
    page = Client().get(f"/regio/twente/groepen/{query}").content.decode()
    assert ("Grip op slaap" in page) is (found or "nergens" in query)


def test_somebody_without_a_page_signs_up_and_a_leader_rings_her(world: World) -> None:
    client = Client()
    where = f"/groepen/{world.group.pk}/aanmelden/"
    sent = {"name": "Greet Kuipers", "phone": "06 0000 0044", "once_key": "k"}
    wrong = client.post(where, sent | {"phone": "12"})
    assert wrong.status_code == 422
    assert "Greet Kuipers" in wrong.content.decode(), "what was typed stays"
    done = client.post(where, sent)
    assert (done.status_code, done["Location"]) == (302, "/groepen/aangemeld/")
    assert client.post(where, sent).status_code == 302
    assert [row.status for row in rows(world)] == [Status.ASKED]
    seen = world.browser("lotte").get(f"/groepen/mijn/{world.group.pk}/").content.decode()
    assert "Greet Kuipers" in seen
    world.browser("lotte").post(f"/groepen/deelname/{rows(world)[0].pk}/", {"doe": "bevestig"})
    assert [row.status for row in rows(world)] == [Status.PLACED]


def test_a_program_that_fills_in_everything_is_thanked_and_kept_nowhere(world: World) -> None:
    sent = {"name": "Bot", "phone": "0600000044", "once_key": "k", "achternaam2": "x"}
    assert Client().post(f"/groepen/{world.group.pk}/aanmelden/", sent).status_code == 302
    assert rows(world) == []


def test_a_resident_presses_once_reads_where_she_stands_and_stops(world: World) -> None:
    fatma = world.browser("fatma")
    done = fatma.post(f"/groepen/{world.group.pk}/aanmelden/", {"once_key": "k", "shares_phone": "on"})
    assert (done.status_code, done["Location"]) == (302, "/mijn/groepen/")
    assert "U doet mee." in fatma.get("/mijn/groepen/").content.decode()
    row = rows(world)[0]
    assert fatma.get(f"/mijn/groepen/{row.pk}/stoppen/").status_code == 200
    assert fatma.post(f"/mijn/groepen/{row.pk}/stoppen/").status_code == 302
    assert rows(world)[0].status == Status.LEFT
    assert world.browser("mila").get(f"/mijn/groepen/{row.pk}/stoppen/").status_code == 404


def test_a_resident_answers_the_place_that_was_offered(world: World) -> None:
    row = make_enrolment(world.group, world.residents["fatma"], status=Status.OFFERED)
    fatma = world.browser("fatma")
    assert "Ja, ik doe mee" in fatma.get("/mijn/groepen/").content.decode()
    assert (
        world.browser("mila").post(f"/mijn/groepen/{row.pk}/antwoord/", {"antwoord": "ja"}).status_code == 404
    )
    assert fatma.post(f"/mijn/groepen/{row.pk}/antwoord/", {"antwoord": "ja"}).status_code == 302
    assert rows(world)[0].status == Status.PLACED


def test_a_leader_taps_who_is_here_and_it_is_kept_each_time(world: World) -> None:
    first = make_enrolment(world.group, world.residents["fatma"], placed_at=clock.now() - timedelta(days=9))
    second = make_enrolment(world.group, placed_at=clock.now() - timedelta(days=9))
    session = session_of_today(world)
    lotte = world.browser("lotte")
    where = f"/groepen/bijeenkomst/{session.pk}/"
    assert "Greet Kuipers" in lotte.get(where).content.decode()
    tap = lotte.post(where, {f"wie-{first.pk}": "present"}, headers={"X-Requested-With": "fetch"})
    assert tap.json() == {"noted": 1}
    lotte.post(where, {f"wie-{first.pk}": "present", f"wie-{second.pk}": "called"})
    world.browser("henk").post(where, {f"wie-{second.pk}": "absent", "wie-onzin": "present"})
    with gate.as_system("kijken in een proef"):
        kept = dict(Attendance.objects.values_list("enrolment_id", "state"))
    assert kept == {first.pk: "present", second.pk: "absent"}
    session.refresh_from_db()
    assert session.held_at is not None


def test_a_session_is_held_once_somebody_was_noted_and_not_before(world: World) -> None:
    row = make_enrolment(world.group, world.residents["fatma"], placed_at=clock.now() - timedelta(days=9))
    session = session_of_today(world)
    world.browser("lotte").post(f"/groepen/bijeenkomst/{session.pk}/", {f"wie-{row.pk}": "onzin"})
    session.refresh_from_db()
    assert session.held_at is None


def test_a_session_that_must_still_begin_has_no_attendance(world: World) -> None:
    row = make_enrolment(world.group, world.residents["fatma"])
    ahead = Session.objects.filter(group=world.group, during__startswith__gt=timezone.now()).last()
    assert ahead is not None
    sent = world.browser("lotte").post(f"/groepen/bijeenkomst/{ahead.pk}/", {f"wie-{row.pk}": "present"})
    assert sent.status_code == 302
    with gate.as_system("kijken in een proef"):
        assert not Attendance.objects.exists()


@pytest.mark.parametrize("who", [*OUTSIDERS, "joris", "ruud", "noor", "fatma", "mila"])
def test_nobody_else_sees_a_name_or_a_session(world: World, who: str) -> None:
    row = make_enrolment(world.group, world.residents["fatma"])
    session = session_of_today(world)
    browser = world.browser(who)
    for where in (
        f"/groepen/mijn/{world.group.pk}/",
        f"/groepen/bijeenkomst/{session.pk}/",
        f"/groepen/bijeenkomst/{session.pk}/afzeggen/",
        f"/groepen/deelname/{row.pk}/hoe-gaat-het/",
        f"/groepen/mijn/{world.group.pk}/uren/",
        f"/groepen/mijn/{world.group.pk}/terugkijken/",
    ):
        assert browser.get(where).status_code == 404, where
    for where in (f"/groepen/deelname/{row.pk}/", f"/groepen/bijeenkomst/{session.pk}/"):
        assert browser.post(where, {"doe": "stop", f"wie-{row.pk}": "absent"}).status_code == 404, where
    assert [one.status for one in rows(world)] == [Status.PLACED]


def test_each_resident_whose_name_a_leader_saw_reads_that_later(world: World) -> None:
    make_enrolment(world.group, world.residents["fatma"])
    page = world.browser("lotte").get(f"/groepen/mijn/{world.group.pk}/").content.decode()
    assert "Fatma" in page
    with gate.as_system("kijken in een proef"):
        seen = AuditEntry.objects.filter(event_type="groups.people")
        assert [row.resident_id for row in seen] == [world.residents["fatma"].pk]


def test_a_leader_notes_how_it_goes_hours_and_what_went_well(world: World) -> None:
    row = make_enrolment(world.group, world.residents["fatma"])
    lotte = world.browser("lotte")
    lotte.post(f"/groepen/deelname/{row.pk}/hoe-gaat-het/", {"start": "4", "end": ""})
    lotte.post(f"/groepen/deelname/{row.pk}/hoe-gaat-het/", {"start": "4", "end": "7"})
    today = clock.today().isoformat()
    hours = {"day": today, "hours": "2,5", "on": "session", "once_key": "h"}
    for _ in range(2):
        assert lotte.post(f"/groepen/mijn/{world.group.pk}/uren/", hours).status_code == 302
    told = {"held_on": today, "went_well": "Fijn samen.", "better": "Bel 06 1234 5678", "once_key": "e"}
    assert lotte.post(f"/groepen/mijn/{world.group.pk}/terugkijken/", told).status_code == 422
    with gate.as_system("kijken in een proef"):
        assert sorted(Measure.objects.values_list("moment", "score")) == [("end", 7), ("start", 4)]
    assert [float(one.hours) for one in LeaderHours.objects.all()] == [2.5]


def test_the_board_shows_figures_and_no_person_and_keeps_decisions(world: World) -> None:
    make_enrolment(world.group, world.residents["fatma"])
    for who in ("ruud", "joris"):
        page = world.browser(who).get("/groepen/bord/").content.decode()
        assert "Grip op slaap" in page
        assert "Fatma" not in page
    ruud = world.browser("ruud")
    where = f"/groepen/bord/{world.group.pk}/"
    assert "minder dan 5 mensen" in ruud.get(where).content.decode()
    sent = {
        "direction": "up",
        "because": "Er wachten meer mensen dan er plek is.",
        "by_function": "programmamanager",
        "decided_on": clock.today().isoformat(),
        "once_key": "d",
    }
    for _ in range(2):
        assert ruud.post(f"{where}besluit/", sent).status_code == 302
    assert ScaleDecision.objects.count() == 1
    assert "Er wachten meer mensen" in ruud.get(where).content.decode()


@pytest.mark.parametrize("who", ["lotte", "noor", "planner", "elsewhere", "fatma"])
def test_the_board_is_not_for_others(world: World, who: str) -> None:
    browser = world.browser(who)
    for where in (
        "/groepen/bord/",
        f"/groepen/bord/{world.group.pk}/",
        "/groepen/bord/uren/",
        "/groepen/bord/nieuw/",
    ):
        assert browser.get(where).status_code == 404, where


def test_who_steers_another_region_sees_none_of_these_groups(world: World) -> None:
    joke = world.browser("joke")
    assert "Grip op slaap" not in joke.get("/groepen/bord/").content.decode()
    assert joke.get(f"/groepen/bord/{world.group.pk}/").status_code == 404


def test_an_organiser_makes_a_group_with_leaders_and_sessions(world: World) -> None:
    ruud = world.browser("ruud")
    day = clock.today() + timedelta(days=7)
    sent = {
        "once_key": uuid4().hex,
        "title": "Wandelen in Almelo",
        "kind": "open",
        "state": "open",
        "organisation_id": str(world.ixta.pk),
        "domain": "social_domain",
        "form": "live",
        "starts_on": day.isoformat(),
        "ends_on": (day + timedelta(days=35)).isoformat(),
        "weekday": str(day.isoweekday()),
        "from_time": "10:00",
        "until_time": "11:30",
        "every_weeks": "1",
        "min_places": "3",
        "max_places": "8",
        "municipality_id": str(world.almelo.pk),
        "city": "Almelo",
        "join_while_running": "on",
    }
    made = ruud.post("/groepen/bord/nieuw/", sent)
    assert made.status_code == 302, made.content.decode()[-3000:]
    assert ruud.post("/groepen/bord/nieuw/", sent)["Location"] == made["Location"]
    group = Group.objects.get(title="Wandelen in Almelo")
    assert group.service_id is not None, "an open group is an entry in the directory"
    who = f"{world.people['henk'].pk}:{world.ixta.pk}"
    lead = {"who": who, "hours_per_week": "3", "from_on": clock.today().isoformat()}
    assert ruud.post(f"/groepen/bord/{group.pk}/begeleiders/", lead).status_code == 302
    assert ruud.post(f"/groepen/bord/{group.pk}/plannen/", {"doe": "plan"}).status_code == 302
    assert Session.objects.filter(group=group).count() >= 5
    assert "Wandelen in Almelo" in world.browser("henk").get("/groepen/mijn/").content.decode()
    changed = sent | {"title": "Samen wandelen", "version": "1", "once_key": "z"}
    assert ruud.post(f"/groepen/bord/{group.pk}/wijzigen/", changed).status_code == 302
    assert ruud.post(f"/groepen/bord/{group.pk}/wijzigen/", changed).status_code == 409


def test_hours_go_along_as_a_file(world: World) -> None:
    seat = world.group.leaders.filter(account=world.people["lotte"]).first()
    assert seat is not None
    LeaderHours.objects.create(leader=seat, day=clock.today(), hours=3, recorded_at=clock.now(), once_key="a")
    file = world.browser("ruud").get("/groepen/bord/uren/?als=csv")
    assert file["Content-Type"].startswith("text/csv")
    assert "Grip op slaap;Avedan;3,0" in file.content.decode()


def test_a_referrer_finds_a_group_and_signs_up_who_said_yes(world: World) -> None:
    noor = world.browser("noor")
    where = f"/groepen/plaatsen/{world.request.pk}/"
    assert "Grip op slaap" in noor.get(where).content.decode()
    one = f"{where}{world.group.pk}/"
    assert noor.post(one, {"once_key": "k"}).status_code == 422
    assert noor.post(one, {"once_key": "k", "agreed": "on"}).status_code == 302
    assert [row.status for row in rows(world)] == [Status.PLACED]
    for who in ("lotte", "planner", "fatma"):
        assert world.browser(who).get(where).status_code == 404, who


def test_what_starts_this_week_holds_groups_with_a_free_place_alone(world: World) -> None:
    def names() -> list[str]:
        return [one.name for one in queries.starting(Sought(world.region.pk), clock.now())]

    session_of_today(world)
    assert names() == ["Grip op slaap"]
    Group.objects.filter(pk=world.group.pk).update(min_places=1, max_places=1)
    make_enrolment(world.group, world.residents["fatma"])
    assert names() == []
    far = make_group(world.almelo, world.avedan, "Later", starts_on=clock.today() + timedelta(days=30))
    with_sessions(far)
    assert names() == []


def test_who_has_a_place_hears_that_a_session_is_called_off_and_not_of_which_group(world: World) -> None:
    with gate.as_system("proef"):
        session = Session.objects.filter(group=world.group, during__startswith__gt=clock.now()).earliest(
            "during"
        )
        person = world.residents["fatma"]
        person.email = "fatma@voorbeeld.example"
        person.save(update_fields=["email"])
    world.browser("fatma").post(
        f"/groepen/{world.group.pk}/aanmelden/", {"once_key": "k", "shares_phone": "on"}
    )
    where = f"/groepen/bijeenkomst/{session.pk}/afzeggen/"
    lotte = world.browser("lotte")
    for _twice in range(2):
        lotte.post(where, {"because": "ziek"})
    message = Message.objects.get(key__startswith="groups.called_off:")
    told = message.subject + message.body
    assert "gaat niet door" in told
    assert world.group.title not in told
    assert "ziek" not in told

"""At the edges: one person on two lists, a form pressed twice, a file with an endless number."""

from __future__ import annotations

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.network.residents.factories import make_resident
from noaber.offer.groups.forming import queries, services_file, services_starting
from noaber.offer.groups.forming.tests.world import World, new_proposal, world
from noaber.offer.groups.models import Enrolment
from noaber.offer.groups.models_forming import GroupProposal

__all__ = ["world"]


def test_somebody_on_two_lists_has_one_place_and_counts_once(world: World) -> None:
    fatma = make_resident(world.almelo, "Fatma Yilmaz")
    for home, number in (("dimence", 2), ("tactus", 1), ("avedan", 1), ("ixta", 1)):
        world.waits(home, number)
    for home in ("dimence", "tactus"):
        world.waits(home, weeks=30, resident_id=fatma.pk)
    proposal = world.propose()
    world.say(proposal, ["yes"] * 7)
    group = services_starting.start(actor=world.actor("ruud"), proposal_id=proposal, now=clock.now())
    with gate.as_system("kijken in een proef"):
        seats = Enrolment.objects.filter(group_id=group)
        assert (seats.count(), seats.filter(resident=fatma).count()) == (6, 1)


def test_a_proposal_that_was_pressed_twice_says_that_it_was_made(world: World) -> None:
    world.enough()
    actor = world.actor("ruud")
    new = new_proposal(queries.chances(actor, now=clock.now())[0], world.homes["dimence"].pk)
    sent = {
        "key": new.key,
        "seen": new.seen,
        "once_key": "pressed",
        "title": new.title,
        "venue": new.venue,
        "starts_on": new.starts_on.isoformat(),
        "from_time": "19:00",
        "minutes": "120",
        "sessions": "8",
        "deadline": new.deadline.isoformat(),
        "leaders": [str(one) for one in new.leader_ids],
        "carried_by": str(new.carried_by_id),
        "cost_by": "equal",
        "euros_per_hour": "75",
        "leader_hours": "3",
        "other_euros": "35",
    }
    browser = world.browser("ruud")
    first = browser.post("/groepen/vormen/nieuw/", sent)
    assert first.status_code == 302, first.content.decode()[-2000:]
    again = browser.post("/groepen/vormen/nieuw/", sent)
    assert again["Location"] == first["Location"] != "/groepen/vormen/"
    assert GroupProposal.objects.count() == 1


def test_a_file_with_an_endless_number_says_which_cell_is_wrong(world: World) -> None:
    good = services_file.example(clock.today())
    head, line = good.splitlines()[:2]
    text = "\n".join([head, line.replace(";15;", f";{'9' * 5000};")])
    assert "9999" in text
    found = services_file.take_file(
        actor=world.actor("dirk"),
        organisation_id=world.homes["dimence"].pk,
        content=text.encode(),
        now=clock.now(),
    )
    assert [fault.column for fault in found.faults] == ["kilometers"]

"""What went wrong at the edges: changing a group, one form sent for two people, a place that stayed empty."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.post.models import Message
from noaber.network.partners.factories import make_member
from noaber.offer.groups import holdings, seats, services, tasks
from noaber.offer.groups.factories import make_enrolment, make_group
from noaber.offer.groups.forms_leading import GroupForm
from noaber.offer.groups.models import CostShare, Enrolment, Group, LeaderHours, Session
from noaber.offer.groups.tests.test_places import _of, enrol, sign_up, small
from noaber.offer.groups.tests.world import World, world

__all__ = ["world"]
Status = Enrolment.Status


def form_of(group: Group, **more: str) -> dict[str, str]:
    """What the form of this group sends when nobody touched it."""
    sent = {name: value for name, value in GroupForm.of(group).items() if value not in (None, "", [], False)}
    for name in ("from_time", "until_time"):
        if name in sent:
            sent[name] = sent[name].strftime("%H:%M")
    return {**{name: str(value) for name, value in sent.items() if name != "terms"}, "once_key": "f", **more}


def save(world: World, group: Group, **more: str) -> int:
    answer = world.browser("ruud").post(f"/groepen/bord/{group.pk}/wijzigen/", form_of(group, **more))
    return answer.status_code


def test_what_the_form_does_not_ask_stays_as_it_was(world: World) -> None:
    kept = {"language": "ar", "min_age": 16, "max_age": 25, "latitude": 52.3, "longitude": 6.6}
    Group.objects.filter(pk=world.group.pk).update(**kept)
    world.group.refresh_from_db()
    assert save(world, world.group, title="Andere naam") == 302
    row = Group.objects.filter(pk=world.group.pk).values("title", *kept).get()
    assert row == {"title": "Andere naam", **kept}


@pytest.mark.parametrize("state", ["ended", "cancelled"])
def test_a_group_that_is_over_does_not_open_again_by_mending_its_text(world: World, state: str) -> None:
    services.set_state(group_id=world.group.pk, state=state, by_name="Ruud", now=clock.now())
    world.group.refresh_from_db()
    assert save(world, world.group, title="Andere naam", state="open") == 302
    world.group.refresh_from_db()
    assert (world.group.title, world.group.state) == ("Andere naam", state)


def test_times_that_run_backwards_are_refused_beside_the_field(world: World) -> None:
    times = {"weekday": "", "from_time": "20:00", "until_time": "19:00"}
    assert save(world, world.group, **times) == 422


def test_days_of_a_leader_that_run_backwards_are_refused(world: World) -> None:
    today = clock.today()
    sent = {
        "who": f"{world.people['other_group'].pk}:{world.avedan.pk}",
        "hours_per_week": "3",
        "from_on": today.isoformat(),
        "until_on": (today - timedelta(days=3)).isoformat(),
    }
    where = f"/groepen/bord/{world.group.pk}/begeleiders/"
    ruud = world.browser("ruud")
    assert ruud.post(where, sent).status_code == 422
    assert ruud.post(where, sent | {"until_on": today.isoformat()}).status_code == 422


def test_pressing_stop_for_who_stopped_long_ago_changes_nothing(world: World) -> None:
    long_ago = clock.today() - timedelta(days=30)
    seat = world.group.leaders.get(account=world.people["left_group"])
    seat.period = (seat.period.lower, long_ago)
    seat.save()
    services.end_leader(leader_id=seat.pk, until_on=clock.today(), now=clock.now())
    seat.refresh_from_db()
    assert seat.period.upper == long_ago


def test_a_form_that_was_sent_for_one_person_signs_up_the_next_one_too(world: World) -> None:
    where = f"/groepen/{world.group.pk}/aanmelden/"
    sent = {"name": "Greet", "phone": "06 0000 0044", "once_key": "same"}
    browser = Client()
    assert browser.post(where, sent).status_code == 302
    assert browser.post(where, sent).status_code == 302
    assert browser.post(where, sent | {"name": "Truus", "phone": "06 0000 0045"}).status_code == 302
    assert world.statuses() == [Status.ASKED, Status.ASKED]


def test_who_left_and_goes_back_to_the_form_joins_again(world: World) -> None:
    fatma = world.browser("fatma")
    where = f"/groepen/{world.group.pk}/aanmelden/"
    assert fatma.post(where, {"once_key": "same"}).status_code == 302
    services.withdraw(actor=world.actor("fatma"), enrolment_id=_of(world, "fatma").pk, now=clock.now())
    assert fatma.post(where, {"once_key": "same"}).status_code == 302
    assert world.statuses() == [Status.LEFT, Status.PLACED]


def test_when_who_came_first_does_not_fit_the_place_goes_to_who_waits(world: World) -> None:
    small(world)
    row = sign_up(world)
    assert row is not None
    assert enrol(world, "mila").status == Status.WAITING
    services.refuse(actor=world.actor("lotte"), enrolment_id=row.pk, now=clock.now())
    assert _of(world, "mila").status == Status.OFFERED


def test_who_came_first_without_a_page_is_not_passed_by_when_a_place_comes_free(world: World) -> None:
    small(world)
    enrol(world, "fatma")
    row = sign_up(world)
    assert row is not None
    enrol(world, "mila")
    services.withdraw(actor=world.actor("fatma"), enrolment_id=_of(world, "fatma").pk, now=clock.now())
    assert _of(world, "mila").status == Status.WAITING
    done = services.confirm(actor=world.actor("lotte"), enrolment_id=row.pk, now=clock.now())
    assert done.status == Status.PLACED


def test_more_places_go_to_who_waits(world: World) -> None:
    small(world)
    enrol(world, "fatma")
    enrol(world, "mila")
    world.group.refresh_from_db()
    assert save(world, world.group, max_places="2") == 302
    assert _of(world, "mila").status == Status.OFFERED


def test_one_group_that_fails_does_not_keep_the_places_of_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = clock.now() - timedelta(hours=1)
    groups = [world.group, make_group(world.almelo, world.avedan, "Rust")]
    groups.sort(key=lambda group: group.pk)
    rows = [make_enrolment(group, status=Status.OFFERED, offer_until=late) for group in groups]
    real = seats.run_out

    def broken(group: Group, **more: Any) -> object:
        if group.pk == groups[0].pk:
            raise RuntimeError("een rij die niet kan")
        return real(group, **more)

    monkeypatch.setattr(seats, "run_out", broken)
    with pytest.raises(RuntimeError):
        tasks.pass_on_offers(0)
    with gate.as_system("kijken in een proef"):
        after = [Enrolment.objects.get(pk=row.pk).status for row in rows]
    assert after == [Status.OFFERED, Status.EXPIRED]


def test_who_placed_somebody_does_not_come_on_the_pages_of_the_leaders(world: World) -> None:
    row = make_enrolment(world.group, world.residents["mila"], placed_by=world.practice)
    page = world.browser("noor").get(f"/groepen/deelname/{row.pk}/hoe-gaat-het/")
    assert page.status_code == 404
    assert "Mila" not in page.content.decode()


def test_who_takes_part_hears_that_the_group_stops_and_not_which(world: World) -> None:
    with gate.as_system("een inwoner die mail wil"):
        type(world.residents["mila"]).objects.filter(pk=world.residents["mila"].pk).update(
            email="mila@voorbeeld.example"
        )
    make_enrolment(world.group, world.residents["mila"])
    where = f"/groepen/bord/{world.group.pk}/plannen/"
    for _again in range(2):
        assert world.browser("ruud").post(where, {"doe": "cancelled"}).status_code == 302
    with gate.as_system("kijken in een proef"):
        sent = Message.objects.get(key__startswith="groups.called_off")
    assert "slaap" not in (sent.subject + sent.body).casefold()


def test_a_title_in_the_file_of_hours_is_no_formula_and_a_debt_stays_a_number(world: World) -> None:
    Group.objects.filter(pk=world.group.pk).update(title=" =HYPERLINK(1)")
    seat = world.group.leaders.get(account=world.people["lotte"])
    LeaderHours.objects.create(leader=seat, day=clock.today(), hours=3, recorded_at=clock.now(), once_key="a")
    CostShare.objects.create(group=world.group, organisation=world.ixta, percent=100)
    file = world.browser("ruud").get("/groepen/bord/uren/?als=csv").content.decode()
    assert file.startswith("\ufeff"), "a spreadsheet must read ë and ï"
    assert "' =HYPERLINK(1);Avedan;3,0;;-3,0;" in file


@pytest.mark.parametrize("home", ["practice", "avedan"])
def test_who_works_for_two_places_somebody_for_the_one_that_holds_the_request(
    world: World, home: str
) -> None:
    make_member(world.people["noor"], world.avedan, Role.GUIDE)
    holder = {"practice": world.practice, "avedan": world.avedan}[home]
    with gate.as_system("wie de vraag houdt, voor een proef"):
        type(world.request).objects.filter(pk=world.request.pk).update(holder_organisation=holder)
    row = services.place_by_referral(
        actor=world.actor("noor"),
        group_id=world.group.pk,
        help_request_id=world.request.pk,
        agreed=True,
        shares_phone=False,
        once_key="k",
        now=clock.now(),
    )
    assert row.placed_by_id == holder.pk


def test_after_another_day_the_group_meets_once_a_week_and_who_takes_part_hears_it(world: World) -> None:
    with gate.as_system("proef"):
        person = world.residents["fatma"]
        person.email = "fatma@voorbeeld.example"
        person.save(update_fields=["email"])
        enrol(world, "fatma")
        tomorrow = clock.at(clock.today() + timedelta(days=1), 0)
        ahead = Session.objects.filter(group=world.group, cancelled=False, during__startswith__gte=tomorrow)
        assert ahead.exists()
        assert world.group.weekday is not None
        other = world.group.weekday % 5 + 1
        Group.objects.filter(pk=world.group.pk).update(weekday=other)
        services.plan_sessions(group_id=world.group.pk, now=clock.now())
        days = {clock.day_of(row.during.lower).isoweekday() for row in ahead}
        again = services.plan_sessions(group_id=world.group.pk, now=clock.now())
    assert days == {other}
    assert again == 0
    assert Message.objects.filter(key__startswith="groups.called_off:").count() == 1


def test_another_hour_on_the_same_day_moves_what_is_ahead(world: World) -> None:
    with gate.as_system("proef"):
        tomorrow = clock.at(clock.today() + timedelta(days=1), 0)
        ahead = Session.objects.filter(group=world.group, cancelled=False, during__startswith__gte=tomorrow)
        before = ahead.count()
        Group.objects.filter(pk=world.group.pk).update(from_time=time(8, 0), until_time=time(9, 0))
        services.plan_sessions(group_id=world.group.pk, now=clock.now())
        hours = {row.during.lower.astimezone(clock.AMSTERDAM).hour for row in ahead}
    assert hours == {8}
    assert ahead.count() == before


def test_who_waits_hears_that_there_will_be_no_place_and_not_where(world: World) -> None:
    with gate.as_system("proef"):
        person = world.residents["mila"]
        person.email = "mila@voorbeeld.example"
        person.save(update_fields=["email"])
        make_enrolment(world.group, person, status=Status.WAITING)
    services.set_state(group_id=world.group.pk, state="cancelled", by_name="Ruud", now=clock.now())
    message = Message.objects.get(key__startswith="groups.list_ended:")
    assert world.group.title not in message.subject + message.body
    assert "waarop u wachtte" in message.body


def test_a_place_that_an_erasure_frees_is_offered_to_who_waits(world: World) -> None:
    small(world)
    with gate.as_system("proef"):
        make_enrolment(world.group, world.residents["fatma"])
        make_enrolment(world.group, world.residents["mila"], status=Status.WAITING)
        holdings._erase(world.residents["fatma"].pk, clock.now())
    assert world.statuses() == [Status.OFFERED]

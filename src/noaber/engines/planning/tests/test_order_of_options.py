"""Which table is proposed when several could sit at the same moment, in the order the README gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from noaber.engines.planning import (
    LIVED_EXPERIENCE,
    Candidate,
    Composition,
    Mode,
    Option,
    Penalty,
    Place,
    PlanAnswer,
    Problem,
    Requirement,
    Wish,
    earliest_fits,
)
from noaber.ground.intervals import Interval

MONDAY = datetime(2027, 7, 5, 6, tzinfo=UTC)
DUO_AND_MAYBE_A_THIRD = Composition(
    required=(
        Requirement("ggz", frozenset({"ggz"})),
        Requirement("beside", frozenset({"social_work", "peer"})),
    )
)


def hours(first: int, last: int) -> Interval:
    return Interval(MONDAY + timedelta(hours=first), MONDAY + timedelta(hours=last))


def person(
    name: str, domain: str, gender: str = "m", *, load: int = 0, free: Interval | None = None
) -> Candidate:
    flags = frozenset({LIVED_EXPERIENCE} if domain == "peer" else ())
    stretches = (free or hours(0, 4),)
    return Candidate(name, frozenset({domain}), stretches, flags, gender=gender, load=load)


def ask(
    *people: Candidate,
    wish: Wish | None = None,
    composition: Composition = DUO_AND_MAYBE_A_THIRD,
    rooms: tuple[Place, ...] = (),
) -> PlanAnswer:
    return earliest_fits(
        Problem(
            candidates=people,
            places=rooms,
            composition=composition,
            wish=wish or Wish(modes=(Mode.ONLINE,)),
            received_at=MONDAY,
            earliest=MONDAY,
            latest=MONDAY + timedelta(days=3),
        )
    )


def names(option: Option) -> list[str]:
    return [seat.candidate_id for seat in option.people]


def test_a_third_is_asked_to_bring_lived_experience() -> None:
    social_only = replace(
        DUO_AND_MAYBE_A_THIRD,
        required=(
            Requirement("ggz", frozenset({"ggz"})),
            Requirement("beside", frozenset({"social_work"})),
        ),
    )
    people = person("sanne", "ggz"), person("bram", "social_work"), person("henk", "peer")
    option = ask(*people, composition=social_only).options[0]
    assert names(option) == ["bram", "henk", "sanne"]
    assert option.penalties == ()


def test_a_third_is_asked_to_honour_the_wish_for_a_woman() -> None:
    people = person("sem", "ggz"), person("henk", "peer"), person("aleid", "social_work", "v")
    wish = Wish(modes=(Mode.ONLINE,), gender="v")
    option = ask(*people, wish=wish).options[0]
    assert names(option) == ["aleid", "henk", "sem"]
    assert option.penalties == ()


def test_lived_experience_goes_before_the_wished_gender() -> None:
    duo_only = replace(DUO_AND_MAYBE_A_THIRD, max_people=2)
    people = person("sem", "ggz"), person("henk", "peer"), person("aleid", "social_work", "v")
    option = ask(*people, wish=Wish(modes=(Mode.ONLINE,), gender="v"), composition=duo_only).options[0]
    assert names(option) == ["henk", "sem"]
    assert option.penalties == (Penalty.OTHER_GENDER,)


def test_two_people_are_asked_rather_than_three_even_when_they_carry_more() -> None:
    people = (
        person("sanne", "ggz", "v", load=9),
        person("sem", "ggz"),
        person("henk", "peer"),
        person("aleid", "social_work", "v"),
    )
    option = ask(*people, wish=Wish(modes=(Mode.ONLINE,), gender="v")).options[0]
    assert names(option) == ["henk", "sanne"]
    assert option.team_load == 9


def test_two_of_the_same_kind_must_be_free_at_the_same_time() -> None:
    two_of_ggz = Composition(min_domains=1, required=(Requirement("ggz", frozenset({"ggz"}), min_people=2),))
    apart = ask(
        person("a", "ggz", free=hours(0, 2)),
        person("b", "ggz", free=hours(2, 6)),
        person("c", "ggz", free=hours(4, 6)),
        composition=two_of_ggz,
    ).options[0]
    assert (apart.start, names(apart)) == (MONDAY + timedelta(hours=4), ["b", "c"])


def test_the_ideal_waits_for_the_mode_wished_first_in_the_own_municipality() -> None:
    rooms = (
        Place("far", "Enschede", (hours(1, 4),)),
        Place("near", "Almelo", (hours(2, 4),)),
    )
    wish = Wish(modes=(Mode.IN_PERSON, Mode.ONLINE), home_municipality="Almelo")
    people = person("sanne", "ggz"), person("henk", "peer")
    answer = ask(*people, wish=wish, rooms=rooms)
    assert (answer.options[0].start, answer.options[0].penalties) == (MONDAY, (Penalty.OTHER_MODE,))
    assert answer.earliest_ideal is not None
    assert (answer.earliest_ideal.start, answer.earliest_ideal.place_id) == (
        MONDAY + timedelta(hours=2),
        "near",
    )
    at_one = ask(*people, wish=replace(wish, modes=(Mode.IN_PERSON,)), rooms=rooms).options[0]
    assert (at_one.place_id, at_one.penalties) == ("far", (Penalty.OTHER_MUNICIPALITY,))
    refused = replace(wish, modes=(Mode.IN_PERSON,), municipalities=frozenset({"Almelo"}))
    assert ask(*people, wish=refused, rooms=rooms).options[0].place_id == "near"

"""What is not yours answers exactly as what does not exist, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from tests.security import oracle
from tests.security.test_every_address import ADDRESSES, Browsers, body_with_ids_of, values
from tests.security.visits import ANONYMOUS, HALFWAY, Visit, visit
from tests.security.world import World

_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[0-9A-Za-z]{64}')
_COOKIE = re.compile(r"csrftoken=[0-9A-Za-z]+|(?<=typend=)[^;]+|expires=[^;]+")
ABOUT_A_RESIDENT = sorted(name for name, e in oracle.EXPECTED.items() if e.about)
OF_AN_ORGANISATION = {
    "partners:end_role": "membership_id",
    "partners:certificate": "professional_id",
}


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


def essence(seen: Visit, asked: UUID) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """The answer without what differs at every visit: the token of forms, the sealed sign, the asked id."""
    body = _TOKEN.sub(rb"\1", seen.body).replace(str(asked).encode(), b"ID")
    headers = {
        name: _COOKIE.sub("", value).replace(str(asked), "ID")
        for name, value in seen.headers.items()
        if name != "Content-Length" or len(body) == len(seen.body)
    }
    return seen.status, body, tuple(sorted(headers.items()))


def strangers(name: str, person: str) -> Iterator[str]:
    """Some of every kind for whom this is not there."""
    everyone = ("piet", "gerda", "ilse", "tineke", "karel", "henk", "dirk", "joris", "olga", "fatma", "mila")
    for who in (ANONYMOUS, HALFWAY, *everyone):
        if not oracle.EXPECTED[name].may_open(who, person):
            yield who


@pytest.mark.parametrize("name", ABOUT_A_RESIDENT)
def test_an_id_of_another_answers_as_an_id_of_nobody(world: World, browsers: Browsers, name: str) -> None:
    expected = oracle.EXPECTED[name]
    for person in ("fatma", "cem"):
        filled = values(world, name, person)
        assert filled is not None
        hers = world.cases[person].id_of(expected.about)
        assert hers is not None
        nobody = uuid4()
        asked = [("GET", {}), ("POST", {}), ("POST", body_with_ids_of(world, "mila"))]
        for who in strangers(name, person):
            for method, data in asked if person == "fatma" else asked[:1]:
                answers = []
                for pk in (hers, nobody):
                    path = reverse(name, kwargs={**filled, f"{expected.about}_id": pk})
                    answers.append(essence(visit(browsers.of(who), method, path, data), pk))
                assert answers[0] == answers[1], f"{who} {method} {name} of {person}"


@pytest.mark.parametrize("name", sorted(OF_AN_ORGANISATION))
def test_an_id_of_another_organisation_answers_as_an_id_of_nobody(
    world: World, browsers: Browsers, name: str
) -> None:
    part = OF_AN_ORGANISATION[name]
    theirs = {
        "membership_id": world.memberships["bram"].pk,
        "professional_id": world.professionals["bram"].pk,
    }
    for who in ("dirk", "sanne", "bram", "fatma"):
        for method in ("GET", "POST"):
            answers = []
            for pk in (theirs[part], uuid4()):
                path = reverse(name, kwargs={part: pk})
                answers.append(essence(visit(browsers.of(who), method, path), pk))
            assert answers[0] == answers[1], f"{who} {method} {name}"
            assert answers[0][0] == 404


def test_a_page_that_never_was_looks_the_same(world: World, browsers: Browsers) -> None:
    for who in ("piet", "fatma", "joris"):
        case = reverse("conversations:case", kwargs={"help_request_id": world.cases["fatma"].help_request_id})
        forbidden, absent = (visit(browsers.of(who), "GET", path) for path in (case, "/nergens/te/vinden/"))
        assert forbidden.status == absent.status == 404
        assert _TOKEN.sub(b"", forbidden.body) == _TOKEN.sub(b"", absent.body), who


def test_another_spelling_of_an_id_or_a_path_opens_no_other_door(world: World, browsers: Browsers) -> None:
    pk = str(world.cases["fatma"].help_request_id)
    for path in (
        f"/planbord/{pk.upper()}/",
        f"/planbord/{pk.replace('-', '')}/",
        f"//planbord/{pk}/",
        f"/planbord/%2e%2e/planbord/{pk}/",
        f"/planbord/{pk}/?help_request_id={world.cases['cem'].help_request_id}",
        f"/PLANBORD/{pk}/",
    ):
        seen = visit(browsers.of("gerda"), "GET", path)
        assert seen.status in {301, 302, 404}, path
        assert seen.shown == frozenset(), path


def test_every_address_of_a_thing_is_swapped_here() -> None:
    things = {
        "help_request_id",
        "conversation_id",
        "referral_id",
        "look_id",
        "look_question_id",
        "web_id",
        "step_id",
        "relative_id",
        "question_id",
        "request_id",
        "statement_id",
    }
    assert {n for n, a in ADDRESSES.items() if things & set(a.varies)} == set(ABOUT_A_RESIDENT)

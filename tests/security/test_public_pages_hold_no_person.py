"""The sociale kaart is for anyone: none of its pages, and nothing that it gives away, holds a person.

Planted words stand wherever a person may stand: residents, colleagues, the owner's address, who looked, what
visitors wrote, who changed what.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from tests.security import addresses, canaries
from tests.security.moments import NOW, OFFER
from tests.security.test_every_address import values
from tests.security.visits import ANONYMOUS, Browsers, visit
from tests.security.world import World

from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import (
    CheckRequest,
    Confirmation,
    EntryChange,
    ErrorReport,
    Gap,
    Service,
)

PLANTED = ("kzqeigenaar", "kzqnakijker", "kzqmelder", "kzqredacteur", "kzqzoeker", "kzqantwoord")
ROOMS = ("directory:", "hsds:")
SEARCHES = (
    "",
    "?zoek=inloop",
    "?voor=jong",
    "?voor=professional",
    "?zoek=kzqmelder",
    "?waar=Almelo&afstand=5",
)
ENDED, MERGED = UUID(int=11), UUID(int=12)


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    """Windows that stay open between the pages."""
    return Browsers(standing_world)


@pytest.fixture
def planted(world: World) -> World:
    """Entries with a planted word in each field that may hold a person."""
    region = world.regions["twente"]
    make_service(region, "Inloop die stopte", pk=ENDED, status="defunct")
    make_service(region, "Inloop van toen", pk=MERGED, status="defunct", merged_into_id=OFFER)
    Service.objects.filter(region=region).update(
        owner_email="kzqeigenaar@voorbeeld.example", assured_by="Kzqnakijker", assured_on=NOW.date()
    )
    for pk in (OFFER, ENDED):
        ErrorReport.objects.create(service_id=pk, about="other", words="kzqmelder zegt dit", reported_at=NOW)
        Confirmation.objects.create(
            service_id=pk, kind="owner", on=NOW.date(), by="Kzqnakijker", reference="kzqnakijker"
        )
        CheckRequest.objects.create(
            service_id=pk,
            token_hash=f"{pk.hex}{pk.hex}",
            asked_at=NOW,
            expires_at=NOW + timedelta(days=30),
            answered_at=NOW,
            answer="changed",
            words="kzqantwoord",
        )
        EntryChange.objects.create(
            service_id=pk,
            version=1,
            at=NOW,
            origin="local",
            by="Kzqredacteur",
            fields={"name": "kzqredacteur"},
        )
    Gap.objects.create(
        region=region,
        kind="nothing",
        question="kzqzoeker",
        month=NOW.date().replace(day=1),
        note="kzqredacteur",
    )
    return world


def pages(world: World) -> Iterator[tuple[str, str]]:
    """Every public address of the sociale kaart, with the searches and the entries that end otherwise."""
    for name, kind in addresses.matrix().items():
        if kind == "public" and name.startswith(ROOMS):
            path = reverse(name, kwargs=values(world, name, None))
            yield name, path
            for query in SEARCHES[1:] if name == "directory:offers_of_region" else ():
                yield name, path + query
    for pk in (ENDED, MERGED):
        yield "directory:entry", reverse("directory:entry", args=[pk])
        yield "directory:report", reverse("directory:report", args=[pk])


def persons_in(body: bytes) -> frozenset[str]:
    """Planted words of this file, and of everyone of the cast."""
    return canaries.found_in(body) | {word for word in PLANTED if word.encode() in body.lower()}


@pytest.mark.parametrize("who", [ANONYMOUS, "fatma", "noor", "anouk"])
def test_no_public_page_of_the_directory_holds_a_person(planted: World, browsers: Browsers, who: str) -> None:
    opened = 0
    for name, path in pages(planted):
        seen = visit(browsers.of(who), "GET", path)
        assert seen.status in {200, 301, 302, 304, 404, 405, 410}, f"{name}: {seen.status}"
        opened += seen.status == 200
        body = seen.body.lower()
        if who != ANONYMOUS:  # her own name stands above the page
            body = body.replace(canaries.first_name(who).lower().encode(), b"")
            body = body.replace(canaries.last_name(who).lower().encode(), b"")
        if "kzqmelder" in path:  # what was asked in the address may stand in the field
            body = body.replace(b"kzqmelder", b"", body.count(b"kzqmelder"))
            assert b"kzqmelder zegt dit" not in seen.body.lower()
        assert persons_in(body) == frozenset(), f"{who} reads {name} at {path}"
    assert opened >= len(SEARCHES) + 3


def test_the_pages_do_show_the_entries_themselves(planted: World, browsers: Browsers) -> None:
    assert b"Inloop van de wereld" in visit(browsers.of(ANONYMOUS), "GET", "/regio/twente/aanbod/").body
    assert b"Inloop die stopte" in visit(browsers.of(ANONYMOUS), "GET", f"/aanbod/{ENDED}/").body
    assert visit(browsers.of(ANONYMOUS), "GET", f"/aanbod/{MERGED}/").status == 301


def test_a_planted_word_would_be_seen() -> None:
    assert persons_in(b"<p>Kzqnakijker</p>") == {"kzqnakijker"}
    assert persons_in(canaries.full_name("fatma").encode()) == {"fatma.name"}


def test_a_visitor_gets_no_cookie_by_looking(world: World, browsers: Browsers) -> None:
    for path in ("/aanbod/", "/aanbod/?zoek=inloop&waar=Almelo"):
        seen = visit(browsers.of(ANONYMOUS), "GET", path)
        assert "Set-Cookie" not in seen.headers, path
        assert seen.headers["Cache-Control"] == "no-store, private", path

"""Entries that may be one: found, merged field by field, or told apart for good."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from noaber.ground.errors import Conflict, Missing
from noaber.hallway.access.types import Actor, Grant, Kind, Role
from noaber.network.partners.factories import make_organisation, make_region, make_staff
from noaber.network.partners.models import Region
from noaber.offer.directory.models import Service
from noaber.offer.directory.queries import stays
from noaber.offer.sources import rules
from noaber.offer.sources.factories import make_source
from noaber.offer.sources.models import Difference, Duplicate, SourceEntry
from noaber.offer.sources.rules import Sketch, likeness, pairs
from noaber.offer.sources.services import decide
from noaber.offer.sources.services_duplicates import merge_pair, say_different
from noaber.offer.sources.tests.world import NOW, later, line, sent, table, twente

HERE, NEXT_DOOR, ELSEWHERE = (52.3567, 6.6625), (52.3568, 6.6626), (52.2215, 6.8937)


def editor_of(region: Region) -> Actor:
    office = region.organisations.first() or make_organisation(region, "Netwerkbureau")
    account = make_staff(office, f"Redacteur {region.slug}", Role.EDITOR)
    return Actor(
        kind=Kind.STAFF,
        account_id=account.pk,
        second_factor=True,
        grants=(Grant(Role.EDITOR, office.pk, region.pk),),
    )


def test_the_same_thing_under_two_spellings_is_a_pair() -> None:
    one = Sketch(
        "a", "Inloop De Brug", "Avedan", "almelo", "0546-000 111", "https://www.brug.example/", spot=HERE
    )
    other = Sketch(
        "b", "De Brug (inloop)", "Avedan", "almelo", "+31 546 000111", "http://brug.example", spot=NEXT_DOOR
    )
    like = likeness(one, other)
    assert like.score >= 95
    assert like.reasons == ("name", "phone", "site", "organisation", "place")


def test_one_house_with_many_things_makes_no_pairs() -> None:
    one, other = (
        Sketch(name, name, "Avedan", phone="0546-000111", site="https://avedan.example", spot=HERE)
        for name in ("Schilderen", "Wandelgroep")
    )
    assert likeness(one, other).score < rules.ASK_FROM


def test_the_same_name_in_two_towns_is_no_pair() -> None:
    one = Sketch("a", "Repair Café", municipality="almelo", spot=HERE)
    other = Sketch("b", "Repair Café", municipality="enschede", spot=ELSEWHERE)
    assert likeness(one, other).score < rules.ASK_FROM


def test_accents_and_order_do_not_matter_and_empty_names_never_match() -> None:
    assert rules.name_likeness("Café José", "jose cafe") == 1.0
    assert rules.name_likeness("", "") == 0.0
    assert rules.name_likeness("de van het", "bij de") == 0.0


def test_two_entries_of_one_source_are_never_a_pair() -> None:
    one, other = (Sketch(key, "Repair Café", municipality="almelo", source="buren") for key in "ab")
    assert pairs([one], [one, other]) == []


def test_five_thousand_entries_are_compared_in_a_moment() -> None:
    import time

    there = [Sketch(f"{n:05}", f"Koffiegroep {n}", phone=f"0546-{n:06}", spot=HERE) for n in range(5_000)]
    there += [Sketch("x", "Koffiegroep 77", phone="0546-000077", spot=HERE)]
    began = time.monotonic()
    assert pairs(there, there)[0][:2] == ("00077", "x")
    assert time.monotonic() - began < 20


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """Two maps that both know De Brug, each with something the other lacks."""
    region = twente()
    actor = editor_of(region)
    one, other = make_source(region, "buren"), make_source(region, "ons-twente", name="Ons Twente")
    sent(region, table(line(1, "Inloop De Brug", text="Koffie.", phone="0546-000111")), one)
    sent(region, table(line(9, "De Brug inloop", text="Koffie en praten.", phone="0546-000111")), other)
    (pair,) = Duplicate.objects.all()
    return {"region": region, "actor": actor, "one": one, "other": other, "pair": pair}


def merge(world: dict[str, Any], **take: str) -> Any:
    pair = Duplicate.objects.select_related("one", "other").get(pk=world["pair"].pk)
    versions = {str(one.pk): one.version for one in (pair.one, pair.other)}
    return merge_pair(
        actor=world["actor"], duplicate_id=pair.pk, take_from=take, versions=versions, now=later(1)
    )


def of(source: str) -> Service:
    return Service.objects.get(source=source)


def test_merged_field_by_field_and_neither_source_brings_the_other_back(world: dict[str, Any]) -> None:
    goes = max(Service.objects.all(), key=lambda row: row.pk)
    stayed = merge(world, text=str(goes.pk))
    row = Service.objects.get(pk=stayed)
    goes.refresh_from_db()
    assert row.description == goes.description
    assert row.origins["text"]["from"] == goes.source
    assert (goes.status, stays(goes.pk)) == ("defunct", stayed)
    assert set(SourceEntry.objects.values_list("service_id", flat=True)) == {stayed}
    for source, number, name in ((world["one"], 1, "Inloop De Brug"), (world["other"], 9, "De Brug inloop")):
        text = f"Nieuw van {source.slug}."
        sent(world["region"], table(line(number, name, text=text, phone="0546-000111")), source, now=later(2))
    row.refresh_from_db()
    assert Service.objects.filter(status="active").count() == 1
    assert row.description == f"Nieuw van {goes.source}.", "the field that was chosen follows its own source"
    assert Duplicate.objects.filter(state="open").count() == 0


def test_a_merged_entry_vanishes_only_when_both_sources_let_it_go(world: dict[str, Any]) -> None:
    stayed = merge(world)
    row = Service.objects.get(pk=stayed)
    owner, second = (
        (world["one"], world["other"]) if row.source == "buren" else (world["other"], world["one"])
    )
    others = table(line(50))
    for number, source in enumerate((owner, second)):
        source.refresh_from_db()
        sent(world["region"], others, source, now=later(3 + number), whole_list=True)
        row.refresh_from_db()
        if source == owner:
            assert row.status == "active"


def test_an_entry_of_our_own_stays_and_never_vanishes_with_the_source(world: dict[str, Any]) -> None:
    Duplicate.objects.all().delete()
    own = Service.objects.create(
        region=world["region"], name="Inloop de Brug", kind="group", phone="0546-000111"
    )
    again = table(line(1, "Inloop De Brug", phone="0546-000111", text="x"))
    sent(world["region"], again, world["one"])
    pair = next(one for one in Duplicate.objects.all() if own.pk in {one.one_id, one.other_id})
    assert merge(world | {"pair": pair}) == own.pk
    sent(world["region"], table(line(50)), world["one"], now=later(3), whole_list=True)
    own.refresh_from_db()
    assert own.status == "active"


def test_said_to_be_different_is_never_asked_again(world: dict[str, Any]) -> None:
    say_different(actor=world["actor"], duplicate_id=world["pair"].pk, now=later(1))
    text = table(line(9, "De Brug inloop", text="Weer anders.", phone="0546-000111"))
    sent(world["region"], text, world["other"], now=later(2))
    assert Duplicate.objects.get().state == "different"


def test_who_compared_an_older_text_is_asked_to_look_again(world: dict[str, Any]) -> None:
    versions = {str(row.pk): 0 for row in Service.objects.all()}
    with pytest.raises(Conflict, match="pair_changed_meanwhile"):
        merge_pair(
            actor=world["actor"], duplicate_id=world["pair"].pk, take_from={}, versions=versions, now=NOW
        )
    assert Service.objects.filter(status="active").count() == 2


def test_the_editor_of_another_region_finds_nothing(world: dict[str, Any]) -> None:
    stranger = editor_of(make_region("gelderland", "Gelderland"))
    with pytest.raises(Missing):
        merge(world | {"actor": stranger})
    with pytest.raises(Missing):
        say_different(actor=stranger, duplicate_id=world["pair"].pk, now=NOW)
    assert Duplicate.objects.get().state == "open"


@pytest.mark.django_db(transaction=True)
def test_two_editors_merge_the_same_pair_and_one_hears_it_was_done() -> None:
    region = twente()
    actor = editor_of(region)
    sent(region, table(line(1, "Inloop De Brug", phone="0546-000111")), make_source(region, "a"))
    sent(region, table(line(9, "De Brug inloop", phone="0546-000111")), make_source(region, "b"))
    pair = Duplicate.objects.get()
    versions = {str(row.pk): row.version for row in Service.objects.all()}
    start = Barrier(2)

    def one(_number: int) -> str:
        try:
            start.wait()
            merge_pair(actor=actor, duplicate_id=pair.pk, take_from={}, versions=versions, now=NOW)
        except Conflict as wrong:
            return wrong.code
        finally:
            connections.close_all()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(one, range(2)))
    connection.close()
    assert answers == ["decided_already", "merged"]
    assert Service.objects.filter(status="active").count() == 1


@pytest.fixture
def asked(world: dict[str, Any]) -> dict[str, Any]:
    """A text of ours that the source changed later."""
    Service.objects.filter(source="buren").update(
        description="Onze tekst.", origins={"text": {"from": "local"}}
    )
    text = table(line(1, "Inloop De Brug", text="Hun tekst.", phone="0546-000111"))
    sent(world["region"], text, world["one"], now=later(2))
    return world | {"difference": Difference.objects.get()}


@pytest.mark.parametrize(("theirs", "text"), [(True, "Hun tekst."), (False, "Onze tekst.")])
def test_an_editor_chooses_between_two_texts(asked: dict[str, Any], theirs: bool, text: str) -> None:
    decide(actor=asked["actor"], difference_id=asked["difference"].pk, take_theirs=theirs, now=later(3))
    assert of("buren").description == text
    with pytest.raises(Conflict):
        decide(actor=asked["actor"], difference_id=asked["difference"].pk, take_theirs=True, now=later(3))
    newest = table(line(1, "Inloop De Brug", text="Hun nieuwste.", phone="0546-000111"))
    sent(asked["region"], newest, asked["one"], now=later(4))
    assert of("buren").description == ("Hun nieuwste." if theirs else text)
    assert Difference.objects.filter(state="open").count() == (0 if theirs else 1)

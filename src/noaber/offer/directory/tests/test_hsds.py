"""An entry said in HSDS and taken in again is the same entry; what HSDS does not know travels along."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.ground.errors import Invalid
from noaber.offer.directory import checking, hsds, hsds_terms
from noaber.offer.directory.hsds import Around
from noaber.offer.directory.models import Place, Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord

AROUND = Around("Twente", {"almelo": "Almelo"})
WORDS = st.text(st.characters(exclude_categories=["C"]), max_size=60).map(str.strip)
HOURS = st.builds(
    ScheduleRecord,
    schedule_id=st.uuids(),
    weekdays=st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days))),
    every_weeks=st.integers(1, 8),
    opens_at=st.none() | st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0)),
    valid_from=st.none() | st.dates(),
    notes=WORDS,
)
PLACES = st.builds(
    PlaceRecord,
    place_id=st.uuids(),
    at_id=st.uuids(),
    type=st.sampled_from(Place.Type.values),
    name=WORDS,
    street=WORDS,
    postal_code=st.sampled_from(["", "7600 AA", "7511"]),
    city=WORDS,
    province=WORDS,
    municipality=st.sampled_from(["", "almelo"]),
    latitude=st.just(52.35),
    longitude=st.just(6.66),
    accessibility=WORDS,
    directions=WORDS,
    description=WORDS,
    schedules=st.lists(HOURS, max_size=2).map(tuple),
).filter(lambda p: bool(p.street or p.city or p.postal_code))
RECORDS = st.builds(
    ServiceRecord,
    service_id=st.uuids(),
    name=WORDS.filter(bool),
    kind=st.sampled_from(Service.Kind.values),
    mode=st.sampled_from(Service.Mode.values),
    status=st.sampled_from(Service.Status.values),
    organisation=WORDS.filter(lambda text: text and text != "Onbekend"),
    municipality=st.sampled_from(["", "almelo"]),
    alternate_name=WORDS,
    text=WORDS,
    text_young=WORDS,
    text_professional=WORDS,
    terms=st.sets(st.sampled_from(sorted(hsds_terms.codes()))).map(lambda codes: tuple(sorted(codes))),
    when=WORDS,
    cost=WORDS,
    cost_eur_cents=st.none() | st.integers(0, 10**7),
    phone=st.sampled_from(["", "088-0001234"]),
    email=st.sampled_from(["", "info@debrug.example"]),
    website=st.sampled_from(["", "https://debrug.example/inloop"]),
    languages=st.sets(st.sampled_from(["nl", "tr", "ar"])).map(lambda codes: tuple(sorted(codes))),
    min_age=st.none() | st.integers(0, 60),
    max_age=st.none() | st.integers(61, 120),
    needs_referral=st.booleans(),
    how_to_start=WORDS,
    starts_this_week=st.booleans(),
    alert=WORDS,
    assured_on=st.none() | st.dates(),
    assured_by=WORDS,
    places=st.lists(PLACES, max_size=2, unique_by=lambda p: p.place_id).map(tuple),
    schedules=st.lists(HOURS, max_size=2).map(tuple),
    extra=st.just({})
    | st.just({"wait_time": "3 weken", "phones": [{"id": str(UUID(int=9)), "number": "1"}]}),
    last_modified_at=st.just(datetime(2027, 6, 1, 8, tzinfo=UTC)),
)


@settings(max_examples=150, deadline=None)
@given(RECORDS, st.none() | st.tuples(st.integers(0, 9), st.dates()))
def test_there_and_back_is_the_same_entry(record: ServiceRecord, free: tuple[int, date] | None) -> None:
    if free:
        record = replace(record, free_places=free[0], free_places_on=free[1])
    if record.extra.get("phones") and not record.phone:
        record = replace(record, phone="088-0001234")
    said = json.loads(json.dumps(hsds.from_record(record, AROUND)))
    if record.assured_by != record.organisation:  # never given out: it might be the name of a colleague
        record = replace(record, assured_by="")
    back = hsds.to_record(said)
    assert replace(back, schedules=_sorted(back.schedules)) == replace(
        record, schedules=_sorted(record.schedules)
    )
    assert json.dumps(hsds.from_record(back, AROUND), sort_keys=True) == json.dumps(said, sort_keys=True)


def _sorted(rows: tuple[ScheduleRecord, ...]) -> tuple[ScheduleRecord, ...]:
    return tuple(sorted(rows, key=lambda row: str(row.schedule_id)))


THEIRS = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Praatuur",
    "status": "active",
    "organization": {
        "id": str(uuid4()),
        "name": "Buurthuis",
        "description": "Een huis",
        "website": "https://b.example",
    },
    "contacts": [{"id": str(uuid4()), "name": "KANARIE Jansen", "email": "kanarie@b.example"}],
    "assurer_email": "kanarie@b.example",
    "phones": [{"id": str(uuid4()), "number": "053-0001111"}, {"id": str(uuid4()), "number": "053-0002222"}],
    "schedules": [{"id": str(uuid4()), "freq": "MONTHLY", "byday": "2TU", "opens_at": "10:00:00Z"}],
    "service_at_locations": [
        {
            "id": str(uuid4()),
            "contacts": [{"id": str(uuid4()), "name": "KANARIE Jansen"}],
            "location": {
                "id": str(uuid4()),
                "location_type": "physical",
                "contacts": [{"id": str(uuid4()), "name": "KANARIE Jansen"}],
                "addresses": [{"id": str(uuid4()), "address_1": "Straat 1", "city": "Almelo"}],
            },
        }
    ],
    "attributes": [
        {"id": str(uuid4()), "taxonomy_term": {"id": str(uuid4()), "name": "Iets", "description": "x"}}
    ],
    "interpretation_services": "Tolk Pools",
    "program": {"id": str(uuid4()), "name": "P", "description": "P"},
}


def test_an_entry_of_another_keeps_what_we_do_not_know_but_no_people() -> None:
    record = hsds.to_record(THEIRS, source="buren")
    assert (record.service_id, record.source_key) == (None, THEIRS["id"])
    assert record.schedules[0].weekdays == ()
    assert record.schedules[0].extra["byday"] == "2TU"
    said = hsds.from_record(replace(record, service_id=uuid4()), AROUND)
    assert [row["number"] for row in said["phones"]] == ["053-0001111", "053-0002222"]
    assert said["interpretation_services"] == "Tolk Pools"
    assert said["organization"]["website"] == "https://b.example"
    assert any(row["taxonomy_term"]["name"] == "Iets" for row in said["attributes"])
    assert "anarie" not in json.dumps(said).casefold()
    assert checking.check(record) == {}


def test_the_same_entry_of_two_maps_gives_ids_that_do_not_meet() -> None:
    one, other = (hsds.to_record(THEIRS, source=source) for source in ("buren", "stad"))
    assert one.places[0].place_id != other.places[0].place_id
    assert hsds.to_record(THEIRS, source="buren") == one


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"id": "7"}, "id"),
        ({"name": 12}, "name"),
        ({"minimum_age": "twaalf"}, "minimum_age"),
        ({"minimum_age": float("nan")}, "minimum_age"),
        ({"assured_date": "gisteren"}, "assured_date"),
        ({"phones": "053"}, "phones"),
        ({"phones": ["053"]}, "phones[0]."),
        ({"schedules": [{"id": str(uuid4()), "byday": "MA", "freq": "WEEKLY"}]}, "schedules[0].byday"),
        ({"schedules": [{"id": str(uuid4()), "byday": "MO", "opens_at": "25:00"}]}, "schedules[0].opens_at"),
    ],
)
def test_another_shape_says_where(change: dict[str, object], where: str) -> None:
    with pytest.raises(Invalid) as caught:
        hsds.to_record({**THEIRS, **change}, source="buren")
    assert list(caught.value.fields) == [where]


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda s: st.lists(s) | st.dictionaries(st.text(), s),
    )
)
def test_any_json_is_taken_or_refused(entry: object) -> None:
    with pytest.raises(Invalid):
        hsds.to_record(entry)


def test_a_term_has_one_id_and_one_list() -> None:
    assert len(hsds_terms.terms()) == len({(t.taxonomy, t.code) for t in hsds_terms.terms().values()})
    assert time(10).isoformat() == "10:00:00"

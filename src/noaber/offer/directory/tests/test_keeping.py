"""An entry is kept whole: twice is once, two editors never overwrite each other, fields know their origin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.ground.errors import Conflict, Invalid, Missing
from noaber.network.partners.factories import make_municipality, make_region
from noaber.network.partners.models import Region
from noaber.offer.directory import checking, queries, services
from noaber.offer.directory.models import Confirmation, Place, Schedule, Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord
from noaber.pathways.conversations.tests.pages import NOW

pytestmark = pytest.mark.django_db

TUESDAY = ScheduleRecord(weekdays=(2,), opens_at=time(10), closes_at=time(12))
HALL = PlaceRecord(name="De Brug", street="Brugstraat 1", city="Almelo", latitude=52.35, longitude=6.66)
WHOLE = ServiceRecord(
    name="Inloop De Brug",
    kind="social_basis",
    organisation="Stichting De Brug",
    municipality="almelo",
    text="Koffie en praten.",
    terms=("loneliness", "walk_in"),
    languages=("nl", "tr"),
    phone="088-0001234",
    website="https://debrug.example",
    places=(replace(HALL, schedules=(TUESDAY,)),),
    schedules=(ScheduleRecord(notes="Niet in de zomer"),),
    extra={"program": {"id": "x"}},
)


@pytest.fixture
def region() -> Region:
    region = make_region()
    make_municipality(region, "Almelo")
    return region


def keep(region: Region, record: ServiceRecord, **more: Any) -> tuple[UUID, list[str]]:
    return services.keep_record(region_id=region.pk, record=record, now=NOW, **more)


def test_what_was_kept_comes_back_whole_and_twice_is_once(region: Region) -> None:
    pk, _ = keep(region, WHOLE)
    found = queries.record(region.pk, pk)
    again, changed = keep(region, replace(WHOLE, phone=" 088-0001234 "))
    assert (again, changed) == (pk, [])
    assert found.places[0].schedules[0].weekdays == (2,)
    assert found.schedules[0].notes == "Niet in de zomer"
    assert found.extra == {"program": {"id": "x"}}
    assert queries.record(region.pk, pk) == found
    assert (Service.objects.count(), Place.objects.count(), Schedule.objects.count()) == (1, 1, 2)
    assert keep(region, found) == (pk, [])


def test_two_editors_never_overwrite_each_other(region: Region) -> None:
    pk, _ = keep(region, WHOLE)
    read = queries.record(region.pk, pk)
    keep(region, replace(read, text="Van de eerste."))
    with pytest.raises(Conflict) as caught:
        keep(region, replace(read, text="Van de tweede."))
    assert caught.value.code == "entry_changed_meanwhile"
    assert queries.record(region.pk, pk).text == "Van de eerste."


def test_a_field_knows_where_it_came_from_and_a_kept_one_stays(region: Region) -> None:
    theirs = replace(WHOLE, source="kaart", source_key="7", municipality="")
    pk, _ = keep(region, theirs, origin="kaart")
    ours = queries.record(region.pk, pk)
    keep(region, replace(ours, phone="053-0001111"))
    row = Service.objects.get(pk=pk)
    assert row.origins["phone"]["from"] == "local"
    assert row.origins["text"]["from"] == "kaart"
    _, changed = keep(
        region, replace(theirs, text="Nieuw bij de bron."), origin="kaart", keep=frozenset({"phone"})
    )
    assert changed == ["text"]
    assert queries.record(region.pk, pk).phone == "053-0001111"


def test_revisions_rise_with_every_change_and_only_then(region: Region) -> None:
    pk, _ = keep(region, WHOLE)
    first = queries.revision(region.pk)
    keep(region, WHOLE)
    assert queries.revision(region.pk) == first
    services.confirm(service_id=pk, on=date(2027, 6, 1), now=NOW)
    services.end_service(service_id=pk, now=NOW)
    assert queries.revision(region.pk) == first + 2
    assert [r.status for r in queries.records(region.pk, since_revision=first, living=False)] == ["defunct"]


def test_one_happening_confirms_once_and_an_older_one_changes_no_day(region: Region) -> None:
    pk, _ = keep(region, WHOLE)
    for on in (date(2027, 6, 1), date(2027, 6, 1), date(2027, 1, 1)):
        services.confirm(service_id=pk, on=on, now=NOW, by="Stichting De Brug")
    assert Confirmation.objects.count() == 2
    assert Service.objects.get().assured_on == date(2027, 6, 1)


def test_what_was_merged_is_found_as_what_stayed(region: Region) -> None:
    stays, _ = keep(region, WHOLE)
    goes, _ = keep(region, replace(WHOLE, name="Inloop Brug"))
    services.merge(stays_id=stays, goes_id=goes, now=NOW)
    assert queries.one(region.pk, goes).service_id == stays
    assert [r.service_id for r in queries.records(region.pk)] == [stays]


def test_an_entry_of_another_region_is_not_there(region: Region) -> None:
    pk, _ = keep(region, WHOLE)
    other = make_region(slug="groningen", name="Groningen")
    with pytest.raises(Missing):
        queries.record(other.pk, pk)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("name", {"name": "  "}),
    ("name", {"name": "x" * 201}),
    ("kind", {"kind": "wonder"}),
    ("website", {"website": "javascript:alert(1)"}),
    ("phone", {"phone": "bel mij"}),
    ("email", {"email": "geen adres"}),
    ("max_age", {"min_age": 30, "max_age": 20}),
    ("free_places", {"free_places": 3}),
    ("free_places", {"free_places": -1, "free_places_on": date(2027, 6, 1)}),
    ("cost_eur_cents", {"cost_eur_cents": -1}),
    ("languages", {"languages": ("Nederlands",)}),
    ("places", {"places": (replace(HALL, latitude=None),)}),
    ("places", {"places": (replace(HALL, latitude=float("nan")),)}),
    ("places", {"places": (replace(HALL, postal_code="0000 aa"),)}),
    ("schedules", {"schedules": (ScheduleRecord(opens_at=time(12), closes_at=time(10)),)}),
    ("schedules", {"schedules": (ScheduleRecord(weekdays=(8,)),)}),
    ("text", {"text": "nul\x00"}),
]


@pytest.mark.parametrize(("field", "change"), WRONG)
def test_what_cannot_be_kept_says_why_and_changes_nothing(
    region: Region, field: str, change: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as caught:
        keep(region, replace(WHOLE, **change))
    assert set(caught.value.fields) == {field}
    assert Service.objects.count() == 0


@settings(max_examples=40)
@given(
    st.builds(
        ServiceRecord, name=st.text(max_size=210), kind=st.sampled_from(["group", "nee"]), when=st.text()
    )
)
def test_any_text_is_either_kept_or_explained(record: ServiceRecord) -> None:
    assert all(isinstance(words, str) and words for words in checking.check(record).values())

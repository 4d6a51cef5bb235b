"""Many new entries at once are kept exactly as one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import IntegrityError

from noaber.ground.errors import Invalid
from noaber.network.partners.factories import make_municipality, make_region
from noaber.offer.directory import queries, services, services_bulk
from noaber.offer.directory.models import Confirmation, Place, Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord

NOW = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
RICH = ServiceRecord(
    name="Inloop De Brug ",
    kind="group",
    text="Koffie.",
    organisation="'t Vuurtje",
    municipality="almelo",
    languages=("tr", "nl", "nl"),
    phone="0546-000111",
    source="buren",
    source_key="1",
    source_url="https://buren.example/1",
    assured_on=date(2027, 6, 1),
    assured_by="Kaart van de buren",
    places=(
        PlaceRecord(
            name="Wijkhuis",
            postal_code="7607 aa",
            city="Almelo",
            municipality="almelo",
            schedules=(ScheduleRecord(weekdays=(3, 1), opens_at=time(10), closes_at=time(12)),),
        ),
    ),
    schedules=(ScheduleRecord(notes="Niet in augustus."),),
    extra={"fees": "geen"},
)
BY_CHANCE = {"id", "source_key", "revision", "name"}


def plain(row: Service) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in BY_CHANCE}


@pytest.mark.django_db
def test_kept_together_is_kept_as_one_by_one() -> None:
    region = make_region()
    make_municipality(region, "Almelo")
    (together,) = services_bulk.add_records(region_id=region.pk, records=[RICH], now=NOW, origin="buren")
    alone, _ = services.keep_record(
        region_id=region.pk, record=replace(RICH, source_key="2"), now=NOW, origin="buren"
    )
    first, second = Service.objects.get(pk=together), Service.objects.get(pk=alone)
    assert plain(first) == plain(second)
    records = [queries.record(region.pk, pk) for pk in (together, alone)]
    assert queries.tracked_of(records[0]) == queries.tracked_of(records[1])
    said = [list(row.confirmations.values("kind", "on", "by", "reference")) for row in (first, second)]
    assert said[0] == said[1]


@pytest.mark.django_db
def test_one_that_cannot_be_kept_keeps_all_out() -> None:
    region = make_region()
    good, bad = (
        ServiceRecord(name=name, kind="group", source="b", source_key=name or "x") for name in ("A", "")
    )
    with pytest.raises(Invalid):
        services_bulk.add_records(region_id=region.pk, records=[good, bad], now=NOW, origin="b")
    twice = [good, replace(good, text="Nog eens.")]
    with pytest.raises(IntegrityError):
        services_bulk.add_records(region_id=region.pk, records=twice, now=NOW, origin="b")
    assert not Service.objects.exists()
    assert not Place.objects.exists()
    assert not Confirmation.objects.exists()


@pytest.mark.django_db
def test_the_number_of_the_region_rises_once_and_the_search_sees_them_all() -> None:
    region = make_region()
    records = [
        ServiceRecord(name=f"Koor {n}", kind="group", source="b", source_key=str(n)) for n in range(20)
    ]
    before = queries.revision(region.pk)
    services_bulk.add_records(region_id=region.pk, records=records, now=NOW, origin="b")
    assert queries.revision(region.pk) == before + 1
    assert len(list(queries.records(region.pk, since_revision=before))) == 20

"""What goes out comes back in the same, for a table and for HSDS; and nothing in it runs."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from noaber.network.partners.factories import make_organisation, make_region
from noaber.network.partners.models import Region
from noaber.offer.directory import services as keeping
from noaber.offer.directory.models import Place, Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord
from noaber.offer.sources import queries_export
from noaber.offer.sources.factories import make_source
from noaber.offer.sources.models import SourceRun
from noaber.offer.sources.tests.world import NOW, line, sent, table, twente

RICH = ServiceRecord(
    name='=HYPERLINK("http://x.example")',
    kind="group",
    text="Regel een;\r\nregel \"twee\", met 'aanhaling'.",
    text_young="Voor jou.",
    organisation="'t Vuurtje",
    municipality="almelo",
    terms=(),
    mode="hybrid",
    cost="Gratis",
    cost_eur_cents=250,
    phone="+31 53 000 0000",
    email="post@vuurtje.example",
    website="https://vuurtje.example/pad?x=1&y=2",
    languages=("nl", "tr"),
    min_age=18,
    max_age=99,
    needs_referral=True,
    free_places=3,
    free_places_on=date(2027, 6, 1),
    alert="@let op",
    assured_on=date(2027, 5, 1),
    assured_by="'t Vuurtje",
    places=(
        PlaceRecord(
            name="Wijkhuis",
            street="Kerkstraat 1",
            postal_code="7607 AA",
            city="Almelo",
            municipality="almelo",
            latitude=52.3567,
            longitude=6.6625,
            schedules=(ScheduleRecord(weekdays=(1, 3), opens_at=time(10), closes_at=time(12, 30)),),
            extra={"url": "https://plek.example"},
        ),
    ),
    schedules=(ScheduleRecord(valid_from=date(2027, 9, 1), notes="In de vakantie niet."),),
    extra={"interpretation_services": "ja", "fees": "geen"},
)


@pytest.fixture
def region(db: None) -> Region:
    region = twente()
    partner = make_organisation(region, "Avedan")
    for number in range(8):
        plain = ServiceRecord(
            name=f"Inloop {number}",
            kind="social_basis",
            organisation_id=partner.pk,
            municipality="enschede" if number % 2 else "",
            when="Dinsdag",
        )
        keeping.keep_record(region_id=region.pk, record=plain, now=NOW)
    keeping.keep_record(region_id=region.pk, record=RICH, now=NOW)
    sent(region, table(line(1), line(2)), make_source(region))
    ended = Service.objects.get(name="Inloop 3")
    keeping.end_service(service_id=ended.pk, now=NOW)
    return region


def out(region: Region, form: str) -> bytes:
    records = queries_export.whole(region.pk)
    lines = (
        queries_export.csv_lines(records) if form == "csv" else queries_export.hsds_lines(region.pk, records)
    )
    return "".join(lines).encode()


@pytest.mark.parametrize("form", ["csv", "hsds"])
def test_out_and_in_and_out_is_the_same_to_the_byte(region: Region, form: str) -> None:
    first = out(region, form)
    assert first.count(b"Inloop") >= 8
    again = sent(region, first)
    assert (again.state, again.faults) == (SourceRun.State.NOTHING, [])
    assert out(region, form) == first
    Service.objects.all().delete()
    Place.objects.all().delete()
    fresh = sent(region, first)
    assert (fresh.state, fresh.new) == (SourceRun.State.DONE, 11)
    assert out(region, form) == first


@pytest.mark.parametrize("form", ["csv", "hsds"])
def test_both_forms_hold_the_same_entries(region: Region, form: str) -> None:
    other = "csv" if form == "hsds" else "hsds"
    expected = out(region, other)
    first = out(region, form)
    Service.objects.all().delete()
    Place.objects.all().delete()
    sent(region, first)
    assert out(region, other) == expected


def test_no_cell_begins_a_formula(region: Region) -> None:
    text = out(region, "csv").decode("utf-8-sig")
    assert "'=HYPERLINK(" in text
    assert not any(cell.startswith(("=", "@", "+")) for row in text.splitlines() for cell in row.split(";"))


def test_an_edit_in_a_table_of_our_own_is_an_edit_of_ours(region: Region) -> None:
    changed = out(region, "csv").replace(b"Inloop 5", b"Inloop Het Anker")
    run = sent(region, changed)
    assert (run.changed, run.new) == (1, 0)
    row = Service.objects.get(name="Inloop Het Anker")
    assert row.origins["name"]["from"] == "local"


def test_the_open_table_holds_only_what_anyone_may_see(region: Region) -> None:
    Service.objects.update(owner_email="rosa.wit@avedan.example")
    text = "".join(queries_export.csv_lines(queries_export.living(region.pk)))
    assert "Inloop 3" not in text
    assert "rosa.wit" not in text
    assert "Inloop 5" in text


def test_an_organisation_takes_along_its_own(region: Region) -> None:
    partner = region.organisations.get(name="Avedan")
    names = {one.name for one in queries_export.whole(region.pk, [partner.pk])}
    assert names == {f"Inloop {number}" for number in range(8)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("places", "[1]"),
        ("places", '[{"nergens": 1}]'),
        ("schedules", '[{"opens_at": "25:00"}]'),
        ("extra", "[]"),
    ],
)
def test_a_cell_of_ours_that_was_spoilt_is_named(region: Region, field: str, value: str) -> None:
    head = {"places": "plekken (gegevens)", "schedules": "tijden (gegevens)", "extra": "overig (gegevens)"}
    cells = {"naam": "Spoelt", **dict.fromkeys(head.values(), ""), head[field]: value}
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells.values()]
    run = sent(region, f"{';'.join(cells)}\r\n{';'.join(quoted)}\r\n".encode())
    assert run.state == SourceRun.State.REFUSED
    assert [(fault["row"], fault["field"]) for fault in run.faults] == [(2, head[field])]


def test_a_file_of_our_own_may_hold_new_entries_with_and_without_a_number(region: Region) -> None:
    text = "naam;gemeente\r\nNieuwe groep;Almelo\r\nNog een groep;\r\n"
    assert sent(region, text.encode()).new == 2
    assert sent(region, text.encode()).state == SourceRun.State.NOTHING


def test_two_lines_of_our_own_with_one_name_in_one_place_are_refused(region: Region) -> None:
    run = sent(region, b"naam;gemeente\r\nKoor;Almelo\r\nKoor;Almelo\r\n")
    assert run.state == SourceRun.State.REFUSED
    assert not Service.objects.filter(name="Koor").exists()


def test_an_id_of_another_region_is_refused_and_touches_nothing(region: Region) -> None:
    elsewhere = make_region("gelderland", "Gelderland")
    theirs = Service.objects.create(region=elsewhere, name="Van hen", kind="group")
    run = sent(region, f"id;naam\r\n{theirs.pk};Gekaapt\r\n".encode())
    assert run.state == SourceRun.State.REFUSED
    theirs.refresh_from_db()
    assert theirs.name == "Van hen"


def test_a_rich_entry_survives(region: Region) -> None:
    first = out(region, "csv")
    Service.objects.all().delete()
    Place.objects.all().delete()
    sent(region, first)
    row = Service.objects.get(name=RICH.name)
    values: dict[str, Any] = {"phone": row.phone, "alert": row.alert, "email": row.email}
    assert values == {"phone": RICH.phone, "alert": RICH.alert, "email": RICH.email}
    assert dict(RICH.extra) == row.extra

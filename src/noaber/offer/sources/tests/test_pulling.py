"""The map of another, at a real address on this machine: taken over, kept up to date, not trusted blindly."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.conf import LazySettings

from noaber.hallway.post.models import Message
from noaber.network.partners.factories import make_account
from noaber.network.partners.models import Region
from noaber.offer.directory import services as keeping
from noaber.offer.directory.models import Service
from noaber.offer.directory.queries import record
from noaber.offer.sources import fetching
from noaber.offer.sources.errors import OutOfReach
from noaber.offer.sources.factories import make_source
from noaber.offer.sources.fetching import Budget
from noaber.offer.sources.models import Difference, Source, SourceRun
from noaber.offer.sources.services_pull import carry_out, due_sources, pull
from noaber.offer.sources.tests.server import Neighbours, neighbours, say, service
from noaber.offer.sources.tests.world import NOW, later, line, many, table, twente

State = Source.State


@pytest.fixture
def there(settings: LazySettings) -> Iterator[Neighbours]:
    with neighbours() as map_of_others:
        settings.SOURCES_ALLOW = [map_of_others.host]
        yield map_of_others


@pytest.fixture
def region(db: None) -> Region:
    return twente()


def csv_source(region: Region, there: Neighbours, **more: Any) -> Source:
    return make_source(region, kind=Source.Kind.CSV, address=there.address, **more)


def hsds_source(region: Region, there: Neighbours) -> Source:
    return make_source(region, kind=Source.Kind.HSDS, address=f"http://{there.host}/hsds/v3")


def pulled(source: Source, hours: float = 0) -> SourceRun:
    run = pull(source.pk, now=later(hours))
    assert run is not None
    source.refresh_from_db()
    return run


def living() -> int:
    return Service.objects.filter(status="active").count()


def test_a_list_comes_in_with_its_origin_and_the_way_back(region: Region, there: Neighbours) -> None:
    there.content = table(line(7))
    source = csv_source(region, there, link="https://buren.example/aanbod/{key}")
    run = pulled(source)
    row = Service.objects.get()
    assert (run.new, source.state, source.worked_at) == (1, State.WELL, NOW)
    assert (row.source, row.source_key) == ("buren", "7")
    assert row.source_url == "https://buren.example/aanbod/7"
    assert row.origins["phone"]["from"] == "buren"


def test_rows_that_did_not_change_are_not_written(region: Region, there: Neighbours) -> None:
    there.content = many(20)
    source = csv_source(region, there)
    pulled(source)
    before = set(Service.objects.values_list("pk", "version", "revision"))
    again = pulled(source, 24)
    assert (again.state, again.same, again.new) == (SourceRun.State.NOTHING, 20, 0)
    assert set(Service.objects.values_list("pk", "version", "revision")) == before


def test_what_the_source_says_itself_is_unchanged_costs_one_question(
    region: Region, there: Neighbours
) -> None:
    there.content, there.etag = many(12), '"een"'
    source = csv_source(region, there)
    pulled(source)
    assert source.etag == '"een"'
    there.asked.clear()
    assert pulled(source, 24).words
    assert len(there.asked) == 1
    assert source.worked_at == later(24)


def test_withdrawn_entries_vanish_and_come_back_with_what_we_added(region: Region, there: Neighbours) -> None:
    there.content = table(line(1), line(2))
    source = csv_source(region, there)
    pulled(source)
    row = Service.objects.get(source_key="2")
    _write_ourselves(region, row, alert="Bel eerst even.")
    there.content = table(line(1))
    assert pulled(source, 24).withdrawn == 1
    row.refresh_from_db()
    assert row.status == "inactive"
    there.content = table(line(1), line(2))
    assert pulled(source, 48).changed == 1
    row.refresh_from_db()
    assert (row.status, row.alert) == ("active", "Bel eerst even.")


def _write_ourselves(region: Region, row: Service, **values: Any) -> None:
    ours = record(region.pk, row.pk)
    keeping.keep_record(region_id=region.pk, record=replace(ours, **values), now=later(1))


def test_what_we_wrote_stays_and_a_later_change_of_the_source_is_asked(
    region: Region, there: Neighbours
) -> None:
    there.content = table(line(1))
    source = csv_source(region, there)
    pulled(source)
    row = Service.objects.get()
    _write_ourselves(region, row, text="Onze eigen, betere tekst.")
    there.content = table(line(1, phone="0546-999999"))
    pulled(source, 24)
    row.refresh_from_db()
    assert (row.description, row.phone) == ("Onze eigen, betere tekst.", "0546-999999")
    assert not Difference.objects.exists()
    there.content = table(line(1, text="Nu met taart."))
    pulled(source, 48)
    row.refresh_from_db()
    asked = Difference.objects.get()
    assert row.description == "Onze eigen, betere tekst."
    assert (asked.field, asked.ours, asked.theirs) == ("text", row.description, "Nu met taart.")
    there.content = table(line(1, text="Nu met koek."))
    pulled(source, 72)
    assert Difference.objects.get().theirs == "Nu met koek."


@pytest.mark.parametrize("what", ["down", "empty", "shrunk", "picture", "elsewhere"])
def test_a_source_that_fails_changes_nothing_and_tells_the_editor_once(
    region: Region, there: Neighbours, what: str
) -> None:
    there.content = many(20)
    source = csv_source(region, there, editor=make_account("Rosa Redacteur"))
    pulled(source)
    before = list(Service.objects.order_by("pk").values())
    if what == "down":
        there.down = True
    elif what == "elsewhere":
        Source.objects.update(address="http://127.0.0.1:9/lijst")
    else:
        there.content = {"empty": many(0), "shrunk": many(13), "picture": b"\x89PNG\r\n"}[what]
    run = pulled(source, 24)
    pulled(source, 25)
    assert run.state == SourceRun.State.REFUSED
    assert run.words
    expected = {"shrunk": State.SHRUNK, "down": State.UNREACHABLE, "elsewhere": State.UNREACHABLE}
    assert source.state == expected.get(what, State.UNREADABLE)
    assert source.worked_at == NOW
    assert list(Service.objects.order_by("pk").values()) == before
    mail = Message.objects.get()
    assert "Er is niets veranderd" in mail.body
    there.down, there.content = False, many(20)
    Source.objects.update(address=there.address)
    pulled(source, 26)
    assert source.state == State.WELL


def test_thirty_percent_fewer_is_believed_and_more_only_after_an_editor_said_so(
    region: Region, there: Neighbours
) -> None:
    there.content = many(20)
    source = csv_source(region, there)
    pulled(source)
    there.content = many(14)
    assert pulled(source, 24).withdrawn == 6
    there.content = many(9)
    assert pulled(source, 48).state == SourceRun.State.REFUSED
    run = SourceRun.objects.create(
        region=region, source=source, purpose="pull", asked_at=later(49), accept_smaller=True
    )
    carry_out(run.pk, now=later(49))
    assert living() == 9


def test_a_bad_row_is_refused_and_named_and_what_we_had_stays(region: Region, there: Neighbours) -> None:
    there.content = table(line(1), line(2))
    source = csv_source(region, there)
    pulled(source)
    there.content = table(line(1), line(2, phone="geen nummer"), line(3))
    run = pulled(source, 24)
    assert (run.new, run.refused, run.withdrawn) == (1, 1, 0)
    assert run.faults[0]["row"] == 3
    assert Service.objects.get(source_key="2").phone == "0546-000002"


def test_one_run_at_a_time(region: Region, there: Neighbours) -> None:
    there.content = many(3)
    source = csv_source(region, there)
    SourceRun.objects.create(
        region=region, source=source, purpose="pull", asked_at=NOW, started_at=NOW, state="running"
    )
    assert pull(source.pk, now=NOW) is None
    assert not Service.objects.exists()
    assert pull(source.pk, now=later(3)) is not None, "a run that lost its process holds nobody up"


def test_a_source_is_due_after_its_hours_and_sooner_after_a_failure(
    region: Region, there: Neighbours
) -> None:
    there.content = many(3)
    source = csv_source(region, there, every_hours=24)
    assert due_sources(NOW) == [source.pk]
    pulled(source)
    assert due_sources(later(23)) == []
    assert due_sources(later(24)) == [source.pk]
    there.down = True
    pulled(source, 24)
    assert due_sources(later(25)) == [source.pk]
    Source.objects.update(active=False)
    assert due_sources(later(99)) == []


@pytest.mark.parametrize("plain", [False, True])
def test_an_hsds_door_is_read_whole_whatever_it_offers(
    region: Region, there: Neighbours, plain: bool
) -> None:
    there.services = [service(number) for number in range(1, 131)]
    there.plain = plain
    source = hsds_source(region, there)
    assert pulled(source).new == 130
    assert Service.objects.get(name="Wandelgroep 130").phone == "0546-000130"
    assert len(there.asked) == (134 if plain else 1)
    assert pulled(source, 24).same == 130


def test_an_entry_of_hsds_without_a_right_id_is_named(region: Region, there: Neighbours) -> None:
    there.services = [service(1), service(2, id="zeven")]
    run = pulled(hsds_source(region, there))
    assert (run.new, run.refused) == (1, 1)
    assert run.faults[0]["field"] == "id"


# --- what an address may be -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "ftp://kaart.example/x",
        "file:///etc/passwd",
        "gopher://kaart.example",
        "http://",
        "http://kaart.example:22/",
        "http://kaart.example:99999/",
        "http://naam:geheim@kaart.example/",
        "http://kaart.example/a b",
        "http://[kaart/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_no_web_address_is_never_asked(address: str) -> None:
    with pytest.raises(OutOfReach):
        fetching.get(address, Budget.of())


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[::ffff:127.0.0.1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
        "2130706433",
        "0x7f.1",
        "127.1",
    ],
)
def test_nothing_of_our_own_networks_is_ever_asked(host: str) -> None:
    with pytest.raises(OutOfReach) as fault:
        fetching.get(f"http://{host}/", Budget.of())
    assert "besloten netwerk" in fault.value.why or "bestaat niet" in fault.value.why


def test_a_name_that_points_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.8", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: inside)
    with pytest.raises(OutOfReach, match="source_out_of_reach"):
        fetching.get("http://kaart.example/", Budget.of())


def test_a_redirect_to_the_inside_is_not_followed(there: Neighbours) -> None:
    with neighbours() as secret:
        secret.content = b"geheim"

        def elsewhere(door: BaseHTTPRequestHandler) -> None:
            say(door, b"", status=302, headers={"Location": secret.address})

        there.answer = elsewhere
        with pytest.raises(OutOfReach) as fault:
            fetching.get(there.address, Budget.of())
        assert secret.asked == []
    assert "besloten netwerk" in fault.value.why


def test_a_ring_of_redirects_ends(there: Neighbours) -> None:
    there.answer = lambda door: say(door, b"", status=301, headers={"Location": "/weer"})
    with pytest.raises(OutOfReach) as fault:
        fetching.get(there.address, Budget.of())
    assert "steeds door" in fault.value.why
    assert len(there.asked) == 6


def test_a_packed_bomb_stops_at_the_limit(there: Neighbours) -> None:
    bomb = gzip.compress(b"0" * 30_000_000)
    assert len(bomb) < 40_000
    there.answer = lambda door: say(door, bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(OutOfReach) as fault:
        fetching.get(there.address, Budget.of(most_bytes=1_000_000))
    assert "meer dan wij aannemen" in fault.value.why


def test_a_list_that_is_too_long_is_not_even_begun(there: Neighbours) -> None:
    there.content = b"x" * 2_000_000
    with pytest.raises(OutOfReach):
        fetching.get(there.address, Budget.of(most_bytes=1_000_000))


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_that_breaks_off_is_no_answer(there: Neighbours, packed: bool) -> None:
    whole = gzip.compress(many(50)) if packed else many(50)

    def half(door: BaseHTTPRequestHandler) -> None:
        door.send_response(200)
        if packed:
            door.send_header("Content-Encoding", "gzip")
            door.send_header("Content-Length", str(len(whole) // 2))
        else:
            door.send_header("Content-Length", str(len(whole)))
        door.end_headers()
        door.wfile.write(whole[: len(whole) // 2])

    there.answer = half
    with pytest.raises(OutOfReach) as fault:
        fetching.get(there.address, Budget.of())
    assert "halverwege" in fault.value.why


def test_a_source_that_drips_is_given_up(there: Neighbours) -> None:
    there.content = many(5)
    with pytest.raises(OutOfReach) as fault:
        fetching.get(there.address, Budget.of(seconds=-1))
    assert "te lang" in fault.value.why

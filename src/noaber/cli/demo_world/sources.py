"""A map of the neighbours, taken over twice: two entries that we had, and a text to choose between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from noaber.cli.demo_world.history import Historian
from noaber.hallway import clock
from noaber.network.partners.models import Region
from noaber.offer.directory import queries as directory
from noaber.offer.directory import services as keeping
from noaber.offer.sources.factories import make_source
from noaber.offer.sources.models import Source, SourceEntry, SourceRun
from noaber.offer.sources.services_import import import_file

FILE = Path(__file__).with_name("sources.csv")
OURS = "Elke donderdag soep en brood aan lange tafels. Kom gewoon binnen. Alleen komen kan heel goed."
BEFORE = "Elke donderdag soep en brood. U hoeft zich niet aan te melden."
THEIRS = "Elke donderdag soep, brood en fruit. Meld u aan tot woensdag."
"""What we made of the text, and what the neighbours made of theirs later."""


def fill(past: Historian, today: date) -> None:
    """One list of twenty entries, sent in May, once more in June; and an address that does not answer."""
    region = past.staff.region
    source = make_source(
        region,
        "kaart-van-de-buren",
        editor=past.staff.cast["anouk"],
        link="https://kaartvandeburen.example/aanbod/{key}",
    )
    first, edited, second = (clock.at(today - timedelta(days=ago), 9) for ago in (40, 33, 12))
    text = FILE.read_text("utf-8")
    _send(region, source, text, first)
    _improve(region, source, edited)
    _send(region, source, text.replace(BEFORE, THEIRS), second)
    _silent(region, past, second)


def _send(region: Region, source: Source, text: str, now: datetime) -> None:
    run = SourceRun.objects.create(
        region=region,
        source=source,
        purpose=SourceRun.Purpose.FILE,
        asked_at=now,
        file_name=f"aanbod-{now:%Y-%m}.csv",
        content=text.encode(),
    )
    done = import_file(run.pk, now=now)
    if done is None or done.faults:
        raise RuntimeError(f"the neighbours' list is not in order: {done and done.faults}")


def _improve(region: Region, source: Source, now: datetime) -> None:
    """We wrote a better text ourselves; it stays when their list comes again."""
    entry = SourceEntry.objects.get(source=source, key="B-103")
    ours = directory.record(region.pk, entry.service_id)
    keeping.keep_record(region_id=region.pk, record=replace(ours, text=OURS), now=now)


def _silent(region: Region, past: Historian, now: datetime) -> None:
    source = make_source(
        region,
        "kaart-over-de-ijssel",
        name="Kaart over de IJssel",
        kind=Source.Kind.HSDS,
        address="https://kaart-over-de-ijssel.example/hsds/v3",
        editor=past.staff.cast["anouk"],
        active=False,
        state=Source.State.UNREACHABLE,
        why="Dit adres bestaat niet (meer).",
        tried_at=now,
    )
    SourceRun.objects.create(
        region=region,
        source=source,
        purpose=SourceRun.Purpose.PULL,
        state=SourceRun.State.REFUSED,
        asked_at=now,
        started_at=now,
        ended_at=now,
        words=source.why,
    )

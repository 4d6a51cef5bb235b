"""Plain functions that make modules, for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from noaber.hallway.access import gate
from noaber.network.partners.models import Region
from noaber.offer.self_help import services
from noaber.offer.self_help.models import Module

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TEXT = """titel: {title}
in het kort: Drie kleine stappen.
voor wie: Voor iedereen.
onderwerpen: sleep

== Kijken (5 minuten)
Eerst kijkt u hoe het gaat.

0-10 Hoe gaat het? | slecht | goed
? Wat merkt u?

== Doen
?? Wat kiest u?
[ ] wandelen
[ ] bellen

> Ademen (2 minuten)
1. Adem in.
2. Adem uit.

== Dagboek
0-10 Hoe was uw dag? | slecht | goed
? Wat hielp?
"""


def make_module(region: Region, title: str = "Rustig worden", *, now: datetime = AT) -> Module:
    """A module that people can see."""
    with gate.as_system("een module voor de tests"):
        services.take_starter(
            region_id=region.pk, texts=[TEXT.format(title=title)], by="Netwerkbureau", now=now
        )
    return Module.objects.get(region=region, title=title)

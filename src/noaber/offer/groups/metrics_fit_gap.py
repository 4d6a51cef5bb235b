"""What steering may count of the report on groups: how many fit-gap reports were frozen."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from noaber.ground.metrics import CountedItem, Figure, Metric
from noaber.hallway.clock import at
from noaber.network.partners.models import Municipality
from noaber.offer.groups.models_forming import FitGapReport

KEY = "fit_gap_analysis_groups"


def reports(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """How many reports were frozen over a day of the period."""
    n = len(report_items(region_id, from_on, until_on, as_of))
    return Figure(
        value=float(n),
        n=n,
        numerator=None,
        later=0,
        left_out=0,
        unknown=0,
        from_on=from_on,
        until_on=until_on,
        as_of=as_of,
    )


def report_items(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> tuple[CountedItem, ...]:
    """Each frozen report, by its day."""
    place = Municipality.objects.filter(region_id=region_id).order_by("name").values_list("pk", flat=True)
    somewhere = place.first()
    rows = FitGapReport.objects.filter(
        region_id=region_id, as_of__gte=from_on, as_of__lte=until_on, frozen_at__lte=as_of
    ).order_by("as_of", "number")
    if somewhere is None:
        return ()
    return tuple(
        CountedItem(
            pseudonym=f"G-{row.fingerprint[:8].upper()}",
            happened_at=at(row.as_of, 0),
            recorded_at=row.frozen_at,
            sequence=1,
            mode="",
            composition=(),
            outcome_class="report",
            outcome_known=True,
            place_id=somewhere,
            label=f"Rapport {row.number}",
            facts=(
                ("Getekend door", row.signed_by_function),
                ("Groepen op die dag", str(row.document["total"]["present"])),
            ),
        )
        for row in rows
    )


def none_waits(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> int:
    """A report is frozen at once: none waits."""
    return 0


METRICS = (
    Metric(
        key=KEY,
        definition=(
            "Een fit-gap-analyse telt als het rapport over het groepsaanbod op een dag in de periode is "
            "vastgelegd en een functie ervoor tekende. Een vastgelegd rapport verandert niet meer."
        ),
        unit="rapporten",
        count=reports,
        items=report_items,
        waiting=none_waits,
        adds_up=True,
        things="rapporten",
    ),
)
"""What this part can count for steering."""

"""What steering may count of support points: visits, the public map, the plan of action, and growth.

Visits, never people; a month with few visits at a point hides its number.
"""

from __future__ import annotations

from base64 import b32encode
from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.crypto import salted_hmac

from noaber.ground.metrics import CountedItem, Figure, Metric
from noaber.ground.small_cells import hide_small
from noaber.hallway.clock import at, day_of
from noaber.network.partners import queries as partners
from noaber.offer.support_points import queries_region
from noaber.offer.support_points.models import PlanDocument, VisitCount
from noaber.offer.support_points.queries_region import GrowthLine
from noaber.offer.support_points.types import Point


def pseudonym(*parts: object) -> str:
    """A short name for what was counted in addresses."""
    digest = salted_hmac(
        "noaber.support_points.pseudonym", "/".join(map(str, parts)), algorithm="sha256"
    ).digest()
    return "S-" + b32encode(digest).decode()[:8]


def _figure(
    value: float | None, n: int, from_on: date, until_on: date, as_of: datetime, numerator: int | None = None
) -> Figure:
    return Figure(
        value=value,
        n=n,
        numerator=numerator,
        later=0,
        left_out=0,
        unknown=0,
        from_on=from_on,
        until_on=until_on,
        as_of=as_of,
    )


def _item(point: Point, happened: datetime, recorded: datetime, name: str, **more: object) -> CountedItem:
    facts = more.get("facts", ())
    return CountedItem(
        pseudonym=pseudonym(name, point.point_id, more.get("key", "")),
        happened_at=happened,
        recorded_at=recorded,
        sequence=1,
        mode="",
        composition=(),
        outcome_class=name,
        outcome_known=True,
        place_id=point.municipality_id or point.region_id,
        label=str(more.get("label", point.name)),
        facts=tuple(facts) if isinstance(facts, (list, tuple)) else (),
    )


def nothing_waits(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> int:
    """What is counted is complete at once."""
    return 0


# --- visits ---------------------------------------------------------------------------------------


def visits(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """How often somebody came in at a point of the region, as it was known at the instant."""
    total = _counts(region_id, from_on, until_on, as_of).aggregate(n=Sum("change"))["n"] or 0
    return _figure(float(total), total, from_on, until_on, as_of)


def _counts(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> QuerySet[VisitCount]:
    return VisitCount.objects.filter(
        point__region_id=region_id, on__range=(from_on, until_on), recorded_at__lte=as_of
    )


def visit_items(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> tuple[CountedItem, ...]:
    """The visits of each point per month; a month with few has no number, so that it points at nobody."""
    known = {one.point_id: one for one in queries_region.points_ever(region_id, as_of=as_of)}
    rows = (
        _counts(region_id, from_on, until_on, as_of)
        .annotate(month=TruncMonth("on"))
        .values_list("point_id", "month")
        .annotate(n=Sum("change"), last=Max("on"), written=Max("recorded_at"))
        .order_by("month", "point_id")
    )
    counted = [row for row in rows if row[0] in known and row[2]]
    order = [(point_id, month) for point_id, month, *_rest in counted]
    shown = hide_small({(point_id, month): n for point_id, month, n, *_rest in counted}, order).shown
    found = []
    for point_id, month, n, last, written in counted:
        words = str(n) if (point_id, month) in shown else "verborgen, omdat het er weinig zijn"
        month_words = f"{month:%m-%Y}"
        label = f"{known[point_id].name}, {month_words}"
        found.append(
            _item(
                known[point_id],
                at(last, 0),
                written,
                "visits",
                key=month_words,
                label=f"{label}: {words}" if words.isdigit() else label,
                facts=(("Maand", month_words), ("Bezoeken", words)),
            )
        )
    return tuple(sorted(found, key=lambda item: (item.happened_at, item.label)))


# --- the public map -------------------------------------------------------------------------------


def public_map(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """1 when anyone can see the points of the region on a map by the end of the period; `n` is how many."""
    n = len(map_items(region_id, from_on, until_on, as_of))
    return _figure(1.0 if n else 0.0, n, from_on, until_on, as_of)


def map_items(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> tuple[CountedItem, ...]:
    """Each point that stands on the public map on the last day of the period."""
    last = min(until_on, day_of(as_of))
    until = min(as_of, at(last + timedelta(days=1), 0))
    recorded = queries_region.written_down(region_id, before=until)
    return tuple(
        _item(one, max(at(one.opened_on, 0), recorded[one.point_id]), recorded[one.point_id], "map")
        for one in queries_region.points_ever(region_id, as_of=until)
        if one.exists_on(last) and one.latitude is not None and one.point_id in recorded
    )


# --- the plan of action and the fit-gap analysis ---------------------------------------------------


def action_plan(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """1 when the plan of action was adopted by the end of the period."""
    n = len(plan_items(region_id, from_on, until_on, as_of))
    return _figure(float(min(n, 1)), n, from_on, until_on, as_of)


def plan_items(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> tuple[CountedItem, ...]:
    """The adopted version that holds, with its title; none while it is still a draft."""
    return _adopted(PlanDocument.Kind.ACTION_PLAN, region_id, until_on, as_of)


def plan_waits(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> int:
    """1 while there is a plan that is not adopted."""
    return _waits(PlanDocument.Kind.ACTION_PLAN, region_id, until_on, as_of)


def fit_gap(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """1 when the fit-gap analysis was adopted by the end of the period."""
    n = len(fit_gap_items(region_id, from_on, until_on, as_of))
    return _figure(float(min(n, 1)), n, from_on, until_on, as_of)


def fit_gap_items(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> tuple[CountedItem, ...]:
    """The adopted version of the fit-gap analysis, with its title."""
    return _adopted(PlanDocument.Kind.FIT_GAP, region_id, until_on, as_of)


def fit_gap_waits(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> int:
    """1 while there is a fit-gap analysis that is not adopted."""
    return _waits(PlanDocument.Kind.FIT_GAP, region_id, until_on, as_of)


def _adopted(kind: str, region_id: UUID, until_on: date, as_of: datetime) -> tuple[CountedItem, ...]:
    rows = PlanDocument.objects.filter(
        region_id=region_id,
        kind=kind,
        recorded_at__lte=as_of,
        state_on__lte=min(until_on, day_of(as_of)),
    )
    row = rows.order_by("-version").first()
    if row is None or row.state != PlanDocument.State.ADOPTED:
        return ()
    return (
        CountedItem(
            pseudonym=pseudonym("plan", row.pk),
            happened_at=at(row.state_on, 0),
            recorded_at=row.recorded_at,
            sequence=1,
            mode="",
            composition=(),
            outcome_class="document",
            outcome_known=True,
            place_id=region_id,
            label=row.title,
            facts=(("Stand", row.get_state_display()), ("Versie", str(row.version))),
        ),
    )


def _waits(kind: str, region_id: UUID, until_on: date, as_of: datetime) -> int:
    if _adopted(kind, region_id, until_on, as_of):
        return 0
    kept = PlanDocument.objects.filter(region_id=region_id, kind=kind, recorded_at__lte=as_of)
    return int(kept.exists())


# --- growth ---------------------------------------------------------------------------------------


def growth(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """Which part of the wanted growth in capacity is there on the last day of the period."""
    line = _growth_line(region_id, until_on, as_of)
    if line is None:
        return _figure(None, 0, from_on, until_on, as_of)
    share = line.growth.share
    n = len(growth_items(region_id, from_on, until_on, as_of))
    return _figure(share, n, from_on, until_on, as_of)


def _growth_line(region_id: UUID, until_on: date, as_of: datetime) -> GrowthLine | None:
    region, last = partners.region(region_id), min(until_on, day_of(as_of))
    lines = queries_region.growth_lines(region, on=last, as_of=as_of)
    return next((line for line in lines if line.counts), None)


def growth_items(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> tuple[CountedItem, ...]:
    """Each point with what it held at the zero measurement and what it holds on the last day."""
    line = _growth_line(region_id, until_on, as_of)
    if line is None:
        return ()
    held: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for name, zero, now in line.items:
        held[name].append((zero, now))
    found = []
    for one in queries_region.points_ever(region_id, as_of=as_of):
        if not held[one.name]:
            continue
        zero, now = held[one.name].pop(0)
        found.append(
            _item(
                one,
                at(one.opened_on, 0),
                at(one.opened_on, 0),
                "growth",
                facts=(
                    ("Nulmeting", f"{zero:g} {line.unit}".replace(".", ",")),
                    ("Op de laatste dag", f"{now:g} {line.unit}".replace(".", ",")),
                ),
            )
        )
    return tuple(found)


METRICS = (
    Metric(
        key="steunpunt_visits",
        definition=(
            "Elke keer dat iemand bij een steunpunt van de regio binnenkomt telt als één bezoek. Bezoeken, "
            "geen mensen: wie twee keer komt telt twee keer, en er staat nergens wie het was. Een bezoek dat "
            "is teruggenomen telt niet. Wij tellen per kalenderjaar; het plan zegt niet of het aantal van "
            "2027 bovenop dat van 2026 komt. Een maand met weinig bezoeken toont geen aantal."
        ),
        unit="bezoeken",
        count=visits,
        items=visit_items,
        waiting=nothing_waits,
        adds_up=True,
        things="bezoeken",
    ),
    Metric(
        key="public_map_steunpunten",
        definition=(
            "Het overzicht is er als iedereen zonder aanmelden de steunpunten van de regio op een kaart en "
            "in een lijst kan zien, met ten minste één steunpunt erop. Hieronder staat welke."
        ),
        unit="kaart",
        count=public_map,
        items=map_items,
        waiting=nothing_waits,
        adds_up=False,
        things="steunpunten",
    ),
    Metric(
        key="fit_gap_analysis_steunpunten",
        definition=(
            "De fit-gap-analyse (witte vlekken) telt als de regio haar heeft vastgesteld. Noaber rekent haar "
            "uit bij Dekking en witte vlekken; wat is voorgelegd en vastgesteld, staat bij de stukken."
        ),
        unit="stuk",
        count=fit_gap,
        items=fit_gap_items,
        waiting=fit_gap_waits,
        adds_up=False,
        things="stukken",
    ),
    Metric(
        key="action_plan_steunpunten",
        definition=(
            "Het plan van aanpak voor een dekkend netwerk telt als de regio het heeft vastgesteld. Een plan "
            "in bewerking telt nog niet."
        ),
        unit="stuk",
        count=action_plan,
        items=plan_items,
        waiting=plan_waits,
        adds_up=False,
        things="stukken",
    ),
    Metric(
        key="share_of_desired_capacity_growth_realised",
        definition=(
            "De groei van de capaciteit sinds de nulmeting, gedeeld door de groei die de regio wil. De "
            "capaciteit is de som over alle steunpunten die er op die dag zijn. Het plan zegt niet waarin "
            "capaciteit wordt gemeten: wij tellen open uren per week. Een steunpunt dat stopt telt met nul."
        ),
        unit="aandeel",
        count=growth,
        items=growth_items,
        waiting=nothing_waits,
        adds_up=False,
        things="steunpunten",
    ),
)
"""What this room can count for steering."""

"""One KPI in full: its months, its municipalities, and the conversations it was counted from."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from uuid import UUID

from noaber.ground.metrics import CountedItem
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.partners import queries as partners
from noaber.steering.kpis import policies, rules
from noaber.steering.kpis.bindings import BOUND
from noaber.steering.kpis.models import Kpi, KpiSet
from noaber.steering.kpis.queries import value_of
from noaber.steering.kpis.types import ItemPage, ItemsPage, KpiPage, KpiValue, Month, PlaceTable

SPECIALIST = "specialist_ggz"


def read_kpi(actor: Actor, region_slug: str, number: str, *, now: datetime) -> KpiPage:
    """One KPI with its months and municipalities, for a programme manager of the region."""
    region = partners.region_by_slug(region_slug)
    row = _find(actor, region.pk, number)
    value = value_of(row, now=now, every_year=True)
    items = items_behind(row, value, now)
    places = partners.municipalities_of(region.pk)
    kpi_set = KpiSet.objects.filter(region_id=region.pk, plan_slug=row.plan_slug).first()
    numbers = list(Kpi.objects.filter(region_id=region.pk).values_list("number", flat=True))
    here = numbers.index(row.number)
    second = region.settings.get("second_conversation", {})
    return KpiPage(
        region_slug=region.slug,
        region_name=region.name,
        value=value,
        months=months_of(value, items, day_of(now)),
        places=place_table(items, [(place.pk, place.name) for place in places]) if value.n else None,
        waiting=_waiting(row, value, now),
        municipalities=len({item.place_id for item in items}),
        cashier_note=kpi_set.cashier_note if kpi_set else "",
        payout_rules=tuple(kpi_set.payout_rules) if kpi_set else (),
        second_doubt=str(second.get("basis", {}).get("doubt") or ""),
        previous=numbers[here - 1] if here > 0 else "",
        following=numbers[here + 1] if here + 1 < len(numbers) else "",
    )


def read_items(actor: Actor, region_slug: str, number: str, *, now: datetime) -> ItemsPage:
    """Every conversation that was counted for a KPI, without names; one line in the log for the page."""
    region = partners.region_by_slug(region_slug)
    row = _find(actor, region.pk, number)
    value, items = _counted(row, now)
    _log(actor, row, part="gesprekken zonder namen", now=now)
    return ItemsPage(region_slug=region.slug, region_name=region.name, value=value, items=items)


def read_item(actor: Actor, region_slug: str, number: str, pseudonym: str, *, now: datetime) -> ItemPage:
    """One counted conversation, without names."""
    region = partners.region_by_slug(region_slug)
    row = _find(actor, region.pk, number)
    value, items = _counted(row, now)
    found = next((item for item in items if item.pseudonym == pseudonym), None)
    if found is None:
        raise gate.not_here()
    _log(actor, row, part="een gesprek zonder naam", now=now)
    return ItemPage(region_slug=region.slug, region_name=region.name, value=value, item=found)


def items_behind(row: Kpi, value: KpiValue, now: datetime) -> tuple[CountedItem, ...]:
    """What the value was counted from; nothing when the house does not count this KPI."""
    metric = BOUND.get(row.metric)
    if metric is None or value.n is None or value.from_on is None or value.until_on is None:
        return ()
    return metric.items(row.region_id, value.from_on, value.until_on, now)


def months_of(value: KpiValue, items: tuple[CountedItem, ...], today: date) -> tuple[Month, ...]:
    """The months of the period up to today, each with its count and the count so far."""
    if value.from_on is None or value.until_on is None or value.n is None:
        return ()
    counted: Counter[tuple[int, int]] = Counter()
    specialist: Counter[tuple[int, int]] = Counter()
    for item in items:
        day = day_of(item.happened_at)
        counted[day.year, day.month] += 1
        specialist[day.year, day.month] += item.outcome_class == SPECIALIST
    found: list[Month] = []
    last = min(value.until_on, today)
    length = (value.until_on.year - value.from_on.year) * 12 + value.until_on.month - value.from_on.month + 1
    for n in range(length):
        first = date(value.from_on.year + n // 12, value.from_on.month + n % 12, 1)
        if first > last:
            break
        key = (first.year, first.month)
        before = found[-1] if found else None
        found.append(
            Month(
                first_day=first,
                counted=counted[key],
                so_far=(before.so_far if before else 0) + counted[key],
                specialist=specialist[key],
                specialist_so_far=(before.specialist_so_far if before else 0) + specialist[key],
                evenly=value.target * (n + 1) / length
                if value.target is not None and not value.is_share
                else None,
            )
        )
    return tuple(found)


def place_table(items: tuple[CountedItem, ...], places: list[tuple[UUID, str]]) -> PlaceTable:
    """The municipalities by name, the small ones together."""
    names = dict(places)
    counts = Counter(item.place_id for item in items)
    order = [key for key, _ in places]
    safe = rules.hide_small({key: counts[key] for key in order}, order)
    return PlaceTable(
        rows=tuple((names[key], safe.shown[key]) for key in order if key in safe.shown),
        together_names=tuple(names[key] for key in order if key in set(safe.hidden)),
        together=safe.together,
        total=len(items),
    )


def _find(actor: Actor, region_id: UUID, number: str) -> Kpi:
    policies.require_steering(actor, region_id, policies.SEE.action)
    rows = Kpi.objects.filter(region_id=region_id, number=number)
    row = gate.visible(actor, "see", rows, resource="kpi").first()
    if row is None:
        raise gate.not_here()
    return row


def _counted(row: Kpi, now: datetime) -> tuple[KpiValue, tuple[CountedItem, ...]]:
    """The value and what is behind it; a KPI that the house does not count has no such page."""
    value = value_of(row, now=now)
    if not value.counted:
        raise gate.not_here()
    return value, items_behind(row, value, now)


def _waiting(row: Kpi, value: KpiValue, now: datetime) -> int:
    metric = BOUND.get(row.metric)
    if metric is None or value.n is None or value.from_on is None or value.until_on is None:
        return 0
    return metric.waiting(row.region_id, value.from_on, value.until_on, now)


def _log(actor: Actor, row: Kpi, *, part: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="kpi.items.read",
        resident_id=None,
        object_kind="kpi",
        object_id=row.pk,
        part=part,
        purpose="om te laten zien waaruit een KPI is geteld",
        basis="rol",
        now=now,
    )

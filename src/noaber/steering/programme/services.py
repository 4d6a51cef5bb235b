"""Loading a region from its files: partners, plans and KPIs, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from noaber.ground.plain import as_json
from noaber.hallway.access import gate
from noaber.knowledge.regions import read_region
from noaber.knowledge.regions.types import Plan as PlanFile
from noaber.knowledge.regions.types import RegionFiles
from noaber.network.partners import queries as partners
from noaber.network.partners import services_region
from noaber.steering.kpis import services as kpis
from noaber.steering.programme.models import Plan, PlanItem
from noaber.steering.programme.types import RegionLoaded

TITLE = 300
SLUG = 80


def load_region(source: Path | RegionFiles, *, now: datetime) -> RegionLoaded:
    """Load a region folder, or files that were read before, in one transaction.

    Wrong files raise `RegionFilesWrong` before the database is touched. Equal files change nothing; two loads
    at once wait for each other.
    """
    files = source if isinstance(source, RegionFiles) else read_region(Path(source))
    with transaction.atomic(), gate.as_system("een regio uit haar bestanden laden"):
        report = services_region.load_region(files, now=now)
        region = partners.region_by_slug(files.slug)
        plans = Plan.objects.filter(region=region)
        if not report.changed:
            return RegionLoaded(
                region=files.slug,
                changed=False,
                partners=report,
                plans=plans.count(),
                items=PlanItem.objects.filter(plan__region=region).count(),
                withdrawn_plans=(),
                kpis=None,
            )
        gone = plans.exclude(slug__in=[plan.slug for plan in files.plans])
        withdrawn = tuple(gone.values_list("slug", flat=True))
        gone.delete()
        items = sum(_save_plan(region.pk, plan) for plan in files.plans)
        return RegionLoaded(
            region=files.slug,
            changed=True,
            partners=report,
            plans=len(files.plans),
            items=items,
            withdrawn_plans=withdrawn,
            kpis=kpis.load_kpis(files),
        )


def _save_plan(region_id: Any, plan: PlanFile) -> int:
    """Store one plan with all its items; returns how many items it has."""
    row, _ = Plan.objects.update_or_create(
        region_id=region_id,
        slug=plan.slug,
        defaults={
            "title": plan.title,
            "source": plan.source,
            "starts_on": plan.period.starts_on,
            "ends_on": plan.period.ends_on,
            "document": _document(plan),
        },
    )
    items = [PlanItem(plan=row, position=n, **parts) for n, parts in enumerate(items_of(plan), start=1)]
    row.items.all().delete()
    PlanItem.objects.bulk_create(items)
    return len(items)


def _document(plan: PlanFile) -> dict[str, Any]:
    """Everything of the plan that is not an item or a KPI."""
    case = as_json(plan.business_case)
    if case:
        case = {name: value for name, value in case.items() if name not in {"lines", "budget"}}
    return {
        "short_title": plan.short_title,
        "status": plan.status,
        "period": as_json(plan.period),
        "follows": plan.follows,
        "follows_basis": as_json(plan.follows_basis),
        "business_case": case,
        "documents": as_json(plan.documents),
    }


def items_of(plan: PlanFile) -> Iterator[dict[str, Any]]:
    """Every part of a plan as the columns of its item, in the order of the files."""
    for element in plan.elements:
        yield _item(element.kind.value, element.id, element.title, element)
    for stone in plan.milestones:
        yield _item(
            "milestone", stone.id, stone.title, stone, due_on=date(stone.year, 12, 31), doubt=stone.doubt
        )
    for risk in plan.risks:
        yield _item("risk", risk.id, risk.text, risk)
    for body in plan.governance:
        yield _item("governance", body.id, body.name, body)
    for persona in plan.personas:
        yield _item("persona", persona.id, persona.name, persona)
    if plan.business_case is not None:
        for line in plan.business_case.lines:
            doubt = " ".join(mark.text for mark in line.marks)
            slug = line.id if line.component in line.id else f"{line.component}.{line.id}"
            yield _item(f"business_case_{line.side}", slug, line.title, line, doubt=doubt)
        for post in plan.business_case.budget:
            yield _item("budget_line", post.id, post.id, post)


def _item(
    kind: str, slug: str, title: str, part: object, *, due_on: date | None = None, doubt: str | None = None
) -> dict[str, Any]:
    return {
        "kind": kind,
        "slug": slug[:SLUG],
        "title": title if len(title) <= TITLE else f"{title[: TITLE - 1]}…",
        "due_on": due_on,
        "doubt": doubt or "",
        "document": as_json(part),
    }

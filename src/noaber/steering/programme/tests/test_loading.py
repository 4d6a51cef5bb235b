"""A region comes to life from its files: all of it, once, also when two people start at the same moment."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import connections

from noaber.knowledge.regions import RegionFilesWrong, read_region
from noaber.network.partners.factories import make_organisation, make_professional
from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.steering.kpis.models import Kpi, KpiSet
from noaber.steering.programme.models import Plan, PlanItem
from noaber.steering.programme.services import load_region

NOW = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
SLUGS = ("twente", "groningen", "centraal-gelderland")


def folder(slug: str) -> Path:
    return settings.REGIONS_DIR / slug


def leaves(tree: Any) -> Iterator[str]:
    """Every piece of text or number of a file, as text."""
    if isinstance(tree, dict):
        for value in tree.values():
            yield from leaves(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from leaves(value)
    elif tree is not None and not isinstance(tree, bool):
        yield tree.isoformat() if isinstance(tree, date) else str(tree).strip()


def stored_text(region: Region) -> str:
    """Everything that the database holds of a region, in one text."""
    parts: list[Any] = [
        region.settings,
        region.facts,
        region.document,
        region.source,
        region.name,
        region.slug,
    ]
    parts += list(region.municipalities.values_list("name", "slug", "inhabitants"))
    parts += list(region.localities.values_list("name", "source"))
    parts += list(region.organisations.values_list("name", "roles", "note"))
    for plan in Plan.objects.filter(region=region):
        parts += [plan.document, plan.title, plan.source, plan.slug]
    parts += list(PlanItem.objects.filter(plan__region=region).values_list("document", flat=True))
    parts += list(Kpi.objects.filter(region=region).values_list("document", flat=True))
    parts += list(KpiSet.objects.filter(region=region).values_list("document", flat=True))
    return "\n".join(leaves_of_anything(parts))


def leaves_of_anything(tree: Any) -> Iterator[str]:
    if isinstance(tree, tuple):
        tree = list(tree)
    if isinstance(tree, list):
        for value in tree:
            yield from leaves_of_anything(value)
    else:
        yield from leaves(tree)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_every_sentence_of_the_files_stands_in_the_database(slug: str) -> None:
    load_region(folder(slug), now=NOW)
    stored = stored_text(Region.objects.get(slug=slug))
    missing = [
        f"{path.name}: {leaf}"
        for path in sorted(folder(slug).rglob("*.yaml"))
        for leaf in leaves(yaml.safe_load(path.read_text(encoding="utf-8")))
        if len(leaf) > 14 and leaf not in stored
    ]
    assert missing == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "plans", "kpis"), [("twente", 1, 34), ("groningen", 2, 10), ("centraal-gelderland", 1, 18)]
)
def test_all_plans_and_kpis_are_there(slug: str, plans: int, kpis: int) -> None:
    files = read_region(folder(slug))
    loaded = load_region(files, now=NOW)
    assert (loaded.plans, loaded.kpis and loaded.kpis.kpis) == (plans, kpis)
    assert Plan.objects.filter(region__slug=slug).count() == plans == len(files.plans)
    assert Municipality.objects.filter(region__slug=slug).count() == len(files.municipalities)
    assert Organisation.objects.filter(region__slug=slug, from_plan=True).count() == len(files.partners)
    for plan in files.plans:
        items = PlanItem.objects.filter(plan__region__slug=slug, plan__slug=plan.slug)
        case = plan.business_case
        expected = {
            "milestone": len(plan.milestones),
            "risk": len(plan.risks),
            "governance": len(plan.governance),
            "persona": len(plan.personas),
            "budget_line": len(case.budget) if case else 0,
        }
        assert {kind: items.filter(kind=kind).count() for kind in expected} == expected
        elements = items.filter(kind__in=["component", "work_package", "project", "cross_cutting"])
        assert elements.count() == len(plan.elements)
        lines = items.filter(kind__startswith="business_case_")
        assert lines.count() == (len(case.lines) if case else 0)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_every_kpi_has_the_figures_of_its_file(slug: str) -> None:
    files = read_region(folder(slug))
    load_region(files, now=NOW)
    rows = {row.number: row for row in Kpi.objects.filter(region__slug=slug)}
    for plan in files.plans:
        for kpi in plan.kpis:
            row, last = rows.pop(kpi.id), kpi.targets[-1]
            assert (row.text, row.metric, row.type, row.plan_slug) == (
                kpi.text,
                kpi.metric,
                kpi.kind,
                plan.slug,
            )
            assert row.target == (None if last.value is None else float(last.value))
            assert row.lower_bound == (None if last.lower_bound is None else float(last.lower_bound))
            assert row.upper_bound == (None if last.upper_bound is None else float(last.upper_bound))
            assert row.due_on == last.due
            money = kpi.amounts
            assert (row.amount_keur, row.iza_keur, row.spuk_keur) == (
                (money.total_keur, money.iza_keur, money.spuk_keur) if money else (None, None, None)
            )
            assert row.official is kpi.official
            assert len(row.targets) == len(kpi.targets)
            assert [mark["text"] for mark in row.document["marks"]] == [mark.text for mark in kpi.marks]
    assert rows == {}


@pytest.mark.django_db
def test_loading_a_second_time_changes_nothing() -> None:
    first = load_region(folder("twente"), now=NOW)
    before = sorted(PlanItem.objects.values_list("pk", flat=True))
    second = load_region(folder("twente"), now=NOW.replace(day=2))
    assert (first.changed, second.changed) == (True, False)
    assert sorted(PlanItem.objects.values_list("pk", flat=True)) == before
    assert Region.objects.get(slug="twente").loaded_at == NOW
    assert (second.plans, second.items) == (first.plans, first.items)


@pytest.mark.django_db
def test_loading_again_keeps_decisions_and_what_people_added() -> None:
    files = read_region(folder("twente"))
    load_region(files, now=NOW)
    region = Region.objects.get(slug="twente")
    make_organisation(region, "Huisartsenpraktijk De Linde Almelo", "gp_care")
    dimence = Organisation.objects.get(region=region, slug="dimence-groep")
    dimence.roles = [*dimence.roles, "planning_office"]
    dimence.phone = "0880000200"
    dimence.save()
    Kpi.objects.filter(region=region, number="1").update(state="met", decided_on=date(2025, 7, 3))

    load_region(replace(files, fingerprint="other"), now=NOW)

    assert Organisation.objects.filter(region=region, from_plan=False).count() == 1
    dimence.refresh_from_db()
    assert "planning_office" in dimence.roles
    assert dimence.phone == "0880000200"
    assert Kpi.objects.get(region=region, number="1").state == "met"


@pytest.mark.django_db
def test_a_role_that_the_plan_withdraws_goes_and_a_role_given_by_hand_stays() -> None:
    files = read_region(folder("twente"))
    load_region(files, now=NOW)
    Organisation.objects.filter(slug="saxion").update(roles=["kpi_registration_tool", "training"])
    partners = tuple(replace(p, roles=()) if p.slug == "saxion" else p for p in files.partners)
    load_region(replace(files, partners=partners, fingerprint="other"), now=NOW)
    assert Organisation.objects.get(slug="saxion").roles == ["training"]


@pytest.mark.django_db
def test_a_withdrawn_partner_is_reported_and_stays_while_someone_works_there() -> None:
    files = read_region(folder("twente"))
    load_region(files, now=NOW)
    make_professional(Organisation.objects.get(slug="dimence-groep"))
    left = tuple(p for p in files.partners if p.slug not in {"dimence-groep", "salut"})
    report = load_region(replace(files, partners=left, fingerprint="other"), now=NOW).partners
    assert {(gone.slug, gone.kept) for gone in report.withdrawn} == {
        ("dimence-groep", True),
        ("salut", False),
    }
    assert Organisation.objects.get(slug="dimence-groep").from_plan is False
    assert not Organisation.objects.filter(slug="salut").exists()


@pytest.mark.django_db
def test_a_withdrawn_kpi_with_a_decision_stays() -> None:
    files = read_region(folder("twente"))
    load_region(files, now=NOW)
    Kpi.objects.filter(number="33").update(state="met")
    plan = replace(files.plans[0], kpis=tuple(k for k in files.plans[0].kpis if k.id not in {"33", "34"}))
    loaded = load_region(replace(files, plans=(plan,), fingerprint="other"), now=NOW).kpis
    assert loaded is not None
    assert (loaded.withdrawn, loaded.kept) == (("33", "34"), ("33",))
    assert sorted(Kpi.objects.filter(number__in=["33", "34"]).values_list("number", flat=True)) == ["33"]


@pytest.mark.django_db
def test_wrong_files_change_nothing(tmp_path: Path) -> None:
    load_region(folder("twente"), now=NOW)
    before = Region.objects.values_list("fingerprint", "loaded_at").get(slug="twente")
    copy = tmp_path / "twente"
    shutil.copytree(folder("twente"), copy)
    kpis = copy / "plans" / "mentaal-gezond-twente" / "kpis.yaml"
    kpis.write_text(
        kpis.read_text(encoding="utf-8").replace("due: '2026-12-31'", "due: '2026-13-31'", 1),
        encoding="utf-8",
    )
    with pytest.raises(RegionFilesWrong):
        load_region(copy, now=NOW.replace(day=2))
    assert Region.objects.values_list("fingerprint", "loaded_at").get(slug="twente") == before


@pytest.mark.django_db(transaction=True)
def test_a_failure_half_way_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr("noaber.steering.kpis.services.load_kpis", stop)
    with pytest.raises(RuntimeError):
        load_region(folder("twente"), now=NOW)
    assert (Region.objects.count(), Plan.objects.count(), Organisation.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_four_loads_at_once_load_it_once() -> None:
    files = read_region(folder("twente"))
    gate = Barrier(4)

    def load(_: int) -> bool:
        try:
            gate.wait(timeout=10)
            return load_region(files, now=NOW).changed
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        changed = list(pool.map(load, range(4)))
    assert sorted(changed) == [False, False, False, True]
    assert Kpi.objects.count() == 34
    assert Municipality.objects.count() == 14

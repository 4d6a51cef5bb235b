"""The real regions load, completely, and say what their plans say."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from noaber.knowledge.regions import (
    Certainty,
    DatePrecision,
    KpiKind,
    MarkKind,
    Period,
    RegionFolderMissing,
    TargetDirection,
    UnitKind,
    as_plain,
    check_region,
    list_regions,
    read_region,
)

SLUGS = ("centraal-gelderland", "groningen", "twente")
KINDS = {"effort": "I", "result": "R"}  # how derived KPIs write what official ones call I and R
LEFT_OUT = {
    "schema_version",  # of the file, not of the region
    "region",  # repeats the name of the folder
}


def _written(value: Any) -> Iterator[str]:
    """Every value in a YAML file as text."""
    if isinstance(value, dict):
        for key, child in value.items():
            if key == "type" and child in KINDS:
                yield KINDS[child]
            elif key not in LEFT_OUT or isinstance(child, dict | list):
                yield from _written(child)
    elif isinstance(value, list):
        for child in value:
            yield from _written(child)
    elif value is not None:
        yield _as_text(value)


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value)


def _typed(value: Any) -> Iterator[str]:
    """Every value in the typed result as text; the two ends of a period apart as well."""
    if isinstance(value, Period):
        yield from (value.text, *value.text.split(" to "))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _typed(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield str(key)
            yield from _typed(child)
    elif isinstance(value, tuple | frozenset):
        for child in value:
            yield from _typed(child)
    elif isinstance(value, Enum):
        yield str(value.value)
    elif value is not None:
        yield _as_text(value)


def _read_all(folder: Path) -> Iterator[tuple[Path, Any]]:
    for path in sorted(folder.rglob("*.yaml")):
        yield path, yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_value_in_the_files_is_in_the_result(slug: str, regions_root: Path) -> None:
    """Each value is there at least as often as the files of the region hold it together."""
    found = Counter(_typed(read_region(regions_root / slug)))
    wanted: Counter[str] = Counter()
    for _, content in _read_all(regions_root / slug):
        wanted.update(_written(content))

    assert wanted.total() > 1000
    assert {text: (times, found[text]) for text, times in wanted.items() if found[text] < times} == {}


def test_all_four_plans_load(regions_root: Path) -> None:
    plans = {
        plan.slug: plan for entry in list_regions(regions_root) for plan in read_region(entry.folder).plans
    }

    assert set(plans) == {"mentaal-gezond-twente", "transformatieplan", "uitvoeringsplan", "mjp-2020-2023"}
    counted = {
        slug: (
            len(p.elements),
            len(p.kpis),
            len(p.milestones),
            len(p.risks),
            len(p.governance),
            len(p.personas),
        )
        for slug, p in plans.items()
    }
    assert counted == {
        "mentaal-gezond-twente": (8 + 3, 34, 0, 5, 9, 0),
        "transformatieplan": (9 + 1, 18, 0, 18, 9, 0),
        "uitvoeringsplan": (5 + 2, 10, 58, 0, 0, 3),
        "mjp-2020-2023": (14, 0, 0, 0, 8, 0),
    }


def test_no_region_has_problems(regions_root: Path) -> None:
    entries = list_regions(regions_root)

    assert [entry.slug for entry in entries] == list(SLUGS)
    assert [str(problem) for entry in entries for problem in check_region(entry.folder)] == []


def test_groningen_has_a_running_plan_that_follows_a_finished_one(regions_root: Path) -> None:
    region = read_region(regions_root / "groningen")

    assert region.main_plan.slug == "uitvoeringsplan"
    assert [plan.slug for plan in region.plans] == ["uitvoeringsplan", "mjp-2020-2023"]
    assert region.main_plan.follows == "mjp-2020-2023"
    assert region.plan("mjp-2020-2023").status == "finished"
    assert region.plan("mjp-2020-2023").period.ends_on == dt.date(2023, 12, 31)


def test_kpi_10_of_twente_says_what_the_plan_says(regions_root: Path) -> None:
    kpi = read_region(regions_root / "twente").main_plan.kpi("10")

    assert (kpi.number, kpi.kind, kpi.unit, kpi.component) == (
        10,
        KpiKind.EFFORT,
        UnitKind.COUNT,
        "verkennend_gesprek",
    )
    assert (kpi.target.value, kpi.target.lower_bound, kpi.target.upper_bound) == (
        Decimal(723),
        Decimal(650),
        None,
    )
    assert (kpi.target.due, kpi.target.due_precision) == (dt.date(2026, 12, 31), DatePrecision.DAY)
    assert kpi.amounts is not None
    assert (kpi.amounts.total_keur, kpi.amounts.iza_keur, kpi.amounts.spuk_keur) == (277, 127, 150)
    assert kpi.amounts.total_eur == 277_000
    assert kpi.official
    assert kpi.payout is True


def test_the_cap_on_specialist_ggz_is_a_share_where_lower_is_better(regions_root: Path) -> None:
    kpi = read_region(regions_root / "twente").main_plan.kpi("13")

    assert (kpi.unit, kpi.direction) == (UnitKind.SHARE, TargetDirection.LOWER)
    assert (kpi.target.value, kpi.target.upper_bound) == (Decimal("0.73"), Decimal("0.8"))


def test_the_money_of_twente_adds_up_within_the_printed_rounding(regions_root: Path) -> None:
    plan = read_region(regions_root / "twente").main_plan
    assert plan.kpi_set is not None
    assert plan.kpi_set.printed_totals is not None

    total = sum(kpi.amounts.total_keur for kpi in plan.kpis if kpi.amounts)

    assert plan.kpi_set.printed_totals.total_keur - total == 3


def test_reconstructed_and_doubtful_figures_keep_their_mark(regions_root: Path) -> None:
    plan = read_region(regions_root / "twente").main_plan

    reconstructed = [kpi.number for kpi in plan.kpis if kpi.reconstructed]
    assert reconstructed == [6, 12, 13, 14, 16, 17, 18, 23, 27, 28, 32]
    assert reconstructed == [kpi.number for kpi in plan.kpis if kpi.listed_as_doubtful]
    for kpi in plan.kpis:
        assert (MarkKind.RECONSTRUCTED in {mark.kind for mark in kpi.marks}) == kpi.reconstructed
        assert (MarkKind.OCR_DOUBT in {mark.kind for mark in kpi.marks}) == (kpi.ocr_doubt is not None)


def test_the_kpis_of_groningen_are_derived_and_not_official(regions_root: Path) -> None:
    plan = read_region(regions_root / "groningen").main_plan
    assert plan.kpi_set is not None

    assert not plan.kpi_set.official
    assert [kpi.id for kpi in plan.kpis] == [f"k{number}" for number in range(1, 11)]
    for kpi in plan.kpis:
        assert not kpi.official
        assert kpi.amounts is None
        assert kpi.marks[0].kind is MarkKind.DERIVED
        assert kpi.marks[0].text.startswith("Afgeleid, niet officieel")


def test_a_derived_kpi_has_a_target_for_each_year(regions_root: Path) -> None:
    plan = read_region(regions_root / "groningen").main_plan
    growing, ready, open_one = plan.kpi("k2"), plan.kpi("k6"), plan.kpi("k10")

    assert [(t.year, t.value, t.due) for t in growing.targets][:2] == [
        (2025, Decimal(2), dt.date(2025, 12, 31)),
        (2026, Decimal(10), dt.date(2026, 12, 31)),
    ]
    target = growing.target_for(2028)
    assert target is not None
    assert target.value == 20
    assert growing.target_for(2031) is None
    assert (ready.unit, ready.target.value) == (UnitKind.YES_NO, Decimal(1))
    assert (open_one.target.value, open_one.target.due) == (None, None)


def test_the_kpis_of_centraal_gelderland_have_no_amounts_and_quarters_end_on_their_last_day(
    regions_root: Path,
) -> None:
    plan = read_region(regions_root / "centraal-gelderland").main_plan

    assert all(kpi.amounts is None for kpi in plan.kpis)
    first = plan.kpi("1")
    assert (first.target.due, first.target.due_precision, first.target.due_text) == (
        dt.date(2025, 12, 31),
        DatePrecision.QUARTER,
        "2025-Q4",
    )
    assert first.cashiers == ("Pro Persona", "Gemeente Arnhem")
    assert [kpi.number for kpi in plan.kpis if kpi.payout is False] == [11]


def test_milestones_name_their_municipalities(regions_root: Path) -> None:
    plan = read_region(regions_root / "groningen").main_plan
    milestone = next(m for m in plan.milestones if m.id == "m2027-wp2-groups")

    assert (milestone.count, milestone.added, milestone.cumulative) == (32, 12, True)
    assert [(p.municipality, p.count, p.added) for p in milestone.places] == [
        ("midden-groningen", 4, True),
        ("eemsdelta", 4, True),
        ("pekela", 4, True),
    ]


def test_every_municipality_has_a_town_or_village_and_they_are_marked_as_assumed(regions_root: Path) -> None:
    for slug in SLUGS:
        files = read_region(regions_root / slug)
        assert {place.municipality for place in files.localities} == {m.slug for m in files.municipalities}
        assert {str(place.certainty) for place in files.localities} == {"assumed"}


def test_municipalities_are_marked_as_approximate(regions_root: Path) -> None:
    counts = {slug: len(read_region(regions_root / slug).municipalities) for slug in SLUGS}
    assert counts == {"twente": 14, "centraal-gelderland": 7, "groningen": 10}
    for slug in SLUGS:
        for town in read_region(regions_root / slug).municipalities:
            assert town.certainty is Certainty.ASSUMED
            assert "approximate" in town.inhabitants_source


def test_partners_have_a_domain_from_the_table_and_keep_the_printed_word(regions_root: Path) -> None:
    region = read_region(regions_root / "twente")
    tactus = next(partner for partner in region.partners if partner.name == "Tactus")

    assert (tactus.slug, tactus.domain, tactus.domain_text) == ("tactus", "addiction_care", "verslavingszorg")
    assert len({partner.slug for partner in region.partners}) == len(region.partners)


def test_the_business_case_holds_lines_and_budget(regions_root: Path) -> None:
    twente = read_region(regions_root / "twente").main_plan.business_case
    groningen = read_region(regions_root / "groningen").main_plan.business_case
    assert twente is not None
    assert groningen is not None

    line = next(line for line in twente.lines if line.id == "vg.avoid_ggz")
    assert line.years_keur == (-43, -334, -779, -1413, -1614)
    assert line.reconstructed
    assert sum(line.amount_eur for line in groningen.budget) == groningen.budget_total_eur == 25_955_400


def test_reading_twice_gives_the_same_and_the_fingerprint_follows_the_files(regions_copy: Path) -> None:
    first = read_region(regions_copy / "twente")
    assert read_region(regions_copy / "twente") == first

    path = regions_copy / "twente" / "settings.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")

    assert read_region(regions_copy / "twente").fingerprint != first.fingerprint


def test_what_remains_can_be_written_as_plain_values(regions_root: Path) -> None:
    region = read_region(regions_root / "groningen")
    documents = [*region.documents, *(document for plan in region.plans for document in plan.documents)]

    assert {document.path for document in documents} >= {
        "region.yaml",
        "plans/uitvoeringsplan/programme.yaml",
    }
    for document in documents:
        assert isinstance(as_plain(document.content), dict)


def test_a_region_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(RegionFolderMissing):
        read_region(tmp_path / "nowhere")
    assert list_regions(tmp_path / "nowhere") == ()

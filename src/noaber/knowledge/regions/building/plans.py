"""One plan with everything in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from noaber.knowledge.reading import MapNode, Taking
from noaber.knowledge.regions.building.dates import period_from_ends
from noaber.knowledge.regions.building.kpis import derived_kpis, official_kpis
from noaber.knowledge.regions.building.money import business_case
from noaber.knowledge.regions.building.people import personas
from noaber.knowledge.regions.building.programme import elements, governance, milestones, risks
from noaber.knowledge.regions.building.settings import basis
from noaber.knowledge.regions.folder import LoadedFolder, plan_path
from noaber.knowledge.regions.types import Document, Kpi, KpiSet, Persona, Plan, Tree

_NOTHING: Mapping[str, Tree] = MappingProxyType({})


def build_plan(folder: LoadedFolder, slug: str) -> Plan:
    """A plan whose files were checked before."""
    head = Taking(_needed(folder, slug, "plan.yaml"))
    programme = Taking(_needed(folder, slug, "programme.yaml"))
    parts = elements(head, programme)
    steps = milestones(programme)
    listed_risks, risks_rest = risks(programme)
    bodies, bodies_rest = governance(programme)
    programme.keep(risks=risks_rest, governance=bodies_rest)
    kpis, kpi_set = _kpis(folder, slug)
    people, people_rest = _people(folder, slug)
    case = folder.plan_file(slug, "business_case.yaml")
    follows_basis = head.maybe_map("follows_basis")
    return Plan(
        slug=head.text("slug"),
        title=head.text("title"),
        short_title=head.text("short_title"),
        source=head.text("source"),
        period=period_from_ends(head.maybe_map("period")),
        status=head.text("status"),
        kpi_status=head.text("kpi_status"),
        follows=head.maybe_text("follows"),
        follows_basis=basis(follows_basis) if follows_basis else None,
        elements=parts,
        milestones=steps,
        risks=listed_risks,
        governance=bodies,
        kpis=kpis,
        kpi_set=kpi_set,
        business_case=business_case(case) if case else None,
        personas=people,
        documents=_documents(slug, programme.remaining(), people_rest),
    )


def _needed(folder: LoadedFolder, slug: str, name: str) -> MapNode:
    file = folder.plan_file(slug, name)
    if file is None:
        raise FileNotFoundError(plan_path(slug, name))
    return file


def _kpis(folder: LoadedFolder, slug: str) -> tuple[tuple[Kpi, ...], KpiSet | None]:
    official = folder.plan_file(slug, "kpis.yaml")
    if official is not None:
        return official_kpis(official, slug)
    monitoring = folder.plan_file(slug, "monitoring.yaml")
    return derived_kpis(monitoring, slug) if monitoring is not None else ((), None)


def _people(folder: LoadedFolder, slug: str) -> tuple[tuple[Persona, ...], Mapping[str, Tree]]:
    file = folder.plan_file(slug, "personas.yaml")
    return personas(file) if file is not None else ((), _NOTHING)


def _documents(slug: str, programme: Mapping[str, Tree], people: Mapping[str, Tree]) -> tuple[Document, ...]:
    left = {"programme.yaml": programme, "personas.yaml": people}
    return tuple(Document(plan_path(slug, name), content) for name, content in left.items() if content)

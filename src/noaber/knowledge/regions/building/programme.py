"""Components, work packages, projects, milestones, risks and governance."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from noaber.knowledge.codes import load_codes
from noaber.knowledge.reading import Taking
from noaber.knowledge.regions.building.dates import last_day, period_from_words, readable
from noaber.knowledge.regions.types import (
    Activity,
    ElementKind,
    GovernanceBody,
    Milestone,
    MilestonePlace,
    Phase,
    PlanElement,
    Risk,
    Tree,
)


def elements(head: Taking, programme: Taking) -> tuple[PlanElement, ...]:
    """All parts of a plan that KPIs, milestones and money may point to, in the order of the file."""
    return (
        *(_component(item) for item in programme.maps("components")),
        *(_work_package(item) for item in programme.maps("work_packages")),
        *(_project(item) for item in programme.maps("projects")),
        *(_cross_cutting(item) for item in head.maps("cross_cutting")),
    )


def _domain_codes(texts: tuple[str, ...]) -> tuple[str, ...]:
    found = (load_codes().domain_named(text) for text in texts)
    return tuple(domain.code for domain in found if domain)


def _component(item: Taking) -> PlanElement:
    name, title = item.text("id"), item.maybe_text("title")
    return PlanElement(
        id=name,
        kind=ElementKind.COMPONENT,
        number=item.maybe_whole("number"),
        title=title or readable(name),
        title_derived=title is None,
        goals=item.texts("goal"),
        target_group=item.maybe_text("target_group"),
        partners=(partners := item.texts("partners")),
        domains=_domain_codes(partners),
        current=item.maybe_text("current"),
        desired=item.maybe_text("desired"),
        success_factors=item.texts("success_factors"),
        phases=tuple(_phase(phase) for phase in item.maps("phases")),
        activities=tuple(
            Activity(activity.text("title"), activity.remaining()) for activity in item.maps("activities")
        ),
        remaining=item.remaining(),
    )


def _phase(item: Taking) -> Phase:
    return Phase(
        id=item.maybe_text("id"),
        title=item.maybe_text("title"),
        period=period_from_words(item.node("period")),
        activities=item.texts("activities"),
    )


def _plain_element(item: Taking, kind: ElementKind, title: str, goals: tuple[str, ...]) -> PlanElement:
    return PlanElement(
        id=item.text("id"),
        kind=kind,
        number=item.maybe_whole("number"),
        title=title,
        title_derived=False,
        goals=goals,
        target_group=None,
        partners=(),
        domains=(),
        current=None,
        desired=None,
        success_factors=(),
        phases=(),
        activities=tuple(
            Activity(action.text("text"), action.remaining()) for action in item.maps("actions")
        ),
        remaining=item.remaining(),
    )


def _work_package(item: Taking) -> PlanElement:
    title, goals = item.text("dutch"), item.texts("goal")
    return _plain_element(item, ElementKind.WORK_PACKAGE, title, goals)


def _project(item: Taking) -> PlanElement:
    title, goals = item.text("title"), item.texts("goals")
    return _plain_element(item, ElementKind.PROJECT, title, goals)


def _cross_cutting(item: Taking) -> PlanElement:
    return _plain_element(item, ElementKind.CROSS_CUTTING, item.text("title"), ())


def milestones(programme: Taking) -> tuple[Milestone, ...]:
    """The dated steps of a plan."""
    return tuple(_milestone(item) for item in programme.maps("milestones"))


def _milestone(item: Taking) -> Milestone:
    places = (
        *(_place(place, added=False) for place in item.maps("municipalities")),
        *(_place(place, added=True) for place in item.maps("added_municipalities")),
    )
    return Milestone(
        id=item.text("id"),
        year=item.whole("year"),
        element=item.text("wp"),
        part=item.maybe_text("part"),
        title=item.text("title"),
        count=item.maybe_whole("count"),
        added=item.maybe_whole("added"),
        unit=item.maybe_text("unit"),
        cumulative=item.maybe_flag("cumulative"),
        share_pct=item.maybe_float("share_pct"),
        certainty=item.text("certainty"),
        confidence=item.maybe_text("confidence"),
        doubt=item.maybe_text("doubt"),
        note=item.maybe_text("note"),
        evaluation_by=last_day(item.maybe_text("evaluation_by")),
        places=places,
        remaining=item.remaining(),
    )


def _place(item: Taking, *, added: bool) -> MilestonePlace:
    return MilestonePlace(
        municipality=item.text("slug"),
        count=item.maybe_whole("count"),
        certainty=item.maybe_text("certainty"),
        split_assumed=item.flag("split_assumed"),
        added=added,
    )


def risks(programme: Taking) -> tuple[tuple[Risk, ...], Mapping[str, Tree]]:
    """The risks of a plan, and what the list says besides them."""
    block = programme.maybe_map("risks")
    if block is None:
        return tuple(_risk(item) for item in programme.maps("risks")), MappingProxyType({})
    return tuple(_risk(item) for item in block.maps("items")), block.remaining()


def _risk(item: Taking) -> Risk:
    name, text = item.text("id"), item.maybe_text("text")
    return Risk(
        id=name,
        theme=item.maybe_text("theme") or item.maybe_text("scope"),
        text=text or readable(name),
        text_derived=text is None,
        probability=item.maybe_text("probability"),
        impact=item.maybe_text("impact"),
        mitigation=item.texts("mitigation"),
        note=item.maybe_text("note"),
    )


def governance(file: Taking) -> tuple[tuple[GovernanceBody, ...], Mapping[str, Tree]]:
    """The bodies that steer, and what the block says besides them."""
    block = file.maybe_map("governance")
    if block is None:
        return tuple(_body(item) for item in file.maps("governance")), MappingProxyType({})
    listed = (*block.maps("bodies"), *block.maps("roles"))
    return tuple(_body(item) for item in listed), block.remaining()


def _body(item: Taking) -> GovernanceBody:
    name = item.maybe_text("id") or item.text("slug")
    title = item.maybe_text("name") or item.maybe_text("dutch")
    return GovernanceBody(
        id=name,
        name=title or readable(name),
        name_derived=title is None,
        tasks=(*item.texts("tasks"), *item.texts("task")),
        frequency=item.maybe_text("frequency"),
        remaining=item.remaining(),
    )

"""A region and its plans as anyone may read them, and the overview for who steers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count

from noaber.ground.wording import language_of
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.clock import day_of
from noaber.hallway.ui.controls import doubt_words
from noaber.knowledge.codes import load_codes
from noaber.network.partners import queries as partners
from noaber.steering.kpis import queries as kpis
from noaber.steering.programme.fact_words import sentence
from noaber.steering.programme.models import Plan, PlanItem
from noaber.steering.programme.overview import overview_of
from noaber.steering.programme.types import (
    Card,
    FactLine,
    HelpLine,
    Overview,
    PartnerGroup,
    PlanCard,
    PlanPage,
    RegionCard,
    RegionPage,
    Remark,
    Words,
)

MARKS = {"reconstructed": "reconstructed", "ocr_doubt": "doubtful", "doubt": "doubtful", "derived": "derived"}
SCALE = {
    "likely": "waarschijnlijk",
    "high": "hoog",
    "medium": "gemiddeld",
    "low": "laag",
    "average or more": "gemiddeld of meer",
}
"""How the plans grade risks, in the words of the screen."""

PARTS = ("component", "work_package", "project", "cross_cutting")


def regions() -> tuple[RegionCard, ...]:
    """Every region of this installation that has a plan."""
    rows = (
        Plan.objects.values("region__slug", "region__name")
        .annotate(plans=Count("pk"))
        .order_by("region__name")
    )
    return tuple(RegionCard(row["region__slug"], row["region__name"], row["plans"]) for row in rows)


def read_region(slug: str) -> RegionPage:
    """The public page of a region: where, who, which plans, facts with their marks, and where help is now."""
    region = partners.region_by_slug(slug)
    plans = Plan.objects.filter(region=region).order_by("-ends_on")
    places = partners.municipalities_of(region.pk)
    return RegionPage(
        slug=region.slug,
        name=region.name,
        source=region.source,
        municipalities=tuple(place.name for place in places),
        municipalities_note=_words((region.document.get("municipalities_note") or {}).get("note")),
        partners=_partner_groups(region),
        plans=tuple(_plan_card(plan) for plan in plans),
        facts=tuple(_fact(fact) for fact in region.facts),
        help_numbers=tuple(
            HelpLine(
                name=number["name"],
                phone=number["phone"],
                also_phone=number.get("also_phone") or "",
                hours=number.get("hours") or "",
                checked_on=date.fromisoformat(number["checked_on"]),
                invented=bool(number.get("invented_for_demo")),
            )
            for number in region.help_numbers
            if settings.DEMO or not number.get("invented_for_demo")
        ),
    )


def read_plan(region_slug: str, plan_slug: str) -> PlanPage:
    """One plan opened: its parts, milestones, risks and bodies, each with its doubt."""
    region = partners.region_by_slug(region_slug)
    plan = Plan.objects.filter(region=region, slug=plan_slug).first()
    if plan is None:
        raise gate.not_here()
    items: dict[str, list[PlanItem]] = {}
    for item in PlanItem.objects.filter(plan=plan).order_by("position"):
        items.setdefault(item.kind, []).append(item)
    names = {item.slug: item.title for kind in PARTS for item in items.get(kind, [])}
    follows = plan.document.get("follows")
    before = Plan.objects.filter(region=region, slug=follows).first() if follows else None
    return PlanPage(
        region_slug=region.slug,
        region_name=region.name,
        plan=_plan_card(plan),
        source=plan.source,
        follows=_plan_card(before) if before else None,
        follows_doubt=_words((plan.document.get("follows_basis") or {}).get("doubt")),
        parts=tuple(_part(item) for kind in PARTS for item in items.get(kind, [])),
        milestones=tuple(sorted((_milestone(item, names) for item in items.get("milestone", [])), key=_year)),
        risks=tuple(_risk(item) for item in items.get("risk", [])),
        bodies=tuple(_body(item) for item in items.get("governance", [])),
        personas=tuple(item.title for item in items.get("persona", [])),
        money_lines=sum(len(items.get(kind, [])) for kind in ("business_case_impact", "business_case_cost")),
        budget_keur=sum(int(item.document["amount_eur"]) for item in items.get("budget_line", [])) // 1000,
    )


def read_overview(actor: Actor, region_slug: str, *, now: datetime) -> Overview:
    """Are we doing what we promised, what slips, what does it cost us?"""
    return overview_of(kpis.read_kpis(actor, region_slug, now=now), today=day_of(now))


def _plan_card(plan: Plan) -> PlanCard:
    return PlanCard(
        slug=plan.slug,
        title=plan.title,
        period=str((plan.document.get("period") or {}).get("text") or ""),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        running=plan.document.get("status") == "running",
    )


def _partner_groups(region: Any) -> tuple[PartnerGroup, ...]:
    domains = load_codes().domains
    groups: dict[str, list[str]] = {}
    for organisation in region.organisations.filter(from_plan=True).order_by("name"):
        label = domains[organisation.domain].label if organisation.domain in domains else organisation.domain
        groups.setdefault(label, []).append(organisation.name)
    return tuple(PartnerGroup(label, tuple(names)) for label, names in sorted(groups.items()))


def _fact(fact: Mapping[str, Any]) -> FactLine:
    text, language = sentence(fact)
    return FactLine(
        text=text, language=language, source=fact.get("source") or "", remarks=_remarks(fact.get("marks"))
    )


def _remarks(marks: Any) -> tuple[Remark, ...]:
    return tuple(
        Remark(title=doubt_words(MARKS[mark["kind"]])[0], text=_words(mark["text"]))
        for mark in marks or ()
        if mark["kind"] in MARKS
    )


def _words(text: Any) -> Words:
    plain = str(text or "")
    return Words(plain, language_of(plain))


def _part(item: PlanItem) -> Card:
    document = item.document
    lines = [
        ("Waarom", "; ".join(document.get("goals") or ())),
        ("Voor wie", document.get("target_group")),
        ("Nu", document.get("current")),
        ("Straks", document.get("desired")),
    ]
    phases = tuple(
        (
            f"{phase['period']['text']}: {phase['title'] or phase['id'] or ''}".strip(": "),
            _listed(phase["activities"]),
        )
        for phase in document.get("phases") or ()
    )
    return Card(
        slug=item.slug,
        title=item.title,
        kind=item.kind,
        title_derived=bool(document.get("title_derived")),
        lines=tuple((label, _words(text)) for label, text in lines if text),
        phases=phases,
        activities=tuple(_words(activity["title"]) for activity in document.get("activities") or ()),
        remarks=(),
    )


def _listed(texts: Any) -> Words:
    return _words("; ".join(texts or ()))


def _milestone(item: PlanItem, names: Mapping[str, str]) -> Card:
    document = item.document
    doubts = [text for text in (document.get("doubt"), document.get("note")) if text]
    certain = document.get("certainty") in {"certain", "stated"}
    remarks = [Remark(title=doubt_words("doubtful")[0], text=_words(text)) for text in doubts]
    if not certain:
        remarks.append(
            Remark(title=doubt_words("assumed")[0], text=_words("Het plan noemt dit als scenario."))
        )
    return Card(
        slug=item.slug,
        title=item.title,
        kind=str(document["year"]),
        title_derived=False,
        lines=(("Onderdeel", Words(names.get(document["element"], document["element"]), "nl")),),
        phases=(),
        activities=(),
        remarks=tuple(remarks),
    )


def _year(card: Card) -> str:
    """Milestones of a year stand together; within it they keep the order of the plan."""
    return card.kind


def _risk(item: PlanItem) -> Card:
    document = item.document
    lines = [
        ("Kans", _scale(document.get("probability"))),
        ("Gevolg", _scale(document.get("impact"))),
        ("Wat we doen", "; ".join(document.get("mitigation") or ())),
    ]
    return Card(
        slug=item.slug,
        title=document.get("text") or item.title,
        kind=str(document.get("theme") or ""),
        title_derived=bool(document.get("text_derived")),
        lines=tuple((label, _words(text)) for label, text in lines if text),
        phases=(),
        activities=(),
        remarks=(),
    )


def _scale(word: str | None) -> str | None:
    return SCALE.get(word, word) if word else None


def _body(item: PlanItem) -> Card:
    document = item.document
    lines = [("Taken", "; ".join(document.get("tasks") or ())), ("Hoe vaak", document.get("frequency"))]
    return Card(
        slug=item.slug,
        title=item.title,
        kind="governance",
        title_derived=bool(document.get("name_derived")),
        lines=tuple((label, _words(text)) for label, text in lines if text),
        phases=(),
        activities=(),
        remarks=(),
    )

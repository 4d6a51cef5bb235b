"""What an organiser and a programme manager see: fill, waiting and decisions. No person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.clock import day_of
from noaber.knowledge.groups import Goal, goal_of
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Membership, Organisation
from noaber.offer.groups import figures, queries
from noaber.offer.groups.figures import GroupFigures, HoursRow
from noaber.offer.groups.models import Group, GroupEvaluation, Leader, ScaleDecision
from noaber.offer.groups.types import GroupCard


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One group on the board."""

    card: GroupCard
    figures: GroupFigures
    last_decision: ScaleDecision | None


@dataclass(frozen=True, slots=True)
class Board:
    """All groups of a region with what asks attention."""

    region_id: UUID
    rows: list[BoardRow]
    per_municipality: list[tuple[str, int]]
    without: list[str]
    goal: Goal | None
    running: int
    places: int
    taken: int
    waiting: int


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """One group in full for who organises."""

    row: Group
    card: GroupCard
    lines: list[tuple[str, str]]
    leaders: list[Leader]
    decisions: list[ScaleDecision]
    evaluations: list[GroupEvaluation]
    hours: list[HoursRow]
    successors: list[Group]
    may_keep: bool


def region_of(actor: Actor) -> UUID:
    """The region whose groups this actor organises or steers."""
    regions = actor.regions(Role.GROUP_ORGANISER, Role.PROGRAMME_MANAGER)
    if not regions:
        raise gate.not_here()
    return sorted(regions, key=str)[0]


def board(actor: Actor, *, kind: str = "", municipality: str = "", now: datetime) -> Board:
    """The groups of the region, the fullest lists of waiting people first."""
    gate.require_act(actor, "groups.board")
    region_id = region_of(actor)
    found = gate.visible(actor, "board", queries.rows(), resource="group").filter(region_id=region_id)
    living = list(found.filter(state__in=Group.LIVING))
    shown = [
        group
        for group in living
        if (not kind or group.kind == kind)
        and (not municipality or (group.municipality and group.municipality.slug == municipality))
    ]
    cards = queries.cards(shown, now=now)
    counted = figures.of_groups(shown)
    last: dict[UUID, ScaleDecision] = {}
    for decision in ScaleDecision.objects.filter(group__in=shown).order_by("decided_on", "recorded_at"):
        last[decision.group_id] = decision
    rows = [BoardRow(card, counted[card.id], last.get(card.id)) for card in cards]
    spread = Counter(group.municipality.name for group in living if group.municipality)
    towns = [place.name for place in partners.municipalities_of(region_id)]
    slug = partners.region(region_id).slug
    return Board(
        region_id=region_id,
        rows=sorted(rows, key=lambda row: (-row.card.places.waiting, row.card.title)),
        per_municipality=sorted(((name, spread[name]) for name in towns), key=lambda one: (-one[1], one[0])),
        without=[name for name in towns if not spread[name]],
        goal=goal_of(slug, day_of(now).year),
        running=len(living),
        places=sum(row.card.places.most for row in rows),
        taken=sum(row.card.places.taken for row in rows),
        waiting=sum(row.card.places.waiting + row.card.places.asked for row in rows),
    )


def board_group(actor: Actor, group_id: UUID, *, now: datetime) -> BoardGroup:
    """One group with its figures, leaders, decisions and settlement."""
    row = gate.get(actor, "board", queries.rows(), resource="group", pk=group_id)
    today = day_of(now)
    return BoardGroup(
        row=row,
        card=queries.cards([row], now=now)[0],
        lines=figures.lines(row, now=now),
        leaders=list(
            Leader.objects.filter(group=row).select_related("account", "organisation").order_by("period")
        ),
        decisions=list(ScaleDecision.objects.filter(group=row).order_by("-decided_on", "-recorded_at")),
        evaluations=list(GroupEvaluation.objects.filter(group=row).order_by("-held_on")),
        hours=figures.settlement([row], date(today.year, 1, 1), today),
        successors=list(Group.objects.filter(predecessor=row).order_by("starts_on")),
        may_keep=gate.allowed(actor, "keep", row, resource="group"),
    )


def hours_of_region(actor: Actor, from_on: date, until_on: date) -> list[HoursRow]:
    """Hours of all groups of the region over these days, for the settlement."""
    gate.require_act(actor, "groups.board")
    found = gate.visible(actor, "board", Group.objects.all(), resource="group")
    return figures.settlement(found, from_on, until_on)


def homes(region_id: UUID) -> list[tuple[str, str]]:
    """The organisations of the region, as choices."""
    rows = Organisation.objects.filter(region_id=region_id).order_by("name").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def possible_leaders(actor: Actor, group_id: UUID, *, now: datetime) -> list[tuple[str, str]]:
    """Colleagues of the region who lead groups today: (account and organisation, words)."""
    row = gate.get(actor, "keep", Group.objects.all(), resource="group", pk=group_id)
    found = (
        Membership.objects.filter(
            role=Role.GROUP_LEADER,
            period__contains=day_of(now),
            organisation__region_id=row.region_id,
        )
        .select_related("account", "organisation")
        .order_by("organisation__name", "account__name")
    )
    return [
        (f"{one.account_id}:{one.organisation_id}", f"{one.organisation.name}: {one.account.name}")
        for one in found
    ]

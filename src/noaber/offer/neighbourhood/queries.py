"""Looking into areas. Everything goes through access; a key person shows as long as her consent lasts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.clock import day_of
from noaber.knowledge.neighbourhood import NEEDS, inventories
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Membership, Region
from noaber.offer.neighbourhood import rules
from noaber.offer.neighbourhood.models import (
    AcuteAgreement,
    Area,
    FollowUp,
    Inventory,
    KeyPerson,
    Signal,
    TeamMember,
)
from noaber.offer.neighbourhood.services import area_for
from noaber.offer.neighbourhood.types import (
    AcuteLine,
    AcutePage,
    AnswerLine,
    AreaCard,
    AreaPage,
    FollowUpCard,
    InventoryLine,
    InventoryPage,
    KeyPersonCard,
    MemberCard,
    SignalCard,
    SignalStepLine,
)

OPEN_SIGNAL = (Signal.State.NEW, Signal.State.PICKED_UP)
SOON = timedelta(days=60)
ON_PAGE = 12


def regions_open_to(actor: Actor) -> list[Region]:
    """The regions in which this actor may read areas."""
    gate.require_act(actor, "neighbourhood.open")
    wanted = actor.regions(Role.KWARTIERMAKER, Role.PROGRAMME_MANAGER)
    return [partners.region(region_id) for region_id in wanted]


def areas(actor: Actor, *, now: datetime) -> tuple[AreaCard, ...]:
    """The areas this actor may see, each with how it stands."""
    gate.require_act(actor, "neighbourhood.open")
    rows = gate.visible(actor, "see", Area.objects.filter(ended_on__isnull=True), resource="area")
    return _cards(rows, day_of(now))


def _cards(rows: QuerySet[Area], today: date) -> tuple[AreaCard, ...]:
    found = list(_counted(rows, today))
    with gate.as_system("sleutelpersonen tellen, zonder iets van hen te tonen"):
        known = dict(
            _living(today)
            .filter(area__in=[area.pk for area in found])
            .values_list("area_id")
            .annotate(n=Count("pk"))
        )
    return tuple(_card(area, known.get(area.pk, 0)) for area in found)


def _counted(rows: QuerySet[Area], today: date) -> QuerySet[Area]:
    def number(model: type[TeamMember | Signal | FollowUp], which: Q) -> Coalesce:
        found = model._default_manager.filter(which, area=OuterRef("pk")).order_by().values("area")
        return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), Value(0))

    return (
        rows.select_related("municipality")
        .annotate(
            team_now=number(TeamMember, Q(period__contains=today)),
            signals_open=number(Signal, Q(state__in=OPEN_SIGNAL)),
            actions_open=number(FollowUp, Q(done_on__isnull=True)),
            seen_on=Subquery(
                Inventory.objects.filter(area=OuterRef("pk"))
                .order_by()
                .values("area")
                .annotate(last=Max("held_on"))
                .values("last")
            ),
        )
        .order_by("municipality__name", "name")
    )


def _card(area: Area, key_persons: int) -> AreaCard:
    return AreaCard(
        id=area.pk,
        title=str(area),
        municipality=area.municipality.name,
        pilot=area.pilot,
        began_on=area.began_on,
        team=getattr(area, "team_now", 0),
        key_persons=key_persons,
        open_signals=getattr(area, "signals_open", 0),
        open_actions=getattr(area, "actions_open", 0),
        last_inventory_on=getattr(area, "seen_on", None),
    )


def area(actor: Actor, area_id: UUID, *, now: datetime) -> AreaPage:
    """Everything of one area: who is known, what is asked, which place is not welcoming yet."""
    today = day_of(now)
    row = area_for(actor, area_id, "see")
    may_work = gate.allowed(actor, "work", row, resource="area")
    card = _cards(Area.objects.filter(pk=row.pk), today)[0]
    shown = key_persons(actor, row, today)
    newest = row.acute_agreements.filter(valid_from__lte=today).aggregate(v=Max("version"))["v"]
    signals = row.signals.filter(state__in=OPEN_SIGNAL).order_by("-heard_on", "-recorded_at")
    return AreaPage(
        card=card,
        team=_team(row, actor, today),
        key_persons=shown,
        hidden_key_persons=card.key_persons - len(shown),
        signals=tuple(signal_card(signal, str(row)) for signal in signals[:ON_PAGE]),
        inventories=_newest_inventories(row),
        actions=follow_ups(row.follow_ups.filter(done_on__isnull=True), today),
        acute_version=newest or 0,
        may_work=may_work,
        may_manage=gate.allowed(actor, "manage", row, resource="area"),
    )


def _living(today: date) -> QuerySet[KeyPerson]:
    return KeyPerson.objects.filter(ended_at__isnull=True, consent_on__lte=today, consent_until__gte=today)


def key_persons(actor: Actor, area: Area, today: date) -> tuple[KeyPersonCard, ...]:
    """Who is known in this area to this reader, today. By name; names are sealed, so sorted here."""
    rows = gate.visible(actor, "see", _living(today).filter(area=area), resource="key_person")
    cards = (key_person_card(row, today) for row in rows)
    return tuple(sorted(cards, key=lambda card: card.name.casefold()))


def key_person_card(row: KeyPerson, today: date) -> KeyPersonCard:
    """As this room shows her."""
    return KeyPersonCard(
        id=row.pk,
        name=row.name,
        knows=row.knows,
        reach=row.reach,
        formal=row.formal,
        items=tuple(row.consent_items),
        consent_on=row.consent_on,
        consent_until=row.consent_until,
        ends_soon=row.consent_until - today <= SOON,
        recorded_by=row.recorded_by_name,
    )


def key_person(actor: Actor, key_person_id: UUID, *, now: datetime) -> tuple[KeyPersonCard, UUID]:
    """One key person for whoever may take her off the list, with her area; not here once she withdrew."""
    today = day_of(now)
    row = gate.get(actor, "end", _living(today), resource="key_person", pk=key_person_id)
    return key_person_card(row, today), row.area_id


def _team(area: Area, actor: Actor, today: date) -> tuple[MemberCard, ...]:
    week = rules.week_of(today)
    rows = (
        area.members.filter(Q(period__contains=today) | Q(period__startswith__gt=today))
        .select_related("account", "organisation")
        .annotate(
            used=Coalesce(Sum("used_hours__hours", filter=Q(used_hours__week_of=week)), Value(Decimal(0)))
        )
        .order_by("period", "account__name")
    )
    return tuple(
        MemberCard(
            id=row.pk,
            name=row.account.name,
            organisation=row.organisation.name,
            part=row.get_part_display(),
            from_on=row.period.lower,
            until_on=row.period.upper,
            hours_per_week=row.hours_per_week,
            used_this_week=row.used,
            left=rules.hours_left(float(row.hours_per_week), float(row.used)),
            is_me=row.account_id == actor.account_id,
        )
        for row in rows
    )


def candidates(actor: Actor, area_id: UUID, *, now: datetime) -> tuple[tuple[str, str], ...]:
    """Kwartiermakers of the region who can be put in a team: (membership, name and organisation)."""
    area = area_for(actor, area_id, "manage")
    rows = Membership.objects.filter(
        role=str(Role.KWARTIERMAKER),
        organisation__region_id=area.region_id,
        period__contains=day_of(now),
    ).select_related("account", "organisation")
    return tuple(
        (str(row.pk), f"{row.account.name}, {row.organisation.name}")
        for row in rows.order_by("account__name")
    )


# --- inventories and what follows ---------------------------------------------------------------------


def inventory_line(row: Inventory) -> InventoryLine:
    """One inventory in a list."""
    return InventoryLine(
        id=row.pk,
        kind=row.kind,
        kind_label=inventories()[row.kind].label,
        place=row.place,
        held_on=row.held_on,
        by=row.by_name,
        open_actions=getattr(row, "open_actions", 0),
    )


def _with_actions(rows: QuerySet[Inventory]) -> QuerySet[Inventory]:
    return rows.annotate(open_actions=Count("follow_ups", filter=Q(follow_ups__done_on__isnull=True)))


def _newest_inventories(area: Area) -> tuple[InventoryLine, ...]:
    """The newest of the needs and of each place, newest first."""
    newest: dict[tuple[str, str], Inventory] = {}
    for row in _with_actions(area.inventories.order_by("-held_on", "-recorded_at")):
        newest.setdefault((row.kind, row.place.casefold()), row)
    return tuple(inventory_line(row) for row in newest.values())


def inventory(actor: Actor, inventory_id: UUID, *, now: datetime) -> InventoryPage:
    """One inventory beside the one before it of the same kind and place."""
    rows = Inventory.objects.select_related("area__municipality")
    row = gate.get(actor, "see", rows, resource="inventory", pk=inventory_id)
    same = Inventory.objects.filter(area=row.area, kind=row.kind, place__iexact=row.place).exclude(pk=row.pk)
    earlier = Q(held_on__lt=row.held_on) | Q(held_on=row.held_on, recorded_at__lt=row.recorded_at)
    before = same.filter(earlier).order_by("-held_on", "-recorded_at").first()
    later = same.exclude(earlier).order_by("held_on", "recorded_at").first()
    return InventoryPage(
        line=inventory_line(row),
        area_id=row.area_id,
        area_title=str(row.area),
        lines=_answers(row, before),
        narrative=row.narrative,
        spoke_with=row.spoke_with,
        before=inventory_line(before) if before else None,
        later=inventory_line(later) if later else None,
        actions=follow_ups(row.follow_ups.all(), day_of(now)),
        may_work=gate.allowed(actor, "work", row, resource="inventory"),
    )


def _answers(row: Inventory, before: Inventory | None) -> tuple[AnswerLine, ...]:
    table = inventories()[row.kind]
    was = before.answers if before else {}
    differs = rules.changed(was, row.answers)
    return tuple(
        AnswerLine(
            label=question.label,
            now=table.answers.get(row.answers.get(question.code, "unknown"), ""),
            before=table.answers.get(was[question.code], "") if question.code in was else "",
            changed=question.code in differs,
            note=row.notes.get(question.code, ""),
        )
        for question in table.questions
    )


def follow_ups(rows: QuerySet[FollowUp], today: date) -> tuple[FollowUpCard, ...]:
    """What will be done, the first due first; what was done comes last."""
    found = rows.select_related("inventory").order_by(F("done_on").asc(nulls_first=True), "due_on", "pk")
    return tuple(
        FollowUpCard(
            id=row.pk,
            words=row.words,
            owner=row.owner,
            due_on=row.due_on,
            done_on=row.done_on,
            late=row.done_on is None and row.due_on < today,
            about=_about(row),
            url_id=row.inventory_id or row.signal_id,
        )
        for row in found
    )


def _about(row: FollowUp) -> str:
    if row.inventory is None:
        return "signaal"
    return "behoeften" if row.inventory.kind == NEEDS else row.inventory.place


# --- signals and acute agreements -----------------------------------------------------------------------


def signal_card(row: Signal, title: str, steps: Iterable[SignalStepLine] = ()) -> SignalCard:
    """As a page shows it."""
    return SignalCard(
        id=row.pk,
        area_id=row.area_id,
        area_title=title,
        words=row.words,
        heard_on=row.heard_on,
        by=row.by_name,
        state=row.state,
        state_label=row.get_state_display(),
        is_open=row.state in OPEN_SIGNAL,
        steps=tuple(steps),
    )


def signal(
    actor: Actor, signal_id: UUID, *, now: datetime
) -> tuple[SignalCard, tuple[FollowUpCard, ...], bool]:
    """One signal with what was done, what will be done, and whether this reader may work on it."""
    rows = Signal.objects.select_related("area__municipality")
    row = gate.get(actor, "see", rows, resource="signal", pk=signal_id)
    steps = [
        SignalStepLine(step.at, step.by_name, step.get_state_display(), step.words)
        for step in row.steps.order_by("at")
    ]
    may_work = gate.allowed(actor, "work", row, resource="signal")
    return signal_card(row, str(row.area), steps), follow_ups(row.follow_ups.all(), day_of(now)), may_work


def acute(actor: Actor, area_id: UUID, *, now: datetime) -> AcutePage:
    """Whom to ring in this area, as agreed for today; for everyone with a role in the region."""
    today = day_of(now)
    row = area_for(actor, area_id, "acute")
    current = _acute_on(row, today)
    later = row.acute_agreements.filter(valid_from__gt=today).order_by("valid_from").first()
    return AcutePage(
        area_id=row.pk,
        area_title=str(row),
        version=current.version if current else 0,
        valid_from=current.valid_from if current else None,
        made_by=current.made_by_name if current else "",
        lines=tuple(AcuteLine(**line) for line in current.lines) if current else (),
        coming=later.valid_from if later else None,
        key_persons=tuple(person for person in key_persons(actor, row, today) if person.reach),
        may_work=gate.allowed(actor, "work", row, resource="area"),
    )


def _acute_on(area: Area, day: date) -> AcuteAgreement | None:
    held = area.acute_agreements.filter(valid_from__lte=day)
    return held.order_by("-valid_from", "-version").first()


def newest_acute(actor: Actor, area_id: UUID) -> tuple[int, tuple[AcuteLine, ...]]:
    """The newest version and its lines, to start the next one from."""
    row = area_for(actor, area_id, "work").acute_agreements.order_by("-version").first()
    return (row.version, tuple(AcuteLine(**line) for line in row.lines)) if row else (0, ())

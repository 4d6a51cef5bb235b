"""What pages and other rooms may hold of a neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class ConsentItem(StrEnum):
    """What a key person can agree to; each a yes of its own."""

    TEAM = "team"
    REACH = "reach"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class AreaCard:
    """A municipality or a named neighbourhood in one, with how it stands."""

    id: UUID
    title: str
    municipality: str
    pilot: bool
    began_on: date
    team: int
    key_persons: int
    open_signals: int
    open_actions: int
    last_inventory_on: date | None


@dataclass(frozen=True, slots=True)
class MemberCard:
    """Someone of a team and her free hours of this week."""

    id: UUID
    name: str
    organisation: str
    part: str
    from_on: date
    until_on: date | None
    hours_per_week: Decimal
    used_this_week: Decimal
    left: float
    is_me: bool


@dataclass(frozen=True, slots=True)
class KeyPersonCard:
    """A key person as the reader may see her. `reach` is empty when she did not agree to that."""

    id: UUID
    name: str
    knows: str
    reach: str
    formal: bool
    items: tuple[str, ...]
    consent_on: date
    consent_until: date
    ends_soon: bool
    recorded_by: str


@dataclass(frozen=True, slots=True)
class FollowUpCard:
    """Something that somebody will do."""

    id: UUID
    words: str
    owner: str
    due_on: date
    done_on: date | None
    late: bool
    about: str
    url_id: UUID | None


@dataclass(frozen=True, slots=True)
class InventoryLine:
    """One inventory in a list."""

    id: UUID
    kind: str
    kind_label: str
    place: str
    held_on: date
    by: str
    open_actions: int


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with the answer of then and now."""

    label: str
    now: str
    before: str
    changed: bool
    note: str


@dataclass(frozen=True, slots=True)
class InventoryPage:
    """One inventory in full, beside the one before."""

    line: InventoryLine
    area_id: UUID
    area_title: str
    lines: tuple[AnswerLine, ...]
    narrative: str
    spoke_with: str
    before: InventoryLine | None
    later: InventoryLine | None
    actions: tuple[FollowUpCard, ...]
    may_work: bool


@dataclass(frozen=True, slots=True)
class SignalStepLine:
    """One step in what happened with a signal."""

    at: datetime
    by: str
    state_label: str
    words: str


@dataclass(frozen=True, slots=True)
class SignalCard:
    """Something that was heard, about nobody."""

    id: UUID
    area_id: UUID
    area_title: str
    words: str
    heard_on: date
    by: str
    state: str
    state_label: str
    is_open: bool
    steps: tuple[SignalStepLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AcuteLine:
    """Whom to ring when. A function or an organisation, never a person."""

    when: str
    whom: str
    phone: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AcutePage:
    """The agreements for acute situations of an area as they hold on a day."""

    area_id: UUID
    area_title: str
    version: int
    valid_from: date | None
    made_by: str
    lines: tuple[AcuteLine, ...]
    coming: date | None
    key_persons: tuple[KeyPersonCard, ...]
    may_work: bool


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Everything of one area that this reader may see."""

    card: AreaCard
    team: tuple[MemberCard, ...]
    key_persons: tuple[KeyPersonCard, ...]
    hidden_key_persons: int
    signals: tuple[SignalCard, ...]
    inventories: tuple[InventoryLine, ...]
    actions: tuple[FollowUpCard, ...]
    acute_version: int
    may_work: bool
    may_manage: bool


@dataclass(frozen=True, slots=True)
class NewKeyPerson:
    """What is recorded when someone says yes."""

    name: str
    knows: str
    reach: str
    formal: bool
    items: tuple[str, ...]
    said: str
    consent_on: date
    consent_until: date | None
    once_key: str


@dataclass(frozen=True, slots=True)
class NewInventory:
    """What a kwartiermaker wrote down. `answers` by code of the question; `notes` likewise."""

    kind: str
    place: str
    held_on: date
    spoke_with: str
    answers: dict[str, str]
    notes: dict[str, str]
    narrative: str
    no_person: bool
    once_key: str
    action: str = ""
    action_owner: str = ""
    action_due: date | None = None


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """What will be done, by whom and before when."""

    words: str
    owner: str
    due_on: date
    once_key: str
    no_person: bool = False


@dataclass(frozen=True, slots=True)
class NewSignal:
    """What was heard, in words that name nobody."""

    words: str
    heard_on: date
    no_person: bool
    once_key: str


@dataclass(frozen=True, slots=True)
class NewActivity:
    """A prevention activity as it is planned or reported."""

    municipality_id: UUID
    kind: str
    title: str
    text: str
    state: str
    starts_on: date
    ends_on: date
    when_words: str = ""
    place: str = ""
    organiser: str = ""
    risk_group: str = ""
    initiative: str = ""
    public: bool = True
    reach: int | None = None
    reach_how: str = ""
    evaluate_on: date | None = None
    learned: str = ""
    once_key: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ActivityCard:
    """One activity, for residents (`public`) and for who plans."""

    id: UUID
    title: str
    text: str
    kind: str
    kind_label: str
    group_label: str
    municipality: str
    municipality_slug: str
    state: str
    state_label: str
    starts_on: date
    ends_on: date
    runs: bool
    when_words: str
    place: str
    organiser: str
    reach: int | None
    reach_how: str
    evaluate_on: date | None
    evaluation_late: bool
    learned: str
    overlap: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """The activities of one municipality in a year, and how many the plan asks."""

    name: str
    counts: tuple[tuple[str, int], ...]
    total: int
    wanted: int | None
    towards: int

    @property
    def enough(self) -> bool:
        """At least what the plan asks; without a number in the plan nothing is asked."""
        return self.wanted is None or self.towards >= self.wanted


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal of the plan in words, and how it stands."""

    source: str
    doubt: str
    reached: int
    needed: int
    all: int
    is_reached: bool


@dataclass(frozen=True, slots=True)
class ActivitiesPage:
    """All activities of a region in one year."""

    region: str
    year: int
    places: tuple[PlaceCount, ...]
    goals: tuple[GoalLine, ...]
    cards: tuple[ActivityCard, ...]
    reach: int
    may_add: bool

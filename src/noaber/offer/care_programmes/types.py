"""What pages and other rooms may hold of care programmes and their waits. Weeks unless a name says days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from noaber.ground.small_cells import SMALLEST_CELL


class State(StrEnum):
    """How old the newest figure is: fresh, late (grey), too old to rank, or there is none."""

    FRESH = "fresh"
    OVERDUE = "overdue"
    OUT = "out"
    NONE = "none"


SORTS = ("total", "intake", "distance", "name")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; codes of `knowledge/care`, `municipality` is a slug.

    `fits`: a programme without a split by diagnosis also fits a diagnosis, one without an age any age, one
    without named insurers any insurer (marked on the row). `latitude` and `longitude` give the distance.
    """

    care_type: str = ""
    setting: str = ""
    diagnosis: str = ""
    municipality: str = ""
    age: int | None = None
    insurer: str = ""
    online: bool = False
    open_only: bool = False
    latitude: float | None = None
    longitude: float | None = None
    within_km: float | None = None
    sort: str = "total"


@dataclass(frozen=True, slots=True)
class NormWeeks:
    """The Treeknormen that hold for a programme, in weeks; equal is within."""

    intake: float
    treatment: float
    total: float


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Counted by the network from starts. `p50` or `p90` is None when the curve does not get there yet.

    `n` waits were followed, of which `begun` began; `left` stopped waiting before. `why_not` says in words
    why there is no figure ('te weinig starts', 'geen startlijst', 'nog niet te zeggen').
    """

    p50: float | None
    p90: float | None
    n: int
    begun: int
    left: int
    from_on: date
    until_on: date
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Realised:
    """Mean weeks of the waits that ended in the last two months, from the starts; None with too few."""

    weeks: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source says, of one reference date. How many people wait is in `Regional` only."""

    report_id: UUID
    intake_weeks: float | None
    treatment_weeks: float | None
    total_weeks: float | None
    method: str
    method_words: str
    reference_date: date
    age_days: int
    inflow: int | None
    source: str
    source_words: str
    how_words: str
    questioned: bool
    unchanged: bool
    reported_at: datetime
    superseded_at: datetime | None = None

    @property
    def inflow_hidden(self) -> bool:
        """Whether so few people began that their number could point at someone."""
        return self.inflow is not None and 0 < self.inflow < SMALLEST_CELL


@dataclass(frozen=True, slots=True)
class StopCard:
    """A stretch in which nobody new is taken in."""

    since: date
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One programme with its wait, as a list shows it.

    `claim` is the newest figure that counts; `others` are those of other sources of the same date, and
    `disagree` says that they differ. `questioned` is a newer figure beyond belief, shown and not used.
    `within_*` is None where no norm holds or there is no figure. `difference` is computed median minus
    claimed total, in weeks.
    """

    programme_id: UUID
    region_id: UUID
    organisation_id: UUID
    provider: str
    name: str
    care_type: str
    care_type_words: str
    setting: str
    setting_words: str
    diagnosis: str
    diagnosis_words: str
    min_age: int | None
    max_age: int | None
    ages_words: str
    insurers: tuple[str, ...]
    insurers_words: str
    cost: str
    offer: str
    exclusions: str
    referral_criteria: str
    desk: str
    phone: str
    email: str
    website: str
    mode: str
    online: bool
    place_name: str
    street: str
    postal_code: str
    city: str
    municipality: str
    municipality_slug: str
    latitude: float | None
    longitude: float | None
    distance_km: float | None
    service_id: UUID | None
    ended_on: date | None
    ended_why: str
    stop: StopCard | None
    claim: Claim | None
    others: tuple[Claim, ...]
    disagree: bool
    questioned: Claim | None
    state: State
    norms: NormWeeks | None
    within_intake: bool | None
    within_treatment: bool | None
    within_total: bool | None
    computed: Percentiles
    computed_intake: Percentiles
    computed_treatment: Percentiles
    realised_intake: Realised
    realised_treatment: Realised
    difference: float | None

    @property
    def is_grey(self) -> bool:
        """Whether the figure is late; it still ranks."""
        return self.state is State.OVERDUE

    @property
    def ranks(self) -> bool:
        """Whether it stands in the ranking: a figure that is not too old, no intake stop, not ended."""
        return self.state in (State.FRESH, State.OVERDUE) and self.stop is None and self.ended_on is None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: `ranked` in the order asked for, `beside` what cannot be ranked, with why on the row.

    `beside` holds intake stops, programmes without a figure and figures that are too old.
    """

    ranked: tuple[ProgrammeRow, ...]
    beside: tuple[ProgrammeRow, ...]

    @property
    def rows(self) -> tuple[ProgrammeRow, ...]:
        """All of them, the ranking first."""
        return self.ranked + self.beside


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One month: the claimed figures of that month and what was counted from registrations until then.

    `median_weeks` is the Kaplan-Meier median from registration to treatment over the window that ends with
    the month; None with too few starts.
    """

    month: date
    intake_weeks: float | None
    treatment_weeks: float | None
    total_weeks: float | None
    median_weeks: float | None
    n: int


@dataclass(frozen=True, slots=True)
class RegionalWait:
    """The inflow-weighted mean over providers with more than ten professionals, per type of care.

    `left_out_*` say which programmes are not in the mean: of small providers, with a figure that is too old
    or lacks, without an inflow. `beyond_norm` counts programmes of any size.
    """

    care_type: str
    care_type_words: str
    intake_weeks: float | None
    treatment_weeks: float | None
    total_weeks: float | None
    inflow: int
    inflow_hidden: bool
    """A few people at one of the programmes, who could be found by subtraction."""
    counted: int
    left_out_small: int
    left_out_old: int
    left_out_no_inflow: int
    beyond_norm: int
    stops: int
    programmes: int
    norms: NormWeeks | None

    @property
    def judged(self) -> int:
        """Programmes with a figure that is not too old: of these, some are beyond the norm."""
        return self.programmes - self.left_out_old


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """How many people wait at one provider, as it says."""

    organisation_id: UUID
    provider: str
    people: int


@dataclass(frozen=True, slots=True)
class Regional:
    """Waits of a region on a day.

    `waiting` is the sum over lists *met dubbelingen*: who waits at two providers is in it twice. It is None
    when nobody told it or too few people stand behind it (`waiting_hidden`). `waiting_rest` adds up the
    providers whose number is too small to show apart.
    """

    on: date
    per_type: tuple[RegionalWait, ...]
    waiting: int | None
    waiting_hidden: bool
    waiting_lines: tuple[WaitingLine, ...]
    waiting_rest: int | None
    programmes: int
    fresh: int
    overdue: int
    out: int
    without: int


@dataclass(frozen=True, slots=True)
class StartLine:
    """One start behind a figure: days only. `waited_days` until the treatment, leaving, or today."""

    number: int
    registered_on: date
    intake_on: date | None
    treatment_on: date | None
    left_on: date | None
    waited_days: int
    outcome: Literal["begun", "left", "waiting"]
    source_words: str

    @property
    def waited_weeks(self) -> int:
        """Whole weeks, for a page that anyone reads."""
        return self.waited_days // 7


@dataclass(frozen=True, slots=True)
class StartsOf:
    """The starts behind the computed figures. When too few stand behind it the lines are hidden."""

    lines: tuple[StartLine, ...]
    hidden: bool
    computed: Percentiles


@dataclass(frozen=True, slots=True)
class NewReport:
    """A figure as it comes in, checked for shape. Codes of `knowledge/waits`."""

    programme_id: UUID
    intake_weeks: float | None
    treatment_weeks: float | None
    method: str
    reference_date: date
    inflow: int | None = None
    waiting: int | None = None
    unchanged: bool = False
    sure: bool = False
    """The source was asked about a figure beyond belief and said it again."""
    raw: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewStart:
    """One line of a start list, with the provider's own number still in it: it is not kept."""

    programme_id: UUID
    reference: str
    registered_on: date
    intake_on: date | None = None
    treatment_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewOpening:
    """A free day in an agenda."""

    programme_id: UUID
    kind: str
    day: date
    places: int = 1

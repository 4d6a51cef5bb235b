"""Pure decisions: whom a text names, how long a consent lasts, which activities overlap, how goals stand."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from noaber.ground.traces import Trace, TraceKind, traces_in
from noaber.knowledge.neighbourhood import Goal, first_names

LONGEST_TEXT = 2000
LONGEST_CONSENT = timedelta(days=730)
"""Two years; after that someone is asked again."""

HARD = (TraceKind.BSN, TraceKind.MAIL, TraceKind.PHONE, TraceKind.ADDRESS)
"""What never goes into a text about a neighbourhood; a name may be a mistake of ours."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;\n]|\n- |[\"“‘'(])\s*$")
_NO_NAMES = frozenset(
    "nederland nederlands nederlandse turks turkse arabisch arabische pools poolse oekraïens oekraïense "
    "marokkaans marokkaanse syrisch syrische eritrees eritrese duits duitse engels engelse frans franse "
    "somalisch somalische papiaments tigrinya surinaams surinaamse antilliaans antilliaanse noaber "
    "januari februari maart april mei juni juli augustus september oktober november december maandag "
    "dinsdag woensdag donderdag vrijdag zaterdag zondag kerst pasen ramadan suikerfeest koningsdag "
    "sinterklaas albert lidl jumbo aldi god islam wmo iza".split()
)


def is_hard(trace: Trace) -> bool:
    """Whether it can never stay; of a name the writer may say that it is no person."""
    return trace.kind in HARD


def findings(text: str, known: Iterable[str] = ()) -> tuple[Trace, ...]:
    """What in this text points to a person: numbers, addresses, and words that are probably names.

    `known` are names of places and organisations. A capital inside a sentence, a first name and whatever
    follows 'mevrouw' count as a name. It can miss one and it can be wrong: it only helps the writer.
    """
    seen = traces_in(text)
    mails = [trace.word for trace in seen if trace.kind is TraceKind.MAIL]
    plain = functools.reduce(lambda words, mail: words.replace(mail, " "), mails, text)
    places = {word for name in known for word in _LETTERS.findall(name.casefold())} | _NO_NAMES
    names = dict.fromkeys([*after_a_title(text), *_names(plain, places)])
    likely = [Trace(TraceKind.NAME, name) for name in names if not _is_known(name, places)]
    return (*filter(is_hard, seen), *likely)


def after_a_title(text: str) -> tuple[str, ...]:
    """Names that follow 'mevrouw', 'meneer' or 'heet'."""
    return tuple(t.word for t in traces_in(text) if t.kind in {TraceKind.NAME, TraceKind.CALLED})


def _names(text: str, places: set[str]) -> Iterable[str]:
    for match in _WORD.finditer(text):
        word = match.group()
        if not word[0].isupper() or (len(word) > 1 and word.isupper()) or _is_known(word, places):
            continue
        begins = bool(_SENTENCE_END.search(text[: match.start()]))
        if word.casefold() in first_names() or (
            not begins and not _is_part_of_a_place(text, match.start()) and word not in {"De", "Het"}
        ):
            yield word


def _is_known(word: str, places: set[str]) -> bool:
    """A name of a place, also with a hyphen: 'Rijssen-Holten'."""
    return all(part in places for part in _LETTERS.findall(word.casefold()))


def _is_part_of_a_place(text: str, at: int) -> bool:
    """'De Brug' after a small word ('buurthuis De Brug') is the name of a place: no person is called so."""
    before = text[:at].split()
    return bool(before) and before[-1] in {"De", "Het", "'t"}


def consent_until(given_on: date, asked_until: date | None) -> date:
    """Until when a consent lasts: what was said, and never longer than two years."""
    longest = given_on + LONGEST_CONSENT
    return longest if asked_until is None else min(asked_until, longest)


@dataclass(frozen=True, slots=True)
class Span:
    """An activity as far as overlapping goes."""

    key: str
    risk_group: str
    starts_on: date
    ends_on: date


def overlaps(new: Span, others: Iterable[Span]) -> tuple[Span, ...]:
    """Activities for the same group in the same days. The plan: do not double what is there already."""
    if not new.risk_group:
        return ()
    return tuple(
        other
        for other in others
        if other.key != new.key
        and other.risk_group == new.risk_group
        and other.starts_on <= new.ends_on
        and new.starts_on <= other.ends_on
    )


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """How a goal stands this year: `reached` of `all` municipalities, and how many that must be."""

    goal: Goal
    reached: int
    all: int
    needed: int

    @property
    def is_reached(self) -> bool:
        """Enough municipalities."""
        return self.reached >= self.needed


def goal_standing(goal: Goal, places: Sequence[str], counted: Mapping[tuple[str, str], int]) -> GoalStanding:
    """How a goal stands. `counted` gives the number of activities by (municipality, kind)."""
    per_place = {
        place: sum(n for (where, kind), n in counted.items() if where == place and goal.counts(kind))
        for place in places
    }
    least = goal.per_municipality or 1
    needed = len(places) if goal.share_pct is None else -(-len(places) * goal.share_pct // 100)
    return GoalStanding(goal, sum(n >= least for n in per_place.values()), len(places), needed)


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> frozenset[str]:
    """The questions that were answered both times, and differently."""
    return frozenset(
        code
        for code, answer in after.items()
        if before.get(code, "unknown") != "unknown" and answer not in {"unknown", before[code]}
    )


def week_of(day: date) -> date:
    """The Monday of this week."""
    return day - timedelta(days=day.weekday())


def hours_left(per_week: float, used: float) -> float:
    """What is left of the free hours of a week; below zero when more was used."""
    return round(per_week - used, 1)

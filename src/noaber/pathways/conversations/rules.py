"""Pure decisions about composition, limits and outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

from noaber.ground.errors import Invalid
from noaber.pathways.conversations.errors import composition_does_not_fit, one_outcome

LIVED = "lived_experience"
GROUP_WORDS = {
    "ggz": "iemand uit de ggz",
    "social": "iemand uit het sociaal domein",
    "lived_experience": "een ervaringsdeskundige",
    "municipality": "iemand van de gemeente",
    "primary_care": "iemand uit de huisartsenzorg",
    "other": "iemand uit een ander domein",
}


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who would sit at the table, as the rules see it."""

    group: str
    domain: str
    ggz_registered: bool
    certified: bool


def words_for(groups: Iterable[str]) -> str:
    """'iemand uit het sociaal domein of een ervaringsdeskundige'."""
    return " of ".join(GROUP_WORDS.get(g, g) for g in sorted(groups))


def check_composition(
    members: Sequence[Member], composition: Mapping[str, Any], *, reason_without_lived_experience: str = ""
) -> None:
    """Refuse a table that the region would not accept, and say what lacks.

    `composition` is the region's own setting: numbers, required groups (each a set of alternatives, one
    person for each), domains, and how lived experience takes part.
    """
    least, most = composition["min_professionals"], composition["max_professionals"]
    if not least <= len(members) <= most:
        raise composition_does_not_fit(
            f"Het zijn er {len(members)}. Deze regio werkt met {least} tot {most} mensen."
        )
    if len({m.domain for m in members}) < composition["min_domains"]:
        raise composition_does_not_fit(
            f"Zij komen niet uit {composition['min_domains']} verschillende domeinen."
        )
    missing = _missing(members, required_groups(composition), composition["ggz_member"])
    if missing is not None:
        raise composition_does_not_fit(f"Er mist {words_for(missing)}.")
    if composition["trained_guide_required"] and not any(m.certified for m in members):
        raise composition_does_not_fit("Er mist iemand met de training voor dit gesprek.")
    lived = composition["lived_experience"]
    if any(m.group == LIVED for m in members) or lived in {"optional", "before_or_after_allowed"}:
        return
    if lived == "always" or not reason_without_lived_experience.strip():
        raise composition_does_not_fit(
            "Er mist een ervaringsdeskundige."
            + ("" if lived == "always" else " Kan het echt niet anders? Schrijf dan de reden op.")
        )


def required_groups(composition: Mapping[str, Any]) -> list[Sequence[str]]:
    """The groups that must sit at the table, whatever the reason.

    Where the region has a rule of its own for lived experience (always, or unless there is a reason), that
    rule decides about the peer worker, and a requirement that says the same does not count twice.
    """
    groups: list[Sequence[str]] = list(composition["required_groups"])
    if composition["lived_experience"] not in {"always", "unless_reasoned"}:
        return groups
    return [group for group in groups if set(group) != {LIVED}]


def _missing(
    members: Sequence[Member], required: Sequence[Sequence[str]], ggz_member: str
) -> Sequence[str] | None:
    """The first requirement that cannot be filled with one person each, or None."""
    if not required:
        return None
    for order in permutations(members, min(len(members), len(required))):
        if len(order) == len(required) and all(
            _fills(m, groups, ggz_member) for m, groups in zip(order, required, strict=True)
        ):
            return None
    for groups in required:
        if not any(_fills(m, groups, ggz_member) for m in members):
            return groups
    return required[-1]


def _fills(member: Member, groups: Sequence[str], ggz_member: str) -> bool:
    if member.group not in groups:
        return False
    needs_register = member.group == "ggz" and list(groups) == ["ggz"] and ggz_member == "big_or_ggz_list"
    return member.ggz_registered or not needs_register


def check_start(*, starts_at: datetime, now: datetime) -> None:
    """A conversation starts in the future, within a year."""
    if starts_at <= now:
        raise Invalid(
            "start_in_the_past", happened="Deze tijd is al voorbij.", now_what="Kies een latere tijd."
        )
    if starts_at - now > timedelta(days=366):
        raise Invalid(
            "start_too_far",
            happened="Deze tijd ligt te ver weg.",
            why="Plannen kan tot een jaar vooruit.",
            now_what="Kies een eerdere tijd.",
        )


def main_outcome(
    *,
    asked: str,
    allowed: Iterable[str],
    triage_forbidden: bool,
    derive: Sequence[Mapping[str, str]],
    chosen_kinds: Iterable[str],
) -> tuple[str, bool]:
    """The main outcome and whether it was derived.

    Where the region forbids triage nothing is asked: the first kind in the region's order that the resident
    chose decides; without a choice it is 'none'.
    """
    if triage_forbidden:
        kinds = set(chosen_kinds)
        if not kinds:
            return "none", True
        return next((d["outcome"] for d in derive if d["offer_kind"] in kinds), "unknown"), True
    if asked not in set(allowed):
        raise one_outcome()
    return asked, False


def letter_day(written_on: date, *, reads_first_days: int) -> date:
    """The day on which the letter goes when the resident says nothing."""
    return written_on + timedelta(days=reads_first_days)

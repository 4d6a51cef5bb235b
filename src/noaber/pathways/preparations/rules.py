"""When a prepared request may go, and when the practice should have answered. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from noaber.ground.errors import Invalid
from noaber.pathways.preparations.types import NewPreparation

ANSWER_DAYS = 2
"""Working days in which a practice answers; then the host rings."""

WORDS_KEPT_DAYS = 30
CARD_DAYS = 30


def may_ask_herself(who_may_refer: list[str]) -> bool:
    """Whether this region lets a resident ask without a practice. Off, unless its plan says so."""
    return "resident" in who_may_refer


def answer_by(day: date, *, days: int = ANSWER_DAYS) -> date:
    """So many working days later."""
    left = days
    while left:
        day += timedelta(days=1)
        left -= day.isoweekday() <= 5
    return day


def check(new: NewPreparation, *, needs_practice: bool) -> None:
    """Refuse what nobody could answer: no practice where one is needed, or no way to reach her."""
    wrong = {}
    if needs_practice and new.practice_id is None:
        wrong["practice"] = "Kies haar huisartsenpraktijk."
    if not new.phone and not new.through_us:
        wrong["through_us"] = "Vul een telefoonnummer in, of zet het vinkje: via ons."
    if wrong:
        raise Invalid(
            "preparation_not_complete",
            happened="Er ontbreekt nog iets.",
            now_what="Vul het hieronder aan.",
            fields=wrong,
        )


def check_reason(reason: str) -> None:
    """Who declines says why, so that the host can tell her."""
    if not reason.strip():
        raise Invalid(
            "no_reason",
            happened="De reden is leeg.",
            now_what="Schrijf in één zin waarom niet. De gastvrouw vertelt het haar.",
            fields={"reason": "Schrijf in één zin waarom niet."},
        )

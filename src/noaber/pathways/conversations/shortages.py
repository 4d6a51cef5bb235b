"""Why nothing fits in time, from the engine's keys to sentences a planner can act on."""

from __future__ import annotations

from collections.abc import Iterator

from noaber.engines import planning
from noaber.pathways.conversations.rules import LIVED, words_for


def missing_groups(shortage: planning.Shortage) -> tuple[str, ...]:
    """The domain groups that hold it back, for the board's 'mist'."""
    groups = []
    for lack in shortage.blocking:
        if lack.kind is planning.LackKind.REQUIREMENT and ":" in lack.key:
            groups.append(lack.key.split(":", 1)[1].split("+")[0])
        elif lack.kind is planning.LackKind.LIVED_EXPERIENCE:
            groups.append(LIVED)
    return tuple(dict.fromkeys(groups))


def reasons(shortage: planning.Shortage, *, home: str, has_room: bool, postponed_days: int) -> Iterator[str]:
    """In sentences what holds it back: the conditions that block, else the one that is worst off.

    `home` is the municipality, `has_room` whether it has a room at all; days count from receipt.
    """
    for lack in shortage.blocking or shortage.lacks[:1]:
        if lack.kind is planning.LackKind.PLACE and not has_room:
            yield f"In {home} is geen ruimte bekend."
            continue
        what = _lack_words(lack)
        if lack.alone_day is None:
            yield f"{what} is in de komende zes weken helemaal niet vrij."
        elif lack.alone_day > shortage.norm_days + postponed_days:
            yield f"{what} is niet vrij vóór dag {lack.alone_day}."
        elif lack.blocks and lack.without_day is not None:
            yield f"{what} past niet bij de anderen. Zonder die eis kan het op dag {lack.without_day}."
        else:
            yield f"{what} past niet tegelijk met de anderen."


def _lack_words(lack: planning.Lack) -> str:
    kind = planning.LackKind
    if lack.kind is kind.REQUIREMENT and ":" in lack.key:
        words = words_for(lack.key.split(":", 1)[1].split("+"))
        return words[0].upper() + words[1:]
    return {
        kind.LIVED_EXPERIENCE: "Een ervaringsdeskundige",
        kind.PLACE: "Een ruimte",
        kind.LANGUAGE: "Iemand die de taal spreekt",
        kind.DOMAINS: "Iemand uit een tweede domein",
        kind.HOURS: "De gewenste tijd",
    }.get(lack.kind, "Een gespreksvoerder met de training" if lack.key == "trained" else "Nog iemand")

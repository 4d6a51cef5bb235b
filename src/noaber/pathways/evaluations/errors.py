"""What can go wrong with three questions."""

from __future__ import annotations

from noaber.ground.errors import Invalid


def answer_is_incomplete(missing: list[str]) -> Invalid:
    """Not every question has an answer."""
    return Invalid(
        "answer_is_incomplete",
        happened="Er ontbreekt nog een antwoord.",
        why="Wij hebben drie vragen.",
        now_what="Kies bij elke vraag één antwoord. Weet u het niet? Kies dan 'Weet ik niet'.",
        fields=dict.fromkeys(missing, "Kies één antwoord."),
    )

"""A wait as a bar: what the provider says, what was counted, and the norm. Weeks to pixels, pure."""

from __future__ import annotations

from dataclasses import dataclass

LEFT, RIGHT = 6, 170
MOST_WEEKS = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """Where everything stands on a line of 0 to 30 weeks; None is not drawn. `beyond` runs off the line."""

    said: int | None
    half: int | None
    most: int | None
    norm: int | None
    beyond: bool

    @property
    def band(self) -> int:
        """The length of the stretch between the half and nine out of ten."""
        return 0 if self.half is None or self.most is None else max(0, self.most - self.half)

    @property
    def diamond(self) -> str:
        """The points of the sign for what the provider says."""
        x = self.said if self.said is not None else LEFT
        return f"{x},6 {x + 6},12 {x},18 {x - 6},12"


def at(weeks: float | None) -> int | None:
    """Where this many weeks stand on the line; more than it holds stands at its end."""
    if weeks is None:
        return None
    return round(LEFT + min(weeks, MOST_WEEKS) / MOST_WEEKS * (RIGHT - LEFT))


def bar(said: float | None, half: float | None, most: float | None, norm: float | None) -> Bar:
    """The bar of one wait, in weeks."""
    beyond = any(one is not None and one > MOST_WEEKS for one in (said, half, most))
    return Bar(at(said), at(half), at(most), at(norm), beyond)

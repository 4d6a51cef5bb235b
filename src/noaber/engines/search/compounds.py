"""Takes Dutch compounds apart: slaapproblemen is slaap and problemen, schuldhulpverlening is schuld, hulp
and verlening.

Driven by a list of words with how common they are. Of all ways to cut, the one counts whose parts are on
average the most common (Koehn and Knight, Empirical Methods for Compound Splitting, 2003), when that average
is above how common the whole is. Between parts may stand s, en, e, er or n.
"""

from __future__ import annotations

from collections.abc import Mapping

SHORTEST = 3
MOST_PARTS = 3
LONGEST_WORD = 40
_LINKS = ("", "s", "en", "e", "n", "er")
_SHORT_PARTS = frozenset("ggz bed eet eten fit gok kam ouder poh rug spel taal tuin werk zit".split())
_NEVER = frozenset(
    """
    heid lijk baar zaam ing ingen aar aars loos achtig schap eren erij iteit atie aties teit tief isch
    ver ont her ber ste ten den ter der eren elen ende gen gend end ens ers lijke lingen ling heden
    aan uit op in om af bij mee toe voor over door onder met van naar tot per niet wel ook dan dat die
    een het des haar zijn mijn hun wie wat als maar nog meer zo zou kan wil mag
    aren aten iken iker alen lang lijn stel slag ieren naast ring beste
    """.split()
)
WHOLE = frozenset(
    """
    huisarts huisartsen vereniging verenigingen ervaring ervaringen bijeenkomst bijeenkomsten gemeente
    gemeenten mogelijk mogelijkheid mogelijkheden ontmoeting ontmoetingen ontmoeten opleiding opleidingen
    beweging verslaving behandeling begeleiding ondersteuning gesprek gesprekken probleem problemen maandag
    dinsdag woensdag donderdag vrijdag zaterdag zondag wekelijks maandelijks dagelijks afspraak afspraken
    samenleven zelfstandig voorkomen volwassenen volwassen vriendschap eenzaamheid gezelschap veiligheid
    onderzoek dagbesteding burnout mantelzorg mantelzorger mantelzorgers
    """.split()
)
"""Words that are no longer felt as two, so that `huis` does not find every huisarts."""


class Splitter:
    """Splits words over a list of words; the same word always gives the same parts."""

    def __init__(self, common: Mapping[str, float]) -> None:
        self._common = common
        self._kept: dict[str, tuple[str, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, at least two; empty when it is none."""
        found = self._kept.get(word)
        if found is None:
            found = self._kept[word] = self._parts(word)
        return found

    def _parts(self, word: str) -> tuple[str, ...]:
        if not 2 * SHORTEST <= len(word) <= LONGEST_WORD or not word.isalpha() or word in WHOLE:
            return ()
        best, sort = self._best(word, MOST_PARTS)
        return best if len(best) > 1 and sort > self._common.get(word, 0.0) else ()

    def _best(self, word: str, most: int) -> tuple[tuple[str, ...], float]:
        """The best cut in at most `most` parts and how common its parts are on average; the whole when it
        is a word.
        """
        whole = self._weight(word)
        best: tuple[tuple[str, ...], float] = ((word,), whole) if whole else ((), 0.0)
        if most == 1 or (whole and most < MOST_PARTS):
            return best
        for at in range(SHORTEST, len(word) - SHORTEST + 1):
            tail, tail_weight = self._best(word[at:], most - 1)
            if not tail:
                continue
            for link in _LINKS:
                head = word[: at - len(link)] if word[:at].endswith(link) else ""
                if link in ("e", "en") and len(head) > 3 and head[-1] == head[-2]:
                    head = head[:-1]
                head_weight = self._weight(head) - (0.6 if link else 0.0)
                if head_weight <= 0:
                    continue
                count = len(tail) + 1
                sort = (head_weight + tail_weight * len(tail)) / count - 1.4 * (count - 2)
                if sort > best[1] or (len(best[0]) == 1 and most == MOST_PARTS):
                    best = ((head, *tail), sort)
        return best

    def _weight(self, part: str) -> float:
        """How common a part is; 0 when it cannot be one."""
        if len(part) < SHORTEST or part in _NEVER:
            return 0.0
        weight = self._common.get(part, 0.0)
        if len(part) == SHORTEST and part not in _SHORT_PARTS:
            return weight if weight >= 4.6 else 0.0
        return weight if weight >= 2.8 else 0.0

"""What was meant by a word that nobody knows: nearest in letters and sound, and at home in the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from noaber.engines.search.lexicon import dutch
from noaber.engines.search.meaning import Phrases
from noaber.engines.search.sounds import sound
from noaber.engines.search.spelling import SHORTEST, Speller
from noaber.engines.search.verbs import FORMS
from noaber.engines.search.vocabulary import Vocabulary, splitter, stemmer
from noaber.engines.search.words import LIGHT, STOPWORDS

COMMON_DUTCH = 3.6
"""From here on a Dutch word counts as meant, unless another one sounds the same."""
AT_HOME = 0.6
"""What it is worth in letters when a word makes a phrase with the other words of the question."""
SAYS = 0.7
"""The same, when a word by itself says something."""

SURELY_APART, APART = 0.75, 0.2
"""From so many letters away on two words written as one are likelier, when they cost at most so much."""
LONG = 9
"""Letters of a word that may be two."""
COMMON, LEAST_COMMON, SHORT_AND_COMMON = 0.12, 2.5, 5.0
"""What a power of ten more common is worth in letters; how common a word counts that no list has; and how
common a word of three letters must be to stand alone.
"""
RARER, RARER_IF_KNOWN = 0.3, 1.0
"""How much rarer in Dutch (a power of ten) a right word must be than one that sounds the same and says more;
and when the entries have that word themselves.
"""

_Choice = tuple[list[str], float]


class Repairer:
    """Mends words for one index."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        spellers: Sequence[Speller],
        is_synonym: Callable[[str], bool],
        phrases: Phrases,
    ) -> None:
        self.vocabulary, self.spellers, self._is_synonym = vocabulary, spellers, is_synonym
        self.phrases = phrases
        self._by_sound: dict[str, list[str]] = {}

    def is_known(self, word: str) -> bool:
        """Whether a document, a synonym or a phrase has this word."""
        stem = stemmer().stem(word)
        return self.vocabulary.known(stem) >= 0 or self._is_synonym(stem) or self.phrases.has(word)

    def is_right(self, word: str) -> bool:
        """Whether nothing is wrong with this word, as far as is known here."""
        if word in STOPWORDS or self.is_known(word):
            return True
        parts = splitter().parts(word)
        return bool(parts) and parts[-1] not in STOPWORDS and all(self.is_known(part) for part in parts)

    def otherwise(self, word: str, every: Sequence[str], at: int) -> list[_Choice]:
        """What may be meant by a word with which nothing seems wrong."""
        return self.sounding_alike(word, every, at) or self.run_together(word)

    def sounding_alike(self, word: str, every: Sequence[str], at: int) -> list[_Choice]:
        """A word that says something here and sounds as one that is right but says nothing: manen."""
        if len(word) < SHORTEST or word in STOPWORDS or self.phrases.has(word):
            return []
        alike = self._alike().get(sound(word), ())
        if not alike:
            return []
        literal = self.vocabulary.known(word) >= 0
        least = dutch().get(word, 0.0) + (RARER_IF_KNOWN if literal else RARER)
        for other in alike:
            if stemmer().stem(other) == stemmer().stem(word) or dutch().get(other, 0.0) < least:
                continue
            words = [*every[:at], other, *every[at + 1 :]]
            if any(at in match.places for match in self.phrases.matches(words)):
                return [([other], 0.4)]
        return []

    def _alike(self) -> dict[str, list[str]]:
        """The words of phrases by how they sound; made at the first need."""
        if not self._by_sound:
            for word in sorted(self.phrases.words):
                if len(word) >= SHORTEST:
                    self._by_sound.setdefault(sound(word), []).append(word)
        return self._by_sound

    def meant(self, word: str, every: Sequence[str], at: int) -> list[_Choice]:
        """What may be meant, best first: words with how many letters they lie away."""
        if word.endswith("e") and len(word) > 2 and self._is_word(word + "n"):
            return [([word + "n"], 0.3)]
        for ending, meant_ending in (("d", "t"), ("t", "d"), ("dt", "t"), ("dt", "d"), ("t", "dt")):
            mended = word.removesuffix(ending) + meant_ending
            if word.endswith(ending) and len(word) > 3 and self.is_known(mended):
                return [([mended], 0.2)]
        if self._is_half(word, every, at):
            return []
        near = self._nearest(word, most=6 if self.phrases else 3)
        if not near and word.endswith("s"):
            near = self._nearest(word[:-1])
        if near and self.phrases:
            near = self._at_home(near, every, at)
        meant = near
        if not near or (near[0][1] >= SURELY_APART and not self.phrases.alone(near[0][0][0])):
            apart = self._apart(word)
            meant = apart if apart and (not near or apart[0][1] <= APART) else near
        common = dutch().get(word, 0.0) >= COMMON_DUTCH
        return [] if meant and meant[0][1] > 0.5 and common else meant

    def run_together(self, word: str) -> list[_Choice]:
        """What was meant by a word that only its parts make right: another word that is one letter away, or
        two words of which one cannot stand in a compound: moedervergeet.
        """
        if len(word) < LONG or word in dutch() or self.is_known(word):
            return []
        near = self._nearest(word)
        if near and near[0][1] <= 1.0 and self._is_word(near[0][0][0]):
            return near[:1]
        parts = splitter().parts(word)
        if "".join(parts) == word and (parts[-1] in FORMS or parts[0] in LIGHT or parts[0] in STOPWORDS):
            return [(list(parts), 0.2)]
        return []

    def whole_of(self, word: str, after: str) -> str:
        """The word written as these two, also mistyped: hersen infarkt. Empty when none."""
        if len(word) + len(after) < LONG or word in STOPWORDS or after in STOPWORDS:
            return ""
        if self.is_right(word) and self.is_right(after):
            return ""
        near = self._nearest(word + after)
        if near and near[0][1] <= 1.0 and self.phrases.alone(near[0][0][0]):
            return near[0][0][0]
        return ""

    def _is_word(self, word: str) -> bool:
        """Whether it is known, and a word that somebody wrote so."""
        if not self.is_known(word):
            return False
        return word in self.phrases.words or word in self.vocabulary.words or word in dutch()

    def _is_half(self, word: str, every: Sequence[str], at: int) -> bool:
        """Whether it is one half of a word that was split: border line."""
        beside = [every[at - 1] + word] if at else []
        beside += [word + every[at + 1]] if at + 1 < len(every) else []
        return any(self.phrases.alone(one) and self._is_word(one) for one in beside)

    def _at_home(self, near: list[_Choice], every: Sequence[str], at: int) -> list[_Choice]:
        """Before come those that make a phrase with other words of the question."""

        def sort(choice: _Choice) -> float:
            (word, *_), cost = choice
            cost -= self._ease(word)
            words = [*every[:at], word, *every[at + 1 :]]
            here = [match for match in self.phrases.matches(words) if at in match.places]
            if any(len(match.places) > 1 for match in here):
                return cost - AT_HOME
            return cost - (SAYS if here else 0.0)

        ordered = sorted(near, key=lambda choice: (sort(choice), choice[0]))
        best = ordered[0][1]
        return [choice for choice in ordered if choice[1] <= best + 0.3][:3]

    def _nearest(self, word: str, most: int = 3) -> list[_Choice]:
        found = {
            one: cost for speller in self.spellers for one, cost in speller.nearest(word, self.count, most)
        }
        best = min(found.values(), default=0.0)
        order = sorted(found, key=lambda one: (found[one] - self._ease(one), one))
        return [([one], found[one]) for one in order if found[one] <= best + 0.5][:most]

    def _ease(self, word: str) -> float:
        """How easily a word is meant: by how much is found by it, and by how common it is in Dutch."""
        common = max(dutch().get(word, 0.0), LEAST_COMMON)
        return 0.1 * len(str(self.count(word))) + COMMON * common

    def _apart(self, word: str) -> list[_Choice]:
        """Two words written as one: ikslaap; or a compound of which one part is mistyped: wandelgroup."""
        best: tuple[float, list[str]] | None = None
        for at in range(2, len(word) - 1):
            left, right = word[:at], word[at:]
            knows_left, knows_right = self._stands(left), self._stands(right)
            if knows_left and knows_right:
                choice = (0.2 - 0.01 * min(at, len(word) - at), [left, right])
            elif knows_left and len(right) >= 4 and left not in STOPWORDS:
                choice = self._with_repair(left, right, left_known=True)
            elif knows_right and len(left) >= 4 and right not in STOPWORDS:
                choice = self._with_repair(left, right, left_known=False)
            else:
                continue
            if choice[1] and (best is None or choice < best):
                best = choice
        return [(best[1], best[0])] if best else []

    def _with_repair(self, left: str, right: str, *, left_known: bool) -> tuple[float, list[str]]:
        wrong = right if left_known else left
        near = [] if _is_dutch(wrong) else self._nearest(wrong)
        if not near or near[0][1] > 1.0:
            return 9.0, []
        mended = near[0][0][0]
        return near[0][1] + 0.2, [left, mended] if left_known else [mended, right]

    def _stands(self, word: str) -> bool:
        if word in STOPWORDS or word in LIGHT or word == "af":
            return True
        if len(word) < 4:
            return dutch().get(word, 0.0) >= SHORT_AND_COMMON and self.is_known(word)
        return self.is_known(word)

    def count(self, word: str) -> int:
        """How much there is to find by a word."""
        if word in STOPWORDS:
            return 9
        stem = stemmer().stem(word)
        term = self.vocabulary.known(stem)
        if term >= 0:
            return int(self.vocabulary.df[term])
        if self._is_synonym(stem) or self.phrases.has(word):
            return 1
        parts = splitter().parts(word)
        return 1 if parts and all(self.is_known(part) for part in parts) else 0


def _is_dutch(word: str) -> bool:
    """A common word, or one made of words; then it is probably meant as it stands."""
    return dutch().get(word, 0.0) >= COMMON_DUTCH or bool(splitter().parts(word))


def closeness(cost: float) -> float:
    """What a word is worth that lies so many letters away."""
    return 1.0 / (1.0 + 0.3 * cost)

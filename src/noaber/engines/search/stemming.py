"""One Dutch stemmer, for documents and questions alike: cursus/cursussen, slapen/slaapt, eenzaam/eenzame.

Light: endings of number, person and degree come off, and the spelling of the root is mended (open and closed
syllables, v/f, z/s). Whether an ending is one is asked of a list of Dutch words with how common they are:
*slaapt* loses its t because *slapen* is a verb, *kunst* keeps it. Words outside the rules stand in
`IRREGULAR`.
"""

from __future__ import annotations

from collections.abc import Mapping

IRREGULAR = {
    "alleen": "alleen", "alles": "alles", "ommetje": "ommetje", "ommetjes": "ommetje",
    "kinderen": "kind", "kindertjes": "kind", "steden": "stad", "leden": "lid", "schepen": "schip",
    "gelden": "geld", "dagen": "dag", "wegen": "weg", "gaten": "gat", "glazen": "glas", "oorlogen": "oorlog",
    "spelen": "speel", "spel": "spel", "bedrijven": "bedrijf", "gebreken": "gebrek", "gesprekken": "gesprek",
    "verloren": "verlies", "verliezen": "verlies", "verloor": "verlies", "gescheiden": "scheid",
    "scheidde": "scheid", "echtscheiding": "echtscheid", "overleden": "overlijd", "overlijden": "overlijd",
    "overlijdt": "overlijd", "overleed": "overlijd", "gestorven": "sterf", "sterven": "sterf",
    "gepest": "pest", "gepraat": "praat", "geslapen": "slaap", "sliep": "slaap", "gegeten": "eet", "at":
    "eet", "gedronken": "drink", "dronk": "drink", "geslagen": "sla", "slaat": "sla", "slaan": "sla",
    "gevlucht": "vlucht", "gewerkt": "werk", "ontslagen": "ontslag", "bevallen": "beval",
    "schulden": "schuld", "ouderen": "oudere", "oudere": "oudere", "jongeren": "jongere", "jongere":
    "jongere", "meisje": "meisje", "meisjes": "meisje", "naasten": "naaste", "naaste": "naaste", "bejaarden":
    "bejaarde", "verwanten": "verwant", "zorgen": "zorg", "gezinnen": "gezin", "moe": "moe", "moeheid": "moe",
    "vermoeid": "moe", "vermoeidheid": "moe", "ruzies": "ruzie", "euro": "euro", "baby": "baby",
    "vrienden": "vriend", "vriendinnen": "vriendin", "zonen": "zoon", "zoons": "zoon", "thuis": "thuis",
    "gezondheid": "gezond", "mensen": "mens", "bang": "bang", "bange": "bang", "boos": "boos", "boze": "boos",
    "samen": "samen", "tegen": "tegen", "morgen": "morgen", "avonden": "avond", "eten": "eet", "leven":
    "leven", "wonen": "woon", "wezen": "wezen", "gegevens": "gegeven", "lenen": "leen", "lening": "leen",
    "verdriet": "verdriet", "verdrietig": "verdriet", "verdrietige": "verdriet", "angstig": "angst",
    "angstige": "angst", "depressief": "depressie", "depressieve": "depressie", "depressies": "depressie",
    "verslaafd": "verslaaf", "verslaafde": "verslaaf", "verslaafden": "verslaaf", "verslaving": "verslaaf",
    "eenzaamheid": "eenzaam", "buurt": "buurt", "buurten": "buurt", "buurtje": "buurt", "traumas": "trauma",
    "zelfdoding": "zelfdood", "kerken": "kerk", "manie": "manie", "manies": "manie", "mest": "mest",
    "mesten": "mest", "manisch": "manisch", "manische": "manisch", "rente": "rente",
}  # fmt: skip

_VOWELS = frozenset("aeiou")
_LONG = frozenset("aeou")
_S_AFTER = ("el", "er", "em", "en", "aar", "eur", "oor", "ier", "ie", "a", "o", "u", "y", "je", "ing", "e")
_KEEP_S = ("is", "us", "ss")
_COMMON = 2.5


class Stemmer:
    """Stems words; `common` says how common a Dutch word is (0 unknown, 3 once in a million words, 6
    very).
    """

    def __init__(self, common: Mapping[str, float]) -> None:
        self._common = common
        self._kept: dict[str, str] = {}

    def stem(self, word: str) -> str:
        """The stem of one plain word. The same word always has the same stem."""
        found = self._kept.get(word)
        if found is None:
            found = self._kept[word] = self._stem(word)
        return found

    def _is_word(self, word: str) -> bool:
        return self._common.get(word, 0.0) >= _COMMON

    def _stem(self, word: str) -> str:
        if word in IRREGULAR:
            return IRREGULAR[word]
        if len(word) <= 3 or not word.isalpha():
            return word
        for ending in (
            self._diminutive, self._plural_s, self._quality, self._deed, self._third_person, self._en,
            self._e,
        ):  # fmt: skip
            shorter = ending(word)
            if shorter:
                return shorter
        return word

    def _diminutive(self, word: str) -> str:
        base = word[:-1] if word.endswith("jes") else word
        if not base.endswith("je") or len(base) < 5:
            return ""
        roots = [
            _undouble(base[: -len(ending)]) + put
            for ending, put in (("etje", ""), ("pje", ""), ("tje", ""), ("kje", "g"), ("je", ""))
            if base.endswith(ending) and len(base) - len(ending) >= 2
        ]
        best = max(roots, key=lambda root: self._common.get(root, 0.0))
        if self._is_word(best):
            return self.stem(best)
        return base[:-3] if base.endswith("tje") and len(base) > 5 else base[:-2]

    def _plural_s(self, word: str) -> str:
        if not word.endswith("s") or word.endswith(_KEEP_S) or len(word) < 4:
            return ""
        base = word[:-1]
        ends = base.endswith(_S_AFTER) and (base[-1] not in "eaouy" or self._is_word(base))
        return self.stem(base) if ends else ""

    def _quality(self, word: str) -> str:
        if word.endswith("heden") and len(word) > 7:
            return self.stem(word[:-5] + "heid")
        for ending in ("ische", "isch"):
            if word.endswith(ending) and self._is_word(word[: -len(ending)]):
                return self.stem(word[: -len(ending)])
        if word.endswith("heid") and len(word) > 7:
            return self.stem(word[:-4])
        return ""

    def _deed(self, word: str) -> str:
        """wandeling(en) becomes wandel, when there is a verb wandelen."""
        base = word[:-2] if word.endswith("ingen") else word
        if base.endswith("ing") and len(base) >= 6 and self._is_word(base[:-3] + "en"):
            return self.stem(base[:-3] + "en")
        return self.stem(base) if base != word and len(base) >= 5 else ""

    def _third_person(self, word: str) -> str:
        """slaapt becomes slaap, when slapen is more of a word than slaapten."""
        if not word.endswith("t") or word.endswith("tt") or len(word) < 4 or word[-2] in _VOWELS:
            return ""
        base = word[:-1]
        verb = self._common.get(_infinitive(base), 0.0)
        noun = max(self._common.get(word + "en", 0.0), self._common.get(word + "s", 0.0))
        return self.stem(_infinitive(base)) if verb >= _COMMON and verb > noun else ""

    def _en(self, word: str) -> str:
        if not word.endswith("en") or len(word) < 5:
            return ""
        root = word[:-2]
        if not any(sign in _VOWELS or sign == "y" for sign in root):
            return ""
        if root.endswith("ie"):  # financien, knieen
            return root
        if root.endswith("iee"):
            return root[:-1]
        return self._closed(root)

    def _closed(self, root: str) -> str:
        """The root as it is written without its ending: tal becomes taal, cursuss cursus, briev brief.

        An e before l, r, m or n may be mute: wandel stays, problem becomes probleem, by the commoner.
        """
        single = _hard(_undouble(root))
        open_syllable = len(root) > 2 and root[-1] not in _VOWELS and root[-2] in _LONG
        if single != _hard(root) or not open_syllable or root[-3] in _VOWELS or root[-1] in "wxj":
            return single
        long = _hard(root[:-1] + root[-2] + root[-1])
        mute = root[-2] == "e" and root[-1] in "lrmn" and any(sign in _VOWELS for sign in root[:-2])
        if mute and self._common.get(long, 0.0) <= self._common.get(single, 0.0):
            return single
        return long if self._is_word(long) or not (mute or self._is_word(single)) else single

    def _e(self, word: str) -> str:
        if not word.endswith("e") or word.endswith(("ie", "ee", "oe")) or len(word) < 5:
            return ""
        root = self._closed(word[:-1])
        return self.stem(root) if self._is_word(root) else ""


def _hard(root: str) -> str:
    """briev becomes brief, huiz huis."""
    return root[:-1] + {"v": "f", "z": "s"}.get(root[-1], root[-1])


def _undouble(root: str) -> str:
    """kookgroepp becomes kookgroep."""
    return root[:-1] if len(root) > 2 and root[-1] == root[-2] and root[-1] not in _VOWELS else root


def _infinitive(base: str) -> str:
    """slaap becomes slapen, gok gokken, werk werken, leef leven."""
    if len(base) >= 3 and base[-1] not in _VOWELS and base[-2] in _VOWELS:
        if base[-2] == base[-3]:
            voiced = {"f": "v", "s": "z"}.get(base[-1], base[-1])
            return base[:-2] + voiced + "en"
        if base[-3] not in _VOWELS and not (base[-2] == "e" and base[-1] in "lrmn" and len(base) > 4):
            return base + base[-1] + "en"
        if base[-1] in "fs" and base[-3] in _VOWELS:
            return base[:-1] + {"f": "v", "s": "z"}[base[-1]] + "en"
    return base + "en"

"""From text to words: small letters without accents, and which words say nothing by themselves."""

from __future__ import annotations

import re
import unicodedata

SPOKEN = {
    "me": "mijn", "mij": "mijn", "mn": "mijn", "m'n": "mijn", "m": "mijn", "onze": "mijn", "ons": "mijn",
    "zn": "zijn",
    "nie": "niet", "ni": "niet", "nit": "niet", "neit": "niet", "niett": "niet",
    "ikk": "ik", "mjin": "mijn", "mijm": "mijn", "nt": "niet", "niks": "niets", "nix": "niets", "egt": "echt",
    "ff": "even", "effe": "even", "effen": "even", "efkes": "even", "gwn": "gewoon", "k": "ik", "t": "het",
    "da": "dat", "wa": "wat", "wrm": "waarom", "iem": "iemand", "mss": "misschien",
    "idd": "inderdaad", "vd": "van", "vh": "van", "ipv": "plaats", "dr": "haar", "hoeist": "hoe",
    "ma": "moeder", "pa": "vader", "mam": "moeder",
    "pap": "vader", "mama": "moeder", "papa": "vader", "mams": "moeder", "paps": "vader", "d'r": "haar",
}  # fmt: skip
"""What people write as they say it."""

ARTICLES = frozenset("de het een ik je jij u is ben bent was er en".split())
LIGHT = ARTICLES | frozenset(
    """
    zijn waren te of dat die dit ook wel dan nu zo heel erg zeer steeds altijd vaak soms echt even gewoon
    eigenlijk maar toch al weer nog om in op aan van voor bij met heb heeft hebben had hij zij ze we wij
    haar zich hem wat als want dus daar hier word wordt worden ga gaat gaan zou graag beetje veel erge
    krijg krijgt
    """.split()
)
"""Words that make little difference inside a phrase; `niet`, `geen` and `mijn` do. Between two words of which
one is light only the articles are left out.
"""

_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_DOTTED = re.compile(r"\b(?:[^\W_]\.){2,}(?:[^\W_]\b)?")
"""An abbreviation: g.g.z. is ggz."""
_GENITIVE = re.compile(r"['’]s?$|['’]s(?=-|$)")
_ASCII_FOLD = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ø": "o", "ł": "l", "ı": "i"})

STOPWORDS = frozenset(
    """
    a aan aangezien al alle allemaal alles als alsof altijd an ander andere anderen anders
    ben bent beetje bij bijna bijvoorbeeld binnen blijf blijft blijven boven buiten
    d daar daarmee daarna daarom dan dat de deze die dit doe doen doet door dus
    echt een eens eerst eigenlijk elk elkaar elke en enige enkele er erg ergens erin even
    gaan gaat ga ging geef geeft geen gedaan gehad ging geweest gaf geven goed graag
    had hadden heb hebben hebt heeft heel hem hen her het hier hij hoe hoeveel hun
    iedere iedereen ieder iemand iets ik in is
    ja je jij jou jouw jullie
    kan kun kunnen kunt kon konden kom komen komt krijg krijgen krijgt
    laat laten ligt lang
    maar mag me mee meer mij mijn mijne meest men met mezelf mijzelf misschien moest moet moeten mogen
    na naar nee net niemand niet niets nog nodig nooit nou nu
    of om omdat onder ons onze ook op over
    paar per
    s
    sinds soms steeds sta staat staan
    te ten ter tegen terwijl toch toen tot tussen
    u uit uw
    van vanaf vaak vanwege veel vind vinden vindt via voel voelt voelen voor voordat
    waar waarom waarmee want waren was wat we weer weet weten weg wel welk welke weinig
    werd werden wie wij wil wilde wilden willen wilt word worden wordt
    zal ze zeer zei zelf zich zichzelf zij zijn zit zitten zo zoals zoek zoeken zoekt zonder zou zouden
    zullen zult bestaat help helpen helpt
    """.split()
)
"""Words left out of a question and of the index: they stand everywhere. `help` asks, it names nothing."""

FAINT = frozenset(
    """
    man mannen vrouw vrouwen moeder vader ouder ouders zoon dochter kind kinderen partner vriend
    vriendin broer zus opa oma buurman buurvrouw mama papa gezin leven dag dagen nacht avond uur week
    jaar jaren tijd thuis huis hulp klachten probleem problemen last moeite behandeling begeleiding
    ondersteuning steun zorg mensen mens groep cursus gesprek gesprekken iemand hoofd bed grote kleine
    nieuwe slecht slechte goede moeilijk hard erge gewoon plek plekken buurt omgeving adres informatie
    vraag vragen manier ding dingen keer zaak beter bezig gaat leren maken blijven hele twee drie nieuw
    jonge oude
    """.split()
)
"""Words that say little: alone they are searched, beside a telling word they only help a little."""


def plain(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(_ASCII_FOLD).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words of a text, in order, all of them. ``burn-out`` gives burnout, burn and out; ``oma's``
    gives oma.
    """
    found: list[str] = []
    text = plain(text)
    if "." in text:
        text = _DOTTED.sub(lambda short: short[0].replace(".", ""), text)
    for token in _TOKEN.findall(text):
        if token.isalnum():
            found.append(token)
            continue
        parts = [part for part in re.split(r"[-'’]", _GENITIVE.sub("", token)) if part]
        if len(parts) > 1:
            found.append("".join(parts))
        found += [part for part in parts if len(part) > 1 or len(parts) == 1]
    return found


def telling(words: list[str]) -> list[str]:
    """Without the words that say nothing by themselves."""
    return [word for word in words if word not in STOPWORDS]

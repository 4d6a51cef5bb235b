"""Names and streets as fingerprints: they can be compared, and lead back to nobody without the key.

Two people share a surname when one of the parts of their surnames is the same: "Jansen-de Vries" shares one
with "Vries" and with "van Jansen". Prefixes (van, de, el), case, accents and the two ways of writing an
accent (NFC, NFD) make no difference, and neither do ij and y.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from django.conf import settings

PREFIXES = frozenset(
    "van de der den het t ten ter te von vd v d in op aan bij uit over onder voor la le du des el al ben bin "
    "da dos do di l s a".split()
)
"""Words before a surname that nobody files a name under."""

PARTS_OF_A_NAME = frozenset("oude olde klein kleine groot grote lutke luttik nieuwe nije wolter".split())
"""Words that belong to the surname itself in the east of the country: Oude Vrielink, Klein Haarhuis."""

BETWEEN_NAMES = re.compile(r"\s*[-\u2010-\u2015/]\s*|\s+(?:e\.?\s?v\.?|geb\.?|geboren)\s+", re.IGNORECASE)
ALSO_KNOWN = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "đ": "d", "þ": "th"}
)
POSTCODE = re.compile(r"\b(\d{4})\s?[A-Za-z]{2}\b")
WITH_NUMBER = re.compile(r"^(?P<street>(?:\d+e\s+)?[^\d\n]{2,}?)[\s,]+\d+\s?[\w-]{0,4}\s*$")


def fingerprint(kind: str, text: str) -> str:
    """A keyed fingerprint of `text`; the same text under another `kind` gives another one."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"audit:{kind}:{text}".encode(), hashlib.sha256).hexdigest()


def plain(text: str) -> str:
    """Lower case letters without accents, words parted by one space; ij is y."""
    bare = unicodedata.normalize("NFKD", text).casefold().translate(ALSO_KNOWN)
    bare = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(bare.replace("ij", "y").split())


def surnames_in(name: str) -> frozenset[str]:
    """The parts of the surname in a full name, in their plain form."""
    if "," in name:
        family, _, given = name.partition(",")
        first, *others = BETWEEN_NAMES.split(family)
        return frozenset(filter(None, (_without_prefixes(plain(part)) for part in (first, *others) if given)))
    first, *others = [part for part in BETWEEN_NAMES.split(_spaced(name)) if part.strip()] or [""]
    parts = {_after_given_names(plain(first).split())}
    parts |= {_without_prefixes(plain(other)) for other in others}
    return frozenset(filter(None, parts))


def _spaced(name: str) -> str:
    """Apostrophes part a prefix from its name: 't Hart, d'Hondt."""
    return re.sub(r"['\u2019`\u00b4]", " ", unicodedata.normalize("NFC", name))


def _without_prefixes(words: str) -> str:
    return "".join(word for word in words.split() if word not in PREFIXES)


def _after_given_names(words: list[str]) -> str:
    if len(words) <= 1:
        return "".join(words)
    first = next((i for i, word in enumerate(words) if i and word in PREFIXES and i < len(words) - 1), None)
    if first is not None and len(words[first]) > 1:
        return "".join(word for word in words[first:] if word not in PREFIXES)
    if len(words) > 2 and words[-2] in PARTS_OF_A_NAME:
        return words[-2] + words[-1]
    return words[-1]


def surname_marks(name: str) -> frozenset[str]:
    """Fingerprints of the parts of a surname."""
    return frozenset(fingerprint("surname", part) for part in surnames_in(name))


def name_mark(name: str) -> str:
    """Fingerprint of a whole name, whatever its order or accents."""
    return fingerprint("name", " ".join(sorted(plain(_spaced(name)).replace("-", " ").split())))


def street_mark(street: str, postcode: str) -> str:
    """Fingerprint of a street: its name without the house number, and the four figures of the postcode."""
    figures = "".join(c for c in postcode if c.isdigit())[:4]
    name = re.sub(r"str$", "straat", plain(re.sub(r"\s+\d+\s?\w?$", "", street.strip())).replace(" ", ""))
    return fingerprint("street", f"{name}|{figures}")


def street_marks(address: str) -> frozenset[str]:
    """The street in a postal address of one or more lines; needs a house number and a postcode."""
    code = POSTCODE.search(address)
    if code is None:
        return frozenset()
    found = (WITH_NUMBER.match(line.strip()) for line in re.split(r"[\n,;]", POSTCODE.sub("\n", address)))
    return frozenset(street_mark(match["street"], code[1]) for match in found if match)

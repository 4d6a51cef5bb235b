"""Pure decisions about relatives."""

from __future__ import annotations

from datetime import timedelta

from noaber.ground.errors import Invalid
from noaber.ground.identifiers import contains_bsn
from noaber.ground.phones import read_phone
from noaber.network.relatives.types import NewRelative

VALID_FOR = timedelta(days=60)
"""A link works this long; sending it again starts anew."""

REST_AFTER = 10
"""So many wrong words, and the link rests until she sends a new one."""

SHORTEST_WORD = 4
MOST = 8
MAX_NAME = 80
MAIL, TEXT, PAPER = "mail", "text", "paper"
TOO_EASY = frozenset({"0000", "1111", "1234", "4321", "naam", "noaber", "geheim", "welkom"})


def plain_word(word: str) -> str:
    """The word as it is compared: without capitals and spaces, since it is said aloud."""
    return "".join(word.split()).casefold()


def clean_address(channel: str, address: str) -> str:
    """The address as it is kept; empty when it does not fit the channel."""
    if channel == MAIL:
        text = address.strip()
        name, at, place = text.partition("@")
        return text if name and at and "." in place and " " not in text else ""
    if channel == TEXT:
        number = read_phone(address) or ""
        return number if number.startswith(("06", "+")) else ""
    return ""


def check_invitation(new: NewRelative, *, words: dict[str, str]) -> None:
    """Refuse what cannot work. `words` gives the sentence for each kind of mistake."""
    wrong: dict[str, str] = {}
    if not new.name.strip() or len(new.name) > MAX_NAME or contains_bsn(new.name):
        wrong["name"] = words["name"]
    if new.channel != PAPER and not clean_address(new.channel, new.address):
        wrong["address"] = words[new.channel]
    plain = plain_word(new.word)
    if len(plain) < SHORTEST_WORD:
        wrong["word"] = words["word"]
    elif plain in TOO_EASY or plain == plain_word(new.name):
        wrong["word"] = words["easy"]
    if wrong:
        raise Invalid("invitation_does_not_fit", happened=words["happened"], fields=wrong)

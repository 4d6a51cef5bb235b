"""How common Dutch words are, and what the engine therefore holds for a word. From the package wordfreq."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import log10

from wordfreq import get_frequency_dict

from noaber.engines.search.words import plain

OF_THE_FIELD = """
    aanmeldpunt ademhaling afasie autisme begeleid begeleiding bijbaan buddy buurt buurthuis coach
    dagbesteding dementie dwang eet eetstoornis ervaring ervaringsdeskundige ggz hechting herstel
    herstelacademie huiskamer inloop inloophuis jeugd lach lotgenoot lotgenoten lvb maatje maatjes mantelzorg
    mantelzorger mindfulness naaste nabestaande opvang opvoed ouderschap paniek peer pieker pleeg poh
    praatgroep preventie psychose respijt rouw schuld schuldhulp sociaal spreekuur steun steunpunt stress
    telefoon trauma verlies verslaving vluchteling voedsel voedselbank vrijwilliger wandel welzijn wijk
    wijkteam zelfhulp zelfregie zingeving zwangerschap
""".split()


@cache
def dutch() -> Mapping[str, float]:
    """Plain word to how common it is (3 is once in a million words), some 29,000 words and those of the
    field.
    """
    common: dict[str, float] = {}
    for word, share in get_frequency_dict("nl", "small").items():
        key = plain(word)
        common[key] = max(common.get(key, 0.0), log10(share) + 9)
    for word in OF_THE_FIELD:
        common[word] = max(common.get(word, 0.0), 3.5)
    return common

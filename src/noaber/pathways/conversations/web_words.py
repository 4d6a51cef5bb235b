"""The words of our own web as sentences to translate. A test holds them equal to the data file."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

OURS = frozenset(
    {
        gettext_noop("Mijn web"),
        gettext_noop("gaat niet"),
        gettext_noop("gaat goed"),
        gettext_noop("Mijn lichaam"),
        gettext_noop("Slapen, eten, bewegen, pijn en energie."),
        gettext_noop("Denk aan de afgelopen week. Wat kon uw lijf, en wat niet?"),
        gettext_noop("Hoe gaat het met uw lichaam?"),
        gettext_noop("Mijn gevoel"),
        gettext_noop("Hoe u zich voelt, en wat u denkt."),
        gettext_noop("Wat ging er de laatste tijd door u heen?"),
        gettext_noop("Hoe gaat het met uw gevoel?"),
        gettext_noop("Wat telt voor mij"),
        gettext_noop("Wat u belangrijk vindt, en waar u voor opstaat."),
        gettext_noop("Waar doet u het voor?"),
        gettext_noop("Hebt u genoeg van wat voor u telt?"),
        gettext_noop("Fijn leven"),
        gettext_noop("Plezier, rust, en u thuis voelen waar u woont."),
        gettext_noop("Wanneer was het voor het laatst echt fijn?"),
        gettext_noop("Hoe fijn is uw leven nu?"),
        gettext_noop("Meedoen"),
        gettext_noop("Mensen om u heen, erbij horen, werk of iets anders te doen."),
        gettext_noop("Wie zag u deze week? Wie zou u willen zien?"),
        gettext_noop("Hoe gaat het met meedoen?"),
        gettext_noop("Elke dag"),
        gettext_noop("Geld, wonen, het huis, afspraken en dingen regelen."),
        gettext_noop("Wat lukt op een gewone dag, en wat blijft liggen?"),
        gettext_noop("Hoe gaat het met de gewone dag?"),
    }
)


def shown(words: str) -> str:
    """Words of a questionnaire in the language of the reader, where somebody translated them."""
    return gettext(words) if words else ""

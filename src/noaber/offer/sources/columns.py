"""The columns of a table of offer: what each is called, and from which cells a record is made and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: our field, its heading, and what others call it."""

    field: str
    heading: str
    also: tuple[str, ...] = ()


COLUMNS = (
    Column("id", "id"),
    Column("key", "nummer", ("sleutel", "key", "code", "externid", "bronid", "identifier", "id")),
    Column("name", "naam", ("name", "titel", "title", "aanbod", "activiteit", "naamaanbod")),
    Column("alternate_name", "andere naam", ("alternatename", "ookbekendals")),
    Column("text", "tekst", ("omschrijving", "beschrijving", "description", "toelichting", "inhoud")),
    Column("text_young", "tekst voor jongeren"),
    Column("text_professional", "tekst voor professionals"),
    Column("kind", "soort", ("kind", "type", "categorie", "soortaanbod")),
    Column("terms", "trefwoorden", ("terms", "tags", "themas", "thema", "onderwerpen")),
    Column("organisation", "organisatie", ("organisation", "organization", "aanbieder", "naamorganisatie")),
    Column("municipality", "gemeente", ("municipality", "gemeentenaam")),
    Column("status", "stand", ("status",)),
    Column("mode", "manier", ("mode", "vorm")),
    Column("when", "wanneer", ("when", "tijd", "tijdstip")),
    Column("cost", "kosten", ("cost", "prijs", "tarief")),
    Column("cost_eur_cents", "kosten in centen"),
    Column("phone", "telefoon", ("phone", "telefoonnummer", "tel")),
    Column("email", "mail", ("email", "emailadres", "mailadres")),
    Column("website", "website", ("url", "site", "webadres", "internet", "homepage")),
    Column("languages", "talen", ("languages", "taal")),
    Column("min_age", "leeftijd vanaf", ("minage", "vanafleeftijd", "minimumleeftijd", "minimumage")),
    Column("max_age", "leeftijd tot en met", ("maxage", "maximumleeftijd", "maximumage", "totleeftijd")),
    Column("needs_referral", "met verwijzing", ("needsreferral", "verwijzing", "verwijzingnodig")),
    Column("how_to_start", "hoe beginnen", ("howtostart", "aanmelden", "aanmelding")),
    Column("starts_this_week", "kan deze week", ("startsthisweek",)),
    Column("free_places", "vrije plekken", ("freeplaces", "plekken")),
    Column("free_places_on", "vrije plekken op", ("freeplaceson",)),
    Column("alert", "let op", ("alert", "melding")),
    Column("assured_on", "nagekeken op", ("assuredon", "gecontroleerd", "laatstgecontroleerd")),
    Column("assured_by", "nagekeken door", ("assuredby",)),
    Column("source", "bron"),
    Column("source_key", "nummer bij de bron"),
    Column("source_url", "adres bij de bron", ("link", "bronurl")),
    Column("place_name", "plek", ("locatie", "location", "naamlocatie", "locatienaam")),
    Column("street", "straat", ("adres", "address", "straatenhuisnummer", "bezoekadres", "street")),
    Column("postal_code", "postcode", ("postalcode", "zip")),
    Column("city", "plaats", ("woonplaats", "city", "stad")),
    Column("latitude", "breedtegraad", ("latitude", "lat")),
    Column("longitude", "lengtegraad", ("longitude", "lon", "lng", "long")),
    Column("hours", "openingstijden", ("hours", "tijden", "openingsuren")),
    Column("places", "plekken (gegevens)"),
    Column("schedules", "tijden (gegevens)"),
    Column("extra", "overig (gegevens)"),
)
BY_FIELD = {column.field: column for column in COLUMNS}
OWN = tuple(
    c
    for c in COLUMNS
    if c.field not in {"key", "place_name", "street", "postal_code", "city", "latitude", "longitude", "hours"}
)
"""The columns of our own file, in order; places and hours stand whole in the last ones."""
_NOT_CHOSEN = frozenset({"id", "source", "source_key", "places", "schedules", "extra"})
CHOSEN = tuple(c for c in COLUMNS if c.field not in _NOT_CHOSEN)
"""The columns that an editor may tie to the columns of somebody else."""


def plain(heading: str) -> str:
    """A heading without case, accents and signs."""
    apart = unicodedata.normalize("NFKD", heading).casefold()
    return re.sub(r"[^a-z0-9]", "", apart)


def guessed(headers: Iterable[str], chosen: Mapping[str, str], *, own: bool) -> dict[str, str]:
    """Which heading holds which field: what an editor chose, else what the heading seems to say.

    In a list of somebody else 'id' is the number there; in a list of our own it is ours.
    """
    there = {plain(header): header for header in headers if header}
    found = {field: header for field, header in chosen.items() if header in there.values()}
    taken = set(found.values())
    if {plain(BY_FIELD[f].heading) for f in ("places", "schedules", "extra")} <= set(there):
        columns = OWN if own else tuple(c for c in COLUMNS if c.field not in {"id", "source", "source_key"})
    else:
        columns = tuple(c for c in COLUMNS if c.field != "id") if not own else COLUMNS
    for column in columns:
        for name in (plain(column.heading), *column.also):
            if column.field not in found and name in there and there[name] not in taken:
                found[column.field] = there[name]
                taken.add(there[name])
    return found

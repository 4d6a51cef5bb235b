"""The choices of the forms with which an entry is kept; read by forms, which do not know the tables."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = (
    ("social_basis", _("aanbod in de buurt")),
    ("lived_experience", _("steun van een ervaringsdeskundige")),
    ("group", _("hulpbron in een groep")),
    ("digital", _("online hulp of gemeenschap")),
    ("social_domain", _("hulp uit het sociaal domein")),
    ("primary_care", _("huisarts of POH")),
    ("ggz_monodisciplinary", _("ggz met één behandelaar")),
    ("ggz_multidisciplinary", _("ggz met meerdere disciplines")),
    ("own_network", _("eigen netwerk")),
    ("other", _("iets anders")),
)
MODES = (
    ("live", _("op een plek")),
    ("online", _("online")),
    ("hybrid", _("op een plek of online")),
    ("phone", _("door te bellen")),
    ("home", _("thuis")),
)
PLACE_TYPES = (
    ("physical", _("een plek")),
    ("virtual", _("online")),
    ("postal", _("een postadres")),
)
STATUSES = (
    ("active", _("is er")),
    ("inactive", _("is er nu niet")),
    ("temporarily closed", _("tijdelijk dicht")),
    ("defunct", _("is gestopt")),
)
WEEKDAYS = (
    (1, _("maandag")),
    (2, _("dinsdag")),
    (3, _("woensdag")),
    (4, _("donderdag")),
    (5, _("vrijdag")),
    (6, _("zaterdag")),
    (7, _("zondag")),
)
FIELDS = {
    "name": _("Naam"),
    "alternate_name": _("Andere naam"),
    "organisation": _("Wie het aanbiedt"),
    "municipality": _("Gemeente"),
    "kind": _("Soort"),
    "status": _("Of het er is"),
    "mode": _("Hoe iemand meedoet"),
    "text": _("Tekst voor inwoners"),
    "text_young": _("Tekst voor jongeren"),
    "text_professional": _("Tekst voor professionals"),
    "how_to_start": _("Hoe iemand begint"),
    "when": _("Wanneer, in woorden"),
    "cost": _("Kosten, in woorden"),
    "cost_eur_cents": _("Bedrag"),
    "phone": _("Telefoon"),
    "email": _("Mailadres"),
    "website": _("Website"),
    "languages": _("Talen"),
    "min_age": _("Vanaf leeftijd"),
    "max_age": _("Tot en met leeftijd"),
    "needs_referral": _("Verwijzing nodig"),
    "starts_this_week": _("Kan deze week beginnen"),
    "free_places": _("Vrije plekken"),
    "free_places_on": _("Vrije plekken geteld op"),
    "alert": _("Tijdelijk bericht"),
    "terms": _("Trefwoorden"),
    "places": _("Plekken"),
    "schedules": _("Tijden"),
}
"""The fields of a record, in the words of the form."""

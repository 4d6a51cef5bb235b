"""What can go wrong when she decides. Three beats."""

from __future__ import annotations

from django.utils.translation import gettext as _

from noaber.ground.errors import Conflict, Invalid


def not_a_purpose() -> Invalid:
    """The purpose is not in the code table."""
    return Invalid(
        "not_a_purpose",
        happened=_("Kies waarvoor het mag."),
        now_what=_("Kies één van de redenen op de pagina."),
        fields={"purpose": _("Kies waarvoor het mag.")},
    )


def not_an_organisation() -> Invalid:
    """The organisation does not work in her region."""
    return Invalid(
        "not_an_organisation",
        happened=_("Kies een organisatie uit de lijst."),
        now_what=_("Staat de organisatie er niet bij? Bel uw vaste persoon."),
        fields={"organisation": _("Kies een organisatie uit de lijst.")},
    )


def ends_in_the_past() -> Invalid:
    """The last day lies behind us."""
    return Invalid(
        "consent_ends_in_the_past",
        happened=_("Die dag is al voorbij."),
        now_what=_("Kies een latere dag."),
        fields={"until": _("Kies een dag na vandaag.")},
    )


def already_over() -> Conflict:
    """The consent has ended."""
    return Conflict(
        "consent_is_over",
        happened=_("Deze toestemming is al voorbij."),
        why=_("U stopte ermee, of de laatste dag is geweest."),
        now_what=_("Wilt u het toch? Geef dan opnieuw toestemming."),
    )


def only_narrower() -> Invalid:
    """Limiting never makes it longer."""
    return Invalid(
        "only_narrower",
        happened=_("Zo wordt de toestemming langer."),
        why=_("Op deze pagina kunt u alleen korter kiezen."),
        now_what=_("Wilt u het langer? Geef dan opnieuw toestemming."),
        fields={"until": _("Kies een eerdere dag.")},
    )


def nothing_to_share() -> Invalid:
    """The thing is not hers, or is not there any more."""
    return Invalid(
        "nothing_to_share",
        happened=_("Kies wat iemand mag lezen."),
        now_what=_("Kies iets uit de lijst."),
        fields={"thing": _("Kies iets uit de lijst.")},
    )

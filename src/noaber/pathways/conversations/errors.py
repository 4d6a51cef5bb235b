"""What can go wrong around a conversation. Three beats, no names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from noaber.ground.errors import Conflict, Invalid


def just_taken() -> Conflict:
    """Somebody booked one of these people, or the room, a moment earlier."""
    return Conflict(
        "time_just_taken",
        happened="Deze tijd is net bezet.",
        why="Iemand anders plande op hetzelfde moment een van deze mensen of de ruimte in.",
        now_what="Kies een andere tijd. Er is niets dubbel geboekt en de vraag staat nog open.",
    )


def already_booked() -> Conflict:
    """The request has a conversation already."""
    return Conflict(
        "already_booked",
        happened="Voor deze vraag staat al een gesprek vast.",
        why="Een collega plande het net.",
        now_what="Bekijk dat gesprek. U kunt het daar verplaatsen of afzeggen.",
    )


def no_longer_planned() -> Conflict:
    """The conversation is not planned any more."""
    return Conflict(
        "no_longer_planned",
        happened="Dit kan niet meer.",
        why="Het gesprek is intussen gevoerd, verplaatst of afgezegd.",
        now_what="Bekijk het gesprek opnieuw.",
    )


def request_is_closed() -> Conflict:
    """The request was closed, for instance because she stopped."""
    return Conflict(
        "help_request_closed",
        happened="Deze vraag is afgerond.",
        why="Er kan geen gesprek meer bij.",
        now_what="Ga terug naar het planbord.",
    )


def not_a_holder() -> Invalid:
    """The person chosen cannot hold this request today."""
    return Invalid(
        "not_a_holder",
        happened="Deze persoon kan de vraag nu niet vasthouden.",
        why="Die werkt niet, of niet meer, als gespreksvoerder in deze regio.",
        now_what="Kies iemand uit de lijst.",
        fields={"account_id": "Kies iemand uit de lijst."},
    )


def report_is_agreed() -> Conflict:
    """She has read it and agreed."""
    return Conflict(
        "report_is_agreed",
        happened="Dit verslag staat vast.",
        why="De inwoner heeft het gelezen en is akkoord.",
        now_what="Wilt u iets toevoegen? Bel de inwoner.",
    )


def not_held() -> Conflict:
    """The conversation was not recorded as held."""
    return Conflict(
        "conversation_not_held",
        happened="Dit gesprek is nog niet vastgelegd.",
        why="Een verslag hoort bij een gesprek dat is gevoerd.",
        now_what="Leg eerst vast wat u samen afsprak.",
    )


def too_many_conversations(most: int) -> Conflict:
    """The region's limit has been reached."""
    return Conflict(
        "conversation_limit",
        happened="Er kan geen gesprek meer bij.",
        why=f"In deze regio kan het {most} keer voor één vraag.",
        now_what="Overleg met de vaste persoon wat nu past.",
    )


def composition_does_not_fit(what: str) -> Invalid:
    """The people chosen are not what the region asks for."""
    return Invalid(
        "composition_does_not_fit",
        happened="Deze mensen samen kunnen het gesprek niet voeren.",
        why=what,
        now_what="Kies andere mensen, of kies een voorstel uit de lijst.",
    )


def not_yet() -> Conflict:
    """The conversation has not begun."""
    return Conflict(
        "conversation_not_begun",
        happened="Dit gesprek is nog niet begonnen.",
        why="U kunt het pas vastleggen als het is gevoerd.",
        now_what="Kom na het gesprek terug.",
    )


def one_outcome() -> Invalid:
    """Exactly one main outcome."""
    return Invalid(
        "one_main_outcome",
        happened="Kies één hoofduitkomst.",
        why="Elk gesprek telt precies één keer mee.",
        now_what="Weet u het nog niet? Kies dan ‘nog niet bekend’.",
        fields={"outcome": "Kies één hoofduitkomst."},
    )


def text_holds_bsn(field: str) -> Invalid:
    """A citizen service number was typed; it is not kept."""
    return Invalid(
        "text_holds_bsn",
        happened="In de tekst staat een burgerservicenummer.",
        why="Dat bewaren wij niet.",
        now_what="Haal het nummer weg en sla opnieuw op.",
        fields={field: "Haal het burgerservicenummer weg. Wij bewaren dat niet."},
    )


def report_is_empty() -> Invalid:
    """Nothing was written."""
    return Invalid(
        "report_is_empty",
        happened="Het verslag is leeg.",
        now_what="Schrijf een paar zinnen. De inwoner leest het als eerste.",
        fields={"body": "Schrijf een paar zinnen."},
    )


def correction_is_empty() -> Invalid:
    """She pressed the button without words."""
    return Invalid(
        "correction_is_empty",
        happened=_("Schrijf wat er anders moet."),
        now_what=_("Een paar woorden is genoeg."),
        fields={"words": _("Schrijf wat er anders moet.")},
    )


def answer_is_empty() -> Invalid:
    """The author answers nothing."""
    return Invalid(
        "answer_is_empty",
        happened="Het antwoord is leeg.",
        now_what="Schrijf waarom u de tekst laat staan, of wijzig het verslag.",
        fields={"answer": "Schrijf een antwoord."},
    )


def correction_is_answered() -> Conflict:
    """A colleague was first."""
    return Conflict(
        "correction_is_answered",
        happened="Deze verbetering is al behandeld.",
        why="Een collega was u net voor.",
        now_what="Bekijk het verslag opnieuw.",
    )


def there_is_a_newer_version() -> Conflict:
    """The author mended the report while she was reading; she has not seen that text yet."""
    return Conflict(
        "there_is_a_newer_version",
        happened=_("Er is een nieuwer verslag."),
        why=_("Het verslag is veranderd terwijl u het las. Er is niets verstuurd."),
        now_what=_("Lees het nieuwe verslag. Kies daarna opnieuw."),
    )

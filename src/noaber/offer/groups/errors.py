"""What can go wrong with a group. What was typed always stays in the form."""

from __future__ import annotations

from noaber.ground.errors import Conflict, Invalid


def wrong(field: str, why: str, now_what: str = "Verbeter het. De rest staat er nog.") -> Invalid:
    """One thing of what was typed cannot be right."""
    return Invalid(
        "group_field_wrong",
        happened="Dit is nog niet bewaard.",
        why=why,
        now_what=now_what,
        fields={field: why},
    )


def takes_nobody() -> Conflict:
    """The group is closed, over or cancelled."""
    return Conflict(
        "takes_nobody",
        happened="U kunt zich niet meer aanmelden.",
        why="Deze groep neemt nu niemand meer aan.",
        now_what="Kijk bij de andere groepen, of bel de organisatie.",
    )


def needs_referral() -> Conflict:
    """One comes in only through somebody who refers."""
    return Conflict(
        "needs_referral",
        happened="U bent nog niet aangemeld.",
        why="Voor deze groep is een verwijzing nodig.",
        now_what="Vraag uw huisarts of uw vaste persoon om u aan te melden.",
    )


def no_place_left() -> Conflict:
    """The last place went to somebody else a moment ago."""
    return Conflict(
        "no_place_left",
        happened="Er is geen plek meer vrij.",
        why="Iemand anders kreeg de laatste plek.",
        now_what="De wachtlijst is bewaard. Bied de plek aan als er weer een vrij is.",
    )


def not_in_turn() -> Invalid:
    """Somebody waits longer and no reason was given."""
    return Invalid(
        "not_in_turn",
        happened="De plek is nog niet aangeboden.",
        why="Iemand anders wacht langer.",
        now_what="Bied de plek aan wie bovenaan staat, of kies waarom iemand anders voorgaat.",
        fields={"ahead_because": "Kies een reden."},
    )


def moved_on() -> Conflict:
    """What is asked no longer fits where somebody is: a colleague was first, or the offer ran out."""
    return Conflict(
        "enrolment_moved_on",
        happened="Dit kan nu niet meer.",
        why="Er is intussen iets veranderd bij deze aanmelding.",
        now_what="Kijk hoe het nu staat.",
    )


def offer_over() -> Conflict:
    """The time to answer was over."""
    return Conflict(
        "offer_over",
        happened="Deze plek is niet meer voor u vrij.",
        why="De tijd om te antwoorden is voorbij. De plek ging naar de volgende.",
        now_what="Meld u opnieuw aan, of bel de organisatie.",
    )


def no_consent() -> Invalid:
    """Nobody is placed without her own yes."""
    return Invalid(
        "no_consent",
        happened="Er is nog niemand aangemeld.",
        why="U zei nog niet dat deze persoon het zelf wil.",
        now_what="Vraag het eerst, en zet het dan aan.",
        fields={"agreed": "Vraag eerst of deze persoon het wil."},
    )


def too_often() -> Invalid:
    """Too many sign-ups from one place; no number was counted out loud."""
    return Invalid(
        "too_often",
        happened="Uw aanmelding is nog niet verstuurd.",
        why="Vanaf deze plek kwamen net veel aanmeldingen.",
        now_what="Bel de organisatie, of probeer het morgen weer. Wat u invulde, staat er nog.",
    )


def twice_at_once(field: str, who: str) -> Invalid:
    """A room or a leader would be in two places at once."""
    return Invalid(
        "twice_at_once",
        happened="Deze bijeenkomsten zijn niet gepland.",
        why=who,
        now_what="Kies een ander moment, een andere ruimte of iemand anders.",
        fields={field: who},
    )


def too_small(taken: int) -> Invalid:
    """Fewer places than people who have one."""
    return Invalid(
        "places_taken",
        happened="Het aantal plekken is niet veranderd.",
        why="Er zijn al %(taken)s plekken vergeven.",
        now_what="Kies minstens dit aantal plekken.",
        fields={"max_places": "Er zijn al meer plekken vergeven."},
        values={"taken": taken},
    )


def already_leads() -> Conflict:
    """Somebody leads a group once at a time."""
    return Conflict(
        "already_leads",
        happened="Deze begeleider staat er al bij.",
        why="Iemand begeleidt een groep één keer tegelijk.",
        now_what="Stop eerst wat er loopt, of kies een latere begindag.",
    )


def somebody_was_first() -> Conflict:
    """Two people changed one group at the same time."""
    return Conflict(
        "group_changed",
        happened="Iemand anders veranderde deze groep net.",
        why="Wat u zag, was niet meer het nieuwste.",
        now_what="Open de groep opnieuw en kijk wat er veranderd is.",
    )

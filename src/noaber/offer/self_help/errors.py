"""What may go wrong here, with what to do now."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from noaber.ground.errors import Conflict, Invalid


def changed_meanwhile() -> Conflict:
    """Someone else saved this module meanwhile."""
    return Conflict(
        "self_help_changed_meanwhile",
        happened=_("Een collega heeft deze module intussen bewaard."),
        why=_("Uw tekst staat er nog, maar is nog niet bewaard."),
        now_what=_("Vergelijk hem met de nieuwste versie hieronder en bewaar dan opnieuw."),
    )


def saved_elsewhere() -> Conflict:
    """She saved this step in another window meanwhile."""
    return Conflict(
        "self_help_saved_elsewhere",
        happened=_("U schreef intussen ook ergens anders bij deze stap."),
        why=_("Wij gooien niets weg: hieronder staat wat u nu typte, en wat er al stond."),
        now_what=_("Maak er één antwoord van en bewaar opnieuw."),
    )


def day_saved_elsewhere() -> Conflict:
    """She wrote on this day of her diary in another window meanwhile."""
    return Conflict(
        "self_help_day_saved_elsewhere",
        happened=_("Bij deze dag stond al iets dat u hier nog niet zag."),
        why=_("Wij gooien niets weg: hieronder staat wat u nu typte, en wat er al stond."),
        now_what=_("Maak er één antwoord van en bewaar opnieuw."),
    )


def not_to_be_read(problems: int) -> Invalid:
    """The text has problems, so people cannot see it."""
    return Invalid(
        "self_help_text_has_problems",
        happened=_("Deze module kan nog niet zichtbaar worden."),
        why=_("Er staan nog %(n)s fouten in de tekst."),
        now_what=_("Verbeter ze. Ze staan bij de regels genoemd."),
        values={"n": problems},
    )


def wrong_reminder(fields: Sequence[str]) -> Invalid:
    """The reminder is not one: what is wrong in these fields."""
    words = {
        "weekdays": _("Kies minstens één dag."),
        "hour": _("Kies een van de tijden."),
        "until": _("Kies een dag tussen vandaag en een half jaar verder."),
    }
    return Invalid(
        "self_help_wrong_reminder",
        happened=_("De herinnering is nog niet bewaard."),
        why=_("Er mist iets, of een dag klopt niet."),
        now_what=_("Kijk bij de velden hieronder."),
        fields={name: words[name] for name in fields},
    )

"""Forming groups in Dutch words: parts of the week, and why a group is proposed."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.knowledge.group_forming import forming, kinds
from noaber.knowledge.languages import language_name
from noaber.offer.groups.forming import rules
from noaber.offer.groups.forming.rules import Formed
from noaber.offer.groups.forming.services import themes


def day(code: str) -> str:
    """The word for a day of the week."""
    names = (_("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"))
    return dict(zip(rules.DAYS, names, strict=True)).get(code, _("zondag"))


def part(code: str) -> str:
    """The words for a part of the week, such as 'dinsdagavond'."""
    name, _line, half = code.partition("_")
    return day(name) + {"morning": _("ochtend"), "afternoon": _("middag"), "evening": _("avond")}.get(
        half, ""
    )


def parts(codes: list[str]) -> str:
    """Several parts of the week in the order of the week."""
    return ", ".join(part(code) for code in rules.DAY_PARTS if code in codes)


def age(code: str) -> str:
    """The words for a stage of life."""
    return forming().ages.get(code, code)


def kind(code: str) -> str:
    """The word for a kind of group."""
    return kinds()[code].label if code in kinds() else code


def theme(code: str) -> str:
    """What it is about."""
    return themes().get(code, code)


def why(formed: Formed, place: str, most: int, today: date) -> tuple[str, ...]:
    """Why this group, in sentences that name nobody."""
    people = len(formed.members)
    longest = max((today - wait.since).days // 7 for wait in formed.members)
    lines = [
        _("%(people)s mensen van %(organisations)s organisaties wachten op hetzelfde: %(kind)s, %(theme)s.")
        % {
            "people": people,
            "organisations": len(formed.organisations),
            "kind": kind(formed.slot.kind),
            "theme": theme(formed.slot.theme).lower(),
        },
        _("%(when)s past bij iedereen.") % {"when": part(formed.slot.day_part).capitalize()},
        _("%(place)s ligt voor iedereen binnen de afstand die zij willen reizen, gemiddeld %(km)s kilometer.")
        % {"place": place, "km": round(formed.km / people)},
        _("Iedereen spreekt %(language)s.") % {"language": language_name(formed.slot.language)},
        ngettext(
            "Wie het langst wacht, wacht %(weeks)s week.",
            "Wie het langst wacht, wacht %(weeks)s weken.",
            longest,
        )
        % {"weeks": longest},
    ]
    if formed.slot.young:
        lines.append(_("Iedereen is 16 tot en met 25 jaar."))
    if formed.eligible > people:
        lines.append(
            _(
                "Er kunnen %(eligible)s mensen, en er zijn %(most)s plekken. Elke organisatie krijgt eerst "
                "één plek. Daarna gaat voor wie het langst wacht."
            )
            % {"eligible": formed.eligible, "most": most}
        )
    return tuple(lines)

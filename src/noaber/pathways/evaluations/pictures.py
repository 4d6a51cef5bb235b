"""The pictures of one quarter of answers: a bar for each reply, under a title that says what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.hallway.clock import day_of
from noaber.hallway.ui.formatting import long_date
from noaber.hallway.ui.types import Bar, BarList
from noaber.pathways.evaluations.queries import ExperiencesPage, FirstTimeRightPage
from noaber.pathways.evaluations.types import Audience, Experiences, Reply, Share

AUDIENCE_WORDS = {
    Audience.RESIDENT: gettext_lazy("Inwoners"),
    Audience.RELATIVE: gettext_lazy("Naasten"),
    Audience.REFERRER: gettext_lazy("Verwijzers"),
    Audience.PROFESSIONAL: gettext_lazy("Professionals"),
}
REPLY_WORDS = {
    Reply.YES: gettext_lazy("Ja"),
    Reply.PARTLY: gettext_lazy("Een beetje"),
    Reply.NO: gettext_lazy("Nee"),
    Reply.UNKNOWN: gettext_lazy("Weet ik niet"),
}


@dataclass(frozen=True, slots=True)
class AudiencePicture:
    """One audience: who it is, how many answered, and a picture for each question that may be shown."""

    words: str
    experiences: Experiences
    bars: tuple[BarList, ...]

    @property
    def hidden(self) -> bool:
        """Too few people answered to show anything."""
        return not self.bars


def of(page: ExperiencesPage) -> tuple[AudiencePicture, ...]:
    """A picture for each audience."""
    return tuple(
        AudiencePicture(
            words=str(AUDIENCE_WORDS[found.audience]),
            experiences=found,
            bars=tuple(bars for share in found.shares if (bars := _bars(share)) is not None),
        )
        for found in page.audiences
    )


@dataclass(frozen=True, slots=True)
class QuarterChoice:
    """A quarter to choose."""

    first: date
    words: str


def quarters(page: ExperiencesPage) -> tuple[QuarterChoice, ...]:
    """The quarters that can be chosen, newest first."""
    return tuple(
        QuarterChoice(
            first, _("%(year)s, kwartaal %(n)s") % {"year": first.year, "n": (first.month + 2) // 3}
        )
        for first in page.quarters
    )


def _bars(share: Share) -> BarList | None:
    if share.replies is None or not share.n:
        return None
    yes = share.replies[Reply.YES]
    finding = _("%(question)s Ja, zeggen %(yes)s van de %(n)s.") % {
        "question": _(share.words),
        "yes": yes,
        "n": share.n,
    }
    return BarList(
        title=finding,
        label_head=_("Antwoord"),
        unit=_("van de antwoorden"),
        bars=tuple(Bar(str(words), share.replies[reply] / share.n) for reply, words in REPLY_WORDS.items()),
        percent=True,
    )


@dataclass(frozen=True, slots=True)
class ConversationsTable:
    """The conversations behind a share, as the table on the page takes them."""

    slug: str
    first: date
    last: date
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str


def table_of(page: FirstTimeRightPage) -> ConversationsTable:
    """Pseudonym, day, and whether something came back."""
    right, again = _("in één keer goed"), _("kwam terug")
    return ConversationsTable(
        slug=page.slug,
        first=page.first,
        last=page.last,
        columns=(_("Gesprek"), _("Dag"), _("Hoe het ging")),
        rows=tuple(
            (
                item.pseudonym,
                long_date(day_of(item.happened_at), year=True),
                right if item.outcome_class == "first_time_right" else again,
            )
            for item in page.items
        ),
        caption=_("Eerste gesprekken van dit kwartaal"),
    )

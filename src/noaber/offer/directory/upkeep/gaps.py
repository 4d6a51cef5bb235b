"""The gaps of a region: counting what was not there, reading them, and what the region does about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from noaber.ground.errors import Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.clock import day_of
from noaber.knowledge.offer_terms import load_terms
from noaber.network.partners.models import Municipality
from noaber.offer.directory import errors, keeping, rules
from noaber.offer.directory.models import Gap, Synonym
from noaber.offer.directory.upkeep import rules_gaps
from noaber.offer.directory.upkeep.rules_gaps import Month

MOST_MEANINGS = 12
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class GapLine:
    """One question without an answer, over the months that are shown."""

    gap_id: UUID
    """Any of its rows; acts go for all of them."""
    question: str
    kind: str
    kind_word: str
    place: str
    times: tuple[int, ...]
    state: str
    state_word: str
    note: str

    @property
    def total(self) -> int:
        """Over all months shown."""
        return sum(self.times)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word that people say, and what it is called here."""

    word: str
    means: tuple[str, ...]
    changed_on: date


# --- counting --------------------------------------------------------------------------------------------


def known_words() -> frozenset[str]:
    """The words of the directory itself: names of terms and what people say for them."""
    lines = [text for term in load_terms().values() for text in (term.name, *term.synonyms)]
    return frozenset(word.lower() for line in lines for word in line.replace("-", " ").split())


def kept_of(text: str, known: frozenset[str]) -> str:
    """The words of a question that may be kept."""
    return rules_gaps.question_of(text, known=known)


@transaction.atomic
def note_gap(*, region_id: UUID, kind: str, text: str, municipality_id: UUID | None, now: datetime) -> str:
    """Count a question that found nothing; what was kept of it. Nothing is kept when no word may be."""
    question = kept_of(text, known_words())
    if not question:
        return ""
    row, fresh = Gap.objects.get_or_create(
        region_id=region_id,
        kind=kind,
        question=question,
        municipality=_town(municipality_id),
        month=day_of(now).replace(day=1),
    )
    if not fresh:
        Gap.objects.filter(pk=row.pk).update(times=F("times") + 1)
    return question


def _town(municipality_id: UUID | None) -> Municipality | None:
    return Municipality.objects.filter(pk=municipality_id).first() if municipality_id else None


# --- reading ---------------------------------------------------------------------------------------------


def lines(actor: Actor, *, today: date, state: str = "", kind: str = "") -> list[GapLine]:
    """The gaps of the last twelve months that this actor may see, most asked first."""
    gate.require_act(actor, "directory.gaps")
    months = rules_gaps.months_back(today)
    rows = gate.visible(actor, "see", Gap.objects.filter(month__gte=months[0]), resource="gap")
    grouped = defaultdict[tuple[str, str, UUID | None, UUID], list[Gap]](list)
    for row in rows.select_related("municipality").order_by("month"):
        grouped[row.question, row.kind, row.municipality_id, row.region_id].append(row)
    found = [_line(some, months) for some in grouped.values()]
    found = [line for line in found if state in ("", line.state) and kind in ("", line.kind)]
    return sorted(found, key=lambda line: (-line.total, line.question, line.place))


def _line(rows: list[Gap], months: list[date]) -> GapLine:
    last = rows[-1]
    times = {row.month: row.times for row in rows}
    state = rules_gaps.state_of([Month(row.month, row.times, row.state) for row in rows])
    return GapLine(
        gap_id=last.pk,
        question=last.question,
        kind=last.kind,
        kind_word=last.get_kind_display(),
        place=last.municipality.name if last.municipality else "",
        times=tuple(times.get(month, 0) for month in months),
        state=state,
        state_word=str(Gap.State(state).label),
        note=next((row.note for row in reversed(rows) if row.note), ""),
    )


# --- acting ----------------------------------------------------------------------------------------------


@transaction.atomic
def set_state(*, actor: Actor, gap_id: UUID, state: str, note: str, now: datetime, means: str = "") -> None:
    """What the region does with a question, in all its months; 'another word' makes that word findable."""
    row = gate.get(actor, "work", Gap.objects.all(), resource="gap", pk=gap_id)
    if state not in Gap.State.values:
        raise errors.unknown_choice()
    if state == Gap.State.WORDS:
        add_word(actor=actor, region_id=row.region_id, word=row.question, means=means, now=now)
    same = Gap.objects.filter(
        region_id=row.region_id, kind=row.kind, question=row.question, municipality=row.municipality
    )
    same.update(state=state, note=note.strip().replace("\x00", "")[:300])


def meanings(actor: Actor, text: str = "") -> list[Meaning]:
    """The other words of the region of this editor, by the alphabet."""
    gate.require_act(actor, "directory.words")
    rows = Synonym.objects.filter(region_id__in=actor.regions(Role.EDITOR), removed=False)
    if text.strip():
        rows = rows.filter(word__icontains=text.strip().replace("\x00", ""))
    return [Meaning(row.word, tuple(row.means), row.changed_at.date()) for row in rows.order_by("word")[:500]]


@transaction.atomic
def add_word(*, actor: Actor, region_id: UUID, word: str, means: str, now: datetime) -> None:
    """Let search know that who says `word` means `means` (commas or lines between them). Twice is once.

    Raises:
        Invalid: no word, no meaning, or one that is too long.
    """
    gate.require_act(actor, "directory.words")
    if region_id not in actor.regions(Role.EDITOR):
        raise gate.not_here()
    said = _tidy(word)
    meant = list(dict.fromkeys(filter(None, map(_tidy, means.replace("\n", ",").split(",")))))
    faults = {}
    if not said or len(said) > LONGEST_WORD:
        faults["word"] = _("Vul een woord in van ten hoogste %(n)s tekens.") % {"n": LONGEST_WORD}
    if not meant or len(meant) > MOST_MEANINGS or any(len(one) > LONGEST_WORD for one in meant):
        faults["means"] = _("Vul één tot twaalf woorden in, met een komma ertussen.")
    elif said in meant:
        faults["means"] = _("Dit is hetzelfde woord. Vul in hoe het hier heet.")
    if faults:
        raise Invalid(
            "word_not_right",
            happened=_("Dit woord is nog niet bewaard."),
            now_what=_("Verbeter wat is aangewezen."),
            fields=faults,
        )
    number = keeping.next_revision(region_id)
    Synonym.objects.update_or_create(
        region_id=region_id,
        word=said,
        defaults={"means": meant, "changed_at": now, "revision": number, "removed": False},
    )


@transaction.atomic
def remove_word(*, actor: Actor, region_id: UUID, word: str, now: datetime) -> None:
    """Search forgets this word."""
    gate.require_act(actor, "directory.words")
    if region_id not in actor.regions(Role.EDITOR):
        raise gate.not_here()
    row = Synonym.objects.select_for_update().filter(region_id=region_id, word=word, removed=False).first()
    if row is None:
        return
    row.removed, row.changed_at = True, now
    row.revision = keeping.next_revision(region_id)
    row.save(update_fields=["removed", "changed_at", "revision"])


def _tidy(word: str) -> str:
    return " ".join(rules.plain(word.replace("\x00", "")).split())

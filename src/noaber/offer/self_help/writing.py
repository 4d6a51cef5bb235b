"""Reads the plain text in which editors write a module. Pure: text in, module and problems out.

titel: Beter slapen
in het kort: In vijf stappen naar meer rust in de nacht.
voor wie: Voor iedereen die slecht slaapt.
onderwerpen: sleep

== Wat houdt u wakker? (10 minuten)
Een stuk tekst.

- een punt
! Een tip.
? Een vraag met een open antwoord
?? Een vraag met keuzes
[ ] de eerste keuze
0-10 Hoe sliep u? | heel slecht | heel goed
> Een oefening (5 minuten)
1. Wat u eerst doet.

== Dagboek
0-10 Hoe sliep u vannacht? | heel slecht | heel goed
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from hashlib import sha256

from noaber.offer.self_help.types import ANSWERED, Block, BlockKind, ModuleText, Problem, Step

MOST_CHARACTERS = 60_000
MOST_STEPS = 12
MOST_BLOCKS = 40
LONGEST_WORDS = 1200
DIARY = "dagboek"
HEADS = {"titel": "title", "in het kort": "summary", "voor wie": "audience", "onderwerpen": "terms"}
_STEP = re.compile(r"==\s*(.+)")
_MINUTES = re.compile(r"\s*\((\d{1,3})\s+minu(?:ut|ten)\)\s*$")
_SCALE = re.compile(r"0\s*-\s*10\s+(.+)")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+(.+)")
_CHOICE = re.compile(r"\[\s?\]\s*(.+)")


def slug_of(words: str) -> str:
    """Words as they stand in an address."""
    plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def key_of(kind: BlockKind, words: str) -> str:
    """The name under which an answer is kept: it stays as long as the words do."""
    return sha256(f"{kind}:{' '.join(words.lower().split())}".encode()).hexdigest()[:12]


@dataclass(slots=True)
class _Part:
    title: str
    minutes: int
    line: int
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    heads: dict[str, str] = field(default_factory=dict)
    parts: list[_Part] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    paragraph: list[str] = field(default_factory=list)

    def wrong(self, line: int, words: str) -> None:
        self.problems.append(Problem(line, words))

    def add(self, block: Block) -> None:
        self.parts[-1].blocks.append(block)

    def close_paragraph(self) -> None:
        if self.paragraph:
            self.add(Block(BlockKind.TEXT, " ".join(self.paragraph)))
            self.paragraph = []

    def extend(self, kinds: frozenset[BlockKind], line: str) -> bool:
        """Put a line under the last piece, when that is of one of these kinds."""
        blocks = self.parts[-1].blocks
        if self.paragraph or not blocks or blocks[-1].kind not in kinds:
            return False
        last = blocks[-1]
        blocks[-1] = Block(
            last.kind, last.words, (*last.lines, line), last.low, last.high, last.minutes, last.key
        )
        return True


def read(text: str) -> tuple[ModuleText, tuple[Problem, ...]]:
    """The module that this text says, as far as it can be read, and what is wrong with it line by line."""
    found = _Reading()
    if len(text) > MOST_CHARACTERS:
        found.wrong(0, f"De tekst is te lang: {len(text)} tekens. Meer dan {MOST_CHARACTERS} past niet.")
    for number, raw in enumerate(text[:MOST_CHARACTERS].splitlines(), start=1):
        line = raw.strip()
        if len(line) > LONGEST_WORDS:
            found.wrong(number, f"Deze regel is langer dan {LONGEST_WORDS} tekens. Maak er kortere van.")
            line = line[:LONGEST_WORDS]
        if (step := _STEP.fullmatch(line)) is not None:
            if found.parts:
                found.close_paragraph()
            title, minutes = _timed(step[1])
            found.parts.append(_Part(title, minutes, number))
        elif found.parts:
            _line(found, number, line)
        elif line:
            _head(found, number, line)
    if found.parts:
        found.close_paragraph()
    return _whole(found), tuple(found.problems)


def _timed(words: str) -> tuple[str, int]:
    minutes = _MINUTES.search(words)
    return (words[: minutes.start()].strip(), int(minutes[1])) if minutes else (words.strip(), 0)


def _head(found: _Reading, number: int, line: str) -> None:
    name, colon, value = line.partition(":")
    key = HEADS.get(" ".join(name.lower().split()))
    if not colon or key is None:
        known = ", ".join(HEADS)
        found.wrong(number, f"Hier kan alleen staan: {known}. De eerste stap begint met ==.")
    elif key in found.heads:
        found.wrong(number, f"'{name}' staat er al.")
    else:
        found.heads[key] = value.strip()


def _line(found: _Reading, number: int, line: str) -> None:
    if not line:
        found.close_paragraph()
        return
    if (choice := _CHOICE.fullmatch(line)) is not None:
        if not found.extend(frozenset({BlockKind.CHOICES}), choice[1]):
            found.wrong(number, "Een keuze hoort onder een vraag die met ?? begint.")
        return
    if (act := _NUMBERED.fullmatch(line)) is not None and found.extend(
        frozenset({BlockKind.EXERCISE}), act[1]
    ):
        return
    if line.startswith("- "):
        if not found.extend(frozenset({BlockKind.LIST}), line[2:].strip()):
            found.close_paragraph()
            found.add(Block(BlockKind.LIST, "", (line[2:].strip(),)))
        return
    if (block := _single(line)) is not None:
        found.close_paragraph()
        if not block.words:
            found.wrong(number, "Achter dit teken staat nog niets.")
        found.add(block)
        return
    found.paragraph.append(line)


def _single(line: str) -> Block | None:
    if line.startswith("??"):
        words = line[2:].strip()
        return Block(BlockKind.CHOICES, words, key=key_of(BlockKind.CHOICES, words))
    if line.startswith("?"):
        words = line[1:].strip()
        return Block(BlockKind.QUESTION, words, key=key_of(BlockKind.QUESTION, words))
    if (scale := _SCALE.fullmatch(line)) is not None:
        words, _, ends = scale[1].partition("|")
        low, _, high = ends.partition("|")
        words = words.strip()
        return Block(
            BlockKind.SCALE,
            words,
            low=low.strip(),
            high=high.strip(),
            key=key_of(BlockKind.SCALE, words),
        )
    if line.startswith("!"):
        return Block(BlockKind.TIP, line[1:].strip())
    if line.startswith(">"):
        words, minutes = _timed(line[1:].strip())
        return Block(BlockKind.EXERCISE, words, minutes=minutes)
    return None


def _whole(found: _Reading) -> ModuleText:
    for key, name in (("title", "titel"), ("summary", "in het kort"), ("audience", "voor wie")):
        if not found.heads.get(key):
            found.wrong(0, f"Bovenaan mist de regel '{name}: …'.")
    steps, diary = [], None
    for part in found.parts:
        _check_part(found, part)
        if part.title.lower() == DIARY:
            if diary is not None:
                found.wrong(part.line, "Er is al een dagboek.")
            diary = part
        else:
            steps.append(part)
    if not steps:
        found.wrong(0, "Er is nog geen stap. Begin een stap met: == Titel (10 minuten).")
    if len(steps) > MOST_STEPS:
        found.wrong(0, f"Meer dan {MOST_STEPS} stappen is te veel voor één module. Maak er twee van.")
    keys = [slug_of(part.title) for part in steps]
    for part, key in zip(steps, keys, strict=True):
        if not key:
            found.wrong(part.line, "De titel van deze stap heeft letters nodig.")
        elif keys.count(key) > 1:
            found.wrong(part.line, f"Er zijn twee stappen met de titel '{part.title}'.")
    if diary is not None and any(block.kind not in ANSWERED for block in diary.blocks):
        found.wrong(diary.line, "In het dagboek staan alleen vragen: ?, ?? of 0-10.")
    return ModuleText(
        title=found.heads.get("title", "")[:120],
        summary=found.heads.get("summary", "")[:300],
        audience=found.heads.get("audience", "")[:200],
        terms=tuple(term.strip() for term in found.heads.get("terms", "").split(",") if term.strip()),
        steps=tuple(
            Step(key, part.title[:120], part.minutes, tuple(part.blocks))
            for part, key in zip(steps, keys, strict=True)
        ),
        diary=tuple(block for block in diary.blocks if block.kind in ANSWERED) if diary else (),
    )


def _check_part(found: _Reading, part: _Part) -> None:
    if not part.blocks:
        found.wrong(part.line, f"In '{part.title}' staat nog niets.")
    if len(part.blocks) > MOST_BLOCKS:
        found.wrong(part.line, f"'{part.title}' is te lang. Maak er twee stappen van.")
    asked = [block.key for block in part.blocks if block.key]
    if len(asked) != len(set(asked)):
        found.wrong(part.line, f"In '{part.title}' staat twee keer dezelfde vraag.")
    for block in part.blocks:
        if block.kind is BlockKind.CHOICES and len(block.lines) < 2:
            found.wrong(part.line, f"Onder '{block.words}' horen minstens twee keuzes: [ ] keuze.")
        if block.kind is BlockKind.EXERCISE and not block.lines:
            found.wrong(part.line, f"De oefening '{block.words}' heeft nog geen regels met 1., 2., 3.")

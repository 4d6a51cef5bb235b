"""What a screen in passing, a message box or a doormat shows, and the words that would tell why.

Someone may read along over her shoulder, in her history, on her lock screen or on the mat. What stands there
names no illness, no crisis, no treatment, no kind of care and nobody's profession. These count:

- the title of each page for her, for a relative and for anyone, and its address, which stays in the history;
- the sender, the subject and the text of each mail and text message, and what is said by phone;
- the title, place and notes of a calendar entry;
- the lines of a letter that a window envelope shows.

What may stand there: Noaber, a question, an appointment, a conversation, a report, help, people nearby, the
numbers of 'Hulp nu' by that name. They fit a library as well as a house for help. The name of a region may
not: the network of Twente has 'Mentaal' in its name.

A page of the public directory may be named after what it is about, for it is the same for everyone; only
its name may not come in a message to her.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template import engines
from django.template.loader_tags import BlockNode
from tests.languages import catalogues
from tests.languages.extracting import everything, spoken
from tests.languages.reading_code import SOURCE, Sentence, called, module, text_of
from tests.languages.reading_templates import Parts, _note, _within

TELLING = {
    "nl": r"ggz|psych|depress|su[iï]cid|zelfmoord|zelfdoding|crisis|hulpvraag|therap|angst|trauma|verslaaf|"
    r"verslaving|wachtlijst|gezond|diagno|stoornis|menta(?:al|le)|geestelijk|behandel|zorg|pati[eë]nt|\bcli[eë]nt|"
    r"klini|opname|huisarts|\barts|dokter|verwijz|verwezen|indicatie|intake|geweld|mishandel|veilig thuis",
    "en": r"mental|psych|depress|suicid|crisis|therap|anxi|trauma|addict|diagno|disorder|treatment|\bcare\b|"
    r"healthcare|patient|\bclient|clinic|\bgp\b|doctor|referr|intake|violen|abuse|health|waiting list",
    "tr": r"psik|\bruh|depres|intihar|\bkriz|terap|travma|ba[gğ][ıi]ml[ıi]|te[sş]his|tedavi|bak[ıi]m[ıi]|"
    r"\bhasta|dan[ıi][sş]an|klini|doktor|hekim|\bsevk|[sş]iddet|sa[gğ]l[ıi]k",
    "ar": r"النفسي|نفسية|اكتئاب|انتحار|أزمة|علاج|رعاية|مريض|طبيب|الصحة|صحية|عيادة|عنف|إدمان|تشخيص|صدمة|إحالة",
    "pl": r"psych|depres|samob[oó]j|kryzys|terap|\bl[eę]k|traum|uzale[zż]n|diagno|zaburze|leczen|opiek|"
    r"pacjent|klinik|lekar|skierowan|przemoc|zdrow",
    "uk": r"псих|депрес|суїцид|самогуб|криз|терап|тривож|травм|залежн|діагно|розлад|лікув|догляд|пацієнт|"
    r"клінік|лікар|направлен|насильств|здоров",
}
CODES = ("nl", *catalogues.TARGETS)
PUBLIC_DIRECTORY = ("directory:",)
"""Addresses of the public directory; the name of an entry may stand in their title and address."""

MESSAGES = {"reach": ("subject", "body", "by_hand"), "queue": ("subject", "body")}
OF_PROFESSIONALS = (
    "noaber/hallway/accounts/",
    "noaber/network/partners/",
    "noaber/pathways/referrals/handlers.py",
)
"""Rooms whose messages go to professionals alone, with an address such as /mijn-verwijzingen/ in them."""


def telling_in(text: str, code: str = "nl") -> list[str]:
    """The telling words in a text of this language; Dutch and English words count in every language."""
    wanted = {TELLING[code.split("-")[0]], TELLING["nl"], TELLING["en"]}
    return [found.group() for words in wanted for found in re.finditer(words, text.casefold())]


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One line that can be seen in passing."""

    kind: str
    where: str
    words: str


@cache
def titles() -> tuple[Line, ...]:
    """What stands in the title of each page that comes in every language."""
    found = []
    for name in sorted(everything().templates):
        template: Any = engines["django"].get_template(name).template  # type: ignore[attr-defined]  # Django's own
        for node in template.nodelist.get_nodes_by_type(BlockNode):
            if node.name in {"title", "title_where"}:
                parts = Parts(name)
                for thing in _within(node.nodelist, set()):
                    _note(thing, parts)
                found += [
                    Line("title", name, each) for s in parts.sentences for each in (s.one, s.many) if each
                ]
    return tuple(found)


def addresses() -> tuple[Line, ...]:
    """The addresses of those pages, as the history shows them."""
    return tuple(
        Line("address", address.name, re.sub(r"<[^>]*>", "", address.route))
        for address in spoken()
        if not address.name.startswith(PUBLIC_DIRECTORY)
    )


@cache
def messages() -> tuple[Line, ...]:
    """The sentences of every message, as they are given to `reach` and `queue` in every room."""
    found = set()
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        if place.startswith(OF_PROFESSIONALS):
            continue
        if {"tests", "migrations", "cli"} & set(path.relative_to(SOURCE).parts):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and called(node) in MESSAGES:
                for keyword in node.keywords:
                    if keyword.arg in MESSAGES[called(node)]:
                        found |= {Line(keyword.arg, place, words) for words in _said(keyword.value, place)}
    return tuple(sorted(found))


def _said(value: ast.AST, place: str) -> Iterator[str]:
    """Every literal that can stand in this argument, also behind names of the module."""
    where = place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for inner in ast.walk(value):
        if isinstance(inner, ast.Constant) and any(c.isalpha() for c in text_of(inner)):
            yield text_of(inner)
        elif isinstance(inner, ast.Name):
            yield from _behind(where, inner.id)


def _behind(where: str, name: str, depth: int = 0) -> Iterator[str]:
    here = module(where)
    if here is None or depth > 3:
        return
    for node in here.nodes.get(name, ()):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            yield from (text_of(c) for c in ast.walk(node.value) if text_of(c))
        elif isinstance(node, ast.FunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and called(inner) in {"told", "gettext", "_"}:
                    yield from (words for a in inner.args for words in _literal(where, a, depth))
    if name not in here.nodes and name in here.borrowed:
        source, original = here.borrowed[name]
        yield from _behind(source, original, depth + 1)


def _literal(where: str, node: ast.AST, depth: int) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield from _behind(where, node.id, depth + 1)
    elif text_of(node):
        yield text_of(node)


@cache
def _catalogue(code: str) -> dict[str, tuple[str, ...]]:
    kept: dict[str, tuple[str, ...]] = {}
    for message in catalogues.entries(catalogues.read(code)):
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        for one in ids:
            kept[one] = catalogues.strings(message)
    return kept


def in_language(words: str, code: str) -> tuple[str, ...]:
    """This sentence as it reads in a language; as it stands when it is not for the translators."""
    return (words,) if code == "nl" else _catalogue(code).get(words, (words,))


def is_known(words: str) -> bool:
    """Whether the translators have this sentence."""
    return Sentence(words) in everything().places

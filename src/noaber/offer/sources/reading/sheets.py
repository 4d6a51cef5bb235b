"""Reads the first sheet of an .xlsx file: words, numbers and the last outcome of a formula.

An .xlsx file is a zip with XML in it. Both can be made to explode, so both are counted while they are read,
and XML that defines entities is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from noaber.offer.sources.errors import Unreadable, unreadable
from noaber.offer.sources.reading import tables
from noaber.offer.sources.types import Table, TableRow

MOST_UNPACKED = 120_000_000
MOST_PARTS = 2_000
CHUNK = 64 * 1024
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    expat.ExpatError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def is_sheet(content: bytes) -> bool:
    """Whether these bytes may be an .xlsx file."""
    return content.startswith(b"PK\x03\x04")


def read_xlsx(content: bytes) -> Table:
    """The first sheet as a table.

    Raises:
        Unreadable: it is no .xlsx file, it explodes, or its first line is no list of column names.
    """
    try:
        return _read(content)
    except BROKEN as fault:
        raise unreadable(
            _("Dit .xlsx-bestand is niet te lezen."),
            now_what=_("Open het in uw rekenprogramma, sla het opnieuw op en stuur het nog een keer."),
        ) from fault


def _read(content: bytes) -> Table:
    package = zipfile.ZipFile(io.BytesIO(content))
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _explodes()
    names = {part.filename for part in parts}
    sheets = sorted(
        (name for name in names if re.fullmatch(r"xl/worksheets/sheet[0-9]+\.xml", name)),
        key=lambda name: int(re.findall(r"[0-9]+", name)[-1]),
    )
    if not sheets:
        raise unreadable(_("In dit bestand staat geen werkblad."))
    shared = _shared(package) if "xl/sharedStrings.xml" in names else []
    lines = _Sheet(package.open(sheets[0]), shared).lines()
    first = next(lines, None)
    if first is None:
        raise unreadable(_("Het eerste werkblad is leeg."))
    headers = tables.named(first[1])
    return Table(headers, _rows(headers, lines))


def _rows(headers: tuple[str, ...], lines: Iterator[tuple[int, list[str]]]) -> Iterator[TableRow]:
    try:
        for number, (line, cells) in enumerate(lines):
            if number >= tables.MOST_ROWS:
                raise tables.too_many()
            row = tables.row_of(headers, line, cells)
            if row is not None:
                yield row
    except BROKEN as fault:
        raise unreadable(_("Dit .xlsx-bestand is niet te lezen.")) from fault


def _explodes() -> Unreadable:
    return unreadable(_("Dit bestand is uitgepakt veel groter dan het lijkt. Wij lezen het niet."))


class _Parsing:
    """Feeds XML piece by piece, counts what was unpacked, refuses definitions of entities."""

    def __init__(self, part: IO[bytes]) -> None:
        self.part = part
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._no_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.unpacked = 0
        self.text: list[str] | None = None

    def _no_doctype(self, *_parts: object) -> None:
        raise _explodes()

    def feed(self) -> bool:
        """Read one piece further; whether there was one."""
        piece = self.part.read(CHUNK)
        self.unpacked += len(piece)
        if self.unpacked > MOST_UNPACKED:
            raise _explodes()
        self.parser.Parse(piece, not piece)
        return bool(piece)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.begin(name.rsplit(" ", 1)[-1], attributes)

    def _end(self, name: str) -> None:
        self.finish(name.rsplit(" ", 1)[-1])

    def _words(self, words: str) -> None:
        if self.text is not None:
            self.text.append(words)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""

    def finish(self, name: str) -> None:
        """An element closes."""


class _Strings(_Parsing):
    """The list of shared texts."""

    def __init__(self, part: IO[bytes]) -> None:
        super().__init__(part)
        self.found: list[str] = []
        self.whole: list[str] = []
        self.phonetic = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.whole = []
        elif name == "rPh":
            self.phonetic = True
        elif name == "t" and not self.phonetic:
            self.text = []

    def finish(self, name: str) -> None:
        if name == "t" and self.text is not None:
            self.whole += self.text
            self.text = None
        elif name == "rPh":
            self.phonetic = False
        elif name == "si":
            self.found.append("".join(self.whole))


def _shared(package: zipfile.ZipFile) -> list[str]:
    strings = _Strings(package.open("xl/sharedStrings.xml"))
    while strings.feed():
        pass
    return strings.found


class _Sheet(_Parsing):
    """The cells of a sheet, line by line."""

    def __init__(self, part: IO[bytes], shared: list[str]) -> None:
        super().__init__(part)
        self.shared = shared
        self.ready: list[tuple[int, list[str]]] = []
        self.line = 0
        self.cells: list[str] = []
        self.kind = ""
        self.column = 0
        self.value = ""

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Each line that is not empty, with its number."""
        while self.feed():
            yield from self.ready
            self.ready.clear()
        yield from self.ready

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            self.line = int(number) if number.isascii() and number.isdigit() else self.line + 1
            self.cells = []
        elif name == "c":
            self.kind, self.value = attributes.get("t", "n"), ""
            self.column = _column(attributes.get("r", "")) or len(self.cells) + 1
            if self.column > 20_000:
                raise unreadable(_("Dit bestand heeft te veel kolommen."))
        elif name in {"v", "t", "f"}:
            self.text = []

    def finish(self, name: str) -> None:
        if name in {"v", "t", "f"} and self.text is not None:
            words, self.text = "".join(self.text), None
            if name == "v":
                self.value = self._meant(words)
            elif name == "t":
                self.value += words
            elif not self.value:
                self.value = f"={words}"
        elif name == "c" and self.value:
            self.cells += [""] * (self.column - len(self.cells))
            self.cells[self.column - 1] = self.value
        elif name == "row" and any(cell.strip() for cell in self.cells):
            self.ready.append((self.line, self.cells))

    def _meant(self, words: str) -> str:
        if self.kind == "s":
            place = int(words) if words.isascii() and words.isdigit() else -1
            return self.shared[place] if 0 <= place < len(self.shared) else ""
        if self.kind == "b":
            return "ja" if words == "1" else "nee"
        if self.kind == "e":
            return ""
        return words.removesuffix(".0") if self.kind == "n" else words


def _column(reference: str) -> int:
    found = _CELL.fullmatch(reference)
    number = 0
    for letter in found[1] if found else "":
        number = number * 26 + ord(letter) - 64
    return number

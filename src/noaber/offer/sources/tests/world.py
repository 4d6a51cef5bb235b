"""Lists as other programs write them, and a small world to take them into."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from noaber.network.partners.factories import make_municipality, make_region
from noaber.network.partners.models import Region
from noaber.offer.sources.models import Source, SourceRun
from noaber.offer.sources.services_import import import_file

NOW = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
HEAD = "nummer;naam;omschrijving;gemeente;straat;postcode;plaats;telefoon;website"


def later(hours: float) -> datetime:
    """So many hours after the world began."""
    return NOW + timedelta(hours=hours)


def twente() -> Region:
    """A region with two municipalities."""
    region = make_region()
    for name in ("Almelo", "Enschede"):
        if not region.municipalities.filter(name=name).exists():
            make_municipality(region, name)
    return region


def line(number: int, name: str = "", **more: str) -> str:
    """One line of a table with the columns of `HEAD`."""
    cells = {
        "text": f"Samen koffie drinken, groep {number}.",
        "place": "Almelo",
        "street": f"Kerkstraat {number}",
        "postcode": "7607 AA",
        "phone": f"0546-{number:06}",
        "site": f"https://groep{number}.example",
    } | more
    parts = [str(number), name or f"Koffiegroep {number}", cells["text"], cells["place"], cells["street"]]
    parts += [cells["postcode"], cells["place"], cells["phone"], cells["site"]]
    return ";".join(parts)


def table(*lines: str) -> bytes:
    """A table in UTF-8."""
    return "\r\n".join((HEAD, *lines, "")).encode()


def many(count: int) -> bytes:
    """A table with so many entries."""
    return table(*(line(number) for number in range(1, count + 1)))


def sent(
    region: Region,
    content: bytes,
    source: Source | None = None,
    *,
    now: datetime = NOW,
    whole_list: bool = False,
) -> SourceRun:
    """A file, sent and read."""
    run = SourceRun.objects.create(
        region=region,
        source=source,
        purpose=SourceRun.Purpose.FILE,
        asked_at=now,
        content=content,
        whole_list=whole_list,
    )
    done = import_file(run.pk, now=now)
    assert done is not None
    return done


def xlsx(rows: Sequence[Sequence[str]], **parts: str) -> bytes:
    """A sheet as a spreadsheet program writes it, with shared texts; `parts` replaces files in it."""
    words = [cell for row in rows for cell in row]
    shared = "".join(f"<si><t>{_safe(word)}</t></si>" for word in words)
    lines, at = "", 0
    for number, row in enumerate(rows, 1):
        cells = ""
        for place in range(len(row)):
            cells += f'<c r="{chr(65 + place)}{number}" t="s"><v>{at}</v></c>'
            at += 1
        lines += f'<row r="{number}">{cells}</row>'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    files = {
        "xl/sharedStrings.xml": f"<sst {space}>{shared}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{lines}</sheetData></worksheet>",
    } | parts
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return out.getvalue()


def _safe(word: str) -> str:
    return word.replace("&", "&amp;").replace("<", "&lt;")

"""From bytes to text, whatever program wrote the file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from noaber.offer.sources.errors import unreadable

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
NO_TEXT = (
    (b"\x89PNG", "plaatje"),
    (b"\xff\xd8\xff", "plaatje"),
    (b"GIF8", "plaatje"),
    (b"RIFF", "plaatje"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "oud Excel-bestand (.xls)"),
    (b"PK\x03\x04", "ingepakt bestand"),
    (b"\x1f\x8b", "ingepakt bestand"),
    (b"Rar!", "ingepakt bestand"),
)


def decoded(content: bytes) -> str:
    """The text: UTF-8 with or without a mark, UTF-16 with or without a mark, else Windows-1252.

    Raises:
        Unreadable: it is empty, or it is no text.
    """
    if not content.strip():
        raise unreadable(_("Het bestand is leeg."))
    for sign, what in NO_TEXT:
        if content.startswith(sign):
            why = _("Dit is geen tabel. Het is een %(what)s.") % {"what": what}
            raise unreadable(why, now_what=_("Sla de tabel op als CSV of als .xlsx en stuur die."))
    text = _as_text(content)
    if not text.strip("\ufeff \r\n\t"):
        raise unreadable(_("Het bestand is leeg."))
    return text


def _as_text(content: bytes) -> str:
    try:
        for mark, encoding in MARKS:
            if content.startswith(mark):
                return content.decode(encoding)
        silent = _without_mark(content)
        if silent:
            return content.decode(silent)
    except UnicodeDecodeError as fault:
        raise unreadable(_("De tekens in dit bestand zijn niet te lezen.")) from fault
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _without_mark(content: bytes) -> str:
    """UTF-16 of Western text has a zero as every second byte."""
    first = content[:2000]
    if len(first) < 4:
        return ""
    even, odd = first[0::2], first[1::2]
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""

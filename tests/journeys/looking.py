"""What every page must be, whoever looks at it: readable, reachable, Dutch, and of one house."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from tests.journeys.visitor import DESK, PHONE, SMALLEST, Visitor

GRAVE = {"serious", "critical"}
CONTRAST = {"runOnly": ["color-contrast"]}
LOOKS: tuple[tuple[str, dict[str, int], dict[str, Any]], ...] = (
    ("light", PHONE, {}),
    ("dark", PHONE, CONTRAST),
    ("dark", DESK, {}),
    ("light", DESK, CONTRAST),
)
"""Everything once on a phone and once on a desk; the contrast of colours in all four."""

ENGLISH = re.compile(
    r"\b(submit|search|next|previous|sign in|sign out|log out|error|password|username|cancel|save|delete|"
    r"edit|loading|settings|required|this field|none|true|false|null|undefined|please|welcome|your)\b"
    r"|\{\{|\{%|%\(",
    re.IGNORECASE,
)
DUTCH_TEXT = """() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('[lang]:not([lang=nl]), script, style, code, kbd').forEach(part => part.remove());
    return document.title + ' ' + copy.textContent.replace(/\\s+/g, ' ');
}"""
TITLE = re.compile(r"^\S.* – Noaber(, \S.*)?$")


def faults(visitor: Visitor) -> list[str]:
    """All that is wrong with the page the visitor looks at; the window is put back as it was."""
    page, before = visitor.page, visitor.page.viewport_size
    found = _frame(visitor) + _words(visitor)
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    found += _too_wide(visitor, "320 px")
    for theme, size, options in LOOKS:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found += grave(visitor, f"{size['width']} px, {theme}", options)
        if not options:
            found += _too_wide(visitor, f"{size['width']} px")
        _picture(visitor, size["width"], theme)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    if before:
        page.set_viewport_size(before)
    return [f"{visitor.path}: {fault}" for fault in found]


def grave(visitor: Visitor, when: str, options: dict[str, Any] | None = None) -> list[str]:
    """The serious and critical findings of axe."""
    if not visitor.page.evaluate("() => 'axe' in window"):
        visitor.page.evaluate(Axe().axe_script)
    chosen = {"resultTypes": ["violations"], **(options or {})}
    violations = visitor.page.evaluate("o => axe.run(document, o).then(found => found.violations)", chosen)
    return [
        f"{when}: {violation['id']} ({violation['impact']}): {_where(violation)}"
        for violation in violations
        if violation["impact"] in GRAVE
    ]


def _where(violation: dict[str, Any]) -> str:
    return "; ".join(
        f"{node['target']} {node.get('failureSummary', '')[:160]}" for node in violation["nodes"][:3]
    )


def _frame(visitor: Visitor) -> list[str]:
    page = visitor.page
    found = []
    if page.locator("html").get_attribute("lang") != "nl":
        found.append("the language of the page is not nl")
    if not TITLE.match(page.title()):
        found.append(f"the title does not end with the region: {page.title()!r}")
    headings = [text for text in page.locator("h1").all_inner_texts() if text.strip()]
    if len(headings) != 1:
        found.append(f"not one h1 but {headings}")
    if page.locator("a.skip[href='#content']").count() != 1 or page.locator("#content").count() != 1:
        found.append("no skip link to the content")
    inline = page.locator("[style]:not([style='']), style, script:not([src]):not([type='application/json'])")
    if inline.count():
        code = inline.first.evaluate("part => part.outerHTML")
        found.append(f"inline style or script, which the browser refuses: {code[:200]}")
    help_now = page.locator("header").inner_text()
    if not all(part in help_now for part in ("Hulp nu", "112", "113")):
        found.append("no line with help for now")
    if (
        page.locator("body.resident").count()
        and not page.locator("a.leave", has_text="Snel weg").is_visible()
    ):
        found.append("no quick way out for a resident")
    return found


def _words(visitor: Visitor) -> list[str]:
    text = visitor.page.evaluate(DUTCH_TEXT)
    hits = [f"…{text[max(0, hit.start() - 30) : hit.end() + 30]}…" for hit in ENGLISH.finditer(text)]
    return [f"English or unfinished words: {hits[:4]}"] if hits else []


def _too_wide(visitor: Visitor, when: str) -> list[str]:
    width, window = visitor.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [f"{when}: scrolls sideways, {width} px wide"] if width > window else []


def _picture(visitor: Visitor, width: int, theme: str) -> None:
    folder = os.environ.get("NOABER_SCREENSHOTS")
    if folder and (width, theme) in {
        (PHONE["width"], "light"),
        (DESK["width"], "light"),
        (DESK["width"], "dark"),
    }:
        name = (
            re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "id", visitor.path.strip("/")).replace("/", "_") or "start"
        )
        shade = "-dark" if theme == "dark" else ""
        path = Path(folder) / f"page-{visitor.label}-{name[:60]}-{width}{shade}.png"
        if not path.exists():
            visitor.page.screenshot(path=path, full_page=True)

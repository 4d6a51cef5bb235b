"""What components need beyond a template: the parts of a form field, errors, tables, pages, messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.core.paginator import Page
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    SelectMultiple,
)
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NOTICES = {"info": "", "ok": " n-ok", "warm": " n-warm", "alarm": " n-alarm"}
UNDO = "undo:"


def chip_look(group: str) -> tuple[str, str, str]:
    """Class, shape and word of a domain group of `knowledge.codes`."""
    looks = {
        "ggz": ("c-ggz", "", _("ggz")),
        "social": ("c-soc", "s-square", _("sociaal domein")),
        "lived_experience": ("c-exp", "s-tri", _("ervaring")),
        "primary_care": ("c-other", "s-ring", _("huisartsenzorg")),
        "municipality": ("c-other", "s-ring", _("gemeente")),
    }
    return looks.get(group, ("c-other", "s-ring", _("anders") if group in ("", "other") else group))


def doubt_words(kind: str) -> tuple[str, str]:
    """The word on screen and its explanation for a figure that is not certain."""
    words = {
        "reconstructed": (
            _("gereconstrueerd"),
            _("Dit cijfer stond niet zo in het plan. Wij rekenden het terug uit andere cijfers in het plan."),
        ),
        "doubtful": (
            _("twijfel"),
            _("Het plan geeft hier meer dan één getal, of het is niet goed te lezen."),
        ),
        "derived": (
            _("afgeleid, niet officieel"),
            _("De regio stelde dit niet vast. Wij leidden het af uit haar plan."),
        ),
        "assumed": (
            _("aanname"),
            _("Het plan zegt hier niets over. Tot de regio beslist, rekenen wij hiermee."),
        ),
    }
    return words.get(kind, (kind, _("Dit cijfer is niet zeker.")))


# --- boxes --------------------------------------------------------------------------------------


def card(content: str, *, title: str, now: bool, anchor: str, level: int) -> SafeString:
    """A card; with a title it is a section that is named by it."""
    css = "card card-now card-lift stack" if now else "card stack"
    body = mark_safe(content)  # noqa: S308  # rendered by the template that holds the card
    if not title:
        return format_html('<div class="{}">{}</div>', css, body)
    key = anchor or slugify(title, allow_unicode=True)
    return format_html(
        '<section class="{0}" aria-labelledby="{1}"><h{2} id="{1}">{3}</h{2}>{4}</section>',
        css,
        key,
        level,
        title,
        body,
    )


def notice(content: str, kind: str, *, title: str, role: str, level: int) -> SafeString:
    """A message that stands out; `role` "status" or "alert" when it appears after an act."""
    head = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    spoken = format_html(' role="{}"', role) if role else ""
    body = mark_safe(content)  # noqa: S308  # rendered by the template that holds the notice
    return format_html('<div class="notice{}"{}>{}{}</div>', NOTICES[kind], spoken, head, body)


# --- forms --------------------------------------------------------------------------------------


class TypedBefore(Protocol):
    """What someone typed on this page before, by the name of the field."""

    def of(self, name: str) -> Sequence[str]:
        """What stood in this field."""

    @property
    def fields(self) -> Sequence[tuple[str, Sequence[str]]]:
        """Every field that held something."""


def give_back(bound: BoundField, before: TypedBefore | None) -> None:
    """Put what was typed before in an empty form again, if it was this form."""
    form = bound.form
    if before is None or form.is_bound or not _was_this_form(form, before):
        return
    texts = before.of(bound.html_name)
    if texts:
        many = isinstance(bound.field.widget, CheckboxSelectMultiple | SelectMultiple)
        form.initial[bound.name] = list(texts) if many else texts[-1]
        bound.__dict__.pop("initial", None)


def _was_this_form(form: BaseForm, before: TypedBefore) -> bool:
    names = {form.add_prefix(name) for name in form.fields}
    hers = [name for name, _texts in before.fields if name in names]
    return len(hers) * 2 >= len(before.fields) > 0


def field_parts(bound: BoundField, how: dict[str, Any]) -> dict[str, Any]:
    """All that field.html shows. Ids: the control `id_name`, hint `id_name_hint`, errors `id_name_error`."""
    widget = bound.field.widget
    hint = how.pop("hint", bound.help_text)
    width = how.pop("width", "")
    parts = {
        "bound": bound,
        "label": how.pop("label", bound.label),
        "hint": hint,
        "optional": how.pop("optional", not bound.field.required),
        "key": bound.auto_id,
        "kind": _kind(widget),
    }
    described = " ".join(
        key
        for key, there in ((f"{bound.auto_id}_hint", hint), (f"{bound.auto_id}_error", bound.errors))
        if there
    )
    parts["described"] = described
    if parts["kind"] == "group":
        choices = list(bound.subwidgets)
        parts["choices"] = choices
        return parts
    attrs: dict[str, Any] = {name.replace("_", "-"): value for name, value in how.items()}
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if width:
        attrs["class"] = f"w-{width}"
    parts["control"] = bound.as_widget(attrs=attrs)
    return parts


def _kind(widget: object) -> str:
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    return "tick" if isinstance(widget, CheckboxInput) else "single"


def first_control(bound: BoundField) -> str:
    """The id that a link in the error summary leads to."""
    return f"{bound.auto_id}_0" if _kind(bound.field.widget) == "group" else str(bound.auto_id)


def errors_of(forms: Iterable[BaseForm | str]) -> list[dict[str, str]]:
    """Every error in the order of the page: `text`, and `anchor` of the field or nothing.

    A template that names a form the page does not have today passes an empty text; that has no errors.
    """
    found: list[dict[str, str]] = []
    for form in forms:
        if isinstance(form, str) or not form.is_bound:
            continue
        found += [{"text": str(text), "anchor": ""} for text in form.non_field_errors()]
        for bound in form:
            anchor = "" if bound.is_hidden else first_control(bound)
            found += [{"text": str(text), "anchor": anchor} for text in bound.errors]
    return found


def summary_title(count: int) -> str:
    """The heading of the error summary."""
    return ngettext("Er klopt nog één ding niet", "Er kloppen nog %(n)s dingen niet", count) % {"n": count}


# --- lists --------------------------------------------------------------------------------------


def fact(row: Any) -> Any:
    """A pair as an item with term and text; an item as it is."""
    if isinstance(row, tuple | list):
        return {"term": row[0], "text": row[1]}
    return row


def table_parts(
    columns: Sequence[Any], rows: Iterable[Any], caption: str, *, show_caption: bool, foot: Sequence[Any]
) -> dict[str, Any]:
    """Cells with their column's word and side. A row is a sequence, or an item with `cells` and `url`."""
    heads = [(column, "") if isinstance(column, str) else (column[0], column[1]) for column in columns]
    return {
        "heads": heads,
        "rows": [_row(row, heads) for row in rows],
        "foot": list(zip(foot, heads, strict=False)),
        "caption": caption,
        "show_caption": show_caption,
    }


def _row(row: Any, heads: list[tuple[str, str]]) -> dict[str, Any]:
    mapping = isinstance(row, Mapping)
    cells = row["cells"] if mapping else getattr(row, "cells", row)
    url = row.get("url", "") if mapping else getattr(row, "url", "")
    pairs = [
        {"text": cell, "head": head, "side": side} for cell, (head, side) in zip(cells, heads, strict=True)
    ]
    return {"first": pairs[0], "rest": pairs[1:], "url": url}


def page_links(page: Page[Any], query: QueryDict | None, name: str) -> dict[str, Any]:
    """Addresses of the pages around this one, with everything else in the address kept."""

    def address(number: int) -> str:
        params = query.copy() if query is not None else QueryDict(mutable=True)
        params[name] = str(number)
        return f"?{params.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [(n, address(n) if isinstance(n, int) else "") for n in numbers],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


def message_parts(message: Any) -> dict[str, str]:
    """Kind, words and undo address of a Django message."""
    kinds = {"success": "ok", "warning": "warm", "error": "alarm"}
    undo = next((tag for tag in (message.extra_tags or "").split() if tag.startswith(UNDO)), "")
    return {
        "kind": kinds.get(message.level_tag, "info"),
        "text": str(message),
        "undo": undo.removeprefix(UNDO),
        "role": "alert" if message.level_tag == "error" else "status",
    }

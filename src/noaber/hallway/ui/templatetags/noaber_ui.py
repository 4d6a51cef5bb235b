"""Filters and components for templates: `{% load noaber_ui %}`. The README lists them all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from noaber.hallway.ui import controls, formatting, pictograms
from noaber.knowledge.languages import language_name as languages_of_talking

register = template.Library()

# --- how things read ----------------------------------------------------------------------------


@register.filter
def long_date(value: date | datetime | None, how: str = "") -> str:
    """'donderdag 26 november'; `:"year"` adds the year."""
    return formatting.long_date(value, year=how == "year")


@register.filter
def short_date(value: date | datetime | None, how: str = "") -> str:
    """'26 nov'; `:"year"` adds the year."""
    return formatting.short_date(value, year=how == "year")


@register.filter
def moment(value: datetime | None, how: str = "") -> str:
    """'donderdag 26 november om 10.30 uur'; `:"short"` gives 'do 26 nov, 10.30 uur'."""
    return formatting.moment(value, short=how == "short")


register.filter("short_day", formatting.short_day)
register.filter("clock_time", formatting.clock_time)
register.filter("relative_day", formatting.relative_day)
register.filter("number", formatting.number)
register.filter("percentage", formatting.percentage)
register.filter("euro", formatting.euro)
register.filter("euro_thousands", formatting.euro_thousands)
register.filter("phone", formatting.phone)
register.filter("initials", formatting.initials)
register.simple_tag(pictograms.pictogram)


@register.filter
def language_name(code: str) -> str:
    """'Arabisch' for 'ar', in the language of the page."""
    return _(languages_of_talking(code))


@register.filter
def translated(words: str) -> str:
    """A word of ours that was kept in Dutch (a profession, opening hours), in the language of the page."""
    return _(words) if words else ""


@register.filter
def menu_picture(key: str) -> str:
    """The name of the picture beside this entry of the menu."""
    return pictograms.OF_MENU.get(key, "")


@register.filter
def tel(value: object) -> str:
    """The address of a link that rings: 'tel:0880000101'."""
    return f"tel:{formatting.phone_digits(value)}"


@register.filter
def counted(count: int, words: str) -> str:
    """`{{ 3|counted:"dag,dagen" }}` gives '3 dagen'."""
    one, _comma, many = words.partition(",")
    return formatting.counted(count, one, many)


# --- marks --------------------------------------------------------------------------------------

MARKS = ("done", "open", "next", "now", "care", "stop")


@register.simple_tag
def mark(kind: str, word: str, *, fill: bool = False) -> SafeString:
    """A state: a shape of its own and a word. `kind`: done, open, next, now, care or stop."""
    if kind not in MARKS:
        raise template.TemplateSyntaxError(f"unknown mark {kind!r}; one of {', '.join(MARKS)}")
    return format_html('<span class="mark{} m-{}">{}</span>', " mark-fill" if fill else "", kind, word)


@register.simple_tag
def chip(group: str, name: str = "", *, word: str = "", missing: bool = False) -> SafeString:
    """Who sits at the conversation: circle ggz, square social, triangle lived experience, else a ring."""
    css, shape, standard = controls.chip_look(str(group))
    text = ", ".join(part for part in (word or standard, name) if part)
    if missing:
        text = _("mist: %(who)s") % {"who": text}
    return format_html(
        '<span class="chip {}{}"><span class="shape{}" aria-hidden="true"></span>{}</span>',
        css,
        " chip-missing" if missing else "",
        f" {shape}" if shape else "",
        text,
    )


@register.inclusion_tag("ui/c/doubt.html")
def doubt(kind: str, why: str = "") -> dict[str, str]:
    """A figure that is not certain keeps its mark. `kind`: reconstructed, doubtful, derived, assumed."""
    word, standard = controls.doubt_words(kind)
    return {"word": word, "why": why or standard}


# --- boxes that hold other things ---------------------------------------------------------------


@register.simple_block_tag
def card(content: str, *, title: str = "", now: bool = False, id: str = "", level: int = 2) -> SafeString:
    """`{% card title="…" now=True %}…{% endcard %}`. At most one card with `now` on a screen."""
    return controls.card(content, title=title, now=now, anchor=id, level=level)


@register.simple_block_tag
def notice(
    content: str, kind: str = "info", *, title: str = "", role: str = "", level: int = 2
) -> SafeString:
    """`{% notice "warm" title="…" %}…{% endnotice %}`; kinds info, ok, warm, alarm."""
    return controls.notice(content, kind, title=title, role=role, level=level)


@register.simple_block_tag
def empty(content: str, *, title: str, level: int = 2) -> SafeString:
    """`{% empty title="U hebt nog geen verwijzingen" %}<p>What to do next…</p>{% endempty %}`."""
    return format_html(
        '<div class="empty stack-s"><h{0} class="h3">{1}</h{0}>{2}</div>',
        level,
        title,
        mark_safe(content),  # noqa: S308
    )


# --- forms --------------------------------------------------------------------------------------


@register.inclusion_tag("ui/c/field.html", takes_context=True)
def field(context: Context, bound: BoundField, **how: Any) -> dict[str, Any]:
    """One form field with label, hint, error and control. `width` s|m, `rows`, `label`, `hint`, `optional`;
    more names (`autocomplete`, `inputmode`, `min` …) go to the control."""
    controls.give_back(bound, getattr(context.get("request"), "given_back", None))
    return controls.field_parts(bound, dict(how))


@register.inclusion_tag("ui/c/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """What is wrong, above the form, with a link to each field. Nothing when all is well."""
    return {"errors": controls.errors_of(forms)}


@register.inclusion_tag("ui/c/filters.html")
def filters(form: BaseForm, *, submit: str = "", label: str = "", clear_url: str = "") -> dict[str, Any]:
    """A search form that stays in the address (GET), in one row where there is room."""
    return {
        "form": form,
        "submit": submit or _("Toon"),
        "label": label or _("Zoeken en kiezen"),
        "clear_url": clear_url,
    }


# --- lists and figures --------------------------------------------------------------------------


@register.inclusion_tag("ui/c/timeline.html")
def timeline(steps: Any) -> dict[str, Any]:
    """Where something is: each step has `state` (done, now, next), `title`, `when`, `text`, `url`, `link`."""
    return {"steps": steps}


@register.inclusion_tag("ui/c/steps.html")
def steps(items: Any) -> dict[str, Any]:
    """What happens when: pairs of a moment and a sentence."""
    return {"items": items}


@register.inclusion_tag("ui/c/person.html")
def person(name: str, **parts: Any) -> dict[str, Any]:
    """Who holds it: `role`, `text`, `hours`, `phone`, `photo` (address of a picture), `level`."""
    return {"name": name, "level": 3, **parts}


@register.inclusion_tag("ui/c/offer.html")
def offer(title: str, **parts: Any) -> dict[str, Any]:
    """One offer: `text`, `kind`, `url`, `state`+`state_word`, `where`, `fresh`, `act`+`act_url`, `level`."""
    return {"title": title, "level": 3, **parts}


@register.inclusion_tag("ui/c/links.html")
def links(items: Any) -> dict[str, Any]:
    """Where you can go from here: each item has `label`, `url` and maybe `text`."""
    return {"items": items}


@register.inclusion_tag("ui/c/figure.html")
def figure(value: Any, label: str, **parts: Any) -> dict[str, Any]:
    """One figure: `unit`, `n` (over whom), `as_of` (date), `note`, `url`+`link` (counted from), `doubt`."""
    return {"value": value, "label": label, "level": 2, **parts}


@register.inclusion_tag("ui/c/facts.html")
def facts(rows: Any) -> dict[str, Any]:
    """Terms and what they are: pairs, or items with `term`, `text`, `mark`+`mark_word`, `url`, `doubt`."""
    return {"rows": [controls.fact(row) for row in rows]}


@register.inclusion_tag("ui/c/table.html")
def table(
    columns: Any, rows: Any, caption: str, *, show_caption: bool = False, foot: Any = ()
) -> dict[str, Any]:
    """A table that becomes cards on a phone. A column is a word, or (word, "r") for figures."""
    return controls.table_parts(columns, rows, caption, show_caption=show_caption, foot=foot)


@register.inclusion_tag("ui/c/crumbs.html")
def crumbs(*items: Any) -> dict[str, Any]:
    """Where this page stands: alternating word and address, the last word without one."""
    flat = list(items)
    return {"trail": [(flat[i], flat[i + 1] if i + 1 < len(flat) else "") for i in range(0, len(flat), 2)]}


@register.inclusion_tag("ui/c/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any], name: str = "pagina") -> dict[str, Any]:
    """The pages of a long list; other parameters in the address stay."""
    request = context.get("request")
    return controls.page_links(page, request.GET if request is not None else None, name)


@register.inclusion_tag("ui/c/progress.html")
def progress(value: int, of: int, label: str) -> dict[str, Any]:
    """How far something is: a bar and the words '3 van 5'."""
    return {"value": max(0, min(value, of)), "of": of, "label": label}


@register.inclusion_tag("ui/c/feedback.html", takes_context=True)
def feedback(context: Context) -> dict[str, Any]:
    """What just happened (Django messages). extra_tags "undo:/address/" adds a button that takes it back."""
    return {
        "items": [controls.message_parts(message) for message in context.get("messages") or ()],
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/c/demo_people.html", takes_context=True)
def demo_people(context: Context, people: Any, action: str) -> dict[str, Any]:
    """Sign in as one of the invented people: each has `key`, `name`, `role` and `does`."""
    return {"people": people, "action": action, "csrf_token": context.get("csrf_token")}

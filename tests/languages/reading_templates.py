"""What one template says, uses and extends, read from the template as Django compiled it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.template import TemplateDoesNotExist, engines
from django.template.base import FilterExpression, Node, Origin, Variable
from django.template.library import InclusionNode, SimpleBlockNode, SimpleNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.functional import Promise
from tests.languages.reading_code import SOURCE, Sentence


@dataclass
class Parts:
    """What a template holds."""

    place: str
    sentences: list[Sentence] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)
    functions: list[Callable[..., Any]] = field(default_factory=list)


def parts_of(name: str) -> Parts | None:
    """The parts of a template of the house; None for one that is not ours or not there."""
    try:
        template: Any = engines["django"].get_template(name).template  # type: ignore[attr-defined]  # Django's own
    except TemplateDoesNotExist:
        return None
    path = Path(template.origin.name)
    if SOURCE not in path.parents:
        return None
    parts = Parts(path.relative_to(SOURCE).as_posix())
    for thing in _within(template.nodelist, set()):
        _note(thing, parts)
    return parts


def _within(thing: Any, seen: set[int]) -> Iterator[Any]:
    """Every node, expression and variable inside, each once."""
    if id(thing) in seen or isinstance(thing, Origin | str | int | float | type(None)):
        return
    seen.add(id(thing))
    if isinstance(thing, Node | FilterExpression | Variable):
        yield thing
    if isinstance(thing, dict):
        inside: Any = thing.values()
    elif isinstance(thing, list | tuple | set):
        inside = thing
    elif isinstance(thing, ExtendsNode):
        inside = (thing.parent_name, thing.nodelist)
    elif isinstance(thing, FilterExpression):
        inside = (thing.var, [args for _function, args in thing.filters])
    elif isinstance(thing, Node) or type(thing).__module__.startswith("django.template.smartif"):
        inside = [v for k, v in vars(thing).items() if k not in {"origin", "token", "parser", "context"}]
    elif hasattr(thing, "__dict__") and type(thing).__module__.startswith(("django.template", "noaber")):
        inside = list(vars(thing).values())
    else:
        return
    for each in inside:
        yield from _within(each, seen)


def _note(thing: Any, parts: Parts) -> None:
    if isinstance(thing, TranslateNode):
        literal = thing.filter_expression.var
        if isinstance(literal, Variable) and isinstance(literal.literal, str):
            said = str(literal.literal).replace("%", "%%")  # as Django looks it up
            parts.sentences.append(Sentence(said, context=_literal(thing.message_context)))
    elif isinstance(thing, BlockTranslateNode):
        one, _names = thing.render_token_list(thing.singular)
        many = thing.render_token_list(thing.plural)[0] if thing.plural else ""
        parts.sentences.append(Sentence(one, many, _literal(thing.message_context)))
    elif isinstance(thing, Variable) and thing.translate and isinstance(thing.literal, str):
        parts.sentences.append(Sentence(str(thing.literal)))
    elif isinstance(thing, IncludeNode):
        if name := _literal(thing.template):
            parts.templates.append(name)
    elif isinstance(thing, ExtendsNode):
        if name := _literal(thing.parent_name):
            parts.templates.append(name)
    elif isinstance(thing, FilterExpression):
        _filters(thing, parts)
    elif isinstance(thing, SimpleNode | SimpleBlockNode | InclusionNode):
        parts.functions.append(thing.func)
        if isinstance(thing, InclusionNode):
            parts.templates.append(str(thing.filename))


def _filters(expression: FilterExpression, parts: Parts) -> None:
    values = [expression.var, *(value for _f, args in expression.filters for _is_var, value in args)]
    for value in values:
        if isinstance(value, Promise):
            parts.sentences.append(Sentence(str(value._args[0])))  # type: ignore[attr-defined]
    for function, args in expression.filters:
        parts.functions.append(function)
        if function.__name__ == "counted" and args and not args[0][0]:
            one, _comma, many = str(args[0][1]).partition(",")
            parts.sentences.append(Sentence(f"%(n)s {one}", f"%(n)s {many or one}"))


def _literal(expression: Any) -> str:
    if expression is None:
        return ""
    var = getattr(expression, "var", expression)
    if isinstance(var, str):
        return str(var)
    return str(var.literal) if isinstance(var, Variable) and isinstance(var.literal, str) else ""

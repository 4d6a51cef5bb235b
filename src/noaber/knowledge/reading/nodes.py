"""The shape of a YAML file in memory: maps, lists and values, each with the line it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

Plain: TypeAlias = "str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class ValueNode:
    """One value. `text` is what stands in the file, `value` what YAML makes of it. Dates stay text."""

    value: Plain
    text: str
    line: int

    @property
    def is_whole(self) -> bool:
        """A whole number (a flag is not a number)."""
        return isinstance(self.value, int) and not isinstance(self.value, bool)

    @property
    def is_number(self) -> bool:
        """A whole number or a fraction."""
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping. Keys are text as printed (2025 becomes '2025'); `key_lines` says where each key stands."""

    entries: Mapping[str, Node]
    key_lines: Mapping[str, int]
    line: int

    def get(self, key: str) -> Node | None:
        """What stands under a key, or None."""
        return self.entries.get(key)

    def line_of(self, key: str) -> int:
        """The line of a key; the line of the mapping when the key is absent."""
        return self.key_lines.get(key, self.line)


Node: TypeAlias = ValueNode | ListNode | MapNode


def to_tree(node: Node) -> Any:
    """The node as frozen plain values: text, numbers, tuples and read-only mappings."""
    if isinstance(node, MapNode):
        return MappingProxyType({key: to_tree(value) for key, value in node.entries.items()})
    if isinstance(node, ListNode):
        return tuple(to_tree(item) for item in node.items)
    return node.value


def value_at(node: Node | None, *path: str | int) -> Node | None:
    """The node at the end of a path of keys and positions, or None when the path breaks off."""
    for step in path:
        if isinstance(node, MapNode) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def maps_in(node: Node | None) -> Iterator[tuple[int, MapNode]]:
    """The mappings in a list, with their positions; nothing when it is no list."""
    if isinstance(node, ListNode):
        for position, item in enumerate(node.items):
            if isinstance(item, MapNode):
                yield position, item


def text_at(node: Node | None, *path: str | int) -> str | None:
    """The text at the end of a path, or None."""
    found = value_at(node, *path)
    return found.value if isinstance(found, ValueNode) and isinstance(found.value, str) else None


def number_at(node: Node | None, *path: str | int) -> int | float | None:
    """The number at the end of a path, or None."""
    found = value_at(node, *path)
    if isinstance(found, ValueNode) and found.is_number and isinstance(found.value, int | float):
        return found.value
    return None

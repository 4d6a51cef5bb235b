"""Takes fields out of a mapping one by one, so that nothing gets lost: what is not taken remains."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from noaber.knowledge.reading.nodes import ListNode, MapNode, Node, ValueNode, to_tree


class Taking:
    """A mapping that was checked before; each field can be taken once as the type its schema promised."""

    def __init__(self, node: Node) -> None:
        if not isinstance(node, MapNode):
            raise TypeError("a mapping was expected; check the file against its schema first")
        self._left: dict[str, Node] = dict(node.entries)

    def node(self, key: str) -> Node | None:
        """The node itself, or None when absent or empty (null)."""
        found = self._left.pop(key, None)
        if isinstance(found, ValueNode) and found.value is None:
            return None
        return found

    def maybe_text(self, key: str) -> str | None:
        """Text as it stands in the file, or None."""
        found = self.node(key)
        return found.text if isinstance(found, ValueNode) else None

    def text(self, key: str, default: str = "") -> str:
        """Text, or the default."""
        return self.maybe_text(key) or default

    def maybe_whole(self, key: str) -> int | None:
        """A whole number, or None."""
        found = self.node(key)
        return found.value if isinstance(found, ValueNode) and isinstance(found.value, int) else None

    def whole(self, key: str, default: int = 0) -> int:
        """A whole number, or the default."""
        found = self.maybe_whole(key)
        return default if found is None else found

    def maybe_float(self, key: str) -> float | None:
        """A number, or None."""
        found = self.node(key)
        if isinstance(found, ValueNode) and isinstance(found.value, int | float):
            return float(found.value)
        return None

    def maybe_decimal(self, key: str) -> Decimal | None:
        """A number with exactly the digits of the file, or None."""
        return as_decimal(self.node(key))

    def maybe_flag(self, key: str) -> bool | None:
        """True, False, or None."""
        found = self.node(key)
        return found.value if isinstance(found, ValueNode) and isinstance(found.value, bool) else None

    def flag(self, key: str) -> bool:
        """True when the field says so."""
        return self.maybe_flag(key) is True

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one single text becomes a list of one."""
        return texts_of(self.node(key))

    def maps(self, key: str) -> tuple[Taking, ...]:
        """A list of mappings."""
        found = self._left.get(key)
        if not isinstance(found, ListNode):
            return ()
        del self._left[key]
        return tuple(Taking(item) for item in found.items if isinstance(item, MapNode))

    def maybe_map(self, key: str) -> Taking | None:
        """A mapping, or None."""
        found = self._left.get(key)
        if not isinstance(found, MapNode):
            return None
        del self._left[key]
        return Taking(found)

    def map(self, key: str) -> Taking:
        """A mapping that the schema requires."""
        found = self.maybe_map(key)
        if found is None:
            raise TypeError(f"the field {key!r} should hold a mapping; check the file first")
        return found

    def tree(self, key: str) -> Any:
        """Whatever stands there, as frozen plain values; None when absent."""
        found = self.node(key)
        return None if found is None else to_tree(found)

    def keep(self, **left_over: Mapping[str, Any]) -> None:
        """Put what was left of a taken field back, so that it remains."""
        for key, rest in left_over.items():
            if rest:
                self._left[key] = node_of(rest)

    def remaining(self) -> Mapping[str, Any]:
        """What was not taken, as frozen plain values. Empty fields (null) stay out."""
        kept = {key: to_tree(node) for key, node in self._left.items() if not _is_empty(node)}
        return MappingProxyType(kept)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ValueNode) and node.value is None


def as_decimal(node: Node | None) -> Decimal | None:
    """A number with exactly its digits; a flag becomes 1 or 0."""
    if not isinstance(node, ValueNode) or node.value is None:
        return None
    if isinstance(node.value, bool):
        return Decimal(int(node.value))
    return Decimal(node.text)


def texts_of(node: Node | None) -> tuple[str, ...]:
    """The texts in a list; one single text becomes a list of one; None becomes empty."""
    if isinstance(node, ListNode):
        return tuple(item.text for item in node.items if isinstance(item, ValueNode))
    if isinstance(node, ValueNode) and node.value is not None:
        return (node.text,)
    return ()


def node_of(tree: Any) -> Node:
    """Plain values back into nodes (line 0), for fields that are put back."""
    if isinstance(tree, Mapping):
        entries = {str(key): node_of(value) for key, value in tree.items()}
        return MapNode(MappingProxyType(entries), MappingProxyType(dict.fromkeys(entries, 0)), 0)
    if isinstance(tree, tuple | list):
        return ListNode(tuple(node_of(value) for value in tree), 0)
    return ValueNode(tree, "" if tree is None else str(tree), 0)

"""Reads YAML strictly: every value knows its line, and every mistake becomes one clear line of Dutch.

Used for the region files and the code tables. Standard YAML with less: no aliases, no tabs, no double keys.
"""

from noaber.knowledge.reading.moments import Moment, Stretch, parse_moment, parse_stretch
from noaber.knowledge.reading.nodes import ListNode, MapNode, Node, ValueNode, to_tree
from noaber.knowledge.reading.problems import FileProblem, Report
from noaber.knowledge.reading.source import read_source
from noaber.knowledge.reading.taking import Taking

__all__ = [
    "FileProblem",
    "ListNode",
    "MapNode",
    "Moment",
    "Node",
    "Report",
    "Stretch",
    "Taking",
    "ValueNode",
    "parse_moment",
    "parse_stretch",
    "read_source",
    "to_tree",
]

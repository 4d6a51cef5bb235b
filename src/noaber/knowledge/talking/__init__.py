"""The parts of an exploratory conversation, which each region puts in its own order. See the README."""

from noaber.knowledge.talking.parts import DEFAULT_ORDER, BrokenParts, TalkingPart, check_parts, load_parts

__all__ = ["DEFAULT_ORDER", "BrokenParts", "TalkingPart", "check_parts", "load_parts"]

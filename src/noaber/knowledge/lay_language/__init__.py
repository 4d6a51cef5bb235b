"""How people say what is the matter: concepts with thousands of words and phrases. See the README."""

from noaber.knowledge.lay_language.lay import (
    Ages,
    BrokenLayLanguage,
    LayConcept,
    LayLanguage,
    Otherwise,
    Together,
    check_lay_language,
    load_lay_language,
)

__all__ = [
    "Ages",
    "BrokenLayLanguage",
    "LayConcept",
    "LayLanguage",
    "Otherwise",
    "Together",
    "check_lay_language",
    "load_lay_language",
]

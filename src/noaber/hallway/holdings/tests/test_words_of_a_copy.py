"""Whatever a room holds of a resident has a word she can read: no name of a column on her page."""

from __future__ import annotations

import ast
from pathlib import Path

import noaber
from noaber.hallway.holdings.words import LABELS, lines

FOLDER = Path(noaber.__file__ or "").parent
NOT_SHOWN = {"residents: url", "conversations: conversation__help_request__resident_id"}


def test_each_name_in_a_copy_has_a_word() -> None:
    bare = []
    for path in sorted(FOLDER.rglob("holdings.py")):
        for part in ast.walk(ast.parse(path.read_text())):
            if isinstance(part, ast.Dict):
                names = [
                    key.value
                    for key in part.keys
                    if isinstance(key, ast.Constant) and isinstance(key.value, str)
                ]
                bare += [f"{path.parent.name}: {name!s}" for name in names if name not in LABELS]
    assert [name for name in bare if name not in NOT_SHOWN] == []


def test_words_in_a_list_are_said_to_be_dutch() -> None:
    found = lines({"times": ["maandag: ochtend", "dinsdag: avond"]})
    assert found[0].text == "maandag: ochtend, dinsdag: avond"
    assert found[0].dutch

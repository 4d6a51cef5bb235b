"""Every table has a word, every word a Dutch one, and the page is what the file says."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.architecture.glossary import PAGE, ROOT, SOURCE, Term, model_names, models_in, page, read_terms


@pytest.fixture(scope="module")
def terms() -> list[Term]:
    return read_terms(SOURCE.read_text("utf-8"))


def test_every_model_has_a_word_in_the_glossary(terms: list[Term]) -> None:
    known = {name for term in terms for name in term.code}
    missing = [
        f"{name} ({path.relative_to(ROOT)})"
        for name, path in model_names(ROOT / "src" / "noaber").items()
        if name not in known
    ]
    assert not missing, (
        f"No word in the glossary for: {', '.join(missing)}. "
        "Add the class name under `code:` of its term in docs/glossary.yaml, "
        "then run python -m tests.architecture.glossary."
    )


def test_no_word_points_to_a_class_that_is_gone(terms: list[Term]) -> None:
    models = model_names(ROOT / "src" / "noaber")
    gone = [f"{name} (term '{term.en}')" for term in terms for name in term.code if name not in models]
    assert not gone, f"docs/glossary.yaml names classes that no longer exist: {', '.join(gone)}"


def test_no_word_and_no_class_stands_there_twice(terms: list[Term]) -> None:
    names = Counter([term.en for term in terms] + [name for term in terms for name in term.code])
    assert [name for name, count in names.items() if count > 1] == []


def test_the_page_is_what_the_file_says(terms: list[Term]) -> None:
    assert PAGE.read_text("utf-8") == page(terms), "run python -m tests.architecture.glossary"


def test_a_model_without_a_word_would_be_seen() -> None:
    abstract = "class Base(models.Model):\n    class Meta:\n        abstract = True\n"
    assert list(models_in("class Stranger(models.Model):\n    pass\n" + abstract)) == ["Stranger"]
    assert list(models_in("class Someone(AbstractBaseUser, PermissionsMixin):\n    pass\n")) == ["Someone"]
    assert list(models_in('class Keeper(BaseUserManager["Account"]):\n    pass\n')) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("terms: [{en: wait, nl: wachttijd}]", "'wait': fill in means"),
        ("terms: [{nl: wachttijd, means: x}]", "number 1"),
        ("terms: [{en: wait, nl: wachttijd, means: x, dutch: y}]", "unknown field"),
    ],
)
def test_a_half_filled_term_is_refused_by_name(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_terms(text)

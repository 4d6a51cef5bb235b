"""Funding titles: under which title the time of someone at a conversation is paid. See the README."""

from noaber.knowledge.funding.titles import (
    NEVER_FOR_GGZ,
    PAYER_WORDS,
    BrokenTitles,
    FundingTitle,
    Payer,
    check_titles,
    load_titles,
    titles_for,
)

__all__ = [
    "NEVER_FOR_GGZ",
    "PAYER_WORDS",
    "BrokenTitles",
    "FundingTitle",
    "Payer",
    "check_titles",
    "load_titles",
    "titles_for",
]

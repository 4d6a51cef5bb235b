"""Told at start: who may see what, what is held of a resident, what a region lacks, what runs at night."""

from __future__ import annotations

from noaber.offer.directory.hooks import register_lacking
from noaber.offer.groups.fit_gap.reading import lacking
from noaber.offer.groups.forming import holdings, policies, tasks

NIGHTLY = (tasks.let_late_proposals_go,)
"""The jobs of this part; naming them here lets the queue find them."""


def register() -> None:
    """Called once at start."""
    policies.register()
    holdings.register()
    register_lacking(lacking)

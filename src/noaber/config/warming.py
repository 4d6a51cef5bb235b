"""What a web server does before its first visitor: slow beginnings, out of the way."""

from __future__ import annotations

import logging

from django.db import Error, connection

log = logging.getLogger(__name__)


def warm_up() -> None:
    """Read the sociale kaart of the home region into its index, and have the loops of coverage ready.

    Without a database the first search will read it; the loops are compiled once per installation.
    """
    from noaber.engines import coverage
    from noaber.network.partners import queries as partners
    from noaber.offer.directory import queries_search

    try:
        region = partners.home_region()
        if region is not None:
            queries_search.be_ready(region.pk)
    except Error:
        log.warning("the search was not warmed up: the database did not answer")
    finally:
        connection.close()
    coverage.warm()

"""Dutch public holidays, on which no conversation is planned.

Source: Algemene termijnenwet art. 3, through the `holidays` package. Liberation Day counts once in five
years, as in most collective agreements in care.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def dutch_holidays(year: int) -> frozenset[date]:
    """The holidays of one year."""
    return frozenset(holidays.country_holidays("NL", years=year))

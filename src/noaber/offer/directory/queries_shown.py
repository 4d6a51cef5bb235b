"""What rooms above share with these pages: hours of a day, the sketch of a map, and where a place is.

One way to read hours and one sketch, so that the same point never looks open here and closed there.
"""

from __future__ import annotations

from noaber.offer.directory.drawing import Drawing as Drawing
from noaber.offer.directory.drawing import Spot as Spot
from noaber.offer.directory.drawing import draw as draw
from noaber.offer.directory.hooks import Differs as Differs
from noaber.offer.directory.hooks import Starting as Starting
from noaber.offer.directory.hooks import register_days_that_differ as register_days_that_differ
from noaber.offer.directory.hooks import register_starting as register_starting
from noaber.offer.directory.nearby import Near as Near
from noaber.offer.directory.nearby import known_places as known_places
from noaber.offer.directory.nearby import near as near
from noaber.offer.directory.opening import day_of as day_of
from noaber.offer.directory.opening import is_holiday as is_holiday
from noaber.offer.directory.showing import clock_words as clock_words
from noaber.offer.directory.showing import distance_words as distance_words
from noaber.offer.directory.showing import language_words as language_words

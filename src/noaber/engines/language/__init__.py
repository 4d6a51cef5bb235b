"""How hard a Dutch text is to read, and what makes it hard. See the README.

>>> level("Kom langs. De koffie staat klaar.").level is None   # too short to judge
True
"""

from noaber.engines.language.lexicon import is_known
from noaber.engines.language.measuring import level
from noaber.engines.language.model import LONG_SENTENCE, HardWord, Level, Reading

__all__ = ["LONG_SENTENCE", "HardWord", "Level", "Reading", "is_known", "level"]

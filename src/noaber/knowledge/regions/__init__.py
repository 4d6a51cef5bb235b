"""Reads a region's folder into typed values, or says line by line what is wrong with it.

`read_region(folder)` gives a `RegionFiles`; `check_region(folder)` gives the problems; `list_regions(root)`
says which regions there are. Pure Python: no database, no Django, nothing is changed.
"""

from noaber.knowledge.reading import FileProblem as RegionFileProblem
from noaber.knowledge.regions.errors import RegionFilesWrong, RegionFolderMissing
from noaber.knowledge.regions.reader import RegionEntry, check_region, list_regions, read_region
from noaber.knowledge.regions.settings_types import *  # noqa: F403
from noaber.knowledge.regions.settings_types import __all__ as _settings_names
from noaber.knowledge.regions.types import *  # noqa: F403
from noaber.knowledge.regions.types import __all__ as _type_names

__all__ = [  # noqa: PLE0604
    "RegionEntry",
    "RegionFileProblem",
    "RegionFilesWrong",
    "RegionFolderMissing",
    "check_region",
    "list_regions",
    "read_region",
    *_settings_names,
    *_type_names,
]

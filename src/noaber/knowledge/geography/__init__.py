"""Official files with areas become points. See the README."""

from noaber.knowledge.geography.areas import Area, AreaKind, GeographyWrong, RowProblem
from noaber.knowledge.geography.rd import degrees_of
from noaber.knowledge.geography.reading import read_areas

__all__ = ["Area", "AreaKind", "GeographyWrong", "RowProblem", "degrees_of", "read_areas"]

"""The one failure of this engine: an instance that cannot be right."""

from __future__ import annotations

from noaber.ground.errors import Invalid


class BadInstance(Invalid):
    """The question cannot be right. `where` names the field, such as ``points[2].latitude``."""

    def __init__(self, where: str, *, happened: str, why: str = "", now_what: str = "") -> None:
        super().__init__(
            "coverage.bad_instance",
            happened=f"{where}: {happened}",
            why=why,
            now_what=now_what,
            fields={where: happened},
        )
        self.where = where

"""The one failure of this engine: an instance that cannot be right."""

from __future__ import annotations

from noaber.ground.errors import Invalid


class BadInstance(Invalid):
    """The planning question contradicts itself. `where` names the field, such as ``candidates[2].load``."""

    def __init__(self, where: str, *, happened: str, why: str = "", now_what: str = "") -> None:
        super().__init__(
            "planning.bad_instance",
            happened=f"{where}: {happened}",
            why=why,
            now_what=now_what,
            fields={where: happened},
        )
        self.where = where

"""The one failure of this engine: a question or a document that cannot be right."""

from __future__ import annotations

from noaber.ground.errors import Invalid


class BadSearch(Invalid):
    """The question or the document cannot be right. `where` names the field, such as ``limit``."""

    def __init__(self, where: str, *, happened: str, why: str = "", now_what: str = "") -> None:
        super().__init__(
            "search.bad_search",
            happened=f"{where}: {happened}",
            why=why,
            now_what=now_what,
            fields={where: happened},
        )
        self.where = where

"""A contract for import-linter: a room is entered through its front door.

A room is a folder on a floor, such as `noaber.pathways.referrals`. Other rooms may import its types,
events, errors, queries, services and metrics (also in parts, such as `services_region`); its forms, views and
the like are its own. Its tables may be read by the rooms above, for a join and for access in the query, but
never by views, forms, types and rules, and only its own services write to them (decision 0004).
`noaber.config` assembles the house and `noaber.cli` shows the demo, so they may also take `urls` and
`factories`. Tests, and the factories that serve them, are free.
"""

import grimp
from importlinter import Contract, ContractCheck, fields, output

ROOM_DEPTH = 3
"""noaber, the floor, the room."""


class FrontDoorsContract(Contract):
    """Checks every import from one room into another.

    Options: `floors`, the packages that hold rooms; `open_floors`, those whose rooms keep only `private`
    modules to themselves; `blind`, modules that may never see another room's tables; `doors`, the modules
    that others may import; `private`, the modules that nobody else may import; `extra_doors` for the
    packages in `assemblers`.
    """

    type_name = "front_doors"

    floors = fields.SetField(subfield=fields.StringField())
    open_floors = fields.SetField(subfield=fields.StringField())
    doors = fields.SetField(subfield=fields.StringField())
    private = fields.SetField(subfield=fields.StringField())
    blind = fields.SetField(subfield=fields.StringField())
    assemblers = fields.SetField(subfield=fields.StringField())
    extra_doors = fields.SetField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Find the imports that come in through a window."""
        broken = sorted(
            (importer, imported)
            for imported in graph.modules
            if _room_of(imported)
            for importer in graph.find_modules_that_directly_import(imported)
            if not self._is_allowed(importer, imported)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each import that must go another way."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} -> {imported}: not a front door of {_room_of(imported)}")

    def _is_allowed(self, importer: str, imported: str) -> bool:
        room = _room_of(imported)
        inside = importer == room or importer.startswith(f"{room}.")
        if room is None or inside or _is_for_tests(importer):
            return True
        floor = room.rsplit(".", 1)[0]
        part = imported.removeprefix(room).lstrip(".").split(".", 1)[0]
        if floor in self.open_floors:
            return part not in self.private or (part == "models" and self._may_read(importer))
        if floor not in self.floors:
            return True
        doors = set(self.doors)
        if any(importer == name or importer.startswith(f"{name}.") for name in self.assemblers):
            doors |= set(self.extra_doors)
        door = part.split("_", 1)[0]
        return part == "" or door in doors or (part == "models" and self._may_read(importer))

    def _may_read(self, importer: str) -> bool:
        """Tables may be read above, by whatever is not shown or held elsewhere."""
        blind = set(self.blind)
        return not any(part.split("_", 1)[0] in blind for part in importer.split(".")[ROOM_DEPTH:])


def _room_of(module: str) -> str | None:
    parts = module.split(".")
    return ".".join(parts[:ROOM_DEPTH]) if len(parts) >= ROOM_DEPTH else None


def _is_for_tests(module: str) -> bool:
    return bool({"tests", "conftest", "factories"} & set(module.split(".")))

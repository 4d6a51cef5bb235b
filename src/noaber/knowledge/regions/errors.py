"""What can go wrong when a region is read."""

from __future__ import annotations

from noaber.ground.errors import Invalid, Missing
from noaber.knowledge.reading.problems import FileProblem


class RegionFilesWrong(Invalid):
    """The files of a region hold mistakes. `problems` has one line for each; nothing was changed."""

    def __init__(self, region: str, problems: tuple[FileProblem, ...]) -> None:
        super().__init__(
            "region_files_wrong",
            happened=f"De bestanden van regio “{region}” hebben {len(problems)} fout(en).",
            why="Er is niets geladen of veranderd.",
            now_what="Verbeter de regels hieronder en probeer het opnieuw.",
            fields={f"{problem.file}:{problem.line}": problem.message for problem in problems},
        )
        self.problems = problems

    def lines(self) -> tuple[str, ...]:
        """One line for each problem, ready to print."""
        return tuple(str(problem) for problem in self.problems)


class RegionFolderMissing(Missing):
    """There is no such region folder."""

    def __init__(self, region: str) -> None:
        super().__init__(
            "region_folder_missing",
            happened=f"Er is geen map voor regio “{region}”.",
            why="De map bestaat niet of bevat geen region.yaml.",
            now_what="Kijk met “noaber region list” welke regio's er zijn.",
            fields={"region": region},
        )

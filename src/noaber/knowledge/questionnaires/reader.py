"""Reads a questionnaire strictly: one clear line for each mistake, and nothing half read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from noaber.ground.errors import Invalid
from noaber.knowledge.questionnaires.types import Area, Question, Questionnaire, Scale
from noaber.knowledge.reading import FileProblem, MapNode, Report, Taking, read_source
from noaber.knowledge.reading.nodes import maps_in, number_at, text_at
from noaber.knowledge.reading.problems import did_you_mean, quoted
from noaber.knowledge.reading.shapes import Items, Record, Whole, Words

ENTRIES = Path(__file__).parent / "entries"
DEFAULT = "noaber-web"
MOST_QUESTIONS = 60
_ID = Words(
    what="een code",
    form=r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*",
    form_advice="Gebruik kleine letters, cijfers en streepjes.",
)
_LINE = Words(form=r"[^\n]{1,160}", form_advice="Schrijf één zin van ten hoogste 160 tekens.")
_TITLE = Words(form=r"[^\n]{1,40}", form_advice="Schrijf ten hoogste 40 tekens.")


class QuestionnaireWrong(Invalid):
    """A questionnaire file has mistakes; `problems` names each with its line."""

    def __init__(self, file: str, problems: tuple[FileProblem, ...]) -> None:
        self.problems = problems
        super().__init__(
            "questionnaire_wrong",
            happened=f"De vragenlijst {file} is niet ingelezen.",
            why=" ".join(str(problem) for problem in problems[:5]),
            now_what="Verbeter het bestand en lees het opnieuw in.",
        )


def _own_ids(file: MapNode, path: str, report: Report) -> None:
    """Every area and every question has an id of its own."""
    seen: set[str] = set()
    for position, area in maps_in(file.get("areas")):
        there = [(area, f"areas[{position}]")]
        for number, question in maps_in(area.get("questions")):
            there.append((question, f"areas[{position}].questions[{number}]"))
        for node, here in there:
            name = f"{'v' if node is not area else 'g'}:{text_at(node, 'id')}"
            if name in seen:
                message = (
                    f"Verwacht elke code één keer, gevonden {quoted(text_at(node, 'id'))} nog een keer. "
                    "Geef een van de twee een andere code."
                )
                report.add(node.line, here, "duplicate_id", message)
            seen.add(name)


def _not_endless(file: MapNode, path: str, report: Report) -> None:
    count = sum(len(list(maps_in(area.get("questions")))) for _, area in maps_in(file.get("areas")))
    if count > MOST_QUESTIONS:
        message = f"Verwacht ten hoogste {MOST_QUESTIONS} vragen, gevonden {count}. Haal vragen weg."
        report.add(file.line_of("areas"), "areas", "range", message)


def _scale_goes_up(scale: MapNode, path: str, report: Report) -> None:
    least, most = number_at(scale, "least"), number_at(scale, "most")
    if least is not None and most is not None and least >= most:
        message = (
            f"Verwacht dat least kleiner is dan most, gevonden {least:g} en {most:g}. "
            "Verbeter een van de twee."
        )
        report.add(scale.line_of("least"), f"{path}.least", "order", message)


SHAPE = Record(
    required={
        "schema_version": Whole(1, 1),
        "id": _ID,
        "title": _TITLE,
        "version": Whole(1, 999),
        "language": Words(form=r"[a-z]{2,3}", form_advice="Schrijf de taalcode, zoals nl."),
        "source": Words(),
        "licence": Words(),
        "scale": Record(
            required={
                "least": Whole(0, 1),
                "most": Whole(2, 10),
                "least_words": _TITLE,
                "most_words": _TITLE,
            },
            rules=(_scale_goes_up,),
        ),
        "areas": Items(
            Record(
                required={
                    "id": _ID,
                    "title": _TITLE,
                    "line": _LINE,
                    "prompt": _LINE,
                    "questions": Items(
                        Record(required={"id": _ID, "words": _LINE}, optional={"short": _TITLE}), least=1
                    ),
                }
            ),
            least=3,
        ),
    },
    rules=(_own_ids, _not_endless),
)


def check_questionnaire(file: Path) -> tuple[FileProblem, ...]:
    """Every mistake in one file, line by line; empty when it can be used."""
    return _read(file)[1].problems


def read_questionnaire(file: Path) -> Questionnaire:
    """One questionnaire. Raises `QuestionnaireWrong` with one line for each mistake."""
    node, report = _read(file)
    if node is None or report.count:
        raise QuestionnaireWrong(file.name, report.problems)
    return _build(Taking(node))


def _read(file: Path) -> tuple[MapNode | None, Report]:
    report = Report(file.name)
    node = read_source(file, report)
    if node is None:
        return None, report
    SHAPE.check(node, "", report)
    if not isinstance(node, MapNode):
        return None, report
    if not report.count and text_at(node, "id") != file.stem:
        message = (
            f"Verwacht {quoted(file.stem)}, zoals het bestand heet, gevonden {quoted(text_at(node, 'id'))}."
        )
        report.add(node.line_of("id"), "id", "name", message)
    return node, report


def known_questionnaires(folder: Path = ENTRIES) -> tuple[str, ...]:
    """The ids of the questionnaires that ship with the program."""
    return tuple(sorted(file.stem for file in folder.glob("*.yaml")))


@cache
def questionnaire(key: str = DEFAULT, folder: Path = ENTRIES) -> Questionnaire:
    """The questionnaire with this id, read once. Raises `QuestionnaireWrong` when it is not there."""
    if key not in known_questionnaires(folder):
        message = f"Verwacht een bekende vragenlijst, gevonden {quoted(key)}."
        advice = did_you_mean(key, known_questionnaires(folder))
        raise QuestionnaireWrong(key, (FileProblem(key, 1, "", "unknown", message + advice),))
    return read_questionnaire(folder / f"{key}.yaml")


def _build(file: Taking) -> Questionnaire:
    scale = file.map("scale")
    return Questionnaire(
        id=file.text("id"),
        title=file.text("title"),
        version=file.whole("version"),
        language=file.text("language"),
        source=file.text("source"),
        licence=file.text("licence"),
        scale=Scale(
            scale.whole("least"), scale.whole("most"), scale.text("least_words"), scale.text("most_words")
        ),
        areas=tuple(_area(area) for area in file.maps("areas")),
    )


def _area(area: Taking) -> Area:
    title = area.text("title")
    questions = area.maps("questions")
    return Area(
        id=area.text("id"),
        title=title,
        line=area.text("line"),
        prompt=area.text("prompt"),
        questions=tuple(
            Question(
                id=question.text("id"),
                words=question.text("words"),
                short=question.text("short") or (title if len(questions) == 1 else f"{title} {number}"),
            )
            for number, question in enumerate(questions, 1)
        ),
    )

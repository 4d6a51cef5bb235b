"""Questionnaires as data: what a resident may fill in before a conversation. See the README."""

from noaber.knowledge.questionnaires.reader import (
    DEFAULT,
    QuestionnaireWrong,
    check_questionnaire,
    known_questionnaires,
    questionnaire,
    read_questionnaire,
)
from noaber.knowledge.questionnaires.types import Area, Question, Questionnaire, Scale

__all__ = [
    "DEFAULT",
    "Area",
    "Question",
    "Questionnaire",
    "QuestionnaireWrong",
    "Scale",
    "check_questionnaire",
    "known_questionnaires",
    "questionnaire",
    "read_questionnaire",
]

"""The words of eval: alike in three languages, one for every measure, type and error."""

from string import Formatter

import pytest

from assistant.texts import LANGUAGES, read_table
from eval.aggregate import MEASURES
from eval.baseline import BaselineInvalid
from eval.compare import RunsDiffer
from eval.corpora.choosing import UnknownSet
from eval.corpora.jsonl import DataMissing
from eval.goldset import GoldSetInvalid, QuestionType
from eval.job import Unexpected
from eval.kept import RunGone
from eval.output import NotWritten, SystemRefused
from eval.rated import NothingRated
from eval.row import RunUnreadable
from eval.serving import AlreadyRunning, BadName
from eval.spreadsheet import SpreadsheetInvalid
from eval.texts import measure_meaning, measure_name, number, percent, say, told
from index.documents.document import Language
from index.errors import KildesvarError

ERRORS = [
    AlreadyRunning,
    BadName,
    BaselineInvalid,
    DataMissing,
    GoldSetInvalid,
    NothingRated,
    NotWritten,
    RunGone,
    RunUnreadable,
    RunsDiffer,
    SpreadsheetInvalid,
    SystemRefused,
    Unexpected,
    UnknownSet,
]


def placeholders(template: object) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(str(template)) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_hold_the_same(language: Language) -> None:
    norwegian, other = (read_table("eval.texts", known) for known in (Language.BOKMAAL, language))
    assert norwegian.keys() == other.keys()
    for key, entry in norwegian.items():
        assert placeholders(entry) == placeholders(other[key]), key
        assert len(entry) == len(other[key]) or isinstance(entry, str), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_and_type_has_its_name(language: Language) -> None:
    for measure in MEASURES:
        assert measure_name(language, measure)
        assert measure_meaning(language, measure).endswith(".")
    for kind in QuestionType:
        assert say(language, f"types.{kind.value}")
    for known in Language:
        assert say(language, f"languages.{known.value}")
    kept = {key.removeprefix("measures.") for key in read_table("eval.texts", language) if key.startswith("measures.")}
    assert kept == set(MEASURES)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_is_told_in_every_language(error: type[KildesvarError]) -> None:
    details = dict.fromkeys(placeholders(error.message), "x")
    for language in LANGUAGES:
        entry = read_table("eval.texts", language)[f"errors.{error.__name__}"]
        assert placeholders(entry) == placeholders(error.message)
        assert told(language, error(**details))


def test_no_error_is_forgotten_and_none_is_kept_that_is_gone() -> None:
    kept = {key for key in read_table("eval.texts", Language.BOKMAAL) if key.startswith("errors.")}
    assert kept == {f"errors.{error.__name__}" for error in ERRORS}


def test_numbers_follow_the_language() -> None:
    assert percent(Language.NYNORSK, 0.4369) == "43,7"
    assert percent(Language.ENGLISH, 0.4369) == "43.7"
    assert number(Language.BOKMAAL, 1.5, digits=2) == "1,50"

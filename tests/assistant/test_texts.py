"""The interface texts: complete, alike in the three languages, and one for every error."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import assistant
from assistant.texts import LANGUAGES, counted, error_text, lines, spoken, table, text
from index.documents.document import Language
from index.errors import KildesvarError, PortInUse, QuestionTooLong, UnknownDocument


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def leaves(kind: type[KildesvarError]) -> Iterator[type[KildesvarError]]:
    children = kind.__subclasses__()
    if not children or kind is UnknownDocument:  # which is also said itself, of an id that never was one
        yield kind
    for child in children:
        yield from leaves(child)


ERRORS = [kind for kind in leaves(KildesvarError) if kind.__module__ == "index.errors"]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_languages_hold_the_same_keys_and_placeholders(language: Language) -> None:
    norwegian, other = table(Language.BOKMAAL), table(language)
    assert norwegian.keys() == other.keys()
    for key, entry in norwegian.items():
        theirs = other[key]
        assert type(entry) is type(theirs), key
        if isinstance(entry, tuple):
            assert len(entry) == len(theirs), key
        else:
            assert isinstance(theirs, str)
            assert placeholders(entry) == placeholders(theirs), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_and_none_is_left_in_another_language(language: Language) -> None:
    for key, entry in table(language).items():
        for line in [entry] if isinstance(entry, str) else entry:
            assert line.strip() == line != "", key
    words = set(re.findall(r"\w+", " ".join(str(entry) for entry in table(language).values()).lower()))
    foreign = {
        Language.BOKMAAL: {"ikkje", "kjelde", "kjeldene", "frå", "eit", "the"},
        Language.NYNORSK: {"ikke", "kilde", "kildene", "fra", "et", "noe", "the"},
        Language.ENGLISH: {"ikke", "ikkje", "kilde", "kjelde", "og"},
    }
    assert not words & foreign[language]


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_is_told_in_every_language_with_the_details_it_carries(
    language: Language, kind: type[KildesvarError]
) -> None:
    told = table(language)[f"errors.{kind.__name__}"]
    assert isinstance(told, str)
    assert placeholders(told) == placeholders(kind.message)


def test_no_text_is_kept_for_an_error_that_is_gone() -> None:
    kept = {key.removeprefix("errors.") for key in table(Language.BOKMAAL) if key.startswith("errors.")}
    assert kept == {kind.__name__ for kind in ERRORS}


def test_every_text_is_said_somewhere() -> None:
    package = Path(assistant.__file__).parent
    code = "\n".join(path.read_text("utf-8") for kind in ("*.py", "*.js") for path in package.rglob(kind))
    for key in table(Language.BOKMAAL):
        parent = key.rpartition(".")[0]
        said = any(f'"{name}"' in code or f"'{name}'" in code for name in (key, parent))
        assert said or f"{parent}.{{" in code or key.startswith(("errors.", "cli.")), key


def test_an_error_is_told_in_the_language_asked_for() -> None:
    error = QuestionTooLong(length=10_000, limit=1000)
    assert error_text(Language.BOKMAAL, error).startswith("Spørsmålet er på 10000 tegn")
    assert error_text(Language.NYNORSK, error).startswith("Spørsmålet er på 10000 teikn")
    assert error_text(Language.ENGLISH, error) == str(error)
    assert "--port 7861" in error_text(Language.NYNORSK, PortInUse(port=7860, other=7861))


def test_numbers_choose_their_form() -> None:
    assert counted(Language.BOKMAAL, "answer.quotes", 1) == "Ett sitat"
    assert counted(Language.BOKMAAL, "answer.quotes", 3) == "3 sitater"
    assert counted(Language.NYNORSK, "answer.quotes", 3) == "3 sitat"


def test_a_language_without_texts_falls_back() -> None:
    assert text(Language.OTHER, "tabs.sources") == "Kilder"
    assert spoken(Language.OTHER, Language.ENGLISH) is Language.ENGLISH
    assert spoken(Language.NYNORSK, Language.ENGLISH) is Language.NYNORSK


def test_a_wrong_key_and_a_wrong_form_are_errors() -> None:
    with pytest.raises(KeyError):
        text(Language.BOKMAAL, "no.such.key")
    with pytest.raises(KeyError):
        text(Language.BOKMAAL, "examples.questions")
    with pytest.raises(KeyError):
        lines(Language.BOKMAAL, "ask.submit")

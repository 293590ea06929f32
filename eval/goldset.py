"""Gold sets: questions, and the sentences that answer them.

A set is a JSONL file, one question a line, and an entry in the ``manifest.toml`` beside it that says what it was asked
of, who wrote it, and which bytes it is. ``eval/questions/README.md`` tells how to write one.

    gold = load_gold(Path("eval/questions/seeds-tune.jsonl"))

``python -m eval.goldset FILE`` checks a file's lines and prints the hash and the counts that its manifest entry needs.
"""

import hashlib
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.answer import Role, Turn
from index.documents.document import Language
from index.errors import KildesvarError

MANIFEST = "manifest.toml"
FIELDS = frozenset(
    {"id", "question", "language", "type", "history", "answerable", "quotes", "complete", "short", "tags", "plain"}
)

EVERY_SOURCE = "every-source"
"""Tag of the questions that ask for what every source says; for ``eval.every_source``."""


class GoldSetInvalid(KildesvarError):
    """A gold set, or its manifest, says something that is not so."""

    message = "There is a mistake in the gold set “{file}”: {problem}."


class QuestionType(StrEnum):
    """What is difficult about a question; each has one type, its most telling one."""

    FACTOID = "factoid"
    """A name, number, place or date."""
    REASON = "reason"
    """Why something is so, or was done."""
    STANCE = "stance"
    """What a source thinks, wants or promises."""
    SPEAKER = "speaker"
    """What one of several voices in a source says."""
    TABLE = "table"
    """The answer stands in a table cell."""
    LIST = "list"
    """All the quotes are wanted."""
    LAY = "lay"
    """Everyday words or slang where the source is formal."""
    TYPO = "typo"
    """Misspelt, compounds split, or no æøå."""
    FOLLOWUP = "followup"
    """Not to be understood without the conversation so far."""
    UNANSWERABLE = "unanswerable"
    """No document of the corpus answers."""


class Split(StrEnum):
    """What a set may be used for."""

    TUNE = "tune"
    """To choose thresholds and settings by."""
    TEST = "test"
    """To report; never to choose by."""


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A sentence, list item or table cell that answers."""

    document: str
    """The file's own name."""
    text: str
    """Verbatim, after markup is removed and white space collapsed."""
    speaker: str | None = None
    """Who says it, as the document names them, where that is part of what is asked."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, and what answers it."""

    id: str
    question: str
    language: Language
    type: QuestionType
    answerable: bool
    quotes: tuple[GoldQuote, ...]
    """Alternatives, each enough by itself; all of them are wanted where ``complete``. Empty exactly when not
    answerable."""
    complete: bool = False
    short: str | None = None
    """The shortest answer, as it stands in one of the quotes."""
    tags: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    """The conversation before the question, oldest first."""
    plain: str | None = None
    """The same question asked in full, without slips and in the documents' own words: what ``eval.pairs`` asks too."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The questions of one file, and what its manifest says of them."""

    name: str
    corpus: str
    """What was asked: the name of a folder of documents."""
    split: Split
    author: str
    licence: str
    """SPDX identifier."""
    sha256: str
    """Of the file's bytes: part of every number's signature."""
    questions: tuple[GoldQuestion, ...]


def load_gold(path: Path) -> GoldSet:
    """Read a gold set and hold it against its manifest.

    Raises ``GoldSetInvalid`` if the file or its manifest can't be read, the file is not the one that the manifest
    knows (its hash or its counts differ), or a line is not a question.
    """
    entry = _manifest_entry(path)
    content = _bytes(path)
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != entry.get("sha256"):
        raise GoldSetInvalid(
            file=path.name,
            problem=f"its SHA-256 is {sha256}, but {MANIFEST} says {entry.get('sha256')}; "
            f"if the change is meant, renew its entry (python -m eval.goldset FILE)",
        )
    questions = parse_gold(content, path.name)
    for key, found in counts(questions).items():
        if entry.get(key) != found:
            raise GoldSetInvalid(file=path.name, problem=f"{MANIFEST} says {key} = {entry.get(key)}, found {found}")
    return GoldSet(
        name=path.stem,
        corpus=_string(entry, "corpus", path.name),
        split=Split(_choice(entry, "split", Split, path.name)),
        author=_string(entry, "author", path.name),
        licence=_string(entry, "licence", path.name),
        sha256=sha256,
        questions=questions,
    )


def parse_gold(content: bytes, file: str) -> tuple[GoldQuestion, ...]:
    """Questions of a JSONL file's bytes; ``file`` is its name, for the messages.

    Raises ``GoldSetInvalid``, naming the line, if a line is not a question or an id or a question comes twice.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise GoldSetInvalid(file=file, problem="it is not UTF-8") from error
    questions: list[GoldQuestion] = []
    first_line: dict[str, int] = {}
    # Not ``splitlines``: JSON may hold U+2028 and its like unescaped.
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), start=1):
        where = f"{file}, line {number}"
        question = _question(_record(line, where), where)
        # The same words may be asked twice after different conversations.
        asked = "\n".join([*(turn.content for turn in question.history), question.question]).casefold()
        for key, name in ((f"id {question.id}", f"id “{question.id}”"), (f"question {asked}", "question")):
            if key in first_line:
                raise GoldSetInvalid(file=where, problem=f"the {name} stands in line {first_line[key]} already")
            first_line[key] = number
        questions.append(question)
    if not questions:
        raise GoldSetInvalid(file=file, problem="it holds no question")
    return tuple(questions)


def counts(questions: Iterable[GoldQuestion]) -> dict[str, int | dict[str, int]]:
    """The manifest's counts: ``{"questions": 152, "answerable": 119, …, "types": {"factoid": 43, …}, …}``."""
    items = tuple(questions)
    return {
        "questions": len(items),
        "answerable": sum(item.answerable for item in items),
        "with_history": sum(bool(item.history) for item in items),
        "types": dict(sorted(Counter(item.type.value for item in items).items())),
        "languages": dict(sorted(Counter(item.language.value for item in items).items())),
    }


def measured(path: Path) -> str:
    """The lines of the file's manifest entry that follow from its content, as TOML: hash and counts.

    Raises ``GoldSetInvalid``.
    """
    content = _bytes(path)
    lines = [f'sha256 = "{hashlib.sha256(content).hexdigest()}"']
    for key, value in counts(parse_gold(content, path.name)).items():
        if isinstance(value, dict):
            lines.append(f"{key} = {{ {', '.join(f'{name} = {number}' for name, number in value.items())} }}")
        else:
            lines.append(f"{key} = {value}")
    return "\n".join(lines) + "\n"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GoldSetInvalid(file=path.name, problem=f"it could not be opened ({error.strerror})") from error


def _manifest_entry(path: Path) -> Mapping[str, object]:
    try:
        entries = tomllib.loads(path.with_name(MANIFEST).read_text("utf-8"))
    except OSError as error:
        problem = f"the {MANIFEST} beside it could not be opened ({error.strerror})"
        raise GoldSetInvalid(
            file=path.name, problem=f"{problem}; for its entry: python -m eval.goldset FILE"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GoldSetInvalid(file=path.name, problem=f"its {MANIFEST} is not TOML: {error}") from error
    entry = entries.get(path.name)
    if not isinstance(entry, dict):
        raise GoldSetInvalid(file=path.name, problem=f"{MANIFEST} has no entry for it")
    return entry


def _record(line: str, where: str) -> Mapping[str, object]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldSetInvalid(file=where, problem=f"it is not JSON ({error.msg})") from error
    if not isinstance(record, dict):
        raise GoldSetInvalid(file=where, problem="it is not a JSON object")
    if unknown := sorted(record.keys() - FIELDS):
        raise GoldSetInvalid(file=where, problem=f"unknown field “{unknown[0]}”")
    return record


def _question(record: Mapping[str, object], where: str) -> GoldQuestion:
    question = GoldQuestion(
        id=_string(record, "id", where),
        question=_string(record, "question", where),
        language=Language(_choice(record, "language", Language, where)),
        type=QuestionType(_choice(record, "type", QuestionType, where)),
        answerable=_flag(record, "answerable", where),
        quotes=tuple(
            GoldQuote(_string(quote, "document", where), _string(quote, "text", where), _maybe(quote, "speaker", where))
            for quote in _objects(record, "quotes", where)
        ),
        complete=_flag(record, "complete", where, default=False),
        short=_maybe(record, "short", where),
        tags=_tags(record, where),
        history=tuple(
            Turn(Role(_choice(turn, "role", Role, where)), _string(turn, "content", where))
            for turn in _objects(record, "history", where)
        ),
        plain=None if record.get("plain") is None else _string(record, "plain", where),
    )
    if problem := _contradiction(question):
        raise GoldSetInvalid(file=where, problem=problem)
    return question


def _contradiction(question: GoldQuestion) -> str | None:
    """What two fields of a question say against each other, if anything."""
    if question.answerable != bool(question.quotes):
        return "an answerable question has quotes, and an unanswerable one has none"
    if question.answerable == (question.type is QuestionType.UNANSWERABLE):
        return f"answerable is {question.answerable}, but the type is “{question.type}”"
    if question.complete != (question.type is QuestionType.LIST):
        return "“complete” is true for type “list” and for no other"
    if question.type is QuestionType.FOLLOWUP and not question.history:
        return "a follow-up needs a history"
    if question.short is not None and not any(question.short in quote.text for quote in question.quotes):
        return f"“short” ({question.short}) stands in none of the quotes"
    if any(quote.text != " ".join(quote.text.split()) for quote in question.quotes):
        return "a quote's white space is not collapsed"
    if len({(quote.document, quote.text) for quote in question.quotes}) < len(question.quotes):
        return "a quote is listed twice"
    return None


def _string(record: Mapping[str, object], key: str, where: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise GoldSetInvalid(file=where, problem=f"“{key}” must be a text that is not empty, found {value!r}")
    return value


def _maybe(record: Mapping[str, object], key: str, where: str) -> str | None:
    return None if record.get(key) is None else _string(record, key, where)


def _choice(record: Mapping[str, object], key: str, choices: type[StrEnum], where: str) -> str:
    value = record.get(key)
    known = [choice.value for choice in choices]
    if not isinstance(value, str) or value not in known:
        raise GoldSetInvalid(file=where, problem=f"“{key}” must be one of {', '.join(known)}, found {value!r}")
    return value


def _flag(record: Mapping[str, object], key: str, where: str, *, default: bool | None = None) -> bool:
    value = record.get(key, default)
    if not isinstance(value, bool):
        raise GoldSetInvalid(file=where, problem=f"“{key}” must be true or false, found {value!r}")
    return value


def _objects(record: Mapping[str, object], key: str, where: str) -> list[Mapping[str, object]]:
    value = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise GoldSetInvalid(file=where, problem=f"“{key}” must be a list of objects")
    return value


def _tags(record: Mapping[str, object], where: str) -> tuple[str, ...]:
    value = record.get("tags", [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise GoldSetInvalid(file=where, problem="“tags” must be a list of texts")
    return tuple(value)


def _main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m eval.goldset FILE\n")
        return 2
    try:
        sys.stdout.write(measured(Path(arguments[0])))
    except GoldSetInvalid as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1:]))

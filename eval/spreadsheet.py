"""A user's own questions, from a spreadsheet saved as CSV → a gold set with its manifest.

One row a question; further rows with the same id, or with an empty question, add quotes to it. Columns (Norwegian or
English names, in any order; only the first three are needed):

=============  ==========================================================================================
question       spørsmål
document       dokument: the file's name
quote          sitat: the sentence that answers, word for word
answerable     kan besvares: ja or nei; empty is yes where there is a quote
type           one of ``QuestionType`` but ``followup`` (default ``factoid``)
language       språk: nb, nn or en (default: recognised)
short          kort svar: the shortest answer, as it stands in the quote
speaker        hvem sier det: whose words the quote is, as the document names them
tags           merker: words with a space or comma between
id             default: the set's name and a running number
=============  ==========================================================================================

Semicolon, comma or tab between the columns; UTF-8, or what Excel writes on a Norwegian Windows.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.goldset import QuestionType, Split
from eval.new_set import write_set
from eval.texts import Part
from index.documents.document import Language
from index.errors import KildesvarError
from index.language import detect_language

_COLUMNS = {
    "question": ("question", "spørsmål", "spørsmal", "sporsmal"),
    "document": ("document", "dokument", "fil", "file", "kilde", "kjelde"),
    "quote": ("quote", "sitat"),
    "answerable": ("answerable", "kan besvares", "besvarlig", "kan svarast på"),
    "type": ("type",),
    "language": ("language", "språk", "sprak"),
    "short": ("short", "kort svar", "kort"),
    "speaker": ("speaker", "hvem sier det", "kven seier det", "avsender", "avsendar"),
    "tags": ("tags", "merker", "merke"),
    "id": ("id",),
}
_NAMES = {name: column for column, names in _COLUMNS.items() for name in names}
_YES, _NO = {"ja", "yes", "true", "1", "sann"}, {"nei", "no", "false", "0", "usann"}
_TYPES = tuple(kind.value for kind in QuestionType if kind is not QuestionType.FOLLOWUP)
"""Follow-ups need a conversation, which a row of a spreadsheet has no room for."""
_LANGUAGES = tuple(language.value for language in Language)
_NEEDED = ("question", "document", "quote")

Stands = Callable[[str, str], bool | None]
"""(file, quote) → whether the quote stands there; None if there is no such document."""
Row = Mapping[str, str]


class SpreadsheetInvalid(KildesvarError):
    """A row of a spreadsheet is not a question."""

    message = "“{file}” cannot become a gold set: {problem}."


def make_set(source: Path, output: Path, *, stands: Stands, author: str, split: Split = Split.TEST) -> int:
    """Write the gold set and its manifest entry; returns how many questions it holds.

    Args:
        source: The CSV file.
        output: The JSONL file to write; its manifest lies beside it.
        stands: Says whether a quote stands in a document.
        author: For the manifest.
        split: What the set is for.

    Raises:
        SpreadsheetInvalid: Naming the line and what to mend. Nothing is written.
        NotWritten: The system refused.
    """
    questions = list(_questions(source, output.stem, stands))
    write_set(questions, output, author=author, split=split)
    return len(questions)


def _questions(source: Path, name: str, stands: Stands) -> Iterator[dict[str, Any]]:
    current: dict[str, Any] | None = None
    lines: dict[str, int] = {}
    for line, row in _rows(source):
        problem = _Problem(Part("spreadsheet.line", file=source.name, number=line))
        again = current is not None and (not row["question"] or (bool(row["id"]) and row["id"] == current["id"]))
        if again and current is not None:
            _add_quotes(current, _quotes(row, problem, stands), problem)
            continue
        if current is not None:
            yield current
        current = _question(row, f"{name}-{line:03}", problem, stands)
        for key, what in (("id", current["id"]), ("question", current["question"].casefold())):
            if (other := lines.setdefault(f"{key} {what}", line)) != line:
                raise problem(f"{key}_twice", other=other)
    if current is None:
        raise _Problem(source.name)("empty")
    yield current


class _Problem:
    """Makes the errors of one place."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __call__(self, problem: str, **details: str | int) -> SpreadsheetInvalid:
        return SpreadsheetInvalid(file=self._where, problem=Part(f"spreadsheet.{problem}", **details))


def _question(row: Row, identifier: str, problem: _Problem, stands: Stands) -> dict[str, Any]:
    if not row["question"]:
        raise problem("no_question")
    quotes = _quotes(row, problem, stands)
    answerable = _answerable(row["answerable"], bool(quotes), problem)
    default = QuestionType.FACTOID if answerable else QuestionType.UNANSWERABLE
    kind = row["type"] or default.value
    if kind not in _TYPES:
        raise problem("unknown_type", type=kind, known=", ".join(_TYPES))
    if answerable == (kind == QuestionType.UNANSWERABLE):
        raise problem("other_type", type=kind, answerable="ja" if answerable else "nei")
    language = row["language"] or detect_language(row["question"]).value
    if language not in _LANGUAGES:
        raise problem("unknown_language", found=language, known=", ".join(_LANGUAGES))
    if row["short"] and not any(row["short"] in quote["text"] for quote in quotes):
        raise problem("short", short=row["short"])
    return {
        "id": row["id"] or identifier,
        "question": row["question"],
        "language": language,
        "type": kind,
        "answerable": answerable,
        "quotes": quotes,
        "complete": kind == QuestionType.LIST.value,
        "short": row["short"] or None,
        "tags": [tag for tag in re.split(r"[\s,]+", row["tags"]) if tag],
    }


def _add_quotes(question: dict[str, Any], quotes: Sequence[Mapping[str, str]], problem: _Problem) -> None:
    """More quotes for the question of a row above."""
    for quote in quotes:
        if not question["answerable"]:
            raise problem("quote_unwanted")
        if any((it["document"], it["text"]) == (quote["document"], quote["text"]) for it in question["quotes"]):
            raise problem("quote_twice")
        question["quotes"].append(quote)


def _answerable(value: str, has_quotes: bool, problem: _Problem) -> bool:
    if value and value.lower() not in _YES | _NO:
        raise problem("answerable", value=value)
    answerable = value.lower() in _YES if value else has_quotes
    if answerable and not has_quotes:
        raise problem("quote_wanted")
    if has_quotes and not answerable:
        raise problem("quote_unwanted")
    return answerable


def _quotes(row: Row, problem: _Problem, stands: Stands) -> list[dict[str, str]]:
    document, quote = row["document"], " ".join(row["quote"].split())
    if not quote:
        return []
    if not document:
        raise problem("no_document")
    match stands(document, quote):
        case None:
            raise problem("unknown_document", document=document)
        case False:
            raise problem("not_there", document=document, quote=quote[:60])
    return [{"document": document, "text": quote} | ({"speaker": row["speaker"]} if row["speaker"] else {})]


def _rows(source: Path) -> Iterator[tuple[int, Row]]:
    """The file's rows that are not empty, by their line, with a text (perhaps empty) for every column."""
    text = _text(source)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    line = 1
    try:
        columns = [_NAMES.get(" ".join(name.lower().split())) for name in next(reader, [])]
        if missing := [name for name in _NEEDED if name not in columns]:
            english, norwegian, *_ = _COLUMNS[missing[0]]
            raise _Problem(source.name)("no_column", english=english, norwegian=norwegian)
        line = reader.line_num + 1
        for cells in reader:
            found = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
            if any(found.values()):
                yield line, {column: found.get(column, "") for column in _COLUMNS}
            line = reader.line_num + 1  # a cell may hold line breaks
    except csv.Error as error:  # a cell without an end
        raise _Problem(Part("spreadsheet.line", file=source.name, number=line))("unclosed") from error


def _text(source: Path) -> str:
    try:
        content = source.read_bytes()
    except OSError as error:
        raise _Problem(source.name)("unopened", cause=error.strerror or str(error)) from error
    if b"\0" in content:
        raise _Problem(source.name)("not_csv")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return unicodedata.normalize("NFC", text)  # as the documents; names of files copied on a Mac may not be

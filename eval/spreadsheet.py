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
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.goldset import QuestionType, Split
from eval.new_set import write_set
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
        GoldSetInvalid: Two questions are the same, or a question contradicts itself.
        NotWritten: The system refused.
    """
    questions = list(_questions(source, output.stem, stands))
    write_set(questions, output, author=author, split=split, source=source.name)
    return len(questions)


def _questions(source: Path, name: str, stands: Stands) -> Iterator[dict[str, Any]]:
    current: dict[str, Any] | None = None
    for line, row in _rows(source):
        problem = _Problem(source.name, line)
        again = current is not None and (not row["question"] or (bool(row["id"]) and row["id"] == current["id"]))
        if again and current is not None:
            current["quotes"] += _quotes(row, problem, stands)
            continue
        if current is not None:
            yield current
        current = _question(row, f"{name}-{line:03}", problem, stands)
    if current is None:
        raise SpreadsheetInvalid(file=source.name, problem="it holds no question below its headings")
    yield current


class _Problem:
    """Makes the error of one line."""

    def __init__(self, file: str, line: int) -> None:
        self._where = f"{file}, line {line}"

    def __call__(self, problem: str) -> SpreadsheetInvalid:
        return SpreadsheetInvalid(file=self._where, problem=problem)


def _question(row: Row, identifier: str, problem: _Problem, stands: Stands) -> dict[str, Any]:
    if not row["question"]:
        raise problem("the question is missing")
    quotes = _quotes(row, problem, stands)
    answerable = _answerable(row["answerable"], bool(quotes), problem)
    default = QuestionType.FACTOID if answerable else QuestionType.UNANSWERABLE
    kind = row["type"] or default.value
    if kind not in _TYPES:
        raise problem(f"the type “{kind}” is none of {', '.join(_TYPES)}")
    if answerable == (kind == QuestionType.UNANSWERABLE):
        raise problem(f"the type “{kind}” does not go with answerable = {'ja' if answerable else 'nei'}")
    if row["short"] and not any(row["short"] in quote["text"] for quote in quotes):
        raise problem(f"the short answer “{row['short']}” does not stand in the quote")
    return {
        "id": row["id"] or identifier,
        "question": row["question"],
        "language": row["language"] or detect_language(row["question"]).value,
        "type": kind,
        "answerable": answerable,
        "quotes": quotes,
        "complete": kind == QuestionType.LIST.value,
        "short": row["short"] or None,
        "tags": [tag for tag in re.split(r"[\s,]+", row["tags"]) if tag],
    }


def _answerable(value: str, has_quotes: bool, problem: _Problem) -> bool:
    if value and value.lower() not in _YES | _NO:
        raise problem(f"“{value}” under answerable is neither ja nor nei")
    answerable = value.lower() in _YES if value else has_quotes
    if answerable and not has_quotes:
        raise problem("an answerable question needs a document and a quote")
    if has_quotes and not answerable:
        raise problem("a question without an answer has no quote")
    return answerable


def _quotes(row: Row, problem: _Problem, stands: Stands) -> list[dict[str, str]]:
    document, quote = row["document"], " ".join(row["quote"].split())
    if not quote:
        return []
    if not document:
        raise problem("the quote has no document")
    match stands(document, quote):
        case None:
            raise problem(f"there is no document “{document}” in the index")
        case False:
            raise problem(f"the quote does not stand in “{document}” word for word: “{quote[:60]}”")
    return [{"document": document, "text": quote} | ({"speaker": row["speaker"]} if row["speaker"] else {})]


def _rows(source: Path) -> Iterator[tuple[int, Row]]:
    """The file's rows that are not empty, by their line, with a text (perhaps empty) for every column."""
    text = _text(source)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    columns = [_NAMES.get(" ".join(name.lower().split())) for name in next(reader, [])]
    if missing := [name for name in _NEEDED if name not in columns]:
        names = " or ".join(_COLUMNS[missing[0]][:2])
        raise SpreadsheetInvalid(file=f"{source.name}, line 1", problem=f"there is no column “{names}”")
    line = reader.line_num + 1
    for cells in reader:
        found = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
        if any(found.values()):
            yield line, {column: found.get(column, "") for column in _COLUMNS}
        line = reader.line_num + 1  # a cell may hold line breaks


def _text(source: Path) -> str:
    try:
        content = source.read_bytes()
    except OSError as error:
        raise SpreadsheetInvalid(file=source.name, problem=f"it could not be opened ({error.strerror})") from error
    if b"\0" in content:
        raise SpreadsheetInvalid(file=source.name, problem="it is not CSV; save the spreadsheet as CSV")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")

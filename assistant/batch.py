"""A file of questions -> a file of answers, one JSON object a line, in the order of the questions."""

import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TextIO

from assistant.answer import Answer, Turn
from assistant.assistant import Assistant
from assistant.exchange import from_json, to_json
from assistant.output import output
from index.engines import Progress
from index.errors import InvalidRequest, QuestionError, UnreadableFile


def answer_file(
    assistant: Assistant,
    questions: Path,
    answers: Path | None,
    *,
    sources: Collection[str] | None = None,
    progress: Progress | None = None,
    seen: Callable[[Answer], None] | None = None,
) -> int:
    """Answer every question of a JSONL file; returns how many.

    All lines are checked before the first is answered. Answers are written as they come, so that a run that is cut
    short keeps what it has. A question that cannot be asked (empty, too long) gets a line too: unanswered, with the
    error's name as its reason. ``seen`` is called with each answer.

    Raises:
        UnreadableFile: The questions cannot be opened.
        InvalidRequest: A line is not what is promised; the message names it.
        OutputNotWritable: The answers cannot be written.
    """
    records = _read(questions)
    with output(answers) as file:
        for number, (identifier, question, history) in enumerate(records, start=1):
            _write(file, _answer(assistant, identifier, question, history, sources, seen))
            if progress:
                progress(number, len(records))
    return len(records)


def _read(path: Path) -> list[tuple[str | None, str, tuple[Turn, ...]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(file=str(path), cause=str(error)) from error
    records = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(from_json(json.loads(line)))
        except (json.JSONDecodeError, RecursionError) as error:
            raise InvalidRequest(problem=f"{path.name}, line {number}: not JSON ({error})") from error
        except InvalidRequest as error:
            raise InvalidRequest(problem=f"{path.name}, line {number}: {error.details['problem']}") from error
    return records


def _answer(
    assistant: Assistant,
    identifier: str | None,
    question: str,
    history: tuple[Turn, ...],
    sources: Collection[str] | None,
    seen: Callable[[Answer], None] | None,
) -> dict[str, Any]:
    try:
        answer = assistant.ask(question, history, sources=sources)
    except QuestionError as error:
        return {
            "id": identifier,
            "question": question,
            "standalone_question": question,
            "answered": False,
            "confidence": 0.0,
            "reason": error.key,
            "quotes": [],
            "passages": [],
            "timing_ms": {"search": 0.0, "read": 0.0, "total": 0.0},
        }
    if seen:
        seen(answer)
    return to_json(answer, question_id=identifier)


def _write(file: TextIO, record: dict[str, Any]) -> None:
    file.write(json.dumps(record, ensure_ascii=False) + "\n")
    file.flush()

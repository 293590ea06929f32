"""Questions in Nynorsk, by a translating machine: ``python -m assistant.reader.translated --data DIR --output FILE``.

The machine is Apertium with its pair from Bokmål to Nynorsk (Debian: ``apertium-nno-nob``, GPL), a program of its own
that must be installed. It is slow, so what it says of the training questions is kept in a file, one
``{"question", "nynorsk"}`` a line, for a training to read. Nothing of the product needs it.
"""

import argparse
import json
import logging
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.reader.corpora import read_records
from assistant.reader.practice import add_data, read_to_train

APERTIUM = "apertium"
TO_NYNORSK = "nob-nno"
_AT_ONCE = 300

_LOG = logging.getLogger(__name__)


class NoTranslator(RuntimeError):
    """Apertium or its pair of languages is not installed, or it failed."""


def to_nynorsk(questions: Sequence[str]) -> list[str]:
    """The same questions, as many and in the same order; each is one line. Some twenty a second.

    Raises ``NoTranslator``, and ``ValueError`` for a question of several lines.
    """
    if any("\n" in question for question in questions):
        raise ValueError("a question of several lines")
    program = shutil.which(APERTIUM)
    if program is None:
        raise NoTranslator(f"{APERTIUM} is not installed (Debian: apt install apertium-nno-nob)")
    found: list[str] = []
    for first in range(0, len(questions), _AT_ONCE):
        found += _said(program, questions[first : first + _AT_ONCE])
    return found


def _said(program: str, questions: Sequence[str]) -> list[str]:
    """A line a question. Of too many questions a line is lost now and then: then the halves are asked by themselves."""
    asked = "".join(question + "\n" for question in questions)
    command = [program, "-u", "-f", "line", TO_NYNORSK]
    said = subprocess.run(command, input=asked, text=True, capture_output=True, encoding="utf-8", check=False)
    lines = said.stdout.split("\n")[:-1]
    if len(lines) == len(questions) and not said.returncode:
        return lines
    if len(questions) < 2 or said.returncode:
        raise NoTranslator(f"{APERTIUM} {TO_NYNORSK}: {said.stderr.strip()[-200:] or 'no line for ' + asked.strip()}")
    middle = len(questions) // 2
    return _said(program, questions[:middle]) + _said(program, questions[middle:])


def read_translations(file: Path) -> Mapping[str, str]:
    """Nynorsk by the question in Bokmål. Raises ``FileNotFoundError`` where it is not there."""
    return {record["question"]: record["nynorsk"] for record in read_records([file])}


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m assistant.reader.translated", description=__doc__)
    add_data(parser)
    parser.add_argument("--output", type=Path, required=True, help="file to write")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    corpora = read_to_train(asked.data, asked.practice)
    texts = {one.text for corpus in corpora for one in corpus.train if one.language == "nb"}
    questions = sorted(text for text in texts if "\n" not in text)
    lines = [
        json.dumps({"question": question, "nynorsk": nynorsk}, ensure_ascii=False) + "\n"
        for question, nynorsk in zip(questions, to_nynorsk(questions), strict=True)
        if nynorsk != question
    ]
    asked.output.write_text("".join(lines), "utf-8")
    _LOG.info("%d of %d questions, written to %s", len(lines), len(questions), asked.output)


if __name__ == "__main__":
    main()

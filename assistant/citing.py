"""What the commands that cite and prove do: ``documents cite``, ``ask --export`` and ``verify``.

Heavy modules are imported where they are needed, as in ``commands``.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.commands import complain, find_document
from assistant.references import cite as cited
from assistant.terminal import printable
from assistant.texts import counted, error_text, text
from index.documents.document import Language
from index.errors import KildesvarError

if TYPE_CHECKING:
    from assistant.export.transcript import Entry
    from assistant.export.verify import Finding

HONEST, WRONG, UNCHECKED = 0, 1, 3
"""Exit statuses of ``verify``; 2 is a command that was written wrongly."""


def cite(options: argparse.Namespace) -> int:
    """Print the reference to a document."""
    from assistant.opening import open_engine
    from assistant.references.work import work_of

    with open_engine(options.index) as engine:
        document = engine.document(find_document(engine.sources(), options.document))
    sys.stdout.write(cited(work_of(document), options.style, options.language))
    return 0


class Exporting:
    """Gathers answers for ``--export``, and writes them as one conversation."""

    def __init__(self, path: Path | None, language: Language) -> None:
        """``path`` None gathers nothing. Raises ``UnknownExport``: before the questions are asked, not after."""
        from assistant.export.formats import format_of

        self._path, self._language = path, language
        self._entries: list[Entry] = []
        if path is not None:
            format_of(path)

    def add(self, answer: Answer) -> None:
        """One more answer."""
        from assistant.export.transcript import entry_of

        if self._path is not None:
            self._entries.append(entry_of(answer, page_language=self._language))

    def write(self) -> None:
        """Write the file. Raises ``OutputNotWritable``."""
        from assistant.export.formats import write
        from assistant.export.transcript import transcript_of

        if self._path is not None:
            write(transcript_of(self._entries, self._language), self._path)


def verify(options: argparse.Namespace) -> int:
    """Check an exported file against the documents of the index; see ``HONEST`` and the others for the status."""
    from assistant.export.formats import read
    from assistant.export.verify import check
    from assistant.opening import open_engine

    try:
        contents = read(options.file)
        with open_engine(options.index) as engine:
            findings = check(contents, engine)
    except KildesvarError as error:
        complain(error_text(options.language, error))
        return UNCHECKED
    in_word = options.file.suffix.lower() == ".docx"
    for finding in findings:
        sys.stdout.write(printable(finding_line(finding, options.language, in_word=in_word)) + "\n")
    number = len(contents.quotes)
    if findings:
        said = text(options.language, _wrong(findings), number=number, faults=len(findings))
    elif number:
        said = counted(options.language, "verify.honest", number)
    else:
        said = text(options.language, "verify.honest.none")
    sys.stdout.write(said + "\n")
    return WRONG if findings else HONEST


def _wrong(findings: Sequence["Finding"]) -> str:
    return "verify.wrong.one" if len(findings) == 1 else "verify.wrong.many"


def finding_line(finding: "Finding", language: Language, *, in_word: bool = False) -> str:
    """What is wrong, where, what was expected and what was found, on one line."""
    problem = text(language, f"verify.{finding.fault.value}", expected=finding.expected, found=finding.found)
    where = text(language, "verify.part" if in_word else "verify.line", number=finding.place)
    if not finding.place:
        where = text(language, "verify.file")
    key = "verify.at_quote" if finding.label else "verify.at_place"
    line = text(language, key, label=finding.label, place=where, problem=problem)
    return " ".join((line[:1].upper() + line[1:]).split("\n"))

"""The name of a table's row answers nothing to a question that says it: "Hva koster renhold?" – "Renhold"."""

import re
from collections.abc import Sequence

from assistant.answer import Reading
from index.documents.document import BlockKind
from index.language import Analyser

_CHOICE = re.compile(r"\b(?:eller|or)\b", re.IGNORECASE)
"""Of what is to be chosen from, a name that the question says may be the answer."""


def telling(readings: Sequence[Reading], question: str, analyser: Analyser) -> tuple[Reading, ...]:
    """The readings without those of rows' names that the question says; all of them where nothing else is left."""
    if _CHOICE.search(question):
        return tuple(readings)
    said = set(analyser.terms(question))
    kept = tuple(it for it in readings if not (_names_row(it) and said.issuperset(analyser.terms(it.hit.text))))
    return kept or tuple(readings)


def _names_row(reading: Reading) -> bool:
    paragraph = reading.hit.passage.paragraph
    return paragraph.kind is BlockKind.TABLE_CELL and paragraph.row is None

"""The clues by which a sentence is told from its neighbours, one by one."""

import numpy as np
import pytest

from assistant.reader.clues import Clue, Clues
from assistant.reader.excerpt import Tokens
from assistant.reader.seen import Logits
from index.documents import read_bytes
from index.documents.document import BlockKind
from index.hit import Hit
from index.language import Analyser
from index.segmentation import paragraphs, passages

ANALYSER = Analyser()
PROSE = """# Årsmelding

## Stipend til handverkarar

Fra: Styret i laget

Vi delte ut tolv stipend i år. Derfor er kassen tom. Vi vil ikke låne.

- kjøpe ny låve
- male huset

| Post | 2023 | 2024 |
|---|---|---|
| Folkemusikk | 121 | 140 |
"""


def _hits() -> tuple[Hit, ...]:
    document = read_bytes("a.md", PROSE.encode())
    found = passages(document, paragraphs(document), count_tokens=lambda text: len(text.split()), limit=80)
    return tuple(Hit(i + 1, passage, document, 0.0, 0.8, 1.0) for i, passage in enumerate(found))


def _clues(question: str, *, start: int = 0) -> dict[str, dict[Clue, float]]:
    """The clues of each sentence of ``PROSE``, by its words."""
    clues, found = Clues.of_question(question, ANALYSER), {}
    for hit in _hits():
        count = len(hit.passage.sentences)
        tokens = Tokens(
            np.arange(count, dtype=np.int32), np.full(count, 3, np.int8), tuple((i, i + 1) for i in range(count)), ()
        )
        span = np.zeros((count, 2), np.float32)
        span[start % count] = 2.0
        rows = clues.of(hit, tokens, Logits(0.0, np.zeros(count, np.float32), span))
        assert rows.shape == (count, len(Clue))
        for sentence, row in zip(hit.passage.sentences, rows, strict=True):
            found[hit.document.text[sentence.start : sentence.end]] = dict(zip(Clue, map(float, row), strict=True))
    return found


def test_what_is_no_sentence_is_told_by_its_end() -> None:
    found = _clues("Hva skjedde?")
    assert found["Fra: Styret i laget"][Clue.UNENDED] == 1
    assert found["Vi delte ut tolv stipend i år."][Clue.UNENDED] == 0
    assert found["male huset"][Clue.UNENDED] == found["male huset"][Clue.ITEM] == 1
    assert found["Derfor er kassen tom."][Clue.ITEM] == 0


def test_the_first_of_a_passage_is_told() -> None:
    found = _clues("Hva skjedde?")
    assert found["Vi delte ut tolv stipend i år."][Clue.FIRST] == 1
    assert found["Derfor er kassen tom."][Clue.FIRST] == 0


def test_a_cell_is_known_by_its_row_and_column() -> None:
    found = _clues("Hva er folkemusikk i 2023?")
    assert found["121"][Clue.CELL] > found["140"][Clue.CELL] > 0
    assert found["121"][Clue.CELL] == pytest.approx(1)
    assert found["Vi delte ut tolv stipend i år."][Clue.CELL] == 0


def test_words_are_found_in_the_sentence_and_in_what_it_stands_under() -> None:
    found = _clues("Hvor mange stipend ga de handverkerne?")
    both, other = found["Vi delte ut tolv stipend i år."][Clue.WORDS], _clues("Hvorfor sank båten?")
    assert 0 < both <= 1
    assert other["Vi delte ut tolv stipend i år."][Clue.WORDS] == 0
    assert all(clues[Clue.WORDS] == 0 for clues in _clues("Hva er det?").values())  # nothing tells


@pytest.mark.parametrize("question", ["Vil de låne?", "Vil dei låne?", "Og vil de låne?", "Will they borrow?"])
def test_a_no_is_told_where_yes_or_no_is_asked(question: str) -> None:
    assert _clues(question)["Vi vil ikke låne."][Clue.DENIES] == 1
    assert _clues(question)["Derfor er kassen tom."][Clue.DENIES] == 0
    assert _clues("Hva vil de?")["Vi vil ikke låne."][Clue.DENIES] == 0
    assert _clues(f"Hva da? ({question})")["Vi vil ikke låne."][Clue.DENIES] == 0  # asked before, not now


def test_a_consequence_is_no_reason() -> None:
    assert _clues("Hvorfor er kassen tom?")["Derfor er kassen tom."][Clue.FOLLOWS] == 1
    assert _clues("Er kassen tom?")["Derfor er kassen tom."][Clue.FOLLOWS] == 0
    assert _clues("Hvorfor er kassen tom?")["Vi vil ikke låne."][Clue.FOLLOWS] == 0


def test_where_the_short_answer_stands() -> None:
    found = _clues("Hva?", start=1)
    there, elsewhere = found["Derfor er kassen tom."], found["Vi vil ikke låne."]
    share = np.exp(2.0) / (np.exp(2.0) + 2)
    assert there[Clue.SHORT] == pytest.approx(2 * np.log(share), abs=1e-5)
    assert there[Clue.SHARE] == pytest.approx(share, abs=1e-5)
    assert elsewhere[Clue.SHORT] < there[Clue.SHORT]
    assert found["male huset"][Clue.SHARE] == pytest.approx(1)  # the only sentence of its passage


def test_a_sentence_that_was_cut_off_has_no_short_answer() -> None:
    hit = next(hit for hit in _hits() if hit.passage.paragraph.kind is BlockKind.LIST_ITEM)
    tokens = Tokens(np.arange(2, dtype=np.int32), np.full(2, 3, np.int8), ((2, 2),), ())
    logits = Logits(0.0, np.zeros(1, np.float32), np.zeros((2, 2), np.float32))
    rows = Clues.of_question("Hva?", ANALYSER).of(hit, tokens, logits)
    assert rows[0, 0] == -12
    assert rows[0, 1] == 0

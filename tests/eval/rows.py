"""Rows made by hand: a document of known words, gold quotes and given quotes as places in it."""

from dataclasses import replace

from eval.row import Given, Row, Seen, Wanted

TEXT = "Badet åpner klokka sju. Det koster femti kroner. Barn slipper gratis inn hver søndag. Vi stenger i juli."
FILE = "bad.txt"


def span(words: str) -> tuple[int, int]:
    """Where the words stand in ``TEXT``."""
    start = TEXT.index(words)
    return start, start + len(words)


def wanted(words: str, *, document: str = FILE) -> Wanted:
    return Wanted(document, words, (span(words),))


def given(
    words: str, *, document: str = FILE, score: float = 0.9, short: str | None = None, exact: bool = True
) -> Given:
    return Given(document, *span(words), words, score, short, exact)


def seen(words: str, *, paragraph: int, document: str = FILE) -> Seen:
    return Seen(document, paragraph, *span(words), words, score=1.0)


BASE = Row(
    id="q",
    cluster="q",
    question="Når åpner badet?",
    standalone="Når åpner badet?",
    language="nb",
    type="factoid",
    tags=(),
    answerable=True,
    complete=False,
    wanted=(wanted("Badet åpner klokka sju."),),
    paragraphs=1,
    short="klokka sju",
    answered=True,
    confidence=0.9,
    reason=None,
    given=(),
    seen=(),
    search_ms=10.0,
    read_ms=20.0,
    total_ms=30.0,
)
REFUSABLE = replace(BASE, answerable=False, type="unanswerable", wanted=(), paragraphs=0, short=None)


def rows_of(outcomes: str) -> tuple[Row, ...]:
    """A row a letter: ``R`` right, ``w`` wrong, ``u`` unanswerable; the confidence falls evenly from 0.95."""
    letters = {
        "R": replace(BASE, given=(given("Badet åpner klokka sju."),)),
        "w": replace(BASE, given=(given("Vi stenger i juli."),)),
        "u": replace(REFUSABLE, given=(given("Vi stenger i juli."),)),
    }
    return tuple(
        replace(letters[letter], id=f"q{place}", cluster=f"q{place}", confidence=0.95 - place / 100)
        for place, letter in enumerate(outcomes)
    )

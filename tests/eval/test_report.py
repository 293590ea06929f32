"""The page: whole, escaped, self-contained, with a signature under every number."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.texts import LANGUAGES
from eval.measuring import Run
from eval.mistakes import MistakeKind, mistakes
from eval.report import MOST, page
from eval.report.plots import swatch, whisker
from eval.row import Row, RunUnreadable
from eval.summary import count, summary
from index.documents.document import Language
from tests.eval.rows import given, rows_of
from tests.eval.signed import SIGNATURE

NASTY = '<script>alert("x")</script>&'


class Outline(HTMLParser):
    """Tags that were opened and not closed, the levels of headings, and all attributes that fetch something."""

    VOID = frozenset({"meta", "line", "circle", "polyline"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [value or "" for name, value in attrs if name in {"src", "href", "xlink:href", "action"}]
        if tag not in self.VOID:
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        assert self.open.pop() == tag


def run_of(outcomes: str) -> Run:
    return Run(replace(SIGNATURE, questions=len(outcomes)), rows_of(outcomes))


def outline(html: str) -> Outline:
    parsed = Outline()
    parsed.feed(html)
    assert parsed.open == []
    return parsed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_fetches_nothing(language: Language) -> None:
    html = page([run_of("RRwRuu"), run_of("RwRRuu")], language)
    parsed = outline(html)
    assert parsed.fetched == []
    assert "script" not in parsed.tags
    assert "url(" not in html and "@import" not in html
    assert f'<html lang="{language.value}">' in html
    assert parsed.headings[0] == 1
    steps = zip(parsed.headings, parsed.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps), "a level of headings is left out"


def test_numbers_intervals_and_signature_are_there() -> None:
    html = page([run_of("RRwRuu")], Language.BOKMAAL)
    assert "75,0" in html
    assert "AUROC" in html
    for part in (
        "prøve abc",
        "0123456789abcdef",
        "hashing-1 dimension=256",
        "matching-1",
        "frø 1",
        "kildesvar eval run prøve",
    ):
        assert part in html, part
    assert html.count('class="sig"') == 6


def test_what_documents_and_questions_say_is_escaped() -> None:
    row = rows_of("w")[0]
    nasty = replace(
        row,
        id=NASTY,
        question=NASTY,
        standalone=NASTY + "?",
        given=(replace(given("Vi stenger i juli."), text=NASTY, document=NASTY),),
    )
    for language in LANGUAGES:
        html = page([Run(replace(SIGNATURE, set=NASTY, command=NASTY), (nasty,))], language)
        assert "<script>" not in html
        assert html.count("&lt;script&gt;") >= 5
        outline(html)


def test_two_runs_are_compared_where_they_asked_the_same() -> None:
    same = page([run_of("RRwRuu"), run_of("RwRRuu")], Language.ENGLISH)
    assert "What went differently from A to B" in same
    other = Run(replace(SIGNATURE, set_sha256="def"), rows_of("RR"))
    assert "What went differently" not in page([run_of("RRwRuu"), other], Language.ENGLISH)


def test_a_broken_gate_is_said_first() -> None:
    broken = replace(rows_of("R")[0], given=(given("Vi stenger i juli.", exact=False),))
    html = page([Run(SIGNATURE, (broken,))], Language.ENGLISH)
    assert "1 questions got a quote that is not exact" in html
    assert 'role="alert"' not in page([run_of("R")], Language.ENGLISH)


def test_a_run_without_mistakes_and_one_without_refusals_are_shown() -> None:
    assert "No mistakes to show." in page([run_of("RRR")], Language.ENGLISH)
    outline(page([run_of("uuu")], Language.ENGLISH))


def test_too_many_runs_are_refused() -> None:
    for runs in ([], [run_of("Rw")] * (MOST + 1)):
        with pytest.raises(RunUnreadable, match="1 to 6"):
            page(runs, Language.ENGLISH)


def test_mistakes_come_worst_first() -> None:
    def row(name: str, confidence: float, *, answered: bool, kind: str) -> Row:
        return replace(rows_of(kind)[0], id=name, confidence=confidence, answered=answered)

    found = mistakes(
        [
            row("fine", 0.9, answered=True, kind="R"),
            row("refused-unsure", 0.4, answered=False, kind="R"),
            row("refused-sure", 0.1, answered=False, kind="w"),
            row("wrong", 0.7, answered=True, kind="w"),
            row("invented", 0.8, answered=True, kind="u"),
            row("rightly-refused", 0.2, answered=False, kind="u"),
        ]
    )
    assert [(mistake.row.id, mistake.kind) for mistake in found] == [
        ("invented", MistakeKind.ANSWERED_UNANSWERABLE),
        ("wrong", MistakeKind.ANSWERED_WRONG),
        ("refused-sure", MistakeKind.REFUSED_WRONG),
        ("refused-unsure", MistakeKind.REFUSED_RIGHT),
    ]


def test_drawings_stay_inside_their_frame() -> None:
    drawn = whisker(0.5, -1.0, 2.0, run=0)
    assert 'x1="4.0" x2="136.0"' in drawn
    assert 'cx="70.0"' in drawn
    assert "stroke-dasharray" in swatch(1)
    assert "stroke-dasharray" not in swatch(0)


def test_speakers_are_shown_where_the_set_names_them() -> None:
    [right], [wrong] = rows_of("R"), rows_of("w")
    named = tuple(replace(item, speaker="Kari Nes") for item in right.wanted)
    said = replace(right, wanted=named, given=tuple(replace(item, speaker="Nes") for item in right.given))
    missed = replace(wrong, id="q1", cluster="q1", wanted=named)
    html = page([Run(SIGNATURE, (said, missed))], Language.ENGLISH)
    assert html.count("Right speaker") == 2, "among the key figures and among all measures"
    assert "bad.txt · Kari Nes" in html
    assert "Right speaker" not in page([run_of("Rw")], Language.ENGLISH)


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ("Rw", "2 questions to 2 documents. Of the questions that the sources answer, 50.0 % got a right first quote."),
        ("u", "1 questions to 2 documents. Of the questions that the sources do not answer, 0.0 % were refused."),
    ],
)
def test_the_first_sentences_tell_what_the_set_allows(outcomes: str, said: str) -> None:
    run = run_of(outcomes)
    assert f'<p class="lead">{said}</p>' in page([run], Language.ENGLISH)
    assert summary(count(run), Language.ENGLISH).lead == said

"""Other people's text is shown exactly, and never as more than text."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.address import Span
from assistant.web.markup import Mark, attribute, entities, pieces, plain
from tests.web.fake import HOSTILE

# Control characters and non-characters never get past the reader of documents; Python reads their numbers as nothing.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t\x96"))


@given(texts)
def test_entities_hold_nothing_that_markdown_or_html_could_read(text: str) -> None:
    coded = entities(text)
    left = coded.replace("<br>", "")
    assert not (set(left) - {"&", "#", ";"}) & set("<>\"'`*_[](){}$\\!|~^:/=.+-\n")
    assert unescape(coded.replace("<br>", "\n")) == text or any("\x80" <= char <= "\x9f" for char in text)


@given(texts)
def test_plain_and_attribute_come_back_as_they_were(text: str) -> None:
    assert unescape(plain(text)) == text
    assert '"' not in plain(text) and "<" not in plain(text)
    assert '"' not in attribute(text) and "\n" not in attribute(text)


def test_hand_worked() -> None:
    assert entities("a*b\nø 1") == "a&#42;b<br>ø 1"
    assert attribute('"\n') == "&#34;&#10;"
    assert entities("\x96") == "\x96"
    assert "<" not in entities(HOSTILE).replace("<br>", "")


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [("abcdef", ())]),
        ([(1, 3, "x")], [("a", ()), ("bc", ("x",)), ("def", ())]),
        ([(0, 6, "x"), (2, 3, "y")], [("ab", ("x",)), ("c", ("x", "y")), ("def", ("x",))]),
        ([(1, 4, "x"), (3, 9, "y")], [("a", ()), ("bc", ("x",)), ("d", ("x", "y")), ("ef", ("y",))]),
        ([(6, 9, "x"), (3, 3, "y")], [("abcdef", ())]),
    ],
)
def test_pieces(marks: list[tuple[int, int, str]], expected: list[tuple[str, tuple[str, ...]]]) -> None:
    cut = pieces(0, 6, [Mark(Span(start, end), style) for start, end, style in marks])
    assert [("abcdef"[span.start : span.end], styles) for span, styles in cut] == expected


@given(st.lists(st.tuples(st.integers(-3, 12), st.integers(-3, 12), st.sampled_from("xy"))))
def test_pieces_lose_nothing(marks: list[tuple[int, int, str]]) -> None:
    cut = pieces(2, 10, [Mark(Span(start, end), style) for start, end, style in marks])
    spans = [span for span, _ in cut]
    assert spans[0].start == 2 and spans[-1].end == 10
    assert all(first.end == second.start for first, second in zip(spans, spans[1:], strict=False))

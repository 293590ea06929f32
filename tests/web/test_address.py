"""Links to places: what they look like, and what is not one."""

import pytest

from assistant.web.address import (
    Address,
    Span,
    address_of,
    parse_address,
    parse_document_id,
    parse_span,
    question_link,
    quote_link,
)
from tests.web.fake import HARBOUR, quote_of

QUOTE = quote_of(HARBOUR, "Kaia er 140 meter lang og koster 12 millioner kroner i året.", short="140 meter")


def test_a_link_leads_back_to_the_quote() -> None:
    link = quote_link(QUOTE)
    sitat, kort = link.removeprefix("?sitat=").split("&kort=")
    address, short = parse_address(sitat), parse_span(kort)
    assert address == address_of(QUOTE)
    assert address and short
    assert HARBOUR.text[address.span.start : address.span.end] == QUOTE.text
    assert HARBOUR.text[short.start : short.end] == "140 meter"


def test_a_question_in_a_link_is_escaped() -> None:
    assert question_link("Ja & nei?\n«æ»") == "?q=Ja%20%26%20nei%3F%0A%C2%AB%C3%A6%C2%BB"


@pytest.mark.parametrize(
    "raw",
    [
        None,
        17,
        ["d0123456789abcdef:1-2"],
        "",
        "d0123456789abcdef",
        "d0123456789abcdef:1",
        "d0123456789abcdef:-1-2",
        "d0123456789abcdef:1-2 ",
        "d0123456789ABCDEF:1-2",
        "d0123456789abcdef:1-9999999999",
        "d0123456789abcdef:١-٢",
        "../../etc/passwd:1-2",
        "<script>:1-2",
    ],
)
def test_what_is_not_an_address(raw: object) -> None:
    assert parse_address(raw) is None


def test_what_is_not_a_document_or_a_span() -> None:
    assert parse_document_id("d0123456789abcdef") == "d0123456789abcdef"
    assert [parse_document_id(raw) for raw in (None, "", "x0123456789abcdef", "d0123456789abcdef\n")] == [None] * 4
    assert [parse_span(raw) for raw in (None, "", "1", "-1-2", "1-2-3")] == [None] * 5


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [(0, 1, True), (0, len(HARBOUR.text), True), (0, len(HARBOUR.text) + 1, False), (5, 5, False), (6, 5, False)],
)
def test_a_span_must_lie_within_the_document(start: int, end: int, inside: bool) -> None:
    assert Span(start, end).within(HARBOUR) is inside
    assert str(Address(HARBOUR.id, Span(start, end))) == f"{HARBOUR.id}:{start}-{end}"

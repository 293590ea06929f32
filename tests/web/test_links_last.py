"""A link to a quote opens the same words after a restart, a rebuilding, and removing and adding again."""

from pathlib import Path

from assistant.web.address import Address, Span, parse_address
from index.documents import read_bytes
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from tests.web.made_reports import OVER_THE_BREAK, report


def check(engine: EmbeddedEngine, link: str) -> None:
    address = parse_address(link)
    assert address
    document = engine.document(address.document_id)
    start, end = address.span.start, address.span.end
    assert document.text[start:end] == OVER_THE_BREAK
    assert document.places_of(start, end) == report().places_of(start, end)
    assert engine.original(document.id) == report().original, "its pages can be shown"


def test_links_last(tmp_path: Path) -> None:
    start = report().text.index(OVER_THE_BREAK)
    link = str(Address(report().id, Span(start, start + len(OVER_THE_BREAK))))
    with EmbeddedEngine.open(tmp_path, HashingEncoder()) as engine:
        engine.add([report()])
        check(engine, link)
    with EmbeddedEngine.open(tmp_path, HashingEncoder()) as engine:
        check(engine, link)
    other = HashingEncoder(32)
    EmbeddedEngine.rebuild(tmp_path, other)
    with EmbeddedEngine.open(tmp_path, other) as engine:
        check(engine, link)
        engine.remove(report().id)
        engine.add([read_bytes("annet navn.pdf", report().original)])
        check(engine, link)

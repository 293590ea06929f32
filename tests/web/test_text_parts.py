from dataclasses import replace

import pytest

from assistant.web.document_view import View, render_document, render_part
from assistant.web.text_parts import PART, Pages, part_at, parts_of, runs_of
from index.documents.document import BlockKind, Document, Language, Metadata
from tests.web.fake import DOCUMENTS, HARBOUR, make_document
from tests.web.made_reports import long_text, report
from tests.web.reading import Reading

TABLE = make_document(
    "tall.txt",
    Metadata(),
    [
        (BlockKind.BOILERPLATE, "Havn"),
        *((BlockKind.TABLE_CELL, f"{row} {'tonn ' * 60}", f"År {row}", "Havn") for row in range(200)),
    ],
)
ALL = (*DOCUMENTS, TABLE, report(), long_text())


@pytest.mark.parametrize("document", ALL, ids=lambda it: it.source.file)
def test_parts_cover_the_whole_text_and_hold_whole_runs(document: Document) -> None:
    runs = runs_of(document)
    assert [block for run in runs for block in run] == list(document.blocks)
    parts = parts_of(document, runs)
    assert parts[0].start == 0 and parts[-1].end == len(document.text)
    assert [part.number for part in parts] == list(range(len(parts)))
    for part, following in zip(parts, parts[1:], strict=False):
        assert part.end == following.start and part.last == following.first
        assert runs[following.first][0].start == following.start
    assert all(part.end - part.start < 5 * PART for part in parts)


@pytest.mark.parametrize("document", [TABLE, report(), long_text()], ids=lambda it: it.source.file)
def test_the_parts_together_show_every_block_once_and_in_order(document: Document) -> None:
    count = len(parts_of(document, runs_of(document)))
    shown = "".join(
        Reading(render_part(document, number, View(), Language.BOKMAAL)).all_text for number in range(count)
    )
    at = 0
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert words in shown[at:], words
        at = shown.index(words, at) + len(words)
    assert render_part(document, count, View(), Language.BOKMAAL) == ""
    assert render_part(document, -1, View(), Language.BOKMAAL) == ""


def test_the_part_of_an_offset() -> None:
    document = long_text()
    parts = parts_of(document, runs_of(document))
    assert len(parts) > 50
    for part in parts:
        assert part_at(parts, part.start) is part and part_at(parts, part.end - 1) is part
    assert part_at(parts, len(document.text) + 5) is parts[-1]


def test_a_document_without_blocks_has_one_empty_part() -> None:
    empty = replace(HARBOUR, text="", blocks=(), pages=())
    assert len(parts_of(empty, runs_of(empty))) == 1
    assert Reading(render_document(empty, View(), Language.BOKMAAL)).attributes("div", "kv-bolk")


def test_pages_are_those_of_the_document() -> None:
    for document in (HARBOUR, report()):
        pages = Pages(document)
        for offset in range(0, len(document.text), 7):
            assert pages.at(offset) == document.page_of(offset)
    assert Pages(HARBOUR).at(len(HARBOUR.text)) is None


def test_only_a_new_page_within_a_range_is_told() -> None:
    pages = Pages(report())
    eight = next(page for page in report().pages if page.label == "8")
    assert pages.beginning_within(eight.start - 5, eight.start + 5) == (eight,)
    assert pages.beginning_within(eight.start, eight.start + 5) == ()
    assert pages.beginning_within(eight.start - 5, eight.start) == ()

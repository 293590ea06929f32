"""A comparison is exported as a grid, and every quote in it can be checked."""

import io
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import Answer, Comparison, Row
from assistant.export.formats import Format, contents_in, read, render, write
from assistant.export.transcript import Transcript, entry_of, transcript_of
from assistant.export.verify import Fault, check
from index.documents.document import Document, Language
from tests.assistant.export.made import (
    MADE,
    PAGED,
    PLAN,
    PLAN_FERRY,
    SHELF,
    Shelf,
    answer_of,
    quote_of,
    raw_document,
    raw_quote,
)
from tests.assistant.export.test_verify import edited
from tests.corpus import make_document

SILENT = make_document("Skogen er gammel.", file="skog | <b>.txt")


def compared(*rows: Row, language: Language = Language.BOKMAAL) -> Answer:
    quotes = [quote for row in rows for quote in row.quotes]
    comparison = Comparison("ferger | *nye*", tuple(rows))
    return answer_of("Hva sier de ulike om ferger?", quotes, comparison=comparison, language=language)


def grid(language: Language = Language.BOKMAAL) -> Transcript:
    """Two quotes of one source, one that is only near of another, none of the third; then an ordinary answer."""
    answer = compared(
        Row(PLAN.source, (quote_of(PLAN, PLAN_FERRY), quote_of(PLAN, "Kaia er 140 meter lang.")), 3),
        Row(PAGED.source, (), 2, (quote_of(PAGED, "Dei reiser med *ferje* & buss."),)),
        Row(SILENT.source, (), 1),
        language=language,
    )
    after = answer_of("Hvor lang er kaia?", [quote_of(PLAN, "Kaia er 140 meter lang.")])
    return transcript_of([entry_of(answer), entry_of(after)], language, made=MADE)


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("language", [Language.BOKMAAL, Language.NYNORSK, Language.ENGLISH])
def test_an_honest_grid_passes(tmp_path: Path, format: Format, language: Language) -> None:
    file = tmp_path / f"samtale.{format.value}"
    write(grid(language), file)
    contents = read(file)
    assert [quote.receipt.label for quote in contents.quotes if quote.receipt] == ["1.1", "1.2", "1.3", "2.1"]
    assert contents.quotes[2].text == "Dei reiser med *ferje* & buss."
    assert check(contents, SHELF) == ()


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize(
    ("old", "new", "fault", "label"),
    [
        ("140 meter", "150 meter", Fault.TEXT, "1.2"),
        ("page=2 paragraph=2", "page=1 paragraph=2", Fault.PAGE, "1.3"),
        ("side ii, avsnitt 2", "side i, avsnitt 2", Fault.CITATION, "1.3"),
        ("1.2 kildesvar", "1.1 kildesvar", Fault.TWICE, "1.1"),
        ("1.2 kildesvar", "1.2 kildebedrag", Fault.UNREADABLE, ""),
        ("ikke omtalt", "er omtalt her", Fault.NO_RECEIPT, ""),
    ],
)
def test_a_change_in_a_cell_is_found(format: Format, old: str, new: str, fault: Fault, label: str) -> None:
    if fault is Fault.NO_RECEIPT and format is not Format.MARKDOWN:
        pytest.skip("There a quote is told by its style, and this is no quote")
    content = edited(render(grid(), format), format, (old, new))
    findings = check(contents_in("f", content, format), SHELF)
    assert (fault, label) in [(it.fault, it.label) for it in findings]


def test_it_is_a_table_to_whoever_reads_it() -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(render(grid(), Format.MARKDOWN).decode())
    assert rendered.count("<tr>") == 5
    assert "<td>«skog | &lt;b&gt;.txt», uten dato</td>\n<td>ikke omtalt</td>" in rendered
    assert "skule.pdf», uten dato – nær, men usikkert</td>" in rendered
    page = render(grid(), Format.HTML).decode()
    assert page.count("<tr>") == 4
    assert '<p>«skog | &lt;b&gt;.txt», uten dato</p></th>\n<td>\n<p class="merknad">ikke omtalt</p>' in page
    (table,) = docx.Document(io.BytesIO(render(grid(), Format.WORD))).tables
    assert [len(row.cells) for row in table.rows] == [2, 2, 2, 2]
    assert table.rows[3].cells[1].text == "ikke omtalt"
    assert table.rows[1].cells[1].text.startswith(PLAN_FERRY)


def test_the_lead_is_the_receipt_of_coverage() -> None:
    assert "Lette gjennom 3 av 3 dokumenter, 6 avsnitt." in grid().entries[0].lead


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cn")), min_size=1, max_size=40))
def test_whatever_a_quote_holds_it_stands_in_its_cell(words: str) -> None:
    document: Document = raw_document(words)
    answer = compared(Row(document.source, (raw_quote(document),), 1))
    transcript = transcript_of([entry_of(answer)], Language.BOKMAAL, made=MADE)
    contents = contents_in("f", render(transcript, Format.MARKDOWN), Format.MARKDOWN)
    faults = {finding.fault for finding in check(contents, Shelf((document,)))}
    # Such a document has no paragraph that the reader would cut; its words are what is tried here.
    assert faults <= {Fault.PARAGRAPH, Fault.CITATION}

"""A document as the reader pane shows it."""

from dataclasses import replace

import pytest

from assistant.web.address import Address, Span, address_of
from assistant.web.document_view import View, byline, render_document, render_empty, render_problem
from index.documents import read_bytes
from index.documents.document import BlockKind, Document, Language, Metadata
from tests.index.made import TABLE
from tests.index.test_documents_formats import MADE
from tests.web.fake import DOCUMENTS, HARBOUR, HOSTILE, SCHOOL, UNTITLED, make_document, quote_of
from tests.web.reading import Reading

QUAY = quote_of(HARBOUR, "Kaia er 140 meter lang og koster 12 millioner kroner i året.", short="140 meter")
NIGHT = quote_of(HARBOUR, "Om natten går det ingen ferge, fordi mannskapet må hvile.")
PUPILS = quote_of(SCHOOL, "Skulen har 64 elevar.")


def shown(document: Document, view: View = View()) -> Reading:  # noqa: B008 (frozen)
    return Reading(render_document(document, view, Language.BOKMAAL))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda it: it.source.file)
def test_every_block_is_shown_whole_once_and_in_order(document: Document) -> None:
    [body] = shown(document).texts("div", "kv-ark")
    at = 0
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert words in body[at:], words
        at = body.index(words, at) + len(words)


def test_structure() -> None:
    reading = shown(HARBOUR)
    assert reading.texts("h3") == ["Havneplan for Sandvika"]
    assert reading.texts("h4") == ["Fergene"]
    assert reading.texts("li") == ["Bygge venterom ved kaia.", "Sette opp lys langs moloen."]
    assert reading.texts("p", "kv-bildetekst") == ["Kaia sett fra sør."]
    assert reading.texts("p", "kv-utenom") == ["Til sides", "Les også: Fisken er tilbake i fjorden"]
    assert reading.texts("p", "kv-side") == ["side 1", "side ii (PDF-side 2)"]


def test_a_table_is_a_table() -> None:
    reading = shown(HARBOUR)
    assert [it.get("scope") for it in reading.attributes("th")] == ["col", "col", "row", "row"]
    assert reading.texts("th") == ["Første år", "Andre år", "Miljø", "Trygghet"]
    green = "Fergene skal gå på strøm.Støyen skal dempes."
    assert reading.texts("td") == ["", green, "Landstrøm skal bygges ut.", "", "Moloen skal sikres."]


def test_a_table_without_names_of_its_own_is_a_table_too() -> None:
    cell = BlockKind.TABLE_CELL
    named = make_document(
        "a.txt", Metadata(), [(cell, "en", "x", "A"), (cell, "to", "x", "B"), (cell, "tre", "y", "B")]
    )
    reading = shown(named)
    assert reading.texts("th") == ["A", "B", "x", "y"]
    assert reading.texts("td") == ["", "en", "to", "", "tre"]
    bare = make_document("b.txt", Metadata(), [(cell, it, "", column) for it, column in ("1A", "2B", "3A", "4A", "5B")])
    assert shown(bare).texts("td") == ["", "1", "2", "34", "5"]


def table_of(*parts: tuple[BlockKind, str, str, str]) -> tuple[list[str], list[str]]:
    """The names and the cells of the table that these cells make."""
    reading = shown(make_document("t.txt", Metadata(), parts))
    return reading.texts("th"), reading.texts("td")


def test_the_first_column_heads_its_rows_under_its_own_name() -> None:
    head, cell = BlockKind.BOILERPLATE, BlockKind.TABLE_CELL
    heads = [(head, it, "", "") for it in ("Løsning", "Pris", "Antall")]
    first = [
        (cell, "Fellesanlegg", "", "Løsning"),
        (cell, "14 500 kr", "Fellesanlegg", "Pris"),
        (cell, "40", "Fellesanlegg", "Antall"),
    ]
    alone = [(cell, "Ingen", "", "Løsning"), (cell, "Egen boks", "", "Løsning"), (cell, "18", "Egen boks", "Antall")]
    names, cells = table_of(*heads, *first, *alone)
    assert names == ["Løsning", "Pris", "Antall", "Fellesanlegg", "Ingen", "Egen boks"]
    assert cells == ["14 500 kr", "40", "", "", "", "18"]


def test_a_row_s_name_may_be_several_paragraphs() -> None:
    cell = BlockKind.TABLE_CELL
    for column in ("Hva", ""):
        names, cells = table_of(
            (cell, "Lia", "", column), (cell, "borettslag", "", column), (cell, "40", "Lia  borettslag", "Antall")
        )
        assert names == ([column] if column else []) + ["Antall", "Lia\nborettslag"]
        assert cells == ([] if column else [""]) + ["40"]


def test_a_column_that_shares_the_first_one_s_name_is_kept() -> None:
    cell = BlockKind.TABLE_CELL
    _, cells = table_of((cell, "a", "", "Navn"), (cell, "b", "a", "Navn"), (cell, "c", "a", "År"))
    assert cells == ["", "b", "c"]


def test_short_cells_stay_narrow_and_many_columns_keep_the_rows_names_in_sight() -> None:
    cell = BlockKind.TABLE_CELL
    row = [(cell, "12 000 kr", "Lia", f"{year}") for year in range(2020, 2024)]
    wide = shown(make_document("t.txt", Metadata(), [*row, (cell, "Regnet ut av rådmannen.", "Lia", "Merknad")]))
    assert len(wide.attributes("div", "kv-bred")) == 1 and len(wide.attributes("td", "kv-kortcelle")) == 4
    assert wide.attributes("div", "kv-tabell")[0]["aria-label"] == "Tabell"
    assert not shown(make_document("t.txt", Metadata(), row[:3])).attributes("div", "kv-bred")


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_table_has_as_many_rows_as_its_file(name: str) -> None:
    names = shown(read_bytes(name, MADE[name]())).texts("th")
    assert names == [*TABLE[0], *(row[0] for row in TABLE[1:])]


def test_the_opened_quote_the_short_answer_and_the_other_quotes_are_marked() -> None:
    quotes = (address_of(QUAY), address_of(PUPILS), address_of(NIGHT))
    assert QUAY.short
    view = View(opened=Span(QUAY.start, QUAY.end), short=Span(QUAY.short.start, QUAY.short.end), quotes=quotes)
    reading = shown(HARBOUR, view)
    assert "".join(reading.texts("mark", "kv-her")) == QUAY.text
    assert reading.texts("mark", "kv-kort") == ["140 meter"]
    assert reading.texts("mark", "kv-annet") == [NIGHT.text]
    assert [it["class"] for it in reading.attributes("mark") if "id" in it] == ["kv-her"]
    assert reading.attributes("article")[0]["data-sted"] == str(address_of(QUAY))
    assert reading.texts("nav", "kv-steg") == ["Forrige sitat1 av 3Neste sitat"]
    assert [it["href"] for it in reading.attributes("a")] == [f"?sitat={quotes[2]}", f"?sitat={quotes[1]}"]


def test_a_quote_may_reach_over_several_blocks() -> None:
    start, end = HARBOUR.text.index("Fergene går"), HARBOUR.text.index(" ved kaia.")
    marked = shown(HARBOUR, View(opened=Span(start, end)))
    assert "".join(marked.texts("mark", "kv-her")) == HARBOUR.text[start:end].replace("\n\n", "")
    assert len([it for it in marked.attributes("mark") if it.get("id") == "kv-her"]) == 1


def test_a_whole_document_has_no_marks_and_no_steps() -> None:
    reading = shown(HARBOUR, View(quotes=(Address(HARBOUR.id, Span(0, 3)),)))
    assert reading.texts("mark") and not reading.texts("mark", "kv-her")
    assert not shown(HARBOUR).texts("mark") and not shown(HARBOUR).texts("nav", "kv-steg")
    assert reading.attributes("article")[0]["data-sted"] == HARBOUR.id


def test_hostile_text_stays_text() -> None:
    reading = shown(SCHOOL)
    assert HOSTILE in reading.all_text
    assert {tag for tag, _, _ in reading.elements} <= {
        *("article", "header", "button", "h2", "p", "div"),
        *("nav", "input", "span"),  # the tools
    }
    assert Reading(render_problem(HOSTILE, Language.BOKMAAL)).texts("p", "kv-feil") == [HOSTILE]


def test_what_the_document_says_of_itself() -> None:
    assert byline(HARBOUR.source, Language.BOKMAAL) == "Kari Nes, Ola Lid · Sandvika havn · 2021-05 · plan"
    many = replace(HARBOUR.source, metadata=Metadata(authors=("Kari Nes", "Ola Lid", "Per Dal", "Siv Mo"), date="2021"))
    assert byline(many, Language.BOKMAAL) == "Kari Nes m.fl. · 2021"
    assert byline(many, Language.ENGLISH) == "Kari Nes et al. · 2021"
    assert byline(UNTITLED.source, Language.BOKMAAL) == ""
    assert shown(UNTITLED).texts("h2") == ["notat.txt"]
    assert "Trykk på en kildehenvisning" in Reading(render_empty(Language.BOKMAAL)).all_text

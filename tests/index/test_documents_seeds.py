"""The five seed documents: each of their troubles, by what the reader makes of it."""

from pathlib import Path

import pytest

from index.documents import read_corpus, read_document
from index.documents.document import Block, BlockKind, Document, Language

SEEDS = Path(__file__).parents[2] / "seeds"
KRONIKK, RESOLUSJON, STRATEGI, BERGEN, OSLO = range(5)


@pytest.fixture(scope="module")
def seeds() -> tuple[Document, ...]:
    return read_corpus(SEEDS)


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


def block_with(document: Document, words: str) -> Block:
    found = [block for block in document.blocks if words in document.text[block.start : block.end]]
    assert len(found) == 1, (words, found)
    return found[0]


def test_metadata_is_what_the_documents_say(seeds: tuple[Document, ...]) -> None:
    said = [document.source.metadata for document in seeds]
    assert [one.title for one in said] == [
        "Rusmiddelpolitikk – partiet Venstre",
        "Regional rusreform i Innlandet",
        "Strategi 2023-2025",
        None,
        "Politiet har bortvist rusmisbrukere 13.046 ganger på 1,5 år",
    ]
    assert [one.date for one in said] == ["2017", None, None, "2017-12", None]
    assert [len(one.authors) for one in said] == [1, 6, 0, 0, 1]
    assert {one.language for one in said} == {Language.BOKMAAL}


def test_without_a_manifest_the_same_is_found_in_the_text(seeds: tuple[Document, ...]) -> None:
    for known in seeds:
        found = read_document(SEEDS / known.source.file).source.metadata
        assert found.authors == known.source.metadata.authors
        assert found.date == known.source.metadata.date
        assert found.language == known.source.metadata.language
        if known is not seeds[STRATEGI]:
            assert found.title == known.source.metadata.title


def test_headings_glued_to_hard_wrapped_paragraphs(seeds: tuple[Document, ...]) -> None:
    document = seeds[KRONIKK]
    assert texts(document, BlockKind.HEADING) == [
        "En human rusomsorg",
        "Behandling fremfor straff",
        "Overdoser",
        "Hva må gjøres",
    ]
    assert texts(document, BlockKind.TITLE) == ["Rusmiddelpolitikk – partiet Venstre"]
    assert texts(document, BlockKind.BYLINE) == ["Av: Johannes Bangum, Sentralstyremedlem i Unge Venstre (2017)"]
    assert "Det er rusmisbruket som må bekjempes ikke den rusavhengige." in document.text
    # A paragraph ends where a line is short although no empty line follows.
    assert texts(document, BlockKind.PARAGRAPH)[6].startswith("Forebyggingen handler om å nå ut til unge")
    assert len(texts(document, BlockKind.PARAGRAPH)) == 14


def test_empty_links_and_emphasis_are_not_text(seeds: tuple[Document, ...]) -> None:
    document = seeds[RESOLUSJON]
    assert "66 mennesker i Innlandet har mistet livet" in document.text
    assert "4 av 10 ungdom unngår" in document.text
    assert not set("[]*#") & set(document.text)
    assert texts(document, BlockKind.LIST_ITEM) == [
        "Innføre en regional rusreform i Innlandet.",
        "Styrke rusomsorgen i Innlandet.",
    ]
    assert texts(document, BlockKind.HEADING) == ["Innlandet Venstre vil:"]
    assert document.blocks[0].kind is BlockKind.BYLINE
    raw = (SEEDS / document.source.file).read_bytes()
    start = document.text.index("66 mennesker")
    begin, end = document.source_map.to_bytes(document.text, start, start + 2)
    assert raw[begin:end] == b"66"
    begin, end = document.source_map.to_bytes(document.text, start, start + len("66 mennesker"))
    assert raw[begin:end] == b"66](#) mennesker"


def test_a_sentence_cut_by_an_empty_line_is_whole_again(seeds: tuple[Document, ...]) -> None:
    assert "hvor samarbeidspartnere fra flere land er med. Vi jobber også internasjonalt" in seeds[STRATEGI].text


def test_lists_that_restart_keep_their_items_apart(seeds: tuple[Document, ...]) -> None:
    items = texts(seeds[STRATEGI], BlockKind.LIST_ITEM)
    assert items[4:13] == [
        "Politisk påvirkning",
        "Opplysningsarbeid",
        "Kunnskapsutvikling",
        "Tjenesteutvikling",
        "Skadeforebygging",
        "Rettighetsarbeid",
        "Avkriminalisering for alle brukergrupper.",
        "Risikoreduserende tiltak for alle brukergrupper (f. eks. rusmiddelanalyse).",
        "Statlig kontroll på cannabismarkedet",
    ]
    assert items[0].startswith("Ruspolitikken skal være kunnskapsbasert. Løsninger bør velges")


def test_unmarked_headings(seeds: tuple[Document, ...]) -> None:
    assert texts(seeds[STRATEGI], BlockKind.HEADING) == [
        "Strategi 2023-2025",
        "Om Tryggere Ruspolitikk",
        "Bakgrunn",
        "Situasjonsbeskrivelse",
        "Merkevare og omdømmebygging:",
        "Om strategien",
        "Virksomhetsområder",
        "Fokusområder",
        "Strategi 2023-2025",
        "Organisasjonsutvikling",
    ]
    assert 'Visjon: "En tryggere ruspolitikk for alle".' in texts(seeds[STRATEGI], BlockKind.PARAGRAPH)


def test_table_cells_know_row_and_column(seeds: tuple[Document, ...]) -> None:
    document = seeds[STRATEGI]
    cell = block_with(document, "Delta i debatten om bruk av tvangsmidler.")
    assert document.text[cell.start : cell.end] == "Delta i debatten om bruk av tvangsmidler."
    assert (cell.kind, cell.row, cell.column) == (BlockKind.TABLE_CELL, "Rettighetsarbeid", "Politisk påvirkning")
    cell = block_with(document, "Utvide analysetjenesten")
    assert (cell.row, cell.column) == ("Skadeforebygging", "Tjenesteutvikling")
    cell = block_with(document, "Holde foredrag med TU på skolene.")
    assert (cell.row, cell.column) == ("Skadeforebygging", "Opplysningsarbeid")
    assert sum(block.kind is BlockKind.TABLE_CELL and block.column is not None for block in document.blocks) >= 22
    assert "<p>" not in document.text


def test_the_date_before_the_first_sentence_is_metadata(seeds: tuple[Document, ...]) -> None:
    document = seeds[BERGEN]
    assert document.text.startswith("Etter nesten 40 år med feilslått narkotikapolitikk")
    assert {block.kind for block in document.blocks} == {BlockKind.PARAGRAPH}
    assert len(document.blocks) == 7
    raw = (SEEDS / document.source.file).read_bytes()
    begin, end = document.source_map.to_bytes(document.text, 0, 5)
    assert raw[begin:end] == b"Etter"


def test_a_newspaper_page(seeds: tuple[Document, ...]) -> None:
    document = seeds[OSLO]
    assert [block.kind for block in document.blocks[:5]] == [
        BlockKind.BOILERPLATE,
        BlockKind.TITLE,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
        BlockKind.BYLINE,
    ]
    assert texts(document, BlockKind.BYLINE) == ["Svend Ole Kvilesjø"]
    assert texts(document, BlockKind.CAPTION) == ["Arild Knutsen, leder i Foreningen for human narkotikapolitikk."]
    assert texts(document, BlockKind.HEADING) == [
        "Får få klager",
        "Vanskelig å måle effekten",
        "Mer krim, dårligere helse",
        "Overrasket over kritikken",
        "- Bruker ikke akkurat Facebook",
        "Vil hindre nyrekruttering",
        "Fører ikke til færre rusavhengige",
    ]


def test_other_articles_titles_are_never_quoted(seeds: tuple[Document, ...]) -> None:
    boilerplate = texts(seeds[OSLO], BlockKind.BOILERPLATE)
    for title in (
        "Orden på gaten er jobb nummer én",
        "Uvanlig sterk heroin har doblet antall overdoser",
        "Krever endring i ruspolitikken",
        "Setter narkomane på toget til Trondheim",
        "Bortviser 200 rusmisbrukere i uken",
        "91 unge fra 26 land er hjemløse kriminelle",
        "Mest rusmisbruk utenfor storbyene",
    ):
        assert title in boilerplate
    assert len(boilerplate) == 15


def test_speech_keeps_its_dash_and_its_missing_spaces(seeds: tuple[Document, ...]) -> None:
    document = seeds[OSLO]
    assert not texts(document, BlockKind.LIST_ITEM)
    paragraphs = texts(document, BlockKind.PARAGRAPH)
    assert "- Politiet hevder det er lite klager på praksisen med bortvisninger." in paragraphs
    assert any(text.startswith("- De dagene det er god politidekning,får vi") for text in paragraphs)
    assert any("politimennene.Unntaket er" in text for text in paragraphs)
    assert any(text.startswith("— Vi har en policy") for text in paragraphs)

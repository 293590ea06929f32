"""A PDF as a browser prints it: drawn bullets, running heads, footnotes, columns, tables over pages, a wide page.

``skrevet-ut.pdf`` was printed by Chromium from ``skrevet-ut.html``, with a running head and page numbers. A browser,
where there is one, prints it anew, with its own fonts and so with other lines and pages.
"""

from pathlib import Path

import pytest

from index.documents.document import BlockKind, Document
from tests.index.test_documents_pdf import read, shape

HERE = Path(__file__).parents[1] / "data" / "documents"
HEAD = '<div style="font-size:8pt;width:100%;margin:0 22mm;text-align:right">Plan for tryggere skoleveier</div>'
FOOT = '<div style="font-size:8pt;width:100%;text-align:center"><span class="pageNumber"></span></div>'


@pytest.fixture(scope="module")
def printed() -> Document:
    return read((HERE / "skrevet-ut.pdf").read_bytes())


def demand(document: Document) -> None:
    """What must hold however wide the letters are."""
    found = shape(document)
    told = {text: kind for kind, text in found}
    assert found[0] == ("title", "Plan for tryggere skoleveier 2025–2029")
    headings = [text for kind, text in found if kind == "heading"]
    wide = "Høringssvar som kommunen har lagt særlig vekt på i arbeidet med planen og tiltakene i den"
    assert headings == ["1 Bakgrunn", wide, "2 Tiltakene", "3 Ansvar"]
    assert [text for kind, text in found if kind == "list_item"] == [
        "bygge gang- og sykkelvei langs Elvegata innen 2027",
        "med lys på hele strekningen",
        "med brøyting før klokka sju",
        "sette ned fartsgrensen til 30 km/t ved alle skoler, slik foreldrene har bedt om i flere år, og skilte det "
        "tydelig",
        "Tiltakene prioriteres i budsjettet.",
        "Utvalget får en rapport hver høst.",
    ]
    assert told["Tallene er i faste kroner."] == "paragraph"
    assert "hver morgen. Det gir kø foran skolene" in document.text
    assert "hjelp av skoleassistentordningen og trafikksikkerhetsutvalget." in document.text
    assert "1.2 E-tjenesten for reisevaner er lagt ned." in document.text
    assert "Plan for tryggere skoleveier\n" not in document.text and document.text.count("skoleveier 2025") == 1
    columns = document.text.index("Foreldrenes arbeidsutvalg"), document.text.index("Syklistenes lag")
    assert columns[0] < columns[1] < document.text.index("Ungdomsrådet vil") < document.text.index("Vegvesenet minner")
    cells = {
        document.text[block.start : block.end]: (block.row, block.column)
        for block in document.blocks
        if block.kind is BlockKind.TABLE_CELL
    }
    assert cells["Gang- og sykkelvei på nordsiden, med rekkverk mot elva og lys på hele strekningen."] == (
        "Elvegata",
        "Hva som skal gjøres",
    )
    assert cells["6,0"] == ("Elvegata", "Kostnad i millioner kroner 2026")
    assert cells["kantstein av granitt"] == ("Skolegata ved Berg", "Hva som skal gjøres")
    for street in ("Kirkeveien", "Lia", "Øvre Torg", "Myrgata"):
        text = f"Nytt dekke og bedre sikt i kryssene, slik at bilførere ser barna i tide ved {street}."
        assert cells[text] == (street, "Hva som skal gjøres")
    assert [text for kind, text in found if kind == "boilerplate"] == [
        "Tiltak",
        "Kostnad i millioner kroner",
        "Hva som skal gjøres",
        "2025",
        "2026",
        "Mål",
        "Frist",
        "Ansvarlig",
        "Slik vet vi at målet er nådd",
    ]
    goal = (
        "Krysset er bygd om, og farten er målt til under 30 km/t i minst to uker etter at skolen er begynt igjen om "
        "høsten."
    )
    assert cells[goal] == ("Tryggere kryss ved Berg", "Slik vet vi at målet er nådd")


def test_what_a_browser_prints(printed: Document) -> None:
    demand(printed)
    assert len(printed.pages) == 5
    place = printed.places_of(*_span(printed, "Lys på alle skoleveier"))[0]
    assert place.page == 5


@pytest.mark.browser
def test_what_this_browser_prints() -> None:
    from playwright.sync_api import sync_playwright

    from tests.web.test_browser import CHROMIUM, FLAGS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.set_content((HERE / "skrevet-ut.html").read_text("utf-8"))
        data = page.pdf(
            prefer_css_page_size=True, display_header_footer=True, header_template=HEAD, footer_template=FOOT
        )
        browser.close()
    demand(read(data))


def _span(document: Document, text: str) -> tuple[int, int]:
    start = document.text.index(text)
    return start, start + len(text)

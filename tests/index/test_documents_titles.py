"""Titles that a program made up give way to what the first page says."""

import pytest

from index.documents import read_bytes
from index.documents.text import read_text
from tests.index.made import BODY, TITLE
from tests.index.made_pdf import LEFT, Paper, sample


def titled(title: str, name: str = "plan.pdf", *, heading: bool = True) -> str | None:
    paper = Paper()
    paper.canvas.setTitle(title)
    if heading:
        paper.heading(TITLE, 20)
    for text in BODY:
        paper.paragraph(text, x=LEFT)
    return read_bytes(name, paper.done()).source.metadata.title


@pytest.mark.parametrize(
    "made_up",
    ["Microsoft Word - dok1.docx", "Microsoft Word – rapport endelig.doc", "untitled", "Uten tittel", "plan_endelig_v3"]
    + ["plan.indd", "Dokument1", "2024-11-03", ""],
)
def test_a_made_up_title_gives_way_to_the_first_page(made_up: str) -> None:
    assert titled(made_up) == TITLE
    assert titled(made_up, heading=False) is None, "nothing is made up in its place"


def test_a_title_that_is_the_file_s_name_says_nothing() -> None:
    assert titled("Endelig versjon 3", "Endelig versjon 3.pdf") == TITLE
    assert titled("endelig-versjon 3", "Endelig versjon 3.pdf", heading=False) is None
    assert titled(TITLE, f"{TITLE}.pdf") == TITLE


@pytest.mark.parametrize(
    ("author", "publisher"),
    [("Fjordvik kommune", "Fjordvik kommune"), ("Møre og Romsdal fylkeskommune", "Møre og Romsdal fylkeskommune")]
    + [("Kari Holm", None), ("Kari Holm og Fjordvik kommune", None), ("OLA THOMAS", None), ("kommune", None)],
)
def test_a_body_that_stands_as_author_is_the_publisher(author: str, publisher: str | None) -> None:
    paper = Paper()
    paper.canvas.setAuthor(author)
    for text in BODY:
        paper.paragraph(text, x=LEFT)
    known = read_bytes("plan.pdf", paper.done()).source.metadata
    assert known.publisher == publisher
    assert known.authors == (("Kari Holm",) if author.startswith("Kari") else known.authors)
    assert publisher not in known.authors


def test_the_file_s_authors_are_all_of_them_where_the_first_stands_on_the_page() -> None:
    paper = Paper()
    paper.canvas.setAuthor("Kari Holm, Ola Berg og Siv Vik")
    paper.heading(TITLE, 20)
    paper.paragraph("Kari Holm, leder i Unge Røst")
    for text in BODY:
        paper.paragraph(text, x=LEFT)
    assert read_bytes("plan.pdf", paper.done()).source.metadata.authors == ("Kari Holm", "Ola Berg", "Siv Vik")


def test_a_real_title_stays_where_the_page_has_none() -> None:
    assert titled("Trygge veier for alle", heading=False) == "Trygge veier for alle"
    assert read_bytes("skole.pdf", sample()).source.metadata.title == TITLE


LETTERHEAD = "Fjordvik kommune\nRådmannen\n\nHelse- og omsorgsdepartementet\nPostboks 8011 Dep\n0030 OSLO\n\n"


@pytest.mark.parametrize("references", ["", "Deres ref.: 21/1234        Vår ref.: 2021/456-3\n\n"])
@pytest.mark.parametrize("title", ["Svar på høring", "Høringssvar – endringer i lov om skolebygg m.m."])
def test_a_letter_is_called_by_what_it_is_about(references: str, title: str) -> None:
    letter = f"{LETTERHEAD}{references}{title}\n\nVi viser til brevet. {BODY[0]}\n\n1. Frist\n\n{BODY[1]}"
    document = read_text("brev.txt", letter.encode())
    assert document.source.metadata.title == title
    kinds = {document.text[block.start : block.end]: block.kind.value for block in document.blocks}
    assert kinds["Fjordvik kommune"] == kinds["Helse- og omsorgsdepartementet"] == "paragraph"


def test_what_heads_a_document_s_front_matter_is_not_its_title() -> None:
    said = read_text("a.md", f"Straff eller hjelp?\n\n# Innhold\n\n# Om straff\n\n{BODY[0]}".encode()).source.metadata
    assert said.title == "Straff eller hjelp?"
    minutes = (
        "MØTEPROTOKOLL\n\nDato: 07.03.2023\n\nTil stede:\nNavn              Rolle\nKari Gran         Leder\n"
        f"Per Lie           Nestleder\n\nSAKLISTE\n\nPS 1/23 Skolebygg\n\n{BODY[0]}"
    )
    said = read_text("a.txt", minutes.encode()).source.metadata
    assert (said.title, said.authors, said.date) == ("MØTEPROTOKOLL", (), "2023-03-07")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Utredning fra et utvalg.\nAvgitt til Finansdepartementet 3. mai 2021.", "2021-05-03"),
        ("Tilråding fra Kulturdepartementet 4. juni 2021, godkjent i statsråd samme dag.", "2021-06-04"),
        ("Deres ref.: Vår ref.: Dato: 21/7 (3.5.2021) 21/9 14.06.2021", "2021-06-14"),
        ("Når skal dette skje?\n\nInnen 1. august 2024.", None),
        ("Av Kari Holm\nUniversitetet i Hamnøy, høsten 2021", "2021"),
    ],
)
def test_when_it_was_handed_over_is_its_date_and_a_short_answer_is_not(line: str, date: str | None) -> None:
    said = read_text("a.txt", f"Skoleveier i Fjordvik\n\n{line}\n\n{BODY[0]}".encode()).source.metadata
    assert said.date == date


def test_a_line_with_a_date_below_the_title_tells_when_and_is_no_subtitle() -> None:
    paper = Paper()
    paper.heading("Hovedplan for vann", 20)
    paper.paragraph("Lyngdal kommune, teknisk etat, 14. juni 2021", size=13)
    for text in BODY:
        paper.paragraph(text, x=LEFT)
    known = read_bytes("plan.pdf", paper.done()).source.metadata
    assert (known.title, known.date) == ("Hovedplan for vann", "2021-06-14")

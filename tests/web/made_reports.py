"""Long documents to read in: a PDF with two kinds of page numbers, and a text of some 300 pages."""

from functools import cache

from index.documents import read_bytes
from index.documents.document import Document, Language, Metadata
from tests.index.made_pdf import LEFT, RIGHT, Paper, wrapped

FRONT = ("i", "ii")
HEADINGS = (
    *("Farvannet i sør", "Bemanning og vakter", "Olje, gass og strøm", "Tåkelurer", "Havnene", "Værvarsling"),
    *("Vedlikehold av lykter", "Kostnader", "Ansvar i kommunene", "Utdanning", "Museer og vern", "Veien videre"),
)
"""Of the chapters, a page each."""
OVER_THE_BREAK = (
    "Rådet for fyrvesenet mener at lyktene på skjærgårdens ytterste holmer skal tennes en halv time før solen går ned, "
    "også i de lyse månedene, og at vaktene skal føre protokoll over hver eneste natt."
)
"""A sentence whose first lines stand on one page, and the last on the next."""
FILLER = "Fyrene langs kysten ble bygd av stein fra bruddene i fjordene, og hver stein er merket med et årstall."


@cache
def report() -> Document:
    """A PDF of 14 pages; the first two are numbered i and ii, the others 1 to 12."""
    paper = Paper()
    numbers = [*FRONT, *map(str, range(1, len(HEADINGS) + 1))]
    paper.furniture = lambda canvas, page: canvas.drawCentredString(297, 40, numbers[page - 1])
    paper.canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    paper.canvas.addPageLabel(len(FRONT), style="ARABIC", start=1)
    paper.heading("Fyrene på kysten", 22)
    paper.paragraph("Innstilling fra utvalget for fyr og merker.")
    paper.new_page()
    paper.paragraph("Forord skrevet av utvalget. " + FILLER)
    broken = wrapped(OVER_THE_BREAK, RIGHT - LEFT)
    for chapter, heading in enumerate(HEADINGS, start=1):
        paper.new_page()
        if chapter == 8:
            paper.lines(broken[1:])
        paper.heading(heading, 15)
        paper.paragraph(f"Fyrlykt nummer {chapter} ble tent i {1800 + chapter} og lyser {chapter} mil. {FILLER}")
        for _ in range(5):
            paper.paragraph(f"{FILLER} {FILLER}")
        if chapter == 7:
            paper.lines(broken[:1])
    return read_bytes("fyr.pdf", paper.done(), metadata=Metadata(title="Fyrene på kysten", publisher="Fyrvesenet"))


@cache
def long_text() -> Document:
    """A Markdown text as long as 300 pages, with a heading for each of its 100 chapters."""
    chapters = []
    for chapter in range(1, 101):
        paragraphs = [f"## Del {chapter} om sjømerker", f"Blåskjær nummer {chapter} ligger {chapter} favner dypt."]
        paragraphs += [f"{FILLER} {FILLER} {FILLER} ({chapter}.{number})" for number in range(1, 26)]
        chapters.append("\n\n".join(paragraphs))
    text = "# Sjømerker\n\n" + "\n\n".join(chapters)
    return read_bytes("sjomerker.md", text.encode(), metadata=Metadata(title="Sjømerker", publisher="Fyrvesenet"))


COLUMNS = 16
"""Of the wide table, beside its rows' names."""


@cache
def wide_table() -> Document:
    """A table far wider than any window; a sentence stands in its last column."""
    years = [f"Passeringer i {2001 + column}" for column in range(COLUMNS - 1)]
    rows = [["Vertskap", *years, "Merknad"], ["---"] * (COLUMNS + 1)]
    for row in range(1, 9):
        counts = [str(1000 * row + column) for column in range(COLUMNS - 1)]
        rows.append([f"Slipp {row}", *counts, f"Vertskapet ved slipp {row} vil grave ut kanalen før neste sommer."])
    text = "# Slippene\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"
    return read_bytes("slipper.md", text.encode(), metadata=Metadata(title="Slippene", publisher="Fyrvesenet"))


@cache
def notes() -> tuple[Document, ...]:
    """200 short notes, of 30 publishers, 4 kinds, 10 years and 2 languages."""
    kinds = ("notat", "brev", "høringssvar", "rapport")
    return tuple(
        read_bytes(
            f"notat{number}.txt",
            f"Protokoll {number} fra møtet i kaféen ved torget, skrevet ned samme kveld.".encode(),
            metadata=Metadata(
                title=f"Notat {number}",
                publisher=f"Kystlag {number % 30}",
                date=str(2000 + number % 10),
                kind=kinds[number % 4],
                language=Language.NYNORSK if number % 5 == 0 else Language.BOKMAAL,
            ),
        )
        for number in range(200)
    )

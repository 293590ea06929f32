"""Tables in PDFs: cells of several lines, over several rows and columns; tables over pages, tables without rules."""

from collections.abc import Sequence

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table

from index.documents.document import Block, BlockKind, Document
from index.documents.pdf_rules import Rule
from index.documents.pdf_tables import tables_of
from index.documents.pdf_words import Word
from tests.index.made_pdf import LEFT, RIGHT, Paper
from tests.index.test_documents_pdf import PROSE, read

Rows = Sequence[Sequence[str]]

HEAD = ("Tiltak", "Ansvarlig", "Hva som skal gjøres")
ROWS = (
    HEAD,
    ("Elvegata", "Teknisk etat", "Kommunen bygger gang- og sykkelvei på nordsiden, med rekkverk mot elva og lys."),
    ("Skolegata ved Berg skole", "Vegvesenet", "Fortauet gjøres bredere, og busslommen flyttes bort fra porten."),
    ("Torget", "Næringsforeningen sammen med kommunen", "Stativene får tak før høsten kommer."),
)
GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
_STYLE = ParagraphStyle("celle", fontName="Helvetica", fontSize=10, leading=12)
_BOLD = ParagraphStyle("hode", fontName="Helvetica-Bold", fontSize=10, leading=12)


def made(rows: Rows, style: list[tuple[object, ...]], *, bold: int = 1, widths: Sequence[float] = ()) -> Table:
    cells = [
        [Paragraph(text, _BOLD if number < bold else _STYLE) if text else "" for text in row]
        for number, row in enumerate(rows)
    ]
    return Table(cells, colWidths=list(widths) or [90, 110, 200], style=style)


def drawn(paper: Paper, table: Table) -> None:
    width, height = table.wrapOn(paper.canvas, RIGHT - LEFT, 10_000)
    paper.y -= height
    table.drawOn(paper.canvas, LEFT, paper.y)
    paper.y -= 30


def page(table: Table) -> Document:
    paper = Paper()
    paper.paragraph(PROSE)
    drawn(paper, table)
    paper.paragraph(PROSE)
    return read(paper.done())


def cells(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE_CELL]


def told(document: Document) -> list[tuple[str | None, str | None, str]]:
    return [(block.row, block.column, document.text[block.start : block.end]) for block in cells(document)]


def expected(rows: Rows) -> list[tuple[str | None, str | None, str]]:
    return [
        (row[0] if column else None, rows[0][column], text)
        for row in rows[1:]
        for column, text in enumerate(row)
        if text
    ]


@pytest.mark.parametrize(
    "style",
    [
        GRID,
        [*GRID, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
        [("BOX", (0, 0), (-1, -1), 1, colors.black), ("INNERGRID", (0, 0), (-1, -1), 0.25, colors.grey)],
        [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")],
        [("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 9)],
        [
            ("ROWBACKGROUNDS", (0, 0), (-1, -1), (colors.lightgrey, colors.white)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
        ],
    ],
    ids=["grid", "middle", "box", "below", "white", "shaded"],
)
def test_a_cell_of_several_lines_is_one_cell(style: list[tuple[object, ...]]) -> None:
    document = page(made(ROWS, style))
    assert told(document) == expected(ROWS)
    heads = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.BOILERPLATE]
    assert heads == list(HEAD)
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.PARAGRAPH] == [PROSE, PROSE]


def test_cells_over_several_rows_and_columns() -> None:
    rows = (
        ("Vei", "Millioner kroner", "", "Hva"),
        ("", "2025", "2026", ""),
        ("Elvegata", "4,5", "6,0", "Gang- og sykkelvei med lys på hele strekningen"),
        ("", "0,3", "0,4", "Brøyting før klokka sju på hverdager"),
        ("Torget", "1,0", "–", "Stativ med tak"),
    )
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (3, 1)), ("SPAN", (0, 2), (0, 3))]
    document = page(made(rows, [*GRID, *spans], bold=2, widths=[80, 60, 60, 180]))
    assert told(document) == [
        (None, "Vei", "Elvegata"),
        ("Elvegata", "Millioner kroner 2025", "4,5"),
        ("Elvegata", "Millioner kroner 2026", "6,0"),
        ("Elvegata", "Hva", "Gang- og sykkelvei med lys på hele strekningen"),
        ("Elvegata", "Millioner kroner 2025", "0,3"),
        ("Elvegata", "Millioner kroner 2026", "0,4"),
        ("Elvegata", "Hva", "Brøyting før klokka sju på hverdager"),
        (None, "Vei", "Torget"),
        ("Torget", "Millioner kroner 2025", "1,0"),
        ("Torget", "Millioner kroner 2026", "–"),
        ("Torget", "Hva", "Stativ med tak"),
    ]


@pytest.mark.parametrize("again", [True, False], ids=["head again", "head once"])
def test_a_table_goes_on_over_the_page(again: bool) -> None:
    rows = [HEAD] + [
        (
            f"Vei {number}",
            "Teknisk etat",
            f"Nytt dekke og bedre sikt i kryssene, slik at barna sees i tide ved {number}",
        )
        for number in range(1, 41)
    ]
    paper = Paper()
    paper.paragraph(PROSE)
    first, second = rows[:20], rows[20:]
    drawn(paper, made(first, GRID))
    paper.new_page()
    drawn(paper, made([HEAD, *second] if again else second, GRID, bold=int(again)))
    assert told(read(paper.done())) == expected(rows)


def test_a_row_that_a_page_break_parts_is_one() -> None:
    last = ("Torget ved gamle Sagmyra", "Kommunen", "Stativene får tak, og lampene skiftes før høsten kommer.")
    paper = Paper()
    drawn(
        paper,
        made([HEAD, ("Elvegata", "Etaten", "Det bygges."), ("Torget ved", "Kommunen", "Stativene får tak, og")], GRID),
    )
    paper.new_page()
    drawn(
        paper,
        made([("gamle Sagmyra", "", "lampene skiftes før høsten kommer."), ("Lia", "Etaten", "Grus.")], GRID, bold=0),
    )
    found = told(read(paper.done()))
    assert found == expected([HEAD, ("Elvegata", "Etaten", "Det bygges."), last, ("Lia", "Etaten", "Grus.")])


def test_a_word_that_its_cell_has_no_room_for() -> None:
    paper = Paper()
    paper.paragraph(PROSE + " Skolehelsetjenesten er åpen.")
    broken = ("Råd", "Skolehelsetjenes<br/>ten er åpen", "Kommunen svarer.")
    drawn(paper, made([HEAD, ROWS[1], broken, ROWS[2]], GRID))
    assert ("Råd", "Ansvarlig", "Skolehelsetjenesten er åpen") in told(read(paper.done()))


def test_two_words_one_above_the_other_stay_two() -> None:
    rows = (
        HEAD,
        ("Elvegata", "Helse<br/>tjenesten", "Den er åpen."),
        ("Torget", "Barnehagen<br/>etter skolen", "Og den."),
    )
    assert [text for _, column, text in told(page(made(rows, GRID))) if column == "Ansvarlig"] == [
        "Helse tjenesten",
        "Barnehagen etter skolen",
    ]


def test_a_sentence_in_the_first_row_is_no_column_s_name() -> None:
    rows = (("Elvegata", "Her bygges det gang- og sykkelvei."), ("Torget", "Her kommer det stativ med tak."))
    document = page(made(rows, GRID, bold=0, widths=[90, 250]))
    assert [text for _, _, text in told(document)] == [text for row in rows for text in row]


def test_frames_and_columns_of_text_are_no_tables() -> None:
    paper = Paper()
    paper.canvas.rect(LEFT - 10, 400, RIGHT - LEFT + 20, 400)
    paper.canvas.line(LEFT - 10, 600, RIGHT + 10, 600)
    middle = (LEFT + RIGHT) / 2
    for x, right in ((LEFT, middle - 12), (middle + 12, RIGHT)):
        paper.y = 760
        for _ in range(3):
            paper.paragraph(PROSE, x=x, right=right, size=10)
    document = read(paper.done())
    assert not cells(document)
    assert [document.text[b.start : b.end] for b in document.blocks] == [PROSE] * 6


def test_numbered_paragraphs_are_no_table() -> None:
    paper = Paper()
    for number in range(1, 7):
        y = paper.y
        paper.line(f"3.{number}")
        paper.y = y
        paper.paragraph(PROSE, x=LEFT + 40)
    assert not cells(read(paper.done()))


def test_bullets_in_a_cell_are_told_apart() -> None:
    rows = (
        HEAD,
        ("Elvegata", "Etaten", "Dette gjøres:<br/>• nytt fortau<br/>• lys på hele strekningen langs elva og broa"),
    )
    found = [text for _, column, text in told(page(made([*rows, ROWS[2]], GRID))) if column == HEAD[2]]
    assert found[:3] == ["Dette gjøres:", "nytt fortau", "lys på hele strekningen langs elva og broa"]


def crossed(across: int, down: int) -> list[Rule]:
    """Rules that cross each other, as on graph paper."""
    width, height = 400 * (down + 1), 400 * (across + 1)
    level = [Rule(0, 400 * n, width, 400 * n) for n in range(1, across + 1)]
    return level + [Rule(400 * n, 0, 400 * n, height) for n in range(1, down + 1)]


def apart(count: int) -> list[Rule]:
    """Small crosses that do not meet each other, as on a map."""
    return [
        rule
        for n in range(count)
        for rule in (Rule(5_000 * n, 0, 5_000 * n + 1_000, 0), Rule(5_000 * n + 500, -500, 5_000 * n + 500, 500))
    ]


@pytest.mark.parametrize(
    "rules", [crossed(1_500, 1_500), crossed(300, 300), apart(2_000), apart(350)], ids=["paper", "grid", "map", "plan"]
)
def test_a_drawing_is_no_table_and_does_not_take_all_day(rules: list[Rule]) -> None:
    words = [Word("nord", 450 + 400 * n, 450, 700 + 400 * n, 700) for n in range(50)]
    assert tables_of(words, rules) == []

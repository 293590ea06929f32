"""PDFs with every trouble that PDFs have, made on purpose."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.index.made import BODY, HEADING, LIST, SECOND, TABLE, TITLE

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP = 72.0, WIDTH - 72.0, HEIGHT - 90.0


class Paper:
    """A canvas with a cursor that goes down the page."""

    def __init__(self, **settings: object) -> None:
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=A4, invariant=1, **settings)  # type: ignore[arg-type]
        self.y = TOP
        self.furniture: Callable[[Canvas, int], None] = lambda canvas, page: None

    def line(self, text: str, *, x: float = LEFT, size: float = 11, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y, text)
        self.y -= 1.27 * size

    def lines(self, lines: Sequence[str], *, x: float = LEFT, size: float = 11, after: float = 8) -> None:
        for text in lines:
            self.line(text, x=x, size=size)
        self.y -= after

    def paragraph(
        self, text: str, *, x: float = LEFT, right: float = RIGHT, size: float = 11, first: float = 0
    ) -> None:
        lines = wrapped(text, right - x, size, first=first)
        for number, line in enumerate(lines):
            self.line(line, x=x + (0 if number else first), size=size)
        self.y -= 8 if not first else 0

    def heading(self, text: str, size: float = 16) -> None:
        self.y -= 10
        self.line(text, size=size, font="Helvetica-Bold")
        self.y -= 6

    def new_page(self) -> None:
        self.furniture(self.canvas, self.canvas.getPageNumber())
        self.canvas.showPage()
        self.y = TOP

    def done(self) -> bytes:
        self.furniture(self.canvas, self.canvas.getPageNumber())
        self.canvas.save()
        return self.file.getvalue()


def wrapped(text: str, width: float, size: float = 11, *, first: float = 0) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        wider = f"{line} {word}".strip()
        if stringWidth(wider, "Helvetica", size) > width - (first if not lines else 0):
            lines.append(line)
            wider = word
        line = wider
    return [*lines, line]


def sample(**settings: object) -> bytes:
    """The text that is made in every format."""
    paper = Paper(**settings)
    paper.heading(TITLE, 20)
    for text in BODY:
        paper.paragraph(text)
    paper.heading(HEADING, 14)
    for text in SECOND:
        paper.paragraph(text)
    for item in LIST:
        paper.paragraph(f"• {item}", x=LEFT + 12)
    paper.y -= 10
    for row in TABLE:
        for column, cell in enumerate(row):
            paper.canvas.setFont("Helvetica", 11)
            paper.canvas.drawString(LEFT + 150 * column, paper.y, cell)
        paper.y -= 16
    return paper.done()

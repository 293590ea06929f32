"""A block of a PDF in the making: rows that belong together."""

import re
from dataclasses import dataclass, field

from index.documents.document import BlockKind
from index.documents.pdf_layout import Row

BULLET = re.compile(r"([•‣◦▪▫●○■□·*+\-–—\uf0b7\uf0a7\u2713])\s+(?=\S)")
MARKER = re.compile(r"[•‣◦▪▫●○■□·*+\-–—\uf0b7\uf0a7\u2713]|\(?(?:\d{1,3}|[a-zæøå])[.)]")
LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}$|…{2,}\s*\d{1,4}$")
"""A line of a table of contents."""


@dataclass(slots=True)
class Block:
    """Rows that belong together."""

    rows: list[Row]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    gap: bool = True
    marker: str = ""
    number: int = 0
    with_marker: int = 0
    footnote: str = ""
    """Its number, if it is one."""
    cell: bool = False
    """It is of a table."""
    at: tuple[int, int] = (0, 0)
    """Of a cell: the rows and columns before it."""
    row_name: str | None = None
    beside: "list[Block]" = field(default_factory=list)
    """The blocks of the cell that names the row, instead of ``row_name``."""
    column: str | None = None

    @property
    def text(self) -> str:
        """Its rows, a space between them."""
        return " ".join(row.text for row in self.rows)

    @property
    def height(self) -> float:
        """Of its first row."""
        return self.rows[0].height

"""The reader of plain text and Markdown; it goes by what the text holds, since ``.txt`` files hold Markdown too."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from index.documents.decoding import Decoded, decode
from index.documents.document import Block, BlockKind, Document, Metadata, Run, Source, SourceMap
from index.documents.inline import Piece
from index.documents.lines import split_lines
from index.documents.metadata import merged, said_by, stated_date
from index.documents.roles import assign_roles
from index.documents.units import Unit, build_units
from index.errors import EmptyDocument

SUFFIXES = (".txt", ".text", ".md", ".markdown")
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_SEPARATOR = "\n\n"


def read_text(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The document in a file of plain text or Markdown.

    What ``metadata`` says wins over what the document says of itself. Raises ``DocumentError``.
    """
    decoded = decode(name, data)
    date, skipped = stated_date(decoded.text)
    # Blanks of the same length keep every offset.
    source = " " * skipped + decoded.text[skipped:]
    compounds = frozenset(word.lower() for word in _COMPOUND.findall(source))
    units = build_units(source, split_lines(source), compounds)
    units = assign_roles(units, source, compounds)
    if not units:
        raise EmptyDocument(file=name)
    text, blocks, pieces = assembled(units)
    said = said_by(text, blocks)
    if date:
        said = replace(said, date=date)
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(
        source=Source(id=f"d{sha256[:16]}", file=name, sha256=sha256, metadata=merged(metadata, said)),
        text=text,
        blocks=blocks,
        source_map=SourceMap(_runs(pieces, decoded), decoded.encoding),
        original=data,
    )


def assembled(units: Sequence[Unit]) -> tuple[str, tuple[Block, ...], list[Piece]]:
    """Canonical text, its blocks, and the pieces it is made of, separators included."""
    pieces: list[Piece] = []
    blocks: list[Block] = []
    at = 0
    for unit in units:
        if pieces:
            pieces.append(Piece(_SEPARATOR, pieces[-1].end, unit.pieces[0].start, verbatim=False))
            at += len(_SEPARATOR)
        levelled = unit.kind in (BlockKind.TITLE, BlockKind.HEADING, BlockKind.LIST_ITEM)
        blocks.append(
            Block(unit.kind, at, at + len(unit.text), unit.level if levelled else 0, row=unit.row, column=unit.column)
        )
        pieces += unit.pieces
        at += len(unit.text)
    return "".join(piece.text for piece in pieces), tuple(blocks), pieces


def _runs(pieces: Sequence[Piece], decoded: Decoded) -> tuple[Run, ...]:
    """The pieces as runs of canonical text over bytes; neighbours that are both verbatim become one."""
    runs: list[Run] = []
    char = 0
    byte = decoded.offset
    at = 0

    def to_byte(offset: int) -> int:
        nonlocal char, byte
        if offset < char:  # only ever within the last few characters: a merged cluster shares its source
            return byte - len(decoded.text[offset:char].encode(decoded.encoding))
        byte += len(decoded.text[char:offset].encode(decoded.encoding))
        char = offset
        return byte

    for piece in pieces:
        start, end = to_byte(piece.start), to_byte(piece.end)
        stop = at + len(piece.text)
        last = runs[-1] if runs else None
        if last is not None and last.verbatim and piece.verbatim and last.source_end == start:
            runs[-1] = Run(last.start, stop, last.source_start, end, verbatim=True)
        else:
            runs.append(Run(at, stop, start, end, piece.verbatim))
        at = stop
    return tuple(runs)

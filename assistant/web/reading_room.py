"""What the pane fetches of a document while it is read: parts of the text, pictures of pages, outline, finds.

No web framework here, and nothing that a client sends is trusted.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from assistant.web.address import Address, Span, parse_address, parse_span
from assistant.web.document_view import View, render_part
from assistant.web.finding import Found, find
from assistant.web.page_view import box, lines_of
from assistant.web.pane_tools import render_outline
from assistant.web.text_parts import part_at, parts_of, runs_of
from index.documents.document import Document, Language
from index.documents.page_images import PageImages, Size
from index.errors import KildesvarError

log = logging.getLogger(__name__)

MAX_QUOTES = 20
"""Quotes of one answer that a request may name."""


class Shelf(Protocol):
    """Where the documents are."""

    def document(self, document_id: str) -> Document:
        """One document, whole. Raises ``UnknownDocument``."""
        ...

    def original(self, document_id: str) -> bytes:
        """The bytes of its file; empty where they were not kept. Raises ``UnknownDocument``."""
        ...


class ReadingRoom:
    """Hands out pieces of documents. Safe with threads."""

    def __init__(self, shelf: Shelf, images: PageImages | None = None) -> None:
        """Read what is on ``shelf``."""
        self._shelf, self._images = shelf, images or PageImages()

    def sizes(self, document: Document) -> tuple[Size, ...]:
        """The sizes of the pages that can be shown as pictures; empty where there are none."""
        if not document.pages or not document.source.file.lower().endswith(".pdf"):
            return ()
        try:
            return self._images.sizes(document.id, lambda: self._shelf.original(document.id))
        except (KildesvarError, OSError):  # then there is still the text
            log.exception("The pages of a document could not be opened")
            return ()

    def picture(self, document_id: str, *, page: int, width: int) -> bytes:
        """A page (from 1) as a JPEG, ``width`` pixels across. Raises ``UnknownDocument`` or ``PageUnavailable``."""
        document = self._shelf.document(document_id)
        return self._images.image(document.id, lambda: self._shelf.original(document_id), page=page, width=width)

    def part(self, document_id: str, number: int, fields: Mapping[str, str], language: Language) -> str:
        """One part of the text as HTML, with the view's marks; empty where there is no such part.

        Raises ``UnknownDocument``.
        """
        document = self._shelf.document(document_id)
        address = parse_address(fields.get("sitat"))
        opened = address if address and address.document_id == document.id and address.span.within(document) else None
        view = view_of(opened, fields.get("kort"), fields.get("andre", "").split(","))
        return render_part(document, number, replace(view, found=self._found(document, fields).spans), language)

    def outline(self, document_id: str, language: Language) -> str:
        """The document's headings as HTML. Raises ``UnknownDocument``."""
        document = self._shelf.document(document_id)
        return render_outline(document, self.sizes(document), language)

    def finds(self, document_id: str, fields: Mapping[str, str]) -> dict[str, Any]:
        """Where the words of ``finn`` stand, as JSON: ``{"antall", "treff": [[part, start, [[page, box…], …]], …]}``.

        Raises ``UnknownDocument``.
        """
        document = self._shelf.document(document_id)
        found, sizes = self._found(document, fields), self.sizes(document)
        parts = parts_of(document, runs_of(document))
        hits = [
            [part_at(parts, span.start).number, span.start, _boxes(document, span, sizes) if sizes else []]
            for span in found.spans
        ]
        return {"antall": found.total, "treff": hits}

    def close(self) -> None:
        """Let go of the open documents."""
        self._images.close()

    @staticmethod
    def _found(document: Document, fields: Mapping[str, str]) -> Found:
        return find(document, fields.get("finn", ""))


def view_of(address: Address | None, short: object, others: object) -> View:
    """What of a document is shown, from what a client asks for."""
    named = [parse_address(other) for other in others[:MAX_QUOTES]] if isinstance(others, list) else []
    quotes = tuple(dict.fromkeys(quote for quote in named if quote))
    if address is None:
        return View(quotes=quotes)
    span = parse_span(short)
    inside = span and address.span.start <= span.start < span.end <= address.span.end
    return View(opened=address.span, short=span if inside else None, quotes=quotes)


def _boxes(document: Document, span: Span, sizes: tuple[Size, ...]) -> list[list[float]]:
    """Page and rectangle (in percent) of each line of a range."""
    lines = lines_of(document.places_of(span.start, span.end))
    return [[line.page, *box(line, sizes[line.page - 1])] for line in lines if line.page <= len(sizes)]

"""How much of a long text the pane begins with, and how fast: ``python -m tests.web.reading_speed``."""

import sys
from time import perf_counter

from assistant.web.address import Span
from assistant.web.document_view import View, render_document, render_part
from assistant.web.finding import find
from index.documents.document import Language
from tests.web.made_reports import long_text

if __name__ == "__main__":
    document, language = long_text(), Language.BOKMAAL
    view = View(opened=Span(400_000, 400_100))
    begun = perf_counter()
    pane = render_document(document, view, language)
    opened = perf_counter()
    part = render_part(document, 70, view, language)
    fetched = perf_counter()
    found = find(document, "e").total
    done = perf_counter()
    sys.stdout.write(
        f"{len(document.text)} characters: the pane {len(pane) / 1000:.0f} kB in {1000 * (opened - begun):.0f} ms, "
        f"a part {len(part) / 1000:.0f} kB in {1000 * (fetched - opened):.0f} ms, "
        f"{found} finds in {1000 * (done - fetched):.0f} ms\n"
    )

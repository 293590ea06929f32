"""Serves the page with the tests' small assistant, and keeps conversations.

``python -m tests.web.serve_history DIR [PORT]``: on any free port where none is given. A document whose file name
stands in ``DIR/fjernet`` has been removed.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.history.store import History
from assistant.quality import Quality
from assistant.ratings import FILE, Ratings
from assistant.web.app import Limits
from assistant.web.limits import RateLimit
from assistant.web.server import serve
from index.documents.document import Document
from tests.web.fake import DOCUMENTS, FakeAssistant


def left(directory: Path) -> Sequence[Document]:
    """The documents that have not been removed."""
    note = directory / "fjernet"
    removed = note.read_text().split() if note.exists() else []
    return [document for document in DOCUMENTS if document.source.file not in removed]


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    limits = Limits(RateLimit(1000, 60.0), RateLimit(1000, 60.0))
    quality = Quality(Ratings(directory / FILE))
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    serve(FakeAssistant(left(directory)), port=port, limits=limits, quality=quality, history=History(directory))

"""What to say of a document's pages when it is added: those without text, and those whose text may be wrong."""

from assistant.texts import text
from index.documents.document import Document, Language, Unread
from index.documents.pdf import listed


def page_notes(document: Document, language: Language) -> list[str]:
    """A line for each thing that its reader should know; none for most documents."""
    pages = {
        "scanned": [page.number for page in document.pages if page.unread is Unread.SCANNED],
        "garbled": [page.number for page in document.pages if page.unread is Unread.GARBLED],
        "recognised": [page.number for page in document.pages if page.recognised],
    }
    # A page that footnotes part in two is one page.
    return [
        text(language, f"cli.pages.{key}", pages=listed(sorted(set(found)))) for key, found in pages.items() if found
    ]

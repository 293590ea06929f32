"""A quote's reference, short: title, author or publisher, year, and the place in the document."""

from assistant.answer import Quote
from assistant.beside import context_words, reservation_words, said_by
from assistant.texts import text
from index.documents.document import Language, Source


def short_citation(quote: Quote, language: Language) -> str:
    """For instance ``«Regional rusreform i Innlandet», Innlandet Venstre, avsnitt 3``.

    What the document does not say of itself is left out; a document without a title goes by its file name.
    """
    parts = [
        _name(quote.document.source, language),
        _responsible(quote.document.source, language),
        year(quote.document.source),
    ]
    return ", ".join([part for part in parts if part] + [place(quote, language)])


def place(quote: Quote, language: Language) -> str:
    """Where in the document: the pages if it has any, the heading if there is one, and the paragraph, from 1.

    What text recognition read is said to be so, since it makes mistakes.
    """
    page, last = quote.document.page_of(quote.start), quote.document.page_of(quote.end - 1)
    parts = []
    if page and last and last.number != page.number:
        first, end = page.label or page.number, last.label or last.number
        parts.append(text(language, "citation.pages", first=first, last=end))
    elif page:
        parts.append(text(language, "citation.page", number=page.label or page.number))
    if page and last and (page.recognised or last.recognised):
        parts.append(text(language, "citation.recognised"))
    if quote.paragraph.headings:
        parts.append(text(language, "citation.heading", heading=quote.paragraph.headings[-1]))
    cell = [name for name in (quote.paragraph.row, quote.paragraph.column) if name and name != quote.text]
    if cell:
        parts.append(text(language, "citation.cell", cell=" / ".join(cell)))
    parts.append(text(language, "citation.paragraph", number=quote.paragraph.number + 1))
    return ", ".join(parts)


def copy_text(quote: Quote, language: Language) -> str:
    """What "Kopier med kilde" puts on the clipboard.

    The quote in quotation marks, after who says it; then its citation in parentheses, and what must be read with it.
    """
    words = text(language, "citation.quoted", quote=quote.text, citation=short_citation(quote, language))
    who = said_by(quote)
    if who:
        words = text(language, "quote.said", who=who, quote=words)
    before, after = context_words(quote), reservation_words(quote)
    if before:
        words = text(language, "quote.with_context", quote=words, context=titled(before, language))
    if after:
        words = text(language, "quote.with_reservation", quote=words, context=titled(after, language))
    return words


def year(source: Source) -> str | None:
    """The year of publication, if the document says so."""
    return source.metadata.date[:4] if source.metadata.date else None


def titled(title: str, language: Language) -> str:
    """A title in the quotation marks of the language that it is mentioned in."""
    return text(language, "citation.title", title=title)


def _name(source: Source, language: Language) -> str:
    return titled(source.metadata.title, language) if source.metadata.title else source.file


def authors_of(source: Source, language: Language) -> str:
    """The authors; more than three go by the first of them: "Kari Nes m.fl."."""
    names = source.metadata.authors
    return text(language, "citation.and_others", first=names[0]) if len(names) > 3 else ", ".join(names)


def _responsible(source: Source, language: Language) -> str | None:
    """The authors, by three at most, else the publisher."""
    publisher = source.metadata.publisher
    if publisher and len(source.metadata.authors) > 3:
        return publisher
    return authors_of(source, language) or publisher

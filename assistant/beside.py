"""What stands beside a quote: who says it, and the document's own words that must be read with it."""

from assistant.answer import Quote
from index.paragraph import Sentence


def said_by(quote: Quote) -> str | None:
    """Who says it, to stand before a colon: "Kari Gran, leder for Møtestedet"; None is the document's own voice."""
    if quote.speaker is None:
        return None
    name = quote.speaker[:1].upper() + quote.speaker[1:]
    return f"{name}, {quote.role}" if quote.role else name


def context_words(quote: Quote) -> str | None:
    """What to read before it, word for word; places that do not follow each other are parted by "…"."""
    if not quote.context:
        return None
    text = quote.document.text
    words = _words(quote, quote.context[0])
    for before, span in zip(quote.context, quote.context[1:], strict=False):
        words += (" … " if text[before.end : span.start].strip() else " ") + _words(quote, span)
    return words


def reservation_words(quote: Quote) -> str | None:
    """The sentence after it that takes something out of it."""
    return _words(quote, quote.reservation) if quote.reservation else None


def _words(quote: Quote, span: Sentence) -> str:
    return quote.document.text[span.start : span.end]

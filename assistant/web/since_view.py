"""Why a quote of a past answer cannot be opened any more -> HTML of the conversation. Pure functions."""

from assistant.answer import Quote
from assistant.since import since_words
from assistant.texts import text
from assistant.web.address import document_link
from assistant.web.markup import attribute, entities
from index.documents.document import Language


def render_since(quote: Quote, language: Language) -> str:
    """One sentence, and the way to the edition that took the document's place; or nothing."""
    words = since_words(quote, language)
    if quote.since is None or words is None:
        return ""
    successor = quote.since.successor
    link = attribute(document_link(successor)) if successor else ""
    anew = f' <a href="{link}">{entities(text(language, "since.open_successor"))}</a>' if link else ""
    return f'<span class="kv-siden">{entities(words)}{anew}</span>'

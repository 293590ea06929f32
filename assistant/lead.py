"""What an answer is led in with: what was found, or why there is no answer."""

from assistant.answer import Answer
from assistant.texts import counted, text
from index.documents.document import Language


def lead(answer: Answer, language: Language) -> str:
    """A plain fact that claims nothing: "3 sitater fra 2 kilder"."""
    if answer.reason:
        return text(language, f"reason.{answer.reason.value}", speaker=answer.asked_speaker or "")
    sources = len({quote.document.id for quote in answer.quotes})
    quotes = counted(language, "answer.quotes", len(answer.quotes))
    return counted(language, "answer.found_in", sources, quotes=quotes)

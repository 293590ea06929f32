"""What comes nearest where there is no answer: the named source's own passages first, since it was asked for.

A question may rest on what is not so ("Hvorfor vil Venstre forby alkohol?"). A bare refusal leaves that open; what the
source does say of the matter mends it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.answering import Verdict
from assistant.citation import titled
from assistant.quoting import MAX_QUOTES, distinct
from assistant.texts import text
from index.documents.document import Language


def named_first(verdicts: Sequence[Verdict], named: Collection[str]) -> Verdict:
    """The last of several verdicts, none of which answers, with the quotes of the named documents first."""
    found = [quote for verdict in verdicts for quote in verdict.quotes]
    found.sort(key=lambda quote: quote.document.id not in named)
    return replace(verdicts[-1], quotes=distinct(found, limit=MAX_QUOTES))


def nearest_words(answer: Answer, language: Language) -> tuple[str, str]:
    """The heading above the nearest passages, and what is said of them."""
    first = answer.quotes[0].document.source if answer.quotes else None
    if first and first.id in answer.named_sources:
        about = titled(first.name, language)
        return text(language, "answer.nearest_named", source=about), text(language, "answer.nearest_named_note")
    return text(language, "answer.nearest"), text(language, "answer.nearest_note")

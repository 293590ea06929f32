"""Which other words were looked for, as a part of an answer that opens. Pure; all text goes through ``entities``."""

from assistant.answer import Answer
from assistant.texts import text
from assistant.web.markup import entities
from index.documents.document import Language


def render_other_words(answer: Answer, language: Language) -> str:
    """What stood for the question's words: "snuten: politi"; nothing where no other words were looked for.

    Closed at first, since of an English question nearly every word has some.
    """
    if not answer.other_words:
        return ""
    lines = "".join(
        f"<div><dt>{entities(other.asked)}</dt><dd>{entities(', '.join(other.words))}</dd></div>"
        for other in answer.other_words
    )
    return (
        f'<details class="kv-ordbro"><summary>{entities(text(language, "other_words.searched"))}</summary>'
        f"<p>{entities(text(language, 'other_words.note'))}</p><dl>{lines}</dl></details>"
    )

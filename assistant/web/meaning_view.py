"""How a question was understood, and the buttons that correct it. Pure; all text goes through ``entities``."""

from assistant.answer import Answer, Understood
from assistant.texts import text
from assistant.web.markup import attribute, entities
from index.documents.document import Language


def render_meaning(answer: Answer, language: Language) -> str:
    """A line below the lead where the question can be understood in another way too; else nothing.

    meaning.js puts a button's value into the question box, and asks it at once unless it is to be changed first. In
    quotation marks a question is taken as it stands.
    """
    if answer.understood is Understood.FOLLOW_UP:
        told = text(language, "meaning.follow_up", question=answer.standalone_question)
        asks = _button("kv-heller", f"«{_bare(answer.question)}»", text(language, "meaning.as_it_stood"))
        return _line(told, asks + _button("kv-endre", answer.standalone_question, text(language, "meaning.edit")))
    if answer.otherwise is None:
        return ""
    if answer.understood is Understood.MENDED:
        told = text(language, "meaning.mended", question=answer.standalone_question)
        return _line(told, _button("kv-heller", f"«{_bare(answer.otherwise)}»", text(language, "meaning.as_it_stood")))
    told = text(language, "meaning.did_you_mean", question=answer.otherwise)
    return _line(told, _button("kv-heller", f"«{_bare(answer.otherwise)}»", text(language, "meaning.ask_that")))


def _line(told: str, buttons: str) -> str:
    return f'<p class="kv-lest">{entities(told)}</p><p class="kv-rettinger">{buttons}</p>'


def _button(style: str, value: str, label: str) -> str:
    return f'<button type="button" class="{style}" value="{attribute(value)}">{entities(label)}</button>'


def _bare(question: str) -> str:
    """The question without quotation marks, since it is put between two."""
    return " ".join(question.translate(_NO_QUOTES).split())


_NO_QUOTES = str.maketrans(dict.fromkeys('«»“”"', " "))

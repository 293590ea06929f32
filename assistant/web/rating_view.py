"""The row under an answer that asks whether it was right: one message's HTML, and what is said of keeping it.

Radio buttons and text fields are the browser's own, so that keyboard and screen reader know them; what shows which of
them is in rating.css, and rating.js sends what was chosen. Pure functions; all text goes through ``entities``.
"""

from assistant.ratings import MAX_COMMENT, MAX_SENTENCE, Manner, Rateable, Rating, UserVerdict
from assistant.texts import text
from assistant.web.markup import attribute, entities, plain
from index.documents.document import Language


def render_rating(identifier: str, answer: Rateable, rating: Rating | None, language: Language) -> str:
    """The row of the answer with this id, as it was rated, in one line of HTML."""
    chosen = rating.verdict if rating else None
    verdicts = "".join(_verdict(identifier, verdict, answer, chosen, language) for verdict in answer.verdicts)
    sentence = _field("sentence", rating.sentence if rating else "", MAX_SENTENCE, language)
    comment = _field("comment", rating.comment if rating else "", MAX_COMMENT, language)
    said = entities(text(language, "rating.kept")) if rating else ""
    return (
        f'<fieldset class="kv-vurder" id="{_row(identifier)}" lang="{language.value}">'
        f"<legend>{entities(text(language, 'rating.question'))}</legend>"
        f'<div class="kv-dommer">{verdicts}</div><div class="kv-vurder-mer">{sentence}{comment}</div>'
        f'<p class="kv-vurder-slutt"><span class="kv-vurder-sagt">{said}</span>'
        f'<button type="button" class="kv-angre">{entities(text(language, "rating.remove"))}</button></p></fieldset>'
    )


def render_kept(identifier: str, message: str, *, failed: bool = False) -> str:
    """What rating.js says in the row, once the server has answered."""
    style = "kv-galt" if failed else ""
    return f'<p class="{style}" data-rad="{_row(identifier)}">{plain(message)}</p>'


def verdict_name(verdict: UserVerdict, answer: Rateable, language: Language) -> str:
    """What a verdict is called where it is said of this answer."""
    if answer.manner is Manner.TALK:
        return text(language, "rating.talk_right" if verdict is UserVerdict.RIGHT else "rating.talk_wrong")
    if answer.manner is Manner.COMPARISON and verdict is UserVerdict.WRONG_PLACE:
        return text(language, "rating.compare_wrong")
    if verdict is UserVerdict.RIGHT and not answer.answered:
        return text(language, "rating.right_refusal")
    return text(language, f"rating.{verdict.value}")


def _row(identifier: str) -> str:
    return f"kv-vurder-{identifier}"


def _verdict(
    identifier: str, verdict: UserVerdict, answer: Rateable, chosen: UserVerdict | None, language: Language
) -> str:
    style = "kv-dom kv-dom-setning" if verdict.wants_sentence else "kv-dom"
    checked = " checked" if verdict is chosen else ""
    return (
        f'<label class="{style}"><input type="radio" name="{_row(identifier)}" value="{verdict.value}"{checked}>'
        f"<span>{entities(verdict_name(verdict, answer, language))}</span></label>"
    )


def _field(name: str, value: str, limit: int, language: Language) -> str:
    return (
        f'<label class="kv-felt kv-felt-{name}"><span>{entities(text(language, f"rating.{name}"))}</span>'
        f'<input type="text" maxlength="{limit}" autocomplete="off" value="{attribute(value)}"></label>'
    )

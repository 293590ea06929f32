"""Answer -> the HTML of one message of the conversation. Pure functions; all text goes through ``entities``."""

from collections.abc import Sequence

from assistant.answer import Answer, Quote
from assistant.beside import context_words, reservation_words, said_by
from assistant.citation import copy_text, short_citation, titled
from assistant.covering import coverage_lines
from assistant.lead import lead
from assistant.nearest import nearest_words
from assistant.texts import spoken, text
from assistant.web.address import Span, question_link, quote_link
from assistant.web.citing_view import render_quote_reference
from assistant.web.compare_view import render_compare_button, render_comparison
from assistant.web.markup import Mark, attribute, entities, pieces
from assistant.web.meaning_view import render_meaning
from assistant.web.other_words_view import render_other_words
from assistant.web.since_view import render_since
from assistant.web.talk_view import render_talk
from index.documents.document import Language

SURE, FAIRLY_SURE = 0.8, 0.55
"""From which calibrated confidence on the page says "sikkert" and "ganske sikkert"."""
NEAREST = 3
"""How many near passages are offered where there is no answer."""
LONG = 200
"""Characters beyond which a question is set as a text, not as a headline: the answer is to be seen below it."""


def render_answer(answer: Answer, *, page_language: Language) -> str:
    """The assistant's message: a factual lead and the quotes, or that there is no answer and what comes nearest.

    Kildesvar's own words are in the question's language, or the page's where it has no texts in that. One line of
    HTML: a blank line would end the block for Markdown.
    """
    language = spoken(answer.language, page_language)
    if answer.comparison and any(row.quotes or row.near for row in answer.comparison.rows):
        body = render_comparison(answer.comparison, language, lambda quote, number: _quote(quote, number, language))
        body += render_other_words(answer, language)
    elif answer.talk:
        quotes = _quotes(answer.quotes, language) if answer.quotes else ""
        body = render_talk(answer.talk, language) + quotes
    else:
        body = _found(answer, language) if answer.answered else _not_found(answer, language)
    return f'<div class="kv-svar" lang="{language.value}">{body}</div>'


def render_question(question: str) -> str:
    """The user's message: a heading, so that a screen reader's user can go from question to question."""
    style = "kv-spurt kv-lang" if len(question) > LONG else "kv-spurt"
    return f'<h2 class="{style}">{entities(question)}</h2>'


def render_waiting(language: Language) -> str:
    """The sign of life while the assistant searches."""
    return f'<div class="kv-venter"><span class="kv-prikker"></span>{entities(text(language, "ask.searching"))}</div>'


def said(answer: Answer) -> str:
    """The answer as plain text, for the history that a follow-up sees."""
    return "\n".join(quote.text for quote in answer.quotes) if answer.answered else ""


def _found(answer: Answer, language: Language) -> str:
    level = "high" if answer.confidence >= SURE else "medium" if answer.confidence >= FAIRLY_SURE else "low"
    sureness = (
        f'<span class="kv-treff kv-treff-{level}" title="{attribute(text(language, f"confidence.{level}_note"))}">'
        f"{entities(text(language, 'confidence.label'))} {entities(text(language, f'confidence.{level}'))}</span>"
    )
    share = (
        f'<button type="button" class="kv-del" value="{attribute(question_link(answer.standalone_question))}">'
        f"{entities(text(language, 'answer.share'))}</button>"
    )
    return (
        f'<p class="kv-lead">{entities(lead(answer, language))}{sureness}{_searched(answer, language, "span")}</p>'
        f"{_understanding(answer, language)}{_quotes(answer.quotes, language)}"
        f"{share}{render_compare_button(answer, language)}"
    )


def _not_found(answer: Answer, language: Language) -> str:
    refusal = f'<p class="kv-nei">{entities(lead(answer, language))}</p>{_searched(answer, language, "p")}'
    refusal += _understanding(answer, language)
    if not answer.quotes:
        covered = coverage_lines(answer.comparison, language)[1] if answer.comparison else ""
        return refusal + (f'<p class="kv-lest">{entities(covered)}</p>' if covered else "")
    heading, note = nearest_words(answer, language)
    return (
        f'{refusal}<section class="kv-likner"><h3>{entities(heading)}</h3>'
        f"<p>{entities(note)}</p>"
        f"{_quotes(answer.quotes[:NEAREST], language)}</section>"
    )


def _searched(answer: Answer, language: Language, tag: str) -> str:
    """In how many of the sources was searched, and how sure it had to be: "Lette i 17 av 17 kilder, vanlig krav"."""
    if not answer.all_sources:
        return ""
    said = text(language, "filter.searched", number=answer.searched_sources, total=answer.all_sources)
    if answer.strictness:
        said += f", {text(language, f'strictness.{answer.strictness.value}_used')}"
    return f'<{tag} class="kv-sokt">{entities(said)}</{tag}>'


def _understanding(answer: Answer, language: Language) -> str:
    """How the question was understood, where that is not plain from the question itself."""
    notes = []
    sources = {hit.source.id: hit.source for hit in answer.passages}
    sources |= {quote.document.id: quote.document.source for quote in answer.quotes}
    names = [sources[named].name for named in answer.named_sources if named in sources]
    if names:
        notes.append(text(language, "answer.named_first", names=", ".join(titled(name, language) for name in names)))
    if answer.answered and answer.asked_speaker:
        notes.append(text(language, "answer.speaker_only", speaker=answer.asked_speaker))
    told = "".join(f'<p class="kv-lest">{entities(note)}</p>' for note in notes)
    return render_meaning(answer, language) + told + render_other_words(answer, language)


def _quotes(quotes: Sequence[Quote], language: Language) -> str:
    items = "".join(f"<li>{_quote(quote, number, language)}</li>" for number, quote in enumerate(quotes, start=1))
    return f'<ol class="kv-sitater">{items}</ol>'


def _quote(quote: Quote, number: int | None, language: Language) -> str:
    name = text(language, "quote.number", number=number) if number else short_citation(quote, language)
    linking = "" if quote.since else _copy("kv-lenke", quote_link(quote), text(language, "quote.link"), name)
    return (
        f'<figure class="kv-sitat">{_before(quote, language)}'
        f"<blockquote{_language_of(quote)}>{_words(quote)}</blockquote>{_after(quote, language)}<figcaption>"
        f"{_source(quote, number, language)}"
        f'<span class="kv-valg">{_copy("kv-kopier", copy_text(quote, language), text(language, "quote.copy"), name)}'
        f"{linking}{render_quote_reference(quote, name, language)}</span></figcaption></figure>"
    )


def _source(quote: Quote, number: int | None, language: Language) -> str:
    """The citation: a link to the place, or, where that cannot be opened any more, why not."""
    citation = short_citation(quote, language)
    shown = f'<span class="kv-nr">{number}</span>' if number else ""
    said = f'{shown}<span class="kv-henvisning">{entities(citation)}</span>'
    if quote.since:
        return f'<span class="kv-kilde kv-uten-sted">{said}</span>{render_since(quote, language)}'
    title = attribute(text(language, "quote.open_title", citation=citation))
    return f'<a class="kv-kilde" href="{attribute(quote_link(quote))}" title="{title}">{said}</a>'


def _before(quote: Quote, language: Language) -> str:
    """What must be read before the quote, then who says it."""
    who = said_by(quote)
    named = f'<p class="kv-hvem"{_language_of(quote)}>{entities(who)}:</p>' if who else ""
    return _beside("quote.context", context_words(quote), quote, language) + named


def _after(quote: Quote, language: Language) -> str:
    """What takes something out of the quote."""
    return _beside("quote.reservation", reservation_words(quote), quote, language)


def _beside(key: str, words: str | None, quote: Quote, language: Language) -> str:
    if not words:
        return ""
    label = f'<span class="kv-merke">{entities(text(language, key))}</span> '
    return f'<p class="kv-ved">{label}<q{_language_of(quote)}>{entities(words)}</q></p>'


def _copy(style: str, value: str, label: str, name: str) -> str:
    """A button whose value is what it copies; the title tells the many of them apart."""
    title = attribute(f"{label}: {name}")
    return (
        f'<button type="button" class="{style}" value="{attribute(value)}" title="{title}">{entities(label)}</button>'
    )


def _words(quote: Quote) -> str:
    """The quote's own characters, with the short answer marked."""
    marks = [Mark(Span(quote.short.start, quote.short.end), "kv-kort")] if quote.short else []
    parts = []
    for span, styles in pieces(quote.start, quote.end, marks):
        words = entities(quote.document.text[span.start : span.end])
        parts.append(f'<mark class="kv-kort">{words}</mark>' if styles else words)
    return "".join(parts)


def _language_of(quote: Quote) -> str:
    language = quote.document.source.metadata.language
    return f' lang="{language.value}"' if language and language is not Language.OTHER else ""

"""Norsk APA 7: references and in-text citations.

After the national "Norsk APA-manual" and the guides kildekompasset.no and sokogskriv.no, in the author-date form that
ministries and universities use. Where these differ: a numbered public document goes by its ministry or committee, with
the number in parentheses (kildekompasset), and by its number only where the document does not say whose it is
(Norsk APA-manual). ``&`` has no comma before it in Norwegian, and has one in English.
"""

from collections.abc import Sequence

from assistant.answer import Quote
from assistant.references.names import Name
from assistant.references.rich import Rich, Run, rich, to_text
from assistant.references.work import OFFICIAL, When, Work, WorkKind
from assistant.texts import lines, text
from index.documents.document import Language

_LISTED = 20
"""Authors that a reference lists; of more, the first 19 and the last."""
_END = tuple(".?!…")


def reference(work: Work, language: Language) -> Rich:
    """The entry of a list of references.

    Whose it is, when it came (``u.å.`` where it does not say), what it is called, and where it stands. What the
    document does not say is left out; without an author the title comes first.
    """
    title = _title(work, language)
    published = f"({_date(work, language)})."
    who = _responsible(work, language)
    opening = [_closed(who), " ", published, " ", *_sentence(title)] if who else [*_sentence(title), " ", published]
    return rich(*opening, *_where(work, who, language))


def in_text(work: Work, pinpoint: str, language: Language) -> Rich:
    """The citation in running text: ``(Venstre, 2021, s. 14)``; ``pinpoint`` is the place, or empty."""
    who = _cited(work, language)
    year = work.date.years if work.date else text(language, "apa.undated")
    return rich("(", *who, f", {year}", f", {pinpoint}" if pinpoint else "", ")")


def pinpoint(quote: Quote, work: Work, language: Language) -> str:
    """Where in the work the quote stands: the section of a law, else its pages, else its paragraph."""
    heading = quote.paragraph.headings[-1] if quote.paragraph.headings else ""
    if work.kind is WorkKind.LAW and heading.startswith("§"):
        words = heading.split()
        return " ".join(words[:2]).rstrip(".") if words[0] == "§" else words[0].rstrip(".")
    first, last = quote.document.page_of(quote.start), quote.document.page_of(quote.end - 1)
    if first is None:
        return text(language, "apa.paragraph", number=quote.paragraph.number + 1)
    labels = [str(page.label or page.number) for page in (first, last or first)]
    if labels[0] == labels[1]:
        return text(language, "apa.page", number=labels[0])
    return text(language, "apa.pages", first=labels[0], last=labels[1])


def sort_key(runs: Rich) -> str:
    """What a list of references is sorted by."""
    # Norwegian letters come after z, and å last.
    order = str.maketrans({"æ": "z{", "ä": "z{", "ø": "z|", "ö": "z|", "å": "z}"})
    return to_text(runs).casefold().translate(order)


def _responsible(work: Work, language: Language) -> str:
    if work.kind is WorkKind.LAW:
        return work.short_title or ""
    if work.authors:
        return _list([_inverted(name) for name in work.authors], language)
    if work.editors:
        mark = text(language, "apa.editors" if len(work.editors) > 1 else "apa.editor")
        return f"{_list([_inverted(name) for name in work.editors], language)} {mark}"
    if work.kind in OFFICIAL and work.title:
        return work.number or ""
    return ""


def _cited(work: Work, language: Language) -> list[str | Run]:
    """Whose work it is, as short as running text wants it; without an author its title."""
    names = work.authors or work.editors
    if work.kind is WorkKind.LAW or not names:
        who = _responsible(work, language)
        return [who] if who else _quoted_title(work, language)
    if len(names) > 2:
        return [f"{names[0].family} et al."]
    return [" & ".join(name.family for name in names)]


def _quoted_title(work: Work, language: Language) -> list[str | Run]:
    if work.title is None:
        return [_untitled(work, language)]
    if work.kind is WorkKind.NEWSPAPER:
        return [text(language, "citation.title", title=work.title)]
    return [Run(work.title, italic=True)]


def _title(work: Work, language: Language) -> list[str | Run]:
    """The title, in italics if the work stands alone, then its number in parentheses, then what it is in brackets."""
    number, genre = work.number, _genre(work, language)
    if work.title is None and number:
        return [Run(number, italic=True)]
    if work.title is None:
        return [_untitled(work, language)]
    parts: list[str | Run] = [Run(work.title, italic=work.kind is not WorkKind.NEWSPAPER)]
    if number and _responsible(work, language) != number:
        parts.append(f" ({number})")
    if genre:
        parts.append(f" [{genre[:1].upper()}{genre[1:]}]")
    return parts


def _genre(work: Work, language: Language) -> str:
    if work.kind is WorkKind.PROGRAMME:
        return text(language, "apa.programme")
    return work.genre or "" if work.kind is WorkKind.DOCUMENT else ""


def _untitled(work: Work, language: Language) -> str:
    return f"[{text(language, 'apa.untitled', kind=work.genre or text(language, 'apa.document')).capitalize()}]"


def _where(work: Work, who: str, language: Language) -> list[str | Run]:
    """Newspaper or publisher, unless it stands as the author already; and the address."""
    parts: list[str | Run] = []
    if work.publisher and work.publisher != who:
        parts += [
            " ",
            Run(work.publisher, italic=work.kind is WorkKind.NEWSPAPER),
            "" if _ends(work.publisher) else ".",
        ]
    if work.url:
        # An undated page may change, so that it matters where it was found.
        found = work.kind is WorkKind.WEB_PAGE and work.date is None
        parts += [" ", text(language, "apa.retrieved", url=work.url) if found else work.url]
    return parts


def _date(work: Work, language: Language) -> str:
    """The year; of what is published by the day (newspapers, web pages) the month and day too, where they are known."""
    if work.date is None:
        return text(language, "apa.undated")
    dated = work.kind in (WorkKind.NEWSPAPER, WorkKind.WEB_PAGE)
    return _full_date(work.date, language) if dated else work.date.years


def _full_date(date: When, language: Language) -> str:
    if not 1 <= date.month <= 12:
        return date.years
    month = lines(language, "apa.months")[date.month - 1]
    within = text(language, "apa.day", day=date.day, month=month) if date.day else month
    return f"{date.years}, {within}"


def _inverted(name: Name) -> str:
    return f"{name.family}, {name.initials}" if name.given else name.family


def _list(names: Sequence[str], language: Language) -> str:
    if len(names) > _LISTED:
        return f"{', '.join(names[: _LISTED - 1])}, . . . {names[-1]}"
    if len(names) == 1:
        return names[0]
    return text(language, "apa.and_last", names=", ".join(names[:-1]), last=names[-1])


def _ends(sentence: str) -> bool:
    """Whether it ends a sentence by itself, perhaps within quotation marks."""
    return sentence.rstrip("»”\"'").endswith(_END)


def _closed(sentence: str) -> str:
    return sentence if _ends(sentence) else f"{sentence}."


def _sentence(parts: Sequence[str | Run]) -> list[str | Run]:
    return [*parts, "" if _ends(to_text(rich(*parts))) else "."]

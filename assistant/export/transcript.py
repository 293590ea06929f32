"""A conversation as it is exported: questions, quotes with their receipts, references. All text, no documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from assistant.answer import Answer, Comparison, Quote
from assistant.carried import clean
from assistant.citation import short_citation
from assistant.covering import coverage_lines, row_name
from assistant.export.receipt import Receipt, Summary, receipt_of
from assistant.lead import lead
from assistant.own_words import own_text
from assistant.references.apa import in_text, pinpoint, reference, sort_key
from assistant.references.rich import Rich, Run
from assistant.references.work import Work, work_of
from assistant.since import since_words
from assistant.texts import counted, lines, spoken, text
from index.documents.document import Language

NEAREST = 3
"""How many near passages are kept where there is no answer; as many as the page offers."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One quote."""

    text: str
    """The document's own characters."""
    citation: str
    """Title, who, year and place."""
    in_text: Rich
    """Norsk APA 7, for running text."""
    language: Language | None
    """Of the document."""
    work: Work
    receipt: Receipt
    """Its label is not yet a conversation's: ``1.1`` is the first quote of its own answer."""
    since: str = ""
    """Why its place cannot be opened any more; empty where it can."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A source of a comparison, and how many of the entry's quotes are its."""

    source: str
    """What it is called, whose it is and its date."""
    quotes: int
    note: str = ""
    """That it does not mention the topic, or that its quote is only near."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A comparison: the entry's quotes, in order, are those of its rows."""

    heads: tuple[str, str, str, str]
    """Above the sources, the quotes, their citations and their receipts."""
    rows: tuple[GridRow, ...]

    def cells(self, quotes: "Sequence[Excerpt]") -> "Iterator[tuple[GridRow, Sequence[Excerpt]]]":
        """Each row with its quotes."""
        first = 0
        for row in self.rows:
            yield row, quotes[first : first + row.quotes]
            first += row.quotes


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and its quotes. Small and without the documents, so that a conversation may keep many."""

    question: str
    understood: str
    """How a follow-up was understood; empty where that is plain from the question."""
    language: Language
    """Of Kildesvar's own words."""
    lead: str
    """What was found, or why there is no answer."""
    answered: bool
    """If not, the quotes are the nearest passages and no answer."""
    quotes: tuple[Excerpt, ...]
    grid: Grid | None = None
    """Where every source was looked at."""
    searched: str = ""
    """In how many of the sources was searched."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is exported."""

    entries: tuple[Entry, ...]
    """With the labels of their quotes: question number, full stop, quote number."""
    language: Language
    """Of headings and explanations."""
    summary: Summary

    @property
    def made(self) -> str:
        """Date, version and size, for people."""
        year, month, day = (int(part) for part in self.summary.date.split("-"))
        named = text(self.language, "apa.day", day=day, month=lines(self.language, "apa.months")[month - 1])
        found = counted(self.language, "answer.quotes", self.summary.quotes)
        return f"{named} {year} · Kildesvar {self.summary.version} · {found}"

    def references(self) -> tuple[Rich, ...]:
        """The list of references: each work once, in the order of the Norwegian alphabet."""
        works = {excerpt.work.id: excerpt.work for entry in self.entries for excerpt in entry.quotes}
        return tuple(sorted((reference(work, self.language) for work in works.values()), key=sort_key))


def entry_of(answer: Answer, *, page_language: Language = Language.BOKMAAL) -> Entry:
    """What is kept of an answer."""
    language = spoken(answer.language, page_language)
    quotes = answer.quotes if answer.answered else answer.quotes[:NEAREST]
    if answer.comparison:
        quotes = tuple(quote for row in answer.comparison.rows for quote in (*row.quotes, *row.near))
    plain = answer.standalone_question.casefold() == clean(answer.question).casefold()
    return Entry(
        question=answer.question,
        understood="" if plain else answer.standalone_question,
        language=language,
        lead=_lead(answer, language),
        answered=answer.answered,
        quotes=tuple(_excerpt(quote, f"1.{number}", language) for number, quote in enumerate(quotes, start=1)),
        grid=_grid(answer.comparison, language) if answer.comparison else None,
        searched=_searched(answer, language),
    )


def transcript_of(entries: Sequence[Entry], language: Language, *, made: date | None = None) -> Transcript:
    """The conversation of these entries, numbered through."""
    numbered = tuple(_numbered(entry, number) for number, entry in enumerate(entries, start=1))
    summary = Summary(
        questions=len(numbered),
        quotes=sum(len(entry.quotes) for entry in numbered),
        version=tool_version(),
        date=(made or date.today()).isoformat(),
    )
    return Transcript(numbered, language, summary)


def tool_version() -> str:
    """The version of Kildesvar."""
    try:
        return version("kildesvar")
    except PackageNotFoundError:  # run from its source, without being installed
        return "0"


def explanation(entry: Entry) -> Iterator[str]:
    """What is said between the question and the quotes."""
    if entry.understood:
        yield text(entry.language, "meaning.follow_up", question=entry.understood)
    yield entry.lead
    if entry.searched:
        yield entry.searched
    if not entry.answered and entry.quotes and not entry.grid:
        yield f"{text(entry.language, 'answer.nearest')}. {text(entry.language, 'answer.nearest_note')}"


def attribution(excerpt: Excerpt) -> Rich:
    """The line below a quote: its citation, how running text cites it, and whether the document has gone since."""
    since = (Run(f". {excerpt.since}"),) if excerpt.since else ()
    return (Run(f"{excerpt.citation} "), *excerpt.in_text, *since)


def _numbered(entry: Entry, number: int) -> Entry:
    quotes = (
        replace(excerpt, receipt=replace(excerpt.receipt, label=f"{number}.{rank}"))
        for rank, excerpt in enumerate(entry.quotes, start=1)
    )
    return replace(entry, quotes=tuple(quotes))


def _excerpt(quote: Quote, label: str, language: Language) -> Excerpt:
    work = work_of(quote.document)
    return Excerpt(
        text=quote.text,
        citation=short_citation(quote, language),
        in_text=in_text(work, pinpoint(quote, work, language), language),
        language=quote.document.source.metadata.language,
        work=work,
        receipt=receipt_of(quote, label),
        since=since_words(quote, language) or "",
    )


def _grid(comparison: Comparison, language: Language) -> Grid:
    says = text(language, "compare.says", topic=comparison.topic)
    cited, receipt = text(language, "compare.cited"), text(language, "compare.receipt")
    rows = []
    for row in comparison.rows:
        quotes = (*row.quotes, *row.near)
        key = "compare.near" if row.near else "" if quotes else "compare.not_mentioned"
        rows.append(GridRow(row_name(row, language), len(quotes), text(language, key) if key else ""))
    return Grid((text(language, "compare.source"), says, cited, receipt), tuple(rows))


def _searched(answer: Answer, language: Language) -> str:
    """As the page says it; a comparison has its own coverage, and of itself Kildesvar tells without a search."""
    if not answer.all_sources or answer.comparison or answer.talk:
        return ""
    return text(language, "filter.searched", number=answer.searched_sources, total=answer.all_sources) + "."


def _lead(answer: Answer, language: Language) -> str:
    if answer.comparison:
        return " ".join(coverage_lines(answer.comparison, language))
    if answer.talk:
        return own_text(answer.talk, language)
    return lead(answer, language)

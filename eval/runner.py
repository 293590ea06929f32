"""Gold set × Assistant → one row a question, with all its evidence."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.answer import Answer, Quote
from assistant.assistant import Assistant
from eval.corpora import Bench, Case
from eval.covering import covers
from eval.goldset import GoldQuote
from eval.locating import Squeezed, locate, squeeze
from eval.row import Given, Row, Seen, Wanted
from index.documents.document import Document
from index.errors import QuestionError
from index.hit import Hit
from index.segmentation import paragraphs

Progress = Callable[[int, int], None]
"""Called with (questions asked, questions in all)."""
WARM_UP = 3
"""Questions asked once before the clock counts."""


class Truth:
    """The documents as their files say, to hold quotes against and to find gold quotes in."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.source.file: document for document in documents}
        self._squeezed: dict[str, Squeezed] = {}
        self._paragraphs: dict[str, tuple[Seen, ...]] = {}

    def wanted(self, case: Case) -> tuple[Wanted, ...]:
        """The case's gold quotes with their places."""
        return tuple(self._wanted(quote, case.question.short) for quote in case.question.quotes)

    def paragraphs(self, wanted: Sequence[Wanted]) -> int:
        """How many paragraphs hold something wanted; 1 where none can be quoted, since there is something to find."""
        candidates = [part for file in {item.document for item in wanted} for part in self._parts(file)]
        return max(1, sum(any(covers(part, item) for item in wanted) for part in candidates)) if wanted else 0

    def stands(self, file: str, text: str) -> bool | None:
        """Whether the words stand in a file; None if there is no such file."""
        return bool(self._places(file, text)) if file in self._documents else None

    def holding(self, text: str) -> tuple[str, ...]:
        """Names of the files in which the words stand."""
        return tuple(file for file in self._documents if self._places(file, text))

    def is_exact(self, quote: Quote) -> bool:
        """Whether the quote is what the file says between the offsets, and the file is the one that was indexed."""
        document = self._documents.get(quote.document.source.file)
        if document is None or document.source.sha256 != quote.document.source.sha256:
            return False
        return 0 <= quote.start < quote.end and document.text[quote.start : quote.end] == quote.text

    def _wanted(self, quote: GoldQuote, short: str | None) -> Wanted:
        spans = self._places(quote.document, quote.text)
        # Where it stands, the document's own words: whoever wrote it down may have kept a link's address.
        text = " ".join(self._documents[quote.document].text[slice(*spans[0])].split()) if spans else quote.text
        return Wanted(
            document=quote.document,
            text=text,
            spans=spans,
            short=short if short is not None and short in text else None,
            speaker=quote.speaker,
        )

    def _places(self, file: str, text: str) -> tuple[tuple[int, int], ...]:
        document = self._documents.get(file)
        if document is None:
            return ()
        if file not in self._squeezed:
            self._squeezed[file] = squeeze(document.text)
        return locate(document.text, self._squeezed[file], text)

    def _parts(self, file: str) -> tuple[Seen, ...]:
        if file not in self._paragraphs and (document := self._documents.get(file)):
            self._paragraphs[file] = tuple(
                Seen(file, part.number, part.start, part.end, document.text[part.start : part.end], score=0.0)
                for part in paragraphs(document)
            )
        return self._paragraphs.get(file, ())


def run(bench: Bench, assistant: Assistant, *, truth: Truth, progress: Progress | None = None) -> tuple[Row, ...]:
    """Ask every case; one row each, in their order.

    Only the bench's documents are searched, where it brings any. A question that cannot be asked is a row without an
    answer, never left out. Raises ``IndexFault`` or ``EncoderError``.
    """
    searched = Scope(bench, assistant)
    for case in bench.cases[:WARM_UP]:
        ask(case, assistant, searched)
    rows = []
    for done, case in enumerate(bench.cases, start=1):
        rows.append(row_of(case, ask(case, assistant, searched), truth))
        if progress is not None:
            progress(done, len(bench.cases))
    return tuple(rows)


class Scope:
    """Which documents a case may be answered from."""

    def __init__(self, bench: Bench, assistant: Assistant) -> None:
        ids = {source.file: source.id for source in assistant.sources()}
        wanted = {document.source.file for document in bench.documents} or set(ids)
        self._ids: Mapping[str, str] = {file: ids[file] for file in ids if file in wanted}
        self._all = len(self._ids) == len(ids)

    def of(self, case: Case) -> list[str] | None:
        """Ids of the documents; None is all there are."""
        if self._all and not case.without:
            return None
        return [identifier for file, identifier in self._ids.items() if file not in case.without]


def ask(case: Case, assistant: Assistant, scope: Scope) -> Answer | QuestionError:
    """The answer, or why the question cannot be asked."""
    try:
        return assistant.ask(case.question.question, case.question.history, sources=scope.of(case))
    except QuestionError as error:
        return error


def row_of(case: Case, answer: Answer | QuestionError, truth: Truth) -> Row:
    """The case with what was wanted and what came."""
    question, wanted = case.question, truth.wanted(case)
    came = answer if isinstance(answer, Answer) else None
    reason = came.reason.value if came and came.reason else None
    return Row(
        id=question.id,
        cluster=case.cluster,
        question=question.question,
        standalone=came.standalone_question if came else question.question,
        language=question.language.value,
        type=question.type.value,
        tags=question.tags,
        answerable=question.answerable,
        complete=question.complete,
        wanted=wanted,
        paragraphs=truth.paragraphs(wanted),
        short=question.short,
        answered=came.answered if came else False,
        confidence=came.confidence if came else 0.0,
        reason=answer.key if isinstance(answer, QuestionError) else reason,
        given=tuple(_given(quote, truth) for quote in came.quotes) if came else (),
        seen=tuple(_seen(hit) for hit in came.passages) if came else (),
        search_ms=came.timing.search if came else 0.0,
        read_ms=came.timing.read if came else 0.0,
        total_ms=came.timing.total if came else 0.0,
        history=tuple((turn.role.value, turn.content) for turn in question.history),
    )


def _given(quote: Quote, truth: Truth) -> Given:
    return Given(
        document=quote.document.source.file,
        start=quote.start,
        end=quote.end,
        text=quote.text,
        score=quote.score,
        short=quote.document.text[quote.short.start : quote.short.end] if quote.short else None,
        exact=truth.is_exact(quote),
        speaker=getattr(quote, "speaker", None),
    )


def _seen(hit: Hit) -> Seen:
    passage = hit.passage
    return Seen(
        document=hit.source.file,
        paragraph=passage.paragraph.number,
        start=passage.start,
        end=passage.end,
        text=hit.text,
        score=hit.score,
    )

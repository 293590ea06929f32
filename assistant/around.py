"""What stands around a quote, in its document: for whoever wants to read more of it than the sentence that answers."""

from assistant.answer import Quote
from assistant.quoting import placed
from index.documents.document import BlockKind
from index.paragraph import Paragraph, Sentence
from index.surroundings import Surroundings, surroundings_of


def around(quote: Quote) -> tuple[Quote, ...]:
    """The paragraph that a quote stands in; where it is all of it, with those before and after."""
    surroundings = surroundings_of(quote.document)
    number = quote.paragraph.number
    if (quote.start, quote.end) != (quote.paragraph.sentences[0].start, quote.paragraph.sentences[-1].end):
        return (_whole(quote, quote.paragraph, surroundings),)
    near = surroundings.paragraphs[max(0, number - 1) : number + 2]
    return tuple(_whole(quote, it, surroundings) for it in near if it.kind is not BlockKind.BYLINE)


def _whole(quote: Quote, paragraph: Paragraph, surroundings: Surroundings) -> Quote:
    """A paragraph as a quote; it is somebody's only where they say all of it."""
    speakers = {surroundings.speaker(sentence) for sentence in paragraph.sentences}
    place = Sentence(paragraph.sentences[0].start, paragraph.sentences[-1].end)
    speaker = speakers.pop() if len(speakers) == 1 else None
    return placed(quote.document, paragraph, place, surroundings, speaker, score=quote.score)

"""Which of the passages that a search found are relevant: what the retrieval measures share."""

from eval.covering import covers
from eval.row import Row


def relevance(row: Row) -> tuple[bool, ...]:
    """Whether each passage found is relevant, best first: it covers a gold quote (``eval.covering``).

    The unit is the paragraph: a long one is searched in overlapping windows, and a second window of a paragraph that
    has been found already is left out, so that nothing is found twice. ``row.paragraphs`` says how many there are.
    """
    judged: list[bool] = []
    found: set[tuple[str, int]] = set()
    for passage in row.seen:
        paragraph = (passage.document, passage.paragraph)
        if paragraph in found:
            continue
        relevant = any(covers(passage, wanted) for wanted in row.wanted)
        judged.append(relevant)
        if relevant:
            found.add(paragraph)
    return tuple(judged)

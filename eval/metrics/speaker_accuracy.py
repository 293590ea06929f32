"""Speaker accuracy: when the right words were quoted, were they put into the right mouth?

Applies to answerable questions whose first quote is right (``quote_hit``) and covers a gold quote that names its
speaker. Scores 1 where the quote names the same speaker as one of the gold quotes it covers, else 0; so a quote that
names nobody scores 0. A wrong or missing quote is not scored here; it costs a hit instead.

Two names are the same when all words of one are among those of the other, capitals and punctuation apart: "Knutsen" is
"Arild Knutsen", and "politiet" is "Politiet i Oslo", but "Kari Knutsen" is not "Arild Knutsen".

Range: 0 or 1.
Source: own; accuracy of quotation attribution, as in Pareti et al. 2013, but of the quotes that were asked for.
"""

from eval.covering import WORD, covers
from eval.metrics.quote_hit import quote_hit
from eval.row import Row


def speaker_accuracy(row: Row) -> float | None:
    """1 if the right first quote names the speaker that the gold names."""
    if not quote_hit(row, k=1):
        return None
    first = row.given[0]
    names = [wanted.speaker for wanted in row.wanted if wanted.speaker and covers(first, wanted)]
    if not names:
        return None
    return float(any(same_speaker(first.speaker, name) for name in names))


def same_speaker(said: str | None, wanted: str) -> bool:
    """Whether the two name the same speaker.

    >>> same_speaker("Arild Knutsen", "Knutsen"), same_speaker("Kari Knutsen", "Arild Knutsen"), same_speaker(None, "x")
    (True, False, False)
    """
    one, other = ({word.casefold() for word in WORD.findall(name or "")} for name in (said, wanted))
    return bool(one and other) and (one <= other or other <= one)

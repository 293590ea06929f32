"""What must stand beside a sentence for it to mean what it means in its document.

"Dette gjør at …" needs the sentence before it, a list's item the line that introduces the list ("Vi vil ikke:"), an
answer its question; and a rule is not the whole rule where the next sentence takes something out of it ("Dette gjelder
likevel ikke …"). All are addresses, so that they can be shown, word for word, beside a quote.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from index.documents.document import BlockKind, Document
from index.paragraph import Paragraph, Sentence
from index.speakers.words import FINITE, SAYING

_TURN = r"(?:[^\W\d_][\w.-]*(?:\s[\w.-]+){0,2}(?:\s\([^)]{1,40}\))?:\s)"
"""Who speaks, in a transcript: "Moe (Bypartiet): Ja, …"."""
_OPENER = rf"^{_TURN}?[\s–—−\-•«“\"'(]*"
_LABEL = re.compile(_TURN)
_POINTS_BACK = re.compile(
    _OPENER + r"(?:dette|disse|desse|slike|slikt|sånne|sånt|derfor|difor|dermed|likevel|men|samtidig|samstundes"
    r"|imidlertid|i tillegg|dessuten|sistnevnte|førstnevnte|unntaket|unntak|i så fall|ellers|elles|begge|da vil|da må"
    r"|hans|hennes|hennar|deres|deira|på den måten|av den grunn|av disse|av desse|det samme|det same|det siste|ja"
    r"|nei|jo"
    r"|this|these|those|such|however|therefore|but|yes|no|he|she|they|slik(?= \w+(?:er|ar)\b)|tvert imot|heller ikke"
    r"|heller ikkje|eksempelvis|for eksempel|også|resten|motsatt|omvendt|med andre ord|altså"
    r"|(?:\w+(?:ene|ane|en|et|a)\s)?(?:av|blant|etter|for|hos|i|med|mot|til|ved)\s(?:dem|disse|desse|dette)(?!,?\ssom))\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(_OPENER + r"(?:han|hun|ho|de|dei|den|der|her|da|då|så|it|there)\s(\w+)", re.IGNORECASE)
_IT = re.compile(_OPENER + r"(?:det|it)\s(\w+)(?:\s(\w+))?", re.IGNORECASE)
_DUMMY = frozenset(
    "er var blir ble blei vart vert finnes fins finst må skal bør kan trengs står ligger ligg kommer "  # noqa: SIM905
    "kjem går heter heiter "
    "sies fortelles ser viser regner snør haster hastar haddet is was has har hadde skulle burde kunne arbeides "
    "jobbes gis "
    "settes opprettes ytes åpnes vises vil utbetales kreves krevst tillates forutsettes anbefales foreslås".split()
)
"""After "Det" these need nothing before them, as a rule: "Det er viktig at …"."""
_BACK_AFTER_IT = frozenset(
    "derfor difor grunnen årsaken årsaka likevel også òg dermed feil riktig sant slik nettopp "  # noqa: SIM905
    "imidlertid derimot dessuten "
    "heller samme same bety gi føre gjøre gjere skape koste".split()
)
_TAKES_OUT = re.compile(
    _OPENER
    + r"(?:(?:dette|det samme|det same|det|denne \w+|regelen|kravet|forbudet|forbodet|ordningen|ordninga|plikten"
    r"|plikta|retten|taket|satsen|\w{3,}(?:en|et|a|ene|ane))\s(?:gjelder|gjeld|gjaldt|omfatter|omfattar)\s(?:\w+\s){0,2}?(?:ikke|ikkje|bare"
    r"|berre|kun|først|fyrst)\b"
    r"|unntaket|unntaka|unntak|unnatak|unntatt|unnateke|med mindre|forutsetningen|føresetnaden|vilkåret"
    r"|det er et vilkår"
    r"|det er eit vilkår|(?:dette|det) (?:forutsetter|føreset|krever|krev)\b"
    r"|(?:men|likevel|imidlertid|derimot)\b[^.!?]*\b(?:ikke|ikkje|bare|berre|kun|aldri|ingen|men|unntak|vilkår"
    r"|dersom|hvis)\b"
    r"|(?:dette|det|slik|det siste) (?:er|stemmer|var|vart|ble) (?:\w+ ){0,2}?(?:ikke|ikkje|feil|galt|usant|avvist"
    r"|nedstemt)\b"
    r"|(?:dette|det) (?:\w+ ){1,2}(?:vi|eg|jeg) (?:\w+ )?(?:ikke|ikkje)\b"
    r"|(?:dette|det) (?:er|var) (?:en|ein) (?:myte|misforståelse|misforståing)"
    r"|vi (?:tror|trur|mener|meiner) (?:\w+ )?(?:ikke|ikkje)\b"
    r"|vi er (?:\w+ )?(?:uenige?|ueinige?|usamde|(?:ikke|ikkje) (?:\w+ )?(?:enige?|einige?|samde))\b"
    r"|forslaget (?:ble|blei|vart|falt|fall) |this does not apply|except|unless|however\b)",
    re.IGNORECASE,
)
_NEGATES = re.compile(
    r"\b(?:ikke|ikkje|nei|aldri|ingen|inga|uten|utan|imot|mot|myter?|påstand(?:er|ar)?|feil|avslått|avslåtte"
    r"|forkasta|forkastet"
    r"|avvist|avviste|nedstemt|falt|mindretall(?:et)?|mindretal(?:et)?|dissens|forbudt|forbode|slutt(?:e)?|fjerne"
    r"|not|no|never)\b",
    re.IGNORECASE,
)


_TURNS = re.compile(
    r"(?:(?:dette|det|hva|kva|slik|her|disse|desse)\b.*\b(?:ikke|ikkje|nei|imot|mot)\b|.*\bvi\b.*\b(?:ikke|ikkje|nei"
    r"|imot|mot)\b"
    r"|avslå|forkast|myte|vanlige myter|vanlege mytar|påstand|feil\b|argument(?:er|a)? mot|nei til|mindretal|dissens"
    r"|ikke vedtatt|ikkje vedteke|ikke tillatt|ikkje tillate|motforslag|myths|not )",
    re.IGNORECASE,
)
"""Headings above running text that turn it. Others negate too, but only say what the text says ("Ikke nok penger")."""


def before(document: Document, paragraphs: Sequence[Paragraph], start: int) -> tuple[Sentence, ...]:
    """What to read before the sentence that begins at ``start``: addresses in order, none where it stands alone.

    ``paragraphs`` are all of the document's, in order.
    """
    place = _place(paragraphs, start)
    if place is None:
        return ()
    paragraph = paragraphs[place]
    heading = _heading(document, paragraph)
    if paragraph.kind is BlockKind.LIST_ITEM:
        leads = _lead_ins(document, paragraphs, place)
        own = _neighbour(document.text, paragraph, start)
        return (*((heading,) if heading else ()), *leads, *((own,) if own and own not in leads else ()))
    found = _neighbour(document.text, paragraph, start)
    if found is None and paragraph.sentences[0].start == start:
        found = _last_before(document, paragraphs, place)
    return (*((heading,) if heading else ()), *((found,) if found else ()))


def after(document: Document, paragraphs: Sequence[Paragraph], end: int) -> Sentence | None:
    """The next sentence, where it takes something out of the one that ends at ``end``, or takes it back."""
    place = _place(paragraphs, end - 1)
    if place is None:
        return None
    paragraph = paragraphs[place]
    following = next((sentence for sentence in paragraph.sentences if sentence.start >= end), None)
    if following is None and place + 1 < len(paragraphs):
        other = paragraphs[place + 1]
        near = other.kind is paragraph.kind is BlockKind.PARAGRAPH and other.headings == paragraph.headings
        following = other.sentences[0] if near else None
    if following and _TAKES_OUT.match(document.text[following.start : following.end]):
        return following
    return None


def points_back(sentence: str) -> bool:
    """Whether a sentence cannot be understood without the one before it: "Dette gjør at …", "De må …".

    >>> points_back("Dette gjør at flere får hjelp."), points_back("Det er viktig at flere får hjelp.")
    (True, False)
    """
    if _POINTS_BACK.match(sentence):
        return True
    word = re.search(r"\w", sentence)
    if word and word[0].islower():  # a boundary that is none
        return True
    pronoun = _PRONOUN.match(sentence)
    if pronoun:
        return pronoun[1].lower() in FINITE | SAYING
    it = _IT.match(sentence)
    if it is None:
        return False
    return it[1].lower() not in _DUMMY or (it[2] or "").lower() in _BACK_AFTER_IT


def negates(words: str) -> bool:
    """Whether words turn what they introduce into its opposite: "Dette vil vi ikke", "Avslåtte forslag"."""
    return _NEGATES.search(words) is not None


def _place(paragraphs: Sequence[Paragraph], offset: int) -> int | None:
    place = bisect_right(paragraphs, offset, key=lambda paragraph: paragraph.start) - 1
    return place if place >= 0 and offset < paragraphs[place].end else None


def _neighbour(text: str, paragraph: Paragraph, start: int) -> Sentence | None:
    """The sentence before, of the same paragraph, where it is needed."""
    previous: Sentence | None = None
    for sentence in paragraph.sentences:
        if sentence.start >= start:
            own = text[sentence.start : sentence.end]
            needed = previous and (text[previous.end - 1] == ":" or points_back(own))
            return previous if needed else None
        previous = sentence
    return None


def _last_before(document: Document, paragraphs: Sequence[Paragraph], place: int) -> Sentence | None:
    """The last sentence of the paragraph before, where the first one of this needs it."""
    paragraph, text = paragraphs[place], document.text
    if place == 0 or paragraph.kind is not BlockKind.PARAGRAPH:
        return None
    other = paragraphs[place - 1]
    if other.headings != paragraph.headings or other.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return None
    first, last = paragraph.sentences[0], other.sentences[-1]
    opens = text[first.start] in "–—-" or _LABEL.match(text, first.start) is not None
    announced = text[last.end - 1] == ":" or (opens and text[last.end - 1] == "?")
    back = points_back(text[first.start : first.end])
    return last if other.kind is BlockKind.PARAGRAPH and (announced or back) else None


def _lead_ins(document: Document, paragraphs: Sequence[Paragraph], place: int) -> tuple[Sentence, ...]:
    """The lines that introduce a list's item, outermost first; a heading where nothing else stands before the list."""
    lead_in, found = paragraphs[place].lead_in, []
    for other in reversed(paragraphs[:place]):
        last = other.sentences[-1]
        line = " ".join(document.text[last.start : last.end].split())
        if lead_in and (lead_in == line or lead_in.endswith(f" {line}")):
            found.append(last)
            lead_in = lead_in[: -len(line)].rstrip()
        if not lead_in or other.kind is not BlockKind.LIST_ITEM:
            break
    if not found:
        heading = _nearest_heading(document, paragraphs[place])
        items = [other for other in paragraphs[:place] if heading and other.start > heading.end]
        if heading and all(other.kind is BlockKind.LIST_ITEM for other in items):
            return (heading,)
    return tuple(reversed(found))


def _heading(document: Document, paragraph: Paragraph) -> Sentence | None:
    """The heading above, where it turns what stands below it: "Dette vil vi ikke"."""
    heading = _nearest_heading(document, paragraph)
    if heading is None or paragraph.kind is BlockKind.TABLE_CELL:
        return None
    if paragraph.kind is BlockKind.LIST_ITEM and paragraph.lead_in is None:
        return None  # it is the lead-in already
    words = document.text[heading.start : heading.end]
    turns = negates(words) if paragraph.kind is BlockKind.LIST_ITEM else _TURNS.match(words)
    return heading if turns else None


def _nearest_heading(document: Document, paragraph: Paragraph) -> Sentence | None:
    if not paragraph.headings:
        return None
    place = bisect_right(document.blocks, paragraph.start, key=lambda block: block.start) - 1
    for block in reversed(document.blocks[:place]):
        if block.kind is BlockKind.HEADING:
            return Sentence(block.start, block.end)
    return None

"""Is this said to Kildesvar itself? "Hei", "Hvilke kilder har du?", "Er du en KI?", "Gjelder dette fortsatt?".

An utterance is recognised only as a whole: every word of it must belong to the pattern, so that "Hva kan du få i bot
for dette?" is never taken for "Hva kan du?". What is not recognised is asked of the sources. The patterns are in
``talk.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.answer import History, Role, Topic, Turn
from index.documents.document import Language, Source

MAX_WORDS = 16
"""A longer text is not small talk."""
_SMALL_TALK = (Topic.GREETING, Topic.FAREWELL, Topic.THANKS, Topic.AGREED)
_KIND_ENDINGS = ("", "en", "et", "a", "n", "s", "ens", "ets")

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SLOT = re.compile(r"(?<!\?P)<(\w+)>")
# Words that tell the languages apart, among those of the patterns.
_NYNORSK = """
    kva kven korleis eg ikkje kjelder kjeldene kjelda kjelde framleis gjeld enno frå dykk noko nokon svara heiter vart
    spørsmåla tekstar tekstane rapportar rapportane dokumenta meiner trur synest kor handlar skriv seier hjelpa sjølv
    eigentleg skjøner veit finst ligg treng ein ei vert brukar snakkar hugsar hjarteleg samandrag fortel innhaldet
"""
_BOKMAAL = """
    hva hvem hvordan jeg ikke kilder kildene kilden kilde fortsatt fremdeles gjelder hvilke hvilket hvor mener tror
    svarene spørsmålene heter dokumentene tekstene rapporter rapportene noe noen handler skriver sier hjelpen selv
    egentlig skjønner vet finnes ligger trenger en ble blir bruker snakker husker sammendrag fortell innholdet fra
"""
_MARKS = {Language.NYNORSK: frozenset(_NYNORSK.split()), Language.BOKMAAL: frozenset(_BOKMAAL.split())}
_ENGLISH_SMALL_TALK = frozenset(
    "hello hi hey morning evening afternoon night thanks thank bye goodbye good great nice perfect got see "  # noqa: SIM905
    "understand understood fine right alright cheers".split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """Something that is said to Kildesvar itself."""

    topic: Topic
    language: Language
    """OTHER where the words belong to several languages: then the page's is as good."""
    about_all: bool = False
    """Of ``Topic.SUMMARY``: all the sources are meant."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    before: re.Pattern[str]
    after: re.Pattern[str]
    small_talk: tuple[tuple[Topic, re.Pattern[str]], ...]
    questions: tuple[tuple[Topic, re.Pattern[str]], ...]
    every: tuple[re.Pattern[str], ...]
    of_quote: tuple[tuple[Topic, re.Pattern[str]], ...]
    explain: tuple[re.Pattern[str], ...]
    words: dict[str, str]
    source: tuple[tuple[Topic, str], ...]


def said_to_self(question: str) -> Said | None:
    """What of Kildesvar itself a question is about; None if it must be asked of the sources."""
    words = _words(question)
    if not words or len(words) > MAX_WORDS:
        return None
    asked, patterns = " ".join(words), _patterns()
    for topic, pattern in patterns.small_talk:
        if pattern.fullmatch(asked):
            return Said(topic, _language(words))
    forms = {asked, _core(asked)}
    for topic, pattern in patterns.questions:
        if any(map(pattern.fullmatch, forms)):
            return Said(topic, _language(words))
    if any(pattern.fullmatch(form) for pattern in patterns.every for form in forms):
        return Said(Topic.SUMMARY, _language(words), about_all=True)
    return None


def asked_of_quote(question: str) -> Said | None:
    """What is asked of the quote itself that was just shown: who says it, or what stands around it; None if neither.

    >>> asked_of_quote("Og hvem sier det, da?").topic, asked_of_quote("Hvem sier nei?")
    (<Topic.SAYS: 'says'>, None)
    """
    words = _words(question)
    if not words or len(words) > MAX_WORDS:
        return None
    forms = {" ".join(words), _core(" ".join(words))}
    topics = (topic for topic, pattern in _patterns().of_quote if any(map(pattern.fullmatch, forms)))
    topic = next(topics, None)
    return Said(topic, _language(words)) if topic else None


def asks_to_explain(question: str) -> bool:
    """Whether it is asked what was meant by what was just shown: "Hva betyr det?"."""
    asked = core_words(question)
    return any(pattern.fullmatch(asked) for pattern in _patterns().explain)


def without_talk(history: History) -> tuple[Turn, ...]:
    """The conversation without what was said to Kildesvar itself, and its replies: nothing follows on a greeting.

    So too without what was asked of a quote: what is asked next follows what was asked before that.
    """
    kept: list[Turn] = []
    talked = False
    for turn in history:
        if turn.role is Role.USER:
            talked = said_to_self(turn.content) is not None or asked_of_quote(turn.content) is not None
        if not talked:
            kept.append(turn)
    return tuple(kept)


def asked_of_source(remainder: str, sources: Iterable[Source]) -> Said | None:
    """What of these sources themselves a question is about, not of what they tell.

    Args:
        remainder: The question without their names: "Hva handler dokumentet fra om?".
        sources: Those that it names; what kind of text they are may be said as well.
    """
    words = _words(remainder)
    if not words or len(words) > MAX_WORDS:
        return None
    patterns = _patterns()
    kinds = [re.escape(word) for source in sources for word in kind_words(source)]
    slots = patterns.words | {"document": "|".join([patterns.words["document"], *kinds])}
    forms = {" ".join(words), _core(" ".join(words))}
    for topic, pattern in patterns.source:
        if any(re.fullmatch(filled(pattern, slots), form) for form in forms):
            return Said(topic, _language(words))
    return None


def kind_words(source: Source) -> list[str]:
    """The forms of what kind of text a source is: "kronikk", "kronikken"; none where that is not known."""
    kind = source.metadata.kind
    return [kind.lower() + ending for ending in _KIND_ENDINGS] if kind else []


def core_words(text: str) -> str:
    """The words in lower case, with single spaces, without what is said around a question; empty for a long text."""
    words = _words(text)
    return _core(" ".join(words)) if len(words) <= MAX_WORDS else ""


def slot_words() -> dict[str, str]:
    """The words that patterns share, by the names of their slots."""
    return _patterns().words


def filled(pattern: str, slots: Mapping[str, str]) -> str:
    """The pattern with its slots filled in, and theirs; ``(?P<name>`` is none. ``KeyError`` for one that is not known.

    >>> filled("hva er <it>", {"it": "dette|<that>", "that": "det"})
    'hva er (?:dette|(?:det))'
    """
    previous = ""
    while previous != pattern:
        previous = pattern
        pattern = _SLOT.sub(lambda slot: f"(?:{slots[slot[1]]})", pattern)
    return pattern


def language_of(text: str) -> Language:
    """Which language an utterance is in; OTHER where its words belong to several."""
    return _language(_words(text))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _core(asked: str) -> str:
    """Without what is said around a question: "Hei, … da?"."""
    patterns = _patterns()
    previous = None
    while previous != asked:
        previous = asked
        asked = patterns.after.sub("", patterns.before.sub("", asked))
    return asked


def _language(words: Iterable[str]) -> Language:
    said = frozenset(words)
    for language, marks in _MARKS.items():
        if said & marks:
            return language
    if said & _ENGLISH_SMALL_TALK:
        return Language.ENGLISH
    return Language.ENGLISH if said & _english_words() else Language.OTHER


@cache
def _english_words() -> frozenset[str]:
    """Words of the English patterns that no Norwegian pattern has."""
    table = _table()
    norwegian = _letters(table["norwegian"]) | _letters(table["words"]) | _letters(table["small_talk"])
    return (_letters(table["english"]) | _letters(table["english_words"])) - norwegian | frozenset(
        {"the", "about", "summarise", "summarize", "summary", "say", "does"}
    )


def _letters(part: object) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", str(part).lower()))


def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("talk.toml").read_text("utf-8"))


@cache
def _patterns() -> _Patterns:
    table = _table()
    words: dict[str, str] = table["words"] | table["english_words"]

    def compiled(part: str, topic: str) -> list[re.Pattern[str]]:
        return [re.compile(filled(pattern, words)) for pattern in table[part][topic]]

    questions = [
        (Topic(topic), pattern)
        for part in ("norwegian", "english")
        for topic in table[part]
        for pattern in compiled(part, topic)
    ]
    source = [(Topic(topic), pattern) for topic in ("summary", "dated", "dates") for pattern in table["source"][topic]]
    return _Patterns(
        before=re.compile(rf"^(?:{table['around']['before']}) (?=.)"),
        after=re.compile(rf"(?<=.) (?:{table['around']['after']})$"),
        small_talk=tuple((topic, re.compile(table["small_talk"][topic.value])) for topic in _SMALL_TALK),
        questions=tuple(questions),
        every=tuple(compiled("source", "every")),
        of_quote=tuple((Topic(topic), it) for topic in ("says", "around") for it in compiled("quote", topic)),
        explain=tuple(compiled("quote", "explain")),
        words=words,
        source=tuple(source),
    )

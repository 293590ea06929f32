"""Which source does a question name? Titles, publishers, authors and file names, as people really write them.

People say "Frps program", "tryggere ruspolitikk sin strategi", "Innlandet Vesntre", "kronikken": short names,
genitives, typing errors and the kind of text. What they name is searched first, with the name taken out of the query,
because a passage does not name its own author.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from index.compounds import word_counts
from index.documents.document import Document, Source
from index.language import LIGHT_WORDS
from index.short_names import SHORT_NAMES

_WORD = re.compile(r"\w+(?:[-.']\w+)*")
_GENITIVE = ("'s", "’s", "s'", "'", "’", "s")
_POSSESSIVE = frozenset({"sin", "si", "sitt", "sine"})
"""Follows the name in "Venstre sin politikk" and goes with it."""
_LINKS = frozenset({"for", "av", "i", "og", "the", "of", "and", "på", "til", "om", "med", "mot", "et", "en", "ei"})
_GENERIC = frozenset(
    {"foreningen", "foreininga", "forening", "partiet", "stiftelsen", "stiftinga", "organisasjonen", "fylkeslag"}
)
"""Words that go before a name without being part of what people call it: "Foreningen Tryggere Ruspolitikk"."""
_DEFINITE = ("en", "et", "a", "n", "ens", "ets", "as", "ene", "enes")
"""Endings of definite forms: "strategien" names the strategy, "strategi" is just a noun."""
_MIN_FUZZY = 6
"""Shortest word that may hold a typing error: below, one letter makes another word ("SV", "Rødt", "Senter")."""
_MOST_SLIPS = 2
"""Typing errors in a word of ``_MANY_LETTERS`` or more; in a shorter one, one."""
_MANY_LETTERS = 9


@dataclass(frozen=True, slots=True)
class Naming:
    """The sources that a question names."""

    documents: frozenset[str]
    """Ids of the documents."""
    remainder: str
    """The question without the name; the question itself when nothing would be left."""


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    document: str


def _words(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(text)]


def _base(word: str) -> Iterator[str]:
    """The word and what is left without a genitive ending: ``frps`` -> ``frps``, ``frp``."""
    yield word
    for ending in _GENITIVE:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word[: -len(ending)]


class SourceNames:
    """The names of a corpus's sources, derived from their metadata and from how the texts use the words."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Learn the names; reads every text once to tell proper names from ordinary words."""
        names: Counter[str] = Counter()
        opening: dict[str, str] = {}
        lower: Counter[str] = Counter()
        words: Counter[str] = Counter()
        sources: list[Source] = []
        for document in documents:
            sources.append(document.source)
            for match in _WORD.finditer(document.text):
                word = match.group()
                words[word.lower()] += 1
                if word[0].islower():
                    lower[word] += 1
                elif not _opens_sentence(document.text, match.start()):
                    names[word] += 1
                elif _before_name(document.text, match.end()):
                    opening[word.lower()] = word
        capitalised: Counter[str] = Counter()
        for word, count in names.items():
            capitalised[word.lower()] += count
        self._capitalised, self._lower = capitalised, lower
        given = {word: written for word, written in opening.items() if not lower[word] and not capitalised[word]}
        proper = [(word, count) for word, count in names.items() if self._proper(word.lower())]
        self._written = given | {word.lower(): word for word, _ in sorted(proper, key=itemgetter(1))}
        """Name in lower case -> as the texts mostly write it. Some given names stand only where sentences begin."""
        self.words: Mapping[str, int] = words
        """Every word of the texts in lower case -> how often it stands there."""
        self._names = {name for source in sources for name in self._derive(source)}
        self._longest = max((len(name.words) for name in self._names), default=0)
        self._by_words: dict[tuple[str, ...], set[str]] = {}
        for name in self._names:
            self._by_words.setdefault(name.words, set()).add(name.document)
        self._by_first: dict[tuple[int, str], list[tuple[str, ...]]] = {}
        for written in self._by_words:
            self._by_first.setdefault((len(written), written[0]), []).append(written)
        self._long_words = sorted({word for name in self._by_words for word in name if len(word) >= _MIN_FUZZY})
        self._kinds = _unique_kinds(sources)

    def _proper(self, word: str) -> bool:
        """Whether a word is a name even in lower case.

        The texts decide: a name is capitalised within sentences and (nearly) never in lower case. A word that they do
        not use is a name if the general word list does not know it.
        """
        if self._lower[word] or self._capitalised[word]:
            return self._lower[word] * 4 <= self._capitalised[word]
        return not word.isdigit() and word not in word_counts()

    def _derive(self, source: Source) -> Iterator[_Name]:
        meta = source.metadata
        stem = source.file.rsplit(".", 1)[0]
        yield _Name(tuple(_words(source.file)), source.id)
        yield from (_Name(words, source.id) for words in [tuple(_words(stem))] if len(words) > 1 or self._proper(stem))
        for author in meta.authors:
            words = _words(author)
            yield _Name(tuple(words), source.id)
            if len(words) > 1:
                yield _Name((words[-1],), source.id)
        for field in (meta.publisher, meta.title):
            if field:
                yield from (_Name(words, source.id) for words in self._parts(field))

    def _parts(self, field: str) -> Iterator[tuple[str, ...]]:
        """Names in a title or publisher: the whole, with and without "Foreningen", its proper names, its initials."""
        words = _words(field)
        if words:
            yield tuple(words)
        while words and words[0] in _GENERIC:
            words = words[1:]
            if len(words) > 1:
                yield tuple(words)
        for run in _capitalised_runs(field):
            if len(run) > 1:
                yield run
            yield from ((word,) for word in run if len(word) > 1 and self._proper(word))
        initials = "".join(word[0] for word in words if word not in _LINKS)
        if len(initials) >= 3:
            yield (initials,)
        for long, short in SHORT_NAMES:
            if long in words:
                yield (short,)
            if short in words:
                yield (long,)

    def with_capitals(self, question: str) -> str:
        """The question with its names as the texts write them: "kari gran" as "Kari Gran", "nrk" as "NRK"."""
        return _WORD.sub(lambda match: self._as_written(match.group()), question)

    def _as_written(self, word: str) -> str:
        for base in _base(word) if word.islower() and word not in LIGHT_WORDS else ():
            if base in self._written and base not in LIGHT_WORDS:
                return self._written[base] + word[len(base) :]
        return word

    def find(self, question: str) -> Naming | None:
        """The sources that the question names, longest name first; None if it names none."""
        tokens = list(_WORD.finditer(question))
        words = [token.group().lower() for token in tokens]
        meant = [self._meant(word) for word in words]
        taken: list[tuple[int, int]] = []
        documents: set[str] = set()
        position = 0
        while position < len(words):
            length, found = self._longest_at(words, meant, position)
            written_as_name = position > 0 and tokens[position].group()[0].isupper()
            if not found or (length == 1 and not written_as_name and not self._sure(words[position])):
                position += 1
                continue
            end = position + length
            if end < len(words) and words[end] in _POSSESSIVE:
                end += 1
            documents |= found
            taken.append((tokens[position].start(), tokens[end - 1].end()))
            position = end
        if not documents:
            return self._by_kind(words, question)
        return Naming(frozenset(documents), _without(question, taken))

    def _longest_at(self, words: Sequence[str], meant: Sequence[frozenset[str]], position: int) -> tuple[int, set[str]]:
        for length in range(min(self._longest, len(words) - position), 0, -1):
            stretch = slice(position, position + length)
            found = self._lookup(tuple(words[stretch]), meant[stretch])
            if found:
                return length, found
        return 0, set()

    def _sure(self, word: str) -> bool:
        """Whether one word alone, perhaps in lower case, is the name and not the ordinary word ("til høyre")."""
        return "." in word or any(self._proper(base) for base in _base(word))

    def _lookup(self, words: tuple[str, ...], meant: Sequence[frozenset[str]]) -> set[str]:
        for last in _base(words[-1]):
            exact = self._by_words.get((*words[:-1], last))
            if exact:
                return exact
        return {
            document
            for first in meant[0]
            for name in self._by_first.get((len(words), first), ())
            if self._misspelt(meant, name)
            for document in self._by_words[name]
        }

    def _misspelt(self, meant: Sequence[frozenset[str]], name: tuple[str, ...]) -> bool:
        """Whether every word is the name's word or a typing error of it; one is long enough to tell."""
        if all(len(word) < _MIN_FUZZY for word in name):
            return False
        return all(target in targets for target, targets in zip(name, meant, strict=True))

    def _meant(self, word: str) -> frozenset[str]:
        """The words of names that a word is, in the genitive or not, or may be a typing error of."""
        bases = frozenset(_base(word))
        if self._lower[word] or self._capitalised[word]:
            return bases  # a word that the corpus itself uses is no slip
        near = (found for base in bases for found in self._near(base))
        return bases | {
            target for target, slips in near if slips <= (_MOST_SLIPS if len(target) >= _MANY_LETTERS else 1)
        }

    def _near(self, word: str) -> Iterator[tuple[str, int]]:
        """Long words of names that are a few typing errors away, and how many; told apart in C, for there are many."""
        for target, slips, _ in extract(
            word, self._long_words, scorer=OSA.distance, score_cutoff=_MOST_SLIPS, limit=None, processor=None
        ):
            yield target, int(slips)

    def _by_kind(self, words: list[str], question: str) -> Naming | None:
        """The definite form "strategien" names the one strategy among the sources; the word stays in the query."""
        for word in words:
            document = self._kinds.get(word)
            if document:
                return Naming(frozenset({document}), question)
        return None


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in '.!?\n:«"“—–-•'


def _before_name(text: str, end: int) -> bool:
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()


def _capitalised_runs(field: str) -> Iterator[tuple[str, ...]]:
    """Runs of capitalised words, but not the first word of the field, which is capitalised anyway, when it is alone."""
    run: list[str] = []
    matches = list(_WORD.finditer(field))
    for number, match in enumerate(matches):
        word = match.group()
        if word[0].isupper() and word.lower() not in _GENERIC:
            run.append(word.lower())
            continue
        if run and not (len(run) == 1 and number == 1):
            yield tuple(run)
        run = []
    if run and not (len(run) == 1 and len(matches) == 1):
        yield tuple(run)


def _unique_kinds(sources: list[Source]) -> dict[str, str]:
    kinds = Counter(source.metadata.kind for source in sources if source.metadata.kind)
    return {
        kind.lower() + ending: source.id
        for source in sources
        if (kind := source.metadata.kind) and kinds[kind] == 1
        for ending in _DEFINITE
    }


def _without(question: str, taken: list[tuple[int, int]]) -> str:
    kept, position = [], 0
    for start, end in taken:
        kept.append(question[position:start])
        position = end
    kept.append(question[position:])
    remainder = re.sub(r"\s+", " ", "".join(kept)).strip()
    return remainder if _WORD.search(remainder) else question

"""What users said of answers: whether they were right, kept in a file beside the index until they take it back.

A rating holds what is needed to ask the question again and to know what the right answer would have been, so that
``kildesvar eval new --ratings`` can make a gold set of them.
"""

import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Quote, Role, Topic, Turn, Understood
from assistant.carried import clean
from assistant.cells import SURE
from index.documents.document import Language
from index.errors import RatingsFault

FILE = "ratings.sqlite"
"""Its name in the directory of the index."""
MAX_COMMENT, MAX_SENTENCE = 1000, 2000
"""Characters that are kept of what a user writes."""
_SCHEMA = "CREATE TABLE IF NOT EXISTS ratings (id TEXT PRIMARY KEY, rated TEXT NOT NULL, record TEXT NOT NULL)"
_PATIENCE = 10.0
"""Seconds to wait for another process that writes."""


class UserVerdict(StrEnum):
    """What a user says of an answer."""

    RIGHT = "right"
    """The first quote answers; or, where there was no answer, the sources have none."""
    WRONG_PLACE = "wrong_place"
    """The sources answer, but elsewhere."""
    INCOMPLETE = "incomplete"
    """The first quote is a part of the answer."""
    SHOULD_REFUSE = "should_refuse"
    """The sources do not answer, so that there should have been no answer."""
    SHOULD_ANSWER = "should_answer"
    """There was no answer, but the sources have one."""

    @property
    def wants_sentence(self) -> bool:
        """Whether only a sentence that the user points out tells what the right answer would have been."""
        return self in (UserVerdict.WRONG_PLACE, UserVerdict.INCOMPLETE, UserVerdict.SHOULD_ANSWER)


OF_ANSWER = (UserVerdict.RIGHT, UserVerdict.WRONG_PLACE, UserVerdict.INCOMPLETE, UserVerdict.SHOULD_REFUSE)
OF_REFUSAL = (UserVerdict.RIGHT, UserVerdict.SHOULD_ANSWER)
"""What can be said of an answer, and of there being none; the latter also where Kildesvar itself took the question."""
OF_COMPARISON = (UserVerdict.RIGHT, UserVerdict.INCOMPLETE, UserVerdict.WRONG_PLACE)
"""What can be said of a comparison: that something is missing, or that something does not belong there."""


class Manner(StrEnum):
    """How a question was answered."""

    ANSWER = "answer"
    COMPARISON = "comparison"
    TALK = "talk"
    """In Kildesvar's own words."""


_SMALL_TALK = frozenset({Topic.GREETING, Topic.FAREWELL, Topic.THANKS, Topic.AGREED, Topic.HOW_ARE_YOU})


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as it was shown."""

    document: str
    """The file's own name."""
    sha256: str
    """Of the file."""
    start: int
    end: int
    """Code points in the document's canonical text, half-open."""
    text: str
    speaker: str | None = None
    """Who says it, where the document tells."""


@dataclass(frozen=True, slots=True)
class Rateable:
    """An answer, as far as a rating of it needs to know."""

    question: str
    standalone: str
    """As it was understood."""
    language: Language
    history: tuple[Turn, ...]
    """The conversation before it, where the question needed it to be understood; else empty."""
    answered: bool
    confidence: float
    """0 to 1."""
    quotes: tuple[Shown, ...]
    """Best first; of a comparison the likely ones, a source after the other."""
    manner: Manner = Manner.ANSWER

    @property
    def verdicts(self) -> tuple[UserVerdict, ...]:
        """What can be said of it."""
        if self.manner is Manner.TALK:
            return OF_REFUSAL
        if self.manner is Manner.COMPARISON:
            return OF_COMPARISON
        return OF_ANSWER if self.answered else OF_REFUSAL


@dataclass(frozen=True, slots=True)
class Rating:
    """What a user said of one answer."""

    id: str
    """Of the answer; a later rating of it takes the place of an earlier one."""
    rated: str
    """When, ISO 8601, UTC."""
    verdict: UserVerdict
    comment: str
    """In the user's own words; may be empty."""
    sentence: str
    """What answers, as the user copied it from a document; may be empty."""
    answer: Rateable


def is_rateable(answer: Answer) -> bool:
    """Whether there is anything to rate: nobody asks whether a greeting was right."""
    return answer.talk is None or answer.talk.topic not in _SMALL_TALK


def rateable(answer: Answer, history: Collection[Turn]) -> Rateable:
    """What a rating of the answer would hold."""
    asked = clean(answer.question)
    manner = Manner.TALK if answer.talk else Manner.COMPARISON if answer.comparison else Manner.ANSWER
    quotes = [it for it in answer.quotes if manner is not Manner.COMPARISON or it.score >= SURE]
    return Rateable(
        question=asked,
        standalone=answer.standalone_question,
        language=answer.language,
        history=tuple(Turn(it.role, it.content) for it in history if it.content.strip()) if _follows(answer) else (),
        answered=answer.answered,
        confidence=answer.confidence,
        quotes=tuple(map(_shown, quotes)),
        manner=manner,
    )


def _follows(answer: Answer) -> bool:
    """Whether the question took something from the conversation; what was said before others is nobody's business."""
    if answer.comparison:  # its topic is in its own words, or is that of the question before it
        return not _words(answer.comparison.topic) <= _words(answer.question)
    return answer.understood is Understood.FOLLOW_UP


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _shown(quote: Quote) -> Shown:
    source = quote.document.source
    return Shown(source.file, source.sha256, quote.start, quote.end, quote.text, quote.speaker)


class Ratings:
    """The ratings kept in one file. Safe to use from several threads and processes.

    A write that is cut short leaves what was there before.
    """

    def __init__(self, file: Path) -> None:
        """Keep them in ``file``, which is made with the first rating."""
        self._file = file

    def put(self, rating: Rating) -> None:
        """Keep a rating, in the place of an earlier one of the same answer. Raises ``RatingsFault``."""
        record = json.dumps(asdict(rating), ensure_ascii=False)
        with self._open() as connection:
            connection.execute(_SCHEMA)
            connection.execute("INSERT OR REPLACE INTO ratings VALUES (?, ?, ?)", (rating.id, rating.rated, record))

    def remove(self, identifier: str) -> None:
        """Forget a rating, if there is one; nothing of it is left in the file. Raises ``RatingsFault``."""
        if self._file.exists():
            with self._open() as connection:
                connection.execute(_SCHEMA)
                connection.execute("DELETE FROM ratings WHERE id = ?", (identifier,))

    def of(self, identifiers: Collection[str]) -> dict[str, Rating]:
        """The ratings of these answers, as far as they have any. Raises ``RatingsFault``."""
        wanted = list(dict.fromkeys(identifiers))
        places = ", ".join("?" * len(wanted))
        return {rating.id: rating for rating in self._read(f"WHERE id IN ({places})", wanted)} if wanted else {}

    def all(self) -> tuple[Rating, ...]:
        """Every rating, oldest first. Raises ``RatingsFault``."""
        return tuple(self._read("", []))

    def _read(self, condition: str, values: list[str]) -> list[Rating]:
        if not self._file.exists():
            return []
        query = f"SELECT record FROM ratings {condition} ORDER BY rated, id"
        with self._open() as connection:
            connection.execute(_SCHEMA)
            return [_rating(json.loads(record)) for (record,) in connection.execute(query, values)]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=_PATIENCE)) as connection, connection:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA secure_delete = ON")  # what is taken back must not linger in the file
                yield connection
        except (sqlite3.Error, OSError, ValueError, KeyError, TypeError) as error:
            raise RatingsFault(file=str(self._file), cause=str(error)) from error


def _rating(record: Mapping[str, Any]) -> Rating:
    answer = record["answer"]
    return Rating(
        id=record["id"],
        rated=record["rated"],
        verdict=UserVerdict(record["verdict"]),
        comment=record["comment"],
        sentence=record["sentence"],
        answer=Rateable(
            question=answer["question"],
            standalone=answer["standalone"],
            language=Language(answer["language"]),
            history=tuple(Turn(Role(turn["role"]), turn["content"]) for turn in answer["history"]),
            answered=answer["answered"],
            confidence=answer["confidence"],
            quotes=tuple(Shown(**quote) for quote in answer["quotes"]),
            manner=Manner(answer.get("manner", Manner.ANSWER)),  # the first ratings did not say
        ),
    )

"""What the page needs to tell how good the answers are: the ratings, and whoever can measure.

Measuring is done by a package above this one, which may not be imported here; it registers itself under the entry
point ``kildesvar.evaluation`` as ``(directory of the index or None, ratings) -> Evaluation``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from assistant.answer import Turn
from assistant.opening import default_index
from assistant.ratings import FILE, Ratings
from index.documents.document import Language
from index.errors import KildesvarError

GROUP = "kildesvar.evaluation"


@dataclass(frozen=True, slots=True)
class Option:
    """A gold set or a run that can be chosen."""

    name: str
    title: str
    """What it is called, in the language asked for."""


class Stage(StrEnum):
    """Where a run stands."""

    IDLE = "idle"
    """Nothing has been run."""
    PREPARING = "preparing"
    """The models are being loaded."""
    INDEX = "index"
    """The documents are being read in; counts passages."""
    QUESTIONS = "questions"
    """The questions are being asked; counts questions."""
    COUNTING = "counting"
    """The numbers are being worked out."""
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


RUNNING = frozenset({Stage.PREPARING, Stage.INDEX, Stage.QUESTIONS, Stage.COUNTING})


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run has come."""

    stage: Stage
    title: str = ""
    """Of the set that is asked."""
    done: int = 0
    total: int = 0
    """What the stage counts; 0 of 0 where it counts nothing."""
    seconds_left: float | None = None
    """Until the end of this stage, by the pace so far; None while there is none to go by."""
    problem: str = ""
    """What went wrong, in the language asked for."""
    run: str = ""
    """Name of the run that is done."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's number."""

    name: str
    meaning: str
    """What it says, in one sentence."""
    value: float
    low: float
    high: float
    """The value and the ends of its 95 % interval, as shares; an end may be infinite where there is too little."""
    count: int
    """Questions that it is made of."""


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one type."""

    name: str
    count: int
    figures: tuple[Figure | None, ...]
    """In the order of ``Summary.heads``; None where a measure does not apply."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plot."""

    svg: str
    """Markup that holds no text of documents or questions."""
    title: str
    text: str
    """How to read it."""
    said: str
    """What it shows, in words."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A question that went wrong."""

    id: str
    question: str
    language: Language
    kind: str
    """How it went wrong, in words."""
    type: str
    """What kind of question it is, in words."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The main numbers of a run."""

    lead: str
    """One sentence that says it all."""
    figures: tuple[Figure, ...]
    time: str
    """How long an answer takes, in words."""
    heads: tuple[str, ...]
    """Names of the measures by type."""
    types: tuple[Group, ...]
    risk: Drawing
    failed: tuple[Failed, ...]
    """Worst first."""
    signature: str
    """What makes the numbers mean something."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sentence that would have answered."""

    document: str
    """The file's own name."""
    text: str
    spans: tuple[tuple[int, int], ...]
    """Where it stands in the document's canonical text; code points, half-open."""
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A question of a run, to be asked again."""

    question: str
    history: tuple[Turn, ...]
    wanted: tuple[Wanted, ...]
    """Empty where no document answers."""
    complete: bool
    """All of them are wanted, not just any one."""
    kind: str
    """How it went in the run, in words."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A gold set made of ratings."""

    name: str
    """Under which it can be run."""
    file: str
    questions: int
    left_out: int
    """Ratings that do not tell what the right answer is, or whose sentence stands in no document."""


class Evaluation(Protocol):
    """Measures, one run at a time, while the page goes on. Safe to use from several threads.

    Names come from requests and are not trusted. What raises raises ``KildesvarError``; ``told`` puts it into words.
    """

    def sets(self, language: Language) -> tuple[Option, ...]:
        """The gold sets that can be run."""
        ...

    def runs(self, language: Language) -> tuple[Option, ...]:
        """The runs that are kept, newest first."""
        ...

    def start(self, name: str, *, limit: int | None = None) -> None:
        """Begin to ask a set, or ``limit`` questions of it. Raises where one runs already or there is no such set."""
        ...

    def stop(self) -> None:
        """Give up the run that goes on, if any; it leaves nothing."""
        ...

    def standing(self, language: Language) -> Standing:
        """How far the run has come that goes on, or how the last one ended."""
        ...

    def summary(self, run: str, language: Language) -> Summary:
        """The main numbers of a run. Raises where there is no such run."""
        ...

    def page(self, run: str, language: Language) -> str:
        """The whole report, one self-contained HTML page. Raises where there is no such run."""
        ...

    def case(self, run: str, question: str, language: Language) -> Case:
        """A question of a run. Raises where there is none of that id."""
        ...

    def export(self, name: str) -> Exported:
        """Make a gold set of the ratings, in the place of an earlier one of that name.

        Raises where there is nothing to make it of, or the name will not do.
        """
        ...

    def told(self, error: KildesvarError, language: Language) -> str:
        """The error in the user's language."""
        ...


Opener = Callable[[Path | None, Ratings], Evaluation]


@dataclass(frozen=True, slots=True)
class Quality:
    """The ratings of an index, and who measures it."""

    ratings: Ratings
    evaluation: Evaluation | None = None
    """None where nobody is installed who can."""


def open_quality(index: Path | None) -> Quality:
    """For the index in this directory; None is the user's own."""
    ratings = Ratings((index or default_index()) / FILE)
    openers: list[Opener] = [entry.load() for entry in entry_points(group=GROUP)]
    return Quality(ratings, openers[0](index, ratings) if openers else None)

"""A file on its way into the index, and what became of it. All of it can be written as JSON."""

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

RECOGNISABLE = frozenset({"ScannedPdf", "GarbledText"})
"""Errors of files that text recognition may read."""


class State(StrEnum):
    """Where a file stands."""

    WAITING = "waiting"
    ACTIVE = "active"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What became of a file that is done."""

    ADDED = "added"
    SAME = "same"
    """The same bytes were there already, under the same name."""
    COPY = "copy"
    """The same bytes were there already, under another name."""
    UNPACKED = "unpacked"
    """A zip file: the files in it come after it, each for itself."""


class EditionChoice(StrEnum):
    """What the user wants of a new edition and the one that was there before."""

    OPEN = "open"
    KEPT = "kept"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Edition:
    """The document that a new one has much of its text in common with."""

    id: str
    name: str
    common: float
    """Share of the text, 0 to 1."""
    choice: EditionChoice = EditionChoice.OPEN


@dataclass(frozen=True, slots=True)
class Result:
    """What a file became."""

    outcome: Outcome
    document: str | None = None
    """Id of the document; None for a zip file."""
    name: str = ""
    """What the document is called."""
    count: int = 0
    """Passages added, or files unpacked."""
    edition: Edition | None = None
    unread: str = ""
    """Pages without text that can be read, as a list: ``3–5, 9``."""
    recognised: str = ""
    """Pages that were read by text recognition."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file became nothing: an error of ``index/errors.py``, or (``key`` is empty) something nobody foresaw."""

    key: str
    details: dict[str, str | int]
    again: bool = False
    """Whether trying again may help: the file was not what was wrong."""

    def at(self, place: str) -> "Problem":
        """The same, telling where in a zip file the file lies, if it does."""
        return replace(self, details=self.details | {"file": place}) if place and "file" in self.details else self


@dataclass(frozen=True, slots=True)
class Item:
    """One file."""

    id: str
    """Of this hand-in; they sort in the order of coming in."""
    name: str
    """The file's own name as the user has it: data, never a path."""
    size: int
    """Bytes."""
    sha256: str
    state: State = State.WAITING
    attempts: int = 0
    """How often it was begun: a file that brings the worker down is not tried for ever."""
    result: Result | None = None
    problem: Problem | None = None
    recognition: bool = False
    """Text recognition shall read its pages that are pictures."""
    place: str = ""
    """Where it lay in a zip file, with that one's name (``saker.zip/2024/referat.pdf``); empty if in none."""

    @property
    def recognisable(self) -> bool:
        """Whether text recognition, which was not tried, may read what could not be read."""
        if self.recognition or not self.ended:
            return False
        if self.problem is not None:
            return self.problem.key in RECOGNISABLE
        return self.result is not None and bool(self.result.unread)

    @property
    def document(self) -> str:
        """The id of the document that it is, or will be."""
        return f"d{self.sha256[:16]}"

    @property
    def ended(self) -> bool:
        """Whether nothing more will be done with it."""
        return self.state not in (State.WAITING, State.ACTIVE)

    def to_json(self) -> str:
        """As it stands in the journal."""
        return json.dumps(asdict(self), ensure_ascii=False)


def item_of(written: str) -> Item:
    """What ``Item.to_json`` wrote. Raises ``ValueError``, ``KeyError`` or ``TypeError`` on anything else."""
    found: dict[str, Any] = json.loads(written)
    result, problem = found.pop("result"), found.pop("problem")
    return Item(
        **(found | {"state": State(found["state"])}),
        result=result_of(result) if result else None,
        problem=Problem(**problem) if problem else None,
    )


def result_of(found: dict[str, Any]) -> Result:
    """A result out of its JSON object."""
    edition = found.pop("edition", None)
    return Result(
        **(found | {"outcome": Outcome(found["outcome"])}),
        edition=Edition(**(edition | {"choice": EditionChoice(edition["choice"])})) if edition else None,
    )

"""Conversations kept in a file beside the index: added to, found again, renamed, deleted.

Each question is on disk before ``keep`` returns, and a process that dies leaves what it had acknowledged. What is
deleted is overwritten. A damaged file is set aside, never deleted.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from secrets import token_hex

from assistant.clock import now
from assistant.history.faults import fault_of
from assistant.history.file import HistoryFile
from assistant.history.turn import KeptConversation, KeptTurn, title_of
from assistant.history.wording import folded, sought
from index.errors import UnknownConversation

OFF = "history.off"
"""A file in the directory of the index that is there while the user wants nothing kept."""
_LISTED = (
    "SELECT c.id, c.title, c.created, c.changed, (SELECT count(*) FROM turns t WHERE t.conversation = c.id) "
    "FROM conversations c"
)


class Keeping(StrEnum):
    """Whether conversations are kept."""

    ON = "on"
    OFF = "off"
    """The user has turned it off."""
    NOT_NOW = "not_now"
    """This Kildesvar was started so that it keeps nothing."""


class History:
    """The conversations kept in one directory. Safe to use from several threads and processes."""

    def __init__(self, directory: Path, *, keep: bool = True) -> None:
        """Keep them in ``directory``, in a file that is made with the first; with ``keep`` false nothing is kept."""
        self._file = HistoryFile(directory)
        self._off, self._keep = directory / OFF, keep

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def keeping(self) -> Keeping:
        """Whether new conversations are kept."""
        if not self._keep:
            return Keeping.NOT_NOW
        return Keeping.OFF if self._off.exists() else Keeping.ON

    def switch(self, *, on: bool) -> None:
        """Keep conversations from now on, or no more; those that are kept stay. Raises ``HistoryFault``."""
        try:
            if on:
                self._off.unlink(missing_ok=True)
            else:
                self._off.parent.mkdir(parents=True, exist_ok=True)
                self._off.touch()
        except OSError as error:
            raise fault_of(error, self._off) from error

    def keep(self, conversation: str, turns: Sequence[KeptTurn]) -> str:
        """Add turns to a conversation; returns its id.

        Where there is no such conversation (any more), they begin a new one: what was deleted does not come back.

        Raises:
            HistoryDamaged: The file is damaged and was set aside; the next call begins another.
            HistoryFault: They could not be kept. Nothing was changed.
        """
        with self._file.open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            known = connection.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation,)).fetchone()
            if not known:
                conversation, title = f"s{token_hex(8)}", title_of(turns[0].question)
                values = (conversation, title, folded(title), turns[0].asked, turns[-1].asked)
                connection.execute("INSERT INTO conversations VALUES (?, ?, ?, ?, ?)", values)
            count = "SELECT coalesce(max(number), 0) FROM turns WHERE conversation = ?"
            (last,) = connection.execute(count, (conversation,)).fetchone()
            rows = [
                (conversation, number, it.id, it.asked, it.question, it.words, it.record)
                for number, it in enumerate(turns, start=last + 1)
            ]
            connection.executemany("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            connection.execute("UPDATE conversations SET changed = ? WHERE id = ?", (now(), conversation))
        return conversation

    def conversations(self, query: str = "", *, limit: int = -1) -> tuple[KeptConversation, ...]:
        """Those that hold all words of ``query`` in title, questions and quotes; the last used first.

        Raises ``HistoryFault``. A ``limit`` below 0 is none.
        """
        if not self._file.there:
            return ()
        parts = sought(query)
        held = "(instr(c.words, ?) OR EXISTS (SELECT 1 FROM turns t WHERE t.conversation = c.id AND instr(t.words, ?)))"
        condition = f" WHERE {' AND '.join([held] * len(parts))}" if parts else ""
        values = [part for part in parts for _ in range(2)]
        with self._file.open() as connection:
            found = connection.execute(f"{_LISTED}{condition} ORDER BY c.changed DESC, c.id LIMIT ?", [*values, limit])
            listed = [KeptConversation(*row) for row in found.fetchall()]
            return tuple(replace(it, found=_met(connection, it.id, parts)) if parts else it for it in listed)

    def conversation(self, identifier: str) -> tuple[KeptConversation, tuple[KeptTurn, ...]]:
        """A conversation and its turns, oldest first. Raises ``UnknownConversation`` or another ``HistoryFault``."""
        with self._known(identifier) as connection:
            row = connection.execute(f"{_LISTED} WHERE c.id = ?", (identifier,)).fetchone()
            query = "SELECT id, asked, question, record, words FROM turns WHERE conversation = ? ORDER BY number"
            return KeptConversation(*row), tuple(KeptTurn(*it) for it in connection.execute(query, (identifier,)))

    def find(self, beginning: str) -> str:
        """The id of the one conversation whose id begins so. Raises ``UnknownConversation``."""
        found = [it.id for it in self.conversations() if it.id.startswith(beginning)]
        if len(found) != 1 or not beginning:
            raise UnknownConversation(conversation=beginning)
        return found[0]

    def rename(self, identifier: str, title: str) -> str:
        """Give a conversation another title; an empty one stands for its first question.

        Returns the title. Raises ``UnknownConversation`` or another ``HistoryFault``.
        """
        with self._known(identifier) as connection:
            first = "SELECT question FROM turns WHERE conversation = ? ORDER BY number LIMIT 1"
            title = title_of(title) or title_of(connection.execute(first, (identifier,)).fetchone()[0])
            values = (title, folded(title), identifier)
            connection.execute("UPDATE conversations SET title = ?, words = ? WHERE id = ?", values)
        return title

    def delete(self, identifier: str) -> None:
        """Forget a conversation; nothing of it is left. Raises ``UnknownConversation`` or another ``HistoryFault``."""
        with self._known(identifier) as connection:
            connection.execute("DELETE FROM conversations WHERE id = ?", (identifier,))
        self._file.wipe()

    def delete_all(self) -> int:
        """Forget all of them; returns how many. Raises ``HistoryFault``."""
        if not self._file.there:
            return 0
        with self._file.open() as connection:
            count = connection.execute("DELETE FROM conversations").rowcount
        self._file.wipe()
        return count

    @contextmanager
    def _known(self, identifier: str) -> Iterator[sqlite3.Connection]:
        """A transaction in which the conversation is there. Raises ``UnknownConversation``."""
        if not self._file.there:
            raise UnknownConversation(conversation=identifier)
        with self._file.open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT 1 FROM conversations WHERE id = ?", (identifier,)).fetchone():
                raise UnknownConversation(conversation=identifier)
            yield connection


def _met(connection: sqlite3.Connection, identifier: str, parts: Sequence[str]) -> str:
    """The first question of the conversation that has, with its answer, one of the parts."""
    meets = " OR ".join(["instr(words, ?)"] * len(parts))
    query = f"SELECT question FROM turns WHERE conversation = ? AND ({meets}) ORDER BY number LIMIT 1"
    row = connection.execute(query, [identifier, *parts]).fetchone()
    return str(row[0]) if row else ""

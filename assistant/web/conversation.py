"""What has been said on one page, and how it is shown. No Gradio here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Role, Turn
from assistant.export.transcript import Entry
from assistant.history.turn import KeptTurn
from assistant.ratings import Rateable
from assistant.since import Shown
from assistant.web.compare_view import render_progress
from assistant.web.evaluation_view import render_turn
from assistant.web.render import render_question, render_waiting
from index.documents.document import Language

MAX_EXCHANGES = 40
"""Questions that a conversation shows; the oldest fall out."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what came of it."""

    question: str
    reply: str
    """HTML of the assistant's message."""
    said: str
    """The same as plain text."""
    id: str = ""
    """By which the page names the answer when it is rated; empty where it cannot be."""
    rateable: Rateable | None = None
    """What a rating of it would hold."""
    entry: Entry | None = None
    """What an export of it would hold."""
    turn: KeptTurn | None = None
    """The answer itself, as it can be kept and shown anew; None where there is none."""
    owed: bool = False
    """Whether it is still to be kept among the conversations."""
    quoted: frozenset[Shown] = frozenset()
    """Its quotes that could be opened when ``reply`` was made."""
    understood: str = ""
    """The question as it was understood; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What has been said on one page. It is kept on the server: a client cannot forge it."""

    exchanges: tuple[Exchange, ...] = ()
    asked: str = ""
    """The question that is being answered right now."""
    progress: tuple[int, int] | None = None
    """Documents looked at, and in all, where the question asks for every one."""
    kept: str = ""
    """Under which id it is kept; empty where it is not."""
    trouble: str = ""
    """Why it could not be kept the last time; empty where nothing was wrong."""

    def history(self) -> tuple[Turn, ...]:
        """The turns, oldest first."""
        turns = ((Turn(Role.USER, it.question, it.understood), Turn(Role.ASSISTANT, it.said)) for it in self.exchanges)
        return tuple(turn for pair in turns for turn in pair)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What can be exported, oldest first."""
        return tuple(it.entry for it in self.exchanges if it.entry)

    @property
    def rateable(self) -> dict[str, Rateable]:
        """The answers that can be rated, by their ids."""
        return {it.id: it.rateable for it in self.exchanges if it.rateable}

    def quoted_at(self, document: str, start: int, end: int) -> tuple[Shown, ...]:
        """What was shown as the characters of this range."""
        wanted = (document, start, end)
        shown = (quote for it in self.exchanges for quote in it.quoted)
        return tuple(quote for quote in shown if (quote.document, quote.start, quote.end) == wanted)

    def messages(self, language: Language, below: Mapping[str, str] | None = None) -> list[dict[str, str]]:
        """What the conversation shows, the question being answered included.

        Args:
            language: Of the page.
            below: HTML that goes below an answer, by the answer's id.
        """
        shown = [(it.question, it.reply + (below or {}).get(it.id, "")) for it in self.exchanges]
        shown += [(self.asked, self._waiting(language))] if self.asked else []
        return [
            {"role": role, "content": content}
            for question, reply in shown
            for role, content in (("user", render_question(question)), ("assistant", reply))
        ]

    def _waiting(self, language: Language) -> str:
        return render_progress(*self.progress, language) if self.progress else render_waiting(language)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request to ask."""

    conversation: Conversation
    notice: str = ""
    """HTML of a message to the user, if the question was not asked."""
    question: str | None = None
    """What stands in the question box afterwards; None leaves what the user may have begun to write meanwhile."""


def exchanges_of(history: Sequence[Turn]) -> list[Exchange]:
    """Turns as a conversation shows them: each question with what was said to it."""
    found: list[Exchange] = []
    for turn in history:
        if turn.role is Role.USER:
            found.append(Exchange(turn.content, "", ""))
        elif found:
            found[-1] = replace(found[-1], reply=render_turn(turn), said=turn.content)
    return found

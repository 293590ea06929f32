"""The commands ``kildesvar history …``: the conversations that the page keeps, in the terminal.

Heavy modules are imported where they are needed, as in ``commands``.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands import complain
from assistant.texts import counted, text
from index.documents.document import Language

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.history.store import History
    from assistant.history.turn import KeptConversation

_UNSURE = 2
"""Exit status where something would be deleted that nobody has said may be: as for a command written wrongly."""


def add_history(kinds: Any, common: argparse.ArgumentParser, language: Language) -> None:  # noqa: ANN401
    """Add ``history`` and its commands to the command line."""

    def say(key: str) -> str:
        return text(language, f"cli.help.history.{key}").replace("%", "%%")

    history = kinds.add_parser("history", help=say("history"), description=say("history"), parents=[common])
    actions = history.add_subparsers(metavar=text(language, "cli.help.command"), required=True)
    runs: dict[str, Callable[[argparse.Namespace], int]] = {
        "list": list_conversations,
        "search": list_conversations,
        "show": show,
        "rename": rename,
        "export": export,
        "delete": delete,
        "on": switch,
        "off": switch,
    }
    for name, run in runs.items():
        action = actions.add_parser(name, help=say(name), description=say(name), parents=[common])
        action.set_defaults(run=run, query="", on=name == "on")
        if name == "search":
            action.add_argument("query", metavar="TEXT", help=say("query"))
        if name == "delete":
            which = action.add_mutually_exclusive_group(required=True)
            which.add_argument("conversation", nargs="?", metavar="ID", help=say("id"))
            which.add_argument("--all", action="store_true", help=say("all"))
            action.add_argument("--yes", action="store_true", help=say("yes"))
        elif name in {"show", "rename", "export"}:
            action.add_argument("conversation", metavar="ID", help=say("id"))
        if name == "rename":
            action.add_argument("title", metavar="TITLE", help=say("title"))
        if name == "export":
            action.add_argument("file", type=Path, metavar="FILE", help=text(language, "cli.help.export"))
        if name in {"list", "search", "show"}:
            action.add_argument("--json", action="store_true", help=text(language, "cli.help.json"))


def list_conversations(options: argparse.Namespace) -> int:
    """List the conversations, the last used first: all, or those that a search meets in."""
    from assistant.terminal import printable

    found = _history(options).conversations(options.query)
    for one in found:
        if options.json:
            fields = ("id", "title", "created", "changed", "questions")
            line = json.dumps({name: getattr(one, name) for name in fields}, ensure_ascii=False)
        else:
            line = printable(_line(one, options.language))
        sys.stdout.write(line + "\n")
    if not found:
        complain(text(options.language, "history.none_found" if options.query else "history.none"))
    return 0


def show(options: argparse.Namespace) -> int:
    """Print a conversation: its questions, and the answers as they were; quotes whose document is gone say so."""
    from assistant.exchange import to_json
    from assistant.opening import open_engine
    from assistant.since import with_fates
    from assistant.terminal import answer_text, printable

    history = _history(options)
    conversation, turns = history.conversation(history.find(options.conversation))
    if not options.json:
        sys.stdout.write(printable(_line(conversation, options.language)) + "\n")
    with open_engine(options.index) as engine:
        for turn in turns:
            answer = _read(turn.answer)
            if answer and options.json:
                sys.stdout.write(json.dumps(to_json(answer, question_id=turn.id), ensure_ascii=False) + "\n")
            elif not options.json:
                told = answer_text(with_fates(answer, engine.document)) if answer else None
                told = told or text(options.language, "history.unreadable")
                sys.stdout.write(f"\n> {printable(turn.question)}\n\n{told}\n")
    return 0


def rename(options: argparse.Namespace) -> int:
    """Give a conversation another title."""
    history = _history(options)
    title = history.rename(history.find(options.conversation), options.title)
    return _told(text(options.language, "history.renamed", title=title))


def export(options: argparse.Namespace) -> int:
    """Write a conversation to a file, as the page's "Eksporter" does; quotes whose document is gone say so."""
    from assistant.export.formats import format_of, write
    from assistant.export.transcript import entry_of, transcript_of
    from assistant.opening import open_engine
    from assistant.since import with_fates

    format_of(options.file)
    history = _history(options)
    _, turns = history.conversation(history.find(options.conversation))
    answers = [answer for turn in turns if (answer := _read(turn.answer))]
    with open_engine(options.index) as engine:
        told = [with_fates(answer, engine.document) for answer in answers]
    entries = [entry_of(answer, page_language=options.language) for answer in told]
    write(transcript_of(entries, options.language), options.file)
    return 0


def delete(options: argparse.Namespace) -> int:
    """Delete a conversation, or all of them; asks first, unless told not to."""
    history, language = _history(options), options.language
    identifier = "" if options.all else history.find(options.conversation)
    sure = "history.delete_all_sure" if options.all else "history.delete_sure"
    if not options.yes and not _agreed(text(language, sure), language):
        complain(text(language, "cli.history.not_deleted"))
        return _UNSURE
    if options.all:
        return _told(counted(language, "history.deleted_all", history.delete_all()))
    history.delete(identifier)
    return _told(text(language, "history.deleted"))


def switch(options: argparse.Namespace) -> int:
    """Keep conversations from now on, or no more."""
    _history(options).switch(on=options.on)
    return _told(text(options.language, "history.turned_on" if options.on else "history.turned_off"))


def _history(options: argparse.Namespace) -> "History":
    from assistant.history.store import History
    from assistant.opening import default_index

    return History(options.index or default_index())


def _read(answer: Callable[[], "Answer"]) -> "Answer | None":
    try:
        return answer()
    except ValueError:
        return None


def _line(conversation: "KeptConversation", language: Language) -> str:
    from datetime import datetime

    when = datetime.fromisoformat(conversation.changed).astimezone()
    asked = counted(language, "history.questions", conversation.questions)
    return f"{conversation.id}  {when:%Y-%m-%d %H:%M}  {conversation.title}  ({asked})"


def _agreed(question: str, language: Language) -> bool:
    """Whether the user agrees; where nobody can be asked, nobody does."""
    if not sys.stdin.isatty():
        return False
    sys.stderr.write(f"{question} {text(language, 'cli.history.sure')} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"j", "ja", "y", "yes"}


def _told(message: str) -> int:
    from assistant.terminal import printable

    sys.stdout.write(printable(message) + "\n")
    return 0

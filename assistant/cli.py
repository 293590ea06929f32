"""The ``kildesvar`` command: results on stdout, progress and errors on stderr.

Exit status: 0 done (also when the sources do not answer), 1 an error told in one line, 2 the command was written
wrongly, 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import NoReturn, TypeAlias

from assistant import citing, commands, history_commands
from assistant.reader import Strictness
from assistant.references import Style
from assistant.texts import LANGUAGES, error_text, text
from assistant.usage import told
from index.documents.document import Language
from index.errors import KildesvarError

COMMANDS = "kildesvar.commands"
"""Entry points of further commands: ``(subparsers, parent parser of the common options, language) -> None``."""
_DEFAULT_PORT = 7860


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    language = _language()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us; a file of the index must not take its number
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        if hasattr(getattr(sys, name), "reconfigure"):
            getattr(sys, name).reconfigure(encoding="utf-8", errors="replace")
    try:
        try:
            return _run(arguments, language)
        finally:
            sys.stdout.flush()  # not when Python ends, where nobody could tell what went wrong
    except BrokenPipeError:  # the reader of our output has seen enough
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        commands.complain(text(language, "cli.refused", cause=str(error)))
        return 1


def _run(arguments: Sequence[str] | None, language: Language) -> int:
    options = _parser(_spoken(arguments) or language).parse_args(arguments)
    # The common options may stand before or after the command. Only then does argparse leave alone what came first: no
    # default of its own, here or in the parser (``set_defaults`` would reach into the shared options).
    options.index = getattr(options, "index", None)
    options.language = getattr(options, "language", language)
    try:
        return int(options.run(options))
    except KildesvarError as error:
        commands.complain(error_text(options.language, error))
    except KeyboardInterrupt:
        commands.complain(text(options.language, "cli.interrupted"))
        return 130
    return 1


def _drop_output() -> None:
    """Let go of what could not be written, so that Python does not try again when it ends."""
    with suppress(OSError):  # no file, where the command is called from Python
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _spoken(arguments: Sequence[str] | None) -> Language | None:
    """What ``--language`` asks for, before there is a parser: its help and complaints are in that language too."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--language", nargs="?")
    wish = common.parse_known_args(arguments)[0].language
    return Language(wish) if wish in LANGUAGES else None


def _language() -> Language:
    """Bokmål, unless the user's settings ask for Nynorsk or, by ``KILDESVAR_LANGUAGE``, for English."""
    wish = os.environ.get("KILDESVAR_LANGUAGE", "")
    if wish in LANGUAGES:
        return Language(wish)
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return Language.NYNORSK if locale.startswith("nn") else Language.BOKMAAL


class _Parser(argparse.ArgumentParser):
    """An argument parser whose own words are in the user's language."""

    language = Language.BOKMAAL

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        problem = told(message, self.language)
        self.exit(2, f"kildesvar: {text(self.language, 'cli.usage_error', problem=problem, command=self.prog)}\n")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", text(self.language, "cli.help.usage"), 1)

    def format_help(self) -> str:
        page = super().format_help().replace("usage:", text(self.language, "cli.help.usage"), 1)
        page = page.replace("\npositional arguments:\n", f"\n{text(self.language, 'cli.help.arguments')}\n", 1)
        page = page.replace("\noptions:\n", f"\n{text(self.language, 'cli.help.options')}\n", 1)
        return page.replace("show this help message and exit", text(self.language, "cli.help.help"))


_Actions: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _parser(language: Language) -> argparse.ArgumentParser:
    _Parser.language = language
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--index", type=Path, metavar="DIR", help=_help("index", language))
    common.add_argument(
        "--language", type=Language, choices=[known.value for known in LANGUAGES], help=_help("language", language)
    )
    parser = _Parser(
        prog="kildesvar",
        description=_help("description", language),
        epilog=_help("examples", language),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    kinds: _Actions = parser.add_subparsers(metavar=_help("command", language), required=True)
    _add_chat(kinds, common, language)
    _add_ask(kinds, common, language)
    verify = _added(kinds, "verify", common, language, said="verify_file")
    verify.add_argument("file", type=Path, metavar="FILE", help=_help("exported", language))
    verify.set_defaults(run=citing.verify)
    _add_documents(kinds, common, language)
    history_commands.add_history(kinds, common, language)
    # Packages that stand above this one (eval) bring their commands along: it may not import them.
    for command in entry_points(group=COMMANDS):
        command.load()(kinds, common, language)
    return parser


def _help(key: str, language: Language) -> str:
    return text(language, f"cli.help.{key}").replace("%", "%%")


def _added(actions: _Actions, name: str, common: _Parser, language: Language, *, said: str = "") -> _Parser:
    """A command with the common options; ``said`` is the key of its help where that is not its name."""
    words = _help(said or name, language)
    return actions.add_parser(name, help=words, description=words, parents=[common])


def _add_chat(kinds: _Actions, common: _Parser, language: Language) -> None:
    chat = _added(kinds, "chat", common, language)
    chat.add_argument("--port", type=_port, default=_DEFAULT_PORT, help=_help("port", language))
    chat.add_argument("--host", default="127.0.0.1", help=_help("host", language))
    chat.add_argument("--anyone-may-add", action="store_true", help=_help("anyone_may_add", language))
    chat.add_argument("--no-history", action="store_true", help=_help("no_history", language))
    chat.set_defaults(run=commands.chat)


def _port(written: str) -> int:
    """Raises ``ValueError`` for what is no port."""
    if not 0 <= (port := int(written)) < 2**16:
        raise ValueError(written)
    return port


def _add_ask(kinds: _Actions, common: _Parser, language: Language) -> None:
    say = partial(_help, language=language)
    ask = _added(kinds, "ask", common, language)
    asked = ask.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", nargs="*", default=[], help=say("question"))
    asked.add_argument("--questions", type=Path, metavar="FILE", help=say("questions"))
    ask.add_argument("--output", type=Path, metavar="FILE", help=say("output"))
    ask.add_argument("--json", action="store_true", help=say("json"))
    ask.add_argument("--source", action="append", metavar="ID", help=say("source"))
    for name in ("publisher", "kind", "year"):
        ask.add_argument(f"--{name}", action="append", default=[], help=say(f"source_{name}"))
    # Not --language: that is what Kildesvar speaks.
    ask.add_argument("--source-language", action="append", default=[], metavar="LANGUAGE", help=say("source_language"))
    ask.add_argument("--strictness", type=Strictness, choices=list(Strictness), help=say("strictness"))
    ask.add_argument("--export", type=Path, metavar="FILE", help=say("export"))
    ask.set_defaults(run=commands.ask)


def _add_documents(kinds: _Actions, common: _Parser, language: Language) -> None:
    say = partial(_help, language=language)
    documents = _added(kinds, "documents", common, language)
    actions: _Actions = documents.add_subparsers(metavar=say("command"), required=True)
    runs = {
        "add": commands.add,
        "list": commands.list_documents,
        "show": commands.show,
        "cite": citing.cite,
        "remove": commands.remove,
        "verify": commands.verify,
        "rebuild": commands.rebuild,
    }
    made = {name: _added(actions, name, common, language) for name in runs}
    for name, run in runs.items():
        made[name].set_defaults(run=run)
    made["add"].add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say("paths"))
    made["add"].add_argument("--ocr", action="store_true", help=say("ocr"))
    editions = made["add"].add_mutually_exclusive_group()
    editions.add_argument("--replace", action="store_true", help=say("replace"))
    editions.add_argument("--keep-both", action="store_true", help=say("keep_both"))
    made["cite"].add_argument("--style", type=Style, choices=list(Style), default=Style.APA, help=say("style"))
    for name in ("show", "remove", "cite"):
        made[name].add_argument("document", metavar="ID", help=say("id"))
    for name in ("list", "show"):
        made[name].add_argument("--json", action="store_true", help=say("json"))
    _add_edit(actions, language)


def _add_edit(actions: _Actions, language: Language) -> None:
    """``documents edit``: its ``--language`` is the document's; the messages' may stand before the command."""
    say = partial(_help, language=language)
    edit = actions.add_parser("edit", help=say("edit"), description=say("edit"), argument_default=argparse.SUPPRESS)
    edit.add_argument("--index", type=Path, metavar="DIR", help=say("index"))
    edit.add_argument("document", metavar="ID", help=say("id"))
    for name in ("title", "publisher", "date", "kind", "url"):
        edit.add_argument(f"--{name}", help=say(f"edit_{name}"))
    edit.add_argument("--author", action="append", dest="authors", metavar="AUTHOR", help=say("edit_author"))
    languages = [known.value for known in Language]
    edit.add_argument("--language", choices=[*languages, ""], dest="spoken", help=say("edit_language"))
    edit.set_defaults(run=commands.edit)


if __name__ == "__main__":
    sys.exit(main())

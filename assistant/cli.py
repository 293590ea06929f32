"""The ``kildesvar`` command: results on stdout, progress and errors on stderr.

Exit status: 0 done (also when the sources do not answer), 1 an error told in one line, 2 the command was written
wrongly, 130 interrupted.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import NoReturn

from assistant.reader import Strictness
from assistant.texts import error_text, text
from index.documents.document import Language, Source
from index.errors import DiskFull, IndexNotWritable, KildesvarError, UnknownDocument

COMMANDS = "kildesvar.commands"
"""Entry points of further commands: ``(subparsers, parent parser of the common options, language) -> None``."""
_DEFAULT_PORT = 7860


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    language = _language()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser(language).parse_args(arguments)
    options.language = options.language or language
    try:
        return int(options.run(options))
    except KildesvarError as error:
        _complain(error_text(options.language, error))
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        _complain(text(options.language, "cli.interrupted"))
        return 130
    return 1


def _language() -> Language:
    """Bokmål, unless the user's settings ask for Nynorsk or, by ``KILDESVAR_LANGUAGE``, for English."""
    wish = os.environ.get("KILDESVAR_LANGUAGE", "")
    if wish in {"nb", "nn", "en"}:
        return Language(wish)
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return Language.NYNORSK if locale.startswith("nn") else Language.BOKMAAL


def _complain(message: str) -> None:
    sys.stderr.write(f"kildesvar: {message}\n")


class _Parser(argparse.ArgumentParser):
    """An argument parser whose own words are in the user's language."""

    language = Language.BOKMAAL

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"kildesvar: {text(self.language, 'cli.usage_error', problem=message, command=self.prog)}\n")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", text(self.language, "cli.help.usage"), 1)

    def format_help(self) -> str:
        page = super().format_help().replace("usage:", text(self.language, "cli.help.usage"), 1)
        page = page.replace("\npositional arguments:\n", f"\n{text(self.language, 'cli.help.arguments')}\n", 1)
        page = page.replace("\noptions:\n", f"\n{text(self.language, 'cli.help.options')}\n", 1)
        return page.replace("show this help message and exit", text(self.language, "cli.help.help"))


def _parser(language: Language) -> argparse.ArgumentParser:
    _Parser.language = language

    def say(key: str) -> str:
        return text(language, f"cli.help.{key}").replace("%", "%%")

    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--index", type=Path, metavar="DIR", help=say("index"))
    common.add_argument("--language", type=Language, choices=["nb", "nn", "en"], help=say("language"))
    parser = _Parser(
        prog="kildesvar",
        description=say("description"),
        epilog=say("examples"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    parser.set_defaults(index=None, language=None)
    commands = parser.add_subparsers(metavar=say("command"), required=True)

    chat = commands.add_parser("chat", help=say("chat"), description=say("chat"), parents=[common])
    chat.add_argument("--port", type=int, default=_DEFAULT_PORT, help=say("port"))
    chat.add_argument("--host", default="127.0.0.1", help=say("host"))
    chat.set_defaults(run=_chat)

    ask = commands.add_parser("ask", help=say("ask"), description=say("ask"), parents=[common])
    asked = ask.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", nargs="?", help=say("question"))
    asked.add_argument("--questions", type=Path, metavar="FILE", help=say("questions"))
    ask.add_argument("--output", type=Path, metavar="FILE", help=say("output"))
    ask.add_argument("--json", action="store_true", help=say("json"))
    ask.add_argument("--source", action="append", metavar="ID", help=say("source"))
    ask.add_argument("--strictness", type=Strictness, choices=list(Strictness), help=say("strictness"))
    ask.set_defaults(run=_ask)

    documents = commands.add_parser("documents", help=say("documents"), description=say("documents"), parents=[common])
    actions = documents.add_subparsers(metavar=say("command"), required=True)
    for name, run in (
        ("add", _add),
        ("list", _list),
        ("show", _show),
        ("remove", _remove),
        ("verify", _verify),
        ("rebuild", _rebuild),
    ):
        action = actions.add_parser(name, help=say(name), description=say(name), parents=[common])
        action.set_defaults(run=run)
        if name == "add":
            action.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say("paths"))
        if name in {"show", "remove"}:
            action.add_argument("document", metavar="ID", help=say("id"))
        if name in {"list", "show"}:
            action.add_argument("--json", action="store_true", help=say("json"))
    # Packages that stand above this one (eval) bring their commands along: it may not import them.
    for command in entry_points(group=COMMANDS):
        command.load()(commands, common, language)
    return parser


@contextmanager
def _progress_bar(language: Language, key: str, unit: str = "passages") -> Iterator["_Bar"]:
    bar = _Bar(text(language, f"cli.progress.{key}"), text(language, f"cli.progress.{unit}"))
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    """A progress bar on stderr; drawn only when somebody can see it."""

    def __init__(self, title: str, unit: str) -> None:
        from tqdm import tqdm

        self._bar = tqdm(desc=title, unit=f" {unit}", disable=not sys.stderr.isatty(), file=sys.stderr, leave=False)

    def __call__(self, done: int, total: int) -> None:
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


def _chat(options: argparse.Namespace) -> int:
    from assistant.opening import open_assistant
    from assistant.web.server import serve

    with _progress_bar(options.language, "first_start") as bar:
        assistant = open_assistant(options.index, progress=lambda: bar)
    serve(assistant, host=options.host, port=options.port)
    return 0


def _ask(options: argparse.Namespace) -> int:
    from assistant.batch import answer_file
    from assistant.exchange import to_json
    from assistant.opening import open_assistant
    from assistant.terminal import answer_text

    with _progress_bar(options.language, "first_start") as bar:
        assistant = open_assistant(
            options.index, strictness=options.strictness or Strictness.NORMAL, progress=lambda: bar
        )
    sources = [_find(assistant.sources(), name) for name in options.source] if options.source else None
    if options.questions is not None:
        with _progress_bar(options.language, "questions", "asked") as bar:
            answer_file(assistant, options.questions, options.output, sources=sources, progress=bar)
        return 0
    answer = assistant.ask(options.question, sources=sources)
    result = json.dumps(to_json(answer), ensure_ascii=False) if options.json else answer_text(answer)
    _deliver(result, options.output)
    return 0


def _deliver(result: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(result + "\n")
        return
    try:
        output.write_text(result + "\n", encoding="utf-8")
    except OSError as error:
        raise _refused(error, output) from error


def _refused(error: OSError, path: Path) -> KildesvarError:
    kind = DiskFull if error.errno == 28 else IndexNotWritable
    return kind(directory=str(path.parent))


def _add(options: argparse.Namespace) -> int:
    from assistant.opening import open_engine
    from index.documents import find_files, read_document

    documents, failed = [], 0
    for path in options.paths:
        for file in find_files(path):
            try:
                documents.append(read_document(file))
            except KildesvarError as error:  # the rest of the files still counts
                failed += 1
                _complain(error_text(options.language, error))
    if documents:
        with _progress_bar(options.language, "adding") as bar:
            engine = open_engine(options.index, create=True, progress=lambda: bar)
            for added in engine.add(documents, progress=bar):
                line = text(options.language, f"cli.add.{added.change.value}", name=added.source.name)
                sys.stdout.write(f"{added.source.id}  {line}\n")
    return 1 if failed else 0


def _list(options: argparse.Namespace) -> int:
    from assistant.exchange import source_json
    from assistant.opening import open_engine
    from assistant.terminal import source_table

    engine = open_engine(options.index)
    rows = [(source, engine.passage_count(source.id)) for source in engine.sources()]
    if options.json:
        for source, passages in rows:
            sys.stdout.write(json.dumps(source_json(source) | {"passages": passages}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(source_table(rows, options.language) + "\n")
    return 0


def _find(sources: Sequence[Source], name: str) -> str:
    """The id of the one document that ``name`` is the id, the beginning of the id, or the file name of."""
    exact = [source.id for source in sources if name in (source.id, source.file)]
    begun = [source.id for source in sources if source.id.startswith(name)]
    found = exact or begun
    if len(found) != 1 or not name:
        raise UnknownDocument(document=name)
    return found[0]


def _show(options: argparse.Namespace) -> int:
    from assistant.exchange import source_json
    from assistant.opening import open_engine

    engine = open_engine(options.index)
    document = engine.document(_find(engine.sources(), options.document))
    if options.json:
        record = source_json(document.source) | {"text": document.text}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        return 0
    sys.stdout.write(document.text)  # exactly: offsets count into what is printed here
    if sys.stdout.isatty():
        sys.stdout.write("\n")
    return 0


def _remove(options: argparse.Namespace) -> int:
    from assistant.opening import open_engine

    engine = open_engine(options.index)
    document_id = _find(engine.sources(), options.document)
    engine.remove(document_id)
    sys.stdout.write(f"{document_id}  {text(options.language, 'cli.removed')}\n")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from assistant.opening import open_engine

    result = open_engine(options.index).verify()
    for problem in result.problems:
        sys.stdout.write(f"{problem}\n")
    key = "cli.verify.broken" if result.problems else "cli.verify.whole"
    sys.stdout.write(
        text(
            options.language,
            key,
            problems=len(result.problems),
            documents=result.documents,
            paragraphs=result.paragraphs,
            passages=result.passages,
            vectors=result.vectors,
        )
        + "\n"
    )
    return 1 if result.problems else 0


def _rebuild(options: argparse.Namespace) -> int:
    from assistant.opening import rebuild

    with _progress_bar(options.language, "adding") as bar:
        count = rebuild(options.index, progress=bar)
    sys.stdout.write(text(options.language, "cli.rebuilt", number=count) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What each command of ``kildesvar`` does; ``cli`` reads the command line and calls these with its options.

Heavy modules are imported where they are needed, so that ``--help`` and a wrong path answer at once.
"""

import argparse
import json
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import ExitStack, suppress

from assistant.output import output
from assistant.progress_bar import progress_bar
from assistant.reader import Strictness
from assistant.texts import counted, text
from index.documents.document import Language, Source
from index.errors import IndexNotWritable, UnknownDocument


def complain(message: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"kildesvar: {message}\n")


def chat(options: argparse.Namespace) -> int:
    """Serve the page until interrupted."""
    from assistant.history.store import History
    from assistant.opening import default_index, open_assistant
    from assistant.quality import open_quality
    from assistant.shelf import Shelf
    from assistant.web.gate import is_loopback
    from assistant.web.server import serve
    from index.engines.embedded import EmbeddedEngine

    with progress_bar(options.language, "first_start") as bar:
        assistant = open_assistant(options.index, progress=lambda: bar)
    with assistant, ExitStack() as stack:
        shelf = None
        # Whoever can reach a page beyond this machine may read there, but not change, unless that is said.
        trusted = is_loopback(options.host) or options.anyone_may_add
        if trusted and isinstance(assistant.engine, EmbeddedEngine):
            with suppress(IndexNotWritable):  # then the documents can be read and asked, and that is all
                shelf = stack.enter_context(Shelf(assistant.engine))
        # One desk, one user: beyond this machine everybody would see everybody's conversations.
        local = is_loopback(options.host)
        history = History(options.index or default_index(), keep=not options.no_history) if local else None
        quality = open_quality(options.index)
        serve(
            assistant,
            host=options.host,
            port=options.port,
            quality=quality,
            shelf=shelf,
            history=history,
            ready=lambda url: _announce(url, options.language),
        )
    return 0


def _announce(url: str, language: Language) -> None:
    sys.stderr.write(text(language, "notice.serving", url=url) + "\n")


def ask(options: argparse.Namespace) -> int:
    """Answer a question, several as a conversation, or a file of them."""
    from assistant.batch import answer_file
    from assistant.citing import Exporting
    from assistant.conversing import conversation_text, converse
    from assistant.exchange import to_json
    from assistant.opening import open_assistant

    exporting = Exporting(options.export, options.language)
    with progress_bar(options.language, "first_start") as bar:
        assistant = open_assistant(
            options.index, strictness=options.strictness or Strictness.NORMAL, progress=lambda: bar
        )
    with assistant:
        sources = _chosen(options, assistant.sources())
        if options.questions is not None:
            with progress_bar(options.language, "questions", "asked") as bar:
                answer_file(
                    assistant, options.questions, options.output, sources=sources, progress=bar, seen=exporting.add
                )
            exporting.write()
            return 0
        answers = list(converse(assistant, options.question, sources=sources))
    for answer in answers:
        exporting.add(answer)
    exporting.write()
    lines = [json.dumps(to_json(answer), ensure_ascii=False) for answer in answers]
    with output(options.output) as file:
        file.write(("\n".join(lines) if options.json else conversation_text(answers)) + "\n")
    return 0


def add(options: argparse.Namespace) -> int:
    """Read files and add them; a file that cannot be read is told of, and the rest goes on."""
    from assistant.adding import add_files

    return add_files(options)


def edit(options: argparse.Namespace) -> int:
    """Correct what is known of a document, and let both searches know."""
    from assistant.describing import described
    from assistant.opening import open_engine
    from assistant.terminal import source_table

    given = vars(options)
    names = {name: name for name in ("title", "publisher", "date", "kind", "url")} | {"spoken": "language"}
    fields = {field: given[name] for name, field in names.items() if name in given}
    if "authors" in given:
        fields["authors"] = "\n".join(given["authors"])
    with open_engine(options.index) as engine:
        document_id = find_document(engine.sources(), options.document)
        if engine.describe(document_id, described(engine.document(document_id).source.metadata, fields)):
            with progress_bar(options.language, "adding") as bar:
                engine.renew(document_id, progress=bar)
        row = (engine.document(document_id).source, engine.passage_count(document_id))
    sys.stdout.write(source_table([row], options.language) + "\n")
    return 0


def list_documents(options: argparse.Namespace) -> int:
    """List the documents."""
    from assistant.exchange import source_json
    from assistant.opening import open_engine
    from assistant.terminal import source_table

    with open_engine(options.index) as engine:
        rows = [(source, engine.passage_count(source.id)) for source in engine.sources()]
        outdated = len(engine.outdated())
    if outdated:
        complain(counted(options.language, "cli.outdated", outdated))
    if options.json:
        for source, passages in rows:
            sys.stdout.write(json.dumps(source_json(source) | {"passages": passages}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(source_table(rows, options.language) + "\n")
    return 0


def _chosen(options: argparse.Namespace, sources: Sequence[Source]) -> list[str] | None:
    """The ids of the sources that the options ask for; None is all. Raises ``NoSuchSources``, ``UnknownDocument``."""
    from assistant.choosing import Facet, choice_of

    named = {find_document(sources, name) for name in options.source or ()}
    among = [source for source in sources if not named or source.id in named]
    written = {
        Facet.PUBLISHER: options.publisher,
        Facet.KIND: options.kind,
        Facet.YEAR: options.year,
        Facet.LANGUAGE: options.source_language,
    }
    wanted = [(facet, value) for facet, values in written.items() for value in values]
    if not named and not wanted:
        return None
    choice = choice_of(among, wanted)
    return [source.id for source in among if choice.matches(source)]


def find_document(sources: Sequence[Source], name: str) -> str:
    """The id of the one document that ``name`` is the id, the beginning of the id, or the file name of."""
    name = unicodedata.normalize("NFC", name)  # as the index has it; a Mac's shell may write å as two characters
    exact = [source.id for source in sources if name in (source.id, source.file)]
    begun = [source.id for source in sources if source.id.startswith(name)]
    found = exact or begun
    if len(found) != 1 or not name:
        raise UnknownDocument(document=name)
    return found[0]


def show(options: argparse.Namespace) -> int:
    """Print a document's canonical text, and nothing else."""
    from assistant.exchange import source_json
    from assistant.opening import open_engine

    with open_engine(options.index) as engine:
        document = engine.document(find_document(engine.sources(), options.document))
    if options.json:
        record = source_json(document.source) | {"text": document.text}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        return 0
    sys.stdout.write(document.text)  # exactly: offsets count into what is printed here
    if sys.stdout.isatty():
        sys.stdout.write("\n")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Remove a document."""
    from assistant.opening import open_engine

    with open_engine(options.index) as engine:
        document_id = find_document(engine.sources(), options.document)
        engine.remove(document_id)
    sys.stdout.write(f"{document_id}  {text(options.language, 'cli.removed')}\n")
    return 0


def verify(options: argparse.Namespace) -> int:
    """Prove the index; status 1 when something is wrong."""
    from assistant.opening import open_engine

    with open_engine(options.index) as engine:
        result = engine.verify()
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


def rebuild(options: argparse.Namespace) -> int:
    """Make all that is derived anew."""
    from assistant.opening import rebuild

    with progress_bar(options.language, "adding") as bar:
        count = rebuild(options.index, progress=bar)
    sys.stdout.write(text(options.language, "cli.rebuilt", number=count) + "\n")
    return 0

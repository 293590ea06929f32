"""A zip file that was handed in: each document in it waits for itself, and is told of with the zip file's name."""

from collections.abc import Callable
from dataclasses import replace

from assistant.intake.item import Item, Outcome, Problem, Result, State
from assistant.intake.staging import Staging
from index.documents import files_in_zip, place, placed, read_bytes, refusal
from index.errors import DocumentError, KildesvarError


def unpack(staging: Staging, item: Item, cancelled: Callable[[], bool]) -> Item:
    """The item when all that is in it waits, or has been told why it cannot; never raises ``KildesvarError``.

    Where it is ``cancelled`` before that, nothing that is in it waits.
    """
    try:
        staged = _staged(staging, item, cancelled)
        if cancelled():
            for one in staged:
                staging.forget(one)
            return replace(item, state=State.CANCELLED)
        if not staged:  # nothing that can be read, which reading it as a document explains
            read_bytes(item.name, staging.file(item).read_bytes())
    except KildesvarError as error:
        again = not isinstance(error, DocumentError)
        return replace(item, state=State.FAILED, problem=Problem(error.key, dict(error.details), again=again))
    return replace(item, state=State.DONE, result=Result(Outcome.UNPACKED, None, item.name, len(staged)))


def _staged(staging: Staging, item: Item, cancelled: Callable[[], bool]) -> list[Item]:
    """Let the readable files in a zip file wait, until it is cancelled. Raises ``IndexFault``."""
    staged: list[Item] = []
    for path in files_in_zip(staging.file(item), name=item.name):
        if cancelled():
            break
        draft = staging.draft(path.name, place=place(path) or "")
        refused = refusal(path)
        try:
            if refused is None:
                draft.write(path.read_bytes())
                staged.append(draft.finish())
        except DocumentError as error:
            refused = placed(path, error)
        finally:  # also where the disk is full
            draft.discard()
        if refused is not None:
            problem = Problem(refused.key, dict(refused.details))
            size = path.stat().st_size
            told = Item(draft.id, draft.name, size, "", State.FAILED, problem=problem, place=draft.place)
            staging.save(told)
            staged.append(told)
    return staged

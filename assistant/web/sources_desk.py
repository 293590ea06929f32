"""A request about the documents -> what the Kilder tab shows. Nothing that a client sends is trusted."""

import logging
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.intake.item import EditionChoice, Item, State
from assistant.intake.staging import Draft
from assistant.shelf import Shelf, Shelved
from assistant.texts import error_text, text
from assistant.web.address import parse_document_id
from assistant.web.answering import Answering
from assistant.web.sources_view import render_documents, render_item, render_summary
from index.documents import recognition
from index.documents.document import Language
from index.documents.metadata import FIELDS
from index.errors import InvalidRequest, KildesvarError

log = logging.getLogger(__name__)

MOST_ITEMS = 2_000
"""Files that may be on the list; beyond that it must be cleared first."""
_REMEMBERED = 20
"""Seconds for which it is remembered whether text recognition can be done."""
_LONGEST = 4_000
"""Characters of a field that are looked at."""

Reply = dict[str, object]


class SourcesDesk:
    """Serves the Kilder tab; without a shelf the documents can only be read."""

    def __init__(self, assistant: Answering, shelf: Shelf | None) -> None:
        """Show the documents of ``assistant``, and change them on ``shelf``."""
        self._assistant, self._shelf = assistant, shelf

    def look(self, seen: str, language: Language) -> Reply:
        """What the tab shows now; the documents only if they changed since the version that was ``seen``."""
        try:
            return self._look(seen, language)
        except KildesvarError as error:
            return {"feil": error_text(language, error)}

    def _look(self, seen: str, language: Language) -> Reply:
        documents = self._documents()
        # A document that was read again may look the same from here, and yet have another text.
        state = hash((documents, self._shelf.generation if self._shelf else 0))
        version = f"{language.value}.{state & 0xFFFFFFFFFFFF:x}"
        items, progress = (self._shelf.intake.items(), self._shelf.intake.progress()) if self._shelf else ((), None)
        now = time.monotonic()
        ocr = any(item.recognisable for item in items) and _can_recognise(int(now / _REMEMBERED))
        reply: Reply = {
            "utgave": version,
            "travel": any(not item.ended for item in items) or any(document.renewing for document in documents),
            "sum": render_summary(items, language) if items else "",
            "filer": [
                [item.id, render_item(item, progress, now=now, language=language, ocr=ocr)] for item in _in_view(items)
            ],
        }
        if seen != version:
            reply["dokumenter"] = render_documents(documents, language, editable=self._shelf is not None)
        return reply

    def act(self, request: object, language: Language) -> Reply:
        """Do what a request ``{"handling": …, "om": id, "felter": {…}}`` asks for; ``feil`` says what is wrong."""
        fields = request if isinstance(request, Mapping) else {}
        try:
            self._act(str(fields.get("handling")), str(fields.get("om"))[:64], fields.get("felter"))
        except KildesvarError as error:
            return {"feil": error_text(language, error)}
        except Exception:  # the edge of the page (``assistant.web``): logged and told
            log.exception("The documents could not be changed")
            return {"feil": text(language, "notice.unexpected")}
        return {}

    def draft(self, name: str) -> Draft:
        """A file about to come in. Raises ``KildesvarError``."""
        shelf = self._open()
        if len(shelf.intake.items()) >= MOST_ITEMS:
            raise InvalidRequest(problem=f"more than {MOST_ITEMS} files at once")
        return shelf.intake.draft(name)

    def handed_in(self) -> None:
        """A draft was finished."""
        self._open().intake.wake()

    def _act(self, action: str, subject: str, felter: object) -> None:
        shelf = self._open()
        intake = shelf.intake
        if action in ("edit", "remove"):
            document_id = parse_document_id(subject)
            if document_id is None:
                raise InvalidRequest(problem="no such document")
            if action == "remove":
                shelf.remove(document_id)
            else:
                shelf.describe(document_id, _fields(felter))
        elif action in ("keep", "replace"):
            shelf.choose(subject, EditionChoice.KEPT if action == "keep" else EditionChoice.REPLACED)
        elif action in ("cancel", "retry", "recognise", "dismiss"):
            {
                "cancel": intake.cancel,
                "retry": intake.retry,
                "recognise": intake.recognise,
                "dismiss": intake.dismiss,
            }[action](subject)
        elif action in ("cancel_all", "clear"):
            for item in intake.items():
                (intake.cancel if action == "cancel_all" else intake.dismiss)(item.id)
        else:
            raise InvalidRequest(problem="no such action")

    def _open(self) -> Shelf:
        if self._shelf is None:
            raise InvalidRequest(problem="the documents can only be read here")
        return self._shelf

    def _documents(self) -> tuple[Shelved, ...]:
        if self._shelf is not None:
            return self._shelf.documents()
        return tuple(Shelved(source, 0, False) for source in self._assistant.sources())


@lru_cache(maxsize=1)
def _can_recognise(moment: int) -> bool:
    """Whether tesseract is here; asked again in every new ``moment``, since it may be installed meanwhile."""
    return recognition.is_available()


def _in_view(items: Sequence[Item]) -> list[Item]:
    """What is being read first, then what waits in its order, then what has ended, the latest first."""
    waiting = sorted((item for item in items if not item.ended), key=lambda item: item.state is State.WAITING)
    return waiting + [item for item in items if item.ended][::-1]


def _fields(found: object) -> dict[str, str]:
    if not isinstance(found, Mapping):
        raise InvalidRequest(problem="no fields")
    return {name: str(found[name])[:_LONGEST] for name in FIELDS if isinstance(found.get(name), str)}

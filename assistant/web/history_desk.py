"""Keeping conversations, and requests about those that are kept.

No Gradio here, and nothing that a client sends is trusted.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.export.formats import Format, render
from assistant.export.transcript import entry_of, transcript_of
from assistant.history.store import History, Keeping
from assistant.since import with_fates
from assistant.texts import counted, error_text, text
from assistant.web.answered import Documents, reopened
from assistant.web.conversation import MAX_EXCHANGES, Conversation, Outcome
from assistant.web.history_view import render_list
from assistant.web.notice import notice
from index.documents.document import Language
from index.errors import HistoryDamaged, KildesvarError, UnknownConversation

log = logging.getLogger(__name__)

LISTED = 50
"""Conversations that are listed before one asks for more."""
_MOST_LISTED = 10_000
_LONGEST_QUERY = 200
_ID = re.compile(r"s[0-9a-f]{16}", re.ASCII)


def parse_conversation(raw: object) -> str | None:
    """The id of a conversation that a link or a request names, or None; whether it is kept is not looked up."""
    return raw if isinstance(raw, str) and _ID.fullmatch(raw) else None


class HistoryDesk:
    """Serves the kept conversations to the pages of all languages."""

    def __init__(self, history: History, documents: Documents) -> None:
        """Those of ``history``; ``documents`` tells what became of the documents that they quote."""
        self._history, self._documents = history, documents

    @property
    def file_name(self) -> str:
        """Where they lie."""
        return str(self._history.path)

    def keep(self, outcome: Outcome, language: Language) -> Outcome:
        """Keep what was answered; where that cannot be, say so once, go on, and try again with the next answer."""
        conversation = outcome.conversation
        owed = [it.turn for it in conversation.exchanges if it.turn and it.owed]
        if not owed or self._history.keeping is not Keeping.ON:
            return replace(outcome, conversation=_settled(conversation, conversation.kept))
        told: KildesvarError | None = None
        for _ in range(2):  # what was damaged is out of the way the second time
            try:
                kept = self._history.keep(conversation.kept, owed)
            except HistoryDamaged as error:
                told = error
            except KildesvarError as error:
                told = told or error
                break
            else:
                said = notice(error_text(language, told)) if told else outcome.notice
                return replace(outcome, conversation=_settled(conversation, kept), notice=said)
        problem = error_text(language, told) if told else ""
        # Said anew with every answer it would be in the way.
        said = outcome.notice if problem == conversation.trouble else notice(problem)
        return replace(outcome, conversation=replace(conversation, trouble=problem), notice=said)

    def reopen(self, request: object, language: Language) -> Outcome:
        """A kept conversation as it was, by ``{"samtale": id}``. Raises ``KildesvarError``."""
        fields = request if isinstance(request, Mapping) else {}
        identifier = parse_conversation(fields.get("samtale"))
        if identifier is None:
            raise UnknownConversation(conversation=str(fields.get("samtale", ""))[:40])
        _, turns = self._history.conversation(identifier)
        exchanges = reopened(list(turns[-MAX_EXCHANGES:]), self._documents, language)
        return Outcome(Conversation(exchanges, kept=identifier))

    def listed(self, query: str, opened: str, limit: int, language: Language) -> str:
        """The list of conversations as HTML.

        Args:
            query: Words that they must hold; empty for all.
            opened: Id of the one that the page shows.
            limit: How many at most.
            language: Of the page.
        """
        limit = max(1, min(limit, _MOST_LISTED))
        try:
            found = self._history.conversations(query[:_LONGEST_QUERY], limit=limit + 1)
        except KildesvarError as error:
            return notice(error_text(language, error))
        return render_list(
            found[:limit],
            query,
            opened,
            language,
            more=len(found) > limit,
            keeping=self._history.keeping,
            file=self.file_name,
        )

    def act(self, request: object, language: Language) -> dict[str, object]:
        """Rename, delete or turn off, and say what came of it.

        ``{"gjor": "navn"|"slett"|"slett_alle"|"behold"|"ikke_behold", "samtale": id, "navn": "…"}`` ->
        ``{"sagt": …}``, with ``{"slettet": id or "alle"}`` where something is gone; or ``{"feil": …}``.
        """
        fields = request if isinstance(request, Mapping) else {}
        try:
            return self._done(fields, language)
        except KildesvarError as error:
            return {"feil": error_text(language, error)}
        except Exception:  # the edge of the page (``assistant.web``): logged and told
            log.exception("A conversation could not be changed")
            return {"feil": text(language, "notice.unexpected")}

    def exported(self, identifier: str, format: Format, language: Language) -> bytes:
        """A conversation as a file; quotes whose document is gone say so.

        Raises ``UnknownConversation`` or another ``KildesvarError``.
        """
        _, turns = self._history.conversation(identifier)
        entries = []
        for turn in turns:
            try:
                entries.append(entry_of(with_fates(turn.answer(), self._documents), page_language=language))
            except ValueError:
                log.warning("An answer of %s cannot be read and is left out of its export", identifier)
        return render(transcript_of(entries, language), format)

    def _done(self, fields: Mapping[object, object], language: Language) -> dict[str, object]:
        wanted = parse_conversation(fields.get("samtale")) or ""
        match fields.get("gjor"):
            case "navn":
                name = fields.get("navn")
                title = self._history.rename(wanted, name if isinstance(name, str) else "")
                return {"sagt": text(language, "history.renamed", title=title)}
            case "slett":
                self._history.delete(wanted)
                return {"sagt": text(language, "history.deleted"), "slettet": wanted}
            case "slett_alle":
                number = self._history.delete_all()
                return {"sagt": counted(language, "history.deleted_all", number), "slettet": "alle"}
            case "behold" | "ikke_behold" as wish:
                self._history.switch(on=wish == "behold")
                on = self._history.keeping is Keeping.ON
                return {"sagt": text(language, "history.turned_on" if on else "history.turned_off")}
        return {"feil": text(language, "notice.unexpected")}


def _settled(conversation: Conversation, kept: str) -> Conversation:
    exchanges = tuple(replace(it, owed=False) for it in conversation.exchanges)
    return replace(conversation, exchanges=exchanges, kept=kept, trouble="")

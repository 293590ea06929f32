"""A request from the page -> what the page shows. No Gradio here, and nothing that a client sends is trusted."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from secrets import token_urlsafe

from assistant.carried import clean
from assistant.comparing import Watch
from assistant.quality import Case, Quality
from assistant.question import MAX_QUESTION
from assistant.strictness import Strictness
from assistant.texts import error_text, text
from assistant.web.address import Address, parse_address, parse_document_id
from assistant.web.answered import answered, renewed
from assistant.web.answering import Answering
from assistant.web.conversation import MAX_EXCHANGES, Conversation, Outcome, exchanges_of
from assistant.web.document_view import render_document, render_empty, render_problem
from assistant.web.evaluation_view import render_gold
from assistant.web.history_desk import HistoryDesk
from assistant.web.history_view import parse_opened
from assistant.web.limits import RateLimit
from assistant.web.notice import notice
from assistant.web.rating_desk import RatingDesk
from assistant.web.reading_room import ReadingRoom, view_of
from assistant.web.watching import Stopped
from index.documents.document import Document, Language, Source
from index.errors import DocumentRemoved, DocumentReplaced, KildesvarError, QuestionError, UnknownDocument
from index.present import present

log = logging.getLogger(__name__)


class Desk:
    """Serves the requests of the pages in one language."""

    def __init__(
        self,
        assistant: Answering,
        language: Language,
        *,
        asking: RateLimit,
        opening: RateLimit,
        quality: Quality | None = None,
        room: ReadingRoom | None = None,
        history: HistoryDesk | None = None,
    ) -> None:
        """Ask ``assistant``, read in ``room``; every client may ask and open as often as the two limits say.

        Answers can be rated where there is a ``quality`` to keep the ratings, and conversations found again where
        there is a ``history`` to keep them.
        """
        self._history = history
        self._assistant, self.language = assistant, language
        self._room = room or ReadingRoom(assistant)
        self._asking, self._opening = asking, opening
        self._rating = RatingDesk(quality.ratings, language) if quality else None

    @property
    def kept_in(self) -> str:
        """The file that conversations are kept in; empty where they are not."""
        return self._history.file_name if self._history else ""

    def begin(self, question: object, conversation: Conversation) -> Conversation:
        """The conversation while the question is being answered."""
        shown = clean(question) if isinstance(question, str) else ""
        conversation = self.renewed(conversation)
        return replace(conversation, asked=shown if len(shown) <= MAX_QUESTION else "")

    def recall(self, case: Case, conversation: Conversation) -> Conversation:
        """The conversation while a question of a run is being asked again, after what it was asked after then."""
        begun = replace(conversation, exchanges=(*conversation.exchanges, *exchanges_of(case.history)))
        return self.begin(case.question, begun)

    def ask(
        self,
        question: object,
        chosen: object,
        conversation: Conversation,
        *,
        client: str,
        case: Case | None = None,
        strictness: Strictness | None = None,
        watch: Watch | None = None,
    ) -> Outcome:
        """Ask, and add the answer to the conversation; on trouble leave it as it was and say why.

        A ``case`` is a question of a run that was recalled: it has its own history, and its gold is shown.
        """
        settled = replace(conversation, asked="", progress=None)
        history = settled.history() if case is None else case.history
        question = question if isinstance(question, str) else ""
        wait = self._asking.wait(client)
        if wait:
            return Outcome(settled, self._notice("notice.too_many", seconds=wait), question)
        try:
            scope = self._scope(chosen)
            answer = self._assistant.ask(question, history, sources=scope, strictness=strictness, watch=watch)
            gold = self._gold(case) if case else ""
        except Stopped:
            return Outcome(settled)
        except UnknownDocument:
            return Outcome(settled, self._notice("notice.bad_sources"), question)
        except KildesvarError as error:
            return Outcome(settled, notice(error_text(self.language, error)), self._kept(question, error))
        except Exception:  # the edge of the page (``assistant.web``): logged and told
            log.exception("A question could not be answered")
            return Outcome(settled, self._notice("notice.unexpected"), question)
        exchange = answered(answer, history, token_urlsafe(9), self.language)
        # What is asked to measure is no part of what a user talks of, so it is not kept.
        exchange = replace(exchange, reply=exchange.reply + gold, turn=None if case else exchange.turn, owed=not case)
        return Outcome(replace(settled, exchanges=(*settled.exchanges, exchange)[-MAX_EXCHANGES:]))

    def stop(self, conversation: Conversation, written: object = "") -> Outcome:
        """Give up on the question being answered, and put it back in the box unless something is written there."""
        settled = replace(conversation, asked="", progress=None)
        empty = not (isinstance(written, str) and written.strip())
        return Outcome(settled, self._notice("ask.stopped"), conversation.asked if empty else None)

    def keep(self, outcome: Outcome) -> Outcome:
        """Keep what was answered among the conversations, where they are kept."""
        return self._history.keep(outcome, self.language) if self._history else outcome

    def reopen(self, request: object, conversation: Conversation, *, client: str) -> Outcome:
        """The kept conversation that ``{"samtale": id}`` names; on trouble ``conversation`` as it is, and why."""
        settled = replace(conversation, asked="", progress=None)
        if wait := self._opening.wait(client):
            return Outcome(settled, self._notice("notice.too_many", seconds=wait))
        if self._history is None:
            return Outcome(settled, self._notice("history.keeping.not_now"))
        try:
            return self._history.reopen(request, self.language)
        except KildesvarError as error:
            return Outcome(settled, notice(error_text(self.language, error)))
        except Exception:  # the edge of the page (``assistant.web``): logged and told
            log.exception("A conversation could not be opened")
            return Outcome(settled, self._notice("notice.unexpected"))

    def remembered(self, conversation: Conversation, opened: object) -> Conversation:
        """The conversation; where nothing is known of it, the kept one that the page tells it shows (``opened``)."""
        identifier = parse_opened(opened)
        if conversation.exchanges or conversation.asked or self._history is None or not identifier:
            return conversation
        try:
            return self._history.reopen({"samtale": identifier}, self.language).conversation
        except KildesvarError:
            log.exception("A conversation that a page shows could not be read")  # it goes on from here
            return conversation

    def renewed(self, conversation: Conversation) -> Conversation:
        """The conversation, where answers that quote documents which have gone, or read otherwise now, say so."""
        try:
            return renewed(conversation, self._assistant.document, self.language)
        except KildesvarError:
            log.exception("What became of the quoted documents could not be told")  # asking tells why
            return conversation

    def messages(self, conversation: Conversation) -> list[dict[str, str]]:
        """What the conversation shows; with the ratings as they are kept, however often it is shown anew."""
        below = self._rating.rows(conversation.rateable) if self._rating else None
        return conversation.messages(self.language, below)

    def rate(self, request: object, conversation: Conversation, *, client: str) -> str:
        """Keep or take back a rating of one of the conversation's answers; what the page says of that."""
        if self._rating is None:
            return ""
        if wait := self._opening.wait(client):
            return notice(text(self.language, "notice.too_many", seconds=wait))
        return self._rating.rate(request, conversation.rateable, present(self._assistant))

    def open(self, request: object, *, client: str, conversation: Conversation | None = None) -> str:
        """The pane for a request ``{"sitat": "d…:1-9", "kort": "3-5", "andre": [...]}`` or ``{"kilde": "d…"}``.

        With ``"syn": "tekst"`` a document that has pages is shown as text; with ``"lukk"`` the pane is empty. What the
        ``conversation`` quotes is opened only where its characters still stand.
        """
        fields = request if isinstance(request, Mapping) else {}
        if fields.get("lukk"):
            return self.close()
        address = parse_address(fields.get("sitat"))
        whole = parse_document_id(fields.get("kilde"))
        if wait := self._opening.wait(client):
            return self._problem("notice.too_many", seconds=wait)
        if address is None and whole is None:
            return self._problem("notice.bad_link")
        try:
            document = self._assistant.document(address.document_id if address else str(whole))
        except DocumentRemoved:
            return self._problem("notice.removed")
        except DocumentReplaced:
            return self._problem("notice.replaced")
        except UnknownDocument:
            return self._problem("notice.bad_link")
        except KildesvarError as error:
            return render_problem(error_text(self.language, error), self.language)
        except Exception:  # the edge of the page (``assistant.web``): logged and told
            log.exception("A document could not be opened")
            return self._problem("notice.unexpected")
        if address and conversation and not _stands(address, document, conversation):
            return self._problem("since.changed")
        if address and not address.span.within(document):
            return self._problem("notice.bad_link")
        view = view_of(address, fields.get("kort"), fields.get("andre"))
        sizes, as_text = self._room.sizes(document), fields.get("syn") == "tekst"
        return render_document(document, view, self.language, sizes=sizes, as_text=as_text)

    def close(self) -> str:
        """The pane with nothing in it."""
        return render_empty(self.language)

    def sources(self) -> tuple[Source, ...]:
        """All documents; none when the index cannot be read (asking tells why)."""
        try:
            return self._assistant.sources()
        except KildesvarError:
            log.exception("The sources could not be listed")
            return ()

    def _scope(self, chosen: object) -> frozenset[str] | None:
        """The ids to search among; None where all are chosen. Raises ``UnknownDocument`` where none is there."""
        known = {source.id for source in self._assistant.sources()}
        wanted = frozenset(str(item)[:64] for item in chosen) if isinstance(chosen, list | tuple) else frozenset(known)
        there = wanted & known  # some may have been removed since they were chosen
        if wanted and not there:
            raise UnknownDocument(document=min(wanted))
        return None if there == known else there

    def _gold(self, case: Case) -> str:
        """What would have answered, opened where it stands as far as the index has it. Raises ``KildesvarError``."""
        files = {wanted.document for wanted in case.wanted}
        sources = [source for source in self._assistant.sources() if source.file in files]
        documents = {source.file: self._assistant.document(source.id) for source in sources}
        return render_gold(case, documents, self.language)

    def _kept(self, question: str, error: KildesvarError) -> str:
        """A question that can be mended stays in the box."""
        return question if isinstance(error, QuestionError) else question[:MAX_QUESTION]

    def _notice(self, key: str, **details: str | int) -> str:
        return notice(text(self.language, key, **details))

    def _problem(self, key: str, **details: str | int) -> str:
        return render_problem(text(self.language, key, **details), self.language)


def _stands(address: Address, document: Document, conversation: Conversation) -> bool:
    """Whether the document still has there what the conversation quotes; also where it quotes nothing there."""
    quoted = conversation.quoted_at(document.id, address.span.start, address.span.end)
    return all(it.stands_in(document) for it in quoted)

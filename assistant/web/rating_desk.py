"""A rating from the page -> kept, changed or taken back. No Gradio here, and nothing that a client sends is trusted."""

import logging
import re
from collections.abc import Iterable, Mapping

from assistant.clock import now
from assistant.ratings import MAX_COMMENT, MAX_SENTENCE, Rateable, Rating, Ratings, UserVerdict
from assistant.texts import error_text, text
from assistant.web.rating_view import render_kept, render_rating
from index.documents.document import Document, Language
from index.errors import KildesvarError

log = logging.getLogger(__name__)

_SPACE = re.compile(r"\s+")
_MARKS = ' «»“”„"'
"""What may have come along from around a sentence that was copied."""


class RatingDesk:
    """Serves the ratings of the pages in one language."""

    def __init__(self, ratings: Ratings, language: Language) -> None:
        """Keep them in ``ratings``."""
        self._ratings, self._language = ratings, language

    def rows(self, answers: Mapping[str, Rateable]) -> dict[str, str]:
        """The HTML that goes below each of these answers, by their ids."""
        try:
            rated = self._ratings.of(answers)
        except KildesvarError:
            log.exception("The ratings could not be read")  # the answers can be read all the same
            rated = {}
        return {name: render_rating(name, answer, rated.get(name), self._language) for name, answer in answers.items()}

    def rate(self, request: object, answers: Mapping[str, Rateable], documents: Iterable[Document]) -> str:
        """Keep what a request says of one of the page's own answers; returns what is said of that.

        Args:
            request: ``{"svar": id, "dom": verdict, "setning": "…", "kommentar": "…"}``; without a verdict the rating is
                taken back.
            answers: Those of the page's conversation, by their ids.
            documents: Where the sentence is looked for.
        """
        fields = request if isinstance(request, Mapping) else {}
        identifier = _text(fields.get("svar"), 64)
        answer = answers.get(identifier)
        if answer is None:
            return render_kept("", text(self._language, "rating.gone"), failed=True)
        try:
            return render_kept(identifier, self._keep(identifier, answer, fields, documents))
        except KildesvarError as error:
            return render_kept(identifier, error_text(self._language, error), failed=True)

    def _keep(
        self, identifier: str, answer: Rateable, fields: Mapping[object, object], documents: Iterable[Document]
    ) -> str:
        verdict = next((it for it in answer.verdicts if it.value == fields.get("dom")), None)
        if verdict is None:
            self._ratings.remove(identifier)
            return text(self._language, "rating.removed")
        # What a hidden field still holds was meant for another verdict.
        sentence = _text(fields.get("setning"), MAX_SENTENCE).strip(_MARKS) if verdict.wants_sentence else ""
        comment = _text(fields.get("kommentar"), MAX_COMMENT)
        self._ratings.put(Rating(identifier, now(), verdict, comment, sentence, answer))
        return self._said(verdict, sentence, documents)

    def _said(self, verdict: UserVerdict, sentence: str, documents: Iterable[Document]) -> str:
        if not sentence:
            return text(self._language, "rating.kept_without" if verdict.wants_sentence else "rating.kept")
        found = next((it for it in documents if _bare(sentence) in _bare(it.text)), None)
        if found is None:
            return text(self._language, "rating.kept_unfound")
        return text(self._language, "rating.kept_found", title=found.source.name)


def _text(value: object, limit: int) -> str:
    return " ".join(value.split())[:limit] if isinstance(value, str) else ""


def _bare(words: str) -> str:
    """Without white space: a line wrap in the source is none in what was copied from it."""
    return _SPACE.sub("", words)

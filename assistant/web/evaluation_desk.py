"""Requests of the tab Evaluering -> what it shows. No Gradio here, and nothing that a client sends is trusted."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.quality import Case, Evaluation, Option, Stage, Standing
from assistant.ratings import Ratings
from assistant.texts import text
from assistant.web.evaluation_view import (
    render_exported,
    render_rated,
    render_standing,
    render_summary,
    render_trouble,
)
from index.documents.document import Language
from index.errors import KildesvarError

log = logging.getLogger(__name__)

AMOUNTS = (0, 20, 50)
"""How many questions of a set can be asked; 0 is all."""


@dataclass(frozen=True, slots=True)
class Picks:
    """What can be chosen, and what is."""

    choices: list[tuple[str, str]]
    """(title, name)"""
    chosen: str | None


class EvaluationDesk:
    """Serves the tab of the pages in one language."""

    def __init__(self, evaluation: Evaluation, ratings: Ratings, language: Language) -> None:
        """Measure with ``evaluation``; ``ratings`` are counted."""
        self._evaluation, self._ratings, self.language = evaluation, ratings, language

    def sets(self, wanted: object = None) -> Picks:
        """The gold sets; ``wanted`` stays chosen if it is one of them."""
        return _picks(self._evaluation.sets(self.language), wanted)

    def runs(self, wanted: object = None) -> Picks:
        """The runs that are kept; ``wanted`` stays chosen if it is one of them."""
        return _picks(self._evaluation.runs(self.language), wanted)

    def standing(self) -> Standing:
        """How far the run has come."""
        return self._evaluation.standing(self.language)

    def shown(self, standing: Standing) -> str:
        """The same as HTML."""
        return render_standing(standing, self.language)

    def start(self, name: object, amount: object) -> str:
        """Begin a run; returns what is wrong, if anything."""
        limit = amount if isinstance(amount, int) and amount in AMOUNTS else 0

        def begin() -> str:
            self._evaluation.start(_short(name), limit=limit or None)
            return ""

        return self._try(begin)

    def stop(self) -> None:
        """Give up the run."""
        self._evaluation.stop()

    def report(self, run: object) -> str:
        """The numbers of a run; nothing where none is chosen."""
        name = _short(run)
        if not name:
            return ""
        return self._try(lambda: render_summary(self._evaluation.summary(name, self.language), name, self.language))

    def finished(self, standing: Standing) -> str | None:
        """The name of the run that is done."""
        return standing.run if standing.stage is Stage.DONE else None

    def rated(self) -> str:
        """How many answers have been rated."""
        return self._try(lambda: render_rated(len(self._ratings.all()), self.language))

    def export(self, name: object) -> tuple[str, str | None]:
        """Make a set of the ratings; what is said of it, and its name if it was made."""
        made: list[str] = []

        def make() -> str:
            exported = self._evaluation.export(_short(name))
            made.append(exported.name)
            return render_exported(exported, self.language)

        said = self._try(make)
        return said, made[0] if made else None

    def case(self, request: object) -> Case | None:
        """The question of a run that a request ``{"run": …, "id": …}`` names; None where there is none."""
        fields = request if isinstance(request, Mapping) else {}
        try:
            return self._evaluation.case(_short(fields.get("run")), _short(fields.get("id")), self.language)
        except KildesvarError:
            return None

    def _try(self, act: Callable[[], str]) -> str:
        try:
            return act()
        except KildesvarError as error:
            return render_trouble(self._evaluation.told(error, self.language))
        except Exception:  # the edge of the page (``assistant.web``): logged and told
            log.exception("The evaluation could not go on")
            return render_trouble(text(self.language, "notice.unexpected"))


def _picks(choices: tuple[Option, ...], wanted: object) -> Picks:
    names = [choice.name for choice in choices]
    chosen = wanted if isinstance(wanted, str) and wanted in names else next(iter(names), None)
    return Picks([(choice.title, choice.name) for choice in choices], chosen)


def _short(value: object) -> str:
    return value[:200] if isinstance(value, str) else ""

"""The reports of runs, each a page of its own below the page: opened in a new tab, with a policy of its own."""

import logging

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.quality import Evaluation
from assistant.texts import text
from assistant.web.chrome import HOMES
from assistant.web.evaluation_view import REPORT
from index.documents.document import Language
from index.errors import KildesvarError

log = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""A report is text, style and drawings in one file; the sandbox sees to it that nothing in it could run or fetch."""


def add_reports(app: FastAPI, evaluation: Evaluation) -> None:
    """Serve the reports below each language's page, before the page itself takes everything below it."""
    for language, (home, _) in HOMES.items():
        _add(app, f"{home}{REPORT}{{run}}", evaluation, language)


def _add(app: FastAPI, path: str, evaluation: Evaluation, language: Language) -> None:
    @app.get(path)
    def report(run: str) -> Response:
        headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
        try:
            return HTMLResponse(evaluation.page(run, language), headers=headers)
        except KildesvarError as error:
            return PlainTextResponse(evaluation.told(error, language), 404, headers)
        except Exception:  # the edge of the page (``assistant.web``): logged and told
            log.exception("A report could not be made")
            return PlainTextResponse(text(language, "notice.unexpected"), 500, headers)

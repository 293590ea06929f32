"""Requests for references and exports. No Gradio here, and nothing that a client sends is trusted."""

import logging
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from secrets import token_urlsafe

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse

from assistant.export.formats import Format, render
from assistant.export.transcript import Entry, transcript_of
from assistant.references import Style, cite
from assistant.references.bibtex import key
from assistant.references.work import work_of
from assistant.texts import text
from assistant.web.answering import Answering
from assistant.web.citing_view import REFERENCES
from assistant.web.limits import RateLimit
from assistant.web.notice import notice
from assistant.web.routes import client_of, language_of
from index.documents.document import Language
from index.errors import KildesvarError

log = logging.getLogger(__name__)

_STYLES = {style.ending: style for style in Style}
_ENDINGS = "|".join(re.escape(ending) for ending in _STYLES)
REFERENCE_PATH = re.compile(rf"{REFERENCES}(d[0-9a-f]{{16}})({_ENDINGS})", re.ASCII)
"""What the gate lets in."""
_TYPES = {
    Style.APA: "text/plain",
    Style.BIBTEX: "application/x-bibtex",
    Style.RIS: "application/x-research-info-systems",
    Style.CSL: "application/vnd.citationstyles.csl+json",
}


def add_reference_routes(app: FastAPI, assistant: Answering, limit: RateLimit) -> None:
    """Serve each document's reference in each style."""

    @app.get(REFERENCES + "{name}")
    def referenced(name: str, request: Request) -> Response:
        match = REFERENCE_PATH.fullmatch(REFERENCES + name)
        language = language_of(request)
        if match is None:
            return PlainTextResponse("404", 404)
        if wait := limit.wait(client_of(request)):
            return PlainTextResponse(text(language, "notice.too_many", seconds=wait), 429)
        try:
            work = work_of(assistant.document(match[1]))
        except KildesvarError:
            return PlainTextResponse(text(language, "notice.bad_link"), 404)
        style = _STYLES[match[2]]
        headers = {"cache-control": "no-store"}
        if style is not Style.APA:
            headers["content-disposition"] = f'attachment; filename="{key(work)}{style.ending}"'
        return Response(cite(work, style, language), media_type=f"{_TYPES[style]};charset=utf-8", headers=headers)


def exported(request: object, entries: Sequence[Entry], language: Language) -> tuple[str, str]:
    """A conversation as a file, for citing.js to hand to the browser, and what is said where there is none.

    Args:
        request: ``{"form": "docx"}``, ``"md"`` or ``"html"``.
        entries: The conversation; none where the server has forgotten it.
        language: The page's.
    """
    wanted = request.get("form") if isinstance(request, Mapping) else None
    formats = {format.value: format for format in Format}
    if not isinstance(wanted, str) or wanted not in formats:
        return "", ""
    if not entries:
        return "", _trouble(text(language, "export.nothing"))
    format = formats[wanted]
    try:
        content = render(transcript_of(entries, language), format)
    except Exception:  # the edge of the page (``assistant.web``): logged and told
        log.exception("A conversation could not be exported")
        return "", _trouble(text(language, "notice.unexpected"))
    name = f"kildesvar-{date.today().isoformat()}.{format.value}"
    # The number makes the same file, asked for again, something new to the page.
    file = (
        f'<p data-nr="{token_urlsafe(6)}" data-navn="{name}" data-slag="{format.media_type}" '
        f'data-fil="{b64encode(content).decode()}" data-sagt="{escape(text(language, "export.done"))}"></p>'
    )
    return file, ""


def _trouble(words: str) -> str:
    """The number makes the same words, said again, something new to the page: they are heard again."""
    return f'<div data-nr="{token_urlsafe(6)}">{notice(words)}</div>'

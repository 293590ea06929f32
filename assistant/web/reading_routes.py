"""Where the pane fetches pieces of documents from: ``/kildesvar/les/<document>/…``."""

import asyncio
import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from assistant.texts import error_text, text
from assistant.web.limits import RateLimit
from assistant.web.reading_room import ReadingRoom
from assistant.web.routes import client_of, language_of
from index.documents.document import Language
from index.errors import KildesvarError, PageUnavailable, UnknownDocument

log = logging.getLogger(__name__)

READING = re.compile(r"/kildesvar/les/d[0-9a-f]{16}/(?:side/\d{1,4}/\d{1,4}\.jpg|tekst/\d{1,5}|innhold|finn)", re.ASCII)
"""The paths that are answered here."""
AT_ONCE = 4
"""Pieces made at the same time; more wait, and the page's own work has threads of its own."""
PIECES_A_MINUTE = 600
_KEPT = {"cache-control": "private, max-age=3600"}
"""A browser may keep a page's picture for an hour: it is made of the bytes that the document's id stands for."""
T = TypeVar("T")


def add_reading_routes(app: FastAPI, room: ReadingRoom, *, limit: RateLimit | None = None) -> None:
    """Answer the paths of ``READING`` from the room."""
    threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reading")
    limit = limit or RateLimit(PIECES_A_MINUTE, 60.0)

    async def piece(request: Request, make: Callable[[Language], Response]) -> Response:
        """The piece, or in one sentence why there is none."""
        language = language_of(request)
        if wait := limit.wait(client_of(request)):
            return PlainTextResponse(text(language, "notice.too_many", seconds=wait), 429)
        try:
            answer = await asyncio.get_running_loop().run_in_executor(threads, make, language)
        except (UnknownDocument, PageUnavailable) as error:
            return PlainTextResponse(error_text(language, error), 404)
        except KildesvarError as error:
            return PlainTextResponse(error_text(language, error), 503)
        except Exception:  # the edge of the page (``assistant.web``): logged and told
            log.exception("A piece of a document could not be made")
            return PlainTextResponse(text(language, "notice.unexpected"), 500)
        answer.headers["cross-origin-resource-policy"] = "same-origin"
        answer.headers.setdefault("cache-control", "no-store")  # the same bytes may be read again with another text
        return answer

    @app.get("/kildesvar/les/{document}/side/{page}/{width}.jpg")
    async def picture(request: Request, document: str, page: int, width: int) -> Response:
        def make(_: Language) -> Response:
            drawn = room.picture(document, page=page, width=width)
            return Response(drawn, media_type="image/jpeg", headers=_KEPT)

        return await piece(request, make)

    @app.get("/kildesvar/les/{document}/tekst/{part}")
    async def part(request: Request, document: str, part: int) -> Response:
        fields = dict(request.query_params)
        return await piece(request, lambda language: HTMLResponse(room.part(document, part, fields, language)))

    @app.get("/kildesvar/les/{document}/innhold")
    async def outline(request: Request, document: str) -> Response:
        return await piece(request, lambda language: HTMLResponse(room.outline(document, language)))

    @app.get("/kildesvar/les/{document}/finn")
    async def finds(request: Request, document: str) -> Response:
        fields = dict(request.query_params)
        return await piece(request, lambda _: JSONResponse(room.finds(document, fields)))

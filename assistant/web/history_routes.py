"""Where the dialog «Samtaler» looks conversations up, changes them and fetches them as files.

Plain requests beside Gradio's own: what is listed does not depend on what the conversation is doing meanwhile. Opening
one does, and is an event of the page.
"""

import asyncio
import logging
import re

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from assistant.export.formats import Format
from assistant.texts import error_text, text
from assistant.web.history_desk import LISTED, HistoryDesk
from assistant.web.history_view import CONVERSATIONS
from assistant.web.limits import RateLimit
from assistant.web.routes import client_of, is_ours, language_of, unkept, wanted_of
from index.errors import KildesvarError

log = logging.getLogger(__name__)

FILE_PATH = re.compile(rf"{CONVERSATIONS}/(s[0-9a-f]{{16}})\.(md|docx|html)", re.ASCII)
"""What the gate lets in besides the list."""
_REQUESTS_A_MINUTE = 600
"""A search is a request for every few letters."""


def add_history_routes(app: FastAPI, desk: HistoryDesk, *, limit: RateLimit | None = None) -> None:
    """Serve the kept conversations. What a user did wrong is told with status 200: it is an answer, not a failure."""
    limit = limit or RateLimit(_REQUESTS_A_MINUTE, 60.0)

    def refusal(request: Request) -> JSONResponse | None:
        if not is_ours(request):
            return unkept({}, status=403)
        if wait := limit.wait(client_of(request)):
            return unkept({"feil": text(language_of(request), "notice.too_many", seconds=wait)})
        return None

    @app.get(CONVERSATIONS)
    async def look(request: Request) -> Response:
        fields, language = request.query_params, language_of(request)
        wish = fields.get("antall", "")
        most = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 6 else LISTED
        arguments = (fields.get("sok", ""), fields.get("apen", ""), most, language)
        return refusal(request) or unkept({"html": await asyncio.to_thread(desk.listed, *arguments)})

    @app.post(CONVERSATIONS)
    async def act(request: Request) -> Response:
        if refused := refusal(request):
            return refused
        return unkept(await asyncio.to_thread(desk.act, await wanted_of(request), language_of(request)))

    @app.get(CONVERSATIONS + "/{name}")
    async def file(name: str, request: Request) -> Response:
        match, language = FILE_PATH.fullmatch(f"{CONVERSATIONS}/{name}"), language_of(request)
        if match is None:
            return PlainTextResponse("404", 404)
        format = Format(match[2])
        try:
            content = await asyncio.to_thread(desk.exported, match[1], format, language)
        except KildesvarError as error:
            return PlainTextResponse(error_text(language, error), 404)
        except Exception:  # the edge of the page (``assistant.web``): logged and told
            log.exception("A conversation could not be exported")
            return PlainTextResponse(text(language, "notice.unexpected"), 500)
        return Response(
            content,
            media_type=format.media_type,
            headers={
                "cache-control": "no-store",
                "content-disposition": f'attachment; filename="kildesvar-{match[1]}.{format.value}"',
                "cross-origin-resource-policy": "same-origin",
            },
        )

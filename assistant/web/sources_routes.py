"""The routes of the Kilder tab: looking, acting, and handing in files.

They are plain requests beside Gradio's own, so that a file streams to where it waits without passing through an upload
directory, and so that what goes on can be looked at from any page at any time.
"""

import asyncio
import logging
from urllib.parse import unquote

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from assistant.intake.staging import Draft
from assistant.texts import error_text, text
from assistant.web.routes import is_ours, language_of, unkept, wanted_of
from assistant.web.sources_desk import SourcesDesk
from index.documents.document import Language
from index.errors import KildesvarError

log = logging.getLogger(__name__)

SHELF, FILES = "/kildesvar/kilder", "/kildesvar/filer"
_CHUNK = 1_000_000
"""Bytes that are written to disk at once."""


def add_routes(app: FastAPI, desk: SourcesDesk) -> None:
    """Serve the Kilder tab. What a user did wrong is told with status 200: it is an answer, not a failure."""

    @app.get(SHELF)
    async def look(request: Request) -> JSONResponse:
        seen = request.query_params.get("sett", "")[:64]
        return unkept(await asyncio.to_thread(desk.look, seen, language_of(request)))

    @app.post(SHELF)
    async def act(request: Request) -> JSONResponse:
        if not is_ours(request):
            return unkept({}, status=403)
        return unkept(await asyncio.to_thread(desk.act, await wanted_of(request), language_of(request)))

    @app.post(FILES)
    async def hand_in(request: Request) -> JSONResponse:
        if not is_ours(request):
            return unkept({}, status=403)
        name = unquote(request.headers.get("x-filnavn", ""), errors="replace")[:2_000]
        return unkept(await _received(request, desk, name, language_of(request)))


async def _received(request: Request, desk: SourcesDesk, name: str, language: Language) -> dict[str, object]:
    draft: Draft | None = None
    try:
        draft = await asyncio.to_thread(desk.draft, name)
        held = bytearray()
        async for chunk in request.stream():
            held += chunk
            if len(held) >= _CHUNK:
                await asyncio.to_thread(draft.write, bytes(held))
                held.clear()
        await asyncio.to_thread(draft.write, bytes(held))
        item = await asyncio.to_thread(draft.finish)
        desk.handed_in()
        return {"fil": item.id}
    except KildesvarError as error:
        return {"feil": error_text(language, error)}
    except ClientDisconnect:
        return {}
    except Exception:  # the edge of the page (``assistant.web``): logged and told
        log.exception("A file could not be received")
        return {"feil": text(language, "notice.unexpected")}
    finally:
        if draft is not None:
            draft.discard()

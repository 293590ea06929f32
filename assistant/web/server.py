"""The page on a port: FastAPI around the Gradio pages in three languages."""

import asyncio
import errno
import socket
import sys
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request, Response
from starlette.middleware.cors import CORSMiddleware

from assistant.history.store import History
from assistant.quality import Quality
from assistant.shelf import Shelf
from assistant.texts import text
from assistant.web.answering import Answering
from assistant.web.app import Limits, build_app, theme
from assistant.web.chrome import HOMES
from assistant.web.citing_desk import add_reference_routes
from assistant.web.dressing import ASSETS, Dressing, asset
from assistant.web.gate import Gate
from assistant.web.history_desk import HistoryDesk
from assistant.web.history_routes import add_history_routes
from assistant.web.reading_room import ReadingRoom
from assistant.web.reading_routes import add_reading_routes
from assistant.web.reports import add_reports
from assistant.web.sources_desk import SourcesDesk
from assistant.web.sources_routes import add_routes
from index.documents.document import Language
from index.errors import AddressUnavailable, PortInUse

PORTS_TRIED = 50
"""How many ports above the one asked for are tried to find a free one to propose."""


def make_server(
    assistant: Answering,
    *,
    host: str = "127.0.0.1",
    hosts: Collection[str] = (),
    limits: Limits | None = None,
    quality: Quality | None = None,
    shelf: Shelf | None = None,
    history: History | None = None,
) -> FastAPI:
    """The whole web application.

    ``hosts`` are further names that it may be reached by (a proxy's, a machine's); without a ``shelf`` the documents
    can only be read, and without a ``history`` conversations are forgotten.
    """
    # Outside an event loop Gradio opens one for every lock it makes, and never closes it.
    return asyncio.run(
        _assemble(
            assistant,
            host=host,
            hosts=hosts,
            limits=limits or Limits.usual(),
            quality=quality,
            shelf=shelf,
            history=history,
        )
    )


async def _assemble(
    assistant: Answering,
    *,
    host: str,
    hosts: Collection[str],
    limits: Limits,
    quality: Quality | None,
    shelf: Shelf | None,
    history: History | None,
) -> FastAPI:
    room = ReadingRoom(assistant)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        room.close()

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)

    @app.get("/healthz")
    def healthz() -> Response:
        return Response("ok", media_type="text/plain")

    for path in ASSETS:
        app.get(path)(_asset)
    add_reading_routes(app, room)
    if quality is not None and quality.evaluation is not None:
        add_reports(app, quality.evaluation)
    add_reference_routes(app, assistant, limits.opening)
    add_routes(app, SourcesDesk(assistant, shelf))
    conversations = HistoryDesk(history, assistant.document) if history else None
    if conversations:
        add_history_routes(app, conversations)
    # The most particular path first: a mount takes everything below it.
    for language in (Language.NYNORSK, Language.ENGLISH, Language.BOKMAAL):
        page = build_app(
            assistant,
            language,
            limits=limits,
            quality=quality,
            room=room,
            history=conversations,
            editable=shelf is not None,
        )
        _mount(app, page, path=HOMES[language][0].rstrip("/") or "/")
    app.add_middleware(Dressing)
    # No other origin may read what we answer; that this middleware is here also keeps Gradio from adding its own.
    app.add_middleware(CORSMiddleware, allow_origins=[], allow_credentials=False)
    app.add_middleware(Gate, host=host, also=hosts)
    return app


def _mount(app: FastAPI, page: gr.Blocks, *, path: str) -> None:
    """Put a page at its path, without what Gradio would offer besides: uploads, monitoring, its footer."""
    gr.mount_gradio_app(
        app,
        page,
        path=path,
        theme=theme(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        max_file_size="1kb",
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
    )


def serve(
    assistant: Answering,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    hosts: Collection[str] = (),
    limits: Limits | None = None,
    quality: Quality | None = None,
    shelf: Shelf | None = None,
    history: History | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the page until interrupted.

    Args:
        assistant: Who answers.
        host: Address to listen on; only this machine can reach the default.
        port: Port to listen on; 0 takes any free one.
        hosts: Further names that the page may be reached by.
        limits: What one client may do.
        quality: Where ratings are kept, and who measures; without one the page does neither.
        shelf: Where documents are added and removed; without one they can only be read.
        history: Where conversations are kept; without one they are forgotten.
        ready: Called with the page's address once it can be reached; the default writes it to standard error.

    Raises:
        PortInUse: Something else listens there.
        AddressUnavailable: The address is not this machine's, or may not be listened on.
    """
    listener = _listen(host, port)
    url = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
    with listener:
        # No access log: it would keep the questions that shared links hold.
        config = uvicorn.Config(
            make_server(
                assistant, host=host, hosts=hosts, limits=limits, quality=quality, shelf=shelf, history=history
            ),
            log_level="warning",
            access_log=False,
            server_header=False,
        )
        _Server(config, lambda: (ready or _announce)(url)).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says when it can be reached."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def _asset(request: Request) -> Response:
    path = request.url.path
    return Response(
        asset(path), media_type=ASSETS[path], headers={"cache-control": "public, max-age=31536000, immutable"}
    )


def _announce(url: str) -> None:
    sys.stderr.write(text(Language.BOKMAAL, "notice.serving", url=url) + "\n")


def _listen(host: str, port: int) -> socket.socket:
    try:
        return _bind(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(port=port, other=_free_port(host, port)) from error
        raise AddressUnavailable(host=host, port=port, cause=error.strerror or str(error)) from error


def _free_port(host: str, taken: int) -> int:
    """A port near the taken one, else any."""
    for port in [*range(taken + 1, min(taken + PORTS_TRIED, 65536)), 0]:
        try:
            with _bind(host, port) as listener:
                return int(listener.getsockname()[1])
        except OSError:
            continue
    return 0


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener

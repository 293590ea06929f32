"""What is let in: only our own addresses, only our own page, only small requests to the routes that the page uses."""

import re
from collections.abc import Collection
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.texts import text
from assistant.web.chrome import HOMES
from assistant.web.citing_desk import REFERENCE_PATH
from assistant.web.dressing import ASSETS, language_of
from assistant.web.history_routes import FILE_PATH
from assistant.web.history_view import CONVERSATIONS
from assistant.web.reading_routes import READING
from assistant.web.sources_routes import FILES, SHELF
from index.documents.apart import LIMIT_BYTES
from index.documents.document import Language

MAX_BODY = 256 * 1024
"""Bytes of a request; the longest honest one is a few kilobytes."""
MAX_FILE = LIMIT_BYTES + MAX_BODY
"""Bytes of a request that brings a file."""
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_ROUTES = re.compile(
    r"/(?:nn/|en/)?(?:rapport/[\w-]{1,64}|config|theme\.css|favicon\.ico|manifest\.json|robots\.txt|(?:static|assets|svelte)/.*"
    r"|gradio_api/(?:queue/(?:join|data)|heartbeat/.*|cancel|reset/?|startup-events|app_id/?|info/?))?"
)
"""What of Gradio's routes the page needs; there are many more (uploads, files, proxies), and none of them is for us."""


class TooLarge(Exception):
    """A body that goes on past the limit."""


class Gate:
    """ASGI middleware: turns away what is not for us, in the language of the page that was asked for."""

    def __init__(self, app: ASGIApp, *, host: str, also: Collection[str] = ()) -> None:
        """Let requests for ``host`` in, for the names in ``also``, and for this machine's own loopback names."""
        self._app = app
        self._names = _LOOPBACK_NAMES | {host.lower().strip("[]")} | {name.lower() for name in also}
        self._open = not is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refuse(scope) or _redirect(scope)
        if refusal:
            await refusal(scope, receive, send)
            return
        body = _Body(receive, send, _limit(scope))
        with suppress(TooLarge):
            await self._app(scope, body.receive, body.send)
        if body.refused:
            await _say(413, language_of(scope["path"]), "notice.too_large")(scope, receive, send)

    def _refuse(self, scope: Scope) -> Response | None:
        headers, language = Headers(scope=scope), language_of(scope["path"])
        host = headers.get("host", "")
        if not self._ours(host):
            return _say(421, language, "notice.foreign_host")
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return _say(403, language, "notice.foreign_origin")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > _limit(scope):
            return _say(413, language, "notice.too_large")
        path = scope["path"]
        served = READING.fullmatch(path) or REFERENCE_PATH.fullmatch(path) or FILE_PATH.fullmatch(path)
        own = path in ("/healthz", "/nn", "/en", SHELF, FILES, CONVERSATIONS) or path in ASSETS or served
        if not own and not _ROUTES.fullmatch(path):
            return PlainTextResponse("404", 404)
        return None

    def _ours(self, host: str) -> bool:
        """Whether a Host header names us.

        A page elsewhere can point a name of its own at this machine, but not a number: so numbers are let in wherever
        the server listens beyond loopback, and names only if they were given.
        """
        name = (urlsplit(f"//{host}").hostname or "") if _HOST.fullmatch(host) else ""
        return name in self._names or (self._open and _is_number(name))


_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?", re.ASCII)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    return host == "localhost" or (_is_number(host.strip("[]")) and ip_address(host.strip("[]")).is_loopback)


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _redirect(scope: Scope) -> Response | None:
    """``?lang=nn`` leads to the page in that language, and ``/nn`` to ``/nn/``; the rest of the link is kept."""
    query = scope["query_string"].decode("latin-1")
    if scope["path"] in ("/nn", "/en"):
        return RedirectResponse(f"{scope['path']}/{'?' * bool(query)}{query}", 307)
    if scope["path"] not in {home for home, _ in HOMES.values()} or "lang=" not in query:
        return None
    params = parse_qsl(query, keep_blank_values=True)
    wanted = dict(params).get("lang")
    home = next((home for it, (home, _) in HOMES.items() if it.value == wanted), None)
    if home is None:
        return None
    rest = urlencode([(name, value) for name, value in params if name != "lang"], safe=":,")
    return RedirectResponse(f"{home}{'?' * bool(rest)}{rest}", 307)


class _Body:
    """A request's body that ends in ``TooLarge`` past the limit; what the application makes of that is not sent."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._limit = receive, send, limit
        self._taken, self._begun = 0, False
        self.refused = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        if self._taken > self._limit:
            self.refused = not self._begun
            raise TooLarge
        return message

    async def send(self, message: Message) -> None:
        if not self.refused:
            self._begun = True
            await self._send(message)


def _limit(scope: Scope) -> int:
    """Bytes that a request's body may have."""
    return MAX_FILE if scope["path"] == FILES and scope["method"] == "POST" else MAX_BODY


def _say(status: int, language: Language, key: str) -> Response:
    return PlainTextResponse(text(language, key), status)

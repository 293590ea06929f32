"""What is sent out: the page's language, its own style and script, and a policy that lets nothing else in or out."""

import json
import re
from functools import cache
from hashlib import sha256
from importlib.resources import files
from secrets import token_urlsafe

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.texts import table, text
from assistant.web.chrome import HOMES
from assistant.web.markup import plain
from index.documents.document import Language

ASSETS = {
    "/kildesvar/page.css": "text/css",
    "/kildesvar/rating.css": "text/css",
    "/kildesvar/evaluation.css": "text/css",
    "/kildesvar/stream.js": "text/javascript",
    "/kildesvar/citing.css": "text/css",
    "/kildesvar/sources.css": "text/css",
    "/kildesvar/beside.css": "text/css",
    "/kildesvar/page.js": "text/javascript",
    "/kildesvar/sources.js": "text/javascript",
    "/kildesvar/citing.js": "text/javascript",
    "/kildesvar/rating.js": "text/javascript",
    "/kildesvar/filter.css": "text/css",
    "/kildesvar/filter.js": "text/javascript",
    "/kildesvar/reading.css": "text/css",
    "/kildesvar/table.css": "text/css",
    "/kildesvar/reading.js": "text/javascript",
    "/kildesvar/evaluation.js": "text/javascript",
    "/kildesvar/meaning.css": "text/css",
    "/kildesvar/meaning.js": "text/javascript",
    "/kildesvar/other_words.css": "text/css",
    "/kildesvar/talk.css": "text/css",
    "/kildesvar/compare.css": "text/css",
    "/kildesvar/anew.js": "text/javascript",
    "/kildesvar/contact.js": "text/javascript",
    "/kildesvar/writing.css": "text/css",
    "/kildesvar/strictness.css": "text/css",
    "/kildesvar/strictness.js": "text/javascript",
    "/kildesvar/writing.js": "text/javascript",
    "/kildesvar/history.css": "text/css",
    "/kildesvar/history.js": "text/javascript",
    "/kildesvar/icon.svg": "image/svg+xml",
}
"""The page's own files, and their types; styles and scripts are loaded in this order."""
_STYLE, _SCRIPT = '<link rel="stylesheet" href="{}">', '<script src="{}"></script>'
_FOR_SCRIPT = (
    "ask.conversation",
    "copied.quote",
    "copied.link",
    "copied.failed",
    "cite.copied",
    "reader.opening",
    "reader.opened",
    "reader.opened_whole",
    "pane.page_of",
    "pane.page_of_printed",
    "pane.page_reached",
    "pane.no_such_page",
    "pane.picture",
    "pane.no_picture",
    "pane.more",
    "pane.not_fetched",
    "pane.found.none",
    "pane.found.here",
    "history.opened",
    "history.failed",
    "contact.heading",
    "contact.lost",
    "contact.close",
    "notice.unexpected",
)
"""Texts that the scripts say."""
_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


@cache
def asset(path: str) -> bytes:
    """One of the page's own files."""
    return files(__package__).joinpath(path.rpartition("/")[2]).read_bytes()


@cache
def _versioned(path: str) -> str:
    return f"{path}?v={sha256(asset(path)).hexdigest()[:12]}"


def _linked(kind: str, element: str) -> str:
    return "".join(element.format(_versioned(path)) for path, its in ASSETS.items() if its == kind)


def language_of(path: str) -> Language:
    """The language of the page that lives at, or above, this path."""
    return next((it for it, (home, _) in HOMES.items() if home != "/" and path.startswith(home)), Language.BOKMAAL)


def dress(html: str, language: Language, nonce: str) -> str:
    """Gradio's page with our language, style and script in it, and the nonce on every script."""
    told = {key: table(language)[key] for key in _FOR_SCRIPT}
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    ours = (
        f"{_linked('text/css', _STYLE)}"
        f'<link rel="icon" href="{_versioned("/kildesvar/icon.svg")}" type="image/svg+xml">'
        f'<meta name="description" content="{plain(text(language, "app.description"))}">'
        f'<meta name="color-scheme" content="light dark">'
        f'<script type="application/json" id="kv-tekster">{data}</script>'
        f"{_linked('text/javascript', _SCRIPT)}"
    )
    # What Gradio says to sites that preview links is about Gradio.
    html = re.sub(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>', "", html)
    html = re.sub(r"<html\s+lang=\"en\"", f'<html lang="{language.value}"', html, count=1)
    html = re.sub(r"<head>", lambda match: match[0] + ours, html, count=1)
    noscript = f"<noscript>{plain(text(language, 'app.noscript'))}</noscript>"
    html = html.replace("</body>", f"{noscript}</body>", 1)
    return re.sub(r"<script(?=[\s>])", f'<script nonce="{nonce}"', html)


class Dressing:
    """ASGI middleware: dresses the page, and puts the policy on everything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = token_urlsafe(16)
        homes = {home for home, _ in HOMES.values()}
        if scope["path"] in homes:
            # The page is rewritten below, so it must come uncompressed and whole.
            kept = [(name, value) for name, value in scope["headers"] if name not in (b"accept-encoding", b"range")]
            await self._app({**scope, "headers": kept}, receive, _Rewriter(send, language_of(scope["path"]), nonce))
        else:
            await self._app(scope, receive, _Policy(send, nonce))


class _Policy:
    """Sends on, with the policy in the headers."""

    def __init__(self, send: Send, nonce: str) -> None:
        self._send, self._nonce = send, nonce

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            # A page of its own may bring a policy that is stricter still.
            headers.setdefault("content-security-policy", _POLICY.format(nonce=self._nonce))
            for name, value in _HEADERS.items():
                headers[name] = value
            message = {**message, "headers": headers.raw}
        await self._send(message)


class _Rewriter:
    """Gathers an HTML page, dresses it and sends it on; anything else goes through as it is."""

    def __init__(self, send: Send, language: Language, nonce: str) -> None:
        self._send, self._language, self._nonce = _Policy(send, nonce), language, nonce
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body") or self._start is None:
            return
        headers = MutableHeaders(raw=list(self._start["headers"]))
        if headers.get("content-type", "").startswith("text/html"):
            self._body = dress(self._body.decode(), self._language, self._nonce).encode()
            headers["content-length"] = str(len(self._body))
            headers["cache-control"] = "no-store"
        await self._send({**self._start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": self._body})

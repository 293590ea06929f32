"""What the routes beside Gradio's own have in common: what a request tells, and answers that nobody keeps."""

import json

from fastapi import Request
from fastapi.responses import JSONResponse

from assistant.texts import LANGUAGES
from index.documents.document import Language

_OURS = "x-kildesvar"
"""A header that no form and no picture of another page can send."""


def is_ours(request: Request) -> bool:
    """Whether one of our own pages sent it."""
    return _OURS in request.headers


def client_of(request: Request) -> str:
    """By whom it was sent, as far as limits go."""
    return request.client.host if request.client else ""


def language_of(request: Request) -> Language:
    """The language that it is to be answered in."""
    wish = request.query_params.get("lang", "")
    return next((language for language in LANGUAGES if language.value == wish), LANGUAGES[0])


async def wanted_of(request: Request) -> object:
    """What its body asks for; None where that cannot be read."""
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        return None


def unkept(content: dict[str, object], *, status: int = 200) -> JSONResponse:
    """An answer that no browser keeps."""
    return JSONResponse(content, status, headers={"cache-control": "no-store"})

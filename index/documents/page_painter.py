"""Draws the pages of one PDF in a process of its own: a script, so that it loads nothing but what it uses.

pdfium is not safe with threads, and a hostile file may make it hang, eat all memory or crash; then only this process
ends. ``page_images`` starts it and talks with it, in blocks of bytes that begin with their length: the file comes in,
the pages' sizes go out as JSON; then each request is a page and a width, and each answer a JPEG, empty where the page
cannot be drawn.
"""

import io
import json
import struct
import sys
from typing import Any, BinaryIO

import pypdfium2 as pdfium

LENGTH = struct.Struct("<Q")
REQUEST = struct.Struct("<II")
"""Index of the page, from 0, and the picture's width in pixels."""
CPU_SECONDS = 600
"""Of a process's whole life; then a new one takes over."""
MEMORY_BYTES = 1_500_000_000
MAX_PIXELS = 12_000_000
"""Of a picture: a strip that is far longer than it is wide is drawn smaller."""
_QUALITY = 88


def main() -> None:
    """Draw what is asked for until the other end closes."""
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    data = incoming.read(LENGTH.unpack(incoming.read(LENGTH.size))[0])
    _limit()
    file = _open(data)
    _send(outgoing, json.dumps(_sizes(file)).encode())
    while len(asked := incoming.read(REQUEST.size)) == REQUEST.size:
        _send(outgoing, _draw(file, *REQUEST.unpack(asked)))


def _open(data: bytes) -> Any:  # noqa: ANN401 - pypdfium2 is not typed
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return None


def _sizes(file: Any) -> list[tuple[float, float]]:  # noqa: ANN401
    """Width and height of each page as it is shown, in points."""
    if file is None:
        return []
    return [tuple(round(side, 2) for side in file.get_page_size(index)) for index in range(len(file))]


def _draw(file: Any, index: int, width: int) -> bytes:  # noqa: ANN401
    try:
        page = file.get_page(index)
        across, down = page.get_size()
        scale = min(width / across, (MAX_PIXELS / (across * down)) ** 0.5)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        page.close()
        drawn = io.BytesIO()
        # Full colour resolution: halved, coloured text on a page is frayed.
        picture.save(drawn, "JPEG", quality=_QUALITY, subsampling=0)
        return drawn.getvalue()
    except (pdfium.PdfiumError, OSError, ValueError, ZeroDivisionError, MemoryError, AttributeError):
        return b""


def _send(outgoing: BinaryIO, answer: bytes) -> None:
    outgoing.write(LENGTH.pack(len(answer)) + answer)
    outgoing.flush()


def _limit() -> None:
    """Bind this process, where the system knows how."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()

"""Addresses on the web, as documents and people write them: only http and https, and nothing that hides anything."""

import re
from pathlib import Path
from urllib.parse import urlsplit

LIMIT = 2_000
"""Characters of an address."""
_STRANGE = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_BARE = re.compile(r"(?:[\w-]+\.)+[a-zæøå]{2,}(?::\d+)?(?:[/?#]\S*)?", re.I)
_AS_PATH = re.compile(r"^(https?):/+", re.I)
_HOST = re.compile(r"[\w.-]*\w\.\w{2,}|\[[\da-f:.]+\]|localhost|\d+(?:\.\d+){3}", re.I)


def web_address(text: str | None) -> str | None:
    """The address, or None if it is none that a browser should open.

    >>> web_address(" https://www.example.org/plan#mål ")
    'https://www.example.org/plan#mål'
    >>> web_address("javascript:alert(1)")
    """
    address = (text or "").strip()
    if not address or len(address) > LIMIT or _STRANGE.search(address):
        return None
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    named = parts.username or parts.password  # "https://bank.no@example.org" is not at the bank's
    if parts.scheme.lower() not in ("http", "https") or named or not host or not _HOST.fullmatch(host):
        return None
    return address


def written_address(text: str) -> str | None:
    """The same of what a person writes, who may leave the protocol out: ``www.example.org/plan``."""
    address = text.strip()
    return web_address(f"https://{address}" if _BARE.fullmatch(address) else address)


def address_given(path: Path) -> str | None:
    """The address that somebody wrote where a file belongs; a path has one slash of its two.

    >>> address_given(Path("https://www.example.org/plan"))
    'https://www.example.org/plan'
    >>> address_given(Path("plan.txt"))
    """
    written = _AS_PATH.sub(r"\1://", path.as_posix())
    return web_address(written) if written != path.as_posix() and not path.exists() else None

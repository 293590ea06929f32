"""When a document was made, by what its file says of when it was saved."""

import re
from collections.abc import Iterable

_TIME = re.compile(r"((?:19|20)\d\d)-\d\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIRST_PAGE = 3_000
"""Characters."""
_TEMPLATES = frozenset({"2013-12-23T23:15:00Z"})
"""Times that files keep from the template they are made of: that of the commonest library that writes Word files."""


def saved_year(created: str | None, modified: str | None, lines: Iterable[str]) -> str | None:
    """The year a file was saved, where that tells when its text was written.

    The day is the day it was saved; the year is rarely wrong. A file that was made and never changed may have its time
    from a template: then its text must not speak of a later year on its first page.
    """
    made = modified or created or ""
    year = _TIME.match(made)
    if year is None or made in _TEMPLATES:
        return None
    if modified and modified > (created or ""):
        return year.group(1)
    return None if any(later > year.group(1) for later in _YEAR.findall(_first_page(lines))) else year.group(1)


def _first_page(lines: Iterable[str]) -> str:
    text = ""
    for line in lines:
        text += line + "\n"
        if len(text) >= _FIRST_PAGE:
            break
    return text[:_FIRST_PAGE]

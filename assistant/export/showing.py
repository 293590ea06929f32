"""Which characters an export can show. Every format shows the same ones, and shows them as they are."""

import unicodedata

UNSHOWABLE = "\ufffd"
"""Stands for a character that no format can show."""


def showable(words: str) -> str:
    """The text, with what has no place in XML, HTML or Markdown replaced one for one.

    These are control characters (but for tab and newline), halves of surrogate pairs and noncharacters: none of them
    has a shape. What checks an export compares it with this of the document's own characters.
    """
    return "".join(UNSHOWABLE if _unshowable(char) else char for char in words)


def one_line(words: str) -> str:
    """For headings and citations: showable, with all white space as single spaces."""
    return " ".join(showable(words).split())


def _unshowable(char: str) -> bool:
    if char in "\t\n":
        return False
    return unicodedata.category(char) in ("Cc", "Cs") or "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == 0xFFFE

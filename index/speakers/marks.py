"""Signs of direct speech: dashes, quotation marks, question marks, "jeg" and "vi"."""

import re

from index.letters import CAPITALS

DASHES = "-–—−"
_FIRST = re.compile(r"\b(?:jeg|meg|mitt|mine|vi|oss|vår|vårt|våre|eg|me)\b", re.IGNORECASE)

_SIGNATURE = re.compile(rf"[–—−-]\s?[{CAPITALS}][\w-]+(?:\s[{CAPITALS}][\w.-]+){{0,2}}")
"""A letter's end: "– Nina"."""
_ANNOUNCED = re.compile(r":\s?[«“\"–—-]")


def opens_with_dash(text: str, start: int, end: int) -> bool:
    """Whether a dash opens the sentence: somebody speaks."""
    if text[start] not in DASHES or end - start <= 2 or not (text[start + 1].isspace() or text[start] in "–—"):
        return False
    return _SIGNATURE.fullmatch(text, start, end) is None


def asks(text: str, start: int, end: int) -> bool:
    """Whether the sentence is a question."""
    return text[start:end].rstrip('»”"*_ ').endswith("?")


def first_person(text: str, start: int, end: int) -> bool:
    """Whether somebody speaks of themselves."""
    return _FIRST.search(text, start, end) is not None


def quotation_depth(text: str, start: int, end: int, depth: int) -> int:
    """1 if a quotation is open after the sentence, else 0, as ``depth`` was before. Straight marks alternate."""
    for character in text[start:end]:
        if character in "«“":
            depth = 1
        elif character in "»”":
            depth = 0
        elif character == '"':
            depth = 1 - depth
    return depth


def quotation_after_colon(text: str, start: int, end: int) -> int | None:
    """Where the colon stands that announces a quotation within the sentence, if one does."""
    found = _ANNOUNCED.search(text, start, end)
    return found.start() if found else None

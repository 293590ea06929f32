"""One block's stretch of a file becomes canonical text: markup dropped, white space and Unicode normalised."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

Range = tuple[int, int]
"""Half-open range of characters of the decoded file."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the canonical text and the characters of the file that they came from."""

    text: str
    start: int
    end: int
    """Half-open range of characters of the decoded file."""
    verbatim: bool
    """``text`` is that range, character for character."""


_TOKEN = re.compile(
    r"""(?P<space>\s\s+|[^\S ])
    |(?P<escape>\\[!-/:-@\[-`{-~])
    |(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    |(?P<comment><!--)
    |(?P<tag></?[A-Za-z][A-Za-z0-9]{0,12}(?:\s[^<>]{0,1000})?/?>)
    |(?P<mark>\*+|_+|~~+)
    |(?P<code>`+)
    |(?P<image>!\[)
    |(?P<open>\[)
    |(?P<close>\])
    |(?P<unseen>[\u00ad\u200b\u2060\ufeff\x80-\x84\x86-\x9f]+)""",
    re.VERBOSE,
)
_PLAIN_TOKEN = re.compile(r"(?P<space>\s\s+|[^\S ])|(?P<unseen>[\u00ad\u200b\u2060\ufeff\x80-\x84\x86-\x9f]+)")
_HTML = """
a abbr article aside b blockquote br caption center cite code dd del div dl dt em figcaption figure font footer
h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s section small span strike strong sub sup
table tbody td tfoot th thead time tr u ul wbr
"""
_TAGS = frozenset(_HTML.split())
_SPACING_TAGS = frozenset({"br", "p", "div", "li", "td", "th", "tr", "hr", "dd", "dt"})
# A link's address holds no bracket, so a search for its end never runs past the next candidate: linear on any input.
_ADDRESS = re.compile(
    r"\((?:<[^<>\n]{0,1000}>|[^()\[\]\s<]{0,2000}(?:\([^()\[\]\s]{0,300}\)[^()\[\]\s]{0,1000})?)"
    r"(?:\s{1,4}(?:\"[^\"\[\]\n]{0,300}\"|'[^'\[\]\n]{0,300}'))?\s{0,4}\)"
)
_REFERENCE = re.compile(r"\[[^\[\]\n]{0,100}\]")
_HYPHENATED = re.compile(r"([^\W\d_]+)-$")
_SUSPENDED = frozenset({"og", "eller", "samt", "men", "til", "and", "or", "som"})


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def render(
    source: str, ranges: Sequence[Range], *, compounds: frozenset[str] = frozenset(), markup: bool = True
) -> list[Piece]:
    """Pieces of canonical text from ``ranges`` of ``source``, which are the lines of one block.

    ``compounds`` are the document's own words with a hyphen (lower case): they keep it when a line ends at it.
    Without ``markup``, only white space, hyphens at line ends and invisible characters are seen to.

    >>> [piece.text for piece in render("**Ja**,  [66](#)", [(0, 16)])]
    ['Ja', ',', ' ', '66']
    """
    raw = "\n".join(source[start:end] for start, end in ranges)
    starts: list[int] = []
    length = 0
    for start, end in ranges:
        starts.append(length)
        length += end - start + 1

    def place(offset: int) -> int:
        line = bisect_right(starts, offset) - 1
        return min(ranges[line][0] + offset - starts[line], ranges[line][1])

    pieces: list[Piece] = []
    done = 0
    for edit in _edits(raw, compounds) if markup else _plain_edits(raw, compounds):
        _push(pieces, raw[done : edit.start], place(done), verbatim=True, end=None)
        _push(pieces, edit.text, place(edit.start), verbatim=False, end=place(edit.end))
        done = edit.end
    _push(pieces, raw[done:], place(done), verbatim=True, end=None)
    if pieces and pieces[-1].text.endswith(" "):
        last = pieces.pop()
        if last.verbatim and len(last.text) > 1:
            pieces.append(Piece(last.text[:-1], last.start, last.end - 1, verbatim=True))
    return _composed(pieces)


def plain(pieces: Sequence[Piece]) -> str:
    """The pieces' text."""
    return "".join(piece.text for piece in pieces)


def _push(pieces: list[Piece], text: str, start: int, *, verbatim: bool, end: int | None) -> None:
    """Append ``text``, but never a second space in a row, nor one at the beginning."""
    if text.startswith(" ") and (not pieces or pieces[-1].text.endswith(" ")):
        text = text[1:]
        start += 1 if verbatim else 0
    if text:
        pieces.append(Piece(text, start, start + len(text) if end is None else end, verbatim))


def _edits(raw: str, compounds: frozenset[str]) -> list[_Edit]:
    """What is to be replaced in ``raw``, in order and not overlapping."""
    edits: list[_Edit] = []
    marks: list[re.Match[str]] = []
    brackets: list[tuple[int, int]] = []
    backtick: dict[int, re.Match[str]] = {}
    at = 0
    comments = True
    while token := _TOKEN.search(raw, at):
        at = token.end()
        kind = token.lastgroup
        if kind == "space":
            edits.append(_space(raw, token, compounds))
        elif kind == "escape":
            edits.append(_Edit(token.start(), token.start() + 1, ""))
        elif kind == "entity":
            edits.append(_Edit(token.start(), token.end(), _entity(token.group())))
        elif kind == "comment":
            stop = raw.find("-->", at) if comments else -1
            comments = stop >= 0
            if comments:
                at = stop + 3
                edits.append(_Edit(token.start(), at, ""))
        elif kind == "tag":
            name = token.group().strip("</>").split(None, 1)[0].lower()
            if name in _TAGS:
                edits.append(_Edit(token.start(), token.end(), " " if name in _SPACING_TAGS else ""))
            else:  # "mindre enn <n ... >" is text, with all that stands in it
                at = token.start() + 1
        elif kind == "mark":
            marks.append(token)
        elif kind == "code":
            before = backtick.pop(len(token.group()), None)
            if before is None:
                backtick[len(token.group())] = token
            else:
                edits += [_Edit(before.start(), before.end(), ""), _Edit(token.start(), token.end(), "")]
        elif kind in ("open", "image"):
            brackets.append((token.start(), token.end()))
        elif kind == "close" and brackets:
            opened = brackets.pop()
            address = _ADDRESS.match(raw, at) or _REFERENCE.match(raw, at)
            if address:
                at = address.end()
                edits += [_Edit(*opened, ""), _Edit(token.start(), at, "")]
        elif kind == "unseen":
            edits.append(_Edit(token.start(), token.end(), ""))
    edits += _emphasis(raw, marks)
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return edits


def _plain_edits(raw: str, compounds: frozenset[str]) -> list[_Edit]:
    edits = []
    for token in _PLAIN_TOKEN.finditer(raw):
        space = token.lastgroup == "space"
        edits.append(_space(raw, token, compounds) if space else _Edit(token.start(), token.end(), ""))
    return edits


def _entity(text: str) -> str:
    """The character that an HTML entity stands for; the entity itself if it stands for none that text may hold."""
    value = html.unescape(text)
    if value == text:
        return text
    return "".join(" " if char.isspace() else char for char in value if char.isprintable() or char.isspace())


def _space(raw: str, token: re.Match[str], compounds: frozenset[str]) -> _Edit:
    """White space is one space; a line's end after a hyphen is none, and the hyphen stays where it belongs."""
    start, end = token.span()
    if "\n" not in token.group():
        return _Edit(start, end, " ")
    head = raw[max(0, start - 60) : start]
    follow = raw[end : end + 60]
    if head.endswith(("–", "/")) and len(head) > 1 and head[-2].isalnum() and follow[:1].isalnum():
        return _Edit(start, end, "")
    word = _HYPHENATED.search(head)
    after = re.match(r"[^\W\d_]+", follow)
    if not head.endswith("-") or after is None or len(head) < 2 or not head[-2].isalnum():
        return _Edit(start, end, " ")
    if after.group().lower() in _SUSPENDED:
        return _Edit(start, end, " ")
    before = word.group(1) if word else ""
    kept = (
        len(before) < 2
        or before.isupper()
        or after.group()[0].isupper()
        or f"{before}-{after.group()}".lower() in compounds
    )
    return _Edit(start, end, "") if kept else _Edit(start - 1, end, "")


def _emphasis(raw: str, marks: Sequence[re.Match[str]]) -> list[_Edit]:
    """Drop ``*``, ``_`` and ``~~`` where they are pairs of markup; elsewhere they are text (``5 * 3``, ``500*``).

    Each sort has its own stack and each run is pushed and popped once, so the time is linear.
    """
    edits: list[_Edit] = []
    openers: dict[str, list[list[int]]] = {}
    loose: list[list[int]] = []
    for mark in marks:
        start, end = mark.span()
        before = raw[start - 1] if start else " "
        after = raw[end] if end < len(raw) else " "
        opens = not after.isspace() and (after.isalnum() or not before.isalnum())
        closes = not before.isspace() and (before.isalnum() or not after.isalnum())
        if mark.group()[0] == "_" and before.isalnum() and after.isalnum():
            continue
        stack = openers.setdefault(mark.group()[0], [])
        while closes and stack and start < end:
            opener = stack[-1]
            width = min(opener[1] - opener[0], end - start)
            edits += [_Edit(opener[1] - width, opener[1], ""), _Edit(start, start + width, "")]
            opener[1] -= width
            start += width
            if opener[0] == opener[1]:
                stack.pop()
        if start < end and opens:
            stack.append([start, end])
        elif start < end and closes:
            loose.append([start, end])
    for start, end in [*loose, *(opener for stack in openers.values() for opener in stack)]:
        # Two stars on their own are a pair that lost its mate; inside a word (f**n) they are the writer's.
        inside = start > 0 and end < len(raw) and raw[start - 1].isalnum() and raw[end].isalnum()
        if raw[start] == "*" and end - start in (2, 3) and not inside:
            edits.append(_Edit(start, end, ""))
    return edits


@cache
def _composing() -> frozenset[str]:
    """Characters that NFC may merge into the one before although they are not combining marks."""
    seconds = (unicodedata.decomposition(chr(code)).split() for code in range(0x80, 0x30000))
    found = {chr(int(parts[1], 16)) for parts in seconds if len(parts) == 2 and not parts[0].startswith("<")}
    return frozenset(found | {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))})


def _composed(pieces: list[Piece]) -> list[Piece]:
    """The pieces in Unicode form NFC; characters that were merged or swapped become a piece of their own."""
    text = plain(pieces)
    if unicodedata.is_normalized("NFC", text):
        return pieces
    found: list[Piece] = []
    cluster: list[Piece] = []
    composing = _composing()

    def flush() -> None:
        before = plain(cluster)
        after = unicodedata.normalize("NFC", before)
        if after == before:
            found.extend(cluster)
        elif after:
            found.append(Piece(after, cluster[0].start, cluster[-1].end, verbatim=False))
        cluster.clear()

    for piece in pieces:
        for index, char in enumerate(piece.text):
            if not unicodedata.combining(char) and char not in composing:
                flush()
            start = piece.start + index if piece.verbatim else piece.start
            end = start + 1 if piece.verbatim else piece.end
            cluster.append(Piece(char, start, end, piece.verbatim))
    flush()
    return found

"""The lines of a file, and where a line's end means nothing (a wrap) and where it means something."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|section|article|blockquote|figure|figcaption|br|hr)\b[^<>]{0,300}>", re.I
)
_QUOTE_MARK = re.compile(r"(?:>\s?){1,9}")
_RULE = re.compile(r"(?:-\s?){3,}|(?:\*\s?){3,}|(?:_\s?){3,}|={3,}|(?:[–—]\s?){2,}|(?:~\s?){3,}|`{3,}[\w+-]{0,20}")
_UNDERLINE = re.compile(r"=+|-{3,}")
_REFERENCE = re.compile(r"\[[^\]^\n]{1,100}\]:\s{0,10}\S{1,2000}")
_LABEL = re.compile(r"[*_]{0,3}[A-ZÆØÅ][^\W_]*(?:[ /-][^\W_]+){0,3}[*_]{0,3}:[*_]{0,3}\s+\S")
# "… mellom kl." and "den 3." at a line's end are not the sentence's end when a small letter or a figure follows.
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[^\W\d_]{1,4}|[^\W\d_]\.\s?[^\W\d_]{1,3}|\d{1,3})\.$")
_CUT_WORD = re.compile(r"\w[-–]$")
_INVISIBLE = "\ufeff\u200b\u2060\u00ad"
_TERMINAL = re.compile(r"[.!?:;][»\"”'’)\]*_]{0,6}$")
MAX_WRAP = 140
"""Columns; text that was wrapped by hand or by a converter is narrower than this."""
_MIN_WRAPPED = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line's content, without surrounding white space and quotation marks of Markdown."""

    start: int
    end: int
    """Half-open range of characters of the decoded file."""
    text: str
    """``source[start:end]``."""
    indent: int
    """Columns before the content (a tab counts as four)."""
    gap: bool
    """An empty line, a rule or the page's beginning stands before it."""
    quoted: bool = False
    """It stood after ``>``."""
    underlined: int = 0
    """Heading level given by the rule below it (1 ``===``, 2 ``---``); 0 for none."""
    tag: str = ""
    """The HTML block tag that opens it, lower case, for instance ``h2`` or ``li``."""
    leading_tab: bool = False
    """A tab stands before the content: the first cell of a row is empty."""


def split_lines(source: str) -> list[Line]:
    """The lines of ``source`` that hold something; rules, fences and link definitions become gaps."""
    lines: list[Line] = []
    gap = True
    for start, end, tag in _segments(source):
        line = _line(source, start, end, gap=gap or bool(tag), tag=tag)
        if line is None:
            gap = True
            continue
        alone = bool(lines) and lines[-1].gap and not gap
        if alone and _UNDERLINE.fullmatch(line.text) and not lines[-1].underlined:
            previous = lines[-1]
            level = 1 if line.text[0] == "=" else 2
            lines[-1] = Line(
                previous.start, previous.end, previous.text, previous.indent, previous.gap, underlined=level
            )
            gap = True
        elif _RULE.fullmatch(line.text[:400]) and len(line.text) <= 400 or _REFERENCE.fullmatch(line.text[:2200]):
            gap = True
        else:
            if lines and lines[-1].quoted != line.quoted and not line.gap:
                line = Line(
                    line.start, line.end, line.text, line.indent, True, line.quoted, leading_tab=line.leading_tab
                )
            lines.append(line)
            gap = False
    return lines


def _segments(source: str) -> list[tuple[int, int, str]]:
    """Ranges of lines, cut also at HTML block tags; each with the tag that opens it."""
    found: list[tuple[int, int, str]] = []
    start = 0
    for end_mark in [*_LINE_END.finditer(source), None]:
        end = len(source) if end_mark is None else end_mark.start()
        # A tab before the tag tells a table's row, whose cells are cut later.
        if "<" in source[start:end] and "\t" not in source[start:end] and "|" not in source[start:end]:
            at, tag = start, ""
            for mark in _BLOCK_TAG.finditer(source, start, end):
                if mark.start() > at or tag:
                    found.append((at, mark.start(), tag))
                closing = source[mark.start() + 1] == "/"
                tag = "/" if closing else mark.group().strip("</>").split(None, 1)[0].lower()
                at = mark.end()
            found.append((at, end, tag))
        else:
            found.append((start, end, ""))
        if end_mark is not None:
            if end_mark.group() in "\x0c\u2029":
                found.append((end, end, ""))
            start = end_mark.end()
    return found


def _line(source: str, start: int, end: int, *, gap: bool, tag: str) -> Line | None:
    raw = source[start:end]
    body = raw.rstrip().rstrip(_INVISIBLE).rstrip()
    lead = len(body) - len(body.lstrip(" \t\xa0" + _INVISIBLE))
    before, body = body[:lead], body[lead:]
    quote = _QUOTE_MARK.match(body)
    skip = quote.end() if quote else 0
    while skip < len(body) and body[skip].isspace():
        skip += 1
    text = body[skip:]
    if not text:
        return None
    indent = sum(4 if char == "\t" else char not in _INVISIBLE for char in before)
    begin = start + lead + skip
    return Line(begin, begin + len(text), text, indent, gap, quoted=bool(quote), tag=tag, leading_tab="\t" in before)


def ends_sentence(text: str) -> bool:
    """The text ends with a mark that ends a sentence or introduces something."""
    return bool(_TERMINAL.search(text[-12:]))


def _sentence_ends(line: str, following: str) -> bool:
    """A sentence ends at the end of ``line``, judging also by what follows."""
    if not ends_sentence(line):
        return False
    return not (line.endswith(".") and following[:1].isalnum() and not following[:1].isupper()) or not (
        begins_lower(following) or _ABBREVIATED.search(line[-12:])
    )


def begins_lower(text: str) -> bool:
    """The first letter, past quotation and emphasis marks, is a small one."""
    return text.lstrip("*_«\"“'(")[:1].islower()


class Wrapping:
    """Knows how wide a document's lines were wrapped, if they were, and so which line ends are wraps."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.width = _wrap_width(lines)
        """Columns; 0 where lines were not wrapped."""

    def joins(self, line: Line, following: Line) -> bool:
        """``following`` goes on where ``line`` was wrapped: it belongs to the same paragraph or list item."""
        if _CUT_WORD.search(line.text[-3:]) and len(line.text) >= _MIN_WRAPPED:
            return True
        if not self.width:
            return (
                begins_lower(following.text)
                and not ends_sentence(line.text)
                and _MIN_WRAPPED <= len(line.text) <= MAX_WRAP
                and len(line.text) >= 0.6 * len(following.text)
                and line.text.split(None, 1)[0] != following.text.split(None, 1)[0]
            )
        if _LABEL.match(line.text[:80]) and _LABEL.match(following.text[:80]):
            return False
        words = following.text.split(None, 2)
        # A writer who wraps puts the next word on the line if it fits: where it would have fitted, the end is meant.
        first = " ".join(words[:2]) if words[0] in ("–", "—", "-") else words[0]
        column = line.indent + len(line.text)
        slack = self.width - (column + 1 + len(first))
        if slack < 0:
            return True
        if _sentence_ends(line.text, following.text):
            return slack <= 0.08 * self.width and line.indent == following.indent and line.text[-1] != ":"
        if begins_lower(following.text):
            return column >= 0.5 * self.width
        return slack <= 0.25 * self.width


def _wrap_width(lines: Sequence[Line]) -> int:
    pairs = [(one, two) for one, two in zip(lines, lines[1:], strict=False) if not two.gap]
    flowing = [
        one.indent + len(one.text)
        for one, two in pairs
        if begins_lower(two.text) and not ends_sentence(one.text) and two.text[:1].isalpha() and "|" not in one.text
    ]
    flowing = [width for width in flowing if _MIN_WRAPPED <= width <= MAX_WRAP]
    if not flowing or len(flowing) < 0.2 * len(pairs):
        return 0
    usual = median(flowing)
    flowing = sorted(value for value in flowing if value <= 1.25 * usual)
    width = flowing[int(0.9 * (len(flowing) - 1))]  # not the widest: single lines were edited after they were wrapped
    long_text = sum(len(line.text) for line in lines if len(line.text) > 1.3 * width)
    return 0 if long_text > 0.3 * sum(len(line.text) for line in lines) else width

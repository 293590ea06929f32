"""Where sentences end, in Norwegian (Bokmål and Nynorsk) and English prose.

Every mark that can end a sentence is looked at once, with a bounded view to both sides, so that time grows linearly
with the text, whatever it holds.
"""

import re

from index.abbreviations import ABBREVIATIONS, COUNTED, LABELS, LETTERED, MONTHS, SAYING, Ending
from index.following import After, Following, look_ahead
from index.paragraph import Sentence

_VIEW = 60
"""Code points looked at on either side of a mark; no abbreviation, number or name is longer."""

_SMALL = "a-zà-öø-ÿ"
_CAPITAL = "A-ZÀ-ÖØ-Þ"

_MARK = re.compile(
    r"(?P<stop>[.!?…]+)"
    # What closes with the sentence: quotation marks, brackets, note marks ("[3]", "²", and "ord.3 Neste" from a PDF).
    rf"(?P<close>(?:[ \u00a0]?[»)\]}}]|[”’*_]|[\"'“](?!\w)|\[\d{{1,3}}\]|[¹²³⁴-⁹]"
    rf"|(?<=[{_SMALL}]{{3}}\.)\d{{1,2}}(?=\s[{_CAPITAL}]))*)"
    r"|(?P<colon>:)(?=\s?[-–—])"
    r"|(?P<line>\n\s*)"
)
_NUMBER = re.compile(r"\d[\d.,:/–-]*")
_INITIALS = re.compile(rf"[{_CAPITAL}](?:\.-?[{_CAPITAL}]){{0,2}}")
_CUT_NAME = re.compile(r"Aa|Chr|Fr|Kj|Kr|Sv|Th|Wm")
"""First letters of a given name: "Kj. Lie", "Aa. Vik"."""
_NO_VOWEL = re.compile(r"(?!tv|pc|cd|sms)[bcdfghjklmnpqrstvwxz]{2,5}")
"""Hardly a word: "fvl. § 28", "fv. 4116"."""
_DOTTED = re.compile(rf"[{_SMALL}{_CAPITAL}]{{1,4}}(?:\.[{_SMALL}{_CAPITAL}]{{1,4}})+")
_DOMAIN = re.compile(r"(?:www\..*|.*[@/].*|.*\.(?:no|com|org|net|se|dk|eu|uk|io|edu|gov|info|int))", re.IGNORECASE)
_GLUED_WORD = re.compile(rf"[{_SMALL}{_CAPITAL}-]*[{_SMALL}]{{2}}|\d{{3,}}|.*\W")
_BULLET = re.compile(r"(?P<sign>[-–—•·▪◦‣*]|\d{1,3}[.)]|[a-zæøå]\))\s")
_STREET = re.compile(r"[A-ZÆØÅ]\w+(?:gt|(?<![hn]a)vn|vg)")
"""A street cut short: "Strandgt. 12"."""


def split_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Sentence, ...]:
    """The sentences of ``text[start:end]``, one block of canonical text, in order; offsets are into ``text``.

    Together they cover all but white space. Nothing but white space gives none.
    """
    block = text[start:end]
    brackets = _brackets(block)
    sentences = []
    first = _skip_space(block, 0)
    for mark in _MARK.finditer(block):
        cut = mark.end() if mark["line"] is None else mark.start()
        if cut <= first or not _ends(block, first, mark, brackets):
            continue
        sentences.append(Sentence(start + first, start + first + len(block[first:cut].rstrip())))
        first = _skip_space(block, cut)
    if first < len(block):
        sentences.append(Sentence(start + first, start + first + len(block[first:].rstrip())))
    return tuple(sentences)


def _ends(block: str, first: int, mark: re.Match[str], brackets: dict[int, int]) -> bool:
    """Whether the sentence that began at ``first`` ends with this mark."""
    if mark["line"] is not None:
        return _ends_at_line(block, first, mark)
    after = look_ahead(block, mark.end())
    if mark["colon"] is not None:
        return _ends_at_colon(block, first, mark.start(), after)
    if after.kind in (Following.END, Following.SMALL, Following.CONTINUED):
        return False
    if block[mark.start() - 1 : mark.start()] in ("(", "["):  # "(!)", "(…)"
        return False
    if not after.gap:
        return _ends_glued(block, first, mark, after)
    closing = block.find(")", mark.start("close"), mark.end("close"))
    if closing >= 0 and brackets.get(closing, -1) > first:  # "Vik (uavh.) Lie": the bracket began inside the sentence
        return after.starts
    if mark["stop"] == ".":
        return _ends_at_full_stop(block, first, mark.start(), after)
    if not set(mark["stop"]) & {"!", "?"}:
        return mark.start() > first and (after.starts or bool(after.dash) or not block[mark.start() - 1].isspace())
    return True


def _ends_at_full_stop(block: str, first: int, stop: int, after: After) -> bool:
    """A single full stop, white space, then a capital, a number or a sign."""
    token = _token_before(block, first, stop)
    if not token or not token[-1].isalnum():
        return True
    if _NUMBER.fullmatch(token):
        return _ends_at_number(block, first, stop - len(token), token, after)
    named = _INITIALS.fullmatch(token) or _CUT_NAME.fullmatch(token)
    ending = None if named else _ending(block, first, stop, token)
    if ending is not None:
        return _allows(ending, after)
    if named or (len(token) == 1 and token not in "iå"):
        word = _token_before(block, first, _rskip_space(block, stop - len(token), first)).rstrip(".").casefold()
        return after.starts or word in LETTERED or word[-1:].isdigit()
    return True


def _allows(ending: Ending, after: After) -> bool:
    """Whether an abbreviation of this sort ends a sentence before what follows."""
    match ending:
        case Ending.NEVER:
            return False
        case Ending.RARELY:
            return after.starts
        case Ending.OFTEN:
            return after.kind is not Following.NUMBER
        case Ending.MOSTLY:
            return after.kind is not Following.NUMBER or "(" not in after.opened  # "Wang m.fl. (2020)"


def _ending(block: str, first: int, stop: int, token: str) -> Ending | None:
    """How the abbreviation before ``stop`` behaves, also where it is written with spaces ("o. l."); None for a word."""
    key = token.casefold()
    found = ABBREVIATIONS.get(key) or ABBREVIATIONS.get(re.split(r"[-–/]", key)[-1])  # "man.–fre."
    begin = stop - len(token)
    for _ in range(2):
        before = _rskip_space(block, begin, first)
        if before == begin or block[before - 1 : before] != ".":
            break
        part = _token_before(block, first, before - 1)
        if not 0 < len(part) <= 4:
            break
        key = f"{part.casefold()}.{key}"
        found = ABBREVIATIONS.get(key, found)
        begin = before - 1 - len(part)
    if found is None and token.split(".")[0].casefold() in ("dr", "cand", "stud", "mag") and "." in token:
        return Ending.NEVER
    if token.isupper() and "." not in token and found is not None:  # "i EM.", "skriver VG."; but "SAK NR. 3"
        return Ending.OFTEN
    if found is None:
        return _unlisted_ending(token, after_bracket=block[begin - 1 : begin] == "(", later=begin > first)
    return found


def _unlisted_ending(token: str, *, after_bracket: bool, later: bool) -> Ending | None:
    """How a word that looks like an abbreviation behaves; None if it does not look like one."""
    if token.casefold().endswith("nr") or (after_bracket and len(token) <= 5):  # "saksnr. 25/114", "(alt. …"
        return Ending.NEVER
    if _NO_VOWEL.fullmatch(token[:1].lower() + token[1:]) or (later and _STREET.fullmatch(token)):
        return Ending.OFTEN
    if _DOTTED.fullmatch(token) and not _DOMAIN.fullmatch(token) and not _INITIALS.fullmatch(token):
        return Ending.RARELY
    return None


def _ends_at_number(block: str, first: int, begin: int, token: str, after: After) -> bool:
    """A number and a full stop: an ordinal, a label ("§ 3. Lovens formål"), or the last word of a sentence."""
    before = block[max(first, begin - _VIEW) : begin].rstrip()
    if not before or (begin - first <= _VIEW and before.rstrip(".").casefold() in LABELS):
        return False
    if (before[-1] == ":" and token == "1") or (before[-1] == ";" and len(token) <= 2):
        return False  # "Vi vil: 1. Styrke …; 2. Bygge …"
    if after.kind is Following.CAPITAL and after.word.casefold() in MONTHS:
        return False
    if after.kind is Following.NUMBER and token.isdecimal() and int(token) <= 31:
        return before.split()[-1].rstrip(".").casefold() in COUNTED
    return True


def _ends_glued(block: str, first: int, mark: re.Match[str], after: After) -> bool:
    """A mark without white space after it: a forgotten space ("huset.Der"), or an address, a file name, a number."""
    if after.kind is not Following.CAPITAL or not (after.word[1:].islower() or after.word == "I" or after.dash):
        return False
    if after.rest[:1] in ("@", "/", "_", "=", "\\") or (after.rest[:1] == "." and after.rest[1:].isalnum()):
        return False
    if after.dash and not after.dash[-1].isspace():
        return False
    if mark["close"]:
        return True
    token = _token_before(block, first, mark.start())
    if not token or _DOMAIN.fullmatch(token) or not _GLUED_WORD.fullmatch(token):
        return False
    if after.word.casefold() in MONTHS:
        return False
    return mark["stop"] != "." or _ending(block, first, mark.start(), token) in (None, Ending.OFTEN, Ending.MOSTLY)


def _ends_at_colon(block: str, first: int, colon: int, after: After) -> bool:
    """The speech goes on after its speaker ("…, mener Knutsen:- Det er …"); a colon that announces one does not end."""
    if after.kind is not Following.CAPITAL or not after.dash:
        return False
    said = re.split(r"[,?!»”]", block[max(first, colon - _VIEW) : colon])
    return len(said) > 1 and bool(SAYING.intersection(said[-1].split()[:2]))


def _ends_at_line(block: str, first: int, mark: re.Match[str]) -> bool:
    """A line break that was kept: between paragraphs, before a list's line, after a heading without a full stop."""
    if mark["line"].count("\n") > 1:
        return True
    after = look_ahead(block, mark.end())
    line = block[max(first, mark.start() - _VIEW - 1) : mark.start()].rstrip()
    bullet = _BULLET.match(block, mark.end())
    if bullet is not None:
        listed = line[-1:] in tuple(".:;!?…") or _BULLET.match(block, first) is not None
        return listed or bullet["sign"] in "•·▪◦‣" or after.kind is Following.CAPITAL
    heading = mark.start() - first <= _VIEW and "\n" not in line and line[-1:].isalnum()
    below = block.find("\n", mark.end(), mark.end() + _VIEW)
    return heading and after.kind is Following.CAPITAL and (below < 0 or below - mark.end() > len(line))


def _token_before(block: str, first: int, stop: int) -> str:
    """What stands before ``stop`` without white space between, less what opens ("(", "«", a dash)."""
    tokens = block[max(first, stop - _VIEW) : stop].rsplit(None, 1)
    if not tokens or block[stop - 1 : stop].isspace():
        return ""
    return tokens[-1].lstrip("([{«\"“„‘'*_–—-")


def _brackets(block: str) -> dict[int, int]:
    """Place of each closing round bracket -> place of the one that opens it."""
    pairs, stack = {}, []
    for found in re.finditer(r"[()]", block):
        if found[0] == "(":
            stack.append(found.start())
        elif stack:
            pairs[found.start()] = stack.pop()
    return pairs


def _skip_space(block: str, position: int) -> int:
    while position < len(block) and block[position].isspace():
        position += 1
    return position


def _rskip_space(block: str, position: int, first: int) -> int:
    while position > first and block[position - 1].isspace():
        position -= 1
    return position


_HANGING = re.compile(
    r"(?:som|ikke|ikkje|og|eller|men|which|or|and)\b|(?:er|har|kan|skal|vil|må|bør|gjelder|gjeld|blir)\b", re.I
)
"""What no statement begins with: its beginning stands before."""


def broken(text: str, end: int, start: int) -> bool:
    """Whether the boundary between a sentence that ends at ``end`` and the next, from ``start``, is likely none.

    The rules above must say yes or no; here is doubt: a small letter begins the next one, or an abbreviation or a
    number ends the first and the next lacks its beginning ("jf. § 4. Kan ikke …"). Whoever quotes takes both then.
    """
    if text[start].islower():
        return True
    if text[end - 1] != "." or _HANGING.match(text, start) is None:
        return False
    token = _token_before(text, max(0, end - _VIEW), end - 1)
    return _NUMBER.fullmatch(token) is not None or _ending(text, max(0, end - _VIEW), end - 1, token) is not None

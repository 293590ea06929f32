"""Who wrote a document and when, and what pictures show: names, bylines, dates, captions."""

import re
from dataclasses import dataclass
from datetime import date

from index.documents.phrases import has_sentence_inside, has_verb, is_letterhead, is_speech, words
from index.letters import CAPITALS

_NAME_WORD = rf"(?:[{CAPITALS}]\.|[{CAPITALS}](?:[^\W\d_]|['’-])+)"
_NAME = rf"{_NAME_WORD}(?:\s(?:van|von|de|der|den|af|bin|al|el)\b)?(?:\s{_NAME_WORD}){{1,4}}"
_NAME_ONLY = re.compile(_NAME)
_CREDIT = (
    r"(?:av|tekst(?:\s(?:og|/)\s?foto)?|foto|journalist|skr[ei]v[ea][nt]?\sav|forfattar(?:ar)?|forfatter(?:e)?"
    r"|innsend(?:er|ar)(?:e|ar)?|innsendt\sav|innsendar|forslagsstill(?:er|ar)(?:e|ne|ar)?|fremmet\sav|referent"
    r"|(?:kronikk|debattinnlegg|innlegg|leserinnlegg|lesarinnlegg|kommentar|essay)\s(?:av|fra|frå)|by|written\sby"
    r"|(?:(?:ei|en|ein|et|eit|an?)\s(?:\w+\s)?)?\w*(?:novelle|roman|fort[ae]l(?:ling|jing)|soge|eventyr|dikt|kåseri|essay|skuespill|skodespel"
    r"|oppgave|oppgåve|artikkel|reportasje|(?:short\s)?story|poem|novel)\s(?:av|by))"
)
_BYLINE = re.compile(rf"(?P<credit>{_CREDIT})(?P<colon>\s?:)?\s+(?P<rest>.+)", re.I | re.S)
_MONTH = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
_MONTHS = _MONTH[3:-1].split("|")
_DATE = re.compile(
    rf"\b(?P<day>[0-3]?\d)\.\s?(?P<month>{_MONTH})\s(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?P<d>[0-3]?\d)\.(?P<m>[01]?\d)\.(?P<y>(?:19|20)\d\d)\b"
    r"|\b(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)\b",
    re.I,
)
_HANDED_OVER = re.compile(
    rf"(?:^|[.\n]\s*)(?:avgitt|avgjeve[nt]?|tilråding)\s(?:til|fr[aå])\s[^.\n]{{3,120}}?\s(?=\d{{1,2}}\.\s?{_MONTH}\s\d)",
    re.I,
)
"""As public reports and the government's bills say it: "Avgitt til Finansdepartementet 3. mai 2021"."""
_MONTH_OF_YEAR = re.compile(
    rf"(?<![-–]\s)(?<![-–])(?<!til\s)(?<!\d\.\s)(?<!\d\.)\b(?P<month>{_MONTH})\s(?P<year>(?:19|20)\d\d)", re.I
)
_DATE_GIVEN = re.compile(
    r"(?:^|\n\s*|(?<=[^.!?\s]\s)(?=(?-i:[DM])))(?:møte)?(?:dato|date)\s?:\s*(?:\w+dag,?\s(?:den\s)?)?(?=\d)", re.I
)
_DATED = re.compile(
    r"(?:publisert|lagt\sut|trykt|dato|dagsett|oppdatert|sist\s(?:oppdatert|endra|endret)|revidert|vedtatt|vedteken"
    r"|vedteke|fastsatt|godkjent|levert|avgitt|sendt|published|updated|date)\b",
    re.I,
)
_CAPTION = re.compile(
    r"(?:bilde|bilete|bilde-?tekst|bildetekst|foto|illustrasjon|figur\s\d+|arkivfoto|grafikk)\s?:"
    r"|.*?[(.\s](?:foto|arkivfoto|illustrasjon(?:sfoto)?|photo)(?:\s?/\s?\w+)?\s?:",
    re.I | re.S,
)
_SHOUTED_CAPTION = re.compile(r"[A-ZÆØÅ0-9][A-ZÆØÅ0-9 .,-]{2,40}: [A-ZÆØÅ]")
_PARTS = re.compile(r"\s[|·•]\s|\.\s+(?=(?:tekst|av|foto|journalist)\b)", re.I)
_PHOTO = re.compile(r"[.,]?\s*\b(?:foto|photo)\s?:.*", re.I | re.S)
_ORGANISATION = re.compile(
    r"(?:.*\s)?\w*(?:kommune|fylkeskommune|partiet|parti|forbundet|liste|lista|listen|laget|lag|direktoratet|departementet|tilsynet"
    r"|foreningen|foreninga|stiftelsen|utvalget|kontrollen|sykehus|alliansen|samling|samskipnaden|HF|IKS|KF|AS|SA|BA|(?i:avis|avisa|blad|bladet|tidende|posten|nytt))"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote it."""

    authors: tuple[str, ...]
    """Only what is plainly a person's name."""


def find_date(text: str) -> str | None:
    """The first whole date in the text, ISO 8601."""
    match = _DATE.search(text)
    if match is None:
        return None
    if match.group("iso"):
        year, month, day = map(int, match.group("iso").split("-"))
    elif match.group("day"):
        month = _MONTHS.index(match.group("month").lower()) + 1
        year, day = int(match.group("year")), int(match.group("day"))
    else:
        year, month, day = int(match.group("y")), int(match.group("m")), int(match.group("d"))
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # 31.02.2025
        return None


def last_date(text: str) -> str | None:
    """The date that a short line ends with, ISO 8601: "Lyngdal kommune, teknisk etat, 14. juni 2021"."""
    if words(text) > 14 or len(text) > 120 or has_verb(text) or has_sentence_inside(text):
        return None
    found = list(_DATE.finditer(text))
    return find_date(found[-1].group()) if found and not text[found[-1].end() :].strip(" .)") else None


def last_month(text: str) -> str | None:
    """The month that a short line, or one of its sentences, ends with, ISO 8601: "Oslo, mars 2024".

    >>> last_month("Tall og trender. Vik kommune, mars 2024. Redaktør: Kari Gran")
    '2024-03'
    >>> last_month("Perioden januar 2020–mars 2024"), last_month("Ferja går fra mars 2024")
    (None, None)
    """
    if words(text) > 14 or len(text) > 120 or has_verb(text):
        return None
    for part in re.split(r"(?<!\b\d)(?<!\b\d\d)\.(?:\s+|$)", text):
        found = list(_MONTH_OF_YEAR.finditer(part))
        if found and not part[found[-1].end() :].strip(" )"):
            return f"{found[-1]['year']}-{_MONTHS.index(found[-1]['month'].lower()) + 1:02}"
    return None


def given_date(text: str) -> str | None:
    """The date that a text gives by name, ISO 8601: "Dato: 3. september 2025. Til stede: …".

    A capital within a sentence tells of a line of its own.

    >>> given_date("Møtestad: rådhuset Dato: 3. mai 2025"), given_date("siste dato: 3. mai 2025")
    ('2025-05-03', None)
    """
    if is_letterhead(text):  # "Deres ref.: 21/7 (3.5.2021). Vår ref.: 21/9. Dato: 14.06.2021"
        dates = [found.group() for found in _DATE.finditer(text)]
        return find_date(dates[-1]) if dates else None
    given = _DATE_GIVEN.search(text) or _HANDED_OVER.search(text)
    found = _DATE.match(text, given.end()) if given else None
    return find_date(found.group()) if found else None


def is_dated(text: str) -> bool:
    """A short line that only tells when: "Publisert 11. mars 2025", "Ørdal, 4. mars 2025", "03.04.2025 06:01"."""
    if words(text) > 14 or len(text) > 120:
        return False
    if _DATED.match(text) and re.search(r"\d", text) and (words(text) <= 9 or find_date(text)):
        return True
    when = _DATE.search(text)
    if text.endswith("."):  # a short answer: "Innen 1. august 2024."
        return False
    return when is not None and len(text) - len(when.group()) <= 25 and not is_speech(text) and not has_verb(text)


def byline(text: str) -> Byline | None:
    """Who wrote it, if the text is a line that says so.

    >>> byline("Lauvfjord Tidende, laurdag 14. juni. Tekst: Marte Sørhus").authors
    ('Marte Sørhus',)
    >>> byline("Tekst: Siv K. Holm og Áslak Vik").authors
    ('Siv K. Holm', 'Áslak Vik')
    """
    if len(text) > 300 or words(text) > 40:
        return None
    for part in _PARTS.split(text):
        credit = _BYLINE.fullmatch(part)
        if credit is None or credit.group("credit").lower() in ("foto", "av foto"):
            continue
        rest = _PHOTO.sub("", credit.group("rest"))
        names = names_in(rest)
        kind = credit.group("credit").lower()
        telling = bool(credit.group("colon")) or " fra" in kind or " frå" in kind
        if (names or (telling and words(text) <= 25)) and not has_verb(rest):
            return Byline(names)
    return None


def names_in(text: str) -> tuple[str, ...]:
    """The people listed at the beginning of ``text``.

    Commas part names only in a list that ends with "og"; otherwise a role or a newspaper follows the first one.
    """
    text = re.sub(r"\s*\([^)]*\)", "", text).strip().rstrip(".")
    listed = re.search(r"\s(?:og|and|&)\s", text, re.I)
    parts = re.split(r",\s|\s(?:og|and|&)\s", text, flags=re.I) if listed else text.split(", ")[:1]
    found = []
    for part in parts:
        if not is_person(part.strip()):
            break
        found.append(part.strip().title() if part.isupper() else part.strip())
    return tuple(found)


def is_person(text: str) -> bool:
    """A name that is not plainly an organisation's ("Lauvsund SA", "Haugnes Avis")."""
    mixed = not text.isupper() and any(word.isupper() and len(word.rstrip(".")) > 1 for word in text.split())
    return is_name(text) and not mixed and not _ORGANISATION.fullmatch(text)


def author_of(text: str) -> str | None:
    """The person in "Marte Engen, Nordbygda Avis" or "Randi Nærbø, leder i Grindal pensjonistforening"."""
    name = re.split(r",\s|\s[|·•]\s", text, maxsplit=1)[0].strip()
    return (name.title() if name.isupper() else name) if is_person(name) else None


def is_author(text: str) -> bool:
    """A person, then a role, a newspaper or a date: nothing that a sentence would say."""
    parts = re.split(r",\s|\s[|·•]\s", text, maxsplit=1)
    if len(parts) < 2 or words(text) > 16 or text[-1] in ".:!?" or has_verb(parts[1]):
        return False
    return is_person(parts[0].strip()) and ":" not in text


def is_role(text: str) -> bool:
    """What stands below a name: "leder, Grindal pensjonistforening", "Kvernes Avis, lørdag 24. mai"."""
    return words(text) <= 14 and text[-1] not in ".:!?" and not has_verb(text)


def is_organisation(text: str) -> bool:
    """Ends as organisations' names do: "Ytre Hamnøy kystfiskarlag"."""
    return words(text) <= 6 and _ORGANISATION.fullmatch(text) is not None


def body_named(text: str) -> str | None:
    """The organisation that a file gives as its author: "Fjordvik kommune", "Møre og Romsdal fylkeskommune"."""
    text = " ".join(text.split())
    first = re.split(r"\s(?:og|and|&)\s", text)[0]
    plain = not text.isupper() and not re.search(r"[;,@/\\]", text) and not (first != text and is_person(first))
    return text if plain and words(text) > 1 and is_organisation(text) else None


def is_name(text: str) -> bool:
    """Two to five capitalised words and nothing else."""
    return len(text) <= 60 and "." not in text[-1:] and _NAME_ONLY.fullmatch(text) is not None


def is_caption(text: str) -> bool:
    """A picture's text: it names a photographer, or a shouted word and a colon open it."""
    return len(text) <= 500 and bool(_CAPTION.match(text))


def is_shouted_caption(text: str) -> bool:
    """Capitals and a colon open a picture's text: "STENGER KL. 15: Gry Aamodt foran butikken"."""
    return len(text) <= 300 and bool(_SHOUTED_CAPTION.match(text))


def is_portrait_caption(text: str) -> bool:
    """A name and a role, no verb: "Arild Knutsen, leder i Foreningen for human narkotikapolitikk"."""
    if words(text) > 22 or "," not in text or has_verb(text):
        return False
    name, role = text.split(",", 1)
    return is_name(name) and role.strip()[:1].islower() and not has_sentence_inside(text)

"""What short lines look like in Norwegian documents: headings, bylines, dates, captions, boxes, speech."""

import re
from dataclasses import dataclass

_NAME_WORD = r"(?:[A-ZÆØÅÉÖÄ]\.|[A-ZÆØÅÉÖÄ](?:[^\W\d_]|['’-])+)"
_NAME = rf"{_NAME_WORD}(?:\s(?:van|von|de|der|den|af|av\sUgglas|bin|al|el)\b)?(?:\s{_NAME_WORD}){{1,4}}"
_NAME_ONLY = re.compile(_NAME)
_CREDIT = (
    r"(?:av|tekst(?:\s(?:og|/)\s?foto)?|foto|journalist|skr[ei]v[ea][nt]?\sav|forfattar(?:ar)?|forfatter(?:e)?"
    r"|innsend(?:er|ar)(?:e|ar)?|innsendt\sav|innsendar|forslagsstill(?:er|ar)(?:e|ne|ar)?|fremmet\sav|referent"
    r"|(?:kronikk|debattinnlegg|innlegg|leserinnlegg|lesarinnlegg|kommentar|essay)\s(?:av|fra|frå)|by|written\sby)"
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
_READ_ALSO = re.compile(
    r"(?:les|sjå|se)\s(?:også|òg|mer|meir|mere)\b|relater(?:te|t)\s(?:saker|artikler|innhold)|mer\som\s\w+\s?:"
    r"|siste\snytt\s?:|read\s(?:also|more)\b|anbefalte\sartikler|flere\ssaker\b|fleire\ssaker\b|mest\slest\b",
    re.I,
)
_READ_ALSO_ONLY = re.compile(
    r"(?:les|sjå|se)\s(?:også|òg|mer|meir|mere)(?:\som[^:.]{0,40})?\s?:?|[^.:]{0,30}\s?:?", re.I
)
_CHROME = re.compile(
    r"annonse|annonsørinnhold|artikkelen\sfortsetter\s(?:under|etter).{0,40}|saken\sfortsetter\s(?:under|etter).{0,40}"
    r"|del\s(?:på|artikkelen|saken)\b.{0,40}|skriv\sut|last\sned.{0,30}|til\stoppen|lytt\stil\s(?:siden|saken)"
    r"|logg\sinn|bli\sabonnent.{0,30}|[-–—]\s?\d{1,4}\s?[-–—]|side\s\d+(?:\s(?:av|/)\s?\d+)?|hopp\stil\s.{0,30}|cookies?",
    re.I,
)
_CONTENTS = re.compile(r"(?:innhold|innhald|contents|på\sdenne\ssid(?:en|a)|på\sdenne\ssida)\b.{0,30}?:?", re.I)
_SEPARATORS = re.compile(r"\s[>|·›»–]\s")
_LABEL = re.compile(r"[A-ZÆØÅ][^:.!?]{0,40}:\s+\S")
_NUMBERED = re.compile(
    r"(?:(?:kapittel|kap\.|del|avsnitt|vedlegg|sak|forslag|punkt|pkt\.|tema|boks|artikkel|resolusjon|høring)\s)"
    r"?(?P<number>§\s?\d+(?:-\d+)?|\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z]-?\d+|[IVX]{1,5}|\d+/\d+)[.:]?\)?\s+\S",
    re.I,
)
_SECTION_WORD = re.compile(
    r"(?:kapittel|kap\.|del|vedlegg|sak|forslag|tema|boks|resolusjon|artikkel)\s[\dIVXA-Z]", re.I
)
_SPEECH = re.compile(
    r",?\s(?:sier|seier|sa|forteller|fortel|fortalde|fortalte|mener|meiner|skriver|skriv|hevder|hevdar|påpeker|peikar"
    r"|påpeikar|forklarer|forklarar|svarer|svarar|spør|fastslår|understreker|understrekar|legger|legg|spurte|spurde"
    r"|undrer|undrar|roper|ropar|ler|smiler|medgir|vedgår|innrømmer|innrømmar|repliserer|advarer|åtvarar|konstaterer"
    r"|presiserer|oppsummerer|minner|lover|lovar|says|said)\s(?:han|hun|ho|hen|dei|de|[A-ZÆØÅ]|[a-zæøå]+en\b|[a-zæøå]+a\b"
    r"|[a-zæøå]+(?:ministeren|sjefen|lederen|leiaren)\b|de\sto\b)"
)
_VERB = re.compile(
    r"\b(?:er|var|har|hadde|blir|ble|vart|vert|kan|skal|vil|må|bør|fikk|får|går|gikk|sier|seier|mener|meiner|tror|trur"
    r"|kom|kommer|kjem|gjør|gjer|ser|vet|veit|finnes|finst|står|ligger|ligg|viser|gir|gjev|tar|tek|jobber|bor|bur|ønsker"
    r"|ønskjer|varsler|stiger|øker|aukar|stuper|krever|krev|vi|jeg|eg|ikke|ikkje)\b",
    re.I,
)
_SENTENCE_INSIDE = re.compile(r"[a-zæøå)»][.!?]\s+[A-ZÆØÅ«–]")
_GENRE = re.compile(
    r"kronikk|debatt|debattinnlegg|innlegg|leserinnlegg|lesarinnlegg|leder|leiar|kommentar|nyheter|nyhende|pressemelding"
    r"|lokalt|kultur|sport|økonomi|innenriks|utenriks|meninger|meiningar|portrettet|reportasje|intervju|uttalelse|uttale"
    r"|fråsegn|resolusjon|høringssvar|høyringssvar|høringsuttalelse|notat|referat|møtereferat|protokoll|møteprotokoll",
    re.I,
)
_OPENING = re.compile(
    r"(?:innled|innlei|bakgrunn|sammendrag|samandrag|forord|føreord|formål|føremål|generelt|introduksjon|om\s|h[v]em\s"
    r"|kven\s|hva\s|kva\s|introduction|summary|background|kort\s|hoved|hovud)",
    re.I,
)
_GREETING = re.compile(
    r"(?:hei|hallo|kjære|god dag|dear|hello|(?:med\s)?(?:vennlig|venleg|beste|vennleg)?\s?(?:hilsen|helsing))\b", re.I
)
_LEAD_IN = re.compile(
    r"\b(?:som|at|med|for|dersom|hvis|om|til|når|vil|skal|må|kan|å|er|ved|av|på|i|der|krever|krev|ønsker|meiner|mener"
    r"|du|vi)$|\bfølg(?:ende|jande)\b|\b(?:slik|disse|desse)\b.*:$",
    re.I,
)
_PARTS = re.compile(r"\s[|·•]\s|\.\s+(?=(?:tekst|av|foto|journalist)\b)", re.I)
_PHOTO = re.compile(r"[.,]?\s*\b(?:foto|photo)\s?:.*", re.I | re.S)
ORGANISATION = re.compile(
    r"(?:.*\s)?\w*(?:kommune|fylkeskommune|partiet|parti|forbundet|liste|lista|listen|laget|lag|direktoratet|departementet|tilsynet"
    r"|foreningen|foreninga|stiftelsen|utvalget|kontrollen|sykehus|alliansen|samling|samskipnaden|HF|IKS|KF|AS|SA|BA|(?i:avis|avisa|blad|bladet|tidende|posten|nytt))"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote it."""

    authors: tuple[str, ...]
    """Only what is plainly a person's name."""


def words(text: str) -> int:
    """Number of words."""
    return len(text.split())


def is_speech(text: str) -> bool:
    """The text says who says it ("…, sier Hansen")."""
    return bool(_SPEECH.search(text))


def starts_with_dash(text: str) -> bool:
    """A dash and a space open the text: somebody speaks, or it is an item."""
    return text[:1] in "-–—" and text[1:2] == " "


def is_heading_like(text: str) -> bool:
    """Reads as a heading: short, without a sentence's end, begun as a title is."""
    body = text[1:].lstrip() if starts_with_dash(text) else text
    opener = body.lstrip("«\"“'(*")
    if (
        not opener
        or _GREETING.match(text)
        or len(text) > 110
        or words(text) > 15
        or not re.search(r"[^\W\d_]{2}", text)
    ):
        return False
    if text[-1] in ".,;–-/" or (text[-1] == "!" and words(text) > 8):
        return False
    if opener[0].islower() or not (opener[0].isalnum() or opener[0] == "§"):
        return False
    if body is not text and words(body) < 2:  # "– Silje" ends a letter
        return False
    numbered = is_numbered(text)
    if opener[0].isdigit() and not numbered and (words(text) < 3 or find_date(text)):
        return False
    if _SENTENCE_INSIDE.search(text) and not numbered:
        return False
    return not is_label(text)


def is_numbered(text: str) -> bool:
    """Begins with a section's number: "2.1 Mål", "§ 4-2 Frist", "Kapittel 3. Helse", "V. Styring"."""
    match = _NUMBERED.match(text)
    if match is None:
        return False
    rest = text[match.end() - 1 :]
    bare = match.group("number").isdigit()
    return (rest[:1].isupper() or rest[:1] in "«–") and (not bare or words(text) <= 12)


def number_depth(text: str) -> int:
    """How deep a section's number goes: 1 for "3 Mål", 2 for "3.1 Frist"; 0 for none."""
    match = _NUMBERED.match(text)
    if match is None or not is_numbered(text):
        return 0
    number = match.group("number")
    return 2 if number.startswith("§") else 1 + number.count(".")


def is_label(text: str) -> bool:
    """A label with what it labels ("Dato: 3. mai"), unlike "Kapittel 2: Skole" and "Forskeren: – Nei"."""
    if _SECTION_WORD.match(text) or not _LABEL.match(text):
        return False
    rest = text.split(":", 1)[1].lstrip()
    return not rest.startswith(("–", "—", "- ", "«")) and not text.split(":", 1)[0].isupper()


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
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def is_dated(text: str) -> bool:
    """A short line that only tells when: "Publisert 11. mars 2025", "Ørdal, 4. mars 2025", "03.04.2025 06:01"."""
    if words(text) > 14 or len(text) > 120:
        return False
    if _DATED.match(text) and re.search(r"\d", text) and (words(text) <= 9 or find_date(text)):
        return True
    date = _DATE.search(text)
    return date is not None and len(text) - len(date.group()) <= 25 and not is_speech(text) and not _VERB.search(text)


def byline(text: str) -> Byline | None:
    """Who wrote it, if the text is a line that says so.

    >>> byline("Lauvfjord Tidende, laurdag 14. juni. Tekst: Marte Sørhus").authors
    ('Marte Sørhus',)
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
        if (names or (telling and words(text) <= 25)) and not _VERB.search(rest):
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
    mixed = not text.isupper() and any(word.isupper() and len(word) > 1 for word in text.split())
    return is_name(text) and not mixed and not ORGANISATION.fullmatch(text)


def author_of(text: str) -> str | None:
    """The person in "Marte Engen, Nordbygda Avis" or "Randi Nærbø, leder i Grindal pensjonistforening"."""
    name = re.split(r",\s|\s[|·•]\s", text, maxsplit=1)[0].strip()
    return (name.title() if name.isupper() else name) if is_person(name) else None


def is_author(text: str) -> bool:
    """A person, then a role, a newspaper or a date: nothing that a sentence would say."""
    parts = re.split(r",\s|\s[|·•]\s", text, maxsplit=1)
    if len(parts) < 2 or words(text) > 16 or text[-1] in ".:!?" or _VERB.search(parts[1]):
        return False
    return is_person(parts[0].strip()) and ":" not in text


def is_role(text: str) -> bool:
    """What stands below a name: "leder, Grindal pensjonistforening", "Kvernes Avis, lørdag 24. mai"."""
    return words(text) <= 14 and text[-1] not in ".:!?" and not _VERB.search(text)


def is_organisation(text: str) -> bool:
    """Ends as organisations' names do: "Ytre Hamnøy kystfiskarlag"."""
    return words(text) <= 6 and ORGANISATION.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """To or from whom a letter goes."""
    return bool(re.match(r"(?:til|fra|frå|att\.|v/)\s", text, re.I))


def leads_in(text: str) -> bool:
    """Goes on in the list below it: "Driveren skal sørge for at", "Flertallet fremmer følgende forslag:"."""
    return bool(_LEAD_IN.search(text))


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
    if words(text) > 22 or "," not in text or _VERB.search(text):
        return False
    name, role = text.split(",", 1)
    return is_name(name) and role.strip()[:1].islower() and not _SENTENCE_INSIDE.search(text)


def is_read_also(text: str) -> bool:
    """Leads to other articles: "Les også", "Les mer: …", "Relaterte saker"."""
    return bool(_READ_ALSO.match(text))


def is_read_also_label(text: str) -> bool:
    """Leads to other articles whose titles come after it."""
    return is_read_also(text) and (words(text) <= 2 or text.rstrip().endswith(":")) and words(text) <= 6


def is_chrome(text: str) -> bool:
    """A page's furniture: navigation, crumbs, buttons, page numbers, advertisements."""
    if _CHROME.fullmatch(text):
        return True
    if len(text) > 400 or text[-1] in ".!?":
        return False
    crumbs = re.findall(r"\s[>|›]\s", text)
    return len(crumbs) >= 2 and words(text) <= 8 * (len(crumbs) + 1)


def is_contents(text: str) -> bool:
    """A table of contents in one line."""
    match = _CONTENTS.match(text)
    return match is not None and ":" in text and len(_SEPARATORS.findall(text)) >= 2


def opens_section(text: str) -> bool:
    """A heading that opens the first section of many documents: "Innledning", "Bakgrunn", "Om oss"."""
    return bool(_OPENING.match(text))


def is_genre(text: str) -> bool:
    """A section's or a genre's label: "KRONIKK", "Økonomi/Transport"."""
    return words(text) <= 4 and _GENRE.fullmatch(re.split(r"[/|]", text.strip(": "))[0].strip()) is not None

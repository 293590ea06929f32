"""What short lines look like in Norwegian documents: headings, labels, lead-ins, boxes, speech."""

import re

_READ_ALSO = re.compile(
    r"(?:les|sjå|se)\s(?:også|òg|mer|meir|mere)\b|relater(?:te|t)\s(?:saker|artikler|innhold)|mer\som\s\w+\s?:"
    r"|siste\snytt\s?:|read\s(?:also|more)\b|anbefalte\sartikler|flere\ssaker\b|fleire\ssaker\b|mest\slest\b",
    re.I,
)
_CHROME = re.compile(
    r"annonse|annonsørinnhold|artikkelen\sfortsetter\s(?:under|etter).{0,40}|saken\sfortsetter\s(?:under|etter).{0,40}"
    r"|del\s(?:på|artikkelen|saken)\b.{0,40}|skriv\sut|last\sned.{0,30}|til\stoppen|lytt\stil\s(?:siden|saken)"
    r"|logg\sinn|bli\sabonnent.{0,30}|[-–—]\s?\d{1,4}\s?[-–—]|side\s\d+(?:\s(?:av|/)\s?\d+)?|hopp\stil\s.{0,30}|cookies?",
    re.I,
)
_CONTENTS = re.compile(r"(?:innhold|innhald|contents|på\sdenne\ssid(?:en|a)|på\sdenne\ssida)\b.{0,30}?:?", re.I)
_SEPARATORS = re.compile(r"\s[>|·›»–]\s")
_LABEL = re.compile(r"[A-ZÆØÅ](?:[\[(]\d{1,2}[:.]\d\d(?:[:.]\d\d)?[\])]|[^:.!?]){0,40}:\s+\S")
_CONTACT = re.compile(r"(?:tlf|telefon|tel|mobil|mob|phone|postboks|p\.?o\.? box)\b\D{0,12}\d", re.I)
_LETTERHEAD = re.compile(
    r"(?:[Dd]eres|[Vv]år|[Dd]ykkar|[Yy]our|[Oo]ur)\s[Rr]ef"
    r"|(?:N-)?(?!19|20)\d{4}\s[A-ZÆØÅ][\w.-]+(?:\s(?:(?:i|på)\s)?[A-ZÆØÅ][\w.-]+){0,2}$"
)
_CLOSED = re.compile(r"\b(?:m\.\s?m|mv|m\.\s?v)\.$")
_FRONT_MATTER = re.compile(
    r"(?:innhold|innhald)s?(?:fortegnelse|liste)?|table\sof\scontents|contents|forord|føreord|preface|sammendrag"
    r"|samandrag|abstract|summary|saks?liste|dagsorden|agenda|takk|acknowledge?ments",
    re.I,
)
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
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GENRE = re.compile(
    r"kronikk|debatt|debattinnlegg|innlegg|leserinnlegg|lesarinnlegg|leder|leiar|kommentar|nyheter|nyhende|pressemelding"
    r"|lokalt|kultur|sport|økonomi|innenriks|utenriks|meninger|meiningar|portrettet|reportasje|intervju|uttalelse|uttale"
    r"|fråsegn|resolusjon|høringssvar|høyringssvar|høringsuttalelse|notat|referat|møtereferat|protokoll|møteprotokoll"
    r"|(?:master|bachelor|semester|doktor)\w*(?:oppg[aå]ve|avhandling)(?:\si\s\w+)?|master'?s?\sthesis",
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


def words(text: str) -> int:
    """Number of words."""
    return len(text.split())


def is_speech(text: str) -> bool:
    """The text says who says it ("…, sier Hansen")."""
    return bool(_SPEECH.search(text))


def starts_with_dash(text: str) -> bool:
    """A dash and a space open the text: somebody speaks, or it is an item."""
    return text[:1] in "-–—" and text[1:2] == " "


def is_reply(text: str) -> bool:
    """A line of a dialogue that ends as what is said does: "– Når då?", "– Kom!"."""
    return starts_with_dash(text) and text.rstrip('»"”)')[-1:] in ("?", "!", "…", ".")


def has_verb(text: str) -> bool:
    """Holds one of the commonest finite verbs (or "ikke", "vi"): it is a sentence, not a name or a title."""
    return _VERB.search(text) is not None


def has_sentence_inside(text: str) -> bool:
    """A sentence ends before the text does."""
    return _SENTENCE_INSIDE.search(text) is not None


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
    if _CONTACT.match(text) or text.rstrip('»”"').endswith((",", ";", "–", "-", "/")):
        return False
    # "Endringer i barnevernloven m.m." is a title, "Vi vil endre loven m.m." and "«Saken utsettes.»" are not.
    stopped = text.rstrip('»”"').endswith(".") and (_CLOSED.search(text) is None or has_verb(text))
    if stopped or (text[-1] == "!" and words(text) > 8):
        return False
    if opener[0].islower() or not (opener[0].isalnum() or opener[0] == "§"):
        return False
    if body is not text and words(body) < 2:  # "– Silje" ends a letter
        return False
    numbered = is_numbered(text)
    if opener[0].isdigit() and not numbered and (words(text) < 3 or _YEAR.search(text)):
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


def is_address(text: str) -> bool:
    """To or from whom a letter goes."""
    return bool(re.match(r"(?:til|fra|frå|att\.|v/)\s", text, re.I))


def is_letterhead(text: str) -> bool:
    """Only letters have it, above what they are about: "Vår ref.: 21/456", "0030 OSLO", but not "2023 Årsmelding"."""
    return _LETTERHEAD.match(text) is not None


def is_front_matter(text: str) -> bool:
    """Heads what stands before a document's text, and is not its title: "Innhold", "Forord", "Saksliste"."""
    return _FRONT_MATTER.fullmatch(text.strip(": ")) is not None


def leads_in(text: str) -> bool:
    """Goes on in the list below it: "Driveren skal sørge for at", "Flertallet fremmer følgende forslag:"."""
    return bool(_LEAD_IN.search(text))


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

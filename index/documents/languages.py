"""Which language a text is in: Bokmål, Nynorsk, English or another one."""

import re
import unicodedata

from index.documents.document import Language

# Words that only one of the languages writes so. Question words and everyday spoken forms count, since a question is
# often nothing more than those and a name.
_BOKMAAL = """
hva hvor hvorfor hvordan hvem hvilken hvilket hvilke hvis hvert hver åssen assen jeg ikke noe noen nå fra mye bare
hun dere vi blir ble vært være gjøre gjør gjorde sier sa kommer kom hjem hjemme eller også mellom uten igjen mer mest
flere en et ett når skal hans hennes deres det de den som eneste selv både hvorvidt bør kunne ville skulle
"""
_NYNORSK = """
kva kor korfor kvifor korleis kven kvar kvart kva korvidt eg ikkje noko nokon nokre no frå mykje berre ho dykk me
blei vart vore vere gjere gjer gjorde seier kjem heim heime mellom utan meir fleire ein eit eitt ei deira dei
sjølv sjølve både bør kunne ville skulle korkje desse dette dykkar deg meg seg medan difor dersom ifølgje einaste
skule skulen kommunane borna saka
"""
_ENGLISH = """
the what does is are was were who why how when where which whose do did has have had will would can could should
about says say said of and to in it that this these those they their there many much not with from by an be been
you your we our she he his her on at or if than more most any some according
"""
_WORDS = {
    Language.BOKMAAL: frozenset(_BOKMAAL.split()),
    Language.NYNORSK: frozenset(_NYNORSK.split()),
    Language.ENGLISH: frozenset(_ENGLISH.split()),
}
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> Language:
    """The language of a text or a short question; Bokmål when nothing tells.

    >>> detect_language("Kor mange døydde?").value
    'nn'
    """
    words = [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))]
    scores = {language: sum(word in known for word in words) for language, known in _WORDS.items()}
    return max(scores, key=lambda language: scores[language])

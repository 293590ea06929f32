"""Which language a text is in: Bokmål, Nynorsk, English or another one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from index.documents.document import Language

_WORD = re.compile(r"[^\W\d_]+")
# Endings that tell the two written forms of Norwegian apart where no word does (kommunane, kommunene).
_NYNORSK_ENDING = re.compile(r".{3}(?:ane|inga|leg|lege|heit|heita|ande|[kg]je|[kg]ja|ast|ar)$")
_BOKMAAL_ENDING = re.compile(r".{3}(?:ene|lig|lige|het|heten|ende|elsen|else)$")
_ENDING = 0.5
_NORWEGIAN_LETTERS = frozenset("æøå")
_FOREIGN_LETTERS = frozenset("ßłąęśżźćńñãõşğıőűčšžřěůțșþð")
_OTHER_LEAD = 1.0
"""By how much another language must lead: a question is not sent away for a word that looks foreign."""


def detect_language(text: str) -> Language:
    """The language of a text or a short question; Bokmål when nothing tells, also for Swedish and Danish.

    >>> detect_language("Kor mange døydde?").value
    'nn'
    """
    words = [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))]
    if _mostly_foreign_script(words):
        return Language.OTHER
    scores = dict.fromkeys(Language, 0.0)
    for word in words:
        for language, weight in _words().get(word, {}).items():
            scores[language] += weight
        scores[Language.NYNORSK] += _ENDING * bool(_NYNORSK_ENDING.match(word))
        scores[Language.BOKMAAL] += _ENDING * bool(_BOKMAAL_ENDING.match(word))
    norwegian = max(scores[Language.BOKMAAL], scores[Language.NYNORSK])
    letters = set("".join(words))
    norwegian += bool(letters & _NORWEGIAN_LETTERS)
    scores[Language.OTHER] += bool(letters & _FOREIGN_LETTERS)
    if scores[Language.OTHER] > max(norwegian, scores[Language.ENGLISH]) + _OTHER_LEAD:
        return Language.OTHER
    if scores[Language.ENGLISH] > norwegian:
        return Language.ENGLISH
    return Language.NYNORSK if scores[Language.NYNORSK] > scores[Language.BOKMAAL] else Language.BOKMAAL


def _mostly_foreign_script(words: Iterable[str]) -> bool:
    letters = "".join(words)
    foreign = sum(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters if not letter.isascii())
    return 2 * foreign > len(letters)


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[Language, float]]:
    """The telling words: word -> weight in each language that writes it; a word that all Norwegian has tells less."""
    table: dict[str, dict[Language, float]] = {}
    for line in files("index.documents").joinpath("languages.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            language, weight, words = line.split("\t")
            for word in words.split():
                known = table.setdefault(word, {})
                known[Language(language)] = max(known.get(Language(language), 0.0), float(weight))
    return table

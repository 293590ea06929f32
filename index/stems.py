"""Words reduced to what their inflections, in Bokmål and Nynorsk, have in common."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

import snowballstemmer

from index.shipped import shipped_table

# Bokmål counterparts of Nynorsk spellings that follow a rule; they run over all words, so that both forms meet.
_NYNORSK_RULES = (
    (re.compile(r"(?<=[a-zæøå][kg])j(?=[ea])"), ""),  # tenkje, følgje, byggja
    (re.compile(r"heit(?=$|a$|er$|ene$)"), "het"),  # sjukheit, frihet
    (re.compile(r"^kv"), "hv"),  # kvit, kval
)
# Double letters that Norwegian writes between vowels only (rom, rommene; sykkel, sykler), and the e that goes away.
_DROPPED_E = re.compile(r"(?:(.)\1|(?<=[bdfgkpst]))el$")
# The stemmer does not know "lærerne", the definite form of "lærere"; "stjerne", "interne" and "moderne" are none.
_DEFINITE = re.compile(r"(?<=[a-zæøå]{2}[^j])(?<!int)(?<!ekst)(?<!mod)(?<!nøkt)(?<!kas)(?<!lant)erne(?=s?$)")
# The stemmer takes -lov for an ending of adjectives: the Children Act would be nothing but "barn".
_ACT = re.compile(r"(?<=[a-zæøå]{2})lov(?=(?:en|a|er|ene|ane)?s?$)")
_DOCTOR = re.compile(
    r"((?:allmenn|assistent|barne|bedrifts|bydels|distrikts|dyr|fast|fengsels|fylkes|hjerte|hud|hus|kommune|nett|over"
    r"|skole|skule|smittevern|spesialist|stafett|sykehjems|sjukeheims|tann|turnus|vakt|video|øye|auge)leg)"
    r"(?:e|es|en|ens|er|ers|ar|ene|enes|ane)$"
)
"""A doctor, of whom the stemmer leaves "fast": it takes "-lege" for an ending of adjectives in Nynorsk ("faglege")."""
_LEAST_STEM = 4
"""Letters; shorter Nynorsk stems belong to other words too ("tal" is also in "tale"): they go as written only."""


class Stems:
    """Stems of words in lower case; the same for a word in Bokmål and its everyday counterpart in Nynorsk."""

    def __init__(self, *, nynorsk: bool = True) -> None:
        """``nynorsk``: whether to bring Nynorsk forms to their Bokmål counterparts."""
        # The stemmer keeps state between calls: one for each user, or threads would mix their words.
        self._snowball = snowballstemmer.stemmer("norwegian").stemWord
        self._irregular = _table("irregular.tsv")
        self._rules = _NYNORSK_RULES if nynorsk else ()
        self._nynorsk = _table("nynorsk.tsv") if nynorsk else {}
        stems = {self._plain(new): self._plain(old) for new, old in self._nynorsk.items()}
        self._nynorsk_stems = {new: old for new, old in stems.items() if len(new) >= _LEAST_STEM}

    def stem(self, word: str) -> str:
        """The word's stem; never empty.

        >>> [Stems().stem(word) for word in ("kommunane", "kommunene", "bøkene", "skular", "ikkje")]
        ['kommun', 'kommun', 'bok', 'skol', 'ikk']
        >>> [Stems().stem(word) for word in ("fastlege", "skoletannlegene", "barna", "daglege", "dagleg")]
        ['fastleg', 'skoletannleg', 'barn', 'dag', 'dag']
        """
        word = self._nynorsk.get(word, word)
        stem = self._plain(self._irregular.get(word, word))
        return self._nynorsk_stems.get(stem, stem)

    def _plain(self, word: str) -> str:
        for pattern, replacement in self._rules:
            word = pattern.sub(replacement, word)
        if act := _ACT.search(word):
            return word[: act.end()]
        if doctor := _DOCTOR.search(word):
            return word[: doctor.end(1)]
        stem = str(self._snowball(_DEFINITE.sub("ere", word))) or word
        if len(stem) > 4:
            stem = _DROPPED_E.sub(r"\1l", stem)
        return stem[:-1] if stem.endswith("mm") else stem


def nynorsk_words() -> Collection[str]:
    """Common words of Nynorsk, in lower case, whose stems are others than in Bokmål."""
    return _table("nynorsk.tsv").keys()


@lru_cache(maxsize=4)
def _table(name: str) -> Mapping[str, str]:
    """A shipped table of two columns."""
    return shipped_table(name)

"""Short answers as they are compared: without case, punctuation and superfluous white space.

As the SQuAD evaluation does it, with two differences: English articles stay (in Norwegian "a", "an" and "the" are no
articles, and the real ones are endings), and punctuation is all that Unicode calls so (« » and – too).
"""

import string
import unicodedata


def normalise(text: str) -> str:
    """The form that is compared.

    >>> normalise("«Nesten  180 millioner.»")
    'nesten 180 millioner'
    """
    lower = unicodedata.normalize("NFC", text).lower()
    return " ".join("".join(character for character in lower if not _is_punctuation(character)).split())


def tokens(text: str) -> list[str]:
    """Words of the normalised form, in order."""
    return normalise(text).split()


def _is_punctuation(character: str) -> bool:
    return character in string.punctuation or unicodedata.category(character).startswith("P")

"""The words of ``kildesvar eval`` and of its report, in Bokmål, Nynorsk and English: a TOML file each, same keys.

>>> say(Language.NYNORSK, "types.reason")
'grunngjeving'
"""

from assistant.texts import read_table
from index.documents.document import Language
from index.errors import KildesvarError


def say(language: Language, key: str, **details: str | int) -> str:
    """One text with its placeholders filled. Raises ``KeyError`` for an unknown key or a missing detail."""
    template = read_table(__package__, language)[key]
    if isinstance(template, tuple):
        raise KeyError(f"{key} is a list of texts")
    return template.format(**details)


def measure_name(language: Language, measure: str) -> str:
    """What a measure is called."""
    return _measure(language, measure)[0]


def measure_meaning(language: Language, measure: str) -> str:
    """What a measure says, in one sentence."""
    return _measure(language, measure)[1]


class Part(str):
    """A detail of an error that has a text of its own: English as it stands, in the user's language when it is told.

    >>> refused = Part("table.refused")
    >>> str(refused), say(Language.BOKMAAL, refused.key)
    ('refused', 'avvist')
    """

    def __new__(cls, key: str, **details: str | int) -> "Part":
        """The text of that key."""
        return super().__new__(cls, say(Language.ENGLISH, key, **details))

    def __init__(self, key: str, **details: str | int) -> None:
        """Remember what is said."""
        self.key, self.details = key, details


def told(language: Language, error: KildesvarError) -> str:
    """An error of ``eval`` in the user's language; what it quotes stays as it is."""
    details = {
        name: say(language, part.key, **part.details) if isinstance(part, Part) else part
        for name, part in error.details.items()
    }
    return say(language, f"errors.{error.key}", **details)


def number(language: Language, value: float, *, digits: int = 1) -> str:
    """``43.7`` or, in Norwegian, ``43,7``."""
    text = f"{value:.{digits}f}"
    return text if language is Language.ENGLISH else text.replace(".", ",")


def percent(language: Language, share: float) -> str:
    """The share as per cent, without the sign: ``43,7`` for 0.437."""
    return number(language, 100 * share)


def _measure(language: Language, measure: str) -> tuple[str, ...]:
    entry = read_table(__package__, language)[f"measures.{measure}"]
    if isinstance(entry, str):
        raise KeyError(f"{measure} has no meaning")
    return entry

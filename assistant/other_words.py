"""Which other words a search looks for, to be told with the answer."""

from assistant.answer import OtherWords
from index.bridging import Bridge
from index.documents.document import Language
from index.engines import Engine
from index.language import Analyser


def other_words(engine: Engine, analyser: Analyser, searched: str, language: Language) -> tuple[OtherWords, ...]:
    """What ``index.search`` looks for beside the words of ``searched``; an expression once. Raises ``IndexFault``."""
    bridged = Bridge(analyser).bridged(searched, engine.vocabulary(), language)
    return tuple(dict.fromkeys(OtherWords(it.asked, it.words) for it in bridged))

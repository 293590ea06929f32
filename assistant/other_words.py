"""Which other words a search looks for, to be told with the answer."""

from assistant.answer import OtherWords
from index.bridging import Bridge
from index.engines import Engine
from index.language import Analyser


def other_words(engine: Engine, analyser: Analyser, searched: str) -> tuple[OtherWords, ...]:
    """What ``index.search`` looks for beside the words of ``searched``; an expression once. Raises ``IndexFault``."""
    bridged = Bridge(analyser).bridged(searched, engine.vocabulary())
    return tuple(dict.fromkeys(OtherWords(it.asked, it.words) for it in bridged))

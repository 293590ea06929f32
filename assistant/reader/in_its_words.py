"""A question in a passage's own words: "Når kom snuten?" is read as "Når kom politi?" where the passage says politi.

The search looks for other words than those that are asked for (``index.bridging``); where a passage was found by such a
word, the reader should know that it is meant.
"""

import re
from collections.abc import Collection, Sequence

from index.bridging import Bridge, Bridged
from index.language import LIGHT_WORDS


def in_its_words(question: str, passages: Sequence[Collection[str]], bridge: Bridge) -> list[str]:
    """The question as each passage would ask it; as it is for those that have its words, or nothing else for them.

    Args:
        question: As it is asked.
        passages: The terms of each passage.
        bridge: Knows the other words. The nearest that a passage has is put in; as it stands in the list, so that its
            form may not fit the sentence.

    >>> from index.language import Analyser
    >>> in_its_words("Når kom snuten?", [{"politi", "kom"}, {"snut"}, {"brann"}], Bridge(Analyser()))
    ['Når kom politi?', 'Når kom snuten?', 'Når kom snuten?']
    """
    expressions = bridge.bridged(question, frozenset().union(*passages))
    return [_in_words_of(terms, question, expressions) for terms in passages]


def _in_words_of(terms: Collection[str], question: str, expressions: Sequence[Bridged]) -> str:
    for expression in expressions:
        own = [term for term in expression.own if term not in LIGHT_WORDS] or expression.own
        if all(term in terms for term in own):
            continue
        others = zip(expression.words, expression.terms, strict=True)
        word = next((word for word, its in others if all(term in terms for term in its)), None)
        if word is not None:
            question = _put(word, expression.asked, question)
    return question


def _put(word: str, expression: str, question: str) -> str:
    """``word`` for the first place where the expression stands; nothing where it is spelt otherwise (``aa`` for å)."""
    written = r"\W+".join(map(re.escape, expression.split()))
    return re.sub(rf"\b{written}\b", lambda _: word, question, count=1, flags=re.IGNORECASE)

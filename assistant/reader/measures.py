"""The development measures of the reader, by set and, for saksprosa, by kind of question."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from assistant.reader import Strictness
from assistant.reader.fitting import Doubles, auroc, coverage_at
from assistant.reader.outcomes import Outcome


def report(outcomes: Sequence[Outcome], confidence: Doubles, limits: Mapping[Strictness, float]) -> dict[str, object]:
    """The development measures by set and, for saksprosa, by kind of question."""
    found: dict[str, object] = {}
    for name in sorted({one.asked.set for one in outcomes}):
        mine = [i for i, one in enumerate(outcomes) if one.asked.set == name]
        found[name] = _measures([outcomes[i] for i in mine], confidence[mine], limits)
    mixed = [one for one in outcomes if one.asked.set == "saksprosa"]
    for kind in sorted({one.asked.question.kind for one in mixed}):
        some = [one for one in mixed if one.asked.question.kind == kind and one.asked.answerable]
        if some:
            found[f"saksprosa {kind}"] = _quotes(some)
    return found


def _measures(outcomes: Sequence[Outcome], confidence: Doubles, limits: Mapping[Strictness, float]) -> dict[str, float]:
    right = np.array([one.first_right for one in outcomes])
    answerable = np.array([one.asked.answerable for one in outcomes])
    found = _quotes([one for one in outcomes if one.asked.answerable])
    if not answerable.all() and right.any():
        unanswerable_or_right = right | ~answerable
        found["auroc right or unanswerable"] = auroc(confidence[unanswerable_or_right], right[unanswerable_or_right])
        usual = float(np.quantile(confidence[answerable], 0.15))
        found["unanswerable refused at 85 % answered"] = float((confidence[~answerable] < usual).mean())
    if right.any() and not right.all():
        found["auroc right or wrong"] = auroc(confidence, right)
        found["coverage at 5 % risk"] = coverage_at(confidence, right, risk=0.05)[0]
    for strictness, limit in limits.items():
        answered = confidence >= limit
        if answerable.any():
            found[f"{strictness}: answerable answered"] = float(answered[answerable].mean())
            found[f"{strictness}: risk"] = float((~right)[answered].mean()) if answered.any() else 0.0
        if not answerable.all():
            found[f"{strictness}: unanswerable refused"] = float((~answered)[~answerable].mean())
    return {name: round(value, 3) for name, value in found.items()}


def _quotes(outcomes: Sequence[Outcome]) -> dict[str, float]:
    if not outcomes:
        return {}
    first = [one.first_right for one in outcomes]
    precisions = [one.precision for one, right in zip(outcomes, first, strict=True) if right]
    found = {
        "questions": float(len(outcomes)),
        "passage among the hits": float(np.mean([_reached(one) for one in outcomes])),
        "first quote right": float(np.mean(first)),
        "one of three right": float(np.mean([any(one.right[:3]) for one in outcomes])),
        "quote precision": float(np.mean(precisions)) if precisions else 0.0,
    }
    short = [one for one in outcomes if one.asked.question.short]
    if short:
        pairs = [(_short_text(one), one.marked or "") for one in short]
        found["short exact"] = float(np.mean([_words(gold) == _words(said) for gold, said in pairs]))
        found["short F1"] = float(np.mean([_f1(_words(gold), _words(said)) for gold, said in pairs]))
    return {name: round(value, 3) for name, value in found.items()}


def _reached(one: Outcome) -> bool:
    return any(one.asked.holds(hit.document.id, place) for hit in one.asked.hits for place in hit.passage.sentences)


def _short_text(one: Outcome) -> str:
    short = one.asked.question.short
    documents = {hit.document.id: hit.document for hit in one.asked.hits}
    if short is None or one.asked.question.document not in documents:
        return "?"
    return documents[one.asked.question.document].text[short.start : short.end]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _f1(gold: Sequence[str], said: Sequence[str]) -> float:
    shared = sum((Counter(gold) & Counter(said)).values())
    return 2 * shared / (len(gold) + len(said)) if shared else 0.0

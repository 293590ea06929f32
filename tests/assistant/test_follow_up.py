from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp

import pytest

from assistant.answer import Reading
from assistant.brackets import in_brackets
from assistant.follow_up import Forms, read_in
from assistant.reader import Strictness
from index.hit import Hit
from index.segmentation import paragraphs, passages
from tests.web.fake import HARBOUR

FOLLOW_UP = "Hva koster den? (Hvor lang er kaia?)"
TOPIC_FIRST = "Hvor lang er kaia? Hva koster den?"


def hits() -> tuple[Hit, ...]:
    found = passages(HARBOUR, paragraphs(HARBOUR), count_tokens=lambda text: len(text.split()), limit=200)
    return tuple(
        Hit(rank=place, passage=passage, document=HARBOUR, score=0.0, dense=0.0, lexical=0.0)
        for place, passage in enumerate(found[:3], start=1)
    )


class ByForm:
    """Says of every passage what it was told to say to a form of the question."""

    name = "by-form"
    depth = 10
    thresholds: Mapping[Strictness, float] = dict.fromkeys(Strictness, 0.5)

    def __init__(self, relevance: Mapping[str, float]) -> None:
        self._relevance = relevance

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
        score = self._relevance[question]
        return tuple(Reading(hit, score, tuple(score for _ in hit.passage.sentences)) for hit in hits)

    def confidence(self, readings: Sequence[Reading]) -> float:
        return max(reading.relevance for reading in readings)


def test_a_question_that_stands_alone_has_one_form() -> None:
    question = "Hvor lang er kaia?"
    assert Forms.of(question, "Kaia er lang.") == Forms(question, question, ((question, 1.0),))
    assert not in_brackets("Hva koster den (kaia)?")


def test_a_follow_up_is_searched_for_topic_first_and_read_in_three_forms() -> None:
    forms = Forms.of(FOLLOW_UP, " Kaia er\n140 meter lang. ")
    assert in_brackets(FOLLOW_UP)
    assert (forms.question, forms.searched) == (FOLLOW_UP, TOPIC_FIRST)
    assert [text for text, _ in forms.read] == [FOLLOW_UP, TOPIC_FIRST, "Hva koster den?"]
    assert forms.quoted == "Kaia er 140 meter lang."


def test_the_forms_are_weighed_as_logits() -> None:
    reader = ByForm({FOLLOW_UP: 0.9, TOPIC_FIRST: 0.5, "Hva koster den?": 0.5})
    (first, *_) = read_in(Forms.of(FOLLOW_UP), reader, hits())
    # Two fifths of the logit of 0.9: 9 ** 0.4 = 2.408, and 2.408 / 3.408 = 0.7066.
    assert first.relevance == pytest.approx(0.7066, abs=1e-4)
    assert first.evidence == pytest.approx([0.7066] * len(first.evidence), abs=1e-4)


def test_what_was_just_quoted_is_believed_less_and_what_follows_it_more() -> None:
    reader = ByForm(dict.fromkeys([FOLLOW_UP, TOPIC_FIRST, "Hva koster den?"], 0.5))
    paragraph, other, _ = hits()
    quoted = HARBOUR.text[paragraph.passage.start : paragraph.passage.end]
    assert quoted.startswith("Havna fikk ny kai")
    told = [reading.relevance for reading in read_in(Forms.of(FOLLOW_UP, quoted), reader, (paragraph, other))]
    # Half a logit less for all, two for the passage that was quoted, and 0.6 more for the sentence after it.
    assert told == pytest.approx([0.0759, 0.5250], abs=1e-4)
    elsewhere = replace(HARBOUR, source=replace(HARBOUR.source, id="d0"))
    (far,) = read_in(Forms.of(FOLLOW_UP, "Ferja går."), reader, (replace(other, document=elsewhere),))
    assert far.relevance == pytest.approx(0.3775, abs=1e-4)


def test_another_sentence_of_the_passage_that_was_quoted_goes_on_from_it() -> None:
    paragraph, *_ = hits()
    first, *rest = paragraph.passage.sentences
    reader = ByForm(dict.fromkeys([FOLLOW_UP, TOPIC_FIRST, "Hva koster den?"], 0.5))
    (read,) = read_in(Forms.of(FOLLOW_UP, HARBOUR.text[first.start : first.end]), reader, (paragraph,))
    # The logistic of -4; then of 0.6, and of 0.85 of that with each further step.
    assert rest
    assert read.evidence == pytest.approx(
        [0.0180, *[1 / (1 + exp(-0.6 * 0.85**step)) for step in range(len(rest))]], abs=1e-4
    )
    assert read.relevance == pytest.approx(0.5250, abs=1e-4)


def test_what_was_quoted_further_is_not_held_back() -> None:
    paragraph, other, _ = hits()
    reader = ByForm(dict.fromkeys([FOLLOW_UP, TOPIC_FIRST, "Hva koster den?"], 0.5))
    quoted = " ".join(HARBOUR.text[it.passage.start : it.passage.end] for it in (other, paragraph))
    (read,) = read_in(Forms.of(FOLLOW_UP, quoted), reader, (paragraph,))
    assert read.evidence == pytest.approx([0.5] * len(read.evidence))


def test_who_asks_for_more_is_read_the_question_before_past_all_that_was_shown() -> None:
    before = "Hva koster den? (Hvor lang er kaia?)"
    forms = Forms.of("Noe mer? (Hva koster den? Hvor lang er kaia?)", "Fergene går.")
    assert (forms.question, forms.searched, forms.read) == (before, TOPIC_FIRST, Forms.of(before).read)
    paragraph, other, _ = hits()
    whole, *rest = paragraph.passage.sentences
    last = rest[-1]
    quoted = " ".join(
        [HARBOUR.text[other.passage.start : other.passage.end], HARBOUR.text[last.start : last.end]]
    )  # of the paragraph, the last sentence was shown further
    reader = ByForm({"Hvor lang er kaia?": 0.5})
    (read,) = read_in(Forms.of("Kan du utdype? (Hvor lang er kaia?)", quoted), reader, (paragraph,))
    assert read.evidence[0] == pytest.approx(0.5)
    assert read.evidence[-1] == pytest.approx(0.0180, abs=1e-4)
    assert whole != last


def test_nothing_was_quoted_before() -> None:
    reader = ByForm(dict.fromkeys([FOLLOW_UP, TOPIC_FIRST, "Hva koster den?"], 0.7))
    assert [reading.relevance for reading in read_in(Forms.of(FOLLOW_UP), reader, hits())] == pytest.approx([0.7] * 3)


@pytest.mark.parametrize(
    ("asked", "relevance"),
    [
        ("Og i trafikken?", 0.0110),
        ("What about fees?", 0.0110),
        ("Hva med kvinner?", 0.0110),
        ("Og i kveld?", 0.0110),
        ("Og på Hvaler?", 0.0110),
        ("Kva med Korsvik?", 0.0110),
        ("Hva koster den?", 0.0759),
        ("Og når åpner den da?", 0.0759),
        ("Og hvilke båter?", 0.0759),
        ("Men kvifor det?", 0.0759),
        ("Og korleis då?", 0.0759),
        ("And which boats?", 0.0759),
    ],
)
def test_what_only_names_something_else_is_not_answered_by_the_last_answer(asked: str, relevance: float) -> None:
    paragraph, *_ = hits()
    quoted = HARBOUR.text[paragraph.passage.start : paragraph.passage.end]
    forms = Forms.of(f"{asked} (Hvor lang er kaia?)", quoted)
    (read,) = read_in(forms, ByForm(dict.fromkeys([text for text, _ in forms.read], 0.5)), (paragraph,))
    assert read.relevance == pytest.approx(relevance, abs=1e-4)

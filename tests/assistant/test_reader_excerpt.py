"""What the reader sees of a passage."""

from dataclasses import replace

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.reader.excerpt import (
    AFTER_TOKENS,
    BEFORE_TOKENS,
    CLOSE,
    OPEN,
    TOKENS,
    Excerpt,
    Kind,
    excerpt_of,
    question_ids,
    tokenize,
)
from index.documents import read_bytes
from index.paragraph import Passage, Sentence
from index.segmentation import paragraphs, passages

TEXT = """# Nattogene

Statsråd Lund fikk spørsmål om nattoget. Han svarte kort.

Planen kommer ikke i år. Grunnen er sprekker i vognene.

Etterpå gikk møtet videre til ferjene.
"""


@pytest.fixture
def words() -> Tokenizer:
    """Every word and sign a token; the vocabulary starts where the special tokens end."""
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    listed = {token: number for number, token in enumerate([*special, *"abcdefghijklmnopqrstuvwxyzæøå.?,"])}
    made = Tokenizer(models.WordLevel(listed, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    return made


def _passages() -> tuple[object, tuple[Passage, ...]]:
    document = read_bytes("nattog.md", TEXT.encode())
    found = passages(document, paragraphs(document), count_tokens=lambda text: len(text.split()), limit=100)
    return document, found


def test_an_excerpt_carries_the_ends_of_its_neighbours() -> None:
    document = read_bytes("nattog.md", TEXT.encode())
    _, found = _passages()
    excerpt = excerpt_of(document, found[1])
    assert excerpt.text == "Planen kommer ikke i år. Grunnen er sprekker i vognene."
    assert [excerpt.text[s.start : s.end] for s in excerpt.sentences] == [
        "Planen kommer ikke i år.",
        "Grunnen er sprekker i vognene.",
    ]
    assert excerpt.before.rstrip().endswith("Han svarte kort.")
    assert excerpt.after.strip().startswith("Etterpå gikk")
    assert "Nattogene" in excerpt.context


def test_neighbours_are_cut_between_words() -> None:
    long = "Dette er en innledning med mange ord. " * 20
    document = read_bytes("lang.txt", f"Tittel\n\n{long}\n\nSvaret er nei.\n\n{long}".encode())
    found = passages(document, paragraphs(document), count_tokens=lambda text: len(text.split()), limit=400)
    excerpt = excerpt_of(document, next(p for p in found if document.text[p.start :].startswith("Svaret")))
    allowed = {*long.split(), "Svaret"}
    assert set(excerpt.before.split()) <= allowed
    assert set(excerpt.after.split()) <= allowed


def test_sentences_are_ranges_of_tokens(words: Tokenizer) -> None:
    text = "a b. c d e."
    excerpt = Excerpt("x y", "før her", text, (Sentence(0, 4), Sentence(5, 11)), "etter")
    (tokens,) = tokenize(words, [excerpt])
    for sentence, (first, last) in zip(excerpt.sentences, tokens.sentences, strict=True):
        assert text[tokens.characters[first][0] : tokens.characters[last - 1][1]] == text[sentence.start : sentence.end]
        assert set(tokens.kinds[first:last]) == {Kind.PASSAGE}
    assert tokens.ids[-1] == CLOSE
    assert tokens.kinds[0] == Kind.CONTEXT
    assert len(tokens.ids) == len(tokens.kinds) == len(tokens.characters)


def test_white_space_of_any_kind_keeps_the_offsets(words: Tokenizer) -> None:
    plain = Excerpt("", "", "a b c", (Sentence(0, 5),), "")
    (one,) = tokenize(words, [plain])
    (other,) = tokenize(words, [replace(plain, text="a\u00a0b\nc")])
    assert one.characters == other.characters
    np.testing.assert_array_equal(one.ids, other.ids)


def test_neighbours_give_way_and_a_long_passage_is_cut(words: Tokenizer) -> None:
    text = "a " * 500 + "b."
    sentences = (Sentence(0, 3), Sentence(4, len(text)), Sentence(len(text) - 2, len(text)))
    (tokens,) = tokenize(words, [Excerpt("c " * 90, "d " * 60, text, sentences, "e " * 60)])
    assert len(tokens.ids) <= TOKENS
    assert int((tokens.kinds == Kind.NEIGHBOUR).sum()) <= BEFORE_TOKENS + AFTER_TOKENS + 1
    first, last = tokens.sentences[2]
    assert first == last, "a sentence that was cut off is an empty range"


def test_a_question_stands_between_its_marks(words: Tokenizer) -> None:
    ids = question_ids(words, "a b?")
    assert ids[0] == OPEN
    assert ids[-1] == CLOSE
    assert len(ids) == 5
    assert len(question_ids(words, "a " * 500)) == 66

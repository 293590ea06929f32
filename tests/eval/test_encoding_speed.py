import json
from pathlib import Path

from eval.encoding_speed import Gold, Place, _gold, _parts, _places, _sample
from index.encoder import HashingEncoder


def test_passages_are_the_lines_at_their_offsets(tmp_path: Path) -> None:
    text = "Første linje\n\nAndre æ linje"
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"id": "a", "text": text}), "utf-8")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    encoder = HashingEncoder()
    for corpus, document in ((tmp_path / "corpus.jsonl", "a"), (tmp_path, "a.txt")):
        places = list(_places(corpus, encoder))
        assert places == [Place(document, 0, "Første linje"), Place(document, 14, "Andre æ linje")]
        assert all(text[place.start :].startswith(place.text) for place in places)


def test_a_line_too_long_is_halved_and_nothing_lost() -> None:
    encoder, line = HashingEncoder(), "ord " * 1200
    parts = _parts(line, encoder)
    assert len(parts) == 4
    assert "".join(part for _, part in parts) == line
    assert all(line[offset:].startswith(part) and encoder.count_tokens(part) <= 512 for offset, part in parts)


def test_a_question_is_answered_by_the_passages_that_overlap_its_span(tmp_path: Path) -> None:
    places = [Place("a", 0, "0123456789"), Place("a", 11, "123456789"), Place("b", 0, "0123456789")]
    file = tmp_path / "questions.jsonl"
    spans = [("a", 8, 10), ("a", 10, 12), ("a", 5, 15), ("c", 0, 1)]
    rows = [{"document": document, "question": "?", "start": start, "end": end} for document, start, end in spans]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert [sorted(item.rows) for item in _gold(file, places)] == [[0], [1], [0, 1], []]


def test_a_sample_keeps_the_passages_that_answer() -> None:
    places = [Place("a", start, str(start)) for start in range(10)]
    gold = [Gold("?", frozenset({7})), Gold("?", frozenset({2, 7})), Gold("?", frozenset())]
    sampled, found = _sample(places, gold, 5)
    assert len(sampled) == len({place.start for place in sampled}) == 5
    assert [{sampled[row].start for row in item.rows} for item in found] == [{7}, {2, 7}, set()]
    assert _sample(places, gold, 0) == (places, gold)
    assert len(_sample(places, [], 25)[0]) == 25

"""The network in torch, the graph in ONNX, and the reader around it, with small random weights."""

import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import onnxruntime
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.reader import Strictness
from assistant.reader.clues import Clue
from assistant.reader.confidence import Calibration, load_calibration, save_calibration
from assistant.reader.excerpt import Excerpt, Kind, Tokens
from assistant.reader.graph import EVIDENCE, IDS, KINDS, POOLING, RELEVANCE, SPAN, graph
from assistant.reader.network import Batch, Output, ReaderNetwork, _dropped
from assistant.reader.seen import Logits, Seen, log_softmax
from assistant.reader.trained import IN_ITS_WORDS, READ_ALONE, TrainedReader, pooling
from assistant.reader.weights import pack
from index.documents import read_bytes
from index.e5_file import Q4, E5Model, Shape
from index.hit import Hit
from index.segmentation import paragraphs, passages

HIDDEN, VOCABULARY, TOKENS = 192, 60, 12
CALIBRATION = Calibration(
    depth=3,
    ranking=(1.0, 0.5, 0.0, 0.0),
    sureness=(1.0, 0.2, 0.3, -1.0),
    thresholds={Strictness.STRICT: 0.8, Strictness.NORMAL: 0.5, Strictness.OPEN: 0.2},
    short_answer=0.0,
)


def _network() -> ReaderNetwork:
    torch.manual_seed(1)
    network = ReaderNetwork(2, hidden=HIDDEN, inner=384, positions=64)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.05)
    return network.eval()


def _model() -> E5Model:
    random = np.random.default_rng(1)
    blocks = VOCABULARY * HIDDEN // 32
    words = Q4(np.full(blocks, 0.01, np.float16), random.integers(0, 16, (blocks, 32)).astype(np.uint8))
    shape = Shape(HIDDEN, 12, 12, 384, VOCABULARY, 64, 1, 1e-12, 32)
    return E5Model(shape, (), {"emb.word": words}, {})


def _excerpt() -> Tokens:
    kinds = np.array([1, 1, 2, 3, 3, 3, 3, 3, 3, 3, 2, 2], np.int8)
    ids = np.arange(10, 10 + TOKENS, dtype=np.int32)
    return Tokens(ids, kinds, ((3, 6), (6, 10)), tuple((i, i + 1) for i in range(TOKENS)))


def _batch(model: E5Model, ids: npt.NDArray[np.int64], excerpt: Tokens, *, padding: int = 0) -> Batch:
    words = torch.tensor(model.quantised["emb.word"].weights().reshape(VOCABULARY, HIDDEN))
    length = len(ids) + padding
    padded, kinds, mask = np.ones(length, np.int64), np.zeros(length, np.int64), np.arange(length) < len(ids)
    padded[: len(ids)] = ids
    kinds[len(ids) - TOKENS : len(ids)] = excerpt.kinds
    rows = pooling(excerpt, shift=len(ids) - TOKENS)[1:]
    rows = np.pad(rows, ((0, 0), (0, padding)))
    return Batch(
        words[torch.tensor(padded)][None],
        torch.tensor(kinds)[None],
        torch.tensor(mask)[None],
        torch.tensor(rows)[None],
    )


def _logits(output: Output) -> npt.NDArray[np.float32]:
    return torch.cat([output.relevance, output.evidence[0]]).detach().numpy()


def test_the_graph_says_what_the_network_says() -> None:
    network, model, excerpt = _network(), _model(), _excerpt()
    ids = np.array([0, 5, 6, 2, *excerpt.ids])
    (expected,) = network([_batch(model, ids, excerpt)])
    weights = pack({name: tensor.numpy() for name, tensor in network.state_dict().items()})
    session = onnxruntime.InferenceSession(
        graph(model, weights).SerializeToString(), providers=["CPUExecutionProvider"]
    )
    kinds = np.concatenate([np.zeros(4, np.int64), excerpt.kinds])
    inputs = {IDS: ids[None], KINDS: kinds[None], POOLING: pooling(excerpt, shift=4)}
    relevance, evidence, span = session.run([RELEVANCE, EVIDENCE, SPAN], inputs)
    found = np.concatenate([relevance[0], evidence[:, 0]])
    wanted = _logits(expected)
    assert np.abs(wanted).max() > 0.05
    np.testing.assert_allclose(found, wanted, atol=0.02)
    np.testing.assert_allclose(span[:, 0], expected.start[0].detach().numpy(), atol=0.03)


def test_padding_and_neighbours_change_nothing() -> None:
    network, model, excerpt = _network(), _model(), _excerpt()
    ids = np.array([0, 5, 6, 2, *excerpt.ids])
    (alone,) = network([_batch(model, ids, excerpt)])
    padded, other = network([_batch(model, ids, excerpt, padding=5), _batch(model, ids[::-1].copy(), excerpt)])
    np.testing.assert_allclose(_logits(padded), _logits(alone), atol=1e-5)
    assert np.abs(_logits(other) - _logits(alone)).max() > 1e-3


def test_pooling_averages_sentences_and_leaves_out_what_was_cut() -> None:
    excerpt = Tokens(np.arange(6, dtype=np.int32), np.full(6, 3, np.int8), ((0, 2), (2, 4), (4, 4)), ((0, 0),) * 6)
    rows = pooling(excerpt, shift=1)
    assert rows[1].tolist() == [0, 0.5, 0.5, 0, 0, 0, 0]
    assert rows[3].sum() == 0
    assert rows[0].tolist() == [0, 0.25, 0.25, 0.25, 0.25, 0, 0]


def test_log_softmax_by_hand() -> None:
    np.testing.assert_allclose(np.exp(log_softmax(np.log(np.array([1, 3], np.float32)))), [0.25, 0.75], rtol=1e-6)


class _Session:
    """Finds the passage relevant whose tokens hold ``token``, its last sentence best, and marks that token."""

    def __init__(self, token: int) -> None:
        self._token = token

    def run(self, _: object, inputs: dict[str, npt.NDArray[np.float32]]) -> list[npt.NDArray[np.float32]]:
        ids, rows = inputs[IDS][0], inputs[POOLING]
        mine = (ids == self._token) & (inputs[KINDS][0] == Kind.PASSAGE)
        evidence = np.array([[3.0 if (row[mine] > 0).any() else -3.0] for row in rows[1:]], np.float32)
        span = np.repeat(np.where(mine, 9.0, 0.0)[:, None], 2, axis=1).astype(np.float32)
        return [np.array([[4.0 if mine.any() else -4.0]], np.float32), evidence, span]


@pytest.fixture
def reader() -> tuple[TrainedReader, tuple[Hit, ...]]:
    document = read_bytes(
        "a.txt", "Tittel\n\nHuset er rødt. Taket er blått.\n\nHagen er stor. Der bor en katt.\n".encode()
    )
    found = passages(document, paragraphs(document), count_tokens=lambda text: len(text.split()), limit=50)
    hits = tuple(Hit(i + 1, passage, document, 1.0 - i, 0.8, 1.0) for i, passage in enumerate(found))
    words = sorted(set(re.findall(r"\w+|[.?]", document.text + " Hva?")))
    vocabulary = {word: number for number, word in enumerate(["<s>", "<pad>", "</s>", "<unk>", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    session = _Session(vocabulary["katt"])
    made = TrainedReader(session, tokenizer, calibration=CALIBRATION, name="fake", threads=2)  # type: ignore[arg-type]
    return made, hits


def test_a_reading_is_of_its_hit_and_marks_within_the_best_sentence(
    reader: tuple[TrainedReader, tuple[Hit, ...]],
) -> None:
    made, hits = reader
    readings = made.read("Hva bor der?", hits)
    assert [reading.hit for reading in readings] == list(hits)
    best = max(readings, key=lambda reading: reading.relevance)
    assert len(best.evidence) == len(best.hit.passage.sentences) == 2
    assert best.evidence[1] > 0.9 > 0.1 > best.evidence[0]
    assert best.short is not None
    assert best.hit.document.text[best.short.start : best.short.end] == "katt"
    assert all(0 <= reading.relevance <= 1 for reading in readings)


def test_the_order_of_the_hits_does_not_matter(reader: tuple[TrainedReader, tuple[Hit, ...]]) -> None:
    made, hits = reader
    assert made.read("Hva?", hits)[::-1] == made.read("Hva?", hits[::-1])
    assert made.read("Hva?", ()) == ()


def test_confidence_grows_with_relevance_and_is_nothing_without_hits(
    reader: tuple[TrainedReader, tuple[Hit, ...]],
) -> None:
    made, hits = reader
    readings = made.read("Hva bor der?", hits)
    poor = [reading for reading in readings if reading.relevance < 0.5]
    assert made.confidence(()) == 0.0
    assert 0 < made.confidence(poor) < made.confidence(readings) < 1


def test_other_constants_change_the_reading_not_the_logits(reader: tuple[TrainedReader, tuple[Hit, ...]]) -> None:
    made, hits = reader
    flat = CALIBRATION.__class__(3, (0.0, 0.0, 0.0, 0.0), (0.0,) * 4, CALIBRATION.thresholds, 1.0)
    readings = made.calibrated(flat).read("Hva bor der?", hits)
    assert [reading.relevance for reading in readings] == [0.5] * len(hits)
    assert made.calibrated(flat).confidence(readings) == 0.5


def test_scores_by_hand() -> None:
    logits = Logits(1.0, np.array([-2.0, 2.0], np.float32), np.zeros((TOKENS, 2), np.float32))
    clues = np.zeros((2, len(Clue)), np.float32)
    clues[1, list(Clue).index(Clue.UNENDED)] = 1
    seen = Seen(_excerpt(), logits, clues, np.array([3.0, np.nan], np.float32))
    hit = SimpleNamespace(score=0.8)
    plain = CALIBRATION.scores(hit, seen)  # type: ignore[arg-type]
    np.testing.assert_allclose(plain, [1.0 - 0.5 * 2.0, 1.0 + 0.5 * 2.0])
    told = replace(CALIBRATION, ranking=(1.0, 0.5, 2.0, -1.0), clues={Clue.UNENDED: -1.5}, alone=0.25, unread=-4.0)
    scores = told.scores(hit, seen)  # type: ignore[arg-type]
    np.testing.assert_allclose(scores, [0.0 + 1.6 - 1.0 + 0.75, 2.0 + 1.6 - 1.0 - 1.5 + 0.25 - 4.0], rtol=1e-6)
    first, second = told.evidence(seen, scores)
    assert first == pytest.approx(1 / (1 + np.exp(-2.0)))  # the network's greatest evidence goes to the best score …
    assert second == pytest.approx(first * np.exp(scores[1] - scores[0]))  # … and to the other one what its odds are


def test_sentences_are_read_by_themselves_and_the_best_of_them_is_taken(
    reader: tuple[TrainedReader, tuple[Hit, ...]],
) -> None:
    made, hits = reader
    assert all(np.isnan(seen.alone).all() for seen in made.look("Hva bor der?", hits))
    twice = made.calibrated(replace(CALIBRATION, alone=1.0))
    first, second = twice.look("Hva bor der?", hits)
    assert first.alone.tolist() == [-4.0, -4.0]
    assert second.alone.tolist() == [-4.0, 4.0]  # "Hagen er stor." has no cat, though its paragraph has
    # The network takes the last sentence for the best; by itself the other one answers better.
    liked = Seen(second.tokens, second.logits, second.clues, second.alone[::-1])
    reading = twice.reading(hits[1], liked)
    assert reading.evidence[0] > 0.9 > reading.evidence[1]


def test_only_so_many_sentences_are_read_by_themselves(reader: tuple[TrainedReader, tuple[Hit, ...]]) -> None:
    made, hits = reader
    seen = made.calibrated(replace(CALIBRATION, alone=1.0)).look("Hva bor der?", hits * 3)
    assert sum(int((~np.isnan(it.alone)).sum()) for it in seen) == READ_ALONE


def test_a_passage_is_also_asked_in_its_own_words(reader: tuple[TrainedReader, tuple[Hit, ...]]) -> None:
    made, hits = reader
    asked: list[str] = []
    logits = made._logits

    def noting(question: str, excerpt: Excerpt) -> Logits:
        asked.append(question)
        its = logits(question, excerpt)
        return replace(its, relevance=its.relevance + 10 * (question == "Der bor katt?"))

    made._logits = noting  # type: ignore[assignment]
    first, second = made.look("Der bor pusekatten?", hits)
    assert first.logits.relevance == -4  # "Huset er rødt." has no word for it
    assert second.logits.relevance == pytest.approx(4 + 10 * IN_ITS_WORDS)
    assert asked.count("Der bor katt?") == 1
    assert len(asked) == 3


def test_a_calibration_is_read_as_it_was_written_and_an_older_one_counts_no_clue(tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    kept = replace(CALIBRATION, clues={Clue.WORDS: 1.25, Clue.FIRST: -0.5}, alone=0.3, unread=-0.75)
    save_calibration(kept, file)
    assert load_calibration(file) == kept
    older = {
        key: value for key, value in json.loads(file.read_text()).items() if key not in {"clues", "alone", "unread"}
    }
    file.write_text(json.dumps(older))
    assert load_calibration(file) == CALIBRATION


def test_dropout_leaves_out_its_share_and_keeps_the_mean() -> None:
    states = torch.ones(400, 384)
    dropped = _dropped(states, 0.1)
    assert (dropped == 0).float().mean().item() == pytest.approx(0.1, abs=0.01)
    assert dropped.mean().item() == pytest.approx(1, abs=0.01)
    assert _dropped(states, 0.0) is states

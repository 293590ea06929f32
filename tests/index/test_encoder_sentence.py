import os
from pathlib import Path

import numpy as np
import pytest

from index.e5 import write_quantised, write_sentence_transformer
from index.encoder import Encoder, load_encoder
from index.errors import ModelUnavailable, TextTooLong
from index.quantised import QuantisedEncoder
from index.sentence_encoder import SentenceEncoder
from tests.index.tiny_e5 import tiny_e5

TEXTS = ["Vi mener at straff skader.", "hjelp", "Straff er ikke hjelp,\n og bruk av straff skader.", ""]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("tiny-model")
    write_sentence_transformer(tiny_e5(), directory)
    return directory


@pytest.fixture(scope="module")
def quantised(tmp_path_factory: pytest.TempPathFactory) -> QuantisedEncoder:
    directory = tmp_path_factory.mktemp("tiny-int8")
    write_quantised(tiny_e5(), directory)
    return QuantisedEncoder.load(directory, name="tiny", prefixes=("query: ", "passage: "))


@pytest.fixture(params=["float32", "int8"])
def encoder(request: pytest.FixtureRequest, directory: Path, quantised: QuantisedEncoder) -> Encoder:
    return SentenceEncoder.load(str(directory)) if request.param == "float32" else quantised


def test_vectors_are_unit_rows_in_the_order_of_the_texts(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension) == (4, 64)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    for row, text in enumerate(TEXTS):
        assert vectors[row] @ encoder.encode_passages([text])[0] == pytest.approx(1, abs=1e-4)
    assert encoder.encode_passages([]).shape == (0, 64)


def test_questions_and_passages_have_their_own_prefix(encoder: Encoder) -> None:
    passage, query = encoder.encode_passages(["straff"])[0], encoder.encode_query("straff")
    assert query.shape == (64,)
    assert query.dtype == np.float32
    assert passage @ query < 0.9999
    assert "query='query: ' passage='passage: '" in encoder.signature


def test_tokens_are_counted_with_prefix_and_special_tokens(encoder: Encoder) -> None:
    assert encoder.count_tokens("vi mener") == len(["<s>", "▁passage:", "▁vi", "▁mener", "</s>"])
    assert encoder.max_tokens == 32


def test_a_text_that_is_too_long_is_refused_not_cut(encoder: Encoder) -> None:
    assert encoder.encode_passages(["vi " * 29]).shape == (1, 64)
    with pytest.raises(TextTooLong, match="33 tokens.* at most 32"):
        encoder.encode_passages(["vi", "vi " * 30])
    with pytest.raises(TextTooLong):
        encoder.encode_query("vi " * 30)


def test_progress_ends_at_all(encoder: Encoder) -> None:
    calls = list[tuple[int, int]]()
    encoder.encode_passages(TEXTS, progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (4, 4)
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)


def test_eight_bits_lie_close_to_sentence_transformers(directory: Path, quantised: QuantisedEncoder) -> None:
    expected = SentenceEncoder.load(str(directory)).encode_passages(TEXTS)
    cosines = (expected * quantised.encode_passages(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.995
    strangers = expected @ quantised.encode_passages(TEXTS).T
    assert (strangers.argmax(axis=1) == np.arange(4)).all()


def test_a_vector_does_not_depend_on_its_neighbours(quantised: QuantisedEncoder) -> None:
    alone = np.stack([quantised.encode_passages([text])[0] for text in TEXTS])
    assert np.array_equal(alone, quantised.encode_passages(TEXTS))


def test_any_model_by_path_with_its_own_prompts(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KILDESVAR_QUERY_PREFIX", raising=False)
    encoder = load_encoder(str(directory))
    assert encoder.name.startswith(str(directory))
    assert "query='query: ' passage='passage: ' precision=float32" in encoder.signature


def test_prefixes_can_be_set(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KILDESVAR_QUERY_PREFIX", "spørsmål: ")
    monkeypatch.setenv("KILDESVAR_PASSAGE_PREFIX", "")
    encoder = load_encoder(str(directory))
    assert "query='spørsmål: ' passage=''" in encoder.signature
    assert encoder.count_tokens("vi mener") == 4


def test_the_signature_follows_the_weights(directory: Path, tmp_path: Path) -> None:
    for file in directory.rglob("*.json"):
        (tmp_path / file.relative_to(directory)).parent.mkdir(exist_ok=True)
        (tmp_path / file.relative_to(directory)).write_bytes(file.read_bytes())
    weights = bytearray((directory / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (tmp_path / "model.safetensors").write_bytes(weights)
    ours, theirs = SentenceEncoder.load(str(directory)), SentenceEncoder.load(str(tmp_path))
    assert ours.name.split()[-1] != theirs.name.split()[-1]


def test_a_model_in_the_home_directory_is_known_by_its_weights(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(directory.parent))
    at_home, by_path = SentenceEncoder.load(f"~/{directory.name}"), SentenceEncoder.load(str(directory))
    assert at_home.name == f"~/{directory.name} {by_path.name.split()[-1]}"
    assert by_path.name.split()[-1] != "unknown"


@pytest.mark.parametrize(
    ("setting", "cause"),
    [
        ("./finnes/ikke", "there is no such directory"),
        ("et navn med mellomrom", "there is no such directory"),
        ("intfloat/finnes-ikke", "model hub"),
    ],
)
def test_a_model_that_is_not_there(setting: str, cause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelUnavailable, match=cause):
        load_encoder(setting)


def test_a_directory_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="holds no model"):
        load_encoder(str(tmp_path))


def test_a_directory_with_a_broken_model(directory: Path, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelUnavailable, match=os.path.basename(tmp_path)):
        load_encoder(str(tmp_path))

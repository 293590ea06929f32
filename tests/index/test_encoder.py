import sys
from subprocess import run

import numpy as np
import pytest

from index.batching import batches
from index.encoder import HashingEncoder, load_encoder, passage_text
from index.errors import ModelUnavailable, TextTooLong
from index.threads import thread_count


def test_the_context_comes_before_the_passage() -> None:
    assert passage_text("Venstre: Program", "Vi vil hjelpe.") == "Venstre: Program\nVi vil hjelpe."
    assert passage_text("", "Vi vil hjelpe.") == "Vi vil hjelpe."


def test_hashing_gives_unit_vectors_of_the_dimension_asked_for() -> None:
    encoder = HashingEncoder(64)
    vectors = encoder.encode_passages(["Vi mener straff skader.", "", "?!"])
    assert vectors.shape == (3, 64)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert encoder.encode_passages([]).shape == (0, 64)


def test_hashing_knows_shared_words_and_parts_of_words() -> None:
    encoder = HashingEncoder()
    passages = [
        "Rusmiddelpolitikken må endres.",
        "Kommunen bygger ny skole.",
        "Straff skader dem som bruker rusmidler.",
    ]
    cosines = encoder.encode_passages(passages) @ encoder.encode_query("Hva er god rusmiddelpolitikk?")
    assert cosines.argmax() == 0
    assert cosines[2] > cosines[1]


def test_hashing_is_the_same_in_every_process() -> None:
    code = "from index.encoder import HashingEncoder as H; print(H(8).encode_query('Ærlig talt').tolist())"
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(HashingEncoder(8).encode_query("Ærlig talt").tolist())


def test_hashing_reports_progress_and_refuses_what_is_too_long() -> None:
    encoder, calls = HashingEncoder(), list[tuple[int, int]]()
    encoder.encode_passages(["a", "b"], progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 2), (2, 2)]
    assert encoder.count_tokens("ett to tre") == 5
    with pytest.raises(TextTooLong, match="513 tokens"):
        encoder.encode_query("ord " * 511)


def test_the_setting_chooses_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_encoder("hashing").name == "hashing-1"
    monkeypatch.setenv("KILDESVAR_ENCODER", "hashing")
    assert load_encoder().signature == "hashing-1 dimension=256"


def test_an_unknown_precision_is_refused_with_the_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KILDESVAR_ENCODER", raising=False)
    monkeypatch.setenv("KILDESVAR_PRECISION", "int4")
    with pytest.raises(ModelUnavailable, match="“int4”, not one of: int8, float32"):
        load_encoder()


def test_batches_hold_like_lengths_within_the_budget() -> None:
    assert batches([], budget=10) == []
    assert batches([3, 9, 4, 8], budget=18) == [[1, 3], [2, 0]]
    assert batches([5, 5, 5], budget=10) == [[0, 1], [2]]
    assert batches([30, 2], budget=10) == [[0], [1]]


def test_the_number_of_threads_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KILDESVAR_THREADS", "3")
    assert thread_count() == 3
    for nonsense in ("", "0", "to"):
        monkeypatch.setenv("KILDESVAR_THREADS", nonsense)
        assert thread_count() >= 1

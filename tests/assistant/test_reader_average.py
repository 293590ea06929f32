"""Averaging trained weights, and the command that does it."""

from pathlib import Path

import numpy as np
import pytest

from assistant.reader.average import average, main
from assistant.reader.weights import Weights, fingerprint, load, pack, save


def _run(seed: int, *, outputs: int = 6) -> Weights:
    random = np.random.default_rng(seed)
    return pack(
        {
            "layers.0.join.weight": random.normal(size=(outputs, 4)).astype(np.float32),
            "layers.0.join.bias": random.normal(size=outputs).astype(np.float32),
            "judge.weight": random.normal(size=(3, 4)).astype(np.float32),
        }
    )


def test_the_mean_counts_each_run_by_its_share() -> None:
    first, second = _run(1), _run(2)
    mean = average([first, second], [3, 1])
    name = "layers.0.join.weight"
    wanted = 0.75 * first.matrices[name].weights() + 0.25 * second.matrices[name].weights()
    step = np.abs(wanted).max(axis=1, keepdims=True) / 127
    assert (np.abs(mean.matrices[name].weights() - wanted) <= step / 2 + 1e-6).all()
    bias = 0.75 * first.plain["judge.weight"] + 0.25 * second.plain["judge.weight"]
    np.testing.assert_allclose(mean.plain["judge.weight"], bias, rtol=1e-3)


def test_one_run_is_its_own_mean() -> None:
    run = _run(1)
    mean = average([run], [7])
    np.testing.assert_array_equal(
        mean.matrices["layers.0.join.weight"].values, run.matrices["layers.0.join.weight"].values
    )


@pytest.mark.parametrize("shares", [[1.0], [1.0, 0.0], [1.0, float("nan")], [1.0, float("inf")], [1.0, 1.0, 1.0]])
def test_a_share_is_needed_for_each_run(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="2 runs"):
        average([_run(1), _run(2)], shares)


def test_runs_of_other_shapes_have_no_mean() -> None:
    with pytest.raises(ValueError, match="different layers"):
        average([_run(1), _run(2, outputs=5)], [1, 1])


def test_the_command_writes_the_mean_and_names_the_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / "a.safetensors", tmp_path / "b.safetensors"]
    for seed, file in enumerate(files):
        save(_run(seed), file)
    output = tmp_path / "mean.safetensors"
    assert main([*map(str, files), "--output", str(output), "--shares", "0.3", "0.7"]) == 0
    said = capsys.readouterr().out
    assert said == f"{fingerprint(output)}: 0.3 of {fingerprint(files[0])}, 0.7 of {fingerprint(files[1])}\n"
    assert set(load(output).matrices) == {"layers.0.join.weight"}


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path / "none.safetensors"), "--output", str(tmp_path / "mean.safetensors")])
    assert "none.safetensors" in capsys.readouterr().err

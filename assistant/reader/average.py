"""Average trained weights: ``python -m assistant.reader.average A B … --output FILE [--shares 0.5 0.5]``.

Runs that began at the same encoder end near enough to each other that the mean of their weights reads at least as well
as either, and costs no time when reading.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.reader.weights import Weights, fingerprint, load, pack, save


def average(runs: Sequence[Weights], shares: Sequence[float]) -> Weights:
    """The mean of several runs' weights, rounded anew.

    Args:
        runs: At least one, all of one shape.
        shares: How much each run counts for; positive, one a run. Only their proportions matter.

    Raises:
        ValueError: There is not one positive share a run, or the runs are not of one shape.
    """
    if not runs or len(shares) != len(runs) or not all(0 < share < math.inf for share in shares):
        raise ValueError(f"{len(runs)} runs need as many positive shares, found {list(shares)}")
    states = [run.state for run in runs]
    shapes = [{name: values.shape for name, values in state.items()} for state in states]
    if any(shape != shapes[0] for shape in shapes):
        raise ValueError("the runs have different layers or heads")
    total = sum(shares)
    mean = {
        name: sum((share / total * state[name] for share, state in zip(shares, states, strict=True)), np.zeros(shape))
        for name, shape in shapes[0].items()
    }
    return pack({name: np.asarray(values, dtype=np.float32) for name, values in mean.items()})


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; which runs were averaged goes to stdout."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.reader.average", description="Average the weights of several trainings."
    )
    parser.add_argument("runs", type=Path, nargs="+", help="reader.safetensors of the trainings")
    parser.add_argument("--output", type=Path, required=True, help="reader.safetensors to write")
    parser.add_argument("--shares", type=float, nargs="+", help="how much each counts for (default: all alike)")
    asked = parser.parse_args(arguments)
    shares = asked.shares or [1.0] * len(asked.runs)
    try:
        mean = average([load(run) for run in asked.runs], shares)
    except (FileNotFoundError, ValueError) as error:
        parser.error(str(error))
    save(mean, asked.output)
    parts = ", ".join(f"{share:g} of {fingerprint(run)}" for run, share in zip(asked.runs, shares, strict=True))
    sys.stdout.write(f"{fingerprint(asked.output)}: {parts}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

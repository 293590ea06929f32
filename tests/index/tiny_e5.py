"""A model of the embedded one's make but a thousandth of its size, so that tests need neither the wheel nor time."""

import numpy as np

from index.e5_file import Q4, E5Model, Shape

WORDS = ("▁query:", "▁passage:", "▁vi", "▁mener", "▁at", "▁straff", "▁skader", "▁bruk", "▁hjelp", "▁av", "▁ikke", "er")


def tiny_e5(seed: int = 0, *, layers: int = 2) -> E5Model:
    random = np.random.default_rng(seed)
    letters = [(letter, -12.0) for letter in "▁abcdefghijklmnopqrstuvwxyzæøå.,?"]
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *letters, *((word, -5.0) for word in WORDS)]
    shape = Shape(
        hidden=64, layers=layers, heads=4, feed_forward=128, vocabulary=len(pieces) + 3, positions=32, types=2,
        epsilon=1e-12, block=32,
    )  # fmt: skip
    quantised, plain = {}, {}

    def matrix(name: str, outputs: int, inputs: int) -> None:
        blocks = outputs * inputs // 32
        scales = random.uniform(0.01, 0.03, blocks).astype(np.float16)
        quantised[name] = Q4(scales, random.integers(0, 16, (blocks, 32)).astype(np.uint8))

    def vector(name: str, length: int, around: float) -> None:
        plain[name] = random.normal(around, 0.1, length).astype(np.float32)

    matrix("emb.word", shape.vocabulary, shape.hidden)
    vector("emb.pos", shape.positions * shape.hidden, 0)
    vector("emb.type", shape.types * shape.hidden, 0)
    for name in ("emb.ln", *(f"l{layer}.{part}" for layer in range(layers) for part in ("aln", "oln"))):
        vector(f"{name}.w", shape.hidden, 1)
        vector(f"{name}.b", shape.hidden, 0)
    for layer in range(layers):
        sizes = {part: (shape.hidden, shape.hidden) for part in ("q", "k", "v", "ao")}
        sizes |= {"fi": (shape.feed_forward, shape.hidden), "fo": (shape.hidden, shape.feed_forward)}
        for part, (outputs, inputs) in sizes.items():
            matrix(f"l{layer}.{part}.w", outputs, inputs)
            vector(f"l{layer}.{part}.b", outputs, 0)
    return E5Model(shape, tuple(pieces), quantised, plain)

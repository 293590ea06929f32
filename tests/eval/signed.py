"""A signature made by hand."""

from eval.signature import Signature

SIGNATURE = Signature(
    set="prøve",
    set_sha256="abc",
    split="tune",
    questions=3,
    index="0123456789abcdef",
    documents=2,
    generation=1,
    encoder="hashing-1 dimension=256",
    reader="matching-1",
    strictness="normal",
    threshold=0.5,
    k=10,
    seed=1,
    resamples=100,
    level=0.95,
    version="0.1.0",
    date="2026-01-02T03:04:05+00:00",
    command="kildesvar eval run prøve",
    passages_per_second=None,
    peak_memory_mb=512.0,
    latency_p50_ms=20.0,
    latency_p95_ms=40.0,
)

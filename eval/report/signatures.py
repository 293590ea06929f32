"""What a run's numbers are worth, spelt out."""

from html import escape

from eval.report.numbers import Named
from eval.report.plots import swatch
from eval.signature import Signature
from eval.texts import number, say
from index.documents.document import Language


def signatures(runs: Named, language: Language) -> str:
    """The whole signature of every run."""
    parts = []
    for place, (name, run) in enumerate(runs):
        items = "".join(
            f"<dt>{escape(say(language, f'signature.{key}'))}</dt><dd>{value}</dd>\n"
            for key, value in _values(run.signature, language).items()
        )
        parts.append(f'<h3>{swatch(place)} {name}</h3>\n<dl class="signature">\n{items}</dl>\n')
    return "".join(parts)


def _values(signature: Signature, language: Language) -> dict[str, str]:
    def told(key: str, **details: str | int) -> str:
        return escape(say(language, f"signature.{key}", **details))

    def rounded(value: float | None, digits: int = 0) -> str:
        return "–" if value is None else number(language, value, digits=digits)

    speed = signature.passages_per_second
    return {
        "set": told(
            "set_value",
            name=signature.set,
            split=signature.split,
            questions=signature.questions,
            hash=signature.set_sha256,
        ),
        "index": told(
            "index_value",
            documents=signature.documents,
            generation=signature.generation,
            hash=signature.index,
        ),
        "encoder": escape(signature.encoder),
        "reader": told(
            "reader_value",
            reader=signature.reader,
            strictness=signature.strictness,
            threshold=rounded(signature.threshold, 3),
            k=signature.k,
        ),
        "interval": told(
            "interval_value",
            level=round(100 * signature.level),
            resamples=signature.resamples,
            seed=signature.seed,
        ),
        "cost": told(
            "cost_value",
            p50=rounded(signature.latency_p50_ms),
            p95=rounded(signature.latency_p95_ms),
            memory=rounded(signature.peak_memory_mb),
            speed=say(language, "signature.no_speed")
            if speed is None
            else say(language, "signature.speed", passages=rounded(speed, 1)),
        ),
        "made": told("made_value", version=signature.version, date=signature.date),
        "asked": f"<code>{escape(signature.command)}</code>",
    }

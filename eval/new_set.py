"""Questions as records → a gold set: its file, and its entry in the manifest beside it."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.goldset import MANIFEST, Split, measured, parse_gold
from eval.output import writing


def write_set(questions: Sequence[Mapping[str, Any]], output: Path, *, author: str, split: Split) -> None:
    """Write a gold set, in the place of an earlier one of its name.

    Args:
        questions: As they stand in the lines of a set; see ``eval/questions/README.md``.
        output: The JSONL file; its manifest lies beside it.
        author: For the manifest.
        split: What the set is for.

    Raises:
        GoldSetInvalid: Two questions are the same, or a question contradicts itself. Nothing is written.
        NotWritten: The system refused.
    """
    content = "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in questions)
    parse_gold(content.encode("utf-8"), output.name)
    with writing(output):
        _replace(output, content)
        _enter(output, author=author, split=split)


def _replace(path: Path, content: str) -> None:
    """Write whole or not at all: a set that is cut short would be one that its manifest does not know."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(content, encoding="utf-8")
    os.replace(beside, path)


def _enter(output: Path, *, author: str, split: Split) -> None:
    """Put the set into the manifest beside it, in the place of an earlier one of its name."""
    manifest = output.with_name(MANIFEST)
    before = manifest.read_text(encoding="utf-8") if manifest.exists() else ""
    heading = f"[{json.dumps(output.name, ensure_ascii=False)}]\n"
    kept = re.sub(rf"(?ms)^{re.escape(heading)}.*?(?=^\[|\Z)", "", before).strip()
    entry = (
        f'{heading}corpus = "index"\nsplit = "{split.value}"\nauthor = {json.dumps(author, ensure_ascii=False)}\n'
        f'licence = "LicenseRef-own"\n{measured(output)}'
    )
    _replace(manifest, "\n\n".join(filter(None, (kept, entry))))

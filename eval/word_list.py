"""Builds ``index/compounds.tsv``, the frequency list that compounds are taken apart with.

    python -m eval.word_list --norquad DIR --saksprosa DIR > index/compounds.tsv

Both sources are CC0. Documents that belong to a dev split are left out, so that measurements on dev stay honest.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_COUNT = 2


def main() -> None:
    """Write the list to standard output, most frequent word first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--norquad", type=Path, required=True)
    parser.add_argument("--saksprosa", type=Path, required=True)
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    for text in (*_norquad(arguments.norquad), *_saksprosa(arguments.saksprosa)):
        counts.update(word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text)))
    sys.stdout.write(
        "# Word<TAB>occurrences in NorQuAD and Saksprosa without their dev documents (CC0); made by eval.word_list.\n"
    )
    kept = ((word, count) for word, count in counts.items() if count >= _LEAST_COUNT and len(word) > 2)
    for word, count in sorted(kept, key=lambda pair: (-pair[1], pair[0])):
        sys.stdout.write(f"{word}\t{count}\n")


def _norquad(folder: Path) -> Iterator[str]:
    dev = {json.loads(line)["document"] for line in (folder / "dev.jsonl").open(encoding="utf-8")}
    for line in (folder / "documents.jsonl").open(encoding="utf-8"):
        document = json.loads(line)
        if document["id"] not in dev:
            yield document["text"]


def _saksprosa(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "docs").iterdir()):
        if int(re.findall(r"\d+", path.stem)[-1]) % 5:
            yield path.read_text("utf-8")


if __name__ == "__main__":
    main()

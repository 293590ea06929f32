"""A ``tesseract`` that reads nothing: it finds the same line on every picture, to try what is around it."""

import os
import sys
from pathlib import Path

import pytest

LINE = "Kommunen bygger en ny kai ved Sandvika i 2027."
_SCRIPT = """#!{python}
import sys
if "--list-langs" in sys.argv:
    print("List of available languages (2):\\neng\\nnor")
    sys.exit()
sys.stdin.buffer.read()
words = "".join(
    f"<span class='ocrx_word' title='bbox {{200 + 120 * at}} 300 {{310 + 120 * at}} 340; x_wconf 91'>{{word}}</span>"
    for at, word in enumerate({line!r}.split())
)
print("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>"
      "<div class='ocr_page' title='image; bbox 0 0 2480 3508'><span class='ocr_line' title='bbox 200 300 1500 340; "
      "baseline 0 -8; x_size 40; x_descenders 8; x_ascenders 9'>" + words + "</span></div></body></html>")
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put it before every other program of that name."""
    folder.mkdir(exist_ok=True)
    program = folder / "tesseract"
    program.write_text(_SCRIPT.format(python=sys.executable, line=LINE), "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def uninstall(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Leave no tesseract at all, whatever is on this machine."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("PATH", str(folder))

"""The reader of RTF files."""

import pytest

from index.documents import read_bytes, rtf
from index.documents.composing import compose
from index.documents.document import Document
from index.errors import DamagedFile, DocumentError, EmptyDocument
from tests.index.made import BODY, HEADING, LIST, SECOND, TABLE, TITLE
from tests.index.proving import expect_sample, prove, shape


def escaped(text: str) -> str:
    """Half in hexadecimal, half in Unicode, as different programs write it."""
    return "".join(
        char if char.isascii() else f"\\'{char.encode('cp1252').hex()}" if char in "øæ" else f"\\u{ord(char)}?"
        for char in text
    )


def sample() -> bytes:
    rows = "".join(
        "\\trowd\\cellx2000\\cellx4000 " + "".join(f"\\pard\\intbl {escaped(cell)}\\cell" for cell in row) + "\\row\n"
        for row in TABLE
    )
    items = "".join(f"{{\\listtext\\'b7\\tab}}\\ls1 {escaped(item)}\\par\n" for item in LIST)
    text = (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}{\\s9 Title;}}"
        "{\\info{\\title Microsoft Word - dok1}{\\author Kari Holm}}{\\header\\pard Topp\\par}{\\*\\generator X;}\n"
        f"\\pard\\s9 {escaped(TITLE)}\\par\n" + "".join(f"\\pard\\s0 {escaped(text)}\\par\n" for text in BODY)
    )
    text += f"\\pard\\s1 {escaped(HEADING)}\\par\\pard " + "".join(f"{escaped(text)}\\par\n" for text in SECOND)
    return f"{text}{items}{rows}\\pard\\par}}".encode("ascii")


def read(data: bytes) -> Document:
    document = compose("a.rtf", data, rtf.extract("a.rtf", data))
    prove(document)
    return document


def test_the_sample() -> None:
    document = read_bytes("plan.rtf", sample())
    expect_sample(document)
    assert document.source.metadata.authors == ("Kari Holm",)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (r"Teksten.{\footnote\pard Noten sier mer.\par} Og mer.", ["Teksten. Og mer.", "Noten sier mer."]),
        (r"{\v Skjult.}Dette er \v borte\v0 synlig.", ["Dette er synlig."]),
        (r'{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt Lenken}} er tekst.', ["Lenken er tekst."]),
        (r"E\_posten sam\-arbeider om \{klammer\} og \\.", [r"E-posten samarbeider om {klammer} og \."]),
        (r"\uc2\u8211\'96\'96 strek og \u-10179??\u-8704?? tegn.", ["– strek og 😀 tegn."]),
        (r"{\*\ukjent borte}Her er {\b feit} og {\pict 0102ff}mer.", ["Her er feit og mer."]),
        ("Bilde: {\\pict\\bin5 {{}\\}}her.", ["Bilde: her."]),
    ],
)
def test_control_words(code: str, expected: list[str]) -> None:
    data = "{\\rtf1\\ansi " + "\\par ".join([escaped(BODY[0]), code, escaped(BODY[1])]) + "\\par}"
    assert [text for _, text in shape(read(data.encode("latin-1")))[1:-1]] == expected


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"tekst", DamagedFile), (b"", DamagedFile), (b"{\\rtf1 }", EmptyDocument), (b"{" * 9000, DamagedFile)]
    + [(b"{\\rtf1 " + b"{" * 9000, DamagedFile)],
)
def test_what_is_no_rtf_is_told(data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error, match="plan.rtf"):
        read_bytes("plan.rtf", data)

"""The reader of saved web pages."""

from html import escape

import pytest

from index.documents import html, read_bytes
from index.documents.composing import compose
from index.documents.document import BlockKind, Document, Metadata
from index.errors import DamagedFile, DocumentError, EmptyDocument
from tests.index.made import BODY, HEADING, LIST, SECOND, TABLE, TITLE
from tests.index.proving import expect_sample, prove, shape

PROSE = "Kommunen har vedtatt planen, og den gjelder for alle som bor i området fra nyttår av."


def sample_body() -> str:
    def paragraphs(texts: tuple[str, ...]) -> str:
        return "".join(f"<p>{escape(text)}</p>\n" for text in texts)

    rows = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in TABLE]
    items = "".join(f"<li>{escape(item)}</li>\n" for item in LIST)
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    first = f"<h1>{TITLE}</h1>{paragraphs(BODY)}"
    return f"{first}<h2>{HEADING}</h2>{paragraphs(SECOND)}<ul>{items}</ul><table>{table}</table>"


CHROME = """<nav><ul><li><a href="/">Forsiden</a></li><li><a href="/om">Om oss</a></li></ul></nav>
<header><a href="/">Hamnøy kommune</a></header><div class="cookie-banner">Vi bruker informasjonskapsler.</div>
<div><a href="/a">Nyheter</a> <a href="/b">Politikk</a> <a href="/c">Kontakt oss</a></div>
<script>document.write("<p>Skript</p>")</script><style>p { color: red }</style>"""
FOOT = '<aside><h2>Les også</h2><a href="/x">En annen sak</a></aside><footer>Ansvarlig: Webmaster</footer>'


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='nb'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()
    )


def read(data: bytes) -> Document:
    document = compose("a.html", data, html.extract("a.html", data))
    prove(document)
    return document


def body(markup: str) -> list[tuple[str, str]]:
    """What stands after a first paragraph."""
    return shape(read(page(f"<h1>Saken</h1><p>{PROSE}</p>{markup}<p>{PROSE} Slutt.</p>")))[2:-1]


@pytest.mark.parametrize(
    "wrap",
    [
        "{}",
        "<main>{}</main>",
        "<div id=side><article>{}</article></div>",
        "<form><div class='page has-sidebar'>{}</div></form>",
    ],
)
def test_the_sample_without_the_site_s_furniture(wrap: str) -> None:
    expect_sample(read_bytes("a.html", page(CHROME + wrap.format(sample_body()) + FOOT)))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Linje<br>to er &laquo;her&raquo; &amp; n&aring;.</p>", [("paragraph", "Linje to er «her» & nå.")]),
        ("<p>Rus&shy;politikk er <b>vik</b>tig.</p>", [("paragraph", "Ruspolitikk er viktig.")]),
        ("<p hidden>Skjult.</p><p style='display: none'>Borte.</p>", []),
        ("<div>Tekst uten avsnitt, men med punktum.<p>Og et avsnitt til.</p></div>",
         [("paragraph", "Tekst uten avsnitt, men med punktum."), ("paragraph", "Og et avsnitt til.")]),
        ("<p>Dette skal vi:</p><ul><li>ett<ul><li>under</li></ul></li><li><p>to</p></li></ul>",
         [("paragraph", "Dette skal vi:"), ("list_item", "ett"), ("list_item", "under"), ("list_item", "to")]),
        ("<figure><img src=a><figcaption>Ordføreren foran skolen. Foto: Kari Holm</figcaption></figure>",
         [("caption", "Ordføreren foran skolen. Foto: Kari Holm")]),
        ("<p>Andelen er høy.<sup><a href='#1'>1</a></sup> Den øker med 5 m<sup>2</sup>.</p>",
         [("paragraph", "Andelen er høy. Den øker med 5 m2.")]),
        ("<p>Stjerner * og [klammer](x) og _strek_ er tekst.</p>",
         [("paragraph", "Stjerner * og [klammer](x) og _strek_ er tekst.")]),
        ("<p>Et avsnitt med <a href='/a'>tre</a>, <a href='/b'>fire</a> og <a href='/c'>fem</a> lenker er tekst.</p>",
         [("paragraph", "Et avsnitt med tre, fire og fem lenker er tekst.")]),
        ("<h2><button aria-expanded=false>Hvem får hjelp?</button></h2><div hidden><p>Alle som trenger det.</p></div>"
         "<h2>Hva koster det? <button>Kopier lenke</button></h2><div hidden=until-found>Ingenting.</div>",
         [("heading", "Hvem får hjelp?"), ("paragraph", "Alle som trenger det."), ("heading", "Hva koster det?"),
          ("paragraph", "Ingenting.")]),
        ("<p><a href=a>Kari Holm</a><span>Journalist</span> i <b>mac</b><i>OS</i> og H<sub>2</sub><b>O</b>.</p>",
         [("paragraph", "Kari Holm Journalist i macOS og H2O.")]),
        ("<table><caption>Elever i skolene</caption><tr><th>Skole<th>Elever<tr><td>Vik<td>17</table>",
         [("caption", "Elever i skolene"), ("boilerplate", "Skole"), ("boilerplate", "Elever"), ("table_cell", "Vik"),
          ("table_cell", "17")]),
    ],
)  # fmt: skip
def test_markup(markup: str, expected: list[tuple[str, str]]) -> None:
    assert body(markup) == expected


def test_a_cell_over_several_rows_or_columns_moves_no_other() -> None:
    rows = (
        "<th rowspan=2>Skole<th colspan=2>Elever<th rowspan=2>Leder",
        "<th>Før<th>Nå",
        "<td rowspan=2>Vik<td>19<td>17<td>Holm",
        "<td colspan=2>stengt<td>Lie",
    )
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    document = read(page(f"<p>{PROSE}</p><table>{table}</table>"))
    cells = [block for block in document.blocks if block.kind is BlockKind.TABLE_CELL]
    assert [(document.text[cell.start : cell.end], cell.row, cell.column) for cell in cells] == [
        ("Vik", None, "Skole"),
        ("19", "Vik", "Elever Før"),
        ("17", "Vik", "Elever Nå"),
        ("Holm", "Vik", "Leder"),
        ("stengt", "Vik", "Elever Før"),
        ("Lie", "Vik", "Leder"),
    ]


def test_lists_know_their_depth() -> None:
    document = read(page(f"<p>{PROSE}</p><ul><li>ett</li><li>to<ul><li>under</li></ul></li><li>tre</li></ul>"))
    assert [block.level for block in document.blocks if block.kind is BlockKind.LIST_ITEM] == [0, 0, 1, 0]


def test_what_the_head_says() -> None:
    head = f"""<title>{TITLE} | Hamnøy kommune</title><meta name="author" content="Kari Holm">
    <meta property="article:published_time" content="2024-03-05T06:00:00+01:00">
    <meta property="og:site_name" content="Hamnøy kommune">"""
    metadata = read(page(sample_body(), head)).source.metadata
    assert metadata == Metadata(TITLE, ("Kari Holm",), "Hamnøy kommune", "2024-03-05", None, metadata.language)


@pytest.mark.parametrize(
    ("before", "head", "url"),
    [
        (
            "",
            '<link rel="canonical" href="https://h.no/a?b=1&amp;c=2"><meta property="og:url" content="https://h.no/b">',
            0,
        ),
        ("", '<meta property="og:url" content="https://h.no/a?b=1&amp;c=2">', 0),
        ("", '<link rel="canonical" href="/a"><meta property="og:url" content="https://h.no/a?b=1&amp;c=2">', 0),
        ("<!-- saved from url=(0022)https://h.no/a?b=1&c=2 -->\n", "", 0),
        ("<!--\n Page saved with SingleFile \n url: https://h.no/a?b=1&c=2 \n saved date: x\n-->", "", 0),
        ("", '<link rel="canonical" href="javascript:alert(1)">', None),
        ("", '<link rel="alternate" href="https://h.no/rss">', None),
        ("<!-- saved from url=(0014)about:internet -->", "", None),
    ],
)
def test_where_the_page_was(before: str, head: str, url: int | None) -> None:
    data = before.encode() + page(sample_body(), head)
    assert read(data).source.metadata.url == ("https://h.no/a?b=1&c=2" if url == 0 else None)


def test_what_newspapers_say_in_linked_data() -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",
    "datePublished": "2023-01-02", "author": [{"name": "Ola Vik"}]}</script>
    <script type="application/ld+json">{"@type": [</script>"""
    graph = head.replace('{"@type": "NewsArticle"', '{"@graph": [7, {"@type": ["NewsArticle", "Report"]').replace(
        "]}<", "]}]}<"
    )
    for said in (head, graph):
        metadata = read(page(sample_body(), said)).source.metadata
        assert (metadata.title, metadata.authors, metadata.date) == (TITLE, ("Ola Vik",), "2023-01-02")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_encodings(encoding: str) -> None:
    told = "<meta charset='iso-8859-1'>" if encoding == "iso-8859-1" else ""
    data = f"<html><head>{told}</head><body><p>{BODY[0]}</p></body></html>".encode(encoding)
    assert read(data).text == BODY[0]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyDocument),
        (b"<html><body><script>alert(1)</script></body></html>", EmptyDocument),
        (b"\x00\x01\x02\x03 bin\xc3\xa6rt", DamagedFile),
    ],
)
def test_what_has_no_text_is_told(data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error, match="a.html"):
        read_bytes("a.html", data)


def test_entities_of_a_page_s_own_are_not_resolved() -> None:
    bomb = b'<!DOCTYPE html [<!ENTITY a "BOMBE"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    document = read(bomb + f"<p>{PROSE} &a; &x;</p>".encode())
    assert PROSE in document.text and "BOMBE" not in document.text
    assert "root:" not in document.text


def test_deep_nesting_is_survived() -> None:
    deep = b"<div>" * 20_000 + PROSE.encode()
    try:
        read_bytes("a.html", page(sample_body()) + deep)
    except DocumentError:
        return

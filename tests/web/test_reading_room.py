"""What the pane fetches, asked for honestly and otherwise."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from starlette.testclient import TestClient

from assistant.web.server import make_server
from index.documents.page_images import WIDTHS
from tests.web.fake import HARBOUR, HOSTILE, SCHOOL, FakeAssistant
from tests.web.made_reports import HEADINGS, OVER_THE_BREAK, long_text, report
from tests.web.reading import Reading

DOCUMENTS = (HARBOUR, SCHOOL, report(), long_text())
PDF, LONG = f"/kildesvar/les/{report().id}", f"/kildesvar/les/{long_text().id}"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(make_server(FakeAssistant(DOCUMENTS)), base_url="http://127.0.0.1:7860") as client:
        yield client


def test_a_page_is_served_as_a_picture_that_only_our_page_may_show(client: TestClient) -> None:
    answer = client.get(f"{PDF}/side/9/{WIDTHS[1]}.jpg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"].startswith("private")
    assert "content-security-policy" in answer.headers
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.width == WIDTHS[1]


@pytest.mark.parametrize("piece", ["tekst/0", "innhold", "finn?finn=a"])
def test_text_is_asked_for_anew_each_time_for_it_may_have_been_read_again(client: TestClient, piece: str) -> None:
    answer = client.get(f"{LONG}/{piece}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        f"{PDF}/side/0/{WIDTHS[0]}.jpg",
        f"{PDF}/side/15/{WIDTHS[0]}.jpg",
        f"{PDF}/side/1/701.jpg",
        f"{PDF}/side/1/9999.jpg",
        f"/kildesvar/les/d0123456789abcdef/side/1/{WIDTHS[0]}.jpg",
        f"/kildesvar/les/{HARBOUR.id}/side/1/{WIDTHS[0]}.jpg",
        "/kildesvar/les/d0123456789abcdef/tekst/0",
        "/kildesvar/les/d0123456789abcdef/finn?finn=a",
        "/kildesvar/les/d0123456789abcdef/innhold",
        f"{PDF}/side/1/..%2f..%2fpage.css",
        f"{PDF}/original",
        f"{PDF}/side/-1/700.jpg",
        "/kildesvar/les/../page.py",
    ],
)
def test_nothing_else_is_there(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text and "/" not in answer.text.replace("404", "")


def test_trouble_is_told_in_the_pages_language(client: TestClient) -> None:
    assert "kan ikkje visast" in client.get(f"{PDF}/side/99/700.jpg?lang=nn").text
    assert "cannot be shown" in client.get(f"{PDF}/side/99/700.jpg?lang=en").text
    assert "kan ikke vises" in client.get(f"{PDF}/side/99/700.jpg?lang=<b>").text


def test_a_part_has_the_marks_of_the_view_and_of_what_is_sought(client: TestClient) -> None:
    start = long_text().text.index("Blåskjær nummer 57 ")
    end = long_text().text.index(".", start) + 1
    [number] = {hit[0] for hit in client.get(f"{LONG}/finn?finn=Blåskjær nummer 57").json()["treff"]}
    view = {"sitat": f"{long_text().id}:{start}-{end}", "kort": f"{start}-{start + 8}", "finn": "favner"}
    reading = Reading(client.get(f"{LONG}/tekst/{number}", params=view).text)
    assert "".join(reading.texts("mark", "kv-her")) == long_text().text[start:end]
    assert reading.texts("mark", "kv-kort") == ["Blåskjær"]
    assert "favner" in reading.texts("mark", "kv-funn")
    assert str(start + long_text().text[start:].index("favner")) in {
        it.get("data-treff") for it in reading.attributes("mark")
    }
    assert reading.attributes("mark", "kv-her")[0]["id"] == "kv-her"


@pytest.mark.parametrize(
    "fields",
    [
        {"sitat": "d0123456789abcdef:1-2"},
        {"sitat": f"{long_text().id}:5-99999999"},
        {"sitat": "<script>"},
        {"kort": "1-2", "andre": "a,b,,<c>"},
        {"andre": ",".join(f"{long_text().id}:{n}-{n + 1}" for n in range(200))},
        {"finn": "(" * 5000},
    ],
)
def test_a_forged_view_is_just_no_view(client: TestClient, fields: dict[str, str]) -> None:
    answer = client.get(f"{LONG}/tekst/0", params=fields)
    assert answer.status_code == 200
    assert Reading(answer.text).attributes("div", "kv-bolk")
    assert "<script" not in answer.text


def test_hostile_text_stays_text_in_parts(client: TestClient) -> None:
    answer = client.get(f"/kildesvar/les/{SCHOOL.id}/tekst/0", params={"finn": "<img"})
    reading = Reading(answer.text)
    assert HOSTILE in reading.all_text
    assert {tag for tag, _, _ in reading.elements} <= {"div", "p", "mark"}


def test_the_outline_leads_to_pages_and_offsets(client: TestClient) -> None:
    reading = Reading(client.get(f"{PDF}/innhold").text)
    assert [it["data-side"] for it in reading.attributes("button")] == [str(number) for number in range(3, 15)]
    for attributes, heading in zip(reading.attributes("button"), HEADINGS, strict=True):
        start = int(attributes["data-fra"])
        assert report().text[start : start + len(heading)] == heading
        assert 0 < float(attributes["data-topp"]) < 100
    assert len(Reading(client.get(f"{LONG}/innhold").text).attributes("button")) == 100


def test_finds_tell_part_offset_and_rectangles(client: TestClient) -> None:
    words = " ".join(OVER_THE_BREAK.split()[10:24])
    found = client.get(f"{PDF}/finn", params={"finn": words.upper()}).json()
    assert found["antall"] == 1
    [[part, start, boxes]] = found["treff"]
    assert report().text[start : start + len(words)] == words and part >= 0
    assert {page for page, *_ in boxes} == {9, 10}
    for _, left, top, width, height in boxes:
        assert 0 < left < left + width < 100 and 0 < top < top + height < 100
    assert client.get(f"{PDF}/finn?finn=").json() == {"antall": 0, "treff": []}


def test_one_client_may_not_fetch_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.web.reading_routes.PIECES_A_MINUTE", 3)
    with TestClient(make_server(FakeAssistant(DOCUMENTS)), base_url="http://127.0.0.1:7860") as client:
        codes = [client.get(f"{PDF}/innhold").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]

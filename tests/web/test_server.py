"""The web server without a browser: what it lets in and what it sends out."""

import re
import socket
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.web.gate import MAX_BODY, is_loopback
from assistant.web.server import make_server, serve
from index.errors import AddressUnavailable, PortInUse
from tests.web.fake import FakeAssistant

HOME = {"host": "127.0.0.1:7860"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(make_server(FakeAssistant()), base_url="http://127.0.0.1:7860") as client:
        yield client


@pytest.fixture(scope="module")
def open_client() -> Iterator[TestClient]:
    """A server that listens on every address."""
    server = make_server(FakeAssistant(), host="0.0.0.0", hosts=["kilder.example"])
    with TestClient(server, base_url="http://127.0.0.1:7860") as client:
        yield client


@pytest.mark.parametrize(("path", "language"), [("/", "nb"), ("/nn/", "nn"), ("/en/", "en")])
def test_the_page_says_its_language_and_lets_only_our_scripts_run(client: TestClient, path: str, language: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    policy = page.headers["content-security-policy"]
    [nonce] = re.findall(r"'nonce-([\w-]+)'", policy)
    scripts = re.findall(r"<script[^>]*>", page.text)
    assert scripts and all(f'nonce="{nonce}"' in script for script in scripts)
    assert nonce not in client.get(path).text, "a nonce is used once"
    assert "default-src 'self'" in policy and "frame-src 'none'" in policy and "http" not in policy
    assert "/kildesvar/page.js" in page.text and "/kildesvar/page.css" in page.text
    assert "og:image" not in page.text


def test_every_answer_has_the_policy(client: TestClient) -> None:
    for path in ("/healthz", "/kildesvar/page.css", "/config", "/no/such/place"):
        headers = client.get(path).headers
        if path != "/no/such/place":
            assert "content-security-policy" in headers, path
            assert headers["x-content-type-options"] == "nosniff"


def test_health_and_own_files(client: TestClient) -> None:
    assert client.get("/healthz").text == "ok"
    assert client.get("/kildesvar/page.css").headers["content-type"].startswith("text/css")
    assert client.get("/kildesvar/page.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/kildesvar/icon.svg").content.startswith(b"<svg")


@pytest.mark.parametrize("host", ["localhost", "localhost:7860", "127.0.0.1:1", "[::1]:7860", "LOCALHOST"])
def test_loopback_names_are_ours(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "192.168.1.5", "", "localhost@evil.example", "a b", "localhost:x"],
)
def test_other_names_are_turned_away(client: TestClient, host: str) -> None:
    refused = client.get("/", headers={"host": host})
    assert refused.status_code == 421
    assert "http://localhost" in refused.text


def test_beyond_loopback_numbers_and_given_names_are_ours(open_client: TestClient) -> None:
    for host in ("192.168.1.5:7860", "[fe80::1]:7860", "kilder.example", "localhost"):
        assert open_client.get("/healthz", headers={"host": host}).status_code == 200
    assert open_client.get("/healthz", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:7860"])
def test_another_origin_is_turned_away_and_may_read_nothing(client: TestClient, origin: str) -> None:
    for answer in (
        client.get("/", headers={"origin": origin}),
        client.post("/gradio_api/queue/join", json={}, headers={"origin": origin}),
        client.options("/", headers={"origin": origin, "access-control-request-method": "POST"}),
    ):
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    assert client.get("/healthz", headers={"origin": "http://127.0.0.1:7860"}).status_code == 200


def test_large_bodies_are_turned_away_also_when_they_hide_their_length(client: TestClient) -> None:
    path = "/gradio_api/queue/join"
    assert client.post(path, content=b"x" * (MAX_BODY + 1)).status_code == 413
    pieces = (b"x" * 65536 for _ in range(8))
    assert client.post(path, content=pieces).status_code == 413
    assert client.post(path, content=b"{}", headers={"content-length": "x"}).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/nn/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://example.org",
        "/gradio_api/runs",
        "/gradio_api/api/ask",
        "/gradio_api/mcp/",
        "/monitoring",
        "/docs",
        "/openapi.json",
        "/xx/",
    ],
)
def test_routes_that_the_page_does_not_need_are_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, content=b"").status_code == 404


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/nn", "/nn/"),
        ("/en?q=a", "/en/?q=a"),
        ("/?lang=nn", "/nn/"),
        ("/?lang=nb", "/"),
        ("/nn/?lang=en&q=hva%20%26", "/en/?q=hva+%26"),
        ("/?sitat=d0123456789abcdef:1-2&lang=nn", "/nn/?sitat=d0123456789abcdef:1-2"),
    ],
)
def test_a_link_may_ask_for_a_language(client: TestClient, path: str, target: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, target)


def test_an_unknown_language_in_a_link_changes_nothing(client: TestClient) -> None:
    assert client.get("/?lang=xx", follow_redirects=False).status_code == 200


def test_no_event_is_offered_as_an_interface(client: TestClient) -> None:
    info = client.get("/gradio_api/info").json()
    assert info == {"named_endpoints": {}, "unnamed_endpoints": {}}


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("0.0.0.0", False), ("kilder", False)],
)
def test_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_a_port_in_use_is_told_with_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse) as caught:
            serve(FakeAssistant(), port=port)
        other = int(caught.value.details["other"])
        assert caught.value.details["port"] == port != other
        with socket.socket() as free:
            free.bind(("127.0.0.1", other))


def test_an_address_that_is_not_ours_is_told() -> None:
    with pytest.raises(AddressUnavailable, match=r"192\.0\.2\.1, port 7860"):
        serve(FakeAssistant(), host="192.0.2.1")

from pathlib import Path

import numpy as np
import pytest

from index.documents.document import Document
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.errors import UnknownDocument
from index.language import Analyser
from index.search import fuse, search
from tests.corpus import make_document

FERRY = make_document("# Ferga\n\nFerga går hver time.\n\nPrisen på ferga er 40 kroner.", file="ferge.txt")
BUS = make_document("# Bussen\n\nBussen går hvert kvarter.\n\nPrisen på bussen er 30 kroner.", file="buss.txt")
ANALYSER = Analyser()


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    opened = EmbeddedEngine.open(tmp_path / "indeks", HashingEncoder())
    opened.add((FERRY, BUS))
    return opened


def test_fusion_adds_z_scores_with_bm25_at_half_weight() -> None:
    # Cosines 0.8, 0.6, 0.4: mean 0.6, deviation sqrt(0.08 / 3) = 0.1633, z = 1.2247, 0, -1.2247.
    # BM25 0, 0, 3: mean 1, deviation sqrt(2) = 1.4142, z = -0.7071, -0.7071, 1.4142.
    fused = fuse(np.array([0.8, 0.6, 0.4], np.float32), np.array([0, 0, 3], np.float32))
    assert fused == pytest.approx([1.2247 - 0.3536, -0.3536, -1.2247 + 0.7071], abs=1e-3)


def test_scores_that_are_all_equal_do_not_matter() -> None:
    assert fuse(np.full(3, 0.5, np.float32), np.zeros(3, np.float32)).tolist() == [0.0, 0.0, 0.0]


def test_the_passage_that_shares_the_question_s_words_comes_first(engine: EmbeddedEngine) -> None:
    hits = search(engine, "Hva er prisen på bussen?", analyser=ANALYSER, k=4)
    assert hits[0].text == "Prisen på bussen er 30 kroner."
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_everyday_words_and_english_ones_find_the_documents_own(engine: EmbeddedEngine) -> None:
    police = make_document("# Vakt\n\nPolitiet kom klokka ni.\n\nSykehuset er stengt om natta.", file="vakt.txt")
    engine.add((police,))
    for asked, found in (
        ("har purken kommet?", "Politiet kom klokka ni."),
        ("Is the hospital closed?", "Sykehuset er stengt om natta."),
    ):
        hits = search(engine, asked, analyser=ANALYSER, k=6)  # the fake encoder knows no meaning: BM25 alone tells
        assert max(hits, key=lambda hit: hit.lexical).text == found


def test_every_hit_is_an_address_in_its_document(engine: EmbeddedEngine) -> None:
    for hit in search(engine, "Når går ferga?", analyser=ANALYSER, k=10):
        assert hit.text == hit.document.text[hit.passage.start : hit.passage.end]
        assert hit.document.id == hit.passage.paragraph.document_id


def test_only_the_chosen_documents_are_searched(engine: EmbeddedEngine) -> None:
    hits = search(engine, "Hva er prisen på bussen?", analyser=ANALYSER, k=10, documents=[FERRY.id])
    assert {hit.document.id for hit in hits} == {FERRY.id}
    assert search(engine, "Hva er prisen?", analyser=ANALYSER, k=10, documents=[]) == ()


def test_a_document_that_is_removed_meanwhile_is_left_out(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = engine.document

    def gone(document_id: str) -> Document:
        if document_id == BUS.id:
            raise UnknownDocument(document=document_id)
        return found(document_id)

    monkeypatch.setattr(engine, "document", gone)
    hits = search(engine, "Hva er prisen på bussen?", analyser=ANALYSER, k=10)
    assert {hit.document.id for hit in hits} == {FERRY.id}
    assert [hit.rank for hit in hits] == [1, 2]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    empty = EmbeddedEngine.open(tmp_path / "tom", HashingEncoder())
    assert search(empty, "Hva er prisen?", analyser=ANALYSER, k=10) == ()

"""What is known of a document is corrected, survives, and reaches both searches; editions are recognised."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.documents.document import Document, Language, Metadata
from index.documents.metadata import corrected, edited, filled, merged
from index.editions import ALIKE, Editions, common, paragraphs_of
from index.engines import Change, SameName
from index.engines.embedded import EmbeddedEngine
from index.errors import DocumentRemoved, DocumentReplaced, UnknownDocument
from tests.index.sample import ANALYSER, CountingEncoder, document_of, opened, sample, text_of

ALFA, BETA = sample("alfa"), sample("beta")


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def engine(tmp_path: Path, encoder: CountingEncoder) -> Iterator[EmbeddedEngine]:
    with opened(tmp_path / "index", encoder) as engine:
        engine.add([ALFA, BETA])
        encoder.encoded.clear()
        yield engine


def found_by(engine: EmbeddedEngine, words: str) -> set[str]:
    found = engine.lexical(ANALYSER.query_terms(words), k=100)
    return {passage.paragraph.document_id for passage in engine.passages([one.key for one in found])}


def edit(engine: EmbeddedEngine, document: Document, **fields: object) -> bool:
    known = engine.document(document.id).source.metadata
    return engine.describe(document.id, edited(known, replace(known, **fields)))  # type: ignore[arg-type]


def given(document: Document, **fields: object) -> Document:
    metadata = merged(Metadata(**fields), document.source.metadata)  # type: ignore[arg-type]
    return replace(document, source=replace(document.source, metadata=metadata))


def assert_sound(engine: EmbeddedEngine, *documents: str) -> None:
    assert engine.verify().problems == ()
    assert [source.id for source in engine.sources()] == list(documents)


def test_a_new_author_is_known_at_once_and_nothing_is_encoded(engine: EmbeddedEngine, encoder: CountingEncoder) -> None:
    assert engine.document(ALFA.id).source.metadata.authors == ()
    assert not edit(engine, ALFA, authors=("Kari Nes",), date="2020")
    assert engine.stale() == ()
    assert engine.document(ALFA.id).source.metadata.authors == ("Kari Nes",)
    assert engine.sources()[0].metadata.date == "2020"
    assert encoder.encoded == []
    assert_sound(engine, ALFA.id, BETA.id)


def test_a_new_title_reaches_both_searches_when_the_document_is_renewed(
    engine: EmbeddedEngine, encoder: CountingEncoder
) -> None:
    query = engine.encode_query("Fagrådets grunnlag")
    before = engine.dense(query, k=1)[0].score
    assert edit(engine, ALFA, title="Fagrådets grunnlag")
    assert engine.stale() == (ALFA.id,)
    assert found_by(engine, "Fagrådets") == set()
    assert_sound(engine, ALFA.id, BETA.id)
    engine.renew(ALFA.id)
    assert engine.stale() == ()
    assert found_by(engine, "Fagrådets") == {ALFA.id}
    assert len(encoder.encoded) == engine.passage_count(ALFA.id)
    assert engine.dense(query, k=1)[0].score > before
    assert engine.document(ALFA.id).text == ALFA.text
    assert_sound(engine, ALFA.id, BETA.id)


def test_a_renewal_that_was_cut_short_is_known_after_a_restart(tmp_path: Path) -> None:
    with opened(tmp_path) as engine:
        engine.add([ALFA])
        edit(engine, ALFA, publisher="Fagrådet")
    with opened(tmp_path) as again:
        assert again.stale() == (ALFA.id,)
        again.renew(ALFA.id)
        assert found_by(again, "Fagrådet") == {ALFA.id}
    with opened(tmp_path) as once_more:
        assert found_by(once_more, "Fagrådet") == {ALFA.id}
        assert_sound(once_more, ALFA.id)


def test_an_open_engine_follows_what_another_one_describes_and_renews(tmp_path: Path) -> None:
    with opened(tmp_path) as one, opened(tmp_path) as other:
        one.add([ALFA, BETA])
        assert other.document(ALFA.id).source.metadata.title is None
        edit(one, ALFA, title="Fagrådets grunnlag")
        assert other.document(ALFA.id).source.metadata.title == "Fagrådets grunnlag"
        one.renew(ALFA.id)
        assert found_by(other, "Fagrådets") == {ALFA.id}
        assert_sound(other, ALFA.id, BETA.id)


def test_what_a_person_said_survives_the_same_file(engine: EmbeddedEngine) -> None:
    edit(engine, ALFA, title="Min tittel", language=None)
    engine.renew(ALFA.id)
    (again,) = engine.add([ALFA])
    assert again.change is Change.UNCHANGED
    metadata = engine.document(ALFA.id).source.metadata
    assert (metadata.title, metadata.language) == ("Min tittel", None), "emptied stays empty"


def test_the_same_bytes_with_corrected_metadata_are_an_update(engine: EmbeddedEngine) -> None:
    (updated,) = engine.add([given(ALFA, title="Rett tittel", publisher="Fagrådet")])
    assert (updated.change, updated.source.name) == (Change.UPDATED, "Rett tittel")
    assert found_by(engine, "Fagrådet") == {ALFA.id}
    assert engine.stale() == ()
    (again,) = engine.add([given(ALFA, title="Rett tittel", publisher="Fagrådet")])
    assert again.change is Change.UNCHANGED
    (plain,) = engine.add([ALFA])
    assert plain.change is Change.UNCHANGED, "a file that says less takes nothing away"
    assert engine.document(ALFA.id).source.metadata.publisher == "Fagrådet"
    assert_sound(engine, ALFA.id, BETA.id)


def test_an_index_of_another_version_opens_with_fields_missing_or_unknown(tmp_path: Path) -> None:
    with opened(tmp_path) as engine:
        engine.add([given(ALFA, title="Havneplan", url="https://www.example.org/plan")])
        assert engine.sources()[0].metadata.url == "https://www.example.org/plan"
        for change in ("json_remove(metadata, '$.url')", "json_set(metadata, '$.isbn', '82-0')"):
            with engine._store.locked(), engine._store.transaction() as writing:
                writing._connection.execute(f"UPDATE documents SET metadata = {change}")
                writing.commit_generation()
    with opened(tmp_path) as engine:
        assert (engine.sources()[0].metadata.title, engine.sources()[0].metadata.url) == ("Havneplan", None)
        assert engine.document(ALFA.id).text == ALFA.text


def test_an_index_of_old_that_does_not_know_who_said_what_loses_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as engine:
        engine.add([given(ALFA, title="Fra et manifest")])
        with engine._store.locked(), engine._store.transaction() as writing:
            writing._connection.execute("UPDATE documents SET metadata = json_remove(metadata, '$.given')")
            writing.commit_generation()
        assert engine.sources()[0].metadata.given == {"title", "language"}
        assert [one.change for one in engine.add([ALFA])] == [Change.UNCHANGED]
        assert engine.sources()[0].metadata.title == "Fra et manifest"


def test_who_wins() -> None:
    said = Metadata(title="Fila", date="2020", language=Language.BOKMAAL)
    listed = merged(Metadata(title="Manifestet"), said)
    assert (listed.title, listed.date, listed.given) == ("Manifestet", "2020", frozenset({"title"}))
    mine = edited(listed, replace(listed, title="Mitt", date=None))
    assert mine.given == {"title", "date"}
    assert corrected(mine, said) == mine
    assert corrected(mine, merged(Metadata(title="Nytt manifest"), said)).title == "Nytt manifest"
    assert corrected(said, replace(said, title="Bedre lest")).title == "Bedre lest"
    assert filled(said) == {"title", "date", "language"}


def test_both_of_one_name_can_be_kept(engine: EmbeddedEngine) -> None:
    other = sample("alfa", 1)
    (added,) = engine.add([other], same_name=SameName.KEEP_BOTH)
    assert (added.change, added.source.file) == (Change.ADDED, "alfa (2).txt")
    (third,) = engine.add([sample("alfa", 2)], same_name=SameName.KEEP_BOTH)
    assert third.source.file == "alfa (3).txt"
    assert_sound(engine, ALFA.id, BETA.id, other.id, third.source.id)


def test_a_new_edition_takes_place_and_name_and_the_old_links_know(engine: EmbeddedEngine) -> None:
    (added,) = engine.add([sample("alfa", 1)], same_name=SameName.KEEP_BOTH)
    engine.supersede(ALFA.id, by=added.source.id, file="alfa.txt")
    assert [source.file for source in engine.sources()] == ["beta.txt", "alfa.txt"]
    with pytest.raises(DocumentReplaced) as caught:
        engine.document(ALFA.id)
    assert caught.value.details["successor"] == added.source.id
    engine.remove(BETA.id)
    with pytest.raises(DocumentRemoved):
        engine.document(BETA.id)
    with pytest.raises(UnknownDocument) as never:
        engine.document("d0123456789abcdef")
    assert type(never.value) is UnknownDocument
    engine.add([BETA])
    assert engine.document(BETA.id) == BETA
    with pytest.raises(UnknownDocument):
        engine.supersede("d0123456789abcdef", by=BETA.id, file="beta.txt")
    assert_sound(engine, added.source.id, BETA.id)


def test_common_text_is_the_share_of_both_texts_letters() -> None:
    shared, one, other = "a" * 300, "b" * 100, "c" * 300
    left, right = paragraphs_of(f"{shared}\n\n{one}\n\nkort"), paragraphs_of(f"{shared.upper()}.\n\n{other}")
    # 300 of 400 letters here and 300 of 600 there: 2 * 300 / (400 + 600). "kort" is too short to count.
    assert common(left, right) == pytest.approx(0.6)
    assert common(left, left) == 1.0
    assert common({}, {}) == 0.0


def test_a_new_edition_is_told_from_another_document(engine: EmbeddedEngine) -> None:
    paragraphs = text_of("alfa", 0).split("\n\n")
    half = [text if number % 2 else text.replace("mener", "krever") for number, text in enumerate(paragraphs)]
    edition = document_of("ny.txt", "\n\n".join([*half, "Et helt nytt avsnitt som ikke sto i den forrige utgaven."]))
    kin = Editions(engine.document).kin(edition, engine.sources())
    assert kin is not None and kin.source.id == ALFA.id
    assert ALIKE < kin.common < 0.6
    assert Editions(engine.document).kin(sample("gamma"), engine.sources()) is None
    assert Editions(engine.document).kin(ALFA, engine.sources()) is None, "a document is no edition of itself"

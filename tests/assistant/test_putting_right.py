import pytest

from assistant.interjections import without_interjection
from assistant.putting_right import put_right


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Nei, jeg mente kommunen", "Hva med kommunen?"),
        ("Nei, eg meinte i fjor.", "Kva med i fjor?"),
        ("No, I meant the harbour", "What about the harbour?"),
        ("Jeg tenkte på Høyre", "Hva med Høyre?"),
        ("Nei, eg meinte kva det kostar", "Kva det kostar?"),
        ("I meant who paid for it?", "Who paid for it?"),
        ("Jeg mente: er badet stengt?", "Er badet stengt?"),
        ("Ikke det, men hvem betalte?", "Men hvem betalte?"),
        ("Ikkje den, men badet", "Men badet"),
        ("Not that, but the cost?", "But the cost?"),
    ],
)
def test_what_was_meant_is_asked(question: str, meant: str) -> None:
    assert put_right(without_interjection(question)) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Jeg mente at det var dyrt",
        "Ikke det?",
        "Hva mente jeg med det?",
        "Jeg mente den rapporten som kom etter at havna ble stengt",
    ],
)
def test_what_puts_nothing_right_is_left(question: str) -> None:
    assert put_right(question) == question

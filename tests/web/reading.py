"""What a browser would make of a piece of HTML: for tests that need no browser."""

from html.parser import HTMLParser

VOID = {"br", "img", "input", "meta", "link"}


class Reading(HTMLParser):
    """Elements in their order, each with its attributes and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.text: list[str] = []
        self._open: list[int] = []
        self.feed(html)
        self.close()
        assert not self._open, "an element was left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag == "br":
            self.handle_data("\n")
        if tag not in VOID:
            self._open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self._open.pop()][0] == tag, f"{tag} closes something else"

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        for index in self._open:
            self.elements[index][2].append(data)

    def texts(self, tag: str, style: str = "") -> list[str]:
        """The text of each element of this tag and class."""
        return ["".join(text) for name, attrs, text in self.elements if name == tag and _has(attrs, style)]

    def attributes(self, tag: str, style: str = "") -> list[dict[str, str]]:
        """The attributes of each element of this tag and class."""
        return [attrs for name, attrs, _ in self.elements if name == tag and _has(attrs, style)]

    @property
    def all_text(self) -> str:
        """All text, in order."""
        return "".join(self.text)


def _has(attrs: dict[str, str], style: str) -> bool:
    return not style or style in attrs.get("class", "").split()

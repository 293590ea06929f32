"""References to documents, for lists of references and for reference managers.

Reading order: ``names`` (people and organisations), ``series`` (NOU, Meld. St., Prop., Innst., laws), ``work`` (a
document as a work), ``apa`` (norsk APA 7), ``bibtex``, ``ris``, ``csl``.
"""

from enum import StrEnum

from assistant.references.apa import reference
from assistant.references.bibtex import to_bibtex
from assistant.references.csl import to_csl
from assistant.references.rich import to_text
from assistant.references.ris import to_ris
from assistant.references.work import Work
from index.documents.document import Language


class Style(StrEnum):
    """How a reference is written."""

    APA = "apa"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"

    @property
    def ending(self) -> str:
        """Of a file that holds it."""
        return {"apa": ".txt", "bibtex": ".bib", "ris": ".ris", "csl": ".json"}[self.value]


def cite(work: Work, style: Style, language: Language) -> str:
    """The reference as text; ``language`` is that of norsk APA's own words ("u.å.", months)."""
    match style:
        case Style.APA:
            return to_text(reference(work, language)) + "\n"
        case Style.BIBTEX:
            return to_bibtex(work)
        case Style.RIS:
            return to_ris(work)
        case Style.CSL:
            return to_csl(work)

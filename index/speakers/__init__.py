"""Who says it? Every sentence's speaker: a person, a body, the interviewer, or (None) the document's own voice.

Rules over words and punctuation, general for Norwegian and for English: a speaker named after the speech ("…, sier
Gran") or before what is reported ("Han mener …", "Ifølge politiet …"), dashes and quotation marks, questions and their
answers, labels of transcripts. ``words`` holds all that is known of the language, ``people`` who is named in a
document, ``attribution`` where a sentence names its speaker, ``subjects`` whom those words mean, ``turns`` transcripts,
and ``voices`` walks through a document. Told from a document when it is asked for, and not stored: a page of text
takes about a millisecond.
"""

from index.speakers.speaker import Speaker, SpeakerKind
from index.speakers.voices import Voices

__all__ = ["SpeakerKind", "Speaker", "Voices"]

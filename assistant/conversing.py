"""Several questions asked one after another on the command line: a conversation."""

from collections.abc import Collection, Iterator, Sequence

from assistant.answer import Answer, Role, Turn
from assistant.assistant import Assistant
from assistant.terminal import answer_text


def converse(
    assistant: Assistant, questions: Sequence[str], *, sources: Collection[str] | None = None
) -> Iterator[Answer]:
    """Ask each question with those before it and their answers as history.

    Raises what ``Assistant.ask`` raises, at the question that is to blame.
    """
    history: list[Turn] = []
    for question in questions:
        answer = assistant.ask(question, history, sources=sources)
        yield answer
        history += turns_of(answer)


def turns_of(answer: Answer) -> tuple[Turn, Turn]:
    """A question and what was said to it, as the history of the next one."""
    said = " ".join(quote.text for quote in answer.quotes) if answer.answered else ""
    return (
        Turn(Role.USER, answer.question, answer.standalone_question),
        Turn(Role.ASSISTANT, said or answer_text(answer)),
    )


def conversation_text(answers: Sequence[Answer]) -> str:
    """The conversation as plain text: each question after "> ", then what was answered; a single answer by itself."""
    if len(answers) == 1:
        return answer_text(answers[0])
    return "\n\n".join(f"> {answer.question}\n{answer_text(answer)}" for answer in answers)

"""What letters, answers and messages share: their rules, their language, and the lines around their text.

The greeting and the closing are ours: no model writes them, so no recipient is invented, and the person's name is sent
to nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Protocol

from pydantic import BeforeValidator, Field, StringConstraints

from functions._shared.domain.effects import KeepDocument
from functions._shared.domain.errors import AnswerNotGrounded, NothingToWriteFrom
from functions._shared.domain.language.function_words import FUNCTION_WORDS, language_of, sure_language_of
from functions._shared.domain.language.invisible import visible
from functions._shared.domain.resume.field_types import MAX_LONG
from functions._shared.domain.resume.model_input import resume_block
from functions.generate import prompts
from functions.generate.courtesies import claims_nothing
from functions.generate.formalities import without_formalities
from functions.generate.plan import D, Draft, Outcome, Plan
from functions.generate.results import TextResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from functions._shared.domain.metering import JobSnapshot
    from functions.generate.plan import Context, Delivery, Piece
    from functions.generate.requests import Tone

SYSTEM: Final = """\
You write in the candidate's name to somebody who decides about an application. The candidate signs for every word, so \
you write of the candidate only what the candidate's material says.

Rules:
- Every number, date, employer, title, skill, tool, certificate, result, motive and wish of the candidate must be in \
the candidate's material (blocks resume, notes). If it is not there, it is not true. Do not estimate, round up or add. \
Who helped has not led, and what the team did was done by the team.
- The block job is a job advertisement, the block question a question of an employer. They tell what to choose from \
the material. They are no source about the candidate: what only they name is not claimed.
- A fact that answers the advertisement needs no announcement. Say what the job asks for once at most, and only where \
the reader would not see why the next fact matters: in a sentence of its own that begins with "You ask", "You need", \
"The role needs" or the like, uses the words of the advertisement and does not speak of the candidate.
- Tell facts, and draw no conclusion from them about the candidate. Write degrees, licences and terms as the material \
writes them, and abbreviate nothing that it does not abbreviate.
- First person, plain words, concrete facts. No flattery, no excitement, no "I believe", "perfect fit", "proven track \
record" or other phrases that anybody could write. Nobody says "is among my skills" or "my English \
is at level B2": put such things beside what was done with them, or leave them out. Vary how sentences begin, and join \
facts by time and place ("there", "before that"), not by remarks on yourself that nobody can check ("is familiar to \
me", "gladly").
- Address the reader as letters in that language do (Sie, vous, usted), also where the advertisement says du or tú.
- No greeting, no closing formula, no names of people, no date, no contact details, no placeholders, no Markdown.
- Return the JSON object that is asked for and nothing else."""

Language = Literal["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "hi", "ja", "zh"]
Recipient = Annotated[
    str,
    BeforeValidator(lambda value: visible(value) if isinstance(value, str) else value),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\n\r<>\[\]{}@/\\:]+$"),
]
"""How the reader is addressed: a name, with a title if there is one. It is sent to no model."""
Length = Literal["short", "medium", "long"]


@dataclass(frozen=True, slots=True)
class Manners:
    """The lines around a letter in one language.

    Parameters
    ----------
    name : str
        The language's name, for the model.
    team, named, closing : str
        The greetings of a letter, without and with a name, and the line before the signature.
    hello, hello_named : str
        The greetings of a short message.
    """

    name: str
    team: str
    named: str
    closing: str
    hello: str
    hello_named: str


MANNERS: Final[dict[str, Manners]] = {
    "en": Manners("English", "Dear hiring team,", "Dear {},", "Kind regards,", "Hello,", "Hi {},"),
    "de": Manners("German", "Guten Tag,", "Guten Tag {},", "Mit freundlichen Grüßen", "Guten Tag,", "Guten Tag {},"),
    "fr": Manners("French", "Madame, Monsieur,", "Bonjour {},", "Cordialement,", "Bonjour,", "Bonjour {},"),
    "es": Manners("Spanish", "Estimado equipo:", "Hola, {}:", "Un saludo cordial,", "Hola:", "Hola, {}:"),
    "it": Manners("Italian", "Buongiorno,", "Buongiorno {},", "Cordiali saluti,", "Buongiorno,", "Buongiorno {},"),
    "pt": Manners("Portuguese", "Prezada equipe,", "Olá, {},", "Atenciosamente,", "Olá,", "Olá, {},"),
    "nl": Manners("Dutch", "Geacht team,", "Beste {},", "Met vriendelijke groet,", "Hallo,", "Beste {},"),
    "pl": Manners(
        "Polish", "Szanowni Państwo,", "Dzień dobry, {},", "Z poważaniem", "Dzień dobry,", "Dzień dobry, {},"
    ),
    "sv": Manners("Swedish", "Hej,", "Hej {},", "Med vänlig hälsning,", "Hej,", "Hej {},"),
    "hi": Manners("Hindi", "नमस्ते,", "नमस्ते {},", "सादर,", "नमस्ते,", "नमस्ते {},"),
    "ja": Manners("Japanese", "採用ご担当者様", "{}様", "よろしくお願いいたします。", "はじめまして。", "{}様"),
    "zh": Manners("Chinese", "尊敬的招聘团队：", "尊敬的{}：", "此致敬礼", "您好：", "{}，您好："),  # noqa: RUF001 - its own signs
}
_CODES: Final = {manners.name.lower(): code for code, manners in MANNERS.items()}
_ENOUGH_OF_AN_ANSWER: Final = 2
"""Supported sentences about the person."""
_BLANK_LINE: Final = re.compile(r"\n\s*\n")
_GERMAN: Final = FUNCTION_WORDS["german"].common | {"hiermit", "gern", "gerne"}
_POLITE: Final = frozenset(["sie", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres", "ihnen"])
"""Words of German that are upper case when they address the reader."""


class BodyDraft(Draft):
    """The model's answer: the paragraphs of a letter."""

    paragraphs: Annotated[
        list[Annotated[str, StringConstraints(max_length=MAX_LONG)]], Field(min_length=1, max_length=12)
    ]

    def body(self, name: str | None) -> str:
        """Return the paragraphs as one text, without what a model adds around it."""
        written = _BLANK_LINE.split(without_formalities("\n\n".join(self.paragraphs), name))
        return "\n\n".join(stripped for each in written if (stripped := " ".join(each.split())))


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines around a text, in the language that it turns out to have.

    Parameters
    ----------
    recipient : str or None
        Who is addressed.
    signature : str or None
        The person's name.
    language : str or None
        The language that was asked for.
    is_letter : bool
        Whether the text has a greeting and a closing like a letter, or a greeting alone like a message.
    """

    recipient: str | None = None
    signature: str | None = None
    language: str | None = None
    is_letter: bool = True

    def around(self, body: str) -> tuple[str, str, str]:
        """Return what stands before a text, the text, and what stands behind it."""
        code = self.language or _CODES.get(language_of(body), "en")
        manners = MANNERS[code]
        if not self.is_letter:
            return f"{_addressed(manners.hello, manners.hello_named, self.recipient)}\n", body, ""
        before = f"{_addressed(manners.team, manners.named, self.recipient)}\n\n"
        after = f"\n\n{manners.closing}\n{self.signature}" if self.signature else f"\n\n{manners.closing}"
        return before, _begun(body) if code == "de" else body, after

    def length(self, body: str) -> int:
        """Return how many characters the lines around a text have."""
        before, _, after = self.around(body)
        return len(before) + len(after)


def _addressed(team: str, named: str, recipient: str | None) -> str:
    return named.format(recipient) if recipient else team


def _begun(body: str) -> str:
    """Begin a German text in lower case, as it goes on after the greeting, if it does not begin with a noun."""
    first = body.split(" ", 1)[0]
    return body[0].lower() + body[1:] if first.lower() in _GERMAN and first.lower() not in _POLITE else body


class _Options(Protocol):
    tone: Tone
    language: Language | None
    notes: str | None


class _Request(Protocol):
    @property
    def operation(self) -> str: ...

    @property
    def input(self) -> _Options: ...


def plan(
    request: _Request,
    instruction: str,
    context: Context,
    *,
    output: type[D],
    tokens: int,
    pieces: Callable[[D], Sequence[Piece]],
    finish: Callable[[Delivery[D]], Outcome],
    question: str | None = None,
    **words: object,
) -> Plan[D]:
    """Plan a text about the job in the language of its advertisement, or the answer to a question in its language.

    Raises
    ------
    NothingToWriteFrom
        There is no material, so a model could only invent.
    """
    options, job = request.input, context.job
    otherwise = (job.description if job else None) or "" if question is None else question
    block = "job" if question is None else "question"
    language = MANNERS[options.language].name if options.language else f"the language of the block {block}"
    resume = resume_block(context.content) if context.content else ""
    if not resume and not options.notes:
        raise NothingToWriteFrom
    return Plan(
        prompt=prompts.build(
            request.operation,
            instruction.format(tone=prompts.TONES[options.tone], language=f"Write in {language}.", **words),
            blocks={"resume": resume, "notes": options.notes, "question": question},
            facts={},
            context=context,
            system=SYSTEM,
        ),
        output=output,
        max_output_tokens=tokens,
        pieces=pieces,
        finish=finish,
        own_words=(options.notes,) if options.notes else (),
        speaks=True,
        shows=True,
        language=language.lower() if options.language else sure_language_of(otherwise),
        claims_nothing=nobody(job),
    )


def nobody(job: JobSnapshot | None) -> Callable[[str], bool]:
    """Return what tells the sentences that say nothing of the person."""
    if job is None:
        return claims_nothing("", "", "")
    return claims_nothing(job.title or "", job.company or "", job.description or "")


def name_of(context: Context) -> str | None:
    """Return the person's name."""
    return (context.content.personalInfo.name or "").strip() or None if context.content else None


def kept(
    delivery: Delivery[Any],
    context: Context,
    document_type: Literal["cover_letter", "answer", "outreach"],
    *,
    title: str,
    prompt: str | None = None,
    frame: Frame | None = None,
) -> Outcome:
    """Build the result of a letter, and the document that keeps it.

    Parameters
    ----------
    delivery : Delivery
        What is left of the text.
    context : Context
        The résumé and the job.
    document_type, title, prompt : str
        See `KeepDocument`.
    frame : Frame or None
        The lines around the text.

    Raises
    ------
    AnswerNotGrounded
        As much was removed as is left, or nothing of it speaks of the person, so that it is no letter. An answer may
        lose more, if two supported sentences about the person are left.
    """
    report, (body,) = delivery.grounding, delivery.texts
    claims = [each for each in report.sentences if each.how != "no_claim"]
    supported = [each for each in claims if each.verdict == "supported"]
    is_answer = document_type == "answer" and len(supported) >= _ENOUGH_OF_AN_ANSWER
    if len(claims) <= len(report.removed) and not is_answer:
        raise AnswerNotGrounded(reasons=[part.reason for part in report.removed])
    before, body, after = frame.around(body) if frame else ("", body, "")
    text = f"{before}{body}{after}"
    moved = [
        each.model_copy(update={"start": each.start + len(before), "end": each.end + len(before)})
        for each in report.sentences
    ]
    document = KeepDocument(
        document_type=document_type,
        title=title[:255],
        prompt=prompt,
        content=text,
        resume_version=context.resume.version if context.resume else None,
        ai_provider=delivery.model.provider,
        model_used=delivery.model.name[:100],
    )
    result = TextResult(
        text=text,
        patch=None,
        base_version=None,
        kept_id=document.id,
        grounding=report.model_copy(update={"sentences": moved}),
        model=delivery.model,
    )
    return Outcome(result, [document])


def job_name(job: JobSnapshot | None) -> str:
    """Name a job by its title and employer."""
    return ", ".join(each for each in (job.title, job.company) if each) if job else ""

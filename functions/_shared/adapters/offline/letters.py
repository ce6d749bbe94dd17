"""Writes letters and answers in the first person, based on the résumé and the user's notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.adapters.offline.achievements import achievements
from functions._shared.adapters.offline.refusal import refuse
from functions._shared.adapters.offline.summary import listing, opening
from functions._shared.adapters.offline.wording import lower_first, tidy
from functions._shared.domain.grounding.terms import technical_terms
from functions._shared.domain.language.injection import gives_orders
from functions._shared.domain.language.words import Phrases, folded_words, sentences, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.adapters.offline.achievements import Achievement
    from functions._shared.adapters.offline.brief import Brief

_GENDERS: Final = re.compile(r"\((?:[mfwdx]\s*[/|,]\s*){1,3}[mfwdx]\)", re.IGNORECASE)
"""The "(m/f/d)" of job titles."""
_LONGEST_NAME: Final = 120
_MATCHING_SKILLS: Final = 5


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_INVITES_TO_TELL: Final = _stems("""
    experience achievement accomplishment example strength yourself background proud qualify qualified contribution
    impact career challenge success
""")
"""Words in questions that any achievement answers."""
_OF_QUESTIONS: Final = _stems("""
    what which when where why how who your you have has had with the and for are did does will would could tell describe
    about time this that our work worked role job company team years many any from into please want give use used is in
    a an of to do at on be been we us i me it as or if can
""")


def cover_letter(brief: Brief) -> str:
    """Write a cover letter for the job.

    Raises
    ------
    ModelRefused
        Neither the résumé nor the notes have anything to apply with.
    """
    deeds = list(_deeds(achievements(brief)[:3]))
    introduction = _introduction(brief)
    if not (introduction or deeds or brief.notes):
        refuse("There is no experience, education or skill to apply with.")
    title, company = _name(brief.job_title), _name(brief.company)
    at = f" at {company}" if company else ""
    position = f"the {title} position" if title else "a position"
    paragraphs = [
        f"Dear {company} Team," if company else "Dear Hiring Team,",
        " ".join(part for part in (f"I am applying for {position}{at}.", introduction) if part),
        " ".join(deeds),
        " ".join(part for part in (_match(brief), *_own_words(brief)) if part),
        "I would be glad to tell you more in a conversation.",
        _signature(brief),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def outreach(brief: Brief) -> str:
    """Write a short message to somebody at the company.

    Raises
    ------
    ModelRefused
        As for `cover_letter`.
    """
    introduction = _introduction(brief)
    deeds = list(_deeds(achievements(brief)[:1]))
    if not (introduction or deeds or brief.notes):
        refuse("There is no experience, education or skill to introduce you with.")
    title, company = _name(brief.job_title), _name(brief.company)
    recipient = _name(str(brief.facts.get("recipient") or ""))
    role = f"the {title} role" if title else "your open roles"
    body = [
        f"I am interested in {role}{f' at {company}' if company else ''}.",
        introduction,
        *deeds,
        *_own_words(brief),
        "Would you be open to a short conversation?",
    ]
    parts = [
        f"Hello {recipient}," if recipient else "Hello,",
        " ".join(part for part in body if part),
        _signature(brief),
    ]
    return "\n\n".join(part for part in parts if part)


def answer(brief: Brief) -> str:
    """Answer a question of an application form.

    Raises
    ------
    ModelRefused
        Nothing in the résumé or the notes relates to the question.
    """
    question = str(brief.facts.get("question") or brief.text)
    asked = {stem(word) for word in folded_words(question)} - _OF_QUESTIONS
    own = _own_words(brief)
    deeds = achievements(brief)
    fitting = [deed for deed in deeds if (asked - _INVITES_TO_TELL) & {stem(word) for word in folded_words(deed.text)}]
    about_a_tool = bool(technical_terms(question))
    if not fitting and not own and asked & _INVITES_TO_TELL and not about_a_tool:
        fitting = deeds
    told = [*own, *_deeds(fitting[:2])]
    if not told:
        refuse("Neither the résumé nor the notes say anything about this question.")
    return " ".join(told)


def _introduction(brief: Brief) -> str:
    first = opening(brief)
    if not first or first.startswith("Skilled in"):
        return first.replace("Skilled in", "I am skilled in", 1)
    article = "an" if first[0] in "AEIOUÄÖÜÉaeiou" else "a"
    return f"I am {article} {first}"


def _deeds(found: Iterable[Achievement]) -> Iterable[str]:
    """Phrase achievements as "At Acme, I led …", naming each employer once."""
    named = ""
    links = iter(("I also", "In addition, I", "I also", "Besides, I"))
    for achievement in found:
        company = tidy(achievement.job.company or "") if achievement.job else ""
        deed = lower_first(achievement.text)
        if company and company != named and not gives_orders(company):
            yield f"At {company}, I {deed}."
        else:
            yield f"{next(links, 'I') if named else 'I'} {deed}."
        named = company or named


def _match(brief: Brief) -> str:
    wanted = Phrases(brief.job_description)
    matching = [name for name in brief.skills() if wanted.has(name)][:_MATCHING_SKILLS]
    if not matching:
        return ""
    return f"You ask for {listing(matching)}: {'all of these are' if len(matching) > 1 else 'this is'} part of my work."


def _own_words(brief: Brief) -> list[str]:
    told = [tidy(line) for line in sentences(brief.notes) if not gives_orders(line)]
    return [line if line[-1:] in {".", "!", "?"} else f"{line}." for line in told if line]


def _signature(brief: Brief) -> str:
    name = _name(brief.content.personalInfo.name or "")
    return f"Kind regards,\n{name}" if name else "Kind regards"


def _name(text: str) -> str:
    """Return a name that fits into a sentence; empty if the text is not a name."""
    line = tidy(_GENDERS.sub("", text.replace("\n", " ")))
    return "" if len(line) > _LONGEST_NAME or gives_orders(line) else line.rstrip(".,")

"""Follow-up questions by rules: an interviewer asks again where an answer left something out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions.interview.personal import Asked

if TYPE_CHECKING:
    from functions._shared.domain.interviews import Interview
    from functions.interview.bank import Kind
    from functions.interview.findings import Examined

_TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "evasive": (
        "Let me ask it differently: what is the last thing that happened to you that comes close to it?",
        "Take a small case, even from your studies or from private life. What happened, and what did you do?",
    ),
    "only_we": (
        "You say “we”. Which part of that was yours, and what would not have happened without you?",
        "Who did what? I would like to hear about your own part.",
    ),
    "no_own_part": ("And you, what did you do yourself, step by step?",),
    "no_result": (
        "What came of it in the end, and how did you know?",
        "And what was different afterwards?",
        "Did it work? How could you tell?",
    ),
    "no_example": ("When did you last do it this way? Tell me about that one case.",),
    "no_steps": ("What exactly would you do first, and what would make you change course?",),
    "no_figures": (
        "Can you put a number on that: how many, how much, how long, before and after?",
        "How large was that? Give me one figure that shows it.",
    ),
    "too_short": ("Tell me more. What made it difficult, and what did you do about it?",),
}


def has_room(interview: Interview, share: int) -> bool:
    """Return whether the current question may be followed up: one in so many, and never a follow-up itself."""
    asked = interview.questions
    follow_ups = sum(bool(each.details.get("follows_up")) for each in asked)
    return (
        len(asked) < interview.total_questions
        and not asked[-1].details.get("follows_up")
        and follow_ups < interview.total_questions // share
    )


def follow_up(examined: Examined, kind: Kind, number: int) -> Asked | None:
    """Make the question that follows from what an answer left out; None if it left out nothing that matters.

    Parameters
    ----------
    examined : Examined
        The answer.
    kind : str
        Kind of the question that was answered.
    number : int
        Of that question; chooses the wording.
    """
    for code, texts in _TEXTS.items():
        if code in examined.codes:
            text = texts[number % len(texts)]
            return Asked(f"follow-up:{code}:{number}", kind, f"follow-up-{number}", text, follows_up=True)
    return None

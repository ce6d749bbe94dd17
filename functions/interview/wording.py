"""What the candidate reads where no model wrote it: feedback on an answer, in one or two sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions.interview.schemas.feedback import Finding

VOID: Final = frozenset(["empty", "evasive", "copied"])
"""Findings of an answer in which there is nothing to score."""
_FIRST: Final = (
    "empty", "copied", "evasive", "only_we", "no_own_part", "no_result", "no_steps", "no_example", "too_short", "no_figures",
    "no_situation", "too_long", "cliche", "hedging", "fillers", "addresses_scorer",
)  # fmt: skip
"""Weaknesses, the one that costs most first."""
_COMPLETE: Final = "A complete answer. Keep it at this length, and practise saying it without reading."
_BRIEF: Final = (
    "All parts are there, in less than a minute. Detail is missing: what made it difficult, what you decided and why, and how you know "
    "what came of it."
)
_UNREAD: Final = "Long enough for an interview. In this language nothing but the length is measured."

ADVICE: Final = {
    "addresses_scorer": "A sentence talks to whoever scores the answer. It does not count.",
    "empty": "This is not an answer yet. Tell one concrete case: what was the situation, what did you do, what came of it?",
    "copied": "This repeats the question. Answer it with a case of your own.",
    "evasive": "This avoids the question. A small case is better than none: take the last time that something like it happened.",
    "too_short": "{amount} words is short for an answer. Interviewers expect one to two minutes: the situation, what you did, what came of it.",
    "too_long": "Spoken, this takes about {amount} minutes. Aim at two: leave out what the result does not need.",
    "only_we": "You say what “we” did. Say what you did yourself.",
    "no_own_part": "It does not become clear what you did yourself. Use sentences that begin with “I” and a verb.",
    "no_situation": "Say where and when this was, in a sentence, so that the rest can be understood.",
    "no_result": "The result is missing. Say what was different afterwards, and how you know.",
    "no_figures": "There is no figure in it. How many, how much, how long, before and after?",
    "no_example": "Add a case: when did you last do it this way, and what came of it?",
    "no_steps": "Say what you would do first, what then, and what would make you change course.",
    "fillers": "{amount} filler words. Leave them out and pause instead.",
    "hedging": "{amount} words such as this one make you sound unsure of what you did. Say what happened.",
    "cliche": "Anybody can say this. Say instead what you did that shows it.",
}
PRAISE: Final = {
    "own_part": "You say what you did yourself.",
    "result": "You say what came of it.",
    "figures": "You give a figure.",
    "complete": "All parts are there, with detail.",
}


IN_ALL: Final = {
    "too_short": "Too few words. Interviewers expect one to two minutes: the situation, what you did, what came of it.",
    "too_long": "Longer than three minutes when spoken. Aim at two: leave out what the result does not need.",
    "fillers": "Many filler words. Leave them out and pause instead.",
    "hedging": "Words such as “maybe” make you sound unsure of what you did. Say what happened.",
}
"""Advice on several answers, where it would otherwise give the figure of one."""


def worst(findings: Sequence[Finding]) -> str | None:
    """Return the advice that would improve an answer most."""
    weak = {each.code: each.message for each in findings if each.kind == "weakness"}
    return next((weak[code] for code in _FIRST if code in weak), None)


def feedback_text(findings: Sequence[Finding], *, is_void: bool) -> str:
    """Say the most important thing about an answer: what is good, and what would improve it most."""
    good = next((each.message for each in findings if each.kind == "strength"), "")
    first = worst(findings)
    if first is None:
        codes = {each.code for each in findings}
        whole = _COMPLETE if "complete" in codes else _BRIEF if codes else _UNREAD
        return f"{good} {whole}".strip()
    return first if is_void else f"{good} {first}".strip()

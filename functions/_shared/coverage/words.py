"""What is said about a requirement: why its verdict is what it is, and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.coverage import degrees

if TYPE_CHECKING:
    from functions._shared.coverage.asked import Finding, Option, Requirement

RANKS: Final = ("A1", "A2", "B1", "B2", "C1", "C2")
_REASONS: Final = {
    "found": "The résumé says so in the words of the posting.",
    "variant": "The résumé says so in other words.",
    "missing": "The résumé does not mention it.",
    "unknown": "The résumé does not say enough to tell.",
}


def reason(finding: Finding) -> str:
    """Say why a verdict is what it is."""
    return finding.note or _REASONS[finding.verdict]


def minimum(asked: Requirement) -> float | str | None:
    """Return the least that is asked for: years, or the name of a level."""
    if asked.minimum is None or asked.kind == "years":
        return asked.minimum
    names = degrees.LEVELS if asked.kind == "degree" else ("", *RANKS)
    return names[int(asked.minimum)]


def next_step(asked: Requirement, finding: Finding) -> str:
    """Say what to do about a requirement."""
    wanted = " or ".join(option.text for option in asked.options) or "this"
    if finding.verdict == "found" and asked.kind == "skill" and _is_only_listed(finding):
        return "If no bullet shows where you used it, add one: only the list of skills names it by this word."
    if finding.verdict == "found":
        return "Nothing to do."
    if finding.verdict == "variant" and asked.kind in _HELD:
        return _HELD[asked.kind]
    if finding.verdict == "variant":
        return f"Write “{finding.option or wanted}” as the posting does, beside your own words, if it is the same."
    if asked.kind == "language" and finding.quote:
        return "Say your level (A1 to C2) under Languages; if it is lower than the posting's, leave it as it is."
    kind = "soft" if asked.kind == "skill" and not any(map(_is_tool, asked.options)) else asked.kind
    return _STEPS[kind].format(wanted=wanted)


def _is_only_listed(finding: Finding) -> bool:
    return bool(finding.where) and all(each.startswith("/skills") for each in finding.where)


def _is_tool(option: Option) -> bool:
    """Tell whether an option can be listed by name, as Python or MEDDIC can and cold calls cannot."""
    known = option.term is not None or option.proper
    return option.text != option.text.lower() if known else bool(re.search("[A-Z0-9]", option.text[1:]))


_HELD: Final = {
    "degree": "Keep the name that stands on your diploma, with level and subject; change nothing else.",
    "certificate": "Write the full name that stands on the certificate, with issuer and date. If it has expired, "
    "renew it or leave it out.",
}
"""What is held has its own name: nobody should write that of the posting instead."""
_STEPS: Final = {
    "skill": "If you know {wanted}, name it under Skills and where you used it; otherwise leave it out.",
    "years": "Add start and end, with months, to the jobs that count, and say in their bullets what they were about.",
    "language": "If you speak {wanted}, list it under Languages with its level (A1 to C2).",
    "degree": "If you have it, name degree and subject under Education: {wanted}. If not, show what stands for it.",
    "certificate": "If you hold {wanted}, list it under Certifications with issuer and date.",
    "soft": "Show by an example in a bullet what the posting calls “{wanted}”, if you can.",
}

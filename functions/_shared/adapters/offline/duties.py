"""Turns "Responsible for managing a team" into "Managed a team", where that is certainly what it means.

It is certain if known verbs stand before their object and the object ends the line: "purchasing decisions" may be a
noun, and in "cleaning the ward and patient safety" the second part belongs to "responsible for".
"""

from __future__ import annotations

import re
from typing import Final

from functions._shared.adapters.offline.verbs import VERBS

_VERB: Final = rf"(?:{'|'.join(sorted(VERBS))})"
_OBJECT: Final = (
    r"(?:an?|the|all|both|each|every|this|these|those|my|our|his|her|their|its|two|three|four|five|six|seven|eight|nine"
    r"|ten|several|many|various|multiple|over|\d[\w.,]*)"
)
"""Words that begin an object, so that the word before them is a verb."""
_DUTY: Final = re.compile(
    rf"(?:i\s+)?(?:(?P<tense>am|was)\s+)?responsible\s+for\s+"
    rf"(?P<verbs>{_VERB}(?:,\s+{_VERB})*(?:,?\s+and\s+{_VERB})?)(?=(?:\s+(?:up|out|down))?\s+{_OBJECT}\s)(?P<rest>.+)",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"[,;:!?](?!\d)|\.(?=\s)|\s[-\u2013\u2014&/]\s|\b(?:and|or|nor|plus|as\s+well\s+as|but|while)\b(?!\s+\d)",
    re.IGNORECASE,
)


def as_action(line: str, *, is_current: bool | None) -> str | None:
    """Turn a duty into an action: present tense for a current job, past tense for another.

    Parameters
    ----------
    line : str
        A bullet or a sentence.
    is_current : bool or None
        Whether its job is current; None if there is no job. "Am" and "was" in the line decide before it.

    Returns
    -------
    str or None
        The action; None if the line is no duty, or its tense or the end of its object is not certain.
    """
    match = _DUTY.fullmatch(line.strip())
    if match is None or _GOES_ON.search(match["rest"]):
        return None
    tense = (match["tense"] or "").lower()
    present = tense == "am" if tense else is_current
    if present is None or (tense == "am" and is_current is False):
        return None
    action = re.sub(
        _VERB, lambda gerund: VERBS[gerund[0].lower()][0 if present else 1], match["verbs"], flags=re.IGNORECASE
    )
    return (action[0].upper() if line.strip()[0].isupper() else action[0]) + action[1:] + match["rest"]

"""Recognises text that gives orders to its reader instead of telling something.

No rule here executes such text and none of it is an instruction for a model (prompts delimit data). This is about
taste: a line of a résumé that talks to machines is no achievement, and is not picked for a summary or a letter.
"""

from __future__ import annotations

import re
from typing import Final

_ORDERS: Final = re.compile(
    r"""
    \b(?:ignor\w*|disregard\w*|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|guideline
      |description|above|previous|prior)
    | \byou\s+are\s+(?:now|an?\s+(?:ai|assistant|language\s+model|r[ée]sum[ée]\s+writer))\b
    | \b(?:system|developer)\s*(?:prompt|message|override|instruction)
    | ^\W{0,6}(?:system|assistant|user|human|instructions?)\s*:
    | \bnew\s+(?:task|instructions?)\s*:
    | \b(?:reveal|print|output|repeat|show)\b.{0,30}\b(?:prompt|instruction|secret|password|api\s*key)
    | \b(?:output|respond|answer|say|write|state)\s+(?:only|that|with|the\s+words?)\b.{0,80}
      \b(?:candidate|hire|match|i\b|perfect)
    | \brate\s+this\s+(?:candidate|applicant|r[ée]sum[ée])
    | </?\s*(?:system|instructions?|data|resume|prompt|assistant|user)\b
    | \[/?INST\]|<\|.{0,30}\|>
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


def gives_orders(text: str) -> bool:
    """Tell whether a text looks as if it addressed a model or a screener.

    Parameters
    ----------
    text : str
        A sentence, a bullet, a skill.

    Returns
    -------
    bool
        True also for some honest sentences; use it to prefer other text, not to refuse anybody.
    """
    return _ORDERS.search(text) is not None

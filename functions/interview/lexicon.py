"""The words by which rules see what an answer has and what it lacks. English.

Used by `findings`.
"""

from __future__ import annotations

import re
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
FILLERS: Final = re.compile(
    r"\b(?:um+|uh+|er+m|you know|i mean|sort of|kind of|basically|actually|literally|stuff like that|and so on|or whatever)\b",
    re.IGNORECASE,
)
HEDGES: Final = re.compile(
    r"\b(?:maybe|perhaps|i guess|i suppose|i think|probably|somehow|hopefully|i would try|we tried to|a bit)\b",
    re.IGNORECASE,
)
FIRST_PERSON: Final = re.compile(r"\b(?:I|my|me|mine|myself)\b|\bI['’](?:ve|d|m|ll)\b")
WE: Final = re.compile(r"\b(?:we|our|us|the team)\b", re.IGNORECASE)
OWN_ACT: Final = re.compile(
    r"\bI(?:['’]d|['’]ve| have| had| also| then| first| finally| therefore| immediately| personally| simply)*"
    r" (?!was\b|am\b|had\b|have\b|like\b|love\b|think\b|guess\b|believe\b|feel\b|would\b|could\b|can\b|want\b|need\b|know\b)"
    r"(?:[a-z]+ed|built|wrote|made|found|took|led|ran|set|got|put|went|told|gave|cut|sat|chose|drew|taught|brought|kept|"
    r"sold|won|spoke|sent|began|held|did|saw|knew|met|left|stood|paid|rewrote|split|shut|said|let|broke|read|rang|drove)\b"
)
FIGURE: Final = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|"
    r"half|third|quarter|twice|double[ds]?|tripled?|dozen)\b",
    re.IGNORECASE,
)
RESULT: Final = re.compile(
    r"\b(?:as a result|in the end|result(?:ed|s)?|outcome|led to|so that|(?:went|fell|rose|dropped|grew|came) (?:down|up|from|to|by|back)|"
    r"(?:reduc|increas|improv|sav|doubl|halv|shorten|rais|lower)\w*|fewer|faster|(?<!was )(?<!were )cut (?:the|our|from|by|down|it (?:from|by|to|down))|since then|afterwards?|after that|"
    r"(?:was|were|is|are) (?:still|now)\b|never (?:happened|came|missed)|has not|hasn['’]t|renewed|switched (?:over|to)|without (?:an?|any|one|losing|a single)\b|fixed|signed|shipped|approved|adopted|"
    r"learned|learnt|lesson|stayed|solved|passed|won|finished|today (?:we|the|it|every))\b",
    re.IGNORECASE,
)
SITUATION: Final = re.compile(
    r"\b(?:when|while|in (?:20\d\d|january|february|march|april|may|june|july|august|september|october|november|december|my|our|the)|"
    r"last (?:year|month|week|spring|summer|autumn|fall|winter|quarter)|(?:two|three|\d+) (?:years|months|weeks|days) ago|"
    r"at (?:my|our|the)|at the time|one (?:day|evening|morning|night|of)|once|during|inherited|used to|had been|there (?:was|were)|the day)\b",
    re.IGNORECASE,
)
EVASIVE: Final = re.compile(
    r"\b(?:i (?:do not|don['’]t|cannot|can['’]t|can not|could not|couldn['’]t) (?:really )?(?:know|remember|think of|recall|say)|no idea|"
    r"not (?:that i can|sure what to)|nothing comes to mind|i(?:['’]d| would) rather not|prefer not to|next question|pass\b|skip\b|"
    r"i have never (?:had|made|been)|never happened to me|i(?:['’]m| am) not sure|hard to say|it depends|no comment|n/?a\b)",
    re.IGNORECASE,
)
CLICHES: Final = re.compile(
    r"\b(?:team player|hard[- ]?work(?:er|ing)|perfectionist|think outside the box|go the extra mile|give (?:it )?110|110 ?%|"
    r"passionate about|detail[- ]oriented|people person|fast learner|quick learner|self[- ]starter|go-getter|win-win|synerg\w+|"
    r"strong communication skills|highly motivated|results[- ]driven)\b",
    re.IGNORECASE,
)
SAME_IN_PAST: Final = frozenset("read set put cut let shut split".split())
"""Verbs by which nobody sees whether somebody did it or does it."""
INTENT: Final = re.compile(
    r"\bI(?:['’](?:d|ll)| would| will| always| usually| first| then)? (?!think\b|guess\b|believe\b|am\b|was\b)[a-z]{2,}"
)
STEPS: Final = re.compile(
    r"\b(?:first(?:ly)?|then|next|second(?:ly)?|after(?:wards)?|before|finally|at the same time|meanwhile|by (?:noon|evening|tomorrow)|"
    r"if (?:that|it|they|he|she|not|the)|only (?:then|when|if)|until|as soon as|once)\b",
    re.IGNORECASE,
)
SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?]*\s*|\n")

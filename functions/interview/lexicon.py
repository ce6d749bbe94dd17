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
_IRREGULAR: Final = "|".join(
    """
    arose ate bade became began bent bet bid bit bled blew bore bought bound bred broke broadcast brought built burnt burst
    came cast caught chose clung cost crept cut dealt did dove drank drew drove dug fed fell fit fled flew forbade forecast
    foresaw forgave forgot fought found froze gave got grew ground heard held hid hit hung hurt input kept knelt knew laid
    leapt learnt led left lent let lit lost made meant met offset output outgrew outran outsold oversaw paid proofread
    put quit ran rang read rid rode rose said sang sat saw sent set shed shook shone shot showed shrank shut slept
    slid sold sought spelt spent split spoke sped sprang spread spun stole stood strode stuck struck strove stung swam
    swept swore swung taught threw told took tore troubleshot understood undertook upheld upset went withdrew withheld
    withstood woke won wore wound wove wrote wrung
    begun bitten blown borne broken chosen done drawn driven drunk eaten fallen flown forgotten forgiven frozen given gone
    gotten grown hidden overseen ridden risen rung seen shaken shown spoken stolen sung sworn taken thrown torn
    undergone undertaken withdrawn woken worn woven written
    """.split()
)
"""Past forms and participles, which no rule makes. What somebody felt or thought is no act."""
OWN_ACT: Final = re.compile(
    r"\bI(?:['’]d|['’]ve| have| had| also| then| first| even| just| still| soon| once| always| often| therefore|"
    r" (?!apply\b|rely\b|supply\b|reply\b|comply\b|imply\b|fly\b)[a-z]+ly)*"
    r" (?!was\b|am\b|had\b|have\b|like\b|love\b|think\b|guess\b|believe\b|feel\b|would\b|could\b|can\b|want\b|need\b|know\b)"
    rf"(?:[a-z]+ed|(?:re-?|over-?|under-?|out|mis|pre-?)?(?:{_IRREGULAR})|(?:(?<=have )|(?<=had )|(?<=['’]ve ))(?:be|over|re)?(?:come|run))\b"
)
_NUMBER: Final = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|"
    r"half|third|quarter|twice|double[ds]?|tripled?|dozen)"
)
FIGURE: Final = re.compile(rf"\d+(?:[.,:]\d+)*|\b{_NUMBER}(?:[- ]{_NUMBER})*\b", re.IGNORECASE)
"""A whole number: a year is one figure, not four."""
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
    r"\b(?:team player|hard[- ]?work(?:er|ing)|perfectionist|think outside the box|(?:go(?:es|ing|ne)?|went) the extra mile|"
    r"passionate about|detail[- ]oriented|people person|fast learner|quick learner|self[- ]starter|go-getter|win-win|synerg\w+|"
    r"strong communication skills|highly motivated|results[- ]driven|(?:give|gave) it 110)\b|"
    r"\b(?:giv(?:e|es|en|ing)|gave) (?:\w+ ){0,3}?(?:110|(?:a |one )?hundred (?:and )?ten) ?(?:%|per ?cent\b)|"
    r"\b110 ?(?:%|per ?cent) (?:effort|commit\w+|dedicat\w+|attitude)\b",
    re.IGNORECASE,
)
SAME_IN_PAST: Final = frozenset(
    "read set put cut let shut split bet bid broadcast burst cast cost fit forecast hit hurt input offset output proofread quit rid "
    "shed spread upset reset reread recast refit".split()
)
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

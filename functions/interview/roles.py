"""Which role family and which level a title, a field or a specialty is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from functions.interview.bank import Level

GENERAL: Final = "general"
LEADERSHIP: Final = "leadership"

# The first family that matches counts: "product designer" designs, "sales engineer" sells, "data engineer" works on data.
# Engineers of machines and buildings keep things running and safe; the questions of engineering are about software.
_MACHINES: Final = re.compile(
    r"aircraft|aviation|mechanical|civil engineer|structural|electrical engineer|chemical engineer|\bmaintenance\b|"
    r"(?:manufacturing|process|production|plant|site) engineer",
    re.IGNORECASE,
)
_SOFTWARE: Final = re.compile(r"software|\bit\b|system", re.IGNORECASE)
_FAMILIES: Final[dict[str, str]] = {
    "design": r"designers?\b(?! engineer)|^design\b|\bux\b|\bui\b|illustrat|creative director|art director|portfolio",
    "data": r"\bdata\b|machine learning|\bml\b|statistic|analytics|\bbi\b|quantitative|research scientist",
    "sales": r"\bsales(?!force)|account (?:executive|manager)|business development|negotiat|\bsdr\b|\bbdr\b|real estate agent",
    "support": r"customer (?:support|success|service|care|experience)|help ?desk|call cent|support (?:agent|special)",
    "product": r"product (?:manager|owner|director|lead|management)|head of product|prioriti[sz]ation",
    "project": r"project (?:manager|lead|coordinat)|program(?:me)? manager|scrum|delivery manager|\bpmo\b",
    "marketing": r"marketing|\bseo\b|content|copywrit|brand|social media|communications|public relations|growth",
    "finance": r"financ|account(?:ant|ing|s)|audit|controll(?:er|ing)|tax|treasur|bookkeep|actuar|\bcfo\b",
    "people": r"human resources|\bhr\b|recruit|talent|people (?:partner|operations)",
    "healthcare": r"nurs|physician|doctor|clinical|medic|therap|pharmac|midwife|paramedic|\bcare (?:assistant|worker)|dental",
    "education": r"teach|lectur|tutor|educat|trainer|professor|school|instructor",
    "engineering": (
        r"software|engineer|developer|devops|\bsre\b|backend|back-end|frontend|front-end|full.?stack|programmer|"
        r"system design|architect|security|infrastructure|\bqa\b|test(?:er| automation)|administrator.{0,10}system|\bcto\b|"
        r"(?:database|systems?|network|salesforce|cloud|linux|windows) administrat"
    ),
    "operations": (
        r"operations|logistic|supply|warehouse|manufactur|production|procurement|purchas|plant|quality|maintenance|"
        r"technician|electrician|mechanic|machinist|freight|driver|chef|cook|hotel|retail|store manager|\bcoo\b"
    ),
    "administration": r"assistant|secretar|\boffice\b|administrat|reception|clerk|data entry",
    "leadership": r"leadership|executive|\bceo\b|managing director|general manager|founder",
}
_COMPILED: Final = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _FAMILIES.items()}

_LEVELS: Final[tuple[tuple[Level, re.Pattern[str]], ...]] = (
    (
        "junior",
        re.compile(
            r"\b(?:junior|jr|intern|internship|trainee|apprentice|graduate|entry.level|student)\b", re.IGNORECASE
        ),
    ),
    (
        "lead",
        re.compile(
            r"\b(?:head of|director|vice president|vp|chief|c[etofi]o|team lead|tech lead|lead|leader|principal|founder|"
            r"(?:engineering|general|people|operations|store|plant|regional|sales|marketing|finance|hr) manager|(?<!account )executives?(?! assistant))\b",
            re.IGNORECASE,
        ),
    ),
    ("senior", re.compile(r"\b(?:senior|sr|staff (?:engineer|software|data|product)|expert)\b", re.IGNORECASE)),
)


def family_of(*texts: str | None) -> str | None:
    """Return the family of the first text that names one."""
    for text in texts:
        if text and _MACHINES.search(text) and not _SOFTWARE.search(text):
            return "operations"
        for name, pattern in _COMPILED.items():
            if text and pattern.search(text):
                return name
    return None


def level_of(*texts: str | None) -> Level:
    """Return the level of the first text that names one; in the middle, if none does."""
    for text in texts:
        for level, pattern in _LEVELS:
            if text and pattern.search(text):
                return level
    return "middle"

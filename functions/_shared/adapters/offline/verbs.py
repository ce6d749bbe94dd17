"""Verbs that résumés use for duties, with their forms, as data."""

from __future__ import annotations

from typing import Final

_REGULAR: Final = """
administer advise analyse analyze answer apply approve arrange assemble assess assign assist audit automate book check
clean coach collect compile conduct configure control coordinate create debug define deliver deploy design develop
document draft edit educate ensure enter establish estimate evaluate examine execute expand facilitate generate greet
guide handle hire identify implement improve increase inspect install integrate interview investigate launch maintain
manage measure mentor migrate moderate monitor motivate negotiate operate optimise optimize organise organize pack
perform place plan prepare present process procure produce promote provide publish purchase recruit reduce repair
replace research resolve restock review schedule secure serve ship sort source stock store supervise supply support
test track train transcribe translate transport treat update upgrade validate verify wash
"""
_IRREGULAR: Final = """
build built; buy bought; choose chose; draw drew; drive drove; find found; give gave; grow grew; hold held; keep kept;
lead led; make made; oversee oversaw; rebuild rebuilt; run ran; sell sold; send sent; set set; take took; teach taught;
troubleshoot troubleshot; win won; write wrote
"""
_DOUBLED: Final = frozenset({"plan", "run", "set", "ship", "win"})
"""Verbs whose last letter doubles: planning, planned."""


def _gerund(base: str) -> str:
    drops_e = base.endswith("e") and not base.endswith("ee")
    return f"{base[:-1] if drops_e else base + base[-1] if base in _DOUBLED else base}ing"


def _past(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}d" if base.endswith("e") else f"{base + base[-1] if base in _DOUBLED else base}ed"


_FORMS: Final = {
    **{base: _past(base) for base in _REGULAR.split()},
    **dict(pair.split() for pair in _IRREGULAR.replace("\n", " ").split(";")),
}
VERBS: Final = {_gerund(base): (base, past) for base, past in _FORMS.items()}
"""Gerund → base form and past tense."""

"""Verbs common in résumés and their forms, as data."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_REGULAR: Final = """
accelerate achieve acquire adapt address administer advise advocate allocate analyse analyze annotate answer apply
appoint appraise approve architect arrange assemble assess assign assist attain audit author automate award balance
benchmark book boost brief budget calculate campaign care catalogue champion clarify classify clean close coach code
collaborate collect combine commission communicate compile complete compose compute conceive conduct configure
consolidate construct consult contribute convert coordinate correct counsel craft create curate customize debug decrease
define delegate deliver demonstrate deploy describe design detect develop devise diagnose direct discover dispatch
document double draft earn edit educate eliminate employ enable encourage enforce engage enhance ensure enter
equip escort establish estimate evaluate examine exceed execute expand expedite explain explore extend extract
facilitate fill finalize finance focus forecast form formulate foster found fund gather generate govern grade greet
guard guide halve handle harden harmonize head help hire host identify illustrate implement improve improvise
increase influence inform initiate innovate inspect inspire install instruct integrate interpret interview introduce
invent inventory investigate invoice join justify launch lecture leverage license liaise link list load localize
log lower maintain manage manufacture map market maximize measure mediate mentor merge migrate minimize model
moderate modernize modify monitor motivate move navigate negotiate observe obtain offer open operate optimise optimize
orchestrate order organise organize orient overhaul own pack participate partner perform persuade pilot pioneer place
plan precept prepare prescribe present preserve prevent price prioritize process procure produce program promote
propose protect prototype provide publish purchase qualify quantify raise reach recommend reconcile record recover
recruit redesign reduce refactor refine register regulate reinforce release remove renew reorganize repair replace
report represent research resolve respond restock restore restructure review revise rewrite roll save scale schedule
screen secure segment select serve service shape shorten simplify sketch solve sort source specify sponsor
staff standardise standardize start steer stock stop store streamline strengthen structure study submit succeed
summarize supervise supply support survey sustain synthesize tackle tailor target test track trace train
transcribe transfer transform translate treat triage triple troubleshoot tune turn tutor unify update upgrade use
validate value verify visit volunteer widen work
"""
_IRREGULAR: Final = """
begin began; bind bound; break broke; bring brought; build built; buy bought; catch caught; choose chose; cut cut;
do did; draw drew; drive drove; find found; get got; give gave; go went; grow grew; hold held; keep kept; lead led;
learn learned; leave left; make made; meet met; oversee oversaw; pay paid; put put; read read; rebuild rebuilt;
run ran; see saw; sell sold; send sent; set set; shut shut; speak spoke; spearhead spearheaded; speed sped;
spend spent; split split; take took; teach taught; tell told; think thought; undertake undertook; win won;
wind wound; withdraw withdrew; write wrote; rewrite rewrote; ship shipped; map mapped; plan planned; log logged;
stop stopped; program programmed; transfer transferred; refer referred; prefer preferred; submit submitted;
equip equipped; cap capped; top topped; tap tapped; travel travelled; label labelled; model modelled; cancel cancelled;
quit quit; reset reset; beat beat; spin spun; swim swam; lend lent; light lit; feed fed;
troubleshoot troubleshot
"""
_DOUBLED: Final = _set("""
    begin cut get put run set shut split win ship map plan log stop program transfer refer prefer submit equip cap top
    tap travel label model cancel quit reset spin swim
""")
NOUNS_TOO: Final = _set("""
    design research support report lead test plan sketch review audit brief budget campaign catalogue code coach
    document draft fund grade guard guide help host influence interview inventory invoice launch lecture license link
    list load log map market measure model monitor move offer order pack partner pilot place price process program
    purchase record release repair sale scale schedule screen segment service shape source sponsor staff start stock
    store structure study supply survey target track train transfer triage tutor update upgrade use value visit
    volunteer work book care focus form direct clean lower open found double triple complete present head own set cut
    run drive find read split master close turn answer approach award balance boost benchmark counsel estimate forecast
    increase decrease mentor overhaul champion pioneer
""")
"""Base forms that can also be nouns or adjectives at the start of a line."""
NOUNS_IN_ING: Final = _set("""
    marketing engineering accounting nursing banking consulting manufacturing programming pricing staffing catering
""")
"""Forms in -ing that usually name a field of work."""
NO_OBJECT: Final = _set("of for and or with in on at to from by is was are were / & as")
"""Words that cannot start an object, so the word before them is probably not a verb."""
WITH_PREPOSITION: Final = _set("care report work collaborate participate serve assist help contribute communicate")
"""Verbs that take a preposition."""
DETERMINERS: Final = _set("""
    a an the all and both each every new several many our my their its up more over about two three four five six seven
    eight nine ten various multiple junior senior young daily weekly monthly this that
""")
"""Words that start an object, so the word before them is a verb."""


class Verb(NamedTuple):
    """A verb's forms: lead, led, leading, leads."""

    base: str
    past: str
    ing: str
    third: str


@lru_cache(maxsize=1)
def verbs() -> dict[str, Verb]:
    """Map every form of every known verb, in lower case, to its verb."""
    pairs = dict(pair.split() for pair in _IRREGULAR.replace("\n", " ").split(";"))
    known = [_verb(base, pairs.get(base)) for base in {**dict.fromkeys(_REGULAR.split()), **pairs}]
    forms: dict[str, Verb] = {}
    for form in ("third", "ing", "past", "base"):
        forms.update({getattr(verb, form): verb for verb in known})
    # "found" and "wound" are the past of other verbs far more often than verbs of their own.
    forms.update({"found": forms["find"], "read": forms["read"]})
    return forms


def _verb(base: str, past: str | None) -> Verb:
    stem = base + base[-1] if base in _DOUBLED else base
    drops_e = base.endswith("e") and not base.endswith(("ee", "oe", "ye"))
    ing = f"{base[:-1]}ing" if drops_e else f"{stem}ing"
    consonant_y = base.endswith("y") and base[-2] not in "aeiou"
    if past is None:
        past = f"{base}d" if base.endswith("e") else f"{base[:-1]}ied" if consonant_y else f"{stem}ed"
    if consonant_y:
        third = f"{base[:-1]}ies"
    else:
        third = f"{base}es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{base}s"
    return Verb(base, past, ing, third)

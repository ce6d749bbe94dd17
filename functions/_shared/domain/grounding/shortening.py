"""Which words and phrases of a line a sentence may leave out without claiming more."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

from functions._shared.domain.grounding.additions import WEAKENING
from functions._shared.domain.grounding.direction import tells_direction
from functions._shared.domain.language.function_words import AGENTS, GENITIVES, MEANS, NEGATIONS, WITH
from functions._shared.domain.language.vocabulary.skills import skills
from functions._shared.domain.language.words import fold

if TYPE_CHECKING:
    from functions._shared.domain.grounding.phrases import Phrase, Reading

_SIGNS: Final = frozenset(["", ",", ":", ";", "("])
_CHANGES: Final = frozenset(
    ["=reduce", "=increase", "=improve", "=eliminate", "=prevent", "=save", "=exceed", "=halve", "=double", "=triple",
     "=reach", "pass", "win", "=complete", "=senken", "=steigern", "=verbessern", "=réduire", "=augmenter",
     "=améliorer",
     "=reducir", "=aumentar", "mejorar", "=ridurre", "=migliorare", "=reduzir", "=melhorar"]
)  # fmt: skip
"""Acts about the whole of something: fewer critical errors are not fewer errors."""
_NARROWING: Final = frozenset(
    ["minor", "small", "internal", "regional", "local", "departmental", "sample", "demo", "simulated", "unpaid",
     "basic", "simple", "single", "individual", "selected", "some", "certain", "limited", "informal", "unofficial",
     "volunteer", "trainee", "apprentice", "temporary", "low", "test", "dummy", "practice", "amateur", "personal",
     "private", "unfinished", "first", "initial", "entry", "beginner", "introductory", "level", "written",
     "theoretical", "non", "pre", "ex", "semi", "co", "half", "most", "several", "few", "average", "median", "net",
     "gross", "own", "student", "school", "major", "critical", "serious", "intern", "interne", "internen", "kleine",
     "kleinen", "petit", "petits", "petite", "pequeño", "pequeña", "piccolo", "piccola", "pequeno", "pequena"]
)  # fmt: skip
"""Words without which the rest means more."""
_PLAIN: Final = frozenset(
    ["=manage", "=handle", "=organise", "=prepare", "=conduct", "=coordinate", "=plan", "=maintain", "=process",
     "=deliver", "=gérer", "=organiser", "=préparer", "=assurer", "=gestionar", "=organizar", "=preparar", "=gestire",
     "=organizzare", "=preparare", "=gerir", "=organisieren", "=vorbereiten", "=durchführen", "=koordinieren",
     "=bearbeiten", "=betreuen", "work"]
)  # fmt: skip
"""Acts that a text may leave out before what was done: "orders from three growers" of "manages orders from …"."""


def whole(line: Reading, used: set[int]) -> bool:
    """Tell whether phrases are used whole, with the head of their clause and what weakens it."""
    kept = {line.phrase_of[place] for place in used}
    clauses = {line.phrases[number].clause for number in kept}
    statements = {line.phrases[number].statement for number in kept}
    heads: set[int] = set()
    orphan = False
    for number, phrase in enumerate(line.phrases):
        begins = phrase.border in _SIGNS
        if number in kept and orphan and not begins:
            return False  # what it belongs to was left out: "29 pupils, seven of them with English as …"
        orphan = number not in kept and ((begins and number > 0) or orphan)
        places = range(phrase.first, phrase.first + phrase.length)
        last = phrase.first + phrase.length - 1
        if number in kept:
            if not all(
                place in used
                or _in_company(line, number, place, kept)
                or ((last in used or tells_direction(line.told[last].key)) and _may_drop(line, number, place, heads))
                or _listed(line, number, used)
                for place in places
            ):
                return False
        elif (phrase.statement in statements and any(_weakens(line, phrase, place) for place in places)) or (
            phrase.clause in clauses
            and (
                (phrase.clause not in heads and not (phrase.length == 1 and line.told[phrase.first].lexeme == "work"))
                or (phrase.border in WITH and number - 1 in kept and not _measured(line, number))
            )
        ):
            return False
        heads.add(phrase.clause)
        if line.verb_last and phrase.clause in clauses and number not in kept and _ends_clause(line, number):
            return False
    return True


def _listed(line: Reading, number: int, used: set[int]) -> bool:
    """Tell whether only the act of a phrase is used, with a later object: "plan rotas" of "plan cover and rotas"."""
    phrase = line.phrases[number]
    told = range(phrase.first, phrase.first + phrase.length)
    if [place for place in told if place in used] != [phrase.first] or line.told[phrase.first].lexeme not in line.acts:
        return False
    if any(line.told[place].vital for place in told[1:]):
        return False
    following = line.phrases[number + 1 : number + 2]
    return (
        bool(following)
        and following[0].border == ","
        and following[0].clause == phrase.clause
        and (following[0].first in used)
    )


def _may_drop(line: Reading, number: int, place: int, heads: set[int]) -> bool:
    """Tell whether a phrase says the same or less without a word.

    "Orders from three growers" of "manages orders from …"; "with caching" of "by adding caching".
    """
    phrase, token = line.phrases[number], line.told[place]
    if phrase.length == 1:
        return False
    if token.quantity:
        return token.quantity.kind == ("", "") and token.quantity.values == _ONE and not token.quantity.bound
    if place > phrase.first:
        return token.key == "one" or tells_direction(token.key) or _modifies(line, number, place)
    if phrase.border in MEANS:
        return token.form.endswith("ing")
    return token.key == "one" or (phrase.clause not in heads and token.lexeme in _PLAIN)


_ONE: Final = frozenset([Fraction(1)])


def _modifies(line: Reading, number: int, place: int) -> bool:
    """Tell whether a word only tells which kind: "8 agents" of "8 customer service agents", "built pipelines"."""
    phrase, token = line.phrases[number], line.told[place]
    last = phrase.first + phrase.length - 1
    if place in {phrase.first, last} or token.vital or token.key in _NARROWING or token.lexeme in line.acts:
        return False
    told = line.told[phrase.first : last + 1]
    if any(each.vital for each in told) or any(line.before[at] in GENITIVES for at in range(place + 1, last + 1)):
        return False
    figures = [at for at in range(phrase.first, last + 1) if line.told[at].quantity]
    if figures:
        figure = line.told[figures[0]].quantity
        return len(figures) == 1 and figure is not None and figure.kind == ("", "") and figures[0] < place
    clause = [each for at, each in enumerate(line.told) if line.phrases[line.phrase_of[at]].clause == phrase.clause]
    return not any(each.quantity or each.lexeme in _CHANGES or each.key in NEGATIONS for each in clause)


def _measured(line: Reading, number: int) -> bool:
    """Tell whether a phrase tells a measure or a tool and not a companion: "with a material cost of 28 %"."""
    following = line.phrases[number + 1 : number + 2]
    span = [line.phrases[number], *(each for each in following if each.border in GENITIVES)]
    told = [token for each in span for token in line.told[each.first : each.first + each.length]]
    if any(token.quantity and token.quantity.kind != ("", "") for token in told):
        return True
    return " ".join(token.key for token in told) in _tools()


@cache
def _tools() -> frozenset[str]:
    return frozenset(fold(name) for name in skills())


def _in_company(line: Reading, number: int, place: int, kept: set[int]) -> bool:
    """Tell whether a word only says what the phrase after it says: "together" of "together with two colleagues"."""
    ends = place == line.phrases[number].first + line.phrases[number].length - 1
    company = ends and number + 1 in kept and line.phrases[number + 1].border in WITH
    return company and line.told[place].key in WEAKENING


def _weakens(line: Reading, phrase: Phrase, place: int) -> bool:
    """Tell whether a sentence without a word would claim more. It may end before "who" or "which"."""
    token = line.told[place]
    if place == phrase.first and phrase.border in AGENTS:
        return not (token.quantity or token.lexeme.startswith("/") or token.key.endswith("ing"))
    return token.vital and not (place == phrase.first and token.key == phrase.border)


def _ends_clause(line: Reading, number: int) -> bool:
    return number + 1 == len(line.phrases) or line.phrases[number + 1].clause != line.phrases[number].clause

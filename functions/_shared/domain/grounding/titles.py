"""Shorter forms of a job title that claim no more than the title: "nurse" of "Senior Staff Nurse, Ward 14"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_LESSER: Final = re.compile(
    r"\b(?:assistants?|assistent\w*|assistente|asistente|asst|junior|jr|trainees?|students?|apprentices?|deputy|acting|"
    r"vice|co|associate|adjunct|interim|interns?|internship|aspiring|retired|former|ex|volunteer|honorary|temporary|"
    r"candidate|designate|elect|support|relief|to|for|stellvertretend\w*|stv|azubi|auszubildende\w*|praktikant\w*|"
    r"werkstudent\w*|adjointe?|stagiaire|apprentie?|alternante?|auxiliar|ayudante|becari[oa]|practicas|suplente|"
    r"aprendiz|tirocinante|apprendista|aiuto|praticante|estagi[ao]ri[oa]|vice\w+|asystent\w*|mlodsz\w+|stazyst\w+)\b",
    re.IGNORECASE,
)
"""Words that make a title a lesser one; without them it would be another."""
_PROFESSIONS: Final = frozenset(
    ["nurse", "teacher", "developer", "programmer", "engineer", "designer", "technician", "chef", "cook", "driver",
     "analyst", "accountant", "bookkeeper", "electrician", "mechanic", "operator", "agent", "clerk", "researcher",
     "scientist", "journalist", "reporter", "lawyer", "pharmacist", "therapist", "physiotherapist", "coordinator",
     "supervisor", "representative", "writer", "editor", "translator", "interpreter", "librarian", "consultant",
     "trainer", "waiter", "waitress", "server", "barista", "bartender", "plumber", "carpenter", "welder", "baker",
     "picker", "packer", "cleaner", "porter", "carer", "caregiver", "paramedic", "midwife", "dentist", "optician",
     "hairdresser", "receptionist", "cashier", "salesperson", "photographer", "tester", "administrator", "planner",
     "buyer", "recruiter", "tutor", "lecturer", "instructor", "guard", "gardener", "painter", "machinist"]
)  # fmt: skip
"""English professions that remain the same without the words before them. Ranks ("manager", "owner") do not."""
_ASIDE: Final = re.compile(r"\s*\([^()]*\)\s*$")


def is_lesser(title: str) -> bool:
    """Tell whether a word makes a title a lesser one."""
    return _LESSER.search(fold(title)) is not None


def titles_of(value: str) -> Iterator[str]:
    """Yield the shorter forms of a title: without its rank, what stands in brackets or after a comma, its field."""
    bare = _ASIDE.sub("", value)
    title = bare.partition(",")[0].rstrip()
    if title and title != value and not is_lesser(value[len(title) :]):
        yield title
    else:
        title = value
    first, _, rest = title.partition(" ")
    if fold(first).rstrip(".") in {"senior", "sr"} and rest:
        yield rest
    words = title.split()
    if len(words) > 1 and fold(words[-1]) in _PROFESSIONS and not is_lesser(" ".join(words[:-1])):
        yield words[-1]

"""Words that make a job title, and words that are capitalised without naming anything."""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HEADS: Final = _set("""
    engineer developer programmer architect manager director administrator analyst scientist consultant designer
    specialist coordinator supervisor officer accountant auditor nurse physician surgeon teacher professor lecturer
    researcher recruiter strategist technician representative executive president founder cofounder owner intern
    apprentice assistant associate attorney lawyer paralegal editor writer copywriter journalist translator planner
    buyer merchandiser controller bookkeeper cashier clerk receptionist secretary electrician mechanic plumber
    carpenter chef pharmacist therapist dentist paramedic midwife librarian tutor instructor principal dean tester
    ceo cto cfo coo cmo cio vp chairman chairwoman chairperson treasurer ambassador evangelist advisor adviser
""")
"""Nouns at the end of a title."""

PHRASES: Final = (
    "team lead", "tech lead", "technical lead", "team leader", "vice president", "head of", "scrum master",
    "product owner", "chief of staff", "managing partner",
)  # fmt: skip
"""Titles whose last word is no title alone."""

RANKS: Final = _set("""
    senior junior lead principal staff chief head vice deputy assistant associate executive managing general global
    regional national graduate trainee founding interim acting sr jr
""")
"""Words that say how high."""

FIELDS: Final = _set("""
    software backend frontend fullstack full stack web mobile cloud data database devops platform security network
    systems system site reliability machine learning ml ai research quality assurance qa test automation embedded
    hardware firmware product project program programme marketing growth brand content digital social media sales
    account accounts business development operations supply chain logistics finance financial investment risk
    compliance legal human resources hr people talent customer success support service it information technology
    technical solutions enterprise infrastructure ux ui user experience interface graphic visual creative art
    registered charge staff clinical intensive care unit icu medical school primary secondary shop store retail
    office executive personal teaching
    civil mechanical electrical chemical structural process production manufacturing biomedical aerospace seo ppc
""")
"""Words that say what for."""

ORGANISATION_WORDS: Final = _set("""
    inc incorporated llc llp ltd limited plc corp corporation co company gmbh ag kg se sa sarl srl spa bv nv ab as oy
    aps pty pvt kk group holdings holding partners associates labs technologies technology systems solutions university
    college institute school academy hospital clinic bank foundation
""")
"""Words at the end of an organisation's name."""

ORGANISATION_FORMS: Final = _set("""
    inc incorporated llc llp ltd limited plc corp corporation co company gmbh ag kg se sa sarl srl spa bv nv ab oy aps
    pty pvt
""")
"""Legal forms: with or without them it is the same organisation."""

PLAIN: Final = _set("""
    i monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december dear sincerely regards kind best yours hiring manager team mr mrs ms dr
""")
"""Capitalised words that claim nothing by themselves."""

ACRONYMS: Final = _set("""
    us usa uk eu uae hr it pr ok faq gmbh llc inc ltd ag ceo cto cfo coo cmo cio vp svp evp id pdf url am pm tv kpi
    kpis okr okrs roi b2b b2c q1 q2 q3 q4 eur usd gbp inr eeo nyc de fr ch at
    the that not and all you can new top best pro plus must only this with our any who why how now yes no do is in on of
    to by as an we be so or if my
""")
"""Short words in capitals (or with digits) that name no skill."""

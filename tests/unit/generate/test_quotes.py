"""Quotes: an item counts if the advertisement has its quote, and the quote its words."""

from __future__ import annotations

import pytest

from functions.generate.quotes import Advertisement

TEXT = """What you bring
- 5+ years of experience in backend development
- Strong SQL; you have tuned slow queries in production
- Experience with Kubernetes{blank}and Terraform, C++ or {open}Rust{close}
- Sehr gute Deutschkenntnisse, sensibilité à l'accessibilité (RGAA)
- Du erstellst die Umsatzsteuer-Voranmeldungen
- vous servez le vin
- Design and run services in Python {dash} and mentor junior engineers
""".format(blank="\u00a0", open="\u201c", close="\u201d", dash="\u2013")
AD = Advertisement(TEXT)


@pytest.mark.parametrize(
    ("value", "quote", "names"),
    [
        ("Kubernetes", "Experience with Kubernetes and Terraform", True),
        ("Terraform", "experience  with kubernetes and terraform", True),
        ("C++", 'C++ or "Rust"', True),
        ("SQL query tuning", "Strong SQL; you have tuned slow queries in production", True),
        ("5+ years of experience in backend development", "5+ years of experience in backend development", False),
        ("Deutsch", "Sehr gute Deutschkenntnisse", True),
        ("Accessibilité (RGAA)", "sensibilité à l'accessibilité (RGAA)", True),
        ("Umsatzsteuer-Voranmeldungen erstellen", "Du erstellst die Umsatzsteuer-Voranmeldungen", False),
        ("Umsatzsteuer-Voranmeldung", "Du erstellst die Umsatzsteuer-Voranmeldungen", True),
        ("Kubernetes and Terraform", "Experience with Kubernetes and Terraform", True),
        ("servir le vin", "vous servez le vin", False),
        ("Mentor junior engineers", "mentor junior engineers", False),
        ("Running services in Python", "Design and run services in Python - and mentor", False),
    ],
)
def test_what_the_advertisement_states(value: str, quote: str, names: bool) -> None:
    span = AD.find(value, quote, names=names and value != "SQL query tuning")

    assert span is not None
    assert TEXT[slice(*span)].split(maxsplit=1)[0].casefold() == quote.split(maxsplit=1)[0].casefold()


@pytest.mark.parametrize(
    ("value", "quote", "names"),
    [
        ("Haskell", "Haskell", True),
        ("Haskell", "Strong SQL", True),
        ("NoSQL", "Strong SQL", True),
        ("Terra", "Kubernetes\u00a0and Terraform", True),
        ("7 years of experience in backend development", "5+ years of experience in backend development", False),
        ("Lead the company", "Design and run services in Python", False),
        ("SQL", "", True),
        ("", "Strong SQL", False),
    ],
)
def test_what_it_does_not_state(value: str, quote: str, names: bool) -> None:
    assert AD.find(value, quote, names=names) is None


def test_invisible_signs_of_the_advertisement_are_no_part_of_a_quote() -> None:
    text = "We need Ka\u00adfka\u200b and SQL."
    span = Advertisement(text).find("Kafka", "need Kafka and", names=True)

    assert span is not None
    assert text[slice(*span)] == "need Ka\u00adfka\u200b and"


def test_a_quote_is_text_and_no_pattern() -> None:
    assert AD.find("SQL", "Strong SQL.*", names=True) is None
    assert Advertisement("a" * 9_000).find("a", "(a+)+$", names=True) is None

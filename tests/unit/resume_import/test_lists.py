from __future__ import annotations

from typing import Any

import pytest

from functions._shared.adapters.documents.text_reader import read_text
from functions.resume_import.importer import import_document

HEADER = "Jane Doe\njane.doe@example.com\n\nEXPERIENCE\n\nEngineer, Acme GmbH    2019 – 2021\n- Built it\n\n"


def read(text: str) -> dict[str, Any]:
    return import_document(read_text(HEADER + text)).content


@pytest.mark.parametrize(
    "text",
    [
        "CKA (2022)\nAWS Solutions Architect – Professional (2021)\n",
        "- CKA (2022)\n- AWS Solutions Architect – Professional (2021)\n",
        "CKA (2022), AWS Solutions Architect – Professional (2021)\n",
    ],
)
def test_each_certificate_is_one_and_its_grade_is_no_issuer(text: str) -> None:
    assert read(f"CERTIFICATIONS\n\n{text}")["certifications"] == [
        {"name": "CKA", "date": "2022"},
        {"name": "AWS Solutions Architect – Professional", "date": "2021"},
    ]


def test_the_expiry_of_a_licence_is_no_part_of_its_name() -> None:
    assert read("CERTIFICATIONS\n\n- License #201405123RN (exp. 06/2027)\n")["certifications"] == [
        {"name": "License #201405123RN", "date": "2027-06"}
    ]


def test_a_level_may_stand_before_its_language() -> None:
    assert read("LANGUAGES\n\nDutch / English / a little Japanese\n")["languages"] == [
        {"language": "Dutch"},
        {"language": "English"},
        {"language": "Japanese", "fluency": "a little"},
    ]


def test_the_number_of_a_licence_is_no_issuer() -> None:
    text = "CERTIFICATIONS\n\n- Registered Nurse, Oregon State Board of Nursing, License #201405123RN\n- CCRN – AACN, 2018\n"
    first, second = read(text)["certifications"]
    assert (first["name"], first["issuer"]) == ("Registered Nurse", "Oregon State Board of Nursing")
    assert first["extra"] == {"lines": ["License #201405123RN"]}
    assert (second["name"], second["issuer"]) == ("CCRN", "AACN")


@pytest.mark.parametrize("text", ["REFERENCES\n\nAvailable on request.\n", "REFERENZEN\n\nAuf Anfrage\n"])
def test_on_request_is_no_reference(text: str) -> None:
    assert not read(text).get("references")


@pytest.mark.parametrize(
    ("heading", "line", "expected"),
    [
        ("KENNTNISSE", "Sprachen: Deutsch (Muttersprache), Englisch (verhandlungssicher)", ["Deutsch", "Englisch"]),
        ("COMPÉTENCES", "Langues : français (langue maternelle), anglais (B1)", ["français", "anglais"]),
    ],
)
def test_spoken_languages_among_skills_are_languages(heading: str, line: str, expected: list[str]) -> None:
    content = read(f"{heading}\n\nSAP, Excel\n{line}\n")
    assert [each["language"] for each in content["languages"]] == expected
    assert content["skills"]["technical"] == ["SAP", "Excel"]


def test_languages_of_programming_stay_skills() -> None:
    content = read("SKILLS\n\nLanguages: Python, Go\nData: Kafka\n")
    assert content["skills"]["technical"] == ["Python", "Go", "Kafka"]
    assert not content.get("languages")


def test_languages_may_have_slashes_between_them() -> None:
    languages = read("LANGUAGES\n\nDutch / English / Japanese\n")["languages"]
    assert [each["language"] for each in languages] == ["Dutch", "English", "Japanese"]

from __future__ import annotations

import pytest

from functions._shared.adapters.documents.text_reader import read_text
from functions.resume_import.importer import Imported, import_document
from functions.resume_import.vocabulary.headings import section_of

HEADER = "Jane Doe\nSoftware Engineer\njane.doe@example.com | +49 30 1234567 | Berlin, Germany\n\n"


def read(text: str) -> Imported:
    return import_document(read_text(HEADER + text))


def jobs(text: str) -> list[tuple[str | None, str | None, str | None, str | None]]:
    items = read(f"EXPERIENCE\n\n{text}").content.get("experience", [])
    return [(item.get("role"), item.get("company"), item.get("startDate"), item.get("endDate")) for item in items]


def test_contact_details_are_found() -> None:
    person = read("SKILLS\nGo, Rust\n").content["personalInfo"]
    assert person == {
        "email": "jane.doe@example.com",
        "phone": "+49 30 1234567",
        "name": "Jane Doe",
        "location": "Berlin, Germany",
        "headline": "Software Engineer",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Engineer    2019 – 2021\nAcme GmbH, Berlin\n- Built it\n\nManager    2021 – present\nBeta Ltd, Paris\n- Ran it\n",
        "Acme GmbH\nEngineer    2019 – 2021\n- Built it\n\nBeta Ltd\nManager    2021 – present\n- Ran it\n",
        "Engineer at Acme GmbH (2019 – 2021)\n- Built it\n\nManager at Beta Ltd (2021 – present)\n- Ran it\n",
        "Acme GmbH — Engineer — 2019 – 2021\n- Built it\n\nBeta Ltd — Manager — 2021 – present\n- Ran it\n",
        "2019 – 2021    Engineer\n               Acme GmbH\n- Built it\n\n2021 – present Manager\n               Beta Ltd\n- Ran it\n",
        "Engineer, Acme GmbH, Berlin | 2019 – 2021\n- Built it\n\nManager, Beta Ltd, Paris | 2021 – present\n- Ran it\n",
    ],
)
def test_a_job_is_read_in_whatever_order_it_is_written(text: str) -> None:
    assert jobs(text) == [("Engineer", "Acme GmbH", "2019", "2021"), ("Manager", "Beta Ltd", "2021", "Present")]


def test_several_roles_at_one_employer_each_name_it() -> None:
    text = "Acme GmbH\nSenior Engineer    2021 – present\n- Led it\n\nEngineer    2019 – 2021\n- Built it\n"
    assert [(role, company) for role, company, *_ in jobs(text)] == [
        ("Senior Engineer", "Acme GmbH"),
        ("Engineer", "Acme GmbH"),
    ]


def test_a_role_without_dates_stays() -> None:
    assert jobs("Engineer, Acme GmbH\n- Built it\n\nManager, Beta Ltd\n- Ran it\n") == [
        ("Engineer", "Acme GmbH", None, None),
        ("Manager", "Beta Ltd", None, None),
    ]


def test_entries_may_be_items_of_a_list() -> None:
    nested = (
        "1) Engineer at Acme GmbH (2019 – 2021)\n   - Built it\n2) Manager at Beta Ltd (2021 – present)\n   - Ran it\n"
    )
    flat = "• 2019 – 2021: Engineer, Acme GmbH\n• 2021 – present: Manager, Beta Ltd\n"
    expected = [("Engineer", "Acme GmbH", "2019", "2021"), ("Manager", "Beta Ltd", "2021", "Present")]
    assert jobs(nested) == expected
    assert jobs(flat) == expected


def test_parts_may_have_labels() -> None:
    text = "Company: Acme GmbH\nDesignation: Engineer\nDuration: Jan 2019 - Present\n* Built it\n"
    assert jobs(text) == [("Engineer", "Acme GmbH", "2019-01", "Present")]


def test_headings_in_ones_own_words_are_recognised_where_they_stand_apart() -> None:
    text = "Where I worked\n\nEngineer, Acme GmbH, 2019 – 2021\n- Built it\n\nWhat I studied\n\nBSc in Physics, University of Oslo, 2017\n"
    content = read(text).content
    assert content["experience"][0]["company"] == "Acme GmbH"
    assert content["education"][0]["institution"] == "University of Oslo"


def test_wrapped_bullets_are_joined_and_hyphens_go_where_they_only_divide() -> None:
    text = (
        "Engineer, Acme GmbH    2019 – 2021\n"
        "- Designed the distributed storage of the product and its implemen-\n  tation in Go, which halved the time of requests\n"
        "- Wrote a cross-\n  platform client\n"
    )
    bullets = read(f"EXPERIENCE\n\n{text}").content["experience"][0]["bullets"]
    assert bullets == [
        "Designed the distributed storage of the product and its implementation in Go, which halved the time of requests",
        "Wrote a cross-platform client",
    ]


def test_degree_field_school_and_grade_are_told_apart() -> None:
    text = "EDUCATION\n\nBSc in Physics, University of Oslo\n2014 – 2017\nGPA: 3.8/4.0\n\nTU Wien\nMSc Computer Science    2017 – 2019\n"
    first, second = read(text).content["education"]
    assert (first["degree"], first["area"], first["institution"], first["score"]) == (
        "BSc",
        "Physics",
        "University of Oslo",
        "3.8/4.0",
    )
    assert (second["degree"], second["area"], second["institution"], second["endDate"]) == (
        "MSc",
        "Computer Science",
        "TU Wien",
        "2019",
    )


def test_skills_keep_their_groups() -> None:
    skills = read("SKILLS\n\nLanguages: Go, C++ (17, 20)\nSoft skills: Mentoring\n").content["skills"]
    assert skills["technical"] == ["Go", "C++ (17, 20)"]
    assert skills["soft"] == ["Mentoring"]
    assert [group["name"] for group in skills["groups"]] == ["Languages", "Soft skills"]


def test_what_fits_nowhere_is_kept_in_a_section_of_its_own() -> None:
    content = read(
        "PATENTS\n\n- A latch, US 1,234\n\nEDUCATION\n\nBSc, University of Oslo    2017\n- Rowed for the club\n"
    ).content
    assert {"title": "PATENTS", "lines": ["A latch, US 1,234"]} in content["extra"]["sections"]
    assert content["education"][0]["extra"]["lines"] == ["Rowed for the club"]


@pytest.mark.parametrize(
    ("section", "headings"),
    [
        ("experience", "Work Experience, Berufserfahrung, Expérience professionnelle, Experiencia laboral, Esperienza lavorativa, Experiência profissional, Werkervaring, 工作经历, 職歴, कार्य अनुभव"),
        ("education", "EDUCATION, Ausbildung, Formation, Formación académica, Istruzione, Formação acadêmica, Opleiding, 教育背景, 学歴, शिक्षा"),
        ("skills", "Skills:, Kenntnisse, Compétences, Habilidades, Competenze, Competências, Vaardigheden, 专业技能, スキル, कौशल"),
        ("languages", "Languages, Sprachen, Langues, Idiomas, Lingue, Línguas, Talen, 语言能力, 語学, भाषाएँ"),
    ],
)  # fmt: skip
def test_headings_are_known_in_ten_languages(section: str, headings: str) -> None:
    assert [section_of(heading) for heading in headings.split(", ")] == [section] * 10


def test_a_text_that_is_no_resume_needs_review() -> None:
    result = import_document(read_text("It was a dark and stormy night; the rain fell in torrents.\n" * 5))
    assert result.status == "needs_review"
    assert "/personalInfo/name" in result.review


def test_an_empty_text_has_no_text() -> None:
    result = import_document(read_text("\n \n"))
    assert (result.status, result.content) == ("no_text", {})


def test_a_short_text_is_told_from_an_empty_one() -> None:
    result = import_document(read_text("Just one line"))
    assert (result.status, result.notes) == ("no_text", ("The file has too little text for a résumé.",))


def test_a_header_in_one_line_is_divided_though_others_are_stacked() -> None:
    text = (
        "Head Chef, The Laughing Gull, Whitby (Sept 2019 - date)\n- Ran it\n\n"
        "Sous Chef | Hawksmoor | Manchester | 3/17 - 8/19\n- Cooked\n\n"
        "Chef de Partie\nGordon's Bistro\n2015 to 2016\n- Helped\n"
    )
    assert jobs(text) == [
        ("Head Chef", "The Laughing Gull", "2019-09", "Present"),
        ("Sous Chef", "Hawksmoor", "2017-03", "2019-08"),
        ("Chef de Partie", "Gordon's Bistro", "2015", "2016"),
    ]


def test_a_date_in_a_remark_is_not_the_date_of_the_job() -> None:
    text = "Indeed, Austin, TX    Jan 2021 to Present\nSenior Account Executive (promoted from Account Executive in July 2022)\n- Sold\n"
    assert [(start, end) for *_, start, end in jobs(text)] == [("2021-01", "Present")]


def test_lines_that_each_begin_with_a_year_are_degrees_of_their_own() -> None:
    text = (
        "FORMATION\n\n2019 : BTS Hôtellerie-Restauration, Lycée Hôtelier Notre-Dame, Saint-Méen-le-Grand\n"
        "2017 : Bac professionnel Cuisine, mention Bien\n"
    )
    assert [study["endDate"] for study in read(text).content["education"]] == ["2019", "2017"]


def test_an_open_year_at_the_start_of_a_line_is_open() -> None:
    text = "2020– Barista, Starbucks\n- Made coffee\n\n2017–2020 Waiter, Costa\n- Served\n"
    assert jobs(text) == [("Barista", "Starbucks", "2020", "Present"), ("Waiter", "Costa", "2017", "2020")]


def test_two_titles_with_a_slash_are_one_role() -> None:
    text = (
        "Staff Nurse / Charge Nurse, Surgical ICU    Aug 2018 – Present\nOregon Health & Science University\n- Cared\n\n"
        "Registered Nurse, Telemetry    06/2015 – 07/2018\nProvidence Medical Center\n- Watched\n"
    )
    assert [(role, company) for role, company, *_ in jobs(text)] == [
        ("Staff Nurse / Charge Nurse, Surgical ICU", "Oregon Health & Science University"),
        ("Registered Nurse, Telemetry", "Providence Medical Center"),
    ]

"""What a posting asks for, and what it does not."""

from __future__ import annotations

import time

import pytest

from functions._shared.coverage.requirements import requirements


def asked(line: str, heading: str = "Requirements") -> list[tuple[str, str, list[str]]]:
    """Read a line of a list; kind, level and options of each requirement."""
    text = f"Engineer\n\nAcme makes pumps.\n\n{heading}\n- {line}\n- Welding\n\nBenefits\n- Free lunch\n"
    return [
        (each.kind, each.level, [option.text for option in each.options])
        for each in requirements(text)
        if text[each.start : each.end] != "Welding"
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Python or Go", [("skill", ["Python", "Go"])]),
        ("Docker and Kubernetes", [("skill", ["Docker"]), ("skill", ["Kubernetes"])]),
        ("Python, Java, or C++", [("skill", ["Python", "Java", "C++"])]),
        ("Experience with a SIEM such as Splunk or QRadar", [("skill", ["SIEM", "Splunk", "QRadar"])]),
        ("CI systems (Jenkins, GitLab CI)", [("skill", ["CI systems", "Jenkins", "GitLab CI"])]),
        ("One or more of the following: Python, Java, C++", [("skill", ["Python", "Java", "C++"])]),
        ("Version control with Git", [("skill", ["Git"])]),
        ("Python for test automation", [("skill", ["Python"])]),
        ("Familiarity with survival analysis", [("skill", ["survival analysis"])]),
        ("5+ years of experience with payments", [("years", ["payments"])]),
        ("At least three years' experience in nursing", [("years", ["nursing"])]),
        ("4 years in DevOps, SRE or systems administration", [("years", ["DevOps", "SRE", "systems administration"])]),
        ("Bachelor's degree in Finance or Accounting", [("degree", ["Bachelor's degree in Finance", "Accounting"])]),
        ("MSc or PhD in statistics", [("degree", ["MSc in statistics", "PhD in statistics"])]),
        ("Fluent English; German is a plus", [("language", ["English"]), ("language", ["German"])]),
        ("Valid forklift licence", [("certificate", ["forklift licence"])]),
        ("RN license and BLS", [("certificate", ["RN license"]), ("certificate", ["BLS"])]),
        ("Careful and methodical", [("soft", ["Careful"]), ("soft", ["methodical"])]),
        ("Excellent communication skills", [("soft", ["communication"])]),
    ],
)
def test_a_line_is_split_into_what_it_asks_for(line: str, expected: list[tuple[str, list[str]]]) -> None:
    assert [(kind, options) for kind, _, options in asked(line)] == expected


@pytest.mark.parametrize(
    "line",
    [
        "Able to lift 50 lbs and stand for long periods",
        "Willing to work shifts",
        "We have been building pumps since 1962",
        "A degree is not required",
        "Not required: Java",
        "Rust experience not necessary",
        "Java (not required)",
        "No Java required",
        "You will work with Python and Go",
        "Travel (ca. 20 %)",
        "Up to 5 years of experience",
    ],
)
def test_conditions_of_work_and_what_the_employer_does_are_no_requirements(line: str) -> None:
    assert asked(line) == []


@pytest.mark.parametrize(
    "line",
    ["Ready to go the extra mile", "An R&D mindset", "C-level communication", "You excel at teams", "An epic journey"],
)
def test_words_that_look_like_tools_are_none(line: str) -> None:
    names = {option for _, _, options in asked(line) for option in options}
    assert not names & {"Go", "go", "R", "C", "Excel", "excel", "Teams", "teams", "Epic", "epic"}


@pytest.mark.parametrize(
    "heading", ["Nice to have", "Bonus points", "Wünschenswert", "Preferred qualifications", "Das wäre schön"]
)
def test_headings_say_what_is_only_wished_for(heading: str) -> None:
    assert asked("Terraform", heading) == [("skill", "preferred", ["Terraform"])]


@pytest.mark.parametrize(
    "line", ["Terraform is a plus", "Terraform preferred", "Ideally Terraform", "Terraform von Vorteil"]
)
def test_a_line_may_say_that_it_is_only_wished_for(line: str) -> None:
    assert [(level, options) for _, level, options in asked(line)] == [("preferred", ["Terraform"])]


@pytest.mark.parametrize("line", ["Java preferred, not required", "Java preferred but not required"])
def test_what_is_preferred_and_not_required_is_preferred(line: str) -> None:
    assert [(level, options) for _, level, options in asked(line)] == [("preferred", ["Java"])]


def test_what_is_not_required_is_no_requirement_in_a_list_of_its_own() -> None:
    assert options_of("Engineer\n\nNot required\n- Java\n- Rust\n\nRequirements\n- Python\n") == ["Python"]


def test_what_is_said_of_one_item_in_a_list_is_said_of_that_item() -> None:
    found = asked("RN licence, CCRN preferred, ACLS and BLS")
    assert [(level, options) for _, level, options in found] == [
        ("required", ["RN licence"]), ("preferred", ["CCRN"]), ("required", ["ACLS"]), ("required", ["BLS"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["What you'll do", "About us", "Benefits", "How to apply", "Wir bieten", "Vos missions"]
)
def test_other_parts_ask_for_nothing(heading: str) -> None:
    assert asked("Python and Kubernetes", heading) == []


def test_prose_asks_for_what_it_plainly_says() -> None:
    text = (
        "Baker\n\nWe bake bread in Hull. Our shop runs on Shopify and Slack.\n\n"
        "You need a food hygiene certificate, and you have at least two years of experience in a bakery. Spanish would be a plus."
    )
    found = [
        (each.kind, each.level, [option.text for option in each.options], each.minimum) for each in requirements(text)
    ]
    assert found == [
        ("certificate", "required", ["food hygiene certificate"], None),
        ("years", "required", ["bakery"], 2),
        ("language", "preferred", ["Spanish"], None),
    ]


def test_the_quote_is_a_part_of_the_posting() -> None:
    text = "Engineer\n\nRequirements\n- 3+ years of Python\n- Docker; Kubernetes is a plus\n"
    assert [text[each.start : each.end] for each in requirements(text)] == [
        "3+ years of Python",
        "Docker",
        "Kubernetes is a plus",
    ]


@pytest.mark.parametrize("text", ["", "Hello", "\n\n\n", "Requirements", "Requirements\n-", "(((((", "- " * 5000])
def test_a_posting_that_asks_for_nothing_has_no_requirements(text: str) -> None:
    assert requirements(text) == []


@pytest.mark.parametrize(
    "part",
    [
        "a, ",
        "the ",
        "(a)",
        " and a",
        "x or ",
        "5 years of experience in ",
        "a: ",
        "you need ",
        "d'",
        "bachelor in ",
        "a",
    ],
)
def test_a_hostile_posting_costs_little_time(part: str) -> None:
    began = time.process_time()
    requirements("Requirements\n- " + part * (20_000 // len(part)))
    assert time.process_time() - began < 3


def options_of(text: str) -> list[str]:
    return [option.text for each in requirements(text) for option in each.options]


@pytest.mark.parametrize("before", ["Engineer\n\n", ""])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lines_without_bullets_are_items_and_no_headings(before: str, gap: str) -> None:
    lines = (
        "Docker",
        "Deep knowledge of Kafka",
        "Solid SQL skills",
        "CKA certification preferred",
        "Strong communication",
    )
    text = f"{before}What you'll bring\n{gap.join(lines)}\n\nWhat we offer\nEnglish lessons\nA MacBook and a Notion account\n"
    assert options_of(text) == ["Docker", "Kafka", "SQL", "CKA", "communication"]
    assert [each.level for each in requirements(text)] == [*["required"] * 3, "preferred", "required"]


def test_headings_in_full_end_a_list_without_bullets() -> None:
    text = "Engineer\n\nRequirements\nPython\nDocker\nNice to have\nRust\nBenefits\nGym\nFree fruit\n"
    assert [(each.level, each.options[0].text) for each in requirements(text)] == [
        ("required", "Python"), ("required", "Docker"), ("preferred", "Rust"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Needs SQL.", ["SQL"]),
        ("Python, Docker, AWS", ["Python", "Docker", "AWS"]),
        ("Tech stack: Python, Docker", ["Python", "Docker"]),
        ("Python\nDocker\nAWS", ["Python", "Docker", "AWS"]),
        ("Backend Developer (m/f/d)\n\nPython, Docker\n\nApply now!", ["Python", "Docker"]),
        ("We need a nurse with ACLS and 3 years of ICU experience. Epic a plus.", ["ICU", "ACLS", "Epic"]),
        ("We are a bakery in Hull.", []),
        ("Nurse\nFamily business since 1962\nHull", []),
    ],
)
def test_a_short_posting_may_be_a_list_of_skills(text: str, expected: list[str]) -> None:
    assert options_of(text) == expected


def test_a_line_of_a_short_posting_may_ask_for_years() -> None:
    found = requirements("Data Engineer\nPython, Spark\n3+ years\nBerlin or remote")
    assert [(each.kind, each.minimum) for each in found] == [("skill", None), ("skill", None), ("years", 3)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Studium im Maschinenbau oder vergleichbare Qualifikation (z. B. Techniker)", [
            "Studium im Maschinenbau", "vergleichbare Qualifikation", "Techniker",
        ]),
        ("Python (d. h. auch Django)", ["Python", "Django"]),
        ("Kenntnisse in Programmiersprachen, u. a. Python", ["Programmiersprachen", "Python"]),
        ("Knowledge of ERP systems, e. g. SAP", ["ERP systems", "SAP"]),
        ("Experience with ERP systems, i.e. SAP", ["ERP systems", "SAP"]),
    ],
)  # fmt: skip
def test_the_dots_of_abbreviations_end_no_sentence(line: str, expected: list[str]) -> None:
    assert options_of(f"Ingenieur (m/w/d)\n\nWir suchen dich.\n\nDein Profil\n- {line}\n") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "5+ years in product management, including 2+ years in payments",
            [("years", ["product management"]), ("years", ["payments"])],
        ),
        ("You have managed housing sites for at least five years", [("years", ["managed housing sites"])]),
        ("Between three and six years of experience in nursing", [("years", ["nursing"])]),
        ("Background in medical devices (IEC 62304)", [("years", ["medical devices"])]),
        ("Experience of working in community midwifery", [("years", ["community midwifery"])]),
        ("Active Directory", [("skill", ["Active Directory"])]),
        ("IT literate", [("skill", ["IT literate"])]),
        ("Weights & Biases or Kubeflow", [("skill", ["Weights & Biases", "Kubeflow"])]),
        ("Polish or Romanian would be very welcome in our Bedminster practice", [("language", ["Polish", "Romanian"])]),
        ("Basic English reading and speaking skills", [("language", ["English"])]),
        ("ITIL certification", [("certificate", ["ITIL certification"])]),
        ("Able to work under pressure", [("soft", ["work under pressure"])]),
        (
            "It is a plus if you know Python, or if you have used Airflow or Dagster",
            [("skill", ["Python"]), ("skill", ["Airflow", "Dagster"])],
        ),
    ],
)
def test_a_line_is_read_by_its_grammar(line: str, expected: list[tuple[str, list[str]]]) -> None:
    assert [(kind, options) for kind, _, options in asked(line)] == expected


@pytest.mark.parametrize(
    "line",
    [
        "You need to travel to clinics about once a month",
        "Must be 23 years or older",
        "Bereitschaft zur Rufbereitschaft",
        "You can spot when they are wrong",
        "Disponibilidad para trabajar en turnos, fines de semana y festivos",
        "An equivalent combination of education and experience will be considered",
    ],
)
def test_what_names_nothing_that_a_resume_can_show_is_no_requirement(line: str) -> None:
    assert asked(line) == []


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("The person\nWe would like to see:", "required"),
        ("What our client needs from you", "required"),
        ("Personal qualities", "required"),
        ("Useful but not essential", "preferred"),
    ],
)
def test_a_list_is_known_by_its_heading_or_by_its_items(heading: str, level: str) -> None:
    found = asked("Experience with Kafka", heading)
    assert found == [("skill", level, ["Kafka"])]


def test_essential_duties_are_no_requirements() -> None:
    text = "Analyst\n\nEssential duties and responsibilities\n- Build models in Excel\n- Prepare budgets\n\nBenefits\n- Lunch"
    assert requirements(text) == []


def test_pay_is_no_requirement() -> None:
    assert (
        requirements("Clerk\n£30-34k DOE + bonus\n\nWe move freight and have done so for years, in Felixstowe.") == []
    )


def test_a_paragraph_may_begin_with_its_heading() -> None:
    text = (
        "Editor\n\nWe make candles.\n\nAbout you. You know SEO and you have used Ahrefs.\n\nCompensation. $88,000 base."
    )
    assert [option.text for each in requirements(text) for option in each.options] == ["SEO", "Ahrefs"]


def test_a_list_that_has_lost_its_lines_is_read() -> None:
    text = "Associate\n\nResponsibilities • Run assays in JMP • Keep the lab tidy\n\nQualifications • BS in Biology • Knowledge of GMP\n\nPay\n$80,000"
    assert [each.kind for each in requirements(text)] == ["degree", "skill"]


def test_the_codes_of_a_person_specification_are_no_part_of_it() -> None:
    text = (
        "Housing officer\n\nPerson specification\nE = essential, D = desirable\n"
        "Knowledge of homelessness law E\nExperience with Orchard E\nReport writing D\nPolish E\n\nPay\nGrade 6"
    )
    found = [(each.level, [option.text for option in each.options]) for each in requirements(text)]
    assert found == [
        ("required", ["homelessness law"]),
        ("required", ["Orchard"]),
        ("preferred", ["Report writing"]),
        ("required", ["Polish"]),
    ]


def test_data_below_the_title_are_no_requirements() -> None:
    text = "SAWMILL CREEK\nCertificated Vacancy\n\nSchool: Juniper Elementary\nWork year: 185 days\n\nWe are a small district."
    assert requirements(text) == []


def test_the_second_list_without_a_known_heading_is_wished_for() -> None:
    text = "Manager\n\nTHE BASICS\n+ Experience with Tevalis\n+ Excel\n\nTHE EXTRAS\n+ Fluent French\n+ Photoshop skills\n\nTHE DEAL\n+ Lunch"
    assert [each.level for each in requirements(text)] == ["required", "required", "preferred", "preferred"]


@pytest.mark.parametrize(
    "line",
    [
        "No cover letter, no degree, no trick questions",
        "Send us your CV and a link to something in Python",
        "Must pass a child protective services check",
        "Every background is welcome",
    ],
)
def test_conditions_and_ways_to_apply_are_no_requirements(line: str) -> None:
    assert [option for _, _, options in asked(line) for option in options] == []

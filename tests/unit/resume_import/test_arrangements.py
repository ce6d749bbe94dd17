"""What the entries of a section have in common decides what no word tells."""

from __future__ import annotations

import pytest

from functions._shared.adapters.documents.text_reader import read_text
from functions._shared.domain.documents.form import Box, Document, Line, Page
from functions.resume_import.importer import Imported, import_document
from functions.resume_import.reading.lines import clean
from functions.resume_import.sections import split
from functions.resume_import.vocabulary.headings import section_of
from functions.resume_import.vocabulary.labels import label_of
from functions.resume_import.vocabulary.words import is_place

HEADER = "Jane Doe\njane.doe@example.com\n\n"
REST = "\n\nSKILLS\n\nGo, Rust\n\nLANGUAGES\n\nEnglish\n"


def read(text: str) -> Imported:
    return import_document(read_text(HEADER + text + REST))


def jobs(text: str) -> list[tuple[str | None, ...]]:
    items = read(f"EXPERIENCE\n\n{text}").content.get("experience", [])
    return [tuple(item.get(key) for key in ("role", "company", "location")) for item in items]


def studies(text: str) -> list[tuple[str | None, ...]]:
    items = read(f"EDUCATION\n\n{text}").content.get("education", [])
    return [tuple(item.get(key) for key in ("institution", "degree", "location")) for item in items]


@pytest.mark.parametrize(
    "pattern",
    [
        "{t}    2019 - 2021\n{c}, {p}\n- Built it\n\n",
        "2019 - 2021  {t} - {c} ({p})\n- Built it\n\n",
        "{t}    2019 - 2021\n{c} – {p}\n- Built it\n\n",
        "Employer: {c}\nPosition: {t}\nPeriod: 2019 - 2021\nLocation: {p}\n- Built it\n\n",
    ],
)
def test_a_city_that_no_list_has_is_known_by_its_place(pattern: str) -> None:
    expected = [("Scaffolder", "Harrington Access", "Houten"), ("Labourer", "Pennine Demolition", "Zwickau")]
    assert jobs("".join(pattern.format(t=t, c=c, p=p) for t, c, p in expected)) == expected


def test_a_title_goes_on_up_to_the_employer() -> None:
    text = "Head of Finance, Corporate Banking, Meridian Bank | 2019 - 2021\n- Ran it\n\nManager, Acme Ltd | 2015 - 2018\n- Ran it\n"
    assert [job[:2] for job in jobs(text)] == [
        ("Head of Finance, Corporate Banking", "Meridian Bank"),
        ("Manager", "Acme Ltd"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "BSc Physics\nLeeds College, Houten\n2010 - 2013\n\nMSc Physics\nDurham University, Zwickau\n2013 - 2014\n",
        "2010 - 2013  BSc Physics, Leeds College, Houten\n\n2013 - 2014  MSc Physics, Durham University, Zwickau\n",
    ],
)
def test_cities_of_most_schools_are_no_part_of_their_names(text: str) -> None:
    assert [(school, city) for school, _, city in studies(text)] == [
        ("Leeds College", "Houten"),
        ("Durham University", "Zwickau"),
    ]


def test_the_campus_of_a_university_belongs_to_its_name() -> None:
    text = "BSc Physics\nNational University of Ireland, Galway\n2010 - 2013\n\nMSc Physics\nUniversity of California, Berkeley\n2014\n"
    assert [school for school, *_ in studies(text)] == [
        "National University of Ireland, Galway",
        "University of California, Berkeley",
    ]


def test_a_school_without_a_word_for_schools_stands_where_the_others_have_theirs() -> None:
    text = "Welding Course\nNordtek\n2010\n\nBSc Physics\nLeeds College\n2013\n\nMSc Physics\nDurham University\n2014\n"
    assert [school for school, *_ in studies(text)] == ["Nordtek", "Leeds College", "Durham University"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Nome e indirizzo del datore di lavoro", "company"),
        ("Stanowisko:", "title"),
        ("Key contributions", "duties"),
        ("Type of business or sector", "aside"),
        ("Acme", ""),
    ],
)
def test_labels_are_known_in_many_languages(text: str, label: str) -> None:
    assert label_of(text) == label


@pytest.mark.parametrize(
    "place",
    [
        "London N7",
        "Bendigo VIC",
        "Homer, AK, United States",
        "Phoenix, Arizona Area",
        "Salt Lake City, Utah, United States",
    ],
)
def test_places_have_postcodes_states_and_areas(place: str) -> None:
    assert is_place(place)


def test_a_company_before_its_city_is_no_place() -> None:
    assert not is_place("Acme, Paris, France")


def test_a_remark_after_a_heading_does_not_hide_it() -> None:
    assert section_of("Work history (most recent first)") == "experience"


def _document(*rows: tuple[str, float, float, float]) -> Document:
    lines = [Line(text, 0, Box(left, bottom - 9, right, bottom), 10.0) for text, left, right, bottom in rows]
    return Document("pdf", [Page(595, 842, lines)])


def test_the_names_of_columns_are_no_headings() -> None:
    document = _document(
        ("EXPERIENCE", 50, 120, 100),
        ("PERIOD", 50, 90, 120),
        ("POSITION AND DUTIES", 300, 400, 120),
        ("EDUCATION", 50, 120, 200),
        ("PERIOD", 50, 90, 220),
        ("INSTITUTION", 200, 260, 220),
        ("AWARD", 400, 440, 220),
    )
    assert [section.title for section in split(clean(document))] == ["", "EXPERIENCE", "EDUCATION"]


def test_items_whose_signs_are_drawn_stay_apart() -> None:
    document = _document(
        ("Jane Doe", 50, 120, 60),
        ("jane.doe@example.com", 50, 160, 80),
        ("EXPERIENCE", 50, 120, 120),
        ("Porter", 50, 90, 140),
        ("2019 - 2021", 480, 540, 140),
        ("Acme Ltd", 50, 100, 153),
        ("Carried more than forty boxes from the yard to the last floor of it", 62, 400, 166),
        ("Cleaned the yard", 62, 150, 179),
        ("Opened the gates", 62, 155, 192),
    )
    (job,) = import_document(document).content["experience"]
    assert len(job["bullets"]) == 3


def test_dates_that_the_file_holds_apart_go_to_their_rows() -> None:
    document = _document(
        ("Jane Doe", 50, 120, 60),
        ("jane.doe@example.com", 50, 160, 80),
        ("2019 - 2021", 480, 540, 140),
        ("2015 - 2018", 480, 540, 180),
        ("EXPERIENCE", 50, 120, 120),
        ("Porter", 50, 90, 140),
        ("Acme Ltd", 50, 100, 153),
        ("Guide", 50, 90, 180),
        ("Beta Ltd", 50, 100, 193),
    )
    assert [job["startDate"] for job in import_document(document).content["experience"]] == ["2019", "2015"]


def test_a_postbox_is_no_phone_number_and_a_greeting_no_name() -> None:
    text = "Hello, I'm Jane\nJane Elizabeth Doe\nP.O. Box 1188-00100, Nairobi\n+254 712 345 678\njane@example.com\n\nSKILLS\n\nGo, Rust\n"
    person = import_document(read_text(text)).content["personalInfo"]
    assert (person["name"], person["phone"]) == ("Jane Elizabeth Doe", "+254 712 345 678")


def test_a_day_above_twelve_shows_that_the_month_stands_first() -> None:
    text = "Guide\nAcme Ltd\nDates Employed: 05/04/2014 - 04/14/2018\n- Led it\n"
    (job,) = read(f"EXPERIENCE\n\n{text}").content["experience"]
    assert (job["startDate"], job["endDate"]) == ("2014-05-04", "2018-04-14")


def test_the_brackets_of_a_certificate_stay_closed() -> None:
    found = read("CERTIFICATIONS\n\nCertified Leader (CHRL), 2015\n").content["certifications"]
    assert found[0]["name"] == "Certified Leader (CHRL)"

from __future__ import annotations

import pytest

from functions.resume_import.dates import find_dates, without_dates


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Sept 2018 – May 2023", "2018-09", "2023-05"),
        ("June 2023 – present", "2023-06", "Present"),
        ("May – Aug 2019", "2019-05", "2019-08"),
        ("2018-19", "2018", "2019"),
        ("2009-2016:", "2009", "2016"),
        ("(03/2019 to 05/2021)", "2019-03", "2021-05"),
        ("May ’19 – June ’20", "2019-05", "2020-06"),
        ("2020 –", "2020", "Present"),
        ("(2020–)", "2020", "Present"),
        ("3/17 - 8/19", "2017-03", "2019-08"),
        ("9/18 – present", "2018-09", "Present"),
        ("(Sept 2019 - date)", "2019-09", "Present"),
        ("Q1 2018 – Q1 2022", "2018", "2022"),
        ("2018 Q3 - 2019 Q1", "2018", "2019"),
        ("1. Quartal 2019 bis heute", "2019", "Present"),
        ("Summer 2020", "", "2020"),
        ("Since March 2020", "2020-03", "Present"),
        ("09/2018 – 03/2020 (1 year 7 months)", "2018-09", "2020-03"),
        ("März 2019 bis heute", "2019-03", "Present"),
        ("janv. 2019 – aujourd'hui", "2019-01", "Present"),
        ("septiembre de 2018 - actualidad", "2018-09", "Present"),
        ("Set 2018 – Oggi", "2018-09", "Present"),
        ("janeiro a dezembro de 2014", "2014-01", "2014-12"),
        ("maart 2019 – heden", "2019-03", "Present"),
        ("2019年4月〜現在", "2019-04", "Present"),
        ("2019年至今", "2019", "Present"),
        ("जन॰ २०१९ – वर्तमान", "2019-01", "Present"),
        ("01.10.2015 r. – 30.04.2017 r.", "2015-10-01", "2017-04-30"),
    ],
)
def test_spans_are_found_in_many_languages(text: str, start: str, end: str) -> None:
    found = find_dates(text)
    assert [(each.start, each.finish) for each in found] == [(start, end)]


@pytest.mark.parametrize(
    "text",
    ["10,000 users", "Room 2019b is 20% larger", "Led the migration", "€2019", "ISO 27001", "rated 9/10 and 8/10"],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert not find_dates(text)


def test_what_a_line_says_beside_its_dates_stays() -> None:
    text = "Engineer, Acme (2019 – 2021), Berlin"
    assert without_dates(text, find_dates(text)) == ["Engineer, Acme", "Berlin"]

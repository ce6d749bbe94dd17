"""What a document shows of a résumé, and in which order and words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from functions._shared.domain.documents.links import mail_url, printed, safe_url
from functions._shared.domain.documents.locales import languages, locale_of
from functions._shared.domain.documents.month_names import LONG, SHORT
from functions._shared.domain.documents.scripts import language_of, language_of_block
from tests.unit.documents.samples import TEMPLATES, content_of, view_of


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("day", ["01", "15", "31"])
def test_a_date_stays_in_its_month_and_year(month: int, day: str) -> None:
    locale = locale_of("en")
    assert locale.date(f"2019-{month:02}-{day}", "MMMM YYYY") == f"{LONG['en'][month - 1]} 2019"
    assert locale.date(f"2019-{month:02}", "MM/YYYY") == f"{month:02}/2019"
    assert locale.date(f"2019-{month:02}", "YYYY") == "2019"


def test_a_date_says_no_more_than_is_known() -> None:
    locale = locale_of("en")
    assert locale.date("2019", "MMM YYYY") == "2019"
    assert locale.date("", "MMM YYYY") == locale.date(None, "MMM YYYY") == locale.date("Present", "MMM YYYY") == ""
    spans = [("2019", None), ("2019", "present"), ("2019-03", "2019-03-31"), (None, "2020"), (None, None)]
    shown = [[time.text for time in locale.span(*span, "MMM YYYY")] for span in spans]
    assert shown == [["2019", "Present"], ["2019", "Present"], ["Mar 2019"], ["2020"], []]


def test_every_language_has_all_words_and_months() -> None:
    for language in languages():
        locale = locale_of(language)
        assert all(locale.headings.values())
        assert all(locale.words.values())
        assert locale.date("2020-02", "MMM YYYY")
    assert all(len(months) == 12 for months in [*LONG.values(), *SHORT.values()])


def test_capitals_follow_the_language() -> None:
    assert locale_of("tr").upper("Eğitim bilgisi") == "EĞİTİM BİLGİSİ"
    assert locale_of("el").upper("Δεξιότητες") == "ΔΕΞΙΟΤΗΤΕΣ"
    assert locale_of("hi").upper("कौशल") == "कौशल"


@pytest.mark.parametrize(
    ("name", "language", "right_to_left"),
    [
        ("full", "en", False), ("europe", "de", False), ("ru", "ru", False), ("ar", "ar", True), ("he", "he", True),
        ("hi", "hi", False), ("zh", "zh", False), ("ja", "ja", False), ("ko", "ko", False),
    ],
)  # fmt: skip
def test_headings_are_in_the_language_of_the_resume(name: str, language: str, right_to_left: bool) -> None:
    view = view_of(name)
    assert (view.language, view.right_to_left) == (language, right_to_left)
    assert next(section.heading for section in view.sections) == locale_of(language).headings["summary"]


def test_the_language_can_be_given() -> None:
    assert view_of("full", language="fr").sections[1].heading == "Expérience professionnelle"


def test_a_text_in_another_script_has_a_language_of_its_own() -> None:
    assert language_of_block("Перекладала правові акти", "de") == "uk"
    assert language_of_block("PostgreSQL, Kafka", "ar") == "en"
    assert language_of_block("佐藤", "ja") == "ja"
    assert language_of_block("2019", "ar") == "ar"
    assert language_of("خلاصه گزارش پروژه") == "fa"


def test_sections_follow_the_layout_then_the_design() -> None:
    view = view_of("full", "classic", layout={"sectionOrder": ["skills", "nonsense", "projects"]})
    assert [section.key for section in view.sections][:4] == ["skills", "projects", "summary", "experience"]


def test_hidden_and_empty_sections_are_not_shown() -> None:
    view = view_of("full", layout={"hidden": ["experience", "summary"]})
    assert {"experience", "summary"}.isdisjoint(section.key for section in view.sections)
    assert [section.key for section in view_of("minimal").sections] == ["experience"]


def test_an_anonymous_resume_has_no_contact_details() -> None:
    view = view_of("full", layout={"hidden": ["personalInfo"]})
    assert (view.name, view.contacts, view.headline) == ("Résumé", [], "")
    assert "Maren" not in json.dumps(view.json_resume()).replace("marenokafor/ledgerlint", "")


def texts(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [text for key, child in node.items() if key not in {"field", "list"} for text in texts(child)]
    if isinstance(node, list):
        return [text for child in node for text in texts(child)]
    return [node] if isinstance(node, str) else []


def test_json_resume_holds_nothing_that_is_not_shown() -> None:
    content = content_of("full")
    secret = "SECRET"
    content["extra"] = {"x": secret}
    content["notes"] = secret
    content["personalInfo"] |= {
        "extra": {"birthDate": secret}, "nickname": secret, "image": f"https://example.com/{secret}",
        "address": {"address": secret, "postalCode": secret, "city": "Oakland"},
    }  # fmt: skip
    content["experience"][0] |= {"id": secret, "salary": secret, "extra": {"x": secret}, "startDate": "2021-03-17"}
    content["references"] = [{"name": secret, "reference": secret}]
    view = view_of(content, layout={"hidden": ["references"]})
    attached = json.dumps(view.json_resume())
    assert secret not in attached
    # The design prints months, so the day stays private, too.
    assert view.json_resume()["work"][0]["startDate"] == "2021-03"


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("http://example.com", "http://example.com"),
        ("example.com/path", "https://example.com/path"),
        ("localhost.example:8080/x", "https://localhost.example:8080/x"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("javascript:alert(1)", None),
        ("JavaScript:alert(1)//example.com", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,<script>", None),
        ("file:///etc/passwd", None),
        ("ftp://example.com", None),
        ("vbscript:x", None),
        ("https://bank.example.com@evil.example", None),
        ("//evil.example", None),
        ("https://exa mple.com", None),
        ('https://example.com/"onclick=', None),
        ("https://example.com/<b>", None),
        ("just words", None),
        ("", None),
        (None, None),
    ],
)
def test_only_plain_addresses_become_links(value: str | None, url: str | None) -> None:
    assert safe_url(value) == url


def test_addresses_are_printed_short() -> None:
    assert printed("https://www.example.com/") == "example.com"
    assert mail_url("a@example.com") == "mailto:a@example.com"
    assert mail_url("a@example.com?bcc=b@example.com") is None
    assert mail_url("a@example.com, b@example.com") is None


def test_contact_details_are_shown_once() -> None:
    content = content_of("full")
    content["personalInfo"]["profiles"] = [{"network": "GitHub", "url": "https://github.com/marenokafor"}]
    shown = [contact.text for contact in view_of(content).contacts]
    assert shown.count("github.com/marenokafor") == 1


def test_text_is_cleaned_of_what_nobody_sees() -> None:
    view = view_of(
        {
            "personalInfo": {"name": "Ana\u202e\x07 Lima"},
            "summary": "a\r\nb\u2028c",
            "skills": {"technical": ["\u200f"]},
        }
    )
    assert view.name == "Ana Lima"
    assert [block.texts for block in view.sections[0].blocks] == [("a",), ("b",), ("c",)]
    assert view.content.personalInfo.name == "Ana Lima"
    assert view_of({"personalInfo": {"name": "Ana\n\n Lima"}}).name == "Ana Lima"


def test_lines_with_bullets_in_a_description_become_a_list() -> None:
    view = view_of(
        {"experience": [{"role": "Cook", "description": "Kitchen.\n• Soup\n- Bread", "bullets": ["• Cake"]}]}
    )
    (entry,) = view.sections[0].entries
    assert [(block.is_list, block.texts) for block in entry.blocks] == [
        (False, ("Kitchen.",)),
        (True, ("Soup", "Bread", "Cake")),
    ]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_section_is_in_one_column(template: str) -> None:
    view = view_of("full", template)
    aside, main = view.columns()
    assert sorted(s.key for s in [*aside, *main]) == sorted(s.key for s in view.sections)


def test_an_empty_column_is_no_column() -> None:
    assert view_of("full", "creative").sidebar
    assert view_of("minimal", "creative").sidebar is None
    assert view_of("minimal", "sidebar").sidebar
    assert view_of({"skills": {"technical": ["SQL"]}}, "creative").sidebar is None

"""Figures in prose: notation, units, currencies, bounds, directions and dates, in the languages we read."""

from __future__ import annotations

import time
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions._shared.domain.grounding.calculation import Calculation, come_out, same_figure
from functions._shared.domain.grounding.derivation import change, follows, lasts, states
from functions._shared.domain.grounding.evidence import Line
from functions._shared.domain.language.quantities import Quantity, quantities
from functions._shared.domain.resume.dates import Length


def one(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "values", "unit", "currency"),
    [
        ("1,900 parts", {1900, 1.9}, "", ""),
        ("1.200 Kunden", {1200, 1.2}, "", ""),
        ("1.234,5", {1234.5}, "", ""),
        ("12,5 %", {12.5}, "%", ""),
        ("120 000 phrases", {120_000}, "", ""),
        ("1'000'000", {1_000_000}, "", ""),
        ("1,20,000 users", {120_000}, "", ""),
        ("35 per cent", {35}, "%", ""),
        ("35 Prozent", {35}, "%", ""),
        ("3.4M users", {3_400_000}, "", ""),
        ("3,4 Mio. Euro", {3_400_000}, "", "EUR"),
        ("€12.5M", {12_500_000}, "", "EUR"),
        ("12.5 million euros", {12_500_000}, "", "EUR"),
        ("EUR 300 000", {300_000}, "", "EUR"),
        ("300 000 EUR", {300_000}, "", "EUR"),
        ("US$5k", {5000}, "", "USD"),
        ("₹2.5 crore", {25_000_000}, "", "INR"),
        ("Rs. 3 lakh", {300_000}, "", "INR"),
        ("420ms", {Fraction(42, 100)}, "seconds", ""),
        ("2½ Jahre", {30}, "months", ""),
        ("2.5 years", {30}, "months", ""),
        ("18 mois", {18}, "months", ""),
        ("8 ans d’expérience", {96}, "months", ""),  # noqa: RUF001 - as French writes it
        ("3x", {3}, "times", ""),
        ("5 m", {5}, "", ""),
    ],
)
def test_values_are_read_in_every_notation(text: str, values: set[Any], unit: str, currency: str) -> None:
    found = one(text)
    assert found.values == {Fraction(str(value)) for value in values}
    assert (found.unit, found.currency) == (unit, currency)
    assert text[found.start : found.end].strip() == found.text


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("over 40 people", ">"), ("über 40 Leute", ">"), ("plus de 40 personnes", ">"), ("más de 40", ">"),
        ("40+ people", ">="), ("at least 40", ">="), ("up to 40", "<="), ("jusqu'à 40", "<="), ("bis zu 40", "<="),
        ("nearly 40", "<~"), ("about 40", "~"), ("ca. 40", "~"), ("około 40", "~"), ("under 40", "<"), ("40", ""),
    ],
)  # fmt: skip
def test_bounds_are_part_of_a_quantity(text: str, bound: str) -> None:
    assert one(text).bound == bound


def test_directions_intervals_and_nouns() -> None:
    low, high = quantities("from 17 to 29 percent")
    assert (low.unit, high.unit) == ("%", "%")
    interval = one("3-5 articles")
    assert (*interval.values, *interval.high, interval.noun) == (3, 5, "articles")


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("April 2021", (2021, 4)), ("04/2021", (2021, 4)), ("04.2021", (2021, 4)), ("2021-04", (2021, 4)),
        ("avril 2021", (2021, 4)), ("kwietnia 2021", (2021, 4)), ("März 2020", (2020, 3)), ("mayo de 2020", (2020, 5)),
    ],
)  # fmt: skip
def test_dates_are_months(text: str, months: tuple[int, int]) -> None:
    found = one(text)
    assert found.unit == "date"
    assert found.values == {Fraction(months[0] * 12 + months[1] - 1)}


def test_a_year_is_the_interval_of_its_months() -> None:
    assert [*one("2019").values, *one("2019").high] == [Fraction(2019 * 12), Fraction(2019 * 12 + 11)]
    assert [*one("2017–2021").values, *one("2017–2021").high] == [Fraction(2017 * 12), Fraction(2021 * 12 + 11)]  # noqa: RUF001 - a dash


def test_figures_inside_names_are_not_quantities() -> None:
    assert quantities("HTML5, S3, K8s, v2.0, COVID-19, GPT-4, 2FA, 3D, B1, one of the") == []


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for found in quantities(text):
        assert found.text
        assert text[found.start : found.end].rstrip() == found.text


@given(st.integers(min_value=0, max_value=10**12))
def test_grouping_does_not_change_a_number(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", "."), f"{number:,}".replace(",", "'")):
        assert Fraction(number) in quantities(f"{text} things")[0].values or 1940 <= number <= 2060


@pytest.mark.parametrize(
    ("asked", "stated", "same", "weaker"),
    [
        ("1.9 s", "1,900 ms", True, False),
        ("12.5 million euros", "€12.5M", True, False),
        ("1.2 lakh", "1,20,000", True, False),
        ("40 %", "40", False, False),
        ("€40", "$40", False, False),
        ("40", "about 40", False, False),
        ("over 40", "42", False, True),
        ("40+", "40", False, True),
        ("over 40", "400", False, False),
        ("over 40", "40", False, False),
        ("around 10,000", "9,200", False, False),
        ("3.4M", "3,412,000", False, True),
        ("3.5M", "3,412,000", False, False),
        ("about 40", "40", False, True),
        ("3-5", "3", False, False),
    ],
)
def test_quantities_are_compared(asked: str, stated: str, same: bool, weaker: bool) -> None:
    assert states(one(asked), one(stated)) is same
    assert (states(one(asked), one(stated)) or follows(one(asked), one(stated))) is (same or weaker)


@pytest.mark.parametrize(
    ("asked", "before", "after", "right"),
    [
        ("78 %", "1,900 ms", "420 ms", True),
        ("77.9 %", "1,900 ms", "420 ms", True),
        ("80 %", "1,900 ms", "420 ms", False),
        ("4.5x", "1,900 ms", "420 ms", True),
        ("12 points", "17 %", "29 %", False),
        ("12 percentage points", "17 %", "29 %", True),
        ("12 %", "17 %", "29 %", False),
        ("38 minutes", "96 minutes", "58 minutes", True),
    ],
)
def test_a_change_is_computed(asked: str, before: str, after: str, right: bool) -> None:
    assert change(one(asked), one(before), one(after)) is right


@pytest.mark.parametrize(
    ("asked", "least", "most", "right"),
    [
        ("5 years", 60, 62, True), ("5 years", 58, 60, True), ("5 years", 71, 73, False), ("6 years", 70, 71, False),
        ("5+ years", 60, 62, True), ("over 5 years", 60, 62, True), ("over 5 years", 58, 60, False), ("over 5 years", 61, 63, True),
        ("over 5 years", 130, 130, False), ("nearly 6 years", 70, 70, True), ("nearly 6 years", 60, 60, False), ("30 months", 29, 31, True),
        ("2.5 years", 29, 31, True), ("5 %", 60, 60, False),
    ],
)  # fmt: skip
def test_durations_are_computed_from_dates(asked: str, least: int, most: int, right: bool) -> None:
    assert lasts(one(asked), Length(least, most)) is right


@pytest.mark.parametrize(
    ("operation", "operands", "result", "right"),
    [
        ("sum", ["12 nurses", "4 nurses"], "16", True),
        ("sum", ["12", "5"], "16", False),
        ("product", ["12", "4"], "48 visits", True),
        ("product", ["12", "4"], "over 45", True),
        ("product", ["12", "4"], "50", False),
        ("difference", ["1,900 ms", "420 ms"], "1.48 s", True),
        ("difference", ["100 %", "17 %"], "83 %", True),
        ("ratio", ["1,200 euros", "12 months"], "about 100 euros", True),
        ("ratio", ["1,200 euros", "12"], "150 euros", False),
        ("product", ["28 %", "4"], "112 %", True),
        ("product", ["1,200 euros", "28 %"], "336 euros", True),
        ("product", ["1,200 euros", "28 %"], "360 euros", False),
        ("ratio", ["1,200 euros", "12 weeks"], "100 euros a week", True),
        ("product", ["15", "12 months"], "around 180", True),
        ("difference", ["28 %", "17 %"], "11 points", True),
        ("percentage", ["1,900 ms", "420 ms"], "78 %", True),
        ("percentage", ["1,900 ms", "420 ms"], "about 78 %", True),
        ("percentage", ["1,900 ms", "420 ms"], "80 %", False),
        ("percentage", ["1,900 ms", "420 ms"], "over 75 %", True),
        ("percentage", ["1,900 ms", "420 ms"], "over 78 %", False),
        ("percentage", ["4", "12"], "33 %", True),
        ("percentage", ["9", "38"], "about 25 %", True),
        ("ratio", ["9", "38"], "1 in 4", True),
        ("ratio", ["4", "12"], "1/3", True),
        ("ratio", ["4", "12"], "over 30 %", True),
        ("ratio", ["4", "12"], "1/2", False),
        ("percentage", ["24", "38"], "close to 60 %", True),
        ("difference", ["2017", "2021"], "4 years", True),
        ("duration", ["2017-06", "2017-09"], "about 4 months", True),
        ("ratio", ["4", "12"], "3x", True),
        ("ratio", ["4", "12"], "4x", False),
        ("conversion", ["1,900 ms"], "1.9 seconds", True),
        ("rounding", ["9,200 visits"], "around 10,000", False),
        ("rounding", ["9,200 visits"], "nearly 9,500", True),
        ("bound", ["12"], "over 11", True),
        ("bound", ["12"], "over 8", True),
        ("bound", ["12"], "over 4", False),
        ("bound", ["12"], "over 12", False),
        ("bound", ["12"], "under 12", False),
        ("bound", ["12"], "at least 12", True),
        ("bound", ["up to 35"], "up to 35", True),
        ("bound", ["over 40"], "over 40", True),
        ("rounding", ["45 to 55 chats"], "around 50", True),
        ("rounding", ["45-55"], "over 40", True),
        ("product", ["5", "24-28"], "120 to 140", True),
        ("product", ["5", "24-28"], "120 to 150", False),
        ("count", ["38"], "38", True),
        ("count", ["Lyon", "Paris"], "2", True),
        ("count", ["Lyon", "Paris"], "3", False),
        ("duration", ["5 years 1 month"], "5 years", True),
        ("duration", ["5 years 1 month"], "more than 5 years", True),
        ("duration", ["5 years 1 month"], "6 years", False),
        ("duration", ["2017-03", "2021-07"], "4 years", True),
        ("duration", ["2017-03", "2021-07"], "4.5 years", True),
        ("duration", ["5 years 1 month"], "about 4.5 years", False),
        ("duration", ["2017-03", "2021-07"], "nearly 4.5 years", True),
        ("duration", ["2017-03", "2021-07"], "53 months", True),
        ("duration", ["2017-03", "2021-07"], "6 years", False),
    ],
)
def test_a_verifiers_calculation_is_done_again(operation: Any, operands: list[str], result: str, right: bool) -> None:
    calculation = Calculation(operation=operation, operands=operands, result=result)
    assert come_out([calculation], CALCULATED) == [right]


@pytest.mark.parametrize(
    ("operation", "operands", "result"),
    [
        ("sum", ["12", "99"], "111"),
        ("conversion", ["28 degrees"], "82 degrees Fahrenheit"),
        ("ratio", ["1,200 euros", "12 kg"], "100 euros"),
        ("sum", ["12 kg", "4 people"], "16"),
        ("sum", ["twelve", "4"], "16"),
        ("bound", ["up to 35"], "35"),
        ("bound", ["up to 35"], "over 30"),
        ("count", ["77"], "77"),
        ("sum", ["12", "4"], "sixteen"),
        ("percentage", ["4", "12", "4"], "33 %"),
        ("count", ["Lyon", "Paris", "Rome"], "3"),
        ("count", ["Lyon", "Lyon"], "2"),
        ("count", ["a", "e", "n", "t"], "4"),
        ("count", ["nurse", "pari"], "2"),
        ("conversion", ["9 in 10"], "90 %"),
        ("conversion", ["1 in 0"], "100 %"),
        ("product", ["10", "10", "9"], "900"),
        ("product", ["28 %", "2"], "56 %"),
        ("difference", ["12", "8"], "4"),
        ("sum", ["NaN", "12"], "12"),
        ("bound", ["12"], "12 %"),
    ],
)
def test_a_calculation_that_cannot_be_read_is_neither_right_nor_wrong(
    operation: Any, operands: list[str], result: str
) -> None:
    calculation = Calculation(operation=operation, operands=operands, result=result)
    assert come_out([calculation], CALCULATED) == [None]


def test_a_small_figure_may_stand_in_words() -> None:
    lines = [Line("N1", "Teaches five classes of 24 pupils, zwölfköpfiges Team, 三个城市, 1,200 euros a year")]
    told: list[tuple[Any, list[str], str]] = [
        ("product", ["5", "24"], "120"),
        ("difference", ["12", "5"], "7"),
        ("ratio", ["1,200 euros", "12"], "100 euros"),
        ("sum", ["3", "5"], "8"),
        ("sum", ["4", "5"], "9"),
    ]
    calculations = [Calculation(operation=each, operands=operands, result=result) for each, operands, result in told]
    assert come_out(calculations, lines) == [True, True, True, True, None]


def test_a_figure_has_the_unit_of_the_sentence() -> None:
    assert same_figure(one("844 requests"), one("844"))
    assert not same_figure(one("844 %"), one("844"))
    assert not same_figure(one("\u20ac844"), one("844"))


@pytest.mark.parametrize(
    "result", ["between 2 years 3 months and 1 year 2 months", "between 1 year 1 month and 9999999 years 2 months"]
)
def test_a_duration_of_no_or_of_any_length_says_nothing(result: str) -> None:
    calculation = Calculation(operation="duration", operands=["1 year"], result=result)
    assert come_out([calculation], [Line("D1", "5 years", length=Length(60, 61))]) == [None]


def test_what_cannot_even_be_tried_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: str) -> None:
        raise ValueError

    right = Calculation(operation="sum", operands=["12", "4"], result="16")
    monkeypatch.setattr("functions._shared.domain.grounding.calculation.read", broken)
    assert come_out([right], CALCULATED) == [None]


@pytest.mark.parametrize("operation", ["sum", "product"])
def test_many_operands_that_can_be_read_in_two_ways_take_no_time(operation: Any) -> None:
    operands = [f"{number},{number + 234}" for number in range(1, 41)]
    calculation = Calculation(operation=operation, operands=operands, result="1,234,567")
    begun = time.monotonic()
    assert come_out([calculation], [Line("N1", "; ".join(operands))]) != [True]
    assert time.monotonic() - begun < 1


def test_a_calculation_goes_on_with_the_result_of_another_and_with_today() -> None:
    days = Calculation(operation="difference", operands=["1,900 ms", "420 ms"], result="1,480 ms")
    seconds = Calculation(operation="conversion", operands=["1,480 ms"], result="1.48 s")
    since = Calculation(operation="duration", operands=["2017-03", "2026-11-01"], result="over 9 years")

    assert come_out([seconds], CALCULATED) == [None]
    assert come_out([seconds, days], CALCULATED) == [True, True]
    assert come_out([since], CALCULATED[:1]) == [None]
    assert come_out([since], CALCULATED[:1], date(2026, 11, 1)) == [True]


CALCULATED = [
    Line("R1", "Nurse, Lyon, 2017-03, 2021-07"),
    Line(
        "R1.1",
        "Led 12 nurses and 4 nurses in Lyon and Paris, 9,200 visits, share 28 % and 17 %, 15 a month, 1,200 euros, 9 of 38, up to 35, over 40, 45 to 55 chats, 24-28",
    ),
    Line("R1.2", "Cut it from 1,900 ms to 420 ms"),
    Line("D1", "Nurse: 5 years 1 months", length=Length(61, 61)),
]

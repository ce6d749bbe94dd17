"""Figures in Chinese and Japanese prose: 1億2,000万円, 约4%, 2018年4月, 6年半, 0.2%以内."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, NamedTuple

LETTERS: Final = "\u3005\u3040-\u30ff\u3400-\u9fff"
"""Of Chinese and Japanese, for a character class."""
_MAGNITUDES: Final = {"百": 10**2, "千": 10**3, "万": 10**4, "億": 10**8, "亿": 10**8, "百万": 10**6, "千万": 10**7}
_NUMBER: Final = r"\d[\d,\uff0c]*(?:[.\uff0e]\d+)?"
_DATE: Final = re.compile(r"((?:19|20)\d\d)\s?年(?:度)?(?:\s?(1[0-2]|0?[1-9])\s?月)?(?![度均间間内])")
_FIGURE: Final = re.compile(
    rf"(?P<before>およそ|約|约|大约|不超过|超过|超過|逾|近|最多|最大|至少|最低)?(?P<first>{_NUMBER})\s?(?P<scale>百万|千万|[百千万億亿])?"
    rf"(?:(?P<second>{_NUMBER})(?P<scale2>[百千万]))?(?P<more>多)?"
    r"\s?(?P<unit>个百分点|個百分点|百分点|ポイント|%|\uff05|パーセント|日元|美元|欧元|人民币|円|元|米ドル|ドル|ユーロ|個月|个月|"
    r"か月|ヶ月|カ月|年間|年半|年(?!度)|時間|小时|分钟|分間|ミリ秒|毫秒|秒|日間|天|週間|周|倍)?(?P<after>以上|以下|以内|未満|左右|前後|余)?"
)
_UNITS: Final = {
    name: (dimension, Fraction(factor))
    for (dimension, factor), names in {
        ("points", "1"): "个百分点 個百分点 百分点 ポイント",
        ("%", "1"): "% \uff05 パーセント",
        ("months", "1"): "個月 个月 か月 ヶ月 カ月",
        ("months", "12"): "年間 年 年半",
        ("seconds", "3600"): "時間 小时",
        ("seconds", "60"): "分钟 分間",
        ("seconds", "1/1000"): "ミリ秒 毫秒",
        ("seconds", "1"): "秒",
        ("days", "1"): "日間 天",
        ("days", "7"): "週間 周",
        ("times", "1"): "倍",
    }.items()
    for name in names.split()
}
_CURRENCIES: Final = {
    "円": "JPY", "日元": "JPY", "元": "CNY", "人民币": "CNY", "美元": "USD", "ドル": "USD", "米ドル": "USD",
    "欧元": "EUR", "ユーロ": "EUR",
}  # fmt: skip
_BOUNDS: Final = {
    "約": "~", "およそ": "~", "不超过": "<=", "约": "~", "大约": "~", "左右": "~", "前後": "~",
    "超过": ">", "超過": ">", "逾": ">", "多": ">", "余": ">",
    "以上": ">=", "至少": ">=", "最低": ">=", "近": "<~", "以下": "<=",
    "以内": "<=", "最多": "<=", "最大": "<=", "未満": "<",
}  # fmt: skip


class Figure(NamedTuple):
    """A figure: its end, value, upper value, unit, currency, bound and last digit."""

    start: int
    end: int
    value: Fraction
    high: Fraction
    unit: str = ""
    currency: str = ""
    bound: str = ""
    step: Fraction = Fraction(1)


def figure(text: str, digit: int) -> Figure | None:
    """Read the figure whose first digit stands at a position; None if no Chinese or Japanese sign belongs to it."""
    if date := _DATE.match(text, digit):
        year = int(date[1]) * 12
        month = int(date[2]) - 1 if date[2] else 0
        return Figure(digit, date.end(), Fraction(year + month), Fraction(year + (month if date[2] else 11)), "date")
    start = digit
    for length in (3, 2, 1):
        if text[max(0, digit - length) : digit] in _BOUNDS:
            start = digit - length
            break
    match = _FIGURE.match(text, start)
    if match is None or (start == digit and match.end("first") == match.end()):
        return None
    scale = Fraction(_MAGNITUDES.get(match["scale"] or "", 1))
    value = _plain(match["first"]) * scale
    step = Fraction(1, 10 ** _decimals(match["first"])) * scale
    if match["second"]:
        step = Fraction(_MAGNITUDES[match["scale2"]])
        value += _plain(match["second"]) * step
    unit, factor = _UNITS.get(match["unit"] or "", ("", Fraction(1)))
    value, step = value * factor, step * factor
    if match["unit"] == "年半":
        value, step = value + 6, Fraction(6)
    bound = next((_BOUNDS[match[name]] for name in ("before", "more", "after") if match[name]), "")
    currency = _CURRENCIES.get(match["unit"] or "", "")
    return Figure(start, match.end(), value, value, unit, currency, bound, step)


def _plain(digits: str) -> Fraction:
    return Fraction(digits.replace(",", "").replace("\uff0c", "").replace("\uff0e", "."))


def _decimals(digits: str) -> int:
    return len(digits.replace("\uff0e", ".").partition(".")[2])

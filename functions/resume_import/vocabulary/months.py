"""Names of months, from the locale data of dateparser, and the words around dates."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
SEASONS: Final = (
    "spring", "summer", "fall", "autumn", "winter", "frühling", "frühjahr", "sommer", "herbst", "printemps", "été", "automne", "hiver",
    "primavera", "verano", "otoño", "invierno", "estate", "autunno", "inverno", "verão", "outono", "zomer", "herfst", "lente", "michaelmas", "wintersemester", "sommersemester", "ws", "ss",
)  # fmt: skip
"""They tell a year and no month."""
AMBIGUOUS: Final = ("led", "a", "ara", "ion", "sat", "may.")
"""Abbreviations that are ordinary words of other languages."""
PRESENT: Final = (
    "present", "current", "currently", "now", "today", "ongoing", "to date", "till date", "till now", "date",
    "heute", "jetzt", "aktuell", "laufend", "dato", "présent", "présente", "actuel", "actuelle", "actuellement",
    "aujourd'hui", "aujourd’hui", "ce jour", "maintenant", "en cours", "actual", "actualidad", "la actualidad",
    "actualmente", "presente", "hoy", "la fecha", "attuale", "oggi", "in corso", "attualmente", "ad oggi", "atual",
    "atualmente", "o momento", "momento", "hoje", "o presente", "heden", "nu", "huidig", "vandaag", "至今", "现在",
    "目前", "迄今", "今", "現在", "現職", "在职", "वर्तमान", "अब तक", "अब", "आज", "आज तक", "현재", "obecnie", "teraz",
    "nuvarande", "nutid", "nå", "nykyinen", "dosud", "současnost", "halen", "günümüz", "devam ediyor", "настоящее время", "наст. время", "н. в.",
    "по настоящее время", "н.в.", "сейчас", "σήμερα", "الآن", "حتى الآن", "الحاضر", "اکنون", "تاکنون", "היום", "כיום",
    "prezent", "jelenleg", "nadal", "dziś", "fortfarande", "i dag", "до н.в.", "сегодня", "till now", "tot nu", "nykyhetki",
)  # fmt: skip
SINCE: Final = (
    "since", "from", "seit", "ab", "depuis", "desde", "dal", "da", "dall'", "sinds", "vanaf", "od", "sedan", "с", "از",
    "de", "du", "del", "von", "van", "vom", "自", "expected", "voraussichtlich", "erwartet", "prévu", "graduating",
    "graduated", "graduation", "issued", "anticipated", "class of",
)  # fmt: skip
TO: Final = (
    "to", "until", "till", "through", "thru", "bis", "bis zum", "à", "au", "jusqu'à", "jusqu’à", "jusqu'au", "a", "al",
    "hasta", "até", "até a", "ao", "fino a", "tot", "t/m", "tot en met", "do", "до", "по", "til", "till", "से", "至",
    "到", "から", "तक", "تا", "إلى", "עד", "and", "jusqu’au", "e", "y",
)  # fmt: skip


@lru_cache(1)
def months() -> dict[str, int]:
    """Return the number of each name of a month, without case and full stop."""
    from dateparser.data.date_translation_data import (
        ar,
        cs,
        da,
        de,
        el,
        en,
        es,
        fa,
        fi,
        fr,
        he,
        hi,
        hu,
        it,
        ja,
        ko,
        nb,
        nl,
        pl,
        pt,
        ro,
        ru,
        sv,
        tr,
        uk,
        zh,
    )  # fmt: skip

    names: dict[str, int] = {}
    # Of two languages that give a name to different months, the first counts.
    for locale in (
        en, de, fr, es, it, pt, nl, zh, ja, hi, ko, pl, sv, da, nb, fi, cs, tr, ru, uk, el, ar, fa, he, ro, hu,
    ):  # fmt: skip
        data = locale.info
        for number, month in enumerate(MONTHS, 1):
            for name in data.get(month, ()):
                names.setdefault(name.casefold().strip("."), number)
    for name in AMBIGUOUS:
        names.pop(name, None)
    names.update(dict.fromkeys(SEASONS, 0))
    return names

"""Units, currencies, magnitudes, bounds and months, as they are written beside figures in the languages we read.

What is missing here is not guessed: the word then counts as a word of the text.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

_MAGNITUDES: Final = {
    10**3: "k tsd tausend thousand mille mil mila duizend tys tusen",
    10**5: "lakh lakhs lac lacs",
    10**6: "mn mio mln million millions millionen millón millones milhão milhões milione milioni miljoen milion "
    "miliony milionów miljon miljoner",
    10**7: "crore crores cr",
    10**9: "bn mrd mld billion billions milliarde milliarden milliard milliards miliardo miliardi miljard miliard "
    "miliardy miliardów miljarder",
}  # fmt: skip
MAGNITUDES: Final = {name: value for value, names in _MAGNITUDES.items() for name in names.split()}

_UNITS: Final = {
    ("%", "1"): "% percent pct prozent procent",
    ("points", "1"): "pp prozentpunkte prozentpunkten prozentpunkt",
    ("times", "1"): "x \u00d7 times fold fach",
    ("seconds", "1/1000"): "ms millisecond milliseconds millisekunden millisecondes milisegundos millisecondi",
    ("seconds", "1"): "s sec secs second seconds sekunde sekunden secondes segundos secondi seconden sekund sekunder",
    ("seconds", "60"): "min mins minute minutes minuten minutos minuti minut minuter",
    ("seconds", "3600"): "h hr hrs hour hours stunde stunden heure heures hora horas ora ore uur godzin godziny timmar",
    ("days", "1"): "day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen dni dagar",
    ("days", "7"): "week weeks woche wochen semaine semaines semana semanas settimana settimane weken tygodni veckor",
    ("months", "1"): "month months monat monate monaten mois mes meses mese mesi mês maand maanden miesiąc miesiące "
    "miesięcy månad månader",
    ("months", "12"): "year years yr yrs jahr jahre jahren an ans année années año años anno anni ano anos jaar jaren "
    "rok roku lata lat år",
    ("grams", "1"): "g", ("grams", "1000"): "kg", ("grams", "1000000"): "t tonne tonnes tonnen",
    ("metres", "1/1000"): "mm", ("metres", "1/100"): "cm", ("metres", "1000"): "km",
    ("square metres", "1"): "m2 m² sqm",
    ("bytes", "1000"): "kb", ("bytes", "1000000"): "mb", ("bytes", "1000000000"): "gb",
    ("bytes", "1000000000000"): "tb",
    ("watts", "1000"): "kw", ("watts", "1000000"): "mw", ("watts", "1000000000"): "gw",
    ("litres", "1"): "l litre litres liter litern litros litri",
}  # fmt: skip
UNITS: Final = {
    name: (dimension, Fraction(factor)) for (dimension, factor), names in _UNITS.items() for name in names.split()
}

_CURRENCIES: Final = {
    "USD": "$ us$ usd dollar dollars", "EUR": "€ eur euro euros", "GBP": "£ gbp", "INR": "₹ rs rs. inr rupees",
    "CHF": "chf fr. sfr", "JPY": "¥ jpy yen", "PLN": "zł pln", "SEK": "sek", "NOK": "nok", "DKK": "dkk",
    "CAD": "ca$ c$ cad", "AUD": "au$ a$ aud", "BRL": "r$ brl", "MXN": "mxn", "KRW": "₩ krw", "CNY": "cny rmb",
    "RUB": "₽ rub", "TRY": "₺ try", "UAH": "₴ uah", "VND": "₫ vnd", "ZAR": "zar", "SGD": "sgd", "AED": "aed",
}  # fmt: skip
CURRENCIES: Final = {name: code for code, names in _CURRENCIES.items() for name in names.split()}

_BOUNDS: Final = {
    ">": "over|more than|above|über|mehr als|plus de|más de|mais de|più di|oltre|meer dan|ruim|ponad|över|mer än",
    ">=": "at least|mindestens|au moins|al menos|pelo menos|almeno|minstens|co najmniej|minst",
    "<": "under|below|less than|fewer than|unter|weniger als|moins de|menos de|meno di|minder dan|mniej niż|mindre än",
    "<=": "up to|at most|bis zu|höchstens|jusqu'à|jusqu\u2019à|hasta|até|fino a|maximaal|upp till",
    "<~": "nearly|almost|fast|knapp|presque|près de|casi|quase|quasi|bijna|prawie|nästan",
    "~": "about|around|approximately|approx.|approx|roughly|circa|ca.|ca|etwa|rund|ungefähr|environ|unos|unas"
    "|alrededor de|aproximadamente|cerca de|ongeveer|około|ok.|cirka|ungefär|omkring|~|≈",
}  # fmt: skip
BOUNDS: Final = {name: bound for bound, names in _BOUNDS.items() for name in names.split("|")}

_DIRECTIONS: Final = {
    "from": "from von vom od z från van dal dalla del desde", "to": "to auf naar na do till al para bis à hasta",
    "by": "by um with",
}  # fmt: skip
DIRECTIONS: Final = {name: direction for direction, names in _DIRECTIONS.items() for name in names.split()}
"""Only words that have one of these meanings before a figure; ``de`` and ``a`` have several."""

MONTHS: Final = (
    r"jan(?:uary|uar|vier|eiro|uari)?|ene(?:ro)?|gen(?:naio)?|styczeń|stycznia",
    r"feb(?:ruary|ruar|rero|braio|ruari)?|févr(?:ier)?|fev(?:ereiro)?|lut(?:y|ego)",
    r"mar(?:ch|s|zo|ço|zec|ca)?|märz|maart|mrz",
    r"apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|kwie(?:cień|tnia)",
    r"may|mai|mayo|maggio|maio|mei|maj|maja",
    r"june?|juni|juin|junio|giu(?:gno)?|junho|czerw(?:iec|ca)",
    r"july?|juli|juil(?:let)?|julio|lug(?:lio)?|julho|lip(?:iec|ca)",
    r"aug(?:ust|ustus|usti)?|août|ago(?:sto)?|sierp(?:ień|nia)",
    r"sept?(?:ember|embre|tiembre|tembre)?|set(?:embro|tembre)?|wrze(?:sień|śnia)",
    r"oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?|październik(?:a)?",
    r"nov(?:ember|embre|iembre|embro)?|listopada?",
    r"dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:iembre|embre)?|grud(?:zień|nia)",
)
"""Patterns of the months, January first."""

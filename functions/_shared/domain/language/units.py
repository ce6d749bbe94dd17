"""Units, currencies, magnitudes, bounds and months, as they are written beside figures in the languages we read.

What is missing here is not guessed: the word then counts as a word of the text.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from functions._shared.domain.language.words import fold

_MAGNITUDES: Final = {
    10**3: "k tsd tausend thousand mille mil mila duizend tys tusen हज़ार हजार",
    10**5: "lakh lakhs lac lacs लाख",
    10**6: "mn mio mln million millions millionen millón millones milhão milhões milione milioni miljoen milion "
    "miliony milionów miljon miljoner",
    10**7: "crore crores cr करोड़ करोड",
    10**9: "bn mrd mld billion billions milliarde milliarden milliard milliards miliardo miliardi miljard miliard "
    "miliardy miliardów miljarder",
}  # fmt: skip
MAGNITUDES: Final = {name: value for value, names in _MAGNITUDES.items() for name in names.split()}

_UNITS: Final = {
    ("%", "1"): "% percent pct prozent procent प्रतिशत फ़ीसदी",
    ("points", "1"): "pp prozentpunkte prozentpunkten prozentpunkt",
    ("times", "1"): "x \u00d7 times fold fach",
    ("seconds", "1/1000"): "ms millisecond milliseconds millisekunden millisecondes milisegundos millisecondi",
    ("seconds", "1"): "s sec secs second seconds sekunde sekunden secondes segundos secondi seconden sekund sekunder",
    ("seconds", "60"): "min mins minute minutes minuten minutos minuti minut minuter",
    ("seconds", "3600"): "h hr hrs hour hours stunde stunden heure heures hora horas ora ore uur godzin godziny timmar",
    ("days", "1"): "day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen dni dagar दिन दिनों",
    ("days", "7"): "week weeks woche wochen semaine semaines semana semanas settimana settimane weken tygodni veckor",
    ("months", "1"): "month months monat monate monaten mois mes meses mese mesi mês maand maanden miesiąc miesiące "
    "miesięcy månad månader महीने महीना माह",
    ("months", "12"): "year years yr yrs jahr jahre jahren an ans année années año años anno anni ano anos jaar jaren "
    "rok roku lata lat år साल वर्ष वर्षों",
    ("grams", "1"): "g", ("grams", "1000"): "kg kilo kilos kilogram kilograms kilogramm", ("grams", "1000000"): "t "
    "tonne tonnes tonnen",
    ("metres", "1/1000"): "mm", ("metres", "1/100"): "cm",
    ("metres", "1"): "metre metres meter meters metern mètres metros metri",
    ("metres", "1000"): "km kilometre kilometres kilometer kilometers kilometern kilomètre kilomètres kilómetro "
    "kilómetros "
    "quilômetro quilômetros quilómetro quilómetros chilometro chilometri",
    ("metres", "1609.344"): "mile miles meilen", ("metres", "0.3048"): "ft feet",
    ("square metres", "10000"): "ha hectare hectares hektar hectárea hectáreas ettaro ettari",
    ("square metres", "1"): "m2 m² sqm quadratmeter quadratmetern",
    ("bytes", "1000"): "kb", ("bytes", "1000000"): "mb", ("bytes", "1000000000"): "gb",
    ("bytes", "1000000000000"): "tb",
    ("watts", "1000"): "kw", ("watts", "1000000"): "mw", ("watts", "1000000000"): "gw",
    ("litres", "1"): "l litre litres liter litern litros litri",
}  # fmt: skip
_LONG_UNITS: Final = {
    ("square metres", "1"): "square metres|square meters|mètres carrés|metros cuadrados|metri quadri|metros quadrados",
    ("litres", "1000"): "cubic metres|cubic meters|m3|m³|mètres cubes|metros cúbicos|metri cubi|kubikmeter",
}
UNITS: Final = {
    name: (dimension, Fraction(factor))
    for units, sign in ((_UNITS, " "), (_LONG_UNITS, "|"))
    for (dimension, factor), names in units.items()
    for name in names.split(sign)
}

_CURRENCIES: Final = {
    "USD": "$ us$ usd us-dollar us-dollars dollar dollars", "EUR": "€ eur euro euros", "GBP": "£ gbp", "INR": "₹ rs "
    "rs. inr rupees "
    "रुपये रुपए रुपयों",
    "CHF": "chf fr. sfr", "JPY": "¥ jpy yen", "PLN": "zł pln", "SEK": "sek", "NOK": "nok", "DKK": "dkk",
    "CAD": "ca$ c$ cad", "AUD": "au$ a$ aud", "BRL": "r$ brl", "MXN": "mxn", "KRW": "₩ krw", "CNY": "cny rmb",
    "RUB": "₽ rub", "TRY": "₺ try", "UAH": "₴ uah", "VND": "₫ vnd", "ZAR": "zar", "SGD": "sgd", "AED": "aed",
}  # fmt: skip
CURRENCIES: Final = {name: code for code, names in _CURRENCIES.items() for name in names.split()}

_BOUNDS: Final = {
    ">": "over|more than|well over|just over|upwards of|in excess of|far more than|slightly more than|a little "
    "over|a little more than|slightly over|some way over|un peu plus de|un peu plus d'|"
    "algo más de|poco más de|poco più di|pouco mais de|etwas "
    "mehr als|gut|plus d'|por encima de|above|über|mehr als|plus de|más de|mais de|più di|oltre|meer dan|ruim|"
    "ponad|över|mer än",
    ">=": "at least|no fewer than|no less than|a minimum of|como mínimo|un mínimo de|no mínimo|mindestens|au "
    "moins|al menos|pelo menos|almeno|minstens|co najmniej|minst",
    "<": "under|below|less than|fewer than|unter|weniger als|moins de|menos de|meno di|minder dan|mniej niż|mindre än",
    "<=": "up to|as many as|as much as|no more than|a maximum of|maximum|maximal|au maximum|au plus|un máximo "
    "de|un massimo di|al massimo|no máximo|um máximo de|at most|bis zu|höchstens|jusqu'à|jusqu\u2019à|hasta|até|"
    "fino a|maximaal|upp till",
    "<~": "nearly|close to|a little under|slightly under|un peu moins de|poco menos de|poco meno di|pouco menos "
    "de|just under|just short of|beinahe|annähernd|pas loin de|almost|fast|knapp|presque|près de|casi|"
    "quase|quasi|bijna|prawie|nästan",
    "~": "about|an estimated|in the region of|zirka|autour de|à peu près|quelque|en torno a|intorno a|"
    "all'incirca|em torno de|por volta de|à volta de|uns|umas|around|approximately|approx.|approx|roughly|circa|"
    "ca.|ca|etwa|rund|ungefähr|environ|unos|unas"
    "|alrededor de|aproximadamente|cerca de|ongeveer|około|ok.|cirka|ungefär|omkring|~|≈|some|लगभग|क़रीब|करीब",
}  # fmt: skip
BOUNDS: Final = {name: bound for bound, names in _BOUNDS.items() for name in names.split("|")}

MONTHS: Final = (
    r"जनवरी|jan(?:uary|uar|vier|eiro|uari)?|ene(?:ro)?|gen(?:naio)?|styczeń|stycznia",
    r"फ़रवरी|फरवरी|feb(?:ruary|ruar|rero|braio|ruari)?|févr(?:ier)?|fev(?:ereiro)?|lut(?:y|ego)",
    r"मार्च|mar(?:ch|s|zo|ço|zec|ca)?|märz|maart|mrz",
    r"अप्रैल|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|kwie(?:cień|tnia)",
    r"मई|may|mai|mayo|maggio|maio|mei|maj|maja",
    r"जून|june?|juni|juin|junio|giu(?:gno)?|junho|czerw(?:iec|ca)",
    r"जुलाई|july?|juli|juil(?:let)?|julio|lug(?:lio)?|julho|lip(?:iec|ca)",
    r"अगस्त|aug(?:ust|ustus|usti)?|août|ago(?:sto)?|sierp(?:ień|nia)",
    r"सितंबर|sept?(?:ember|embre|tiembre|tembre)?|set(?:embro|tembre)?|wrze(?:sień|śnia)",
    r"अक्टूबर|oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?|październik(?:a)?",
    r"नवंबर|nov(?:ember|embre|iembre|embro)?|listopada?",
    r"दिसंबर|dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:iembre|embre)?|grud(?:zień|nia)",
)
"""Patterns of the months, January first."""
_PERIODS: Final = {
    "/hour": "hour stunde heure hora ora uur",
    "/day": "day tag jour día dia giorno dag दिन",
    "/week": "week woche semaine semana settimana weken vecka सप्ताह हफ़्ते",
    "/month": "month monat mois mes mese mês maand महीने माह",
    "/quarter": "quarter quartal trimestre",
    "/year": "year jahr an année año anno ano jaar rok साल वर्ष",
    "/night": "night nacht nuit noche notte noite रात",
    "/evening": "evening abend soir sera",
    "/morning": "morning morgen matin mañana mattina manhã सुबह",
    "/term": "term semester semestre",
    "/shift": "shift schicht turno équipe",
}
ONCE: Final = frozenset(["once", "einmal", "1", "vez"])
"""Before a rate, it says no more than the rate."""
EVERY: Final = frozenset(
    ["im", "am", "a", "an", "per", "each", "every", "pro", "je", "jede", "jeden", "jedes", "par", "chaque", "por", "al",
     "la", "cada", "all", "ogni", "ao", "om", "prati", "हर", "प्रति"]
)  # fmt: skip
_RATES: Final = {
    "/day": "daily täglich tägliche täglichen quotidien quotidienne quotidiennement quotidiens quotidiennes diario "
    "diaria diarias "
    "diariamente diarios giornaliero giornaliera giornalmente diário diária रोज़ रोज प्रतिदिन रोज़ाना dagelijks",
    "/week": "weekly wöchentlich wöchentliche wöchentlichen wöchentlicher hebdomadaire hebdomadaires semanal "
    "semanales semanalmente "
    "settimanale settimanali semanais साप्ताहिक wekelijks",
    "/month": "monthly monatlich monatliche monatlichen monatlicher mensuel mensuelle mensuels mensuelles mensual "
    "mensuales "
    "mensualmente mensile mensili mensal mensais मासिक maandelijks",
    "/night": "nightly nächtlich nächtliche nächtlichen",
    "/quarter": "quarterly vierteljährlich trimestriel trimestrielle trimestral trimestrales trimestrale",
    "/year": "yearly annually annual jährlich jährliche jährlichen jährlicher jährlichem annuel annuelle annuels "
    "annuelles anual anuales "
    "anualmente annuale annuali annualmente anuais सालाना वार्षिक jaarlijks",
}
RATE: Final = {fold(word): rate for rate, line in _RATES.items() for word in line.split()}
"""Words for "once a day" and the like, folded."""
PERIOD: Final = {fold(word): rate for rate, line in _PERIODS.items() for word in line.split()}
"""Words for periods, folded; after one of `EVERY` they are rates."""
PARTICLES: Final = frozenset(
    ["ein", "mit", "um", "auf", "ab", "an", "vor", "durch", "aus", "zu", "nach", "bei", "fest", "weiter"]
)
"""Of German: they stand at the end of a clause and belong to its verb."""
INTERVAL: Final = re.compile(
    r"\s*(?:(to|or|bis|oder|à|ou|a|o|hasta|tot|till|eller|do|lub)|(and|und|et|y|e|en|och|i))\s*"
)
BETWEEN: Final = re.compile(r"(?:between|zwischen|entre|tra|fra|tussen|mellan|między)\s*$", re.IGNORECASE)
START: Final = re.compile(r"(?:from|von|vom|de|del|des|dal|dalla|da|desde|van|från|od)\s*$", re.IGNORECASE)
"""Words between and before the ends of an interval, and before a beginning that has an end."""

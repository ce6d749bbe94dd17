"""Numbers in words, by language: data. Articles ("one", "un", "eine") are no numbers."""

from __future__ import annotations

from typing import Final

_FROM_TWO: Final = {
    "english": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "german": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig",
    "french": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt",
    "spanish": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte",
    "italian": "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove venti",
    "portuguese": "dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete "
    "dezoito dezenove vinte",
    "dutch": "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig",
    "polish": "dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście "
    "piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia",
    "swedish": "två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton "
    "nitton tjugo",
    "hindi": "दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस",
}
_TENS: Final = {
    "english": "thirty forty fifty sixty seventy eighty ninety",
    "german": "dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "french": "trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
    "spanish": "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "italian": "trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "portuguese": "trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "dutch": "dertig veertig vijftig zestig zeventig tachtig negentig",
    "polish": "trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt",
    "swedish": "trettio fyrtio femtio sextio sjuttio åttio nittio",
    "hindi": "तीस चालीस पचास साठ सत्तर अस्सी नब्बे",
}
_MORE: Final = {
    "english": {
        "one and a half": "1.5", "a year and a half": "1.5 years", "one year": "1 year", "half a year": "6 months",
        "one month": "1 month", "one week": "1 week", "one day": "1 day", "one hour": "1 hour",
        "two times": "twice", "2 times": "twice", "a dozen": "12", "dozen": "12", "a hundred": "100",
        "by half": "by 50 %", "by a half": "by 50 %",
        "by a third": "by 33.3 %", "by a quarter": "by 25 %", "by a fifth": "by 20 %", "by two thirds": "by 66.7 %",
        "by three quarters": "by 75 %", "halved": "reduced by 50 %", "halving": "reducing by 50 %",
        "doubled": "increased by 100 %", "doubling": "increasing by 100 %", "tripled": "increased by 200 %",
        "two thirds of": "66.7 % of", "two-thirds of": "66.7 % of", "three quarters of": "75 % of",
        "three-quarters of": "75 % of",
    },
    "german": {
        "ein dutzend": "12", "dutzend": "12", "hundert": "100", "um die hälfte": "um 50 %",
        "ein jahr": "1 Jahr", "einem jahr": "1 Jahr", "ein halbes jahr": "6 Monate", "einem halben jahr": "6 Monate",
        "eineinhalb": "1,5", "anderthalb": "1,5",
        "um ein drittel": "um 33,3 %", "um ein viertel": "um 25 %", "um ein fünftel": "um 20 %",
        "halbiert": "um 50 % gesenkt",
        "halbierte": "senkte um 50 %", "verdoppelt": "um 100 % gesteigert", "verdoppelte": "steigerte um 100 %",
    },
    "french": {"un an et demi": "1,5 ans", "un an": "1 an", "une douzaine": "~12", "une dizaine": "~10", "une "
    "vingtaine": "~20",
        "une cinquantaine": "~50", "cent": "100",
        "de moitié": "de 50 %", "d'un tiers": "de 33,3 %", "d'un quart": "de 25 %", "d'un cinquième": "de 20 %"},
    "spanish": {"un año y medio": "1,5 años", "un año": "1 año", "una docena": "12", "una decena": "~10", "una "
    "veintena": "~20", "cien": "100",
        "en un tercio": "en 33,3 %", "en un cuarto": "en 25 %", "un tercio": "33,3 %", "una cuarta parte": "25 %"},
    "italian": {"un anno e mezzo": "1,5 anni", "un anno": "1 anno", "una dozzina": "~12", "una decina": "~10", "una "
    "ventina": "~20", "cento": "100",
        "di un terzo": "di 33,3 %", "di un quarto": "di 25 %"},
    "portuguese": {"um ano e meio": "1,5 anos", "um ano": "1 ano", "uma dúzia": "12", "duas": "2", "cem": "100",
        "em um terço": "em 33,3 %", "um terço": "33,3 %", "em um quarto": "em 25 %"},
    "hindi": {"पांच": "5", "पाच": "5", "छः": "6"},
}  # fmt: skip

LANGUAGES: Final = tuple(_FROM_TWO)


def numerals(language: str) -> dict[str, str]:
    """Return the numbers of a language in digits, by their words in lower case."""
    found = {word: str(number) for number, word in enumerate(_FROM_TWO.get(language, "").split(), 2)}
    found |= {word: str(number * 10) for number, word in enumerate(_TENS.get(language, "").split(), 3)}
    if language == "english":
        found |= {
            f"{ten}{gap}{one}": str(int(found[ten]) + digit)
            for ten in ["twenty", *_TENS["english"].split()]
            for digit, one in enumerate(["one", *_FROM_TWO["english"].split()[:8]], 1)
            for gap in ("-", " ")
        }
    if language == "german":
        ones = ["ein", *_FROM_TWO["german"].split()[:8]]
        found |= {
            f"{one}und{ten}": str(int(found[ten]) + digit)
            for ten in ["zwanzig", *_TENS["german"].split()]
            for digit, one in enumerate(ones, 1)
        }
    return found | _halves(language, found) | _MORE.get(language, {})


_HALVES: Final = {
    "english": ("{} and a half", "{}.5"), "german": ("{}einhalb", "{},5"), "french": ("{} ans et demi", "{},5 ans"),
    "spanish": ("{} años y medio", "{},5 años"), "italian": ("{} anni e mezzo", "{},5 anni"),
    "portuguese": ("{} anos e meio", "{},5 anos"),
}  # fmt: skip


def _halves(language: str, known: dict[str, str]) -> dict[str, str]:
    """Return numbers and a half: "five and a half", "5 and a half"."""
    if language not in _HALVES:
        return {}
    words, digits = _HALVES[language]
    return {words.format(name): digits.format(number) for one, number in known.items() for name in (one, number)}

"""Languages and how well they are spoken, in postings and résumés."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = {
    "English": "english anglais englisch inglés ingles inglese inglês engels engelse",
    "German": "german deutsch allemand alemán aleman alemão tedesco duits duitse",
    "French": "french französisch français francais francés francês francese frans franse",
    "Spanish": "spanish spanisch espagnol español castellano espanol espanhol spagnolo spaans",
    "Italian": "italian italienisch italien italiano italiaans",
    "Portuguese": "portuguese portugiesisch portugais portugués português portoghese portugees",
    "Dutch": "dutch niederländisch holländisch néerlandais neerlandés nederlands nederlandse olandese neerlandês",
    "Polish": "polish polnisch polonais polaco polski",
    "Swedish": "swedish schwedisch suédois sueco svenska",
    "Danish": "danish dänisch danois danés", "Norwegian": "norwegian norwegisch norvégien noruego",
    "Finnish": "finnish finnisch finnois finlandés", "Czech": "czech tschechisch tchèque checo",
    "Hungarian": "hungarian ungarisch hongrois húngaro", "Romanian": "romanian rumänisch roumain rumano",
    "Greek": "greek griechisch grec griego", "Turkish": "turkish türkisch turc turco",
    "Russian": "russian russisch russe ruso", "Ukrainian": "ukrainian ukrainisch ukrainien ucraniano",
    "Arabic": "arabic arabisch arabe árabe", "Hebrew": "hebrew hebräisch hébreu hebreo",
    "Mandarin": "mandarin chinese chinesisch chinois chino", "Cantonese": "cantonese kantonesisch",
    "Japanese": "japanese japanisch japonais japonés", "Korean": "korean koreanisch coréen coreano",
    "Hindi": "hindi", "Urdu": "urdu", "Punjabi": "punjabi", "Bengali": "bengali", "Tamil": "tamil",
    "Vietnamese": "vietnamese vietnamesisch vietnamien vietnamita", "Thai": "thai", "Tagalog": "tagalog",
    "Welsh": "welsh walisisch gallois", "Irish": "irish", "Catalan": "catalan katalanisch catalán català",
    "Haitian Creole": "haitian-creole creole", "Croatian": "croatian kroatisch", "Serbian": "serbian serbisch",
    "Swahili": "swahili", "Somali": "somali", "Farsi": "farsi persian persisch", "Basque": "basque euskera",
    "Galician": "galician gallego", "Valencian": "valenciano valencià valencian", "Slovak": "slovak slowakisch",
    "Bulgarian": "bulgarian bulgarisch",
    "ASL": "asl",
}  # fmt: skip
_BY_NAME: Final = {name.replace("-", " "): language for language, names in _NAMES.items() for name in names.split()}
NAME: Final = re.compile(
    rf"(?<!\w)({'|'.join(sorted(_BY_NAME, key=len, reverse=True))})(?:-?(?:kenntnisse\w*|sprachkenntnisse\w*|"
    rf"speaking|speaker))?(?!\w)",
    re.IGNORECASE,
)
_LEVELS: Final = {
    6: (
        r"native|mother tongue|madrelingua|moedertaal|muttersprach\w*|maternelle|nativ[oa]|C2|zweisprachig|"
        r"first language|langue maternelle|materna"
    ),
    5: (
        r"C1|fluent\w*|fluency|fließend\w*|verhandlungssicher\w*|courant\w*|couramment|fluente|vloeiend|ottim\w+|uitstekend\w*|"
        r"full professional|proficient|excellent|very good|sehr gute?\w*|perfect\w*|fluid[oa]|business[- "
        r"]fluent|alto|avanzado|avançado|advanced|negotiation|parfait\w*|excelente|completo"
    ),
    4: (
        r"B2|business[- ]level|professional working|good|gute?\w*|professional|upper[- ]intermediate|bon(?:ne)?s?(?: "
        r"niveau)?|buen(?:o|a)?s?|buon\w*|bo[am]s?|goede?|working knowledge|sicher\w*|professionnel\w*|"
        r"profesional|solide\w*"
    ),
    3: (
        r"B1|bilingual|bilingue|biling\u00fce|intermediate|conversational|konversation\w*|intermédiaire|intermediário|"
        r"intermedio|medio|mittel\w*|enough|limited working"
    ),
    2: (r"A2|basic|some|grund\w*|elementary|elemental|notions|débutant|básico|beginner|school|schul\w*|scolaire|lu\b"),
    1: (r"A1"),
}
_LEVEL: Final = [(rank, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)) for rank, pattern in _LEVELS.items()]
CEFR: Final = re.compile(r"(?<!\w)([ABC])([12])(?!\w)")
_NOT_SPOKEN: Final = re.compile(
    r"^\s*(?:(?:market|law|gaap|cuisine|customers?|clients?|literature|teacher|office|team|tax|labou?r|"
    r"company|food|kitchen|holiday|speaking countries|"
    r"accounting|standards?|driv\w+|recht|markt|küche|steuerrecht|literatur|association|heart|red cross|"
    r"citizens?|passport|degree|class(?:es)?|lessons?|department|learners?|language arts|studies|A "
    r"level|GCSE|home|kunden|raum)\b)",
    re.IGNORECASE,
)


def languages(text: str) -> list[tuple[int, int, str]]:
    """Find the languages that a text names as languages: start, end, English name."""
    found = []
    for match in NAME.finditer(text):
        capital = match[0][0].isupper()
        latin = match[0].lower() in {
            "anglais",
            "allemand",
            "français",
            "francais",
            "espagnol",
            "inglés",
            "ingles",
            "alemán",
            "francés",
            "español",
            "italien",
            "portugais",
            "italiano",
            "castellano",
            "catalán",
            "portugués",
            "árabe",
            "arabe",
            "chinois",
            "néerlandais",
            "ruso",
            "russe",
            "euskera",
            "gallego",
            "inglês",
            "espanhol",
            "alemão",
            "francês",
            "inglese",
            "tedesco",
            "francese",
            "spagnolo",
            "português",
            "valenciano",
        }
        if (capital or latin) and not _NOT_SPOKEN.match(text[match.end() :]):
            found.append((match.start(), match.end(), _BY_NAME[match[1].lower()]))
    return found


def name_at(text: str, start: int) -> str:
    """Return the name of a language as a text writes it, without "skills": Deutsch of Deutschkenntnisse."""
    match = NAME.match(text, start)
    return match[1] if match else ""


def named(text: str) -> str | None:
    """Return the language that a short text names."""
    match = NAME.search(text)
    return _BY_NAME[match[1].lower()] if match else None


def rank(text: str) -> int | None:
    """Return how well a language is spoken, from 1 to 6 as in the CEFR (A1 to C2); None if the text does not say."""
    found = [(match.start(), value) for value, pattern in _LEVEL if (match := pattern.search(text))]
    exact = CEFR.search(text)
    if exact:
        return "ABC".index(exact[1]) * 2 + int(exact[2])
    return max(value for _, value in found) if found else None

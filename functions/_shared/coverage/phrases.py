"""The phrases of job postings: headings, levels, demands; what stands before and after an item; what joins items."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from functions._shared.coverage.lexicon import DATA

Name = Literal[
    "preferred_heading", "required_heading", "other_heading", "preferred", "required", "asks", "not_asked", "ours",
    "our_clause", "also_fine", "conditions",
]  # fmt: skip
_CODES: Final = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl",
}  # fmt: skip
_NEVER: Final = "(?!)"


@lru_cache(maxsize=128)
def pattern(name: Name, language: str) -> re.Pattern[str]:
    """Return the phrases of one kind: those in English and in the language of the posting, or all of them."""
    own = _CODES.get(language)
    found = [text for code, text in _patterns()[name] if code == "en" or own is None or code == own]
    return re.compile("|".join(found) or _NEVER, re.IGNORECASE)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for line in (DATA / "phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            code, _, text = line.partition(": ")
            found.setdefault(name, []).append((code, text))
    return found


_GLUE = (
    r"(?:(?:well|also|already|previously|both|either|with|in|of|on|to|as|using|at|about|for|from|around|"
    r"the|an?|some|any|"
    r"im|mit|von|der|den|dem|als|am|bei|zu|zur|zum|über|für|des|und|de|du|en|avec|la|le|les|dans|à|"
    r"sur|del|con|el|los|las|para|como|"
    r"com|em|da|do|dos|das|no|na|di|nel|nella|della|van|met|het|op|een|een)\s+|d['\u2019]|l['\u2019]|dell['\u2019])*"
)
LEAD_IN: Final = re.compile(
    r"^(?:(?:and|or|also|your|votre|vos|ihren?|deinen?|und|oder|auch|et|ou|y|o|e|en|of|but|as well as|sowie|plus|"
    r"including|both|either|"
    r"neither|then|to|in|the|an?|some|any|that|with|anyone|someone|somebody|evidence of|möglichst|mit|avec|con|com|met|"
    r"des|du|la|le|les|los|las|el|der|die|das|den|ein(?:e[mnrs]?)?|une?|una?|uno|um|uma|einer|de|di|"
    r"een|het|je|jij|u)\s+|(?:d|l)['\u2019]"
    r"|(?:very|excellent|strong|good|great|solid|advanced|basic|deep|proven|demonstrated|outstanding|"
    r"exceptional|hands-on|practical|working|sound|thorough|"
    r"extensive|relevant|professional|previous|prior|first|initial|confident|expert|native|modern|clear|"
    r"current|valid|full|clean|active|perfect|fluent|genuine|"
    r"real|at least|minimum|ideally|preferably|recent|general|broad|intermediate|effective|well-developed|"
    r"completed|appropriate|business-level|conversational|"
    r"abgeschlossene[snr]?|sehr|gute?[nrs]?|sicherer?|fundierte[nrs]?|ausgeprägte[nrs]?|erste|hohe[sr]?|"
    r"mehrjährige|einschlägige|nachweisbare|fließende?[sn]?|"
    r"verhandlungssichere?[sn]?|solide[nrs]?|grundlegende|umfassende|routinierter?|gültige[rn]?|idealerweise|"
    r"gerne|bonn?e?s?|très|excellente?s?|solides?|parfaite|"
    r"première|réelle|buenas?|buenos?|buen|excelentes?|sólidos?|amplia|amplios|alto|avanzado|idealmente|"
    r"idéalement|bons|boas?|ótim\w+|sólid\w+|"
    r"uitstekende|goede|ruime|aantoonbare|ottim\w+|buon\w+|eccellent\w+|pregressa)\s*,?\s+"
    r"|(?:you(?:'d|'ll|'ve|'re|\u2019ve|\u2019re)?|have|has|had|be|being|are|is|can|know|will|should|"
    r"must|needs?|requires?|bring|like|enjoy|feel|ability|able|capable|knowing|"
    r"understands?|understanding|experienced?|experiences|expertise|skilled|skills?|proficien(?:t|cy)|"
    r"knowledge|familiar(?:ity)?|comfortable|confidence|background|exposure|"
    r"competen(?:t|ce|cy)|command|mastery|fluency|grounding|passion|interest|track record|grasp|user|use|used|"
    r"using|seen|written|write|wrote|writing|worked|working|"
    r"work|understood|at home|possession|hold|speak|usage|awareness|qualified|trained|handy|adept|versed|literate|"
    r"certified|certification|"
    r"licensure|building|testing|scripting|programming|design(?=\s+(?:for|of)\s)|"
    r"erfahrung(?:en)?|kenntnisse|(?:grund|fach)kenntnisse|verständnis|umgang|freude|wissen|sie|du|"
    r"dich|ihre?|deine?|haben|hast|verfügen|verfügst|bringen|bringst|"
    r"brauchst|brauchen|dafür|beherrschen|beherrschst|sprechen|sprichst|sind|bist|können|kannst|kennst|kennen|fähigkeit|berufserfahrung|"
    r"praxis|sicher|vertraut|besitz|weiterbildung|"
    r"expériences?|connaissances?|maîtrise|vous|êtes|avez|maîtrisez|parlez|savez|connaissez|justifiez|"
    r"disposez|possédez|compréhension|pratique|capacité|notions|aisance|"
    r"à l'aise|utilisation|titulaire|être|avoir|sensibilité|experiencia|conocimientos?|dominio|manejo|"
    r"capacidad|dotes|tienes|eres|hablas|dominas|manejas|sabes|conoces|uso|nivel|"
    r"habilidad(?:es)?|cuentas|poseer|tener|ser|estar|experiência|conhecimentos?|domínio|noções|capacidade|"
    r"gosto|ervaring|kennis|beheersing|kunt|kent|hebt|bent|spreekt|beheerst|"
    r"esperienza|conoscenz[ae]|padronanza|capacità|utilizzo|hai|sei|sai)\s+" + _GLUE + r"(?=\S))",
    re.IGNORECASE,
)
TAIL: Final = re.compile(
    r"\s+(?:(?:van binnen|inside out|without|enough|highly|software|a (?:bonus|plus|must)|lesen zu|holds? no|is|are|"
    r"would|will|so|"
    r"that|which|who|where|when|while|because|"
    r"since|if|but|as|for|from|at|to|through|across|within|under|including|you|we|our|your|instead|"
    r"required|preferred|desirable|needed|desired|doesn'?t|does|do|hold no|helps?|please|skills?|experience|"
    r"expertise|background|knowledge|abilities|certificat(?:e|ion)s?|certified|proficiency|concepts?|"
    r"principles|fundamentals|technologies|tools?|systems?|administration|hygiene|devices|level|policy|"
    r"rules|calculations|charts|standards?|development environment|in (?:production|a|an|the|your|our|"
    r"one|spoken|written|general)|on (?:your|the|a|our|the way)|of (?:every|our|the|your)|with (?:a|"
    r"an|our|your|the|other|others)"
    r"|ist|sind|wäre|von vorteil|sowie|für|die|der|das|wünschenswert|kenntnisse|erfahrung|im|in der|"
    r"in den|zur|zum|bei|aus|auf|um|wenn|weil|dass|setzen|gehören"
    r"|serait|seraient|est|sont|qui|que|pour|dans|afin|exigée?s?|requise?s?|souhaitée?s?|appréciée?s?|obligatoires?"
    r"|será|es|son|que|para|se|deseables?|imprescindibles?|valorable|requerid[oa]s?|en (?:un|una|el|"
    r"la|puesto|empresa))\b.*|,.*|\s[\u2013\u2014-]\s.*)$",
    re.IGNORECASE | re.DOTALL,
)
DEGREE_TAIL: Final = re.compile(
    r"\s+(?:(?:is|are|would|will|which|that|from an?|required|preferred|desirable|needed|with a|ist|"
    r"wäre|wünschenswert|erforderlich|est|serait|exigée?|souhaitée?|es|será|deseable|does no harm|"
    r"experience|or higher|or above|sans être)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OR: Final = {
    "german": "oder|bzw\\.|beziehungsweise", "french": "ou", "spanish": "o|u", "italian": "o|oppure|od",
    "portuguese": "ou", "dutch": "of",
}  # fmt: skip
_AND: Final = {
    "english": "plus",
    "german": "und|sowie", "french": "et|ainsi que", "spanish": "y|e|así como", "italian": "e|ed",
    "portuguese": "e|bem como", "dutch": "en|alsmede",
}  # fmt: skip


@lru_cache(maxsize=16)
def separator(language: str) -> re.Pattern[str]:
    """Return what parts the items of a list; the name of the group says how: any, all or list."""
    either, both = (f"|{words[language]}" if language in words else "" for words in (_OR, _AND))
    return re.compile(
        rf"\s*(?:(?P<any>,?\s*\b(?:and/or|or{either})(?<=[\w.])(?:\s+(?:also|else|auch))?\s+)"
        rf"|(?P<all>,?\s*(?:\b(?:and|as well as|along with{both})|&(?=\s))\s+)|(?P<list>,\s+))",
        re.IGNORECASE,
    )


SUCH_AS: Final = re.compile(
    r",?\s*\b(?:such as|like|e\.\s?g\.|for example|for instance|i\.e\.|wie|wie z\. ?B\.|z\. ?B\.|zum "
    r"Beispiel|etwa|tel(?:le)?s? que|comme|par exemple|como|por ejemplo|p\. ?ej\.)(?:\s+with)?,?\s+",
    re.IGNORECASE,
)
VAGUE: Final = re.compile(
    r"^(?:or )?(?:(?:a |an |any |another |some)?(?:thing )?(?:similar|other|others|comparable|equivalent|related|etc|"
    r"more|the like|so on)\b.*|ähnlich\w*.*|vergleichbar\w*.*|autres?.*|similaires?.*|équivalent.*|"
    r"simila\w*|otr[oa]s?.*|others?|\w+ (?:similar|similaire|simile|ähnlich\w*))$",
    re.IGNORECASE,
)

"""The phrases of job postings in the languages we read, as patterns: headings, levels, lead-ins, units. Data.

All patterns ignore case. What is missing here is not guessed: a heading that is not known begins a part in which only
sentences that plainly ask for something count.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


PREFERRED_HEADING: Final = _any(
    r"nice[- ]to[- ]have", r"\bbonus\b(?! and)", r"\bprefer", r"desir", r"\bplus(?:es)?$", r"^plus\b", r"advantag", r"great if", r"\bideally\b",
    r"would be (?:nice|good|great|lovely)", r"good to have", r"it helps", r"helpful", r"\bmeriting", r"icing on", r"extra (?:points|credit)",
    r"we'?d love to see", r"brownie points", r"stand out", r"optional", r"even better", r"what would be nice", r"beneficial",
    r"von vorteil", r"wünschenswert", r"\bidealerweise\b", r"\bpluspunkt", r"\bgern(?:e)? gesehen", r"das wäre schön", r"nice wäre",
    r"darüber freuen wir uns", r"kein muss", r"begeister", r"freuen würden?", r"toll wäre", r"wäre (?:toll|schön|super)", r"on top",
    r"mooi meegenomen", r"\bpré\b", r"pluspunten", r"leuk als", r"mais-valia", r"diferencia", r"valoriz", r"costituisc", r"preferenzial", r"gradit", r"titolo preferenziale", r"plus$",
    r"\batouts?\b", r"serai(?:t|ent) un plus", r"\ble plus\b", r"\bles plus\b(?! de )", r"souhaité", r"apprécié", r"idéalement", r"en plus",
    r"valora", r"deseable", r"un plus", r"\bsuma", r"preferible", r"se apreciar", r"nos gustar",
)  # fmt: skip
REQUIRED_HEADING: Final = _any(
    r"require", r"qualific", r"must[- ]have", r"essential", r"\bskills?\b", r"\byour (?:profile|background|experience|personality|qualifications)",
    r"who you are", r"about you\b", r"^you:?$", r"^about you", r"\byou(?:'ll| will)? (?:bring|need|have|are|offer|know)\b", r"what you bring", r"what we need", r"what we ask",
    r"looking for", r"person specification", r"candidate", r"minimum", r"\bwe expect", r"what it takes", r"expertise", r"eligib",
    r"competenc", r"knowledge", r"experience", r"your toolbox", r"licen[cs]", r"certificat", r"\beducation\b", r"is this you", r"you should have",
    r"as a person", r"to apply,? you", r"you'll (?:fit|thrive|succeed)", r"you might be", r"what (?:makes|will make) you",
    r"(?:ihr|dein|das|unser gesuchtes) profil", r"^profil", r"anforderung", r"qualifikation", r"voraussetzung", r"(?:das|was) (?:bringst|bringen|solltest|sollten|zeichnet|erwarten wir|wünschen wir|brauchst|brauchen|hast|haben|du mit)",
    r"(?:du|sie) (?:bringst|bringen|hast|haben|passt|passen|überzeug)", r"was wir (?:erwarten|uns wünschen|suchen)", r"wir (?:suchen|erwarten|wünschen uns)", r"^kenntnisse", r"damit (?:punkten|überzeugen|punktest|überzeugst)",
    r"^(?:du|sie|dich|persönlich)\b", r"mitbring",
    r"(?:votre|le|son|ton) profil", r"profil (?:recherch|souhait|attendu)", r"compétence", r"vous (?:êtes|avez|justifiez|possédez|maîtrisez)", r"prérequis", r"pré-requis", r"exigences", r"formation", r"ce que (?:nous cherchons|nous attendons|vous apportez)", r"qui êtes-vous",
    r"wat (?:vragen|zoeken|verwachten) wij|wat wij (?:vragen|zoeken)|wie ben jij|jouw profiel|functie-?eisen|wat breng(?:t)? (?:je|jij)|dit ben jij|dit vragen wij|wat je meebrengt",
    r"o que (?:procuramos|pedimos|esperamos|precisas)|quem procuramos|procuramos|o teu perfil|o seu perfil", r"requisiti|cosa cerchiamo|chi cerchiamo|il tuo profilo|profilo|competenze|cerchiamo|cosa chiediamo",
    r"requisito", r"\bperfil\b", r"(?:qué|lo que|a quién) (?:buscamos|pedimos|necesitamos|necesitas|esperamos|aportas|ofreces)", r"buscamos", r"imprescindible", r"necesitas", r"se requiere", r"tu perfil", r"formación", r"experiencia",
)  # fmt: skip
OTHER_HEADING: Final = _any(
    r"respons", r"what you(?:'ll| will| get to)? (?:do|be doing|work)", r"dut(?:y|ies)", r"the (?:role|job|post|work|position|opportunity|team|company|department|school|package|offer)\b(?! requires)",
    r"what the (?:job|role)", r"role (?:is|overview|summary)", r"position summary", r"job (?:summary|purpose|announcement)", r"your (?:tasks?|days?|role|mission|work|impact|job)\b",
    r"about (?:us|the|our)\b", r"^about (?!you)", r"who we are", r"benefit", r"we (?:offer|give|provide)", r"what you(?:'ll| will)? (?:get|receive|earn)", r"perks", r"compensation", r"salary",
    r"how to apply", r"\bwhy\b", r"equal", r"process", r"location", r"in this role", r"in return", r"what'?s in it", r"what is in it", r"our (?:values|culture|company|stack|tech)", r"application", r"next steps",
    r"what happens", r"don'?t care", r"what we don'?t", r"a (?:typical )?day", r"^pay\b", r"^hours", r"^schedule", r"^start", r"^contact", r"safeguarding", r"working (?:hours|conditions|pattern)", r"we give",
    r"diversity", r"privacy", r"interview", r"rewards", r"tech(?:nology)? stack", r"physical", r"selection", r"the talent", r"our team", r"you will\b", r"you'll\b(?! need| bring| have)",
    r"aufgaben", r"wir bieten", r"über uns", r"unser angebot", r"das (?:erwartet|bieten|machst|tust)", r"was (?:dich|sie) erwartet", r"was wir bieten", r"benefits", r"bewerb", r"kontakt", r"wer wir sind", r"deine rolle", r"tätigkeit", r"was du (?:tust|machst)", r"darauf (?:kannst|können|dürfen)", r"unser team", r"ihr einsatz", r"freu(?:en|st) (?:sie|du|dich)", r"gehalt",
    r"\bmissions?\b", r"nous (?:offrons|proposons|vous)", r"avantages", r"qui sommes", r"à propos", r"(?:le|votre) (?:poste|rôle)", r"rémunération", r"l'entreprise", r"pour postuler", r"candidature", r"ce que nous (?:offrons|proposons)", r"conditions", r"horaires", r"vos tâches", r"au quotidien", r"on vous",
    r"over ons|wat ga je doen|wat bieden wij|wij bieden|arbeidsvoorwaarden|solliciteren|jouw taken|de functie|wie (?:wij|we) zijn|dit bieden wij|wat wij bieden",
    r"o que (?:vais|irás|vai) fazer|o que oferecemos|oferecemos|quem somos|sobre nós|funções|o que damos", r"chi siamo|cosa farai|cosa offriamo|offriamo|le tue mansioni|mansioni|attività|responsabilità|come candidarsi|la tua giornata|ti offriamo",
    r"funciones", r"(?:qué|lo que) (?:te )?ofrecemos", r"ofrecemos", r"sobre (?:nosotros|la empresa|el puesto)", r"quiénes somos", r"responsabilidades", r"tareas", r"(?:qué|lo que) harás", r"condiciones", r"cómo (?:solicitar|postular|inscrib)", r"tu día", r"beneficios", r"el puesto", r"tus? (?:misión|funciones)", r"horario", r"salario", r"inscríbete",
)  # fmt: skip

PREFERRED: Final = _any(
    r"nice[- ]to[- ]have", r"\b(?:is|are|as|be|would be|considered)? ?an? (?:big |huge |real |definite |strong |lovely |nice )?(?:plus|bonus|advantage|asset|extra)\b", r"\bpreferr?(?:ed|ably|able)\b", r"\bideally\b", r"\bdesir(?:ed|able)\b",
    r"would be (?:nice|great|good|lovely|welcome|ideal|helpful|useful)", r"\bhelps\b", r"\bhelpful\b", r"\badvantageous\b", r"\bbeneficial\b", r"\bdoes no harm\b", r"\bdoesn'?t hurt\b", r"\bwelcome(?:d)?\b", r"within \d+ (?:days|months) of",
    r"\bbonus(?: points)?\b", r"\bso would\b", r"\bon the way to\b", r"\bwe'?d (?:also )?(?:love|like)\b(?! to (?:hear|meet|see you))", r"\bgood to have\b", r"\boptional\b", r"\bappreciated\b", r"\bpreference\b", r"even better", r"extra points",
    r"von vorteil", r"\bwünschenswert\b", r"\bidealerweise\b", r"\bgern(?:e)? (?:auch|mit|gesehen)\b", r"\bein plus\b", r"pluspunkt", r"\bvorzugsweise\b", r"\bwünschen wir uns\b", r"\bwäre(?:n)? (?:schön|toll|super|ideal|ein)", r"kein muss", r"\bhilfreich", r"schadet nicht", r"\boptimal", r"\bnice to have\b", r"bevorzugt", r"willkommen",
    r"serai(?:t|ent) un plus", r"\bun (?:vrai |réel |gros )?plus\b", r"\bun atout\b", r"\bapprécié", r"\bidéalement\b", r"\bsouhaité", r"\bde préférence\b", r"bienvenu",
    r"se valora", r"valorable", r"valoraremos", r"\bdeseable\b", r"preferible", r"preferentemente", r"\bun plus\b", r"idealmente", r"nos encanta", r"se tendrá en cuenta", r"\bsuma(?:n)? puntos", r"no es imprescindible", r"sería (?:ideal|un)", r"ventaja", r"praktisch\b", r"ein gewinn", r"aber keine bedingung", r"preferiblemente", r"vous fera gagner", r"mooi meegenomen", r"\been pré\b", r"pluspunt", r"mais-valia", r"valoriza", r"preferencia", r"gradit", r"preferibil", r"costituisc", r"un vantaggio", r"\bbij voorkeur\b",
)  # fmt: skip
REQUIRED: Final = _any(r"\bmust\b(?! not)", r"(?<!not )\brequired\b", r"\bmandatory\b", r"\bessential\b", r"zwingend", r"\bimpératif", r"\bimprescindible\b(?<!no es imprescindible)", r"\bobligatoire", r"\bobligatori[oa]\b", r"unerlässlich", r"setzen wir voraus", r"(?<!être )\bindispensable\b", r"\bexigé")  # fmt: skip
ASKS: Final = _any(
    r"\bas a person\b", r"\byou are \w+ and \w+", r"\byou are \w+,",
    r"\byou(?:'ll| will)?(?: also)? (?:need|must|bring|have (?!a say|access|the chance|to)|know|hold|speak|enjoy|'ve|are (?:fluent|comfortable|confident|experienced|strong|proficient|used|able|good|at home|a|an|qualified|registered|familiar))", r"\byou (?:should|can|run|like|work) ", r"\byou'(?:ve|re) ",
    r"\b(?:we|we'd|we would) (?:expect|require|ask|want) ?(?:you|for)?\b", r"\bstrong on\b", r"\bto be at home in\b", r"\bmust (?:have|be|hold|speak|know)\b", r"\brequire(?:d|s|ments?)\b", r"looking for .{0,60}\b(?:with|who)\b", r"\bneed(?:s|ed)? to (?:have|be|know)\b",
    r"\bexperience (?:with|in|of|as|using)\b", r"\bknowledge of\b", r"\bproficien", r"\bfluen(?:t|cy)\b", r"\bfamiliar", r"second nature", r"\bqualification", r"\bsomeone (?:who|with)\b", r"\bsomebody (?:who|with)\b", r"\bif you (?:have|had|know|speak)\b",
    r"\b(?:sie|du) (?:haben|hast|verfügen|verfügst|sprechen|sprichst|bringen|bringst|beherrschen|beherrschst|kennen|kennst|sind|bist|besitzen|besitzt|können|kannst|arbeitest|arbeiten|konntest|konnten)\b", r"voraussetzung", r"\berfahrung", r"kenntnisse", r"wir (?:erwarten|suchen|brauchen)", r"\bhaben sie\b", r"\bhast du\b", r"\bführerschein", r"\bdeutsch",
    r"\bvous (?:avez|êtes|maîtrisez|parlez|justifiez|possédez|disposez|connaissez|aimez|savez)\b", r"\bmaîtrise", r"\bexpérience\b", r"\bnous (?:recherchons|cherchons|attendons)", r"\btitulaire\b", r"\bexigé", r"\bdiplôme", r"\bconnaissance", r"\bil (?:vous )?faut\b",
    r"\bje (?:hebt|kunt|kent|bent|spreekt|beheerst|weet)\b", r"\bervaring\b", r"\bkennis van\b", r"\bprocuramos\b", r"\bexperiência\b", r"\bdomínio\b", r"\bconhecimentos?\b", r"\bcerchiamo\b", r"\besperienza\b", r"\bconoscenz", r"\b(?:hai|sei|sai) \w+", r"\bfalas\b|\btens\b", r"du brauchst", r"einfühlsam",
    r"\bbuscamos\b", r"\bnecesitamos\b", r"\b(?:tienes|hablas|dominas|conoces|cuentas|eres|sabes|aportas|manejas)\b", r"\bse requiere", r"\bimprescindible\b", r"\bexperiencia\b", r"\bconocimiento", r"\bdominio\b", r"\bpedimos\b",
)  # fmt: skip
NOT_ASKED: Final = _any(
    r"\b(?:is|are|was|were)(?: not|n't) (?:needed|required|necessary|expected|a must)\b", r"\bno .{2,40} (?:needed|required|necessary)\b", r"\b(?:don'?t|do not|doesn'?t|does not) (?:need|require|care|mind|expect|ask|have to)\b", r"\bwe can'?t sponsor\b", r"\bwe care much more\b(?!.*\bbut\b)",
    r"\bnicht (?:nötig|erforderlich|notwendig|zwingend)\b", r"\bkeine? .{2,40} (?:nötig|erforderlich|notwendig)\b", r"\bpas (?:nécessaire|obligatoire|exigé|requis|besoin)", r"\bno (?:es necesari|se requiere|hace falta|pedimos|es imprescindible)", r"(?<!but )\bwe(?:'ll| will| can| could)? (?:teach|train) you\b(?!.*\bbut\b)", r"\bif you don'?t (?:have|meet|tick)", r"\bdon'?t have the\b", r"\bdon'?t meet\b",
)  # fmt: skip
OURS: Final = _any(
    r"^\W*you(?:'ll|\u2019ll| will) (?!need|have|bring|be (?:able|fluent|familiar|comfortable)|also need|ideally)",
    r"^\W*(?:we|our|us|this|that|there|they|it|the|its|it's|here|in return|no|last|today|every|each|some of|apply|send|please|call|whether|because)\b(?!.{0,40}\b(?:you need|you will need|you should|ability|degree|is required|are required|must))",
    r"^\W*(?:wir|unser\w*|das|dies\w*|es|hier|dafür|bei uns|bitte|bewirb|bewerben|schick\w*)\b(?!.{0,60}(?:setzen|erwarten|brauch|vorteil|plus|vorauss|suchen|wünschen))",
    r"^\W*(?:nous|notre|nos|ce|cette|c'est|ici|chez|on|envoyez|merci)\b(?!.{0,60}(?:cherchons|exig|attend|plus|atout))",
    r"^\W*(?:nosotros|nuestr\w+|esto|aquí|te ofrecemos|envía\w*|somos|llevamos|hacemos|trabajamos)\b(?!.{0,60}(?:buscamos|pedimos|valora|requ))",
)  # fmt: skip
OUR_CLAUSE: Final = _any(r"^\W*(?:we|our|this|that is|there|they|it|here)\b", r"^\W*(?:wir|unser\w*|es|das zeigen)\b", r"^\W*(?:nous|notre|nos|c'est)\b", r"^\W*(?:nosotros|nuestr\w+)\b", r"^\W*(?:wij|we|onze?)\b", r"^\W*(?:noi|nostr\w+)\b", r"^\W*noss[oa]s?\b")  # fmt: skip
ALSO_FINE: Final = _any(r"\b(?:is|are) (?:also |just )?(?:fine|ok|okay|good too)\b", r"\binstead\b", r"ist auch (?:ok|gut|in ordnung)", r"\bgeht auch\b", r"convient aussi", r"también (?:sirve|vale)")
CONDITIONS: Final = _any(
    r"\blift\b|\blbs?\b|\bpounds\b|\bkg\b|stand(?:ing)? for|on your feet|\bshifts?\b|\bweekends?\b|\bnights?\b|\brota\b|\btravel(?:ling)?\b(?! industry)|\brelocat|work permit|right to work|authori[sz]ed to work|\bsponsor|years? of age|\baged? \d|years old|background check|\bdrug\b|vaccinat|\bvisa\b|overtime|full[- ]time|part[- ]time|\bhybrid\b|\bremote\b|\bon[- ]site\b|reliable (?:car|transport)|own (?:car|vehicle|transport)|\bon-call\b",
    r"schicht|reisebereit|wochenend|arbeitserlaubnis|\bkilo\b|vollzeit|teilzeit|mobilität|\bumzug",
    r"\bdéplacement|\bhoraires?\b|week-ends?|permis de travail|temps plein|temps partiel|\bport de charges",
    r"\bturnos?\b|disponibilidad|fines de semana|permiso de trabajo|jornada|incorporación|\bviajar\b|residencia",
)  # fmt: skip
"""Conditions of the work, which a résumé does not show."""
_GLUE = (
    r"(?:(?:well|also|already|previously|both|either|with|in|of|on|to|as|using|at|about|for|from|around|the|an?|some|any|"
    r"im|mit|von|der|den|dem|als|am|bei|zu|zur|zum|über|für|des|und|de|du|en|avec|la|le|les|dans|à|sur|del|con|el|los|las|para|como|"
    r"com|em|da|do|dos|das|no|na|di|nel|nella|della|van|met|het|op|een|een)\s+|d['\u2019]|l['\u2019]|dell['\u2019])*"
)
LEAD_IN: Final = re.compile(
    r"^(?:(?:and|or|also|und|oder|auch|et|ou|y|o|e|en|of|but|as well as|sowie|plus|including|both|either|neither|then|to|in|the|an?|some|any|that|with|mit|avec|con|com|met|"
    r"des|du|la|le|les|los|las|el|der|die|das|den|ein(?:e[mnrs]?)?|une?|una?|uno|um|uma|einer|de|di|een|het|je|jij|u)\s+|(?:d|l)['\u2019]"
    r"|(?:very|excellent|strong|good|great|solid|advanced|basic|deep|proven|demonstrated|outstanding|exceptional|hands-on|practical|working|sound|thorough|"
    r"extensive|relevant|professional|previous|prior|first|initial|confident|expert|native|modern|clear|current|valid|full|clean|active|perfect|fluent|genuine|"
    r"real|at least|minimum|ideally|preferably|recent|general|broad|intermediate|effective|well-developed|completed|appropriate|business-level|conversational|"
    r"abgeschlossene[snr]?|sehr|gute?[nrs]?|sicherer?|fundierte[nrs]?|ausgeprägte[nrs]?|erste|hohe[sr]?|mehrjährige|einschlägige|nachweisbare|fließende?[sn]?|"
    r"verhandlungssichere?[sn]?|solide[nrs]?|grundlegende|umfassende|routinierter?|gültige[rn]?|idealerweise|gerne|bonn?e?s?|très|excellente?s?|solides?|parfaite|"
    r"première|réelle|buenas?|buenos?|buen|excelentes?|sólidos?|amplia|amplios|alto|avanzado|idealmente|idéalement|bons|boas?|ótim\w+|sólid\w+|"
    r"uitstekende|goede|ruime|aantoonbare|ottim\w+|buon\w+|eccellent\w+|pregressa)\s*,?\s+"
    r"|(?:you(?:'d|'ll|'ve|'re|\u2019ve|\u2019re)?|have|has|had|be|being|are|is|can|know|will|should|must|need|bring|like|enjoy|feel|ability|able|capable|knowing|"
    r"understands?|understanding|experienced?|experiences|expertise|skilled|skills?|proficien(?:t|cy)|knowledge|familiar(?:ity)?|comfortable|confidence|background|exposure|"
    r"competen(?:t|ce|cy)|command|mastery|fluency|passion|interest|track record|grasp|user|use|used|using|seen|written|write|wrote|writing|worked|working|"
    r"work|understood|at home|possession|hold|speak|usage|awareness|qualified|trained|certified|certification|licensure|building|testing|scripting|programming|design(?=\s+(?:for|of)\s)|"
    r"erfahrung(?:en)?|kenntnisse|(?:grund|fach)kenntnisse|verständnis|umgang|freude|wissen|sie|du|dich|ihre?|deine?|haben|hast|verfügen|verfügst|bringen|bringst|"
    r"beherrschen|beherrschst|sprechen|sprichst|sind|bist|können|kannst|kennst|kennen|fähigkeit|berufserfahrung|praxis|sicher|vertraut|besitz|weiterbildung|"
    r"expériences?|connaissances?|maîtrise|vous|êtes|avez|maîtrisez|parlez|savez|connaissez|justifiez|disposez|possédez|compréhension|pratique|capacité|notions|aisance|"
    r"à l'aise|utilisation|titulaire|être|avoir|sensibilité|experiencia|conocimientos?|dominio|manejo|capacidad|dotes|tienes|eres|hablas|dominas|manejas|sabes|conoces|uso|nivel|"
    r"habilidad(?:es)?|cuentas|poseer|tener|ser|estar|experiência|conhecimentos?|domínio|noções|capacidade|gosto|ervaring|kennis|beheersing|kunt|kent|hebt|bent|spreekt|beheerst|"
    r"esperienza|conoscenz[ae]|padronanza|capacità|utilizzo|hai|sei|sai)\s+" + _GLUE + r"(?=\S))",
    re.IGNORECASE,
)
TAIL: Final = re.compile(
    r"\s+(?:(?:van binnen|lesen zu|holds? no|is|are|would|will|so|that|which|who|where|when|while|because|since|if|but|as|for|from|at|to|through|across|within|under|including|you|we|our|your|instead|required|preferred|desirable|needed|desired|doesn'?t|does|do|hold no|helps?|please|skills?|experience|expertise|background|knowledge|abilities|certificat(?:e|ion)s?|certified|proficiency|concepts?|principles|fundamentals|technologies|tools?|systems?|administration|hygiene|devices|level|policy|rules|calculations|charts|standards?|development environment|in (?:production|a|an|the|your|our|one|spoken|written|general)|on (?:your|the|a|our|the way)|of (?:every|our|the|your)|with (?:a|an|our|your|the|other|others)"
    r"|ist|sind|wäre|von vorteil|sowie|für|die|der|das|wünschenswert|kenntnisse|erfahrung|im|in der|in den|zur|zum|bei|aus|auf|um|wenn|weil|dass|setzen|gehören"
    r"|serait|seraient|est|sont|qui|que|pour|dans|afin|exigée?s?|requise?s?|souhaitée?s?|appréciée?s?|obligatoires?"
    r"|será|es|son|que|para|se|deseables?|imprescindibles?|valorable|requerid[oa]s?|en (?:un|una|el|la|puesto|empresa))\b.*|,.*|\s[–—-]\s.*)$",
    re.IGNORECASE | re.DOTALL,
)
DEGREE_TAIL: Final = re.compile(
    r"\s+(?:(?:is|are|would|will|which|that|from an?|required|preferred|desirable|needed|with a|ist|wäre|wünschenswert|erforderlich|est|serait|exigée?|souhaitée?|es|será|deseable|does no harm|"
    r"experience|or higher|or above|sans être)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OR: Final = {
    "german": "oder|bzw\\.|beziehungsweise", "french": "ou", "spanish": "o|u", "italian": "o|oppure|od", "portuguese": "ou", "dutch": "of",
}  # fmt: skip
_AND: Final = {
    "german": "und|sowie", "french": "et|ainsi que", "spanish": "y|e|así como", "italian": "e|ed", "portuguese": "e|bem como", "dutch": "en|alsmede",
}  # fmt: skip


@lru_cache(maxsize=16)
def separator(language: str) -> re.Pattern[str]:
    """Return what parts the items of a list; the name of the group says how: any, all or list."""
    either, both = (f"|{words[language]}" if language in words else "" for words in (_OR, _AND))
    return re.compile(
        rf"\s*(?:(?P<any>,?\s*\b(?:and/or|or{either})(?<=[\w.])(?:\s+(?:also|else|auch))?\s+)"
        rf"|(?P<all>,?\s*(?:\b(?:and|as well as|plus|along with{both})|&(?=\s))\s+)|(?P<list>,\s+))",
        re.IGNORECASE,
    )


SUCH_AS: Final = re.compile(r",?\s*\b(?:such as|like|e\.\s?g\.|for example|for instance|i\.e\.|wie|wie z\. ?B\.|z\. ?B\.|zum Beispiel|etwa|tel(?:le)?s? que|comme|par exemple|como|por ejemplo|p\. ?ej\.)(?:\s+with)?,?\s+", re.IGNORECASE)  # fmt: skip
VAGUE: Final = re.compile(r"^(?:or )?(?:(?:a |an |any |another )?(?:similar|other|others|comparable|equivalent|related|etc|more|the like|so on)\b.*|ähnlich\w*.*|vergleichbar\w*.*|autres?.*|similaires?.*|équivalent.*|simila\w*|otr[oa]s?.*|others?)$", re.IGNORECASE)  # fmt: skip

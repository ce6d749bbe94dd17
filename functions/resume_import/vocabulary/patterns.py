"""Patterns that hold many words: labels, levels, names of degrees."""

from __future__ import annotations

import re
from typing import Final

from functions._shared.domain.documents.locales import languages, locale_of


def _ours(word: str) -> str:
    """Return the label that our own documents write, in each of their languages."""
    return "|".join(sorted({re.escape(locale_of(language).words[word].lower()) for language in languages()}))


CONTACT_LABEL: Final = re.compile(
    r"^\s*(?:e-?mail|mail|e|tel(?:efon[oe]?|ephone|éfono)?|phone|mobile?|handy|mobil|cell(?:ulare)?|téléphone|telefoon|portable|móvil|celular|"
    r"address|adresse|anschrift|dirección|indirizzo|endereço|adres|location|standort|lieu|ort|wohnort|ubicación|localização|city|home|website|web|"
    r"homepage|site|linkedin|github|portfolio|blog|t|m|p|a|w|电话|手机|邮箱|电子邮件|地址|网址|電話|電話番号|携帯|メール|メールアドレス|住所|"
    r"फ़ोन|फोन|मोबाइल|ईमेल|पता|स्थान|name|nom|nombre|nome|naam|姓名|氏名|नाम)\s*[.:：]\s*",
    re.IGNORECASE,
)
URL: Final = re.compile(
    r"(?:https?://|www\.)[^\s|,;<>()\u2022·]+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|io|net|dev|de|ai|co|app|me|fr|es|it|pt|nl|eu|uk|ch|at|in|cn|jp|us|ca|br|pl|se|info|tech|design|xyz|page|site|online|edu|gg|to|be|blog|link|work|studio|digital|pro)(?:/[^\s|,;<>()\u2022·]*)?(?![\w@])",
    re.IGNORECASE,
)
SHORT_DEGREE: Final = re.compile(
    r"^(?P<degree>(?:B\.?\s?Sc?|M\.?\s?Sc?|B\.?A|M\.?A|Ph\.?\s?D|B\.?\s?Eng|M\.?\s?Eng|B\.?\s?Tech|M\.?\s?Tech|MBA|BBA|B\.?E|M\.?E|BS|MS|AS|AA|B\.?Com|M\.?Com)\.?(?:\s*\([^)]{1,12}\))?)\s+(?!in\b|of\b)(?P<area>[A-Z].{3,})$"
)
BROAD: Final = re.compile(
    r"^(?:science|sciences|arts|engineering|business administration|technology|commerce|fine arts|laws?|education|philosophy|applied science|music|medicine|nursing|architecture|public health|social work)\b",
    re.IGNORECASE,
)
LEADING_DEGREE: Final = re.compile(
    r"^(Ph\.?\s?D\.?|[BM]\.?\s?Sc?\.?|[BM]\.?A\.?|[BM]\.?\s?Eng\.?|[BM]\.?\s?Tech\.?|MBA|BBA)\s+(?!in\b|of\b)(.+)$"
)
FIELD: Final = re.compile(
    r"^(?P<degree>.*?\S)\s*(?:\s+(?:in|en|im|in der|em|di|de|of(?=\s+(?!science|arts|engineering|business|technology|commerce|fine|laws|education|philosophy|applied|music|medicine|nursing|architecture|design|public|social)))\s+|\s*[,:：،]\s+|、\s*|\s+[–—-]\s+)(?P<area>.+)$",
    re.IGNORECASE,
)
COURSES: Final = re.compile(
    r"^(?:relevant |selected |key )?(?:coursework|courses|modules|cursos relevantes|kurse|cours|"
    rf"{_ours('courses')})(?: include[sd]?)?\s*[:：]\s*(.+)$",
    re.IGNORECASE | re.DOTALL,
)
LENGTH: Final = re.compile(
    r"^\(?(?:\d+\s*(?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|años?|mes(?:es)?|anni|mesi|anos?|jaar|maanden)\.?[\s,]*(?:and\s)?)+\)?$|^20XX.*20XX$|^[^\W\d_]+ 20XX\b.*$",
    re.IGNORECASE,
)
EMPLOYMENT: Final = re.compile(
    r"^\(?(?:full[- ]?time|part[- ]?time|contract(?:or)?|freelance|permanent|temporary|vollzeit|teilzeit|temps plein|cdi|cdd|remote|hybrid|on-?site)\)?$",
    re.IGNORECASE,
)
WHOLE_URL: Final = re.compile(
    r"^(?:https?://|www\.)\S+$|^[\w-]+(?:\.[\w-]+)+/\S+$|^(?:[\w-]+\.)+(?:com|org|io|net|dev|de|ai|co|app|me|example|info|eu|uk|fr|es|it|nl|pl|se|ch|at|design|studio|xyz|page)$",
    re.IGNORECASE,
)
SOFT: Final = re.compile(
    r"soft|interpersonal|people|social|personal|sozial|persönlich|humain|personnel|blanda|relacional|软|ソフト",
    re.IGNORECASE,
)
LEVELS: Final = (
    r"native(?: or bilingual)?(?: proficiency| speaker)?|mother tongue|bilingual|fluent|full professional proficiency|professional working proficiency|"
    r"limited working proficiency|elementary proficiency|proficient|advanced|intermediate|upper intermediate|conversational|basic|beginner|elementary|working proficiency|"
    r"muttersprachen|muttersprache(?:\s*/\s*native)?|muttersprachler(?:in)?|fließend|verhandlungssicher|gute? kenntnisse|gut|sehr gut|grundkenntnisse|konversationssicher|"
    r"langue maternelle|courant|bilingue|intermédiaire|notions|débutant|avancé|lu, écrit, parlé|nativo|nativa|lengua materna|fluido|avanzado|intermedio|básico|alto|medio|"
    r"madrelingua|fluente|ottimo|buono|scolastico|avanzato|base|língua materna|avançado|intermediário|intermédio|moedertaal|vloeiend|goed|gevorderd|basis|redelijk|"
    r"母语|母語|流利|熟练|精通|良好|日常会话|ネイティブ|ビジネスレベル|日常会話レベル|日常会話|流暢|初級|中級|上級|मातृभाषा|धाराप्रवाह|मध्यम|प्रारंभिक|उन्नत|[ABC][12](?:\s*[-–/]\s*[ABC][12])?|"
    r"ojczysty|biegły|biegle|modersmål|flytande|flydende|ana dili?|akıcı|родной|свободно|원어민|유창|모국어|고급|중급|초급|"
    r"اللغة الأم|لغة أم|بطلاقة|ممتاز|متقدم|متوسط|مبتدئ|שפת אם|שוטף|בסיסי"
)
LEVEL: Final = re.compile(rf"(?<![^\W\d_])(?:{LEVELS})(?![^\W\d_])", re.IGNORECASE)
ON_REQUEST: Final = re.compile(
    r"\b(?:on|upon) request\b|\bauf (?:wunsch|anfrage)\b|\bsur demande\b|\ba petición\b|\bsu richiesta\b|\bsob (?:pedido|consulta)\b|"
    r"\bop (?:aan)?vraag\b|\bop verzoek\b",
    re.IGNORECASE,
)
"""What people write instead of naming references."""
GRADE: Final = re.compile(
    r"\s+[–—-]\s+(?=(?:professional|associate|practitioner|specialty|foundational|foundation|expert|advanced|intermediate|level \d)\b)",
    re.IGNORECASE,
)
"""A dash before the grade of a certificate."""
LICENCE: Final = re.compile(
    r"^(?:licen[cs]e|lic\b|credential|certificate|registration|reg\b|no\b|nr\b|id\b|#)[^,]*\d", re.IGNORECASE
)
"""The number of a licence."""
TECHNOLOGIES: Final = re.compile(
    r"^(?:technolog(?:y|ies|ien|ie|ías|ias)|tech(?:nical)? stack|stack|tools?|environment|technologies used|tech|built with|技术栈|使用技術|技術|"
    rf"{_ours('technologies')})\s*[:：]\s*(.+)$",
    re.IGNORECASE,
)
HYPHEN_KEPT: Final = frozenset(
    "action cross self full real high low long short well multi co non open event client end on off data meta time user in up "
    "front back third two three four pre post low-level object team work state cost hands peer large small fast best "
    "customer cutting decision first second part day year ready e micro inter mid semi one all e-mail de re".split()
)
PAGE_NUMBER: Final = re.compile(
    r"^(?:page|seite|pagina|página|p\.?)?\s*\d{1,2}\s*(?:(?:/|of|von|de|di|sur|van|\||–|-)\s*\d{1,2})?$|^.{2,60}[–—|•·-]\s*(?:page\s*)?\d{1,2}\s*(?:/|of|von)\s*\d{1,2}$|^[-–—]\s*\d{1,2}\s*[-–—]$",
    re.IGNORECASE,
)
SINCE_OPEN: Final = frozenset("since seit depuis desde dal sinds sedan od ab da vanaf från с z от з 自 から".split())
"""Words before a date that mean that it is where something started that goes on."""
PLACE_LABEL: Final = re.compile(
    r"^\s*(?:address|adresse|anschrift|dirección|indirizzo|endereço|adres|location|standort|lieu|wohnort|ort|ubicación|localização|woonplaats|地址|所在地|现居地|住所|पता|स्थान|居住地|現住所)\s*[:：]\s*(.{3,80})$",
    re.IGNORECASE,
)
TABLE_HEADS: Final = frozenset(
    "award awards duties period designation organisation organization company employer role position responsibilities degree institution school university year years "
    "percentage grade board examination exam qualification duration title dates date location course marks result college passing zeitraum position "
    "unternehmen abschluss fecha empresa puesto cargo période poste entreprise diplôme établissement periodo titolo azienda período".split()
)
NETWORKS: Final = {
    "linkedin.com": "LinkedIn", "github.com": "GitHub", "gitlab.com": "GitLab", "twitter.com": "Twitter",
    "x.com": "X", "medium.com": "Medium", "stackoverflow.com": "Stack Overflow", "behance.net": "Behance",
    "dribbble.com": "Dribbble", "kaggle.com": "Kaggle", "xing.com": "Xing", "youtube.com": "YouTube",
    "facebook.com": "Facebook", "instagram.com": "Instagram", "scholar.google.com": "Google Scholar",
    "orcid.org": "ORCID", "leetcode.com": "LeetCode", "researchgate.net": "ResearchGate",
    "bitbucket.org": "Bitbucket", "itch.io": "itch.io",
}  # fmt: skip
TOWN: Final = re.compile(
    r"(?:[A-Z][^\W\d_]+[ ’'.-]?){1,3}, (?:[A-Z][^\W\d_]+ ?){1,3}|"
    r"[^\W\d_A-Za-z\u00aa-\u024f][^\d,@:]{1,30}(?:[,،] ?[^\d,@:]{2,30})?"
)
"""In Latin letters only with its region: a single word among contact details may be anything."""

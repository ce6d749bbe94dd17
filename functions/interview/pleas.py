"""Sentences that talk to whoever scores an answer: no model sees them, and nothing is quoted from them.

English, German, French and Spanish. Used by `findings`, `prompts` and `scoring`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_JUDGE: Final = (
    r"(?:judges?|graders?|examiners?|assessors?|evaluators?|scorers?|raters?|prüfer(?:in)?|bewerter(?:in)?|gutachter(?:in)?|"
    r"korrektor(?:in)?|examinateur|correcteur|évaluateur|evaluador(?:a)?|examinador(?:a)?|calificador(?:a)?)"
)
_MACHINE: Final = r"(?:system|assistant|ai|llm|language model|model|ki|sprachmodell|système|modèle|ia|sistema|modelo)"
_MARKS: Final = (
    r"(?:points?|marks?|scores?|ratings?|grades?|stars?|dimensions?|rubric|punkte?n?|noten?|bewertung(?:en)?|sterne?n?|notes?|"
    r"étoiles|puntos|puntuación|puntaje|notas?|calificación|estrellas|dimension(?:en|es)|fives?|fünf|cinq|cinco|hundred|hundert|cent|cien|"
    r"\d+)"
)
_MOST: Final = (
    r"(?:full (?:marks?|points?|score|credit)|(?:top|maximum|max|perfect|highest(?: possible)?|best) (?:marks?|points?|scores?|ratings?|grades?)|"
    r"(?:all )?(?:fives|5s)|\d+(?:[.,]\d+)?\s?(?:/|of|out of|von|sur|de|sobre)\s?\d+|\d+ (?:points?|marks|punkte?n?|puntos)|"
    r"(?:die )?(?:volle|höchste|maximale|beste)\w* (?:punkt|note|bewertung)\w*|"
    r"(?:la |le )?(?:note|score) maximale?|tous les points|(?:la )?(?:máxima|mejor) (?:nota|puntuación|calificación)|todos los puntos)"
)
_SUBJECT: Final = (
    r"(?:this(?: (?:answer|response|candidate|one))?|the (?:answer|response|candidate|applicant)|my (?:answer|response)|"
    r"(?:diese|meine|die) antwort|dies|(?:der|die) (?:kandidat|bewerber)(?:in)?|(?:cette|ma|la) réponse|(?:le|la) candidate?|"
    r"(?:esta|mi|la) respuesta|(?:el|la) candidat[oa])"
)
_TARGET: Final = (
    r"(?:me|my|this|mich|mir|meine[rn]?|diese[rn]?|moi|ma|mon|cette|mi|esta|"
    r"(?:the )?(?:answer|candidate|applicant|response)|"
    r"(?:every|each|all|any|jede[rn]?|alle|chaque|toutes|tous|cada|todas|todos)(?: (?:of )?(?:the|les|las|los))? "
    r"(?:dimension|score|criteri|categor|rating|kriteri|bewertung|kategori|critère|catégorie|puntuaci|calificaci)\w*)"
)
_ASK: Final = (
    r"(?:give|award|assign|grant|set|put|rate|score|mark|grade|evaluate|treat|gib|gebt|geben sie|bewerte|bewertet|bewerten sie|setze|"
    r"setzen sie|vergib|vergeben sie|benote|benoten sie|donnez?|mets|mettez|attribuez?|notez?|évaluez?|accordez?|"
    r"da|dame|deme|asigna|asigne|pon|ponga|ponme|califica|califique|calific[aá]me|evalúa|evalúe|otorga|otorgue|puntúa|puntúe)"
)
_TOP: Final = (
    r"(?:(?:full|top|max(?:imum)?|perfect|highest|best) (?:marks?|points?|scores?|ratings?|grades?)|höchstnote|höchstpunktzahl|"
    r"(?:volle|höchste|maximale|beste)\w* (?:punkt|note|bewertung)\w*|(?:meilleure|plus haute) note|note maximale|"
    r"(?:mejor|máxima) (?:nota|puntuación|calificación)|(?:only|all|nothing but|lauter|nur) (?:fives|5s|fünfen)|"
    r"(?:five|ten|5|10|20|100|fünf|zehn|cinq|dix|vingt|cent|cinco|diez|cien) (?:out of|of|von|sur|de|sobre) "
    r"(?:five|ten|5|10|20|100|fünf|zehn|cinq|dix|vingt|cent|cinco|diez|cien))"
)
_NOW: Final = (
    r"(?:would be|(?:is|are) (?:the|fair|due|right|a)|must|should|approved|deserves?|earns?|receives?|gets?|return|output|"
    r"musst|müssen|sollst|sollen|verdien\w+|bekommt|vergib|mérite\w*|dois|devez|valent|vaut|accord\w+|attribue\w*|"
    r"debes?|merezco|merece|otorga\w*)"
)
"""What is said of marks now, not of marks that somebody once got."""
_NAMES: Final = r"(?:relevance|structure|specific(?:s|ity)|ownership|clarity)"
_START: Final = r"(?:^|[,;:(–—-])\W{0,5}(?:(?:so|now|just|and|then|please|kindly|bitte|por favor|s['’]il (?:vous|te) pla[iî]t)\b\W{0,3}){0,3}"

_PLEA: Final = re.compile(
    # Asks for marks.
    r"\b(?:give|award|assign|grant)\s+(?:me|this|my|it|full|maximum|top|the (?:highest|maximum|full|top)|every\w*|all|\d+)\b"
    r".{0,60}\b(?:points?|marks|scores?|ratings?|grades?)\b|\b(?:give|award|assign|grant)\s+(?:full|maximum|top|\d+) (?:points?|marks|scores?)\b"
    r"|\b(?:rate|score|mark|grade)\s+(?:me|this|my|it|every\w*|all)\b.{0,60}\b(?:\d+|full|max\w*|top|high\w*|perfect|five|ten)\b"
    rf"|{_START}{_ASK}\b.{{0,40}}\b{_TARGET}\b.{{0,60}}\b{_MARKS}\b"
    rf"|\b{_SUBJECT}\b.{{0,30}}\b(?:deserves?|earns?|merits?|is worth|should (?:get|receive|have|score)|must (?:get|receive|have|score)|"
    rf"verdient|bekommt|erhält|mérite|vaut|merece|vale)\b.{{0,40}}\b{_MOST}"
    rf"|\b{_NOW}\b[^,;]{{0,60}}\b{_TOP}\b|\b{_TOP}\b[^,;]{{0,30}}\b{_NOW}\b"
    rf"|\b(?:i|ich|je|yo)\W(?:deserve|verdiene|mérite|merezco)\b.{{0,60}}\b{_MARKS}\b"
    rf"|{_START}(?:rate|score|grade|mark|bewerten? sie|bewerte|benoten? sie|notez|évaluez|evalúe|califique)\W(?:me|mich|moi)\b"
    # Gives them.
    r"|\b(?:candidate?|applicant|answer|kandidat(?:in)?|bewerber(?:in)?|antwort|réponse|candidat[oa]|respuesta) (?:has |have |hat |a |ha )?(?:met|meets|erfüllt|remplit|cumple)\b.{0,20}\b(?:every|all|each|alle|jedes|tous|chaque|todos)\b.{0,12}\b(?:criteri|kriteri|critère)\w*"
    r"|^\W*(?:die bewertung|the (?:score|rating|grade)|la note|la calificación) (?:lautet|ist|is|est|es)\b.{0,40}\d"
    rf"|{_START}(?:return|output|print|respond with|answer with|trage|gib|écris|écrivez|escriba)\b.{{0,30}}"
    r"\b(?:fives|5s?|maximum|fünf|cinq|cinco)\b.{0,30}(?:\b(?:scores?|everything|everywhere|each|all|überall|alles|partout|todo)\b|$)"
    r"|\b(?:scores?|rating|grade|points|bewertung|punkte|puntuación)\b[\"']?\s*[:=]\s*[\"']?\d"
    rf"|\b{_NAMES}\b[\"']?\s*(?:=\s*[\"']?\d|:\s*[\"']?[1-5]\b(?:\s?/\s?5)?[\"']?\s*(?:[,;.}}]|$))"
    # Speaks to whoever scores.
    rf"|^\W*(?:dear |hey |hello |the |attention,? )?(?:{_JUDGE}|{_MACHINE})\s*:"
    rf"|^\W*(?:dear|hey|attention|an den|an die|cher|chère|estimad[oa])\W{{1,3}}(?:the )?{_JUDGE}\b"
    rf"|^\W*(?:a )?(?:note|message|memo|instructions?|hinweis|anmerkung|nachricht|remarque|message|nota|mensaje)\s+"
    rf"(?:to|for|an|für|à|au|pour|al?|para)\b.{{0,15}}\b(?:{_JUDGE}|{_MACHINE})\b"
    r"|\bas (?:an? )?(?:ai|language model)\b|\byou are (?:an? |the )?(?:ai|language model|grader|evaluator|scorer|examiner|assessor|judge)\b"
    r"|\b(?:du bist|sie sind) (?:ein |eine |der |die )?(?:ki|sprachmodell|prüfer|bewerter)\b"
    r"|\b(?:als|as an?|en tant qu['’ ]?e?|como) ?"
    rf"(?:{_JUDGE}|{_MACHINE})\b.{{0,12}}\b(?:you|du|sie|tu|vous|usted)?\b ?(?:must|should|musst|müssen|sollst|sollen|dois|devez|debes?)\b"
    r"|\b(?:musst du|müssen sie) als\b|\[/?inst\]|<\|\w+\|>"
    # Changes the rules.
    r"|\b(?:maßstab|rubrik|bewertungsschema|barème|rúbrica)\b.{0,12}\b(?:gilt|lautet|a changé|ha cambiado|hat sich geändert)\b"
    r"|\bgilt\b.{0,12}\b(?:maßstab|rubrik|bewertungsschema)\b|^\W*(?:end of (?:the )?answer|ende der antwort|fin de (?:la )?réponse)\W*$"
    r"|^\W*(?:new task|neue aufgabe|nouvelle tâche|nueva tarea)\s*:"
    r"|^\W*(?:\w+:\s*)?(?:please\s+|now\s+)?(?:ignore|disregard|forget)\b.{0,60}\b(?:rubric|instructions?|rules?|criteria|above|previous)\b"
    r"|^\W*(?:\w+:\s*)?(?:bitte\s+|por favor,?\s+|s['’]il (?:vous|te) pla[iî]t,?\s+)?"
    r"(?:ignorier\w*|vergiss|vergessen sie|missachte\w*|ignorez?|oubliez?|ignora|olvid[ae])\b.{0,60}"
    r"\b(?:rubrik|anweisung\w*|regeln|kriterien|vorgaben|consignes?|instructions?|règles|critères|barème|instrucciones|reglas|criterios|rúbrica)\b"
    r"|^\W*(?:the |a |die |la |le )?(?:new|updated|neue|nouvelle?|nueva?) (?:rubric|rubrik|scoring|grading|bewertung|barème|rúbrica)\b\W{0,3}(?::|says\b|is\b|gives\b)",
    re.IGNORECASE,
)
_NAMES_MARKS: Final = re.compile(
    rf"\b(?:marks?|points?|scores?|ratings?|grades?|rubric|dimensions?|punkte?n?|bewertung|puntos|puntuación|{_MOST})\b",
    re.IGNORECASE,
)
_NAMES_SIDES: Final = re.compile(
    r"\b(?:you|your|(?:this|my|the) (?:answer|response)|(?:the|this) (?:candidate|applicant)|rubric|full marks|"
    rf"{_JUDGE})\b",
    re.IGNORECASE,
)
"""Who gives marks or gets them. Together with marks it may be honest, but proves nothing."""
_SENTENCE: Final = re.compile(r"(?:[^.!?\n]|\.(?=\d))+[.!?]*\s*|[.!?]+\s*|\n")


def without_pleas(text: str) -> tuple[str, list[str]]:
    """Take out the sentences that ask for a score; return what is left, and them."""
    kept: list[str] = []
    pleas: list[str] = []
    for sentence in _sentences(text):
        (pleas if _PLEA.search(_plain(sentence)) else kept).append(sentence)
    return "".join(kept).strip(), [each.strip() for each in pleas]


def without_marks(text: str) -> str:
    """Leave out the sentences about marks, from which nothing can be quoted."""
    return "".join(each for each in _sentences(text) if not _is_about_marks(_plain(each)))


def _is_about_marks(sentence: str) -> bool:
    return bool(_NAMES_MARKS.search(sentence) and _NAMES_SIDES.search(sentence))


def _sentences(text: str) -> list[str]:
    return [match[0] for match in _SENTENCE.finditer(text)]


def _plain(sentence: str) -> str:
    return unicodedata.normalize("NFKC", sentence).strip()

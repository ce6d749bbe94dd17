"""What people write before the parts of an entry: "Employer: Acme". Those of Europass are in its eight main languages."""

from __future__ import annotations

import re
from typing import Final

_LABELS: Final = {
    "company": "company(?: name)?|employer|organi[sz]ation|client|name and address of employer|firma|unternehmen|arbeitgeber|name und adresse des arbeitgebers|"
    "entreprise|employeur|société|nom et adresse de l['’]employeur|empresa|empleador|nombre y dirección (?:de la empresa|del empleador)|azienda|datore di lavoro|"
    "nome e indirizzo del datore di lavoro|empregador|nome e morada do empregador|werkgever|bedrijf|naam en adres van de werkgever|"
    "pracodawca|zakład pracy|nazwa i adres pracodawcy|arbetsgivare|公司|单位|公司名称|会社名|会社|勤務先|कंपनी|संस्था",
    "title": "role|position|title|job title|designation|post|occupation or position held|position held|stelle|funktion|tätigkeit|beruf oder funktion|"
    "poste|fonction|fonction ou poste occupé|puesto|cargo|profesión o cargo desempeñado|puesto de trabajo|ruolo|posizione|qualifica|lavoro o posizione ricoperti|"
    "tipo di impiego|mansione|função|função ou cargo ocupado|functie|beroep of functie|stanowisko|zajmowane stanowisko|zawód lub zajmowane stanowisko|befattning|"
    "职位|岗位|职务|担任职务|役職|職種|पद|भूमिका",
    "duties": "(?:key |main |primary |selected |major |core )?(?:responsibilities|duties|achievements|accomplishments|contributions|tasks)(?: (?:and|&) (?:responsibilities|duties|achievements|accomplishments|impact))?|"
    "main activities and responsibilities|duties, accomplishments,? and related skills|aufgaben|tätigkeiten|hauptaufgaben|wichtigste tätigkeiten und zuständigkeiten|"
    "tâches|missions|réalisations|principales activités et responsabilités|funciones|logros|principales actividades y responsabilidades|funciones y responsabilidades principales|"
    "mansioni|principali (?:mansioni|attività) e responsabilità|principais act?ividades e responsabilidades|taken|werkzaamheden|"
    "voornaamste werkzaamheden en verantwoordelijkheden|(?:zakres )?obowiązk(?:i|ów)|główne zadania i obowiązki|工作内容|工作职责|業務内容|職務内容",
    "school": "institution|school|university|college|name and type of organi[sz]ation providing education and training|hochschule|schule|"
    "name und art der bildungs- oder ausbildungseinrichtung|établissement|école|nom et type de l['’]établissement d['’]enseignement ou de formation|"
    "institución|universidad|nombre y tipo de la organización que ha impartido la educación o la formación|istituto|università|"
    "nome e tipo di istituto di istruzione o formazione|nome e tipo d['’]organizzazione erogatrice dell['’]istruzione e formazione|"
    "nome e tipo da organização de ensino ou formação|instelling|uczelnia|szkoła|学校|院校|学校名",
    "degree": "degree|qualification|course|title of qualification awarded|abschluss|studiengang|bezeichnung der erworbenen qualifikation|diplôme|"
    "intitulé du certificat ou diplôme délivré|título|título de la cualificación obtenida|titolo|diploma|qualifica conseguita|titolo della qualifica rilasciata|"
    "designação da qualificação atribuída|opleiding|kierunek|uzyskane kwalifikacje|专业|学历|学位|専攻",
    "aside": "type of business or sector|(?:business )?sector|industry|hours per week|salary|supervisor|reason for leaving|branche|tätigkeitsbereich oder branche|"
    "type ou secteur d['’]activité|tipo de empresa o sector|tipo di azienda o settore|tipo de empresa ou sect?or|soort bedrijf of sector|rodzaj działalności lub branża|"
    "principal subjects(?:\\s?/\\s?occupational skills covered)?|principali materie.{0,60}|livello nella classificazione nazionale.{0,40}",
    "other": "duration|dates?(?: employed)?|dates? \\(from\\s?[–-]\\s?to\\)|period|zeitraum|datum|période|fechas?|periodo|date? ?\\(da\\s?[–-]\\s?a\\)|datas?|"
    "periode|okres|daty|时间|期間|अवधि",
    "place": "location|place|city|ort|standort|lieu|lugar|luogo|local|plaats|miejsce|地点|勤務地|स्थान",
}  # fmt: skip
PART_LABEL: Final = re.compile(
    "^(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items()) + r")\s*[:：]\s*", re.IGNORECASE
)


def label_of(text: str) -> str:
    """Return what a text that is nothing but a label names: ``company``, ``title``, ``duties`` …; or nothing."""
    match = PART_LABEL.fullmatch(f"{text.rstrip(' :：')}:") if len(text) < 100 else None
    return (match.lastgroup or "") if match else ""

"""Words with which a sentence presents what a résumé lists: "skilled in", "worked as", "previously". Folded.

They claim nothing beyond the entry that follows. What is missing leaves a sentence unverified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.words import fold

if TYPE_CHECKING:
    from functions._shared.domain.grounding.evidence import Group


def _set(*lines: str) -> frozenset[str]:
    return frozenset(fold(word) for line in lines for word in line.split())


EXPERIENCE: Final = _set(
    "experience experienced erfahrung berufserfahrung erfahren erfahrene erfahrener expérience "
    "expérimenté expérimentée",
    "experiencia experto esperienza experiência ervaring werkervaring doświadczenie doświadczenia erfarenhet erfaren",
)
_SKILL: Final = _set(
    "skilled skills skill knowledge familiar competencies technologies technology tools include "
    "includes including works "
    "kenntnisse kenntnissen fähigkeiten vertraut technologien werkzeuge",
    "compétences compétence connaissances outils technologies competencias habilidades conocimientos herramientas",
    "competenze conoscenze strumenti competências conhecimentos ferramentas vaardigheden kennis "
    "umiejętności znajomość "
    "kompetenser kunskaper verktyg",
)
_JOB: Final = _set(
    "worked work job role position arbeitete tätig stelle travaillé poste trabajé trabajó puesto "
    "lavorato ruolo trabalhei "
    "trabalhou cargo gewerkt functie pracował pracowała stanowisko arbetade arbetat tjänst",
)
_LANGUAGE: Final = _set(
    "speaks languages language spricht sprachen sprache parle langues langue habla idiomas idioma parla lingue lingua",
    "fala línguas spreekt talen taal języki język talar språk",
)
_CERTIFICATE: Final = _set(
    "certified certification certifications certificate certificates holds zertifikat zertifikate "
    "zertifiziert besitzt "
    "certification certificat certificats certificado certificados certificación certificazione "
    "certificati certificaten "
    "certyfikat certyfikaty certifikat",
)
_EDUCATION: Final = _set(
    "education degree holds titulaire studium abschluss diplôme formation título formación titolo formazione "
    "formação diploma "
    "opleiding wykształcenie utbildning examen",
)
FRAMES: Final[dict[Group, frozenset[str]]] = {
    "skill": _SKILL | EXPERIENCE, "job": _JOB | EXPERIENCE, "language": _LANGUAGE, "certificate": _CERTIFICATE,
    "education": _EDUCATION, "award": _set("awards award auszeichnung prix premio prêmio nagroda"),
    "project": _set("project projects projekt projekte projet projets proyecto progetto projeto"),
    "publication": _set("publication publications"), "other": _set("based"),
}  # fmt: skip
CURRENT: Final = _set(
    "currently current now present working presently derzeit aktuell zurzeit heute actuellement "
    "aujourd'hui actualmente "
    "attualmente atualmente momenteel obecnie nuvarande",
)
FORMER: Final = _set(
    "previously formerly earlier before zuvor früher vorher ehemals précédemment auparavant "
    "anteriormente previamente "
    "precedentemente eerder vroeger wcześniej poprzednio tidigare",
)
SINCE: Final = _set("since seit depuis desde dal sinds od sedan")
UNTIL: Final = _set("until till to bis jusqu'à au hasta al fino até tot do")
TONE: Final = _set(
    "reliable motivated dedicated committed friendly curious engaged conscientious zuverlässige "
    "zuverlässiger zuverlässig "
    "motivierte motivierter engagierte engagierter fiable motivé motivée engagé engagée fiable motivado motivada "
    "comprometido comprometida affidabile motivato motivata betrouwbare gemotiveerde rzetelny "
    "rzetelna pålitlig motiverad",
)
"""Tone before a title; it promises no skill, result or extent."""

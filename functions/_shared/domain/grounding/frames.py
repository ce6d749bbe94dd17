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
    "key core main "
    "collaborated collaborating collaborates knows know using uses use work working kennt arbeitet "
    "aise compétent compétente kompetent kompetente competente conocimiento familiarizado 熟悉 使用 maneja "
    "manejo usa utiliza conhece sabe जानकार जानकारी अनुभव "
    "skilled skills skill knowledge familiar competencies technologies technology tools include "
    "includes including works "
    "kenntnisse kenntnissen fähigkeiten vertraut technologien werkzeuge",
    "compétences compétence connaissances outils technologies competencias habilidades conocimientos herramientas",
    "competenze conoscenze strumenti competências conhecimentos ferramentas vaardigheden kennis "
    "umiejętności znajomość "
    "kompetenser kunskaper verktyg",
)
_JOB: Final = _set(
    "spent spend verbrachte pasé passé "
    "勤務 働 従事 携わ 担任 任职 工作 就职 कार्यरत "
    "worked work job role position arbeitete tätig stelle travaillé poste trabajé trabajó puesto "
    "lavorato ruolo trabalhei "
    "trabalhou cargo gewerkt functie pracował pracowała stanowisko arbetade arbetat tjänst",
)
_LANGUAGE: Final = _set(
    "level niveau nivel livello nível "
    "speaker speaking spreche sprechen parle hablo falo parlo "
    "speaks languages language spricht sprachen sprache parle langues langue habla idiomas idioma parla lingue lingua",
    "fala línguas spreekt talen taal języki język talar språk",
)
_CERTIFICATE: Final = _set(
    "hold holding",
    "certified certification certifications certificate certificates holds zertifikat zertifikate "
    "zertifiziert besitzt "
    "certification certificat certificats certificado certificados certificación certificazione "
    "certificati certificaten "
    "certyfikat certyfikaty certifikat",
)
_EDUCATION: Final = _set(
    "graduate graduated absolvent absolventin diplômé diplômée graduado graduada laureato laureata formado formada "
    "education degree holds titulaire studium abschluss diplôme formation título formación titolo formazione "
    "formação diploma "
    "opleiding wykształcenie utbildning examen",
)
_AWARD: Final = _set("took received receive awarded awards award auszeichnung prix premio prêmio nagroda")
_INTENT: Final = _set(
    "apply applying applies interested interest seek seeks seeking want wants looking hope hopes would "
    "bewerbe bewirbt bewerbung möchte suche sucht interesse interessiert postule candidature souhaite recherche "
    "intéresse intéressée solicito solicita solicitud postulo postula busco busca interesado interesada quiero quiere "
    "candidatura cerco cerca vorrei interessata interessato candidata candidato procuro procura gostaria interessado "
    "interessada solliciteer solliciteert aplikuję söker"
)
"""Words of an application. What is advertised counts after them and nowhere else."""
OFFERED: Final = _set(
    "position role post job opening vacancy like join stelle position poste rejoindre puesto posizione vaga functie "
    "stanowisko tjänsten"
)
"""What may stand after a word of an application, before what is advertised. By themselves, they present a job held."""
FRAMES: Final[dict[Group, frozenset[str]]] = {
    "skill": _SKILL | EXPERIENCE, "job": _JOB | EXPERIENCE, "language": _LANGUAGE, "certificate": _CERTIFICATE,
    "education": _EDUCATION, "award": _AWARD,
    "project": _set("project projects projekt projekte projet projets proyecto progetto projeto"),
    "publication": _set("publication publications"), "other": _set("based lives living wohnhaft domicilié domiciliée"),
    "target": _INTENT | OFFERED,
}  # fmt: skip
CURRENT: Final = _set(
    "hoy ahora maintenant oggi ora hoje agora jetzt today currently current now present working presently derzeit "
    "aktuell zurzeit heute actuellement "
    "aujourd'hui actualmente "
    "attualmente atualmente momenteel obecnie nuvarande",
)
FORMER: Final = _set(
    "prima antes avant davor vorher "
    "previously formerly earlier before zuvor früher vorher ehemals précédemment auparavant "
    "anteriormente previamente "
    "precedentemente eerder vroeger wcześniej poprzednio tidigare",
)
SINCE: Final = _set("से da since から 起 seit depuis desde dal sinds od sedan")
SETTINGS: Final = _set(
    "department ward unit team field area abteilung station service équipe departamento área reparto setor"
)
"""Where somebody works, as every job has one."""
AFTER: Final = _set("after following nach après después tras dopo depois após na po efter")
"""Before the job held earlier."""
THEN: Final = _set("then later afterwards subsequently danach dann anschließend später puis ensuite luego poi depois")
"""Before the job held later."""
AS: Final = _set("as als como comme come jako som के रूप")
"""Before what somebody is."""
WHO: Final = _set("who die der qui que che quem")
"""After a title, before what presents a value: "an engineer who works with Go"."""
WHERE: Final = _set("where wo où donde dove onde")
"""After an employer or a place, before what was done there."""
TONE: Final = _set(
    "reliable motivated dedicated committed friendly curious engaged conscientious zuverlässige "
    "zuverlässiger zuverlässig "
    "motivierte motivierter engagierte engagierter fiable motivé motivée engagé engagée fiable motivado motivada "
    "comprometido comprometida affidabile motivato motivata betrouwbare gemotiveerde rzetelny "
    "rzetelna pålitlig motiverad",
    "careful thorough diligent hardworking hard working cheerful curious calm patient attentive polite "
    "approachable warm "
    "dependable trustworthy honest loyal helpful practical keen eager enthusiastic passionate kind considerate "
    "thoughtful "
    "steady quiet easygoing punctual positive",
    "sorgfältige sorgfältiger freundliche freundlicher ruhige ruhiger geduldige geduldiger neugierige neugieriger "
    "gewissenhafte gewissenhafter fleißige fleißiger begeisterte begeisterter offene offener herzliche herzlicher "
    "pünktliche pünktlicher aufmerksame aufmerksamer",
    "sérieux sérieuse rigoureux rigoureuse souriant souriante curieux curieuse patient patiente calme attentif "
    "attentive "
    "passionné passionnée dynamique consciencieux consciencieuse soigneux soigneuse ponctuel ponctuelle chaleureux",
    "responsable curioso curiosa paciente tranquilo tranquila amable cuidadoso cuidadosa entusiasta trabajador "
    "trabajadora "
    "puntual cercano cercana atento atenta dedicado dedicada apasionado apasionada honesto honesta",
    "serio seria curiosa pazienti paziente calma gentile attenta appassionato appassionata scrupoloso "
    "scrupolosa solare "
    "precisa allegro allegra puntuale disponibile cordiale",
    "dedicada dedicado paciente calmo calma curioso curiosa simpático simpática atencioso atenciosa afável pontual "
    "cuidadoso cuidadosa entusiasmado entusiasmada responsável",
    "versatile adaptable flexible energetic methodical personable sociable inquisitive pragmatic proactive driven "
    "ambitious "
    "resilient tactful discreet humorous optimistic likeable respectful sincere tidy unflappable composed humble "
    "modest "
    "wissbegierige wissbegieriger teamorientierte teamorientierter flexible flexibler belastbare belastbarer offen "
    "versatile polyvalent polyvalente discret discrète organisé organisée versátil flexible discreto discreta "
    "polivalente versatile flessibile discreto discreta versátil flexível discreto discreta",
    "मेहनती ईमानदार विनम्र धैर्यवान भरोसेमंद समर्पित",
)
"""Tone before a title; it promises no skill, result or extent."""


def kinds(word: str, frame: frozenset[str]) -> frozenset[str]:
    """Return what a word may present, after the words that allow for `frame`."""
    found = frozenset(group for group, words in FRAMES.items() if word in words)
    return found - {"target"} if word in OFFERED and "target" not in frame else found

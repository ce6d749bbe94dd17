"""Sentences of a letter that say nothing of the person: thanks, the application itself, and what the job asks for.

Nobody has to state them, so they are not judged. They are recognised by how they begin and by closed lists of words: a
sentence that may say anything else is judged like every sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.function_words import FUNCTION_WORDS
from functions._shared.domain.language.words import folded_words, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def _set(words: str) -> frozenset[str]:
    return frozenset(folded_words(words))


_COURTESY: Final = _set(
    """
    thank thanks you your for time consideration considering reading look looking forward to hearing hear from
    glad happy pleased welcome would will could can may be chance opportunity conversation talk talking speak
    call chat discuss discussing meet more about further detail details tell show share explain learn it this
    that what how where whether role position job team application please let me know if when any at short we
    i my and or with by phone on in a an the of is are open available minutes few time suits convenience week
    next steps questions answer mit danke vielen dank fur ihre ihr sie ihnen zeit interesse freue freuen mich
    auf uber ein eine einen einer einem personliches personlichen gesprach einladung gerne gern erzahle ich
    dazu mehr in im wenn und bitte melden fragen kennenlernen zu zum zur wurde merci de votre temps attention
    lecture je serais serai suis ravi ravie heureux heureuse d un une echange entretien echanger parler en
    lors avec vous reste a disposition pour dire plus sur ce poste dans l attente gracias por su sus para
    tiempo atencion quedo disposicion encantado encantada estare estaria hablar conversar con usted ustedes
    sobre el la puesto entrevista espero tener noticias suyas me gustaria do have be willing refer who no not
    problem all hatten haben konnten kurzes kurz oder empfehlen wer mir kein nicht accepteriez ou m qui auriez
    indiquer recommander aucun souci si n est pas possible tendria tienen tiene unos minutos breve podria
    dispuesto dispuesta recomendarme minuten post like interview invite invitation arrange convenient contact
    reach write touch interest reply person soon anytime delighted keen love appreciate grateful both our
    videocall video phone telephone stehe stehen steht verfugung ruckfragen naher personlich kennen lernen
    vorstellen vorstelle stelle vor vorstellung termin antwort ruckmeldung austausch auszutauschen tausche
    unterhalten besprechen telefonat telefonisch jederzeit auch rencontrer rencontre vive voix volontiers
    presenter plaisir reponse retour convenance appel telephone prochain prochaine bientot reunirme reunion
    conversacion llamada agradezco agradeceria conocer conocerles detalle oportunidad videollamada telefono
    pronto placer respuesta gusto encantaria pressure worries send cv resume right direction point obligation
    passt falls lebenslauf schicke sende senden schicken wenden wen richtige ansprechperson druck envoyer envoie
    bonne personne quart heure engagement convient grave enviar envio enviarle enviarles compromiso curriculum
    referral moment word open disponible disponibles dispo cuarto hora encaja pasa nada problema
    """
)
"""The words of thanks and of the wish to talk. None of them says what somebody did, is or knows."""
_LENGTHS: Final = _set(
    "10 15 20 30 ten fifteen twenty thirty zehn fünfzehn zwanzig dix quinze vingt diez quince veinte"
)
"""Minutes of a talk."""
_SETS_OUT: Final = _set(
    """
    thank thanks talk talking discuss discussing conversation call chat forward welcome meet hear hearing
    questions refer problem danke dank gesprach freue melden empfehlen problem merci echange echanger
    entretien disposition parler recommander souci gracias disposicion hablar conversar entrevista noticias
    recomendarme interview reply invitation contact reach vorstellen vorstelle vor personlich verfugung
    ruckfragen antwort ruckmeldung austausch unterhalten besprechen telefonat rencontrer rencontre voix
    reponse retour appel reunirme reunion conversacion llamada conocer conocerles videollamada respuesta
    pressure worries cv resume obligation lebenslauf wenden druck engagement grave compromiso curriculum problema
    """
)
"""One of these has to be there: it is what the sentence is about."""
_APPLIES: Final = re.compile(
    r"(?:i(?: am|['\u2019]m) (?:applying (?:for|to)|interested in)|i apply for"
    r"|i(?: am|['\u2019]m) (?:writing|reaching out|getting in touch|contacting you|messaging)(?: to you)? "
    r"(?:about|regarding|concerning|for|to apply for|because of)|i (?:write|reach out)(?: to you)? (?:about|regarding)"
    r"|i(?: would|['\u2019]d) like to (?:apply for|be considered for)"
    r"|(?:hiermit )?bewerbe ich mich|ich bewerbe mich|ich interessiere mich f[uü]r"
    r"|ich (?:schreibe|melde mich|wende mich an)(?: (?:ihnen|bei ihnen|sie))? (?:wegen|zu|zur|bez[uü]glich)"
    r"|je (?:vous )?(?:[eé]cris|contacte) (?:au sujet|[aà] propos|concernant|pour)|je me porte candidate?"
    r"|(?:les? )?escribo (?:por|sobre|acerca de)"
    r"|je (?:vous )?(?:propose|pr[eé]sente|soumets|adresse) ma candidature|je postule|je pose ma candidature"
    r"|je suis int[eé]ress[eé]e? par|(?:les? )?(?:presento|env[ií]o) mi candidatura|solicito|me postulo|me interesa)\b",
    re.IGNORECASE,
)
"""How a sentence about the application begins. Behind it stand the job and the employer, and nothing else."""
_OFFERED: Final = _set(
    "role position post job opening vacancy your stelle ihre ihrer poste votre puesto vacante cargo oferta su "
    "open offene offenen position rolle sujet offre"
)
_ABOUT_JOB: Final = re.compile(
    r"your\b"
    r"|(?:the|this) (?:role|job|position|post|posting|advertisement|ad|advert) "
    r"(?:also )?"
    r"(?:asks|needs|calls|requires|lists|mentions|is|means|wants|puts|names|describes|sits|includes|involves|covers)\b"
    r"|you (?:would )?(?:also |both )?"
    r"(?:ask|need|want|(?:are )?look(?:ing)?|seek|prefer|list|mention|name|describe|call|expect|require|put|value"
    r"|welcome|like)\b"
    r"|zu (?:ihrer|der|dieser) (?:stelle|rolle|position) geh[oö]r"
    r"|(?:sie|ihr|du) (?:such(?:en|s?t)|brauch(?:en|s?t)|verlangen|erwarte(?:n|s?t)|nennen|w[uü]nschen|legen wert"
    r"|dokumentier(?:en|t)|arbeitet|bietet|pflegt|nutzt)\b"
    r"|ihre?[nmrs]? [a-zäöü]\w+ (?!war|hat)|(?:votre|vos) "
    r"|(?:die|diese|ihre) (?:stelle|anzeige|rolle|position|ausschreibung)\b"
    r"|vous (?:cherchez|recherchez|demandez|attendez|souhaitez|citez|mentionnez)\b"
    r"|(?:l['\u2019]annonce|votre annonce|le poste|ce poste)\b"
    r"|(?:ustedes |usted )?(?:buscan|piden|necesitan|valoran|mencionan|busca|pide|necesita|valora)\b"
    r"|(?:su|la) (?:oferta|anuncio)\b|(?:el|este) puesto\b",
    re.IGNORECASE,
)
"""How a sentence about the job begins: with the job, or with the reader and a verb of asking."""
_ASKS: Final = _set(
    """
    ask need want look list mention name describe call expect require seek prefer put value welcome like
    include involve cover first someone somebody who person people role job position post posting
    suchst brauchst erwartest dokumentiert
    advertisement ad advert team matter most also both suchen sucht gehoren gehort zu ihrer jemanden jemand
    der die das stelle anzeige besonders wert cherchez recherchez demandez attendez souhaitez quelqu annonce
    poste equipe buscan piden necesitan alguien oferta puesto equipo
    """
)
_PERSON: Final = _set(
    "i me my mine myself we our us ich mein meine meinen meiner meinem mich mir wir unser je j me moi mon ma mes nous "
    "notre nos yo mi mis me nosotros nuestro nuestra"
)
"""Words by which a sentence speaks of the person."""
_FUNCTION: Final = frozenset(
    word for language in ("english", "german", "french", "spanish") for word in FUNCTION_WORDS[language].common
)
_QUESTION: Final = re.compile(
    r"(?:(?:if|falls|wenn|si) [^,?]{1,40}, )?(?:(?:and |und |et |y )?(?:would|could|can|will|might|are|do|is|may)"
    r"|w[uü]rden?|k[oö]nnten?|k[oö]nn(?:en|t)|h[aä]tten?|w[aä]ren?|haben|d[uü]rfte|darf|passt|wollen"
    r"|(?:auriez|pourriez|seriez|accepteriez|voudriez|souhaiteriez)-vous|puis-je|pourrais-je|serait-il"
    r"|\u00bf?\s?(?:podr[ií]an?|tendr[ií]an?|estar[ií]an?|puede[ns]?|le[s]? (?:gustar[ií]a|parece)|tienen?))\b",
    re.IGNORECASE,
)
"""How a question asks the reader for something."""
_READER: Final = _set(
    "you your sie ihnen ihr ihre ihrem ihren ihrer vous votre vos usted ustedes le les su sus podria "
    "podrian tendria tendrian estaria estarian"
)
_TELLS: Final = re.compile(
    r"\b(?:my|as an?|having|years?|meinen?|meinem|meiner|mein|als|jahren?|mon|ma|mes|en tant que|ann[eé]es|ans|mi|mis"
    r"|como|a[nñ]os)\b|\b(?:who|whom|that|which)\b(?! (?:to|is|would|i|can|could|might)\b)"
    r"|,\s(?:die|der|das|dem|den|welche[rsnm]?)\b"
    r"|\bqui (?:a|ai|ont|avait|dirige|sait)\b|\bque (?:ha|ha[ny]|dirige|sabe)\b",
    re.IGNORECASE,
)
"""Words with which a question may tell something of the person."""
_GERMAN: Final = re.compile(
    r"(?:w[uü]rden?|k[oö]nn|h[aä]tten?|w[aä]ren?|haben|d[uü]rfte|darf|passt|wollen)", re.IGNORECASE
)
_ARTICLES: Final = _set("a an the ein eine einen einem einer der die das dem den un une le la una el")
_INDEFINITE: Final = _set("a an ein eine einen einem einer un une una")
"""Articles before what the person may be: the job itself is no courtesy behind them."""
_NO_NAMES: Final = _set("i cv linkedin")
_MOST_OF_A_QUESTION: Final = 30
_HELD: Final = _set("been was were have had since where war habe hatte wurde seit ai suis ete he sido desde donde")
"""Words by which an application would tell of a job that was held."""
_OTHERS: Final = 0.5
"""Share of the words of a sentence about the job that the advertisement may lack; one in any case."""
_BEGINNING: Final = 5
"""Letters by which an inflected title is recognised: Finanzbuchhalterin for Finanzbuchhalter (m/w/d)."""


def claims_nothing(title: str, company: str, advertisement: str) -> Callable[[str], bool]:
    """Return a function that tells whether a sentence says nothing of the person.

    Parameters
    ----------
    title, company : str
        What is applied for.
    advertisement : str
        The text of the job.
    """
    target = [word for word in folded_words(f"{title} {company}") if len(word) > 1]
    initials = re.findall(r"\b[A-Z]{2,6}\b", advertisement)
    offered = [*target, *(word for each in initials for word in folded_words(each))]
    asked = {_root(word) for word in folded_words(f"{title} {company} {advertisement}")}

    def about_nobody(sentence: str) -> bool:
        sentence = sentence.strip()
        found = [part for word in folded_words(sentence) for part in word.split("'")]
        return (
            _is_courtesy(found)
            or _is_question(sentence, found, target)
            or bool((begun := _APPLIES.match(sentence)) and _names_job(sentence[begun.end() :], target, offered))
            or bool(_ABOUT_JOB.match(sentence) and _PERSON.isdisjoint(found) and _is_asked(sentence, found, asked))
        )

    return about_nobody


def _is_courtesy(found: list[str]) -> bool:
    return not _SETS_OUT.isdisjoint(found) and all(
        word in _COURTESY
        or (word in _FUNCTION and word not in _HELD)
        or (word in _LENGTHS and after.startswith("minut"))
        for word, after in zip(found, [*found[1:], ""], strict=True)
    )


def _is_question(sentence: str, found: list[str], target: list[str]) -> bool:
    """Tell whether a sentence asks the reader for something, without figures and names but those of the job."""
    if not sentence.endswith("?") or len(found) > _MOST_OF_A_QUESTION or not _QUESTION.match(sentence):
        return False
    if _READER.isdisjoint(found) or not _HELD.isdisjoint(found) or _TELLS.search(sentence):
        return False
    if any(
        any(map(str.isdigit, word)) and not (word in _LENGTHS and after.startswith("minut"))
        for word, after in zip(found, [*found[1:], ""], strict=True)
    ):
        return False
    for at, word in enumerate(found):
        theirs = () if word in _INDEFINITE else target
        if word in _ARTICLES and not _leads_to_a_courtesy(found[at + 1 : at + 4], theirs):
            return False
    # German nouns are capitalised, so that an abbreviation alone shows a name.
    name = r"\b\w+[A-Z]\w*" if _GERMAN.match(sentence) else r"(?<=\s)[^\W\d_a-z][\w-]*"
    runs = (run for run in re.findall(name, sentence) if not run.islower())
    named = (part for run in runs for word in folded_words(run) for part in word.split("'"))
    return all(len(word) == 1 or word in _NO_NAMES or any(_alike(word, each) for each in target) for word in named)


def _leads_to_a_courtesy(words: Sequence[str], target: Sequence[str]) -> bool:
    """Tell whether what stands behind an article is what one asks for, such as a call: not a person with skills."""
    content = [word for word in words if word not in _FUNCTION]
    return not content or any(word in _COURTESY or any(_alike(word, each) for each in target) for word in content)


def _names_job(rest: str, target: list[str], offered: list[str]) -> bool:
    """Tell whether words name the job: by its title or employer, also as the advertisement abbreviates them."""
    found = folded_words(rest)
    named = [word for word in found if any(_alike(word, each) for each in offered)]
    return any(_alike(word, each) for word in named for each in target) and all(
        word in named or word in _OFFERED or (word in _FUNCTION and word not in _PERSON and word not in _HELD)
        for word in found
    )


def _alike(word: str, other: str) -> bool:
    size = max(_BEGINNING, min(len(word), len(other)) - 1)
    return word == other or (len(word) > _BEGINNING and word[:size] == other[:size])


def _is_asked(sentence: str, found: list[str], asked: set[str]) -> bool:
    """Tell whether most words are those of the advertisement, and all its figures and names."""
    content = [word for word in found if word not in _FUNCTION and _ASKS.isdisjoint((word, _root(word)))]
    others = [word for word in content if _root(word) not in asked]
    capitals = {word for run in re.findall(r"(?<=\s)[^\W\d_a-z][\w-]*", sentence) for word in folded_words(run)}
    certain = not any(word in capitals or any(map(str.isdigit, word)) for word in others)
    return certain and len(others) < len(content) and len(others) <= max(1, _OTHERS * len(content))


def _root(word: str) -> str:
    return word if any(map(str.isdigit, word)) else stem(word)

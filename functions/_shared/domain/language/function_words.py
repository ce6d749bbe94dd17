"""Closed classes of words, folded, in the languages we read: which may come and go without changing a claim.

Everything that is not listed here is a word that a text has to share with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from functions._shared.domain.language.words import fold, folded_words, stem


def _set(*lines: str) -> frozenset[str]:
    return frozenset(fold(word) for line in lines for word in line.split())


_NEUTRAL: Final = {
    "english": "the a an of i my me mine he she his her him their its it this these those that is are was "
    "were be been being am has have had do does did also",
    "german": "der die das den dem des ein eine einen einem einer eines ich mein meine meinen meiner "
    "meinem er sie sein seine seiner ihr ihre ihrer es dieser diese dieses ist sind war waren "
    "wurde wurden habe hat hatte auch",
    "french": "le la les l un une d du des je j mon ma mes il elle son sa ses ce cette ces est sont était ai a été",
    "spanish": "la lo un de se al el los las una unos del mi mis su sus este esta estos he ha han fue es son yo",
    "italian": "la le l di del un si il lo gli i uno della dello dei degli delle dell mio mia miei suo sua "
    "suoi sono è stato stata ho",
    "portuguese": "a de uns umas se o os as um uma do da dos das meu minha meus seu sua seus é são foi fui tenho",
    "dutch": "de het een van mijn zijn haar is was werd heb heeft ik",
    "polish": "jest są był była mój moja moje swój swoje jestem",
    "swedish": "en ett det den min mitt mina är var har jag hans hennes",
}
_JOINING: Final = {
    "english": "and plus or",
    "german": "und sowie oder",
    "french": "et ou",
    "spanish": "y e o u",
    "italian": "e ed o",
    "portuguese": "e ou",
    "dutch": "en of",
    "polish": "i oraz lub a",
    "swedish": "och eller samt",
}
_PREPOSITIONS: Final = {
    "english": "at in on to for from with by about into within across through under over between among "
    "during via as per after before until since against towards behind toward onto off without",
    "german": "bei im am an auf aus mit von vom zum zur zu für um über unter durch in ins nach seit vor "
    "als ohne gegen zwischen",
    "french": "à au aux dans en pour par avec sur sous chez de vers depuis sans entre comme après avant",
    "spanish": "a en para por con sobre desde hasta sin entre como ante tras bajo",
    "italian": "a in al alla nel nella nei nelle per con su sul sulla tra fra da dal dalla come sotto senza dopo",
    "portuguese": "em no na nos nas para por com sobre sob desde até ao aos à pelo pela sem como",
    "dutch": "bij op voor met aan uit door naar in tot om over onder tussen sinds als zonder",
    "polish": "w we na do z ze dla o od po przez przy pod nad za jako bez między",
    "swedish": "på för med av till från i om under hos genom vid mellan efter som utan",
}
_NEGATIONS: Final = {
    "english": "no not never none neither nor without n't cannot nothing nobody zero",
    "german": "kein keine keinen keiner keinem nicht nie niemals ohne null weder",
    "french": "ne pas sans aucun aucune jamais ni rien zéro",
    "spanish": "no sin nunca ningún ninguna ninguno jamás tampoco cero",
    "italian": "non senza nessun nessuno nessuna mai né",
    "portuguese": "não sem nenhum nenhuma nunca jamais nem",
    "dutch": "niet geen zonder nooit nul",
    "polish": "nie bez żaden żadna żadnego nigdy ani",
    "swedish": "inte utan ingen inget inga aldrig noll ej",
}
_HEDGES: Final = {
    "english": "collaborated collaboration cooperation partnership helped help helping assisted assisting "
    "assist supported supporting contributed contributing participated participating part "
    "together jointly we our us partly partially planned proposed suggested intended expected "
    "target targeted goal pilot trial draft attempted tried almost nearly about around roughly "
    "up only mostly mainly often sometimes occasionally would could should may might will if "
    "unless but although failed withdrawn cancelled canceled expired former deputy acting "
    "assistant interim junior trainee intern runner finalist nominee nominated shortlisted "
    "second third estimated projected potential temporary under supervised supervision guidance "
    "alongside",
    "german": "zusammenarbeit kooperation abstimmung half mitgeholfen unterstützt unterstützte "
    "unterstützung mitarbeit mitgewirkt beteiligt teilweise geplant wir unser unsere gemeinsam "
    "zusammen fast etwa rund circa nur meist stellvertretend stellvertretende vertretung pilot "
    "aber wenn soll sollte könnte würde versucht ziel anleitung aufsicht vorgeschlagen "
    "abgelaufen",
    "french": "aidé participé contribué soutenu assisté ensemble nous notre nos presque environ seulement "
    "adjoint adjointe prévu pilote mais si objectif collaboration expiré tenté",
    "spanish": "colaboración ayuda ayudé apoyé participé colaboré contribuí juntos nosotros nuestro nuestra "
    "casi aproximadamente solo previsto piloto pero si objetivo intento adjunto junto",
    "italian": "collaborazione collaborato aiutato partecipato contribuito supportato insieme noi nostro "
    "quasi circa solo previsto pilota ma se obiettivo vice",
    "portuguese": "colaboração ajuda ajudei apoiei participei colaborei contribuí juntos nós nosso quase cerca "
    "só previsto piloto mas se objetivo",
    "dutch": "samenwerking geholpen ondersteund meegewerkt bijgedragen samen wij we ons onze bijna "
    "ongeveer alleen gepland proef maar als doel",
    "polish": "pomagał pomagała wspierał wspierała współpraca razem my nasz nasza prawie około tylko "
    "planowany pilotaż ale jeśli cel",
    "swedish": "samarbete hjälpte bistod deltog bidrog tillsammans vi vår vårt nästan ungefär bara planerad "
    "pilot men om mål",
}


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """The function words of a language.

    Parameters
    ----------
    neutral : frozenset of str
        Articles, the genitive, possessives, the candidate, auxiliaries without a mood: they may come and go.
    joining : frozenset of str
        Words that join items, like a comma.
    prepositions : frozenset of str
        They stay, with their objects.
    vital : frozenset of str
        Stems of negations and hedges: without one of these a claim is another or a stronger one.
    """

    neutral: frozenset[str]
    joining: frozenset[str]
    prepositions: frozenset[str]
    vital: frozenset[str]

    def weight(self, words: list[str]) -> int:
        """Count the words that belong to the language."""
        return sum(word in self.neutral or word in self.joining or word in self.prepositions for word in words)


FUNCTION_WORDS: Final = {
    language: FunctionWords(
        _set(_NEUTRAL[language]),
        _set(_JOINING[language]),
        _set(_PREPOSITIONS[language]),
        frozenset(stem(word, language) for word in _set(_NEGATIONS[language], _HEDGES[language])),
    )
    for language in _NEUTRAL
}
NEGATIONS: Final = _set(*_NEGATIONS.values())
"""Of all languages."""
GENITIVES: Final = _set("of der des du de di del della dei delle da do dos das van af av")
RELATIVES: Final = _set(
    "thanks due dank grâce gracias dzięki dadurch who which whose where while when thereby that qui "
    "que dont où die der das welche welcher che quien donde quem który która które som"
)
"""Words with which a clause goes on about something else, so that a sentence may end before them."""


def language_of(text: str) -> str:
    """Guess the language of a text by its function words; English if there are none."""
    found = folded_words(text)
    return max(FUNCTION_WORDS, key=lambda language: FUNCTION_WORDS[language].weight(found))

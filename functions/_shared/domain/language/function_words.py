"""Closed classes of words, folded, in the languages we read: which may come and go without changing a claim.

Everything that is not listed here is a word that a text has to share with its source.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from functions._shared.domain.language.eastern import LETTERS
from functions._shared.domain.language.lexemes import lexeme
from functions._shared.domain.language.words import fold, loose_words

_EASTERN: Final = re.compile(f"[{LETTERS}]")


def _set(*lines: str) -> frozenset[str]:
    """Collect words in lower case, also without their accents; a word that has another accent is another word."""
    return frozenset(form for line in lines for word in line.split() for form in (word, fold(word)))


_NEUTRAL: Final = {
    "english": "the a an of i my me mine he she his her him their its it this these those that is are was "
    "were be been being am has have had do does did also both then there here",
    "german": "der die das den dem des ein eine einen einem einer eines ich mein meine meinen meiner "
    "meinem er sie sein seine seiner ihr ihre ihrer es dieser diese dieses ist sind war waren "
    "wurde wurden habe hat hatte auch sich",
    "french": "le la les l un une d du des je j mon ma mes il elle son sa ses ce cette ces est sont était ai a été",
    "spanish": "hace la lo un de se al el los las una unos del mi mis su sus este esta estos he ha han fue es son yo",
    "italian": "la le l di del un si il lo gli i uno della dello dei degli delle dell mio mia miei suo sua "
    "suoi ha hanno sono è stato stata ho",
    "portuguese": "a de uns umas se o os as um uma do da dos das meu minha meus seu sua seus é são foi fui tenho",
    "dutch": "de het een van mijn zijn haar is was werd heb heeft ik",
    "polish": "jest są był była mój moja moje swój swoje jestem",
    "swedish": "en ett det den min mitt mina är var har jag hans hennes",
    "hindi": "का की के में को ने पर है हैं था थी थे हूँ हूं मैं मैंने वह यह इस उस अपना अपनी अपने करती करता करते "
    "करना करके की किया रही रहा "
    "गई गया हुई हुआ रहे कीं किए",
    "chinese": "进行 的 了 着 在 对 将 把 为 是 我 于",
    "japanese": "担当 受け持 行った 行う 行い も し た る て い す ま な っ り き さ せ",
}
_JOINING: Final = {
    "english": "and plus or while including",
    "german": "und sowie oder darunter einschließlich",
    "french": "et ou ainsi",
    "spanish": "y e o u además",
    "italian": "e ed o",
    "portuguese": "e ou",
    "dutch": "en of",
    "polish": "i oraz lub a",
    "swedish": "och eller samt",
    "hindi": "और एवं तथा व",
    "chinese": "和 与 及 并 以 共",
    "japanese": "や と",
}
_PREPOSITIONS: Final = {
    "english": "at in on to for from with by about into within across through under over between among "
    "during via as per after before until since against towards behind toward onto off without",
    "german": "bei im am an auf aus mit von vom zum zur zu für um über unter durch in ins nach seit vor "
    "als ohne gegen zwischen während innerhalb außerhalb anhand mittels laut gemäß",
    "french": "à au aux dans en pour par avec sur sous chez de vers depuis sans entre comme après avant pendant "
    "durant auprès lors selon via",
    "spanish": "a en para por con sobre desde hasta sin entre como ante tras bajo durante mediante según dentro",
    "italian": "a in al alla nel nella nei nelle per con su sul sulla tra fra da dal dalla come sotto senza dopo "
    "presso durante secondo tramite mediante nello nell sull dall dai dagli",
    "portuguese": "há em no na nos nas para por com sobre sob desde até ao aos à às pelo pela pelos pelas sem como "
    "durante mediante num "
    "numa",
    "dutch": "bij op voor met aan uit door naar in tot om over onder tussen sinds als zonder",
    "polish": "w we na do z ze dla o od po przez przy pod nad za jako bez między",
    "swedish": "på för med av till från i om under hos genom vid mellan efter som utan",
    "hindi": "से द्वारा साथ लिए तक",
    "chinese": "从 至 到 由 向 给 用 作为",
    "japanese": "を に の は が で へ から まで より として による",
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
    "hindi": "नहीं न बिना कभी बग़ैर",
    "chinese": "不 未 无 没 非 零",
    "japanese": "無 未 非 零 ない なし なく ません ゼロ",
}
_HEDGES: Final = {
    "english": "collaborated collaboration cooperation partnership helped help helping assisted assisting "
    "assist supported supporting contributed contributing participated participating part "
    "together jointly we our us partly partially planned proposed suggested intended expected "
    "target targeted goal pilot trial draft prototype mock beta attempted tried almost nearly about around roughly "
    "up only mostly mainly often sometimes occasionally would could should may might will if "
    "unless but although failed withdrawn cancelled canceled expired former deputy acting "
    "assistant interim junior trainee intern runner finalist nominee nominated shortlisted "
    "second third estimated projected potential temporary under supervised supervision guidance "
    "alongside excluding except",
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
    "hindi": "मदद सहायता सहयोग सहायक मिलकर साथ केवल सिर्फ़ लगभग लक्ष्य प्रयास योजना",
    "chinese": "协助 参与 配合 协同 共同 一起 拟 约 近 提名 副 候选 目标 实习 支持 助理 仅 只 部分 试 曾 被 计划 入围",
    "japanese": "補助 参加 参画 共同 一緒 協力 支援 手伝 約 副 候補 目標 予定 助手 のみ だけ ほぼ され 計画 "
    "見習 指導の下 "
    "代理 一部",
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
    """

    neutral: frozenset[str]
    joining: frozenset[str]
    prepositions: frozenset[str]

    @property
    def common(self) -> frozenset[str]:
        """Words by which the language is recognised."""
        return self.neutral | self.joining | self.prepositions


FUNCTION_WORDS: Final = {
    language: FunctionWords(
        _set(_NEUTRAL[language]),
        _set(_JOINING[language]),
        _set(_PREPOSITIONS[language]),
    )
    for language in _NEUTRAL
}


@lru_cache(maxsize=16)
def vital(language: str) -> frozenset[str]:
    """Return the lexemes of negations and hedges: without one of these a claim is another or a stronger one."""
    return frozenset(lexeme(word, language) for word in f"{_NEGATIONS[language]} {_HEDGES[language]}".split())


@lru_cache(maxsize=1)
def _languages() -> dict[str, list[str]]:
    """Return for each function word the languages that have it."""
    found: dict[str, list[str]] = {}
    for language, known in FUNCTION_WORDS.items():
        for word in known.common:
            found.setdefault(word, []).append(language)
    return found


EASTERN_WORDS: Final = frozenset(
    word
    for language in ("chinese", "japanese")
    for lists in (_NEUTRAL, _PREPOSITIONS, _NEGATIONS, _HEDGES)
    for word in lists[language].split()
)
NEGATIONS: Final = _set(*_NEGATIONS.values())
"""Of all languages."""
GENITIVES: Final = _set("of der des du de di del della dei delle da do dos das van af av")
FROM: Final = _set("from von vom od från desde dal dalla del de 从 から")
SURELY_FROM: Final = FROM - {"de", "del"}
TO: Final = _set("to auf naar till do para al all à a bis hasta 至 到 まで に へ")
"""Prepositions before the first and the second of two figures."""
BY_HOW_MUCH: Final = frozenset(["by", "um"])
"""Prepositions that only stand before a difference, if they stand before a figure."""
AGENTS: Final = _set("by durch par")
"""Prepositions before the one who did it."""
WITH: Final = _set("with mit avec con com met z ze med")
"""Company is a part of the claim: "built it with a colleague"."""
MEANS: Final = _set("by through via durch mittels mediante")
STRICT: Final = _set(
    "by under without against before after as than unter ohne gegen vor nach als sous sans contre avant après bajo sin "
    "ante tras senza sotto prima dopo sob sem contra pod bez przed jako como comme come since until"
)
"""Prepositions that stay: what they lead to means something else without them."""
DATED: Final = _set(
    "since until before after seit bis vor nach depuis avant après desde hasta antes después tras dal prima dopo fino "
    "até antes após sinds tot voor na od do przed po sedan före efter から まで से तक"
)
"""Prepositions that say how a date is meant."""
TIES: Final = _set("of in for at de di do da von zu für des der en pour para per")
"""Prepositions that a compound may stand for: "the settlement of payments", "payment settlement"."""
RELATIVES: Final = _set(
    "thanks due dank grâce gracias dzięki dadurch who which whose where while when thereby that qui "
    "que dont où die der das welche welcher che quien donde quem który która które som"
)
"""Words with which a clause goes on about something else, so that a sentence may end before them."""

EACH: Final = _set("per each pro je par por chaque cada per ogni na")
"""Words before that of which each has a figure."""
ARTICLES: Final = _set("der die das den dem ein eine einen einem le la les un une el los las una il lo gli uma os as")
"""Of languages in which they stand before the object. English puts adverbs behind it."""
JOINTS: Final = _set("and und et y e en i och &")
"""Words between two acts that share an object."""
LINKING: Final = _set(
    "who whom which whose where that der die das denen deren dessen welche welcher qui que dont où lequel laquelle "
    "lesquels auxquels quien quienes cuyo cuya cuyos cuyas donde che cui dove quem cujo cuja cujos cujas onde który "
    "która "
    "które som"
)
"""Relative words that may be added within a clause. Causes ("thanks to") are not among them."""


_OF_ADDRESS: Final = re.compile(r"[.@][\w-]+")
"""What follows a full stop or an at sign without a space: the com of an address is no Portuguese."""
_SURE_SHARE: Final = 0.15
"""Share of the words of a text that are function words of its language."""
_SURE_LEAD: Final = 2
"""How many times as many it has as the next language."""


def language_of(text: str) -> str:
    """Guess the language of a text by its script and its function words; English if there are none."""
    weights = _weights(text)
    return max(weights, key=lambda language: weights[language])


def sure_language_of(text: str, least: int = 15) -> str | None:
    """Return the language of a text if there is hardly a doubt: it has enough words, and no other comes near."""
    weights = _weights(text)
    first, second = sorted(weights, key=lambda language: weights[language], reverse=True)[:2]
    size = len(text) // 2 if first in ("chinese", "japanese") else len(loose_words(text))
    is_sure = weights[first] >= max(_SURE_SHARE * size, _SURE_LEAD * weights[second])
    return first if size >= least and is_sure else None


def _weights(text: str) -> dict[str, int]:
    """Count the function words of each language; of Chinese and Japanese, their signs if they make up a quarter."""
    weights = dict.fromkeys(FUNCTION_WORDS, 0)
    if len(eastern := _EASTERN.findall(text)) * 4 > len(text):
        is_japanese = sum("\u3040" <= letter <= "\u30ff" for letter in eastern) * 20 > len(eastern)
        return {**weights, "japanese" if is_japanese else "chinese": len(eastern)}
    known = _languages()
    for word, times in Counter(loose_words(_OF_ADDRESS.sub(" ", text))).items():
        for language in known.get(word, ()):
            weights[language] += times
    return weights

"""Letters: which sentences claim nothing, the lines around them, and limits that they keep."""

from __future__ import annotations

from typing import Literal

import pytest

from functions._shared.domain.errors import AnswerNotGrounded
from functions._shared.domain.grounding.check import CheckedSentence
from functions.generate.courtesies import claims_nothing
from functions.generate.formalities import without_formalities
from functions.generate.letters import MANNERS, BodyDraft, Frame, kept
from functions.generate.plan import Context, Delivery, Piece, TextDraft
from functions.generate.results import GroundingReport, Removed, UsedModel

about_nobody = claims_nothing(
    "Senior Backend Engineer",
    "Halberd Pay GmbH",
    "You bring strong SQL and experience with Kubernetes. As SBE you own the ledger. Du arbeitest an Jahresabschlüssen mit.",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for your time.",
        "I would be glad to talk about the role.",
        "I would welcome the chance to discuss this in a short call next week.",
        "I look forward to hearing from you.",
        "You ask for strong SQL and experience with Kubernetes.",
        "The role needs somebody who owns the ledger.",
        "Ich freue mich auf ein persönliches Gespräch mit Ihnen.",
        "Je serais ravie d'échanger avec vous.",
        "Quedo a su disposición para hablar.",
        "Über eine Einladung zu einem Gespräch freue ich mich.",
        "I am applying for the Senior Backend Engineer role at Halberd Pay.",
        "I'd like to be considered for your Senior Backend Engineer role.",
        "Could we talk for 15 minutes this week?",
        "Would you be willing to refer me, or tell me who to talk to?",
        "No problem at all if not.",
        "I would be happy to meet you and talk about the post.",
        "Please call me if you would like to discuss the position.",
        "Me gustaría hablar con ustedes en una entrevista.",
        "Gern stelle ich mich Ihnen persönlich vor.",
        "You would also welcome experience with Kubernetes.",
        "The role also includes the ledger.",
        "Hätten Sie Zeit für ein kurzes Gespräch?",
        "Accepteriez-vous de me recommander, ou de m'indiquer à qui parler ?",
        "Hiermit bewerbe ich mich als Senior Backend Engineerin bei der Halberd Pay GmbH.",
        "Je postule au poste de Senior Backend Engineer chez Halberd Pay.",
        "You want somebody who looks after the ledger.",
        "Sie suchen jemanden, der an Jahresabschlüssen mitarbeitet.",
        "I'm writing about the Senior Backend Engineer role.",
        "I am reaching out about the Senior Backend Engineer position at Halberd Pay.",
        "Would you be open to a 15-minute call?",
        "Could we talk for ten minutes about the job?",
        "I am interested in the SBE position at Halberd Pay.",
        "Your ledger needs strong SQL.",
        "Du suchst jemanden, der an Jahresabschlüssen mitarbeitet.",
        "Could you point me to the right person?",
        "Could you point me to whoever looks after hiring for the Senior Backend Engineer role?",
        "May I ask you for a referral?",
        "No pressure if not.",
        "If this isn't you, could you point me to the right person?",
        "Seriez-vous disponible pour un court échange ?",
        "Happy to send my CV.",
        "Ich schreibe Ihnen wegen der Stelle als Senior Backend Engineer bei der Halberd Pay GmbH.",
        "Würden Sie mich empfehlen oder mir sagen, an wen ich mich wenden kann?",
        "Wenn es nicht passt, ist das kein Problem.",
        "Hätten Sie diese Woche 15 Minuten Zeit für ein Telefonat?",
        "Gern schicke ich Ihnen meinen Lebenslauf.",
        "Je vous écris au sujet du poste de Senior Backend Engineer.",
        "Je me porte candidate au poste de Senior Backend Engineer chez Halberd Pay.",
        "Auriez-vous un quart d'heure pour en parler cette semaine ?",
        "Le escribo por el puesto de Senior Backend Engineer.",
        "¿Podría indicarme con quién debo hablar?",
    ],
)
def test_courtesies_and_what_the_job_asks_claim_nothing(sentence: str) -> None:
    assert about_nobody(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for reading that I led 40 people.",
        "I bring strong SQL and experience with Kubernetes.",
        "Strong SQL and experience with Kubernetes.",
        "You get an engineer who led 40 people.",
        "You ask for strong SQL; I own the ledger.",
        "Owned the ledger at Halberd Pay.",
        "I would be glad to talk about the 12 services.",
        "I know the role.",
        "I have 15 years of this, thank you.",
        "I am interested in Kubernetes.",
        "I am applying for Halberd Pay, where I have been Senior Backend Engineer.",
        "I am applying for the Senior Backend Engineer role after 12 years of Kubernetes.",
        "I am a Senior Backend Engineer at Halberd Pay.",
        "You want the engineer who built Flügelrad.",
        "The role included Kubernetes and strong SQL.",
        "The team owned the ledger with Kubernetes.",
        "You look at somebody who halved costs and doubled sales.",
        "My experience with Kubernetes fits the role.",
        "Would you like to talk to somebody who led 40 people?",
        "Would you like an engineer who led the migration?",
        "Could you use my experience with Kubernetes?",
        "Would you be open to a call about Google?",
        "Would you talk to me as a certified nurse?",
        "Do you know that I was born there?",
        "Could you use 15 engineers for a minute?",
        "Hätten Sie Zeit für eine Ingenieurin, die das Hauptbuch umgebaut hat?",
        "Hätten Sie Interesse an meinen Kenntnissen?",
        "Auriez-vous besoin d'une ingénieure qui a dirigé une équipe ?",
        "Did I not halve the costs?",
        "Could a licensed pilot help you?",
        "Will you meet the winner of the award?",
        "Can you use a senior backend engineer with decades of leadership?",
        "Können Sie eine zertifizierte Köchin gebrauchen?",
        "I'm writing about Kubernetes, which I run at Halberd Pay.",
        "I am writing about the Senior Backend Engineer role because I led 40 people.",
        "You ask for 5 years of SQL.",  # the figure is not theirs
        "",
    ],
)
def test_what_may_claim_something_is_judged(sentence: str) -> None:
    assert not about_nobody(sentence)


@pytest.mark.parametrize(
    ("body", "frame", "text"),
    [
        ("I led a team.", Frame(signature="Zoë Müller"), "Dear hiring team,|I led a team.|Kind regards,\nZoë Müller"),
        ("I led a team.", Frame("Ms Ferrari"), "Dear Ms Ferrari,|I led a team.|Kind regards,"),
        ("Ich habe ein Team geleitet.", Frame(), "Guten Tag,|ich habe ein Team geleitet.|Mit freundlichen Grüßen"),
        ("Ihre Anzeige nennt uns.", Frame(), "Guten Tag,|Ihre Anzeige nennt uns.|Mit freundlichen Grüßen"),
        ("Teams leite ich.", Frame(language="de"), "Guten Tag,|Teams leite ich.|Mit freundlichen Grüßen"),
        ("J'ai dirigé une équipe.", Frame(language="fr"), "Madame, Monsieur,|J'ai dirigé une équipe.|Cordialement,"),
    ],
)  # fmt: skip
def test_the_lines_around_a_letter_are_ours(body: str, frame: Frame, text: str) -> None:
    before, body, after = frame.around(body)

    assert f"{before}{body}{after}" == text.replace("|", "\n\n")


@pytest.mark.parametrize("code", MANNERS)
def test_every_language_has_its_manners(code: str) -> None:
    frame = Frame("Anna", "Zoë", code)
    before, body, after = frame.around("x")

    assert "Anna" in before
    assert body == "x"
    assert after.endswith("\nZoë")
    assert frame.length("x") == len(before) + len(after)
    assert Frame(is_letter=False, language=code).around("x")[2] == ""


def test_paragraphs_become_one_text() -> None:
    assert BodyDraft(paragraphs=[" One.\nTwo. ", "", "Three."]).body(None) == "One. Two.\n\nThree."


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Dear Catriona,\n\nI led a team.\n\nKind regards,\n\nFraser Imrie-Novak", "I led a team."),
        ("Dear Dr. Smith, I led a team.", "I led a team."),
        ("Hi,\nI led a team. Best regards,", "I led a team."),
        ("Hello Anna! I led a team.\nFraser", "I led a team."),
        ("Guten Tag Frau Müller,\n\nich habe ein Team geleitet.\n\nMit freundlichen Grüßen", "ich habe ein Team geleitet."),
        ("Liebe Anna,\nich leite ein Team.\nViele Grüße\n[Your Name]", "ich leite ein Team."),
        ("Madame, Monsieur,\n\nJ'ai dirigé une équipe.\n\nVeuillez agréer, Madame, Monsieur, mes salutations distinguées.", "J'ai dirigé une équipe."),
        ("Estimado equipo:\nDirigí un equipo.\nAtentamente,\nFraser Imrie-Novak\nDirector", "Dirigí un equipo."),
        ("Gentile team,\nHo guidato un team.\nCordiali saluti", "Ho guidato un team."),
        ("Prezada equipe,\nLiderei uma equipe.\nAtenciosamente,", "Liderei uma equipe."),
        ("Geachte heer De Vries,\nIk leidde een team.\nMet vriendelijke groet,", "Ik leidde een team."),
        ("採用ご担当者様\nチームを率いました。\nよろしくお願いいたします。", "チームを率いました。"),
        ("Beste Ergebnisse im Vertrieb, erreicht mit 4 Leuten.", "Beste Ergebnisse im Vertrieb, erreicht mit 4 Leuten."),
        ("I led a team.\n\nThank you for your time.", "I led a team.\n\nThank you for your time."),
        ("Fraser was my course.\nI led a team. Thank you.", "Fraser was my course.\nI led a team. Thank you."),
        ("I led a team.\n\nKind regards,\n\nI also led the night shift of the plant in Leith.", None),
        ("Dear Anna,", ""),
    ],
)  # fmt: skip
def test_what_a_model_writes_around_a_text_is_taken_off(text: str, body: str | None) -> None:
    assert without_formalities(text, "Fraser Imrie-Novak") == (text if body is None else body)


def test_greetings_and_closings_of_every_language_are_taken_off() -> None:
    for code, manners in MANNERS.items():
        before, body, after = Frame("Anna", "Zoë", code).around("x y z")
        assert without_formalities(f"{before}{body}{after}", "Zoë") == "x y z", code
        text = f"{manners.team}\n\nx y z\n\n{manners.closing}"
        assert without_formalities(text, None) == "x y z", code


def test_the_paragraphs_of_a_letter_have_no_greeting_and_closing() -> None:
    written = ["Dear Catriona,\n\nI led a team.\nIt was large.", "It grew.", "Kind regards,", "Fraser Imrie-Novak"]

    assert BodyDraft(paragraphs=written).body("Fraser Imrie-Novak") == "I led a team. It was large.\n\nIt grew."


@pytest.mark.parametrize(
    ("kind", "left", "removed", "is_delivered"),
    [
        ("answer", 2, 2, True),
        ("answer", 2, 3, True),
        ("answer", 1, 1, False),
        ("answer", 2, 1, True),
        ("cover_letter", 2, 2, False),
        ("answer", 0, 0, False),
    ],
)
def test_an_answer_is_worth_delivering_with_two_supported_sentences(
    kind: Literal["answer", "cover_letter"], left: int, removed: int, is_delivered: bool
) -> None:
    sentences = [
        CheckedSentence(
            item=0, start=each, end=each + 1, verdict="supported", by="rules", evidence=[], how="verbatim", reason=None
        )
        for each in range(left)
    ]
    report = GroundingReport(
        ok=not removed, checked="entailment", verifier=None, sentences=sentences,
        removed=[Removed(text="x", reason=None)] * removed, lost=[], gaps=[],
    )  # fmt: skip
    delivery = Delivery(TextDraft(text="abc"), [Piece("abc")], report, UsedModel(provider="p", name="m"))
    if is_delivered:
        assert kept(delivery, Context(None, None, None), kind, title="T").effects
    else:
        with pytest.raises(AnswerNotGrounded):
            kept(delivery, Context(None, None, None), kind, title="T")

"""An interview in German, which needs a model: the questions, the follow-ups and the advice are German."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions.interview.bank import bank
from tests.functions.interview.candidate import Candidate, problem, result
from tests.functions.interview.test_scores import judged

if TYPE_CHECKING:
    from tests.fakes.models import FakeModels
    from tests.functions.edge.account import Account


async def test_an_interview_in_another_language(scored: Candidate, account: Account, fake: FakeModels) -> None:
    told = (
        "Im März 2024 fiel bei Flügelrad jeden zweiten Freitag die Kasse aus, und ich hatte Bereitschaft. Ich las das Protokoll der "
        "langsamen Abfragen, fand einen Bericht, der neun Minuten lang die Tabelle der Bestellungen sperrte, und verschob ihn auf eine "
        "Kopie. Danach gab es keinen Ausfall mehr, und die Antwortzeit sank von 1.900 auf 420 Millisekunden."
    )
    asked = "Wie haben Sie sichergestellt, dass die Zahlen des Berichts noch aktuell waren?"
    fake.always = judged(4, "Ich las das Protokoll", asked, "Sagen Sie, warum Sie eine Kopie gewählt haben.")
    interview = await scored.started(account, questions=4, language="de")
    assert interview["current"]["text"].startswith("Zuletzt waren Sie Senior Backend Engineer, Flügelrad")
    answered = result(await scored.answer(account, interview, 1, told))
    assert answered["feedback"]["score"] >= 60
    assert answered["feedback"]["text"] == "Sagen Sie, warum Sie eine Kopie gewählt haben."
    assert (answered["next"]["text"], answered["next"]["follows_up"]) == (asked, True)
    planned = result(await scored.answer(account, interview, 2, told))["next"]["text"]
    assert planned in {each.text for each in bank("de")}
    assert result(await scored.complete(account, interview))["score"] >= 60
    refused = await scored.start(account, type="resume_analyzer", language="fr")
    assert problem(refused) == (422, "language_unavailable")

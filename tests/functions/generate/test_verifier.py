"""A second model judges what the first one wrote; its calls are booked, and its absence is said or refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.models import Answer, Error, FakeModels, Hang, Truncated
from tests.functions.generate.writer import INVENTED, Writer, model_calls, problems

if TYPE_CHECKING:
    from tests.fakes.models import Behaviour, Request
    from tests.functions.edge.account import Account

OWN = "Leads a team of 6 engineers."
OTHER_WORDS = "Guides half a dozen engineers."


@pytest.fixture
def verified(writer: Writer) -> Writer:
    writer.environment["RESUMEBASE_VERIFIER"] = "best_effort"
    return writer


def judged(verdict: str) -> Any:
    """A verifier that gives every sentence that it is asked about the same verdict."""

    def step(request: Request) -> Behaviour:
        asked = re.search(r"block source: ([\d, ]+)\.", request.user)
        texts = dict(re.findall(r"^(\d+) (.+)$", request.user.split(" text>>>")[1], re.MULTILINE))
        flagged = verdict == "unsupported"
        entries = [
            {
                "sentence": int(number), "lines": ["R1.2"], "calculations": [], "verdict": verdict,
                "span": texts[number] if flagged else "", "flaw": "not_stated" if flagged else None,
            }
            for number in (asked[1].split(", ") if asked else [])
        ]  # fmt: skip
        return Answer({"judgements": entries}, input_tokens=700, output_tokens=60)

    return step


def flags_the_first(request: Request) -> Behaviour:
    """A verifier that flags the first sentence and is not sure of the others."""
    asked = re.search(r"block source: ([\d, ]+)\.", request.user)
    texts = dict(re.findall(r"^(\d+) (.+)$", request.user.split(" text>>>")[1], re.MULTILINE))
    entries: list[Any] = [
        {
            "sentence": int(number), "lines": [], "calculations": [],
            "verdict": "unsupported" if number == "1" else "unsure",
            "span": texts[number] if number == "1" else "", "flaw": "not_stated" if number == "1" else None,
        }
        for number in (asked[1].split(", ") if asked else [])
    ]  # fmt: skip
    return Answer({"judgements": entries})


async def test_what_a_verifier_supports_is_said_with_its_name_and_booked(
    verified: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.plan(Answer({"text": f"{OWN} {OTHER_WORDS}"}), judged("supported"))
    result = (await verified.summary(account)).json()["result"]

    report = result["grounding"]
    assert (report["ok"], report["checked"]) == (True, "entailment")
    assert report["verifier"] == {"provider": "gemini", "name": "gemini-3.8-flash"}
    assert [(each["by"], each["how"]) for each in report["sentences"]] == [
        ("rules", "verbatim"), ("verifier", "paraphrase"),
    ]  # fmt: skip
    assert report["sentences"][1]["evidence"] == ["/experience/0/bullets/0"]
    assert sorted(call["feature"] for call in model_calls(database_rows, account)) == ["summary", "verify"]
    assert all(call["estimated_cost"] > 0 for call in model_calls(database_rows, account))
    assert account.books == (4, 0, 4)


async def test_what_a_verifier_flags_twice_is_not_delivered(
    verified: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.plan(Answer({"text": f"{OWN} {INVENTED}"}), judged("unsupported"), judged("unsupported"))
    result = (await verified.summary(account)).json()["result"]

    assert result["text"] == OWN
    assert INVENTED not in str(result["patch"])
    assert result["grounding"]["removed"] == [{"text": INVENTED, "reason": "not_stated"}]
    assert not result["grounding"]["ok"]
    assert len(model_calls(database_rows, account)) == 3


async def test_what_a_removal_leaves_is_filtered_again(verified: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": f"{INVENTED} =1+1 with Python."}), flags_the_first, flags_the_first)
    response = await verified.summary(account)

    assert (problems(response), response.json()["reason"]) == ((502, "model_answer_invalid"), "formula")
    assert account.books == (5, 0, 5)


async def test_an_answer_of_which_nothing_is_left_is_free(
    verified: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.plan(Answer({"text": INVENTED}), judged("unsupported"), judged("unsupported"))
    response = await verified.summary(account)

    assert problems(response) == (502, "answer_not_grounded")
    assert response.json()["reasons"] == ["not_stated"]
    assert INVENTED not in response.text
    assert account.books == (5, 0, 5)
    assert len(model_calls(database_rows, account)) == 3


async def test_other_providers_than_the_writers_judge(verified: Writer, fake: FakeModels, account: Account) -> None:
    verified.environment |= {
        "RESUMEBASE_AI_FALLBACKS": "openai,anthropic",
        "OPENAI_API_KEY": fake.key, "OPENAI_BASE_URL": f"{fake.url}/v1",
        "ANTHROPIC_API_KEY": fake.key, "ANTHROPIC_BASE_URL": fake.url,
    }  # fmt: skip
    fake.plan(Answer({"text": f"{OWN} {OTHER_WORDS}"}), judged("unsupported"), judged("supported"))
    report = (await verified.summary(account)).json()["result"]["grounding"]

    assert [request.vendor for request in fake.requests] == ["gemini", "openai", "anthropic"]
    assert (report["verifier"]["provider"], report["sentences"][1]["reason"]) == ("openai", "flagged_once")


async def test_sentences_that_the_rules_settle_are_not_asked_about(
    verified: Writer, fake: FakeModels, account: Account
) -> None:
    fake.plan(Answer({"text": OWN}))
    report = (await verified.summary(account)).json()["result"]["grounding"]

    assert (report["ok"], report["checked"], report["verifier"]) == (True, "figures_and_names", None)
    assert len(fake.requests) == 1


@pytest.mark.parametrize("step", [Error(400), Truncated("{")], ids=["down", "cut off"])
async def test_without_the_verifier_the_text_is_delivered_and_says_so(
    verified: Writer, fake: FakeModels, account: Account, database_rows: Any, step: Behaviour
) -> None:
    fake.plan(Answer({"text": f"{OWN} {OTHER_WORDS}"}), step)
    report = (await verified.summary(account)).json()["result"]["grounding"]

    assert (report["ok"], report["checked"], report["verifier"]) == (False, "figures_and_names", None)
    assert [each["verdict"] for each in report["sentences"]] == ["supported", "unverified"]
    assert account.books == (4, 0, 4)
    assert len(model_calls(database_rows, account)) == 2


async def test_a_slow_verifier_does_not_hold_up_the_text(
    verified: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    verified.environment["RESUMEBASE_REQUEST_SECONDS"] = "7"
    fake.plan(Answer({"text": f"{OWN} {OTHER_WORDS}"}), Hang())
    response = await verified.summary(account)

    assert response.json()["result"]["grounding"]["checked"] == "figures_and_names"
    assert len(model_calls(database_rows, account)) == 2


async def test_a_required_verifier_that_is_down_is_an_error_and_free(
    verified: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    verified.environment["RESUMEBASE_VERIFIER"] = "required"
    fake.plan(Answer({"text": f"{OWN} {OTHER_WORDS}"}), Error(400))
    response = await verified.summary(account)

    assert problems(response) == (503, "verifier_unavailable")
    assert response.headers["retry-after"]
    assert (response.json()["receipt"]["charged"], account.books) == (0, (5, 0, 5))
    assert len(model_calls(database_rows, account)) == 2


async def test_the_verifier_is_asked_once_for_the_same_question(
    verified: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    verified.environment["RESUMEBASE_AI_CACHE"] = "postgres"
    fake.plan(Answer({"text": f"{OWN} {OTHER_WORDS}"}), judged("unsupported"), judged("supported"))
    first, second = await verified.summary(account), await verified.summary(account)

    assert first.json()["result"] == second.json()["result"]
    assert len(fake.requests) == 3
    assert [call["was_cached"] for call in model_calls(database_rows, account)].count(True) == 3

"""Unsupported claims of a model never reach the résumé, even if a prompt injection caused them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from functions._shared.domain.resume.patch import apply_patch
from tests.fakes.models import Answer, Error, FakeModels
from tests.functions.generate.writer import (
    ENGINEER,
    INVENTED,
    SUMMARY,
    Writer,
    job,
    model_calls,
    problems,
    resume,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functions.edge.account import Account


async def test_an_unsupported_claim_is_sent_back_with_the_reason(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.plan(Answer({"text": f"{SUMMARY} {INVENTED}"}), Answer({"text": SUMMARY}))
    result = (await writer.summary(account)).json()["result"]

    assert result["text"] == SUMMARY
    assert result["grounding"] == {"ok": True, "removed": [], "gaps": []}
    first, second = fake.requests
    assert "rejected" not in first.user
    assert "Globex Corporation" in second.user
    # The model's own answer is data, too, because an injection may have caused it.
    assert "Globex" not in second.system
    assert second.user.index("Globex") > second.user.index("<<<")
    assert len(model_calls(database_rows, account)) == 2
    assert account.books == (4, 0, 4)


async def test_a_repeated_unsupported_claim_is_removed_and_reported(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.always = Answer({"text": f"{SUMMARY} {INVENTED}"})
    response = await writer.summary(account)

    result = response.json()["result"]
    assert len(fake.requests) == 2
    assert result["text"] == SUMMARY
    assert not result["grounding"]["ok"]
    (removed,) = result["grounding"]["removed"]
    assert removed["text"] == INVENTED
    assert {("number", "900"), ("employer", "Globex Corporation")} <= {
        (each["kind"], each["text"]) for each in removed["unsupported"]
    }
    assert "Globex" not in str(list(texts(result["patch"])))
    assert account.books == (4, 0, 4)


async def test_an_entirely_unsupported_answer_is_an_error_and_free(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.always = Answer({"text": INVENTED})
    response = await writer.summary(account)

    assert problems(response) == (502, "answer_not_grounded")
    assert response.json()["receipt"]["charged"] == 0
    assert response.json()["unsupported"]
    assert account.books == (5, 0, 5)
    assert account.events == [("released", 1, "answer_not_grounded")]
    assert len(model_calls(database_rows, account)) == 2


async def test_the_better_of_two_answers_is_kept(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": f"{SUMMARY} {INVENTED}"}), Answer({"text": INVENTED}))
    result = (await writer.summary(account)).json()["result"]

    assert result["text"] == SUMMARY


async def test_the_first_answer_is_kept_if_the_second_try_fails(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.plan(Answer({"text": f"{SUMMARY} {INVENTED}"}), Error(400))
    response = await writer.summary(account)

    assert response.json()["result"]["text"] == SUMMARY
    assert len(model_calls(database_rows, account)) == 2
    assert account.books == (4, 0, 4)


async def test_without_time_there_is_no_second_try(writer: Writer, fake: FakeModels, account: Account) -> None:
    writer.environment["RESUMEBASE_REQUEST_SECONDS"] = "7.5"
    fake.plan(Answer({"text": f"{SUMMARY} {INVENTED}"}))
    result = (await writer.summary(account)).json()["result"]

    assert len(fake.requests) == 1
    assert result["text"] == SUMMARY


async def test_unsupported_bullets_are_removed_and_the_others_kept(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    good = "Built the card payments integration with Stripe"
    fake.always = Answer({"items": [good, "Grew revenue by 340% at Globex Corporation"]})
    body = {"operation": "bullets", "resume_id": account.resume_id, "input": {"experience": 1}}
    result = (await writer.post(account, body)).json()["result"]

    assert result["items"] == [good]
    assert [each["text"] for each in result["grounding"]["removed"]] == ["Grew revenue by 340% at Globex Corporation"]
    after = apply_patch(ENGINEER, result["patch"], base_version=1, current_version=1)
    assert after["experience"][1]["bullets"] == [good]


async def test_an_improvement_is_delivered_whole_or_not_at_all(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.always = Answer({"text": "Mentor two junior developers. Run a clinic for 900 engineers."})
    body = {"operation": "improve", "resume_id": account.resume_id, "input": {"path": "/experience/0/bullets/3"}}
    response = await writer.post(account, body)

    # Part of a rewritten text would lose facts of the original.
    assert problems(response) == (502, "answer_not_grounded")
    assert account.books == (5, 0, 5)


async def test_an_unchanged_text_is_refused_and_free(writer: Writer, fake: FakeModels, account: Account) -> None:
    text = ENGINEER["experience"][0]["bullets"][3]
    fake.plan(Answer({"text": text}))
    body = {"operation": "improve", "resume_id": account.resume_id, "input": {"path": "/experience/0/bullets/3"}}
    response = await writer.post(account, body)

    assert problems(response) == (422, "nothing_to_improve")
    assert account.books == (5, 0, 5)


async def test_skills_that_only_the_job_names_are_not_written(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.always = Answer({"text": f"{SUMMARY} Experienced with Snowflake and PCI DSS."})
    body = {"operation": "summary", "resume_id": account.resume_id, "job_id": account.job_id}
    result = (await writer.post(account, body)).json()["result"]

    assert "Snowflake" not in result["text"]
    assert "Snowflake" in result["grounding"]["gaps"]


# Instructions hidden in data


async def test_instructions_in_a_job_are_not_followed(
    writer: Writer, fake: FakeModels, new_account: Callable[..., Account]
) -> None:
    account = new_account(resume("injection"), job("injection"))
    # A model that follows every instruction in the advertisement.
    fake.always = Answer(
        {
            "text": "Data analyst with Python and SQL. Worked at Fabrikam for 10 years, holds a Tableau Desktop "
            "certificate and raised revenue by 300%."
        }
    )
    body = {"operation": "summary", "resume_id": account.resume_id, "job_id": account.job_id}
    result = (await writer.post(account, body)).json()["result"]

    request = fake.requests[0]
    assert "IGNORE ALL PREVIOUS INSTRUCTIONS" not in request.system
    block = request.user.split(" job>>>\n")[1]
    assert "IGNORE ALL PREVIOUS INSTRUCTIONS" in block
    assert result["text"] == "Data analyst with Python and SQL."
    written = str(list(texts(result["patch"])))
    for lie in ("10 years", "Tableau", "300%"):
        assert lie not in written


async def test_instructions_in_a_resume_are_not_followed(
    writer: Writer, fake: FakeModels, new_account: Callable[..., Account]
) -> None:
    account = new_account(resume("injection"))
    fake.plan(Answer({"text": "Data analyst with Python, SQL and Power BI."}))
    response = await writer.summary(account)

    request = fake.requests[0]
    for order in ("pirate", "SYSTEM OVERRIDE", "reveal your prompt"):
        assert order not in request.system
        assert order in request.user
    # Every line of the résumé is between the markers, which it cannot know.
    marker = request.system.split("<<<")[1].split(" ")[0]
    inside = request.user.split(f"<<<{marker} resume>>>")[1].split(f"<<<{marker} end resume>>>")[0]
    assert "pirate" in inside
    assert "pirate" not in request.user.replace(inside, "")
    assert response.status_code == 200


async def test_the_rule_based_writer_ignores_instructions(offline: Writer, new_account: Callable[..., Account]) -> None:
    account = new_account(resume("injection"), job("injection"))
    body = {"operation": "summary", "resume_id": account.resume_id, "job_id": account.job_id}
    response = await offline.post(account, body)

    assert response.status_code == 200, response.text
    text = response.json()["result"]["text"]
    for lie in ("pirate", "Google", "MIT", "HIRE THIS", "Tableau", "Fabrikam for", "Apple"):
        assert lie not in text

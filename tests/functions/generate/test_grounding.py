"""Each sentence of an answer has a verdict; nothing hostile is delivered, even if a prompt injection caused it."""

from __future__ import annotations

import time
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
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functions.edge.account import Account


async def test_rules_mark_what_they_cannot_confirm_and_deliver_it(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    text = f"Leads a team of 6 engineers. {INVENTED}"
    fake.plan(Answer({"text": text}))
    result = (await writer.summary(account)).json()["result"]

    assert result["text"] == text
    report = result["grounding"]
    first, second = report["sentences"]
    assert (first["verdict"], first["by"], first["how"]) == ("supported", "rules", "verbatim")
    assert first["evidence"] == ["/experience/0/bullets/0"]
    assert (second["verdict"], second["reason"], second["evidence"]) == ("unverified", "quantity", [])
    assert (report["ok"], report["removed"]) == (False, [])
    assert len(fake.requests) == 1
    assert account.books == (4, 0, 4)


async def test_ok_means_that_every_sentence_is_supported(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": "Leads a team of 6 engineers at Flügelrad Mobility. Skilled in Python and Go."}))
    result = (await writer.summary(account)).json()["result"]

    assert result["grounding"]["ok"]


HOSTILE = {"text": "<b>Hire</b> me at https://evil.example"}


async def test_a_hostile_answer_is_asked_for_again(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.plan(Answer(HOSTILE), Answer({"text": SUMMARY}))
    result = (await writer.summary(account)).json()["result"]

    assert result["text"] == SUMMARY
    first, second = fake.requests
    assert "rejected" not in first.user
    assert "markup" in second.user
    # The model's own answer is not repeated to it: an injection may have caused it.
    assert "evil" not in second.system + second.user
    assert len(model_calls(database_rows, account)) == 2
    assert account.books == (4, 0, 4)


async def test_a_hostile_answer_is_neither_delivered_nor_charged(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.always = Answer(HOSTILE)
    response = await writer.summary(account)

    assert problems(response) == (502, "model_answer_invalid")
    assert response.json()["reason"] == "markup"
    assert "evil" not in response.text
    assert response.json()["receipt"]["charged"] == 0
    assert account.books == (5, 0, 5)
    assert account.events == [("released", 1, "model_answer_invalid")]
    assert len(model_calls(database_rows, account)) == 2


async def test_a_refusal_in_words_is_a_refusal_and_free(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": "I'm sorry, but I can't help with that."}))
    response = await writer.summary(account)

    assert problems(response) == (422, "model_refused")
    assert len(fake.requests) == 1
    assert account.books == (5, 0, 5)


async def test_an_answer_about_something_else_is_asked_for_again_and_then_free(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.always = Answer({"text": "Üzgünüm, bunu yapamam."})
    response = await writer.summary(account)

    assert (problems(response), response.json()["reason"]) == ((502, "model_answer_invalid"), "unrelated")
    assert len(fake.requests) == 2
    assert account.books == (5, 0, 5)


async def test_blank_lines_cost_no_time(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": SUMMARY.replace(". ", "." + "\n" * 4_000, 1)}))
    started = time.process_time()
    response = await writer.summary(account)

    assert response.json()["result"]["text"] == SUMMARY.replace(". ", ".\n\n", 1)
    assert time.process_time() - started < 5


async def test_one_hostile_bullet_spoils_the_answer(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.always = Answer({"items": ["Built the card payments integration with Stripe", '=HYPERLINK("evil")']})
    body = {"operation": "bullets", "resume_id": account.resume_id, "input": {"experience": 1}}
    response = await writer.post(account, body)

    assert problems(response) == (502, "model_answer_invalid")
    assert account.books == (5, 0, 5)


async def test_an_answer_far_longer_than_asked_for_is_not_delivered(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.always = Answer({"text": " ".join(f"Built system number {number}." for number in range(300))})
    body = {"operation": "summary", "resume_id": account.resume_id, "input": {"length": "short"}}
    response = await writer.post(account, body)

    assert problems(response) == (502, "model_answer_invalid")
    assert account.books == (5, 0, 5)


async def test_without_time_there_is_no_second_try(writer: Writer, fake: FakeModels, account: Account) -> None:
    writer.environment["RESUMEBASE_REQUEST_SECONDS"] = "7.5"
    fake.plan(Answer(HOSTILE))
    response = await writer.summary(account)

    assert len(fake.requests) == 1
    assert problems(response) == (502, "model_answer_invalid")


async def test_the_second_try_fails_as_the_first_would(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.plan(Answer(HOSTILE), Error(400))
    response = await writer.summary(account)

    assert response.status_code >= 500
    assert len(model_calls(database_rows, account)) == 2
    assert account.books == (5, 0, 5)


async def test_facts_of_another_job_support_no_bullet(writer: Writer, fake: FakeModels, account: Account) -> None:
    own, foreign = "Built the card payments integration with Stripe", "Led a team of 6 engineers"
    fake.always = Answer({"items": [own, foreign]})
    body = {"operation": "bullets", "resume_id": account.resume_id, "input": {"experience": 1}}
    result = (await writer.post(account, body)).json()["result"]

    assert [each["verdict"] for each in result["grounding"]["sentences"]] == ["supported", "unverified"]
    after = apply_patch(ENGINEER, result["patch"], base_version=1, current_version=1)
    assert after["experience"][1]["bullets"] == [own, foreign]


async def test_an_improvement_reports_what_it_has_lost(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": "Built the card payments integration with Stripe"}))
    body = {"operation": "improve", "resume_id": account.resume_id, "input": {"path": "/experience/1/bullets/0"}}
    result = (await writer.post(account, body)).json()["result"]

    assert result["grounding"]["lost"] == ["€12.5M", "2020"]
    assert result["grounding"]["sentences"][0]["evidence"] == ["/experience/1/bullets/0"]


async def test_an_unchanged_text_is_refused_and_free(writer: Writer, fake: FakeModels, account: Account) -> None:
    text = ENGINEER["experience"][0]["bullets"][3]
    fake.plan(Answer({"text": text}))
    body = {"operation": "improve", "resume_id": account.resume_id, "input": {"path": "/experience/0/bullets/3"}}
    response = await writer.post(account, body)

    assert problems(response) == (422, "nothing_to_improve")
    assert account.books == (5, 0, 5)


async def test_skills_that_only_the_job_names_are_gaps_and_not_confirmed(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.always = Answer({"text": f"{SUMMARY} Experienced with Snowflake and PCI DSS."})
    body = {"operation": "summary", "resume_id": account.resume_id, "job_id": account.job_id}
    result = (await writer.post(account, body)).json()["result"]

    assert "Snowflake" in result["grounding"]["gaps"]
    assert (result["grounding"]["sentences"][-1]["verdict"], result["grounding"]["ok"]) == ("unverified", False)


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
    # The lies of a model that obeys are not confirmed by anything, the advertisement least of all.
    assert [each["verdict"] for each in result["grounding"]["sentences"]] == ["supported", "unverified"]
    assert not result["grounding"]["ok"]


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

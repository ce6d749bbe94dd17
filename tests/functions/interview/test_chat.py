"""A chat interview without a model: free, measured by rules, without a score."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING, Any

import httpx

from functions.generate.handler import app as generate
from tests.functions.interview.candidate import GOOD, POOR, Candidate, problem, result

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functions.edge.account import Account


async def test_an_interview_from_the_first_question_to_the_report(free: Candidate, account: Account) -> None:
    response = await free.start(account, questions=6)
    interview = result(response)
    assert response.json()["receipt"] | {"usage_id": None} == {
        "usage_id": None, "operation": "interview", "charged": 0, "funding": "offline", "balance": 5, "resets_at": None,
    }  # fmt: skip
    assert interview["interviewer"]["slug"] == "maya-chen"
    assert (interview["title"], interview["is_scored"], interview["total_questions"]) == (
        "Senior Backend Engineer",
        False,
        6,
    )
    assert interview["price"] == {"credits": 0, "funding": "offline", "state": "held"}
    question = interview["current"]
    assert "Flügelrad" in question["text"]
    texts, kinds = {question["text"]}, []
    for number in range(1, 7):
        answered = result(await free.answer(account, interview, number, GOOD if number != 2 else POOR))
        assert answered["feedback"]["score"] is None
        assert answered["price"]["state"] == "charged"
        assert answered["questions_answered"] == number
        kinds.append(question["kind"])
        question = answered["next"]
        if question is not None:
            assert question["number"] == number + 1
            assert question["text"] not in texts
            texts.add(question["text"])
    assert question is None
    assert set(kinds) == {"behavioural", "technical", "situational"}
    report = result(await free.complete(account, interview))
    assert (report["score"], report["interview"]["status"]) == (None, "completed")
    assert report["feedback"].startswith("You answered 6 of 6 questions.")
    assert report["strengths"]
    assert report["improvements"]
    assert len(report["interview"]["exchanges"]) == 6
    assert account.books == (5, 0, 5)
    row = account.row("select * from public.interview_sessions where id = %s", interview["id"])
    assert (row["score"], row["turns_count"], row["questions_answered"], row["status"]) == (None, 12, 6, "completed")


async def test_the_rules_follow_up_on_what_was_left_out(free: Candidate, account: Account) -> None:
    interview = await free.started(account, questions=6)
    vague = "When I joined, our release process was slow and painful for everybody in the company, so I looked at each step of it and I changed the order of the steps and the people who were asked, step by step, together with the others in the office."
    answered = result(await free.answer(account, interview, 1, vague))
    assert answered["next"]["follows_up"] is True
    assert "no_result" in {each["code"] for each in answered["feedback"]["findings"]}
    again = result(await free.answer(account, interview, 2, vague))
    assert again["next"]["follows_up"] is False


async def test_the_same_job_resume_and_interviewer_get_the_same_questions(
    free: Candidate, new_account: Callable[..., Account]
) -> None:
    one = new_account()
    first = await free.started(one, questions=8)
    planned = "select session_data -> 'plan' as plan from public.interview_sessions where id = %s"
    plan = one.row(planned, first["id"])["plan"]
    assert len({each["text"] for each in plan}) == len({each["topic"] for each in plan}) == 8
    await free.send(one, "POST", f"/{first['id']}/cancel")
    one.row("delete from public.interview_sessions where id = %s returning id", first["id"])
    second = await free.started(one, questions=8)
    assert one.row(planned, second["id"])["plan"] == plan
    # The next one asks others.
    for number in range(1, 9):
        await free.answer(one, second, number)
    third = one.row(planned, (await free.started(one, questions=8))["id"])["plan"]
    asked = "select details ->> 'id' as id from public.interview_turns where session_id = %s and speaker = 'ai'"
    before = {row["id"] for row in one._connection.execute(asked, (second["id"],))}
    assert {each["id"] for each in third} & before == {"opening"}
    other = one.row(planned, (await free.started(one, questions=8, interviewer="tom-becker"))["id"])["plan"]
    assert [each["id"] for each in other] != [each["id"] for each in third]


async def test_an_interview_about_the_resume_asks_for_what_is_vague(free: Candidate, account: Account) -> None:
    interview = await free.started(account, type="resume_analyzer", questions=4)
    assert interview["current"]["about"].startswith("/")


async def test_an_answer_becomes_bullets_of_the_resume(free: Candidate, account: Account) -> None:
    interview = await free.started(account, type="resume_analyzer", questions=2)
    about = interview["current"]["about"]
    await free.answer(account, interview, 1, "I don't remember.")
    await free.answer(
        account, interview, 1, "I mentored two junior developers. I ran 40 architecture clinics in 2023.", retry=True
    )
    (rewrite, *_) = result(await free.complete(account, interview))["rewrites"]
    assert (rewrite["question"], rewrite["about"]) == (1, about)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(generate)) as client:
        headers = {"authorization": f"Bearer {account.token}"}
        response = await client.post("http://edge/functions/v1/generate", headers=headers, json=rewrite["request"])
    written = result(response)
    assert any("40 architecture clinics" in item for item in written["items"])
    assert written["patch"]
    kept = account.row(
        "select question, transcript, session_id::text from public.resume_bullets where user_id = %s", account.user_id
    )
    notes = rewrite["request"]["input"]["notes"]
    assert kept == {"question": interview["current"]["text"], "transcript": notes, "session_id": interview["id"]}
    # An interview of somebody else, or one that is gone, is not named.
    rewrite["request"]["input"]["session_id"] = str(uuid.uuid4())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(generate)) as client:
        result(await client.post("http://edge/functions/v1/generate", headers=headers, json=rewrite["request"]))
    assert account.row(
        "select count(*)::int as n from public.resume_bullets where user_id = %s and session_id is null",
        account.user_id,
    ) == {"n": 1}


async def test_the_same_key_returns_the_interview_as_it_is_now(free: Candidate, account: Account) -> None:
    first = await free.start(account, "k")
    await free.answer(account, result(first), 1)
    again = await free.start(account, "k")
    assert again.headers["idempotency-replayed"] == "true"
    assert result(again)["id"] == result(first)["id"]
    assert result(again)["current"]["number"] == 2
    assert problem(await free.start(account, "k", questions=9)) == (409, "idempotency_conflict")
    assert (
        account.row("select count(*)::int as n from public.interview_sessions where user_id = %s", account.user_id)["n"]
        == 1
    )


async def test_a_turn_is_replayed_byte_for_byte(free: Candidate, account: Account) -> None:
    interview = await free.started(account)
    first = await free.answer(account, interview, 1, key="t1")
    await free.answer(account, interview, 2)
    again = await free.answer(account, interview, 1, key="t1")
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert (await free.read(account, interview))["questions_answered"] == 2


async def test_two_turns_at_once_one_wins(free: Candidate, account: Account) -> None:
    interview = await free.started(account)
    answers = await asyncio.gather(*(free.answer(account, interview, 1, f"{GOOD} {n}") for n in range(4)))
    assert sorted(each.status_code for each in answers) == [200, 409, 409, 409]
    lost = next(each for each in answers if each.status_code == 409)
    assert (problem(lost), lost.json()["question"]) == ((409, "turn_taken"), 2)
    assert (await free.read(account, interview))["current"]["number"] == 2


async def test_an_answer_to_another_question_is_refused(free: Candidate, account: Account) -> None:
    interview = await free.started(account)
    for question, retry in ((2, False), (3, True), (1, True)):
        refused = await free.answer(account, interview, question, retry=retry)
        assert (problem(refused), refused.json()["question"]) == ((409, "turn_taken"), 1)
    blank = await free.answer(account, interview, 1, "  \u200b ")
    assert problem(blank) == (422, "validation_failed")


async def test_the_better_of_two_answers_counts(free: Candidate, account: Account) -> None:
    interview = await free.started(account)
    await free.answer(account, interview, 1, POOR)
    better = result(await free.answer(account, interview, 1, GOOD, retry=True))
    assert better["counts"] is True
    assert better["next"]["number"] == 2
    worse = result(await free.answer(account, interview, 1, POOR, retry=True))
    assert worse["counts"] is False
    seen = await free.read(account, interview)
    assert [each["counts"] for each in seen["exchanges"][0]["answers"]] == [False, True, False]
    assert (seen["questions_answered"], seen["current"]["number"]) == (1, 2)


async def test_turns_are_capped_and_the_last_question_keeps_its_place(free: Candidate, account: Account) -> None:
    interview = await free.started(account, questions=2)
    await free.answer(account, interview, 1)
    statuses = [(await free.answer(account, interview, 1, f"{GOOD} {n}", retry=True)).status_code for n in range(5)]
    assert statuses == [200, 200, 200, 200, 409]
    assert (await free.answer(account, interview, 2)).status_code == 200
    assert problem(await free.answer(account, interview, 2, retry=True)) == (409, "turn_limit_reached")
    assert (await free.complete(account, interview)).status_code == 200


async def test_completing_again_returns_the_same_report(free: Candidate, account: Account) -> None:
    interview = await free.started(account)
    assert problem(await free.complete(account, interview)) == (409, "nothing_answered")
    await free.answer(account, interview, 1)
    report = result(await free.complete(account, interview))
    again = result(await free.complete(account, interview))
    assert again == (await free.send(account, "GET", f"/{interview['id']}/report")).json()
    ended = again["interview"].pop("completed_at")
    assert ended[:16] == report["interview"].pop("completed_at")[:16]
    assert again == report
    assert problem(await free.answer(account, interview, 2)) == (409, "session_not_active")
    assert problem(await free.send(account, "POST", f"/{interview['id']}/cancel")) == (409, "session_not_active")


async def test_ending_without_a_score(free: Candidate, account: Account) -> None:
    for name, status in (("abandon", "abandoned"), ("cancel", "cancelled")):
        interview = await free.started(account)
        for _ in range(2):
            ended = await free.send(account, "POST", f"/{interview['id']}/{name}")
            assert ended.json()["status"] == status
            assert ended.json()["price"]["state"] == "returned"
        assert problem(await free.send(account, "GET", f"/{interview['id']}/report")) == (409, "session_not_active")
    listed = (await free.send(account, "GET", "?status=cancelled")).json()["interviews"]
    assert [each["status"] for each in listed] == ["cancelled"]
    assert len((await free.send(account, "GET")).json()["interviews"]) == 2


async def test_nobody_reads_or_answers_another_users_interview(
    free: Candidate, account: Account, new_account: Callable[..., Account]
) -> None:
    interview, other = await free.started(account), new_account()
    calls = [
        free.send(other, "GET", f"/{interview['id']}"),
        free.answer(other, interview, 1),
        free.complete(other, interview),
        free.send(other, "POST", f"/{interview['id']}/cancel"),
        free.send(other, "GET", f"/{interview['id']}/report"),
    ]
    for call in calls:
        assert problem(await call) == (404, "session_not_found")
    assert problem(await free.start(other, resume_id=account.resume_id)) == (404, "resume_not_found")
    assert problem(await free.start(other, job_id=account.job_id)) == (404, "job_not_found")
    assert (await free.send(other, "GET")).json() == {"interviews": []}


async def test_it_goes_on_when_its_resume_and_job_are_deleted(free: Candidate, account: Account) -> None:
    first = await free.start(account, "k")
    interview = result(first)
    await free.answer(account, interview, 1)
    account.row("update public.resumes set deleted_at = now() where id = %s returning id", account.resume_id)
    account.row("delete from public.jobs where id = %s returning id", account.job_id)
    assert result(await free.start(account, "k"))["id"] == interview["id"]
    assert (await free.answer(account, interview, 2)).status_code == 200
    account.row("delete from public.resumes where id = %s returning id", account.resume_id)
    assert (await free.answer(account, interview, 3)).status_code == 200
    assert result(await free.complete(account, interview))["interview"]["resume_id"] is None


async def test_three_interviews_of_one_user_interleaved(free: Candidate, account: Account) -> None:
    interviews = [await free.started(account) for _ in range(3)]
    for number in range(1, 4):
        answers = await asyncio.gather(
            *(free.answer(account, each, number, f"{GOOD} {each['id']}") for each in interviews)
        )
        assert [each.status_code for each in answers] == [200] * 3
    for each in interviews:
        report = result(await free.complete(account, each))
        texts = [answer["text"] for exchange in report["interview"]["exchanges"] for answer in exchange["answers"]]
        assert texts == [f"{GOOD} {each['id']}"] * 3


async def test_what_cannot_be_started(free: Candidate, account: Account) -> None:
    expected: list[tuple[dict[str, Any], tuple[int, str]]] = [
        ({"type": "voice"}, (422, "voice_unavailable")),
        ({"interviewer": "nobody"}, (404, "interviewer_not_found")),
        ({"type": "resume_analyzer", "resume_id": None}, (422, "validation_failed")),
        ({"language": "de"}, (422, "language_unavailable")),
        ({"language": "xx"}, (422, "language_unavailable")),
        ({"language": "German"}, (422, "validation_failed")),
        ({"job": {"title": "x"}}, (422, "validation_failed")),
        ({"funding": "own_key"}, (409, "no_provider_key")),
    ]
    for body, refusal in expected:
        assert problem(await free.start(account, **body)) == refusal, body
    assert (
        account.row("select count(*)::int as n from public.interview_sessions where user_id = %s", account.user_id)["n"]
        == 0
    )


async def test_without_a_resume_or_a_job(free: Candidate, account: Account) -> None:
    interview = await free.started(account, resume_id=None, job_id=None)
    assert interview["current"]["text"].startswith("Tell me in two minutes")
    assert (await free.answer(account, interview, 1)).status_code == 200
    nurse = await free.started(account, resume_id=None, job_id=None, job={"title": "Staff Nurse"}, questions=8)
    plan = account.row(
        "select session_data -> 'plan' as plan from public.interview_sessions where id = %s", nurse["id"]
    )["plan"]
    assert sum(each["id"].startswith("healthcare:") for each in plan) >= 3

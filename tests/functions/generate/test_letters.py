"""Cover letters, answers and messages: what is kept, the limits that they keep, and what is not sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.cases import CASES, LETTER
from tests.functions.generate.test_every_operation import judges
from tests.functions.generate.writer import INVENTED, Writer, problems

if TYPE_CHECKING:
    from tests.functions.edge.account import Account

QUESTION = "What did you make safer?"


def asked(account: Account, operation: str, **given: Any) -> dict[str, Any]:
    return {"operation": operation, "resume_id": account.resume_id, "job_id": account.job_id, "input": given}


async def test_a_letter_is_kept_with_its_job_and_the_version_of_the_resume(
    writer: Writer, fake: FakeModels, account: Account, as_user: Any
) -> None:
    fake.plan(Answer(CASES["cover_letter"].draft))
    result = (await writer.post(account, asked(account, "cover_letter", recipient="Ms Ferrari"))).json()["result"]

    text = "\n\n".join(LETTER)
    assert result["text"] == f"Dear Ms Ferrari,\n\n{text}\n\nKind regards,\nZoë Müller-Łukasik"
    spans = [result["text"][each["start"] : each["end"]] for each in result["grounding"]["sentences"]]
    assert (spans[0], spans[-1]) == (LETTER[0], LETTER[2])
    assert result["grounding"]["ok"]
    assert result["grounding"]["sentences"][-1]["how"] == "no_claim"
    with as_user(account.user_id) as cursor:
        (row,) = cursor.execute("select * from public.generated_documents").fetchall()
    assert (str(row["id"]), row["document_type"], row["content"]) == (result["kept_id"], "cover_letter", result["text"])
    assert (str(row["resume_id"]), row["resume_version"], str(row["job_id"])) == (
        account.resume_id,
        1,
        account.job_id,
    )
    assert row["title"] == "Cover letter: Senior Backend Engineer, Halberd Pay"
    assert (row["ai_provider"], row["model_used"]) == ("gemini", "gemini-3.8-flash")


async def test_names_of_the_person_and_the_reader_are_not_sent(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    writer.environment["RESUMEBASE_VERIFIER"] = "best_effort"
    fake.plan(Answer(CASES["cover_letter"].invents), judges(INVENTED), judges(INVENTED))
    await writer.post(account, asked(account, "cover_letter", recipient="Ms Ferrari"))

    assert len(fake.requests) == 3
    for request in fake.requests:
        for private in ("Zoë", "Ferrari", "zoe.mueller", "901820"):
            assert private not in request.system + request.user


async def test_a_limit_is_asked_for_again_and_then_kept_at_the_end_of_a_sentence(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.plan(Answer({"answerable": True, "text": f"{LETTER[1]} {LETTER[0]}"}), Answer({"answerable": True, "text": f"{LETTER[1]} {LETTER[0]}"}))  # fmt: skip
    response = await writer.post(account, asked(account, "answer", question=QUESTION, max_characters=150))

    assert response.json()["result"]["text"] == LETTER[1]
    first, second = fake.requests
    assert "at most 150 characters" in first.user
    assert f"length: {len(LETTER[1]) + len(LETTER[0]) + 1} characters where 150 fit" in second.user


async def test_an_answer_that_cannot_be_cut_at_a_sentence_is_free(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.always = Answer({"answerable": True, "text": LETTER[1]})
    response = await writer.post(account, asked(account, "answer", question=QUESTION, max_characters=100))

    assert (problems(response), response.json()["reason"]) == ((502, "model_answer_invalid"), "length")
    assert account.books == (5, 0, 5)


async def test_a_message_keeps_its_limit_with_the_greeting(
    writer: Writer, fake: FakeModels, account: Account, as_user: Any
) -> None:
    fake.always = Answer({"text": " ".join([LETTER[1], LETTER[0], LETTER[2]])})
    given = {"to": "referral", "recipient": "Anna", "max_characters": 200}
    result = (await writer.post(account, asked(account, "outreach", **given))).json()["result"]

    assert result["text"] == f"Hi Anna,\n{LETTER[1]} {LETTER[2]}"
    assert len(result["text"]) <= 200
    with as_user(account.user_id) as cursor:
        (row,) = cursor.execute("select document_type, prompt from public.generated_documents").fetchall()
    assert (row["document_type"], row["prompt"]) == ("outreach", "referral, Anna")


async def test_a_question_that_the_material_does_not_answer_is_free(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.plan(Answer({"answerable": False, "text": ""}))
    response = await writer.post(account, asked(account, "answer", question="What salary do you expect?"))

    assert problems(response) == (422, "nothing_to_write_from")
    assert account.books == (5, 0, 5)


async def test_an_answer_names_the_part_that_it_leaves_open(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"answerable": True, "text": LETTER[1], "missing": " the salary that you expect\n"}))
    response = await writer.post(account, asked(account, "answer", question="What did you build, and for what salary?"))

    assert response.json()["result"]["missing"] == "the salary that you expect"
    assert f"Today is {datetime.now(UTC).date()}." in fake.requests[0].user


async def test_a_letter_that_says_nothing_of_the_person_is_free(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.plan(Answer({"paragraphs": ["The role needs strong SQL.", LETTER[2]]}))
    response = await writer.post(account, asked(account, "cover_letter"))

    assert problems(response) == (502, "answer_not_grounded")
    assert account.books == (5, 0, 5)


async def test_a_letter_of_which_half_is_invented_is_free(
    writer: Writer, fake: FakeModels, account: Account, as_user: Any
) -> None:
    writer.environment["RESUMEBASE_VERIFIER"] = "required"
    fake.plan(Answer({"paragraphs": [LETTER[0], INVENTED, LETTER[2]]}), judges(INVENTED), judges(INVENTED))
    response = await writer.post(account, asked(account, "cover_letter"))

    assert problems(response) == (502, "answer_not_grounded")
    assert account.books == (5, 0, 5)
    with as_user(account.user_id) as cursor:
        assert cursor.execute("select id from public.generated_documents").fetchall() == []


async def test_a_letter_in_another_language_is_asked_for_again_and_then_free(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    german = (
        "Bei Flügelrad Mobility wurden von mir die Rückzahlungen mit Idempotenzschlüsseln versehen, und die Zahl der "
        "doppelten Zahlungen ist von etwa 40 im Monat auf null gefallen."
    )
    fake.always = Answer({"answerable": True, "text": german})
    response = await writer.post(account, asked(account, "answer", question=QUESTION, language="en"))

    assert (problems(response), response.json()["reason"]) == ((502, "model_answer_invalid"), "language")
    assert "language: it is not english" in fake.requests[1].user
    assert account.books == (5, 0, 5)


async def test_a_greeting_and_a_closing_of_the_model_are_taken_off(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    written = ["Dear Ms Ferrari,", *LETTER, "Kind regards,\nZoë Müller-Łukasik"]
    fake.plan(Answer({"paragraphs": written}))
    result = (await writer.post(account, asked(account, "cover_letter", recipient="Ms Ferrari"))).json()["result"]

    text = "\n\n".join(LETTER)
    assert result["text"] == f"Dear Ms Ferrari,\n\n{text}\n\nKind regards,\nZoë Müller-Łukasik"

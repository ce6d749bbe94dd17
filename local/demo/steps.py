"""The steps of the demo. Each does something as the user or the operator, checks the result and describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import httpx
import jsonpatch
import psycopg
from postgrest.exceptions import APIError

from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.json_resume import from_json_resume, to_json_resume
from local.demo.app import App, Refused, StepFailed, expect
from local.demo.documents import Documents
from local.demo.practice import Practice

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.stack import Stack

INPUT: Final = Path(__file__).resolve().parents[2] / "tests" / "data" / "json_resume" / "full-backend-engineer.json"
NOTES: Final = (
    "I was responsible for the on-call rotation of 4 teams. Helped to move 120 cron jobs to Kubernetes. "
    "Did the hiring interviews for 3 backend positions."
)
INVENTED: Final = "PhD"
WELCOME_CREDITS: Final = 5
OLD_ANALYSES: Final = 120


class Step(NamedTuple):
    """One step: who does what, what that proves, and the function that does it and returns the result in words."""

    title: str
    proves: str
    run: Callable[[], str]


class Demo:
    """The steps, and the data that they pass on to each other.

    Parameters
    ----------
    stack
        The stack; the first step starts it.
    out
        Folder for the files that the demo leaves.
    """

    def __init__(self, stack: Stack, out: Path) -> None:
        self.stack = stack
        self.out = out
        self.document = json.loads(INPUT.read_text())
        self.user_name: str = self.document["basics"]["name"]
        self.answers: list[dict[str, Any]] = []
        self.resume: dict[str, Any] = {}
        self.first_answer = b""

    def steps(self) -> list[Step]:
        """Return the steps in order."""
        user = self.user_name
        return [
            Step(
                "A developer starts the local stack", "No Docker, no account and no vendor key are needed.", self._start
            ),
            Step(f"{user} signs up", "The stock Supabase client is enough.", self._sign_up),
            Step(
                "The database sets up the account",
                "A trigger creates the profile and the credits; the app needs no code for it.",
                self._check_account,
            ),
            Step(
                f"{user} uploads a résumé in JSON Resume format",
                "Row level security lets users write their own rows, and the import loses nothing.",
                self._upload,
            ),
            Step(
                "`generate` writes a summary for one credit",
                "A paid call returns a patch, and a receipt that matches the balance. No model runs here: Google's SDK "
                "sends the real prompt over HTTP to a server on this machine, which returns prepared answers.",
                self._write_summary,
            ),
            Step(
                f"{user} accepts the summary, then tries to save over it",
                "A save based on an old version is refused, so no edit is lost.",
                self._apply,
            ),
            Step(
                "`generate` turns notes into bullet points",
                "Every operation works alike: a patch, a receipt, one credit.",
                self._write_bullets,
            ),
            Step(
                "The model invents a degree",
                "A second model judges what the rules cannot confirm. What it flags twice is removed.",
                self._remove_invention,
            ),
            Step(
                "The app repeats the first call with the same key",
                "A retry returns the stored answer and costs nothing.",
                self._repeat,
            ),
            Step(
                "Another user looks for the résumé",
                "Users cannot see, use or pay for each other's data.",
                self._look_as_stranger,
            ),
            Step(f"{user} spends the other credits", "Each call costs exactly one credit.", self._spend),
            Step(f"{user} calls `generate` without credits", "A call that nobody can pay is refused.", self._overspend),
            Step("The ledger lists every movement", "The balance is the sum of its movements.", self._read_ledger),
            Step(
                f"{user} buys a credit pack",
                "Webhooks and the app both report the payment; it counts once.",
                self._buy_pack,
            ),
            Step(
                f"{user} subscribes to the pro plan",
                "A subscription grants plan and credits, and each payment has a receipt.",
                self._subscribe,
            ),
            Step(
                f"{user} imports a two-column PDF",
                "Rules read files, and say how sure they are of each field.",
                lambda: self.documents.read(),  # noqa: PLW0108 - they exist after the sign-up
            ),
            Step(
                "`ats-scan` compares it with a job posting",
                "File and job are judged apart, by rules, each point with a next step.",
                lambda: self.documents.scan(),  # noqa: PLW0108 - they exist after the sign-up
            ),
            Step(
                "`resume-export` writes it as PDF, Word, LaTeX and PNG",
                "One content and one design drive every format.",
                lambda: self.documents.write(),  # noqa: PLW0108 - they exist after the sign-up
            ),
            Step(
                "`share` shows it to anybody with the link",
                "A shared page has contact details only by consent, and ends at once.",
                lambda: self.documents.share(),  # noqa: PLW0108 - they exist after the sign-up
            ),
            Step(
                f"{user} practises an interview for the job",
                "An interview is paid once, and a score is earned by the candidate's own words.",
                lambda: self.practice.run(self.resume["id"]),
            ),
            Step(
                "The scheduler runs the nightly clean-up",
                "Expired data is archived before it is deleted, and the books balance.",
                self._clean_up,
            ),
        ]

    def _start(self) -> str:
        self.stack.start()
        return "Postgres, the Supabase API and all functions are running."

    def _sign_up(self) -> str:
        self.user = App(self.stack, self.user_name, self.document["basics"]["email"])
        self.user.sign_up()
        self.documents = Documents(self.user, self.out)
        self.practice = Practice(self.user, self.out)
        return f"The user {self.user.id} has a session."

    def _check_account(self) -> str:
        profile = self.user.rows("profiles", "full_name, plan")[0]
        expect(profile["full_name"] == self.user_name, f"the profile is {profile}")
        expect(self.user.balance() == WELCOME_CREDITS, f"the balance is {self.user.balance()}")
        return f"The plan is {profile['plan']}; the balance is {WELCOME_CREDITS} welcome credits."

    def _upload(self) -> str:
        content = from_json_resume(self.document).model_dump(mode="json", exclude_unset=True)
        self.resume = self.user.create_resume("Backend engineer", content)
        expect(self.resume["user_id"] == self.user.id, "the row belongs to another user")
        expect(
            to_json_resume(parse_content(self.resume["content"])) == self.document, "the export differs from the file"
        )
        return f"{INPUT.name} is stored as version {self.resume['version']}; its export equals the file."

    def _write_summary(self) -> str:
        self.first_answer = self.user.generate("demo-summary", "summary", self.resume["id"])
        answer = self._paid(self.first_answer)
        expect(answer["result"]["base_version"] == self.resume["version"], "the patch is for another version")
        return f"{_receipt(answer)} “{answer['result']['text']}”"

    def _apply(self) -> str:
        result, before = self.answers[0]["result"], self.resume
        self._save_patched(result["patch"])
        expect(self.resume["version"] == before["version"] + 1, f"the version is {self.resume['version']}")
        expect(self.resume["content"]["summary"] == result["text"], "the summary is a different one")
        try:
            self.user.save_resume(before["id"], before["version"], before["content"])
        except APIError as error:
            expect(error.message == "version_conflict", f"the second save failed with {error.message}")
        else:
            raise StepFailed("a save based on the old version was accepted")
        return (
            f"The résumé is now version {self.resume['version']}. A save based on version {before['version']} fails "
            "with 409 version_conflict."
        )

    def _write_bullets(self) -> str:
        body = self.user.generate("demo-bullets", "bullets", self.resume["id"], experience=0, notes=NOTES)
        answer = self._paid(body)
        self._save_patched(answer["result"]["patch"])
        return f"{_receipt(answer)} " + " ".join(f"“{item}”" for item in answer["result"]["items"])

    def _remove_invention(self) -> str:
        answer = self._paid(self.user.generate("demo-invention", "summary", self.resume["id"], length="long"))
        text, grounding = answer["result"]["text"], answer["result"]["grounding"]
        removed = [each["text"] for each in grounding["removed"]]
        expect([INVENTED in each for each in removed] == [True], f"the removed sentences are {removed}")
        expect(INVENTED not in text and not grounding["ok"], "an answer with an invention is ok")
        verdicts = {each["verdict"] for each in grounding["sentences"]}
        expect(verdicts == {"supported"}, f"the other sentences are {verdicts}")
        return f"{_receipt(answer)} {len(grounding['sentences'])} sentences are supported. “{removed[0]}” is removed."

    def _repeat(self) -> str:
        before = self.user.balance()
        again = self.user.generate("demo-summary", "summary", self.resume["id"])
        expect(again == self.first_answer, "the second answer differs from the first")
        expect(self.user.balance() == before, "the repeated call was charged")
        return f"The same {len(again)} bytes come back; the balance is still {before}."

    def _look_as_stranger(self) -> str:
        other = App(self.stack, "Mallory Example", "mallory@example.com")
        other.sign_up()
        for table in ("resumes", "resume_versions", "usage_events", "credit_transactions"):
            foreign = [row for row in other.rows(table) if row["user_id"] != other.id]
            expect(not foreign, f"{table} shows {len(foreign)} rows of another user")
        problem = _refused(lambda: other.generate("demo-steal", "summary", self.resume["id"]), 404)
        expect(other.balance() == WELCOME_CREDITS, "the refused call was charged")
        return f"{other.name} sees no row of it; `generate` answers 404 {problem['code']} and charges nothing."

    def _spend(self) -> str:
        calls: list[tuple[str, dict[str, object]]] = [
            ("summary", {"length": "short"}),
            ("bullets", {"notes": NOTES}),
        ]
        for number, (operation, options) in enumerate(calls):
            self._paid(self.user.generate(f"demo-more-{number}", operation, self.resume["id"], **options))
        expect(self.user.balance() == 0, f"the balance is {self.user.balance()}")
        return "After a summary and a list of bullet points, the balance is 0."

    def _overspend(self) -> str:
        problem = _refused(lambda: self.user.generate("demo-sixth", "summary", self.resume["id"]), 402)
        expect(self.user.balance() == 0, "the refused call was charged")
        return f"402 {problem['code']}: “{problem.get('detail') or problem['title']}”"

    def _read_ledger(self) -> str:
        rows = sorted(self.user.rows("credit_transactions"), key=lambda row: row["seq"])
        amounts = [row["amount"] for row in rows]
        expect(amounts == [WELCOME_CREDITS] + [-1] * WELCOME_CREDITS, f"the ledger lists {amounts}")
        self._write("resume.json", to_json_resume(parse_content(self.resume["content"])))
        self._write("answers.json", self.answers)
        self._write("ledger.json", rows)
        sum_of_amounts = " ".join(f"{amount:+}" for amount in amounts)
        return f"{sum_of_amounts} = 0. Files: resume.json, answers.json and ledger.json in {self.out.name}/."

    def _buy_pack(self) -> str:
        order, events = self.user.buy(self.stack, "pack", "pack_20")
        expect(self.user.balance() == order["credits"], f"the balance is {self.user.balance()}")
        return f"{_price(order)} through Razorpay; {', '.join(events)} arrive; the balance is {order['credits']}."

    def _subscribe(self) -> str:
        before = self.user.balance()
        order, events = self.user.buy(self.stack, "subscription", "pro")
        plan = self.user.billing("/entitlements")["plan"]
        expect(plan == "pro", f"the plan is {plan}")
        granted = self.user.balance() - before
        expect(granted > 0, "the subscription granted no credits")
        receipts = self.user.billing("/receipts")["receipts"]
        expect(len(receipts) == 2, f"there are {len(receipts)} receipts")  # noqa: PLR2004 - pack and first month
        (self.out / "receipt.pdf").write_bytes(self.user.receipt_pdf(receipts[0]["id"]))
        self._write("receipts.json", receipts)
        return (
            f"{_price(order)} a month through Razorpay; {len(events)} events arrive; the plan is {plan}, with "
            f"{granted} more credits. Receipt {receipts[0]['number']} is {self.out.name}/receipt.pdf."
        )

    def _clean_up(self) -> str:
        with psycopg.connect(self.stack.database_url, autocommit=True) as connection:
            connection.execute(
                "insert into public.analyses (user_id, analysis_type, status, results, created_at, completed_at) "
                "select %s, 'ats_score', 'completed', '{}', now() - interval '4 months', now() "
                "from generate_series(1, %s)",
                (self.user.id, OLD_ANALYSES),
            )
        answer = httpx.post(
            f"{self.stack.url}/functions/v1/cleanup",
            headers={"authorization": f"Bearer {self.stack.cleanup_secret}"},
            json={},
            timeout=60,
        )
        expect(answer.status_code == httpx.codes.OK, f"cleanup answered {answer.status_code}: {answer.text}")
        report = answer.json()
        self._write("cleanup.json", report)
        expect(report["complete"] and report["breaches"] == 0, f"the report is {report}")
        # What is left are the two parts of the scan.
        left = [row["analysis_type"] for row in self.user.rows("analyses", "analysis_type")]
        expect(sorted(left) == ["ats_score", "keyword_match"], f"the analyses left are {left}")
        counts = {task["task"]: task["done"] for task in report["tasks"]}
        expect(counts["retention"] >= OLD_ANALYSES, f"the retention task handled {counts['retention']} rows")
        return (
            f"{len(counts)} tasks ran; {OLD_ANALYSES} analyses from four months ago are archived and deleted; every "
            f"check of the books passes. Report: {self.out.name}/cleanup.json."
        )

    def _paid(self, body: bytes) -> dict[str, Any]:
        """Parse an answer that must have cost exactly one credit."""
        answer: dict[str, Any] = json.loads(body)
        self.answers.append(answer)
        balance = WELCOME_CREDITS - len(self.answers)
        expect(answer["receipt"]["charged"] == 1, f"the receipt is {answer['receipt']}")
        expect(answer["receipt"]["balance"] == balance, f"the receipt is {answer['receipt']}")
        expect(self.user.balance() == balance, f"the balance is {self.user.balance()}")
        return answer

    def _save_patched(self, patch: list[dict[str, Any]]) -> None:
        content = jsonpatch.apply_patch(self.resume["content"], patch)
        self.resume = self.user.save_resume(self.resume["id"], self.resume["version"], content)

    def _write(self, name: str, content: object) -> None:
        (self.out / name).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _price(order: dict[str, Any]) -> str:
    return f"{order['currency']} {order['amount'] / 100:,.2f}"


def _receipt(answer: dict[str, Any]) -> str:
    receipt = answer["receipt"]
    model = answer["result"]["model"]["provider"]
    return f"Charged {receipt['charged']}, balance {receipt['balance']}; written by a stand-in for {model}."


def _refused(call: Callable[[], bytes], status: int) -> dict[str, Any]:
    """Make a call that must be refused with a status; return the problem."""
    try:
        call()
    except Refused as refusal:
        expect(refusal.problem["status"] == status, f"the call was refused with {refusal}")
        return refusal.problem
    raise StepFailed(f"the call was accepted instead of refused with {status}")

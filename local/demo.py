"""`make demo`: the main job from sign-up to an empty account, on real parts, told step by step.

Everything goes through the stock Supabase client, as an app would do it. A step that does not hold ends the demo with
exit code 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import httpx
import jsonpatch
import psycopg
from postgrest.exceptions import APIError
from supabase_functions.errors import FunctionsHttpError

from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.json_resume import from_json_resume, to_json_resume
from local.scratch import scratch
from local.stack import Stack
from supabase import Client, create_client

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
INPUT = ROOT / "tests" / "data" / "json_resume" / "full-backend-engineer.json"
NOTES = (
    "I was responsible for the on-call rotation of 4 teams. Helped to move 120 cron jobs to Kubernetes. "
    "Did the hiring interviews for 3 backend positions."
)
WELCOME_CREDITS = 5
OLD_ANALYSES = 120
TITLE_WIDTH, OUTCOME_WIDTH = 44, 66


class StepFailed(Exception):
    """A step did not hold."""


class Refused(Exception):
    """A function answered with a problem: `problem` is its body."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem.get('status')} {problem.get('code')}: {problem.get('detail', '')}")
        self.problem = problem


def expect(holds: object, otherwise: str) -> None:
    """End the demo with a reason unless something holds."""
    if not holds:
        raise StepFailed(otherwise)


class App:
    """What a client app does, for one user.

    Parameters
    ----------
    stack
        Where.
    name, email
        The user's.
    """

    def __init__(self, stack: Stack, name: str, email: str) -> None:
        self.client: Client = create_client(stack.url, stack.publishable_key)
        self.name = name
        self.email = email
        self.id = ""

    def sign_up(self) -> None:
        """Create the account."""
        answer = self.client.auth.sign_up(
            {"email": self.email, "password": "correct horse battery", "options": {"data": {"full_name": self.name}}}
        )
        expect(answer.user and answer.session, "the sign-up gave no session")
        self.id = answer.user.id if answer.user else ""

    def rows(self, table: str, columns: str = "*", **equal: object) -> list[dict[str, Any]]:
        """Select rows of a table."""
        query = self.client.table(table).select(columns)
        for column, value in equal.items():
            query = query.eq(column, value)
        found: Any = query.execute().data
        return list(found)

    def balance(self) -> int:
        """Return how many credits there are to spend."""
        balance: int = self.rows("user_credits", "balance")[0]["balance"]
        return balance

    def generate(self, key: str, operation: str, resume_id: str, **given: object) -> bytes:
        """Call `generate` with an idempotency key; return the body of the answer, unread.

        Raises
        ------
        Refused
            With the problem that the function answered.
        """
        body = {"operation": operation, "resume_id": resume_id, "input": given}
        try:
            answer: Any = self.client.functions.invoke("generate", {"headers": {"Idempotency-Key": key}, "body": body})
        except FunctionsHttpError as error:
            if isinstance(error.__cause__, httpx.HTTPStatusError):
                raise Refused(error.__cause__.response.json()) from error
            raise
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def billing(self, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        """Call `billing`: POST with a body, GET without one."""
        options: Any = {"method": "GET"} if body is None else {"body": body}
        answer: Any = self.client.functions.invoke(f"billing{path}", options)
        return json.loads(answer)

    def buy(self, stack: Stack, kind: str, item: str) -> tuple[dict[str, Any], list[str]]:
        """Open a checkout, pay on the provider's page, and hand what it says to `billing/verify`.

        Returns
        -------
        tuple
            The paid order, and the webhook events that were delivered meanwhile.
        """
        order = self.billing("/checkout", {"kind": kind, "item": item})["order"]
        identity = order["provider_order_id"] or order["provider_subscription_id"]
        page = httpx.post(f"{stack.functions_url}/providers/pay/{identity}", timeout=30).json()
        expect(all(told["status"] == httpx.codes.OK for told in page["delivered"]), f"deliveries: {page['delivered']}")
        verified: dict[str, Any] = self.billing("/verify", page["claim"])
        expect(verified["order"]["status"] == "paid", f"the order is {verified['order']['status']}")
        return verified["order"], [told["event"] for told in page["delivered"]]


class Demo:
    """The steps, and what they hand on to each other.

    Parameters
    ----------
    stack
        Where; the first step starts it.
    out
        Folder for what is left to look at.
    """

    def __init__(self, stack: Stack, out: Path) -> None:
        self.stack = stack
        self.out = out
        self.document = json.loads(INPUT.read_text())
        self.answers: list[dict[str, Any]] = []
        self.resume: dict[str, Any] = {}
        self.first_answer = b""

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        """Return title and action of each step, in order. An action returns what happened, or raises."""
        return [
            ("The local stack starts", self._start),
            ("A user signs up with supabase-py", self._sign_up),
            ("A trigger has made profile and account", self._provisioned),
            ("A JSON Resume file is saved through RLS", self._save_file),
            ("`generate` writes a summary", self._summary),
            ("Its patch is applied under the lock", self._apply),
            ("It writes bullets from the user's own notes", self._bullets),
            ("The same key again costs nothing", self._replay),
            ("Another user sees nothing of it", self._stranger),
            ("Three more paid calls empty the account", self._spend),
            ("The sixth paid call is refused", self._empty),
            ("The ledger tells the same story", self._books),
            ("They buy a credit pack", self._buy_pack),
            ("They subscribe", self._subscribe),
            ("The nightly clean-up runs", self._clean_up),
        ]

    def _start(self) -> str:
        self.stack.start()
        return "Postgres, the Supabase API and the functions; no Docker, no key"

    def _sign_up(self) -> str:
        self.user = App(self.stack, self.document["basics"]["name"], self.document["basics"]["email"])
        self.user.sign_up()
        return f"{self.user.name}, id {self.user.id}"

    def _provisioned(self) -> str:
        profile = self.user.rows("profiles", "full_name, email_verified, plan")[0]
        expect(profile["full_name"] == self.user.name, f"the profile says {profile}")
        expect(self.user.balance() == WELCOME_CREDITS, f"the balance is {self.user.balance()}")
        return f"plan {profile['plan']}, {WELCOME_CREDITS} welcome credits"

    def _save_file(self) -> str:
        content = from_json_resume(self.document)
        inserted: Any = (
            self.user.client.table("resumes")
            .insert({"title": "Backend engineer", "content": content.model_dump(mode="json", exclude_unset=True)})
            .execute()
            .data
        )
        self.resume = inserted[0]
        expect(self.resume["user_id"] == self.user.id, "the row belongs to somebody else")
        expect(to_json_resume(parse_content(self.resume["content"])) == self.document, "the file did not survive")
        jobs = len(self.resume["content"]["experience"])
        return f"{INPUT.name}: {jobs} jobs, version {self.resume['version']}; reads back as the same file"

    def _summary(self) -> str:
        self.first_answer = self.user.generate("demo-summary", "summary", self.resume["id"])
        answer = self._charged(self.first_answer)
        expect(answer["result"]["base_version"] == self.resume["version"], "the patch is for another version")
        return f"{self._receipt(answer)}: “{answer['result']['text']}”"

    def _apply(self) -> str:
        result = self.answers[0]["result"]
        before = self.resume
        self.resume = self._save(before["version"], jsonpatch.apply_patch(before["content"], result["patch"]))
        expect(self.resume["version"] == before["version"] + 1, f"the version is {self.resume['version']}")
        expect(self.resume["content"]["summary"] == result["text"], "the summary is another one")
        try:
            self._save(before["version"], before["content"])
        except APIError as error:
            expect(error.message == "version_conflict", f"the second save said {error.message}")
        else:
            raise StepFailed("a save on the old version was accepted")
        return (
            f"version {before['version']} → {self.resume['version']}; a save on the old version: 409 version_conflict"
        )

    def _bullets(self) -> str:
        answer = self._charged(
            self.user.generate("demo-bullets", "bullets", self.resume["id"], experience=0, notes=NOTES)
        )
        items = answer["result"]["items"]
        self.resume = self._save(
            self.resume["version"], jsonpatch.apply_patch(self.resume["content"], answer["result"]["patch"])
        )
        return f"{self._receipt(answer)}: " + " ".join(f"“{item}”" for item in items)

    def _replay(self) -> str:
        before = self.user.balance()
        again = self.user.generate("demo-summary", "summary", self.resume["id"])
        expect(again == self.first_answer, "the second answer is not the first one, byte for byte")
        expect(self.user.balance() == before, "it was charged")
        return f"the stored answer, byte for byte ({len(again)} bytes); balance still {before}"

    def _stranger(self) -> str:
        other = App(self.stack, "Mallory Example", "mallory@example.com")
        other.sign_up()
        for table in ("resumes", "resume_versions", "usage_events", "credit_transactions"):
            foreign = [row for row in other.rows(table) if row["user_id"] != other.id]
            expect(not foreign, f"{table} shows {len(foreign)} foreign rows")
        problem = self._refused(lambda: other.generate("demo-steal", "summary", self.resume["id"]), 404)
        expect(other.balance() == WELCOME_CREDITS, "the refused call was charged")
        return f"no row; generate on the foreign résumé: 404 {problem['code']}, nothing charged"

    def _spend(self) -> str:
        wanted: list[tuple[str, dict[str, object]]] = [
            ("summary", {"length": "short"}),
            ("summary", {"length": "long"}),
            ("bullets", {"notes": NOTES}),
        ]
        for number, (operation, given) in enumerate(wanted):
            answer = self._charged(self.user.generate(f"demo-more-{number}", operation, self.resume["id"], **given))
        expect(self.user.balance() == 0, f"the balance is {self.user.balance()}")
        return f"summary, summary, bullets; {self._receipt(answer)}"

    def _empty(self) -> str:
        problem = self._refused(lambda: self.user.generate("demo-sixth", "summary", self.resume["id"]), 402)
        expect(self.user.balance() == 0, "it was charged")
        return f"402 {problem['code']}: {problem.get('detail') or problem['title']}"

    def _books(self) -> str:
        rows = sorted(self.user.rows("credit_transactions"), key=lambda row: row["seq"])
        amounts = [row["amount"] for row in rows]
        expect(amounts == [WELCOME_CREDITS] + [-1] * WELCOME_CREDITS, f"the ledger says {amounts}")
        content = parse_content(self.resume["content"])
        self._write("resume.json", to_json_resume(content))
        self._write("answers.json", self.answers)
        self._write("ledger.json", rows)
        return (
            f"{' '.join(f'{amount:+}' for amount in amounts)} = 0; résumé, answers and ledger are in {self.out.name}/"
        )

    def _buy_pack(self) -> str:
        order, events = self.user.buy(self.stack, "pack", "pack_20")
        expect(self.user.balance() == order["credits"], f"the balance is {self.user.balance()}")
        return f"{self._price(order)} through Razorpay ({', '.join(events)}): balance {order['credits']}"

    def _subscribe(self) -> str:
        before = self.user.balance()
        order, events = self.user.buy(self.stack, "subscription", "pro")
        now = self.user.billing("/entitlements")
        expect(now["plan"] == "pro", f"the plan is {now['plan']}")
        granted = self.user.balance() - before
        expect(granted > 0, "no credits came")
        receipts = self.user.billing("/receipts")["receipts"]
        expect(len(receipts) == 2, f"there are {len(receipts)} receipts")  # noqa: PLR2004 - the pack and the month
        pdf = self.user.client.functions.invoke(f"billing/receipts/{receipts[0]['id']}/pdf", {"method": "GET"})
        expect(isinstance(pdf, bytes) and pdf.startswith(b"%PDF"), "the receipt is no PDF")
        (self.out / "receipt.pdf").write_bytes(bytes(pdf))
        self._write("receipts.json", receipts)
        return (
            f"pro, {self._price(order)} a month ({len(events)} events): +{granted} credits, plan {now['plan']}; "
            f"receipt {receipts[0]['number']} is in {self.out.name}/"
        )

    @staticmethod
    def _price(order: dict[str, Any]) -> str:
        return f"{order['currency']} {order['amount'] / 100:,.2f}"

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
        expect(answer.status_code == httpx.codes.OK, f"it answered {answer.status_code}: {answer.text}")
        report = answer.json()
        self._write("cleanup.json", report)
        expect(report["complete"] and report["breaches"] == 0, f"the report says {report}")
        expect(self.user.rows("analyses") == [], "the old analyses are still there")
        done = {task["task"]: task["done"] for task in report["tasks"]}
        expect(done["retention"] >= OLD_ANALYSES, f"retention dealt with {done['retention']} rows")
        tasks = ", ".join(f"{name} {number}" for name, number in done.items())
        return f"{tasks}; {OLD_ANALYSES} old analyses archived, then deleted; every invariant holds"

    def _charged(self, body: bytes) -> dict[str, Any]:
        """Read an answer that must have cost exactly one credit."""
        answer: dict[str, Any] = json.loads(body)
        self.answers.append(answer)
        balance = WELCOME_CREDITS - len(self.answers)
        expect(answer["receipt"]["charged"] == 1, f"the receipt says {answer['receipt']}")
        expect(answer["receipt"]["balance"] == balance, f"the receipt says {answer['receipt']}")
        expect(self.user.balance() == balance, f"the balance is {self.user.balance()}")
        return answer

    def _write(self, name: str, content: object) -> None:
        (self.out / name).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")

    @staticmethod
    def _receipt(answer: dict[str, Any]) -> str:
        receipt = answer["receipt"]
        return (
            f"model {answer['result']['model']['provider']}, charged {receipt['charged']}, balance {receipt['balance']}"
        )

    @staticmethod
    def _refused(call: Callable[[], bytes], status: int) -> dict[str, Any]:
        """Make a call that must be refused with a status; return the problem."""
        try:
            call()
        except Refused as refused:
            expect(refused.problem["status"] == status, f"refused with {refused}")
            return refused.problem
        raise StepFailed(f"it was accepted, where {status} was due")

    def _save(self, base_version: int, content: dict[str, Any]) -> dict[str, Any]:
        saved: Any = (
            self.user.client.rpc(
                "resume_save",
                {
                    "id": self.resume["id"],
                    "base_version": base_version,
                    "content": content,
                    "change_type": "ai_optimized",
                    "summary": "Written by generate",
                },
            )
            .execute()
            .data
        )
        return dict(saved)


def _row(number: int, title: str, outcome: str, seconds: float) -> str:
    lines = textwrap.wrap(outcome, OUTCOME_WIDTH, max_lines=5, placeholder=" …") or [""]
    head = f"{number:>2}  {title:<{TITLE_WIDTH}} {lines[0]:<{OUTCOME_WIDTH}} {seconds * 1000:>7,.0f} ms"
    return "\n".join([head, *(f"{'':{TITLE_WIDTH + 5}}{line}" for line in lines[1:])])


def _fail(number: int, title: str, error: BaseException) -> NoReturn:
    print(f"{number:>2}  {title:<{TITLE_WIDTH}} FAILED: {error}", file=sys.stderr)
    sys.exit(1)


def main() -> None:
    """Run the demo."""
    parser = argparse.ArgumentParser(prog="python -m local.demo", description="The main job, step by step.")
    parser.add_argument("--out", type=Path, default=ROOT / "out", help="where files are left")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    # supabase-py warns about parameters that it passes on itself.
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="supabase")
    began = time.monotonic()
    print(f" #  {'step':<{TITLE_WIDTH}} {'what happened':<{OUTCOME_WIDTH}} {'time':>10}", flush=True)
    with scratch() as folder:
        steps = Demo(Stack(folder / "stack", env={"RESUMEBASE_AI_PROVIDER": "offline"}), out).steps()
        for number, (title, step) in enumerate(steps, 1):
            clock = time.monotonic()
            try:
                outcome = step()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told, and the demo has failed
                _fail(number, title, error)
            print(_row(number, title, outcome, time.monotonic() - clock), flush=True)
    print(f"\nAll {len(steps)} steps hold. {time.monotonic() - began:.1f} s in all.")


if __name__ == "__main__":
    main()

"""Administrators through the real function and database: what they may do, and what is refused and kept of it."""

from __future__ import annotations

import json
import time
import uuid
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest

from functions._shared import wiring
from functions._shared.settings import Settings
from functions.admin.handler import app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from functions._shared.ports.queue import Message
    from local.stack import Stack
    from tests.functions.edge.account import Account

ADDRESS, AGENT = "203.0.113.9", "A browser/1.0"
READS = (
    "/me", "/metrics/mrr", "/users", f"/users/{uuid.uuid4()}", "/feedback", "/events", "/audit", "/webhooks", "/reviews",
    "/tasks", "/holds", "/retention", "/invariants",
)  # fmt: skip
CHANGES: dict[str, dict[str, Any]] = {
    f"/users/{uuid.uuid4()}/credits": {"amount": 5},
    f"/users/{uuid.uuid4()}/plan": {"plan": None},
    f"/users/{uuid.uuid4()}/suspension": {"suspended": True},
    f"/users/{uuid.uuid4()}/holds": {},
    "/webhooks/1/replay": {},
    "/reviews/close": {"code": "two_live", "subject": "account x"},
    f"/tasks/{uuid.uuid4()}/retry": {},
}


class Sent:
    """A queue that keeps what is sent."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def send(self, messages: list[Message]) -> None:
        self.messages += messages


class Office:
    """Calls the function as one person."""

    def __init__(self, http: httpx.AsyncClient, stack: Stack, account: Account, assurance: str = "aal2") -> None:
        self.http, self.account = http, account
        claims = {
            "iss": f"{stack.url}/auth/v1", "aud": "authenticated", "role": "authenticated", "sub": account.user_id,
            "exp": int(time.time()) + 600, "aal": assurance,
        }  # fmt: skip
        self.headers = {"authorization": f"Bearer {jwt.encode(claims, stack.jwt_secret, 'HS256')}"}

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.http.get(path, params=query, headers=self.headers)

    async def post(self, path: str, key: str | None = "", **body: Any) -> httpx.Response:
        headers = {**self.headers, "content-type": "application/json"}
        if key is not None:
            headers["idempotency-key"] = key or str(uuid.uuid4())
        return await self.http.post(path, content=json.dumps({"reason": "ticket 42", **body}), headers=headers)

    def log(self) -> list[dict[str, Any]]:
        """What the audit log has of this administrator, oldest first."""
        return self.account.run(
            "select user_id::text, action, entity_type, host(ip_address) as address, user_agent, changes "
            "from public.audit_logs where actor_id = %s and action not like 'resume_%%' order by created_at, action",
            self.account.user_id,
        )


@pytest.fixture(autouse=True)
def _second_factor(account: Account) -> Iterator[None]:
    """As in production: the local stack asks for none."""
    statement = "update public.global_config set value = %s where key = 'admin'"
    account.run(statement, '{"assurance": "aal2"}')
    yield
    account.run(statement, '{"assurance": "aal1"}')


@pytest.fixture
async def sent() -> Sent:
    return Sent()


@pytest.fixture
async def http(stack: Stack, sent: Sent) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, client=(ADDRESS, 1))
    with wiring.override(settings=Settings(stack.env()), queue=sent):
        async with httpx.AsyncClient(
            transport=transport, base_url="http://edge/functions/v1/admin", headers={"user-agent": AGENT}, timeout=60
        ) as made:
            yield made


@pytest.fixture
def hire(http: httpx.AsyncClient, stack: Stack, new_account: Callable[[], Account]) -> Callable[..., Office]:
    """Make an administrator."""

    def _hire(role: str = "super_admin", permissions: dict[str, Any] | None = None, assurance: str = "aal2") -> Office:
        person = new_account()
        person.run(
            "insert into public.admin_users (user_id, email, role, permissions) values (%s, %s, %s, %s)",
            person.user_id, f"{person.user_id}@admin.example", role, json.dumps(permissions or {}),
        )  # fmt: skip
        return Office(http, stack, person, assurance)

    return _hire


async def every_route(office: Office) -> list[httpx.Response]:
    return [await office.get(path) for path in READS] + [
        await office.post(path, **body) for path, body in CHANGES.items()
    ]


def test_every_route_is_tried_here() -> None:
    routes = {(spec.method, spec.path) for spec in app.specs if spec.auth.value == "user"}
    assert len(routes) == len(READS) + len(CHANGES)


# who ---------------------------------------------------------------------------------------------------------


async def test_a_user_who_does_not_administer_is_refused_everything(
    http: httpx.AsyncClient, stack: Stack, account: Account
) -> None:
    for answer in await every_route(Office(http, stack, account)):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_an_administrator"), answer.url
    for path in READS:
        assert (await http.get(path)).status_code == 401


async def test_an_administrator_without_a_second_factor_is_refused_everything(hire: Callable[..., Office]) -> None:
    for answer in await every_route(hire(assurance="aal1")):
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required"), answer.url


@pytest.mark.parametrize("state", ["is_active = false", "deleted_at = now()"])
async def test_a_suspended_or_deleted_administrator_is_none(hire: Callable[..., Office], state: str) -> None:
    office = hire()
    assert (await office.get("/me")).status_code == 200
    office.account.run(f"update public.profiles set {state} where id = %s", office.account.user_id)
    for answer in await every_route(office):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_an_administrator"), answer.url


async def test_the_matrix_and_a_persons_own_entries_decide(hire: Callable[..., Office], account: Account) -> None:
    path = f"/users/{account.user_id}/credits"
    office = hire("admin")
    refused = await office.post(path, amount=5)
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")
    assert refused.json()["permission"] == "credits.adjust"
    assert (await office.get("/users")).status_code == 200
    assert "credits.adjust" not in (await office.get("/me")).json()["permissions"]

    trusted = hire("admin", {"credits.adjust": True, "users.read": False})
    assert (await trusted.post(path, amount=5)).status_code == 200
    assert (await trusted.get("/users")).json()["code"] == "permission_missing"
    assert {"credits.adjust"} == {"credits.adjust", "users.read"} & set(
        (await trusted.get("/me")).json()["permissions"]
    )


async def test_nobody_changes_their_own_account_nor_that_of_a_peer(hire: Callable[..., Office]) -> None:
    office, peer, junior = hire(), hire("admin"), hire("admin")
    for path, body in CHANGES.items():
        if path.startswith("/users/"):
            own = await office.post(f"/users/{office.account.user_id}/{path.rpartition('/')[2]}", **body)
            assert (own.status_code, own.json()["code"]) == (403, "own_account"), path
    refused = await junior.post(f"/users/{peer.account.user_id}/suspension", suspended=True)
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")
    assert (await office.post(f"/users/{peer.account.user_id}/suspension", suspended=True)).status_code == 200


# how ---------------------------------------------------------------------------------------------------------


async def test_a_change_needs_a_reason_and_a_key(hire: Callable[..., Office], account: Account) -> None:
    office, path = hire(), f"/users/{account.user_id}/credits"
    for reason in ("", "  x  ", "x" * 501, None, 5):
        assert (await office.post(path, amount=5, reason=reason)).status_code == 422
    assert (await office.post(path, amount=5, reason="x" * 10_000_000)).status_code == 413
    for key in (None, "k" * 161):
        assert (await office.post(path, key, amount=5)).json()["code"] == "invalid_idempotency_key"
    assert account.books[0] == 5


async def test_the_user_does_not_learn_which_administrator_it_was(
    hire: Callable[..., Office], account: Account
) -> None:
    office = hire()
    await office.post(f"/users/{account.user_id}/credits", amount=7)
    await office.post(f"/users/{account.user_id}/credits", amount=-2)
    seen = [
        account.run(f"select to_jsonb(t)::text as row from public.{table} as t where user_id = %s", account.user_id)
        for table in ("credit_transactions", "credit_grants")
    ]
    assert "adjustment" in str(seen)
    assert office.account.user_id not in str(seen)


@pytest.mark.parametrize("until", ["9999-12-31T00:00:00Z", "2001-01-01T00:00:00Z"])
async def test_a_plan_ends_within_a_lifetime(hire: Callable[..., Office], account: Account, until: str) -> None:
    refused = await hire().post(f"/users/{account.user_id}/plan", plan="pro", until=until)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_period")


async def test_a_repeated_change_happens_once_and_a_key_is_for_one_change(
    hire: Callable[..., Office], account: Account
) -> None:
    office, path = hire(), f"/users/{account.user_id}/credits"
    first = await office.post(path, "k", amount=7)
    assert first.json() == {"result": {"balance": 12, "reserved": 0, "debt": 0}, "replayed": False}
    again = await office.post(path, "k", amount=7)
    assert again.json() == {**first.json(), "replayed": True}
    for other in (
        await office.post(path, "k", amount=8),
        await office.post(path, "k", amount=7, reason="another"),
        await office.post(f"/users/{account.user_id}/suspension", "k", suspended=True),
    ):
        assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")
    # Somebody else's key is another key.
    assert (await hire().post(path, "k", amount=7)).json()["result"]["balance"] == 19
    assert account.books == (19, 0, 19)
    taken = await office.post(path, amount=-100)
    assert (taken.status_code, taken.json()["balance"]) == (422, 19)


async def test_changes_and_reads_are_in_the_audit_log(hire: Callable[..., Office], account: Account) -> None:
    office = hire()
    assert (await office.post(f"/users/{account.user_id}/suspension", suspended=True)).status_code == 200
    assert (await office.get(f"/users/{account.user_id}", reason="they called")).status_code == 200
    assert (await office.get("/users", email="zoe@example.com")).status_code == 200
    changed, done, one, several = office.log()
    for line in (changed, done, one, several):
        assert (line["address"], line["user_agent"]) == (ADDRESS, AGENT)
    assert (changed["action"], changed["user_id"]) == ("account_changed", account.user_id)
    assert changed["changes"]["after"]["is_active"] is False
    assert (done["action"], done["user_id"], done["changes"]) == (
        "admin_suspend",
        account.user_id,
        {"reason": "ticket 42", "request": {"suspended": True, "user_id": account.user_id}},
    )
    assert (one["action"], one["entity_type"], one["user_id"]) == ("admin_read", "user", account.user_id)
    assert one["changes"] == {"reason": "they called"}
    # That somebody was looked for, not who.
    assert (several["entity_type"], several["changes"]["by"], several["user_id"]) == ("users", ["email"], None)
    assert "zoe" not in json.dumps(several["changes"])


# what --------------------------------------------------------------------------------------------------------


async def test_users_are_found_by_the_beginning_of_their_address_and_by_no_pattern(
    hire: Callable[..., Office], new_account: Callable[[], Account]
) -> None:
    office, tag = hire(), uuid.uuid4().hex
    people = [new_account() for _ in range(3)]
    for person, name in zip(people, ("A%b_", "a%b_c", "axbyc"), strict=True):
        person.run("update public.profiles set email = %s where id = %s", f"{tag}{name}@example.com", person.user_id)

    async def found(email: str) -> set[str]:
        answer = await office.get("/users", email=email)
        assert answer.status_code == 200, answer.text
        return {row["id"] for row in answer.json()["rows"]}

    assert await found(f"{tag}a") == {person.user_id for person in people}
    assert await found(f" {tag.upper()}A%B_") == {people[0].user_id, people[1].user_id}
    assert await found(f"{tag}%") == set()
    assert await found("%%%") == set()
    assert await found("' or true --") == set()
    pages: list[str] = []
    before: dict[str, str] = {}
    while True:
        page = (await office.get("/users", email=tag, limit=2, **before)).json()
        pages += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        before = {"before": page["next"]}
    assert sorted(pages) == sorted(person.user_id for person in people)
    wrong = await office.get("/users", before="yesterday")
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (422, "invalid_cursor", "before")


@pytest.mark.parametrize("path", ["users", "feedback", "events", "audit", "webhooks", "reviews", "tasks"])
async def test_a_list_names_the_parameter_that_is_no_cursor(hire: Callable[..., Office], path: str) -> None:
    office = hire()
    for before in ("yesterday", "2026-11-01 2", "{", "[1]", "null", '{"since": "x"}', "9" * 40, "0001-01-01 BC"):
        wrong = await office.get(f"/{path}", before=before)
        assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (422, "invalid_cursor", "before"), (
            before
        )


async def test_a_plan_is_given_for_a_time_to_come(hire: Callable[..., Office], account: Account) -> None:
    office = hire()
    for until in ("2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"):
        wrong = await office.post(f"/users/{account.user_id}/plan", plan="pro", until=until)
        assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (422, "invalid_period", "until")


@pytest.mark.parametrize(
    "reason", ["\u200b" * 5, "a\u200b\u200b", " \u3000\u2060 x \ufeff", "\u00a0\u2003\u2800\u3164", "\U000e0041" * 4]
)
async def test_a_reason_that_nobody_can_see_is_none(hire: Callable[..., Office], account: Account, reason: str) -> None:
    office = hire()
    answer = await office.post(f"/users/{account.user_id}/suspension", suspended=True, reason=reason)
    assert (answer.status_code, answer.json()["code"]) in {(422, "reason_required"), (422, "validation_failed")}
    assert account.row("select is_active from public.profiles where id = %s", account.user_id)["is_active"]
    for seen in ("日本語", "ok!"):
        done = await office.post(f"/users/{account.user_id}/suspension", suspended=False, reason=seen)
        assert done.status_code == 200, done.text


async def test_an_account_is_shown_without_its_resumes(hire: Callable[..., Office], account: Account) -> None:
    office = hire()
    shown = (await office.get(f"/users/{account.user_id}")).json()
    assert shown["profile"]["id"] == account.user_id
    assert shown["entitlements"]["balance"] == 5
    assert shown["stored"] == {"resumes": 1, "jobs": 1}
    assert [line["amount"] for line in shown["ledger"]] == [5]
    assert "Zoë Müller" not in json.dumps(shown, ensure_ascii=False)
    assert (await office.get(f"/users/{uuid.uuid4()}")).json()["code"] == "user_not_found"


async def test_a_suspension_takes_effect_at_once_and_ends(
    hire: Callable[..., Office], stack: Stack, account: Account
) -> None:
    def resumes() -> int:
        headers = {"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}"}
        return len(httpx.get(f"{stack.url}/rest/v1/resumes?select=id", headers=headers).json())

    office, path = hire(), f"/users/{account.user_id}/suspension"
    assert resumes() == 1
    assert (await office.post(path, suspended=True)).json()["result"] == {"is_active": False}
    assert resumes() == 0
    assert (await office.post(path, suspended=False)).json()["result"] == {"is_active": True}
    assert resumes() == 1


async def test_a_plan_is_given_and_taken_back(hire: Callable[..., Office], account: Account) -> None:
    office, path = hire(), f"/users/{account.user_id}/plan"
    best = account.row("select slug from public.plans where is_active order by rank desc limit 1")["slug"]
    before = account.row("select plan from public.profiles where id = %s", account.user_id)["plan"]
    given = await office.post(path, plan=best, until="2060-01-01T00:00:00Z")
    assert given.status_code == 200, given.text
    assert (given.json()["result"]["plan"], given.json()["result"]["status"]) == (best, "active")
    assert account.row("select plan from public.profiles where id = %s", account.user_id)["plan"] == best
    assert (await office.post(path, plan=best, until="2001-01-01T00:00:00Z")).json()["code"] == "invalid_period"
    assert (await office.post(path, plan="nonsense")).status_code == 404
    assert (await office.post(path, plan=None)).json()["result"]["plan"] == before
    assert account.row("select plan from public.profiles where id = %s", account.user_id)["plan"] == before


async def test_feedback_events_and_the_log_are_searched(hire: Callable[..., Office], account: Account) -> None:
    office, evil = hire(), "<script>alert(1)</script> is what I typed"
    account.run(
        "insert into public.feedback (user_id, content, category) values (%s, %s, 'bug')", account.user_id, evil
    )
    account.run(
        "insert into public.system_events (user_id, event_type, severity) values (%s, 'hook_failed', 'error'), (%s, 'hook_failed', 'info')",
        account.user_id, account.user_id,
    )  # fmt: skip
    mine = {"user_id": account.user_id}
    (row,) = (await office.get("/feedback", category="bug", **mine)).json()["rows"]
    assert row["content"] == evil
    assert (await office.get("/feedback", category="praise", **mine)).json()["rows"] == []
    (event,) = (await office.get("/events", event_type="hook_failed", severity="error", **mine)).json()["rows"]
    assert event["user_id"] == account.user_id
    assert (await office.get("/events", event_type="hook%", **mine)).json()["rows"] == []
    actions = {row["action"] for row in (await office.get("/audit", **mine)).json()["rows"]}
    assert "resume_created" in actions
    assert (await office.get("/audit", action="resume_created", **mine)).json()["rows"][0]["user_id"] == account.user_id
    assert (await office.get("/events", user_id="x")).status_code == 422
    assert (await office.get("/events", nonsense="x")).status_code == 422


async def test_a_failed_payment_event_is_listed_and_replayed(hire: Callable[..., Office], account: Account) -> None:
    office, event = hire(), uuid.uuid4().hex
    known = account.row(
        "insert into private.webhook_events (provider, event_id, body_hash, event_type, occurred_at, facts, status, error_code, attempts) "
        "values ('stripe', %s, sha256(convert_to(%s, 'UTF8')), 'x', now(), "
        """'{"payments": [], "refunds": [], "disputes": [], "subscriptions": []}', 'failed', 'sqlstate_40P01', 20) returning id""",
        event, event,
    )["id"]  # fmt: skip
    (row,) = (await office.get("/webhooks", event_id=event)).json()["rows"]
    assert (row["id"], row["status"], "body" in row) == (known, "failed", False)
    assert known in {row["id"] for row in (await office.get("/webhooks")).json()["rows"]}
    done = await office.post(f"/webhooks/{known}/replay")
    assert (done.status_code, done.json()["result"]["state"]) == (200, "processed")
    again = await office.post(f"/webhooks/{known}/replay")
    assert (again.status_code, again.json()["reason"]) == (409, "event_not_replayable")
    assert (await office.get("/webhooks", before="'; drop table x")).json()["code"] == "invalid_cursor"


async def test_a_failed_task_is_repeated_once_with_its_input(
    hire: Callable[..., Office], account: Account, sent: Sent
) -> None:
    office = hire()
    task = account.row(
        "select public.task_open(%s, 'generate', 'batch', 'k', 'h', '{\"requests\": []}', '[]', p_request_id => 'r') ->> 'id' as id",
        account.user_id,
    )["id"]
    early = await office.post(f"/tasks/{task}/retry")
    assert (early.status_code, early.json()["reason"]) == (409, "task_not_retryable")
    account.run("update public.resume_generations set status = 'processing', attempts = 1 where id = %s", task)
    account.run("select public.task_end(%s, 1, p_code => 'model_unavailable')", task)
    listed = {row["id"]: row for row in (await office.get("/tasks")).json()["rows"]}
    assert (listed[task]["error_code"], listed[task]["can_retry"]) == ("model_unavailable", True)
    done = (await office.post(f"/tasks/{task}/retry")).json()["result"]
    assert (done["state"], done["function"]) == ("opened", "generate")
    assert [(message.function, message.id) for message in sent.messages] == [("generate", done["id"])]
    claimed = account.row("select public.task_claim(%s) as task", done["id"])["task"]
    assert (claimed["input"], claimed["idempotency_key"], claimed["user_id"]) == (
        {"requests": []},
        "k",
        account.user_id,
    )
    repeated = account.row("select retry_of::text from public.resume_generations where id = %s", done["id"])
    assert repeated["retry_of"] == task
    assert (await office.post(f"/tasks/{task}/retry")).json()["reason"] == "task_not_retryable"


async def test_an_own_task_is_not_repeated(hire: Callable[..., Office]) -> None:
    office = hire()
    task = office.account.row(
        "select public.task_open(%s, 'generate', 'batch', 'k', 'h', '{}', '[]') ->> 'id' as id", office.account.user_id
    )["id"]
    office.account.run("select public.task_give_up(%s)", task)
    refused = await office.post(f"/tasks/{task}/retry")
    assert (refused.status_code, refused.json()["code"]) == (403, "own_account")


async def test_stuck_holds_are_listed_and_given_back(hire: Callable[..., Office], account: Account) -> None:
    office = hire()
    account.run("select public.usage_reserve(%s, 'summary', 'k', 'h', %s)", account.user_id, account.resume_id)
    assert account.user_id not in {row["user_id"] for row in (await office.get("/holds")).json()["rows"]}
    account.run(
        "update public.usage_events set expires_at = now() - interval '1 minute' where user_id = %s", account.user_id
    )
    account.run(
        "update public.user_credits set wake_at = now() - interval '1 minute' where user_id = %s", account.user_id
    )
    assert account.user_id in {row["user_id"] for row in (await office.get("/holds", limit=200)).json()["rows"]}
    done = await office.post(f"/users/{account.user_id}/holds")
    assert done.json()["result"] == {"balance": 5, "reserved": 0, "debt": 0}
    assert account.events == [("expired", 1, account.events[0][2])]


async def test_reports_about_the_system(hire: Callable[..., Office], account: Account) -> None:
    office = hire()
    account.run("select public.cleanup_note(gen_random_uuid(), 'checks', '{\"done\": 0, \"detail\": {}}')")
    kept = (await office.get("/retention")).json()
    assert {"analyses", "admin_changes", "task_inputs"} <= {row["data_type"] for row in kept["rows"]}
    assert "checks" in kept["runs"][0]["tasks"]
    checks = (await office.get("/invariants")).json()
    assert "ledger" in checks["rows"]
    assert checks["last"]["result"] == {"done": 0, "detail": {}}
    names = (await office.get("/me")).json()["metrics"]
    assert {"mrr", "margin", "user_growth"} <= set(names)
    for name in names:
        metric = (await office.get(f"/metrics/{name}")).json()
        assert metric["about"]
        assert all(set(row) == set(metric["columns"]) for row in metric["rows"])
    whole = (await office.get("/metrics/user_growth")).json()
    assert (len(whole["rows"]), whole["next"]) == (30, None)
    first = (await office.get("/metrics/user_growth", limit=20)).json()
    rest = (await office.get("/metrics/user_growth", limit=20, before=first["next"])).json()
    assert (first["rows"] + rest["rows"], rest["next"]) == (whole["rows"], None)
    wrong = await office.get("/metrics/user_growth", before="x")
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (422, "invalid_cursor", "before")
    assert (await office.get("/metrics/check_ledger")).status_code == 404
    assert (await office.get("/metrics/..%2f..%2fx")).status_code == 404


async def test_payments_that_wait_for_a_person_are_listed_and_closed(
    hire: Callable[..., Office], account: Account
) -> None:
    office = hire()
    for provider in ("stripe", "razorpay"):
        account.run(
            "insert into public.subscriptions (user_id, provider, provider_subscription_id, plan, status) "
            "select %s, %s, gen_random_uuid()::text, slug, 'active' from public.plans where not is_default limit 1",
            account.user_id, provider,
        )  # fmt: skip
    subject = f"account {account.user_id}"
    entries = {row["subject"]: row for row in (await office.get("/reviews", limit=200)).json()["rows"]}
    assert entries[subject]["code"] == "two_live"
    closed = await office.post("/reviews/close", code="two_live", subject=subject)
    assert (closed.status_code, closed.json()["result"]["subject"]) == (200, subject)
    missing = await office.post("/reviews/close", code="two_live", subject=subject)
    assert missing.json()["code"] == "review_not_found"


# the page ----------------------------------------------------------------------------------------------------


async def test_the_page_is_a_shell_without_data(http: httpx.AsyncClient, stack: Stack) -> None:
    page = await http.get("/")
    policy = page.headers["content-security-policy"]
    assert f"connect-src 'self' {stack.url};" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "set-cookie" not in page.headers
    assert stack.secret_key not in page.text
    assert stack.publishable_key in page.text
    for name in ("app.js", "views.js", "charts.js", "style.css", "supabase.js", "uplot.js", "uplot.css"):
        assert f"admin/files/{name}" in page.text or name in {"views.js", "charts.js"}
        file = await http.get(f"/files/{name}")
        assert file.status_code == 200
        assert file.headers["x-content-type-options"] == "nosniff"
        assert (await http.get(f"/files/{name}", headers={"if-none-match": file.headers["etag"]})).status_code == 304
    for name in ("handler.py", "..%2fhandler.py", "npm.json", "x"):
        assert (await http.get(f"/files/{name}")).status_code == 404

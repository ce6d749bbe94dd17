"""`make smoke URL=…`: what a deployed stack must do, asked from outside. It leaves one deleted account behind.

Without a stage, addresses and secrets come from the environment, as `.local/env` has them.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx

from deploy import catalogue, probes, settings, targets
from deploy.package import builder
from local import migrate

if TYPE_CHECKING:
    from collections.abc import Collection

    from deploy.targets import Target

FUNCTIONS: Final = Path(__file__).resolve().parent.parent / "functions"
PATIENCE: Final = 30.0
"""Seconds to wait for the starter résumé, which a database webhook brings."""
OK, UNAUTHORIZED, NO_CONTENT = 200, 401, 204


class SmokeFailure(Exception):
    """The stack did not do what it must."""


def require(truth: object, otherwise: str) -> None:
    """Fail unless something is true."""
    if not truth:
        raise SmokeFailure(otherwise)


class Smoke:
    """The checks, in the order of `run`. Each returns what it saw."""

    def __init__(self, target: Target, http: httpx.Client) -> None:
        self.target, self.http = target, http
        self.names = [name.replace("_", "-") for name in builder.discover(FUNCTIONS)]
        self.token = ""
        # The local stack has neither an admin API nor a database webhook: the clean-up does what that would do.
        self.has_webhook = True

    def call(self, path: str, method: str = "GET", **more: Any) -> httpx.Response:  # noqa: ANN401 - options of httpx
        """Call a function, with the user's token if there is one."""
        headers = {"apikey": self.target.publishable_key, **more.pop("headers", {})}
        if more.pop("signed_in", False):
            headers["authorization"] = f"Bearer {self.token}"
        return self.http.request(method, f"{self.target.functions_url}/functions/v1/{path}", headers=headers, **more)

    def supabase(self, path: str, method: str = "GET", *, secret: bool = False, **more: Any) -> httpx.Response:  # noqa: ANN401
        """Call the Supabase API as the user, or with the secret key."""
        key = self.target.secrets["SUPABASE_SECRET_KEY"] if secret else self.target.publishable_key
        headers = {"apikey": key, **more.pop("headers", {})}
        if self.token and not secret:
            headers["authorization"] = f"Bearer {self.token}"
        return self.http.request(method, f"{self.target.supabase_url}{path}", headers=headers, **more)

    # -- the checks --------------------------------------------------------------------------------------

    def health(self) -> str:
        """Check that every function answers."""
        for name in self.names:
            answer = self.call(f"{name}/health")
            require(answer.status_code == OK, f"{name}/health answers {answer.status_code}: {answer.text[:200]}")
        return f"{len(self.names)} functions"

    def keys(self) -> str:
        """Check that the project publishes the keys that its tokens are signed with."""
        answer = self.http.get(f"{self.target.supabase_url}/auth/v1/.well-known/jwks.json")
        require(answer.status_code == OK, f"the JWKS address answers {answer.status_code}")
        found = len(answer.json()["keys"])
        require(
            found or self.target.shared_jwt, "the project has no signing keys: set legacyJwtSecret or migrate its keys"
        )
        return f"{found} keys"

    def plans(self) -> str:
        """Check that what is on sale is this catalogue."""
        answer = self.call("billing/plans")
        require(answer.status_code == OK, f"billing/plans answers {answer.status_code}: {answer.text[:200]}")
        shown = {
            plan["slug"]: sorted(
                (each["billing_interval"], each["currency"], each["amount"]) for each in plan["prices"]
            )
            for plan in answer.json()["plans"]
        }
        wanted = {
            slug: sorted(each[1:] for each in prices)
            for slug, prices in catalogue.expected_plans(self.target.catalogue).items()
        }
        require(shown == wanted, f"on sale are {shown}, in the catalogue {wanted}")
        rows = self.supabase(f"/rest/v1/global_config?key=eq.{migrate.CATALOGUE_KEY}&select=value", secret=True).json()
        digest = catalogue.fingerprint(self.target.catalogue)
        require(rows == [{"value": digest}], "the catalogue's files have changed since they were loaded: make deploy")
        return f"{len(shown)} plans, files {digest[:12]}"

    def cross_origin(self) -> str:
        """Check that a browser may call the functions from the configured origins, and from no other."""
        asked = {
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization,content-type",
        }
        allowed = self.target.cors_origins.split(",")[0].strip()
        origin = "https://anywhere.example" if allowed == "*" else allowed
        answer = self.call("generate", "OPTIONS", headers={"origin": origin, **asked})
        require(
            answer.headers.get("access-control-allow-origin") in {origin, "*"}, f"{origin} may not call the functions"
        )
        if allowed != "*":
            other = self.call("generate", "OPTIONS", headers={"origin": "https://anywhere.example", **asked})
            require(not other.headers.get("access-control-allow-origin"), "any origin may call the functions")
        return allowed

    def hook(self) -> str:
        """Check that the sign-up hook refuses unsigned messages, answers signed ones, and knows throw-away domains."""
        require(self.call("signup/hook", "POST", json={}).status_code == UNAUTHORIZED, "an unsigned hook is accepted")
        body, headers = probes.sign_up(self.target.secrets["AUTH_HOOK_SECRET"], "smoke@mailinator.com")
        answer = self.call("signup/hook", "POST", content=body, headers=headers)
        require(answer.status_code == OK, f"a signed hook is answered with {answer.status_code}: {answer.text[:200]}")
        require("error" in answer.json(), "a throw-away mailbox may sign up: is the catalogue loaded?")
        return "unsigned 401, signed 200, throw-away mailbox refused"

    def webhooks(self) -> str:
        """Check that the payment webhooks refuse unsigned messages, and keep a signed one."""
        seen: list[str] = []
        providers: list[str] = self.call("billing/plans").json()["providers"]
        for name in providers:
            answer = self.call(f"payments-webhook/{name}", "POST", json={})
            require(
                answer.status_code == UNAUTHORIZED, f"an unsigned event of {name} is answered with {answer.status_code}"
            )
            secret = self.target.secrets.get(f"{name.upper()}_WEBHOOK_SECRET")
            if secret is None:
                seen.append(f"{name} unsigned 401, not probed: no secret")
                continue
            body, headers = probes.EVENTS[name](secret)
            answer = self.call(f"payments-webhook/{name}", "POST", content=body, headers=headers)
            require(
                answer.status_code == OK,
                f"a signed event of {name} is answered with {answer.status_code}: {answer.text[:200]}",
            )
            seen.append(f"{name} unsigned 401, signed 200")
        return "; ".join(seen) or "no provider is configured"

    def cleanup(self) -> str:
        """Check that the clean-up refuses a caller without its secret, and that the data holds its invariants."""
        asked = {"tasks": ["checks"], "dry_run": True}
        require(
            self.call("cleanup", "POST", json=asked).status_code == UNAUTHORIZED, "clean-up runs without its secret"
        )
        headers = {"authorization": f"Bearer {self.target.secrets['CLEANUP_SECRET']}"}
        answer = self.call("cleanup", "POST", json=asked, headers=headers)
        require(answer.status_code == OK, f"clean-up answers {answer.status_code}: {answer.text[:200]}")
        report = answer.json()
        require(report["complete"] and not report["breaches"], f"checks found violations: {answer.text[:500]}")
        return "without secret 401, checks without violations"

    def address(self) -> str:
        """Check that a forged address is not believed: calls from two of them count as one caller's."""
        left: list[int] = []
        for n in (1, 2):
            answer = self.call("billing/plans", headers={"x-forwarded-for": f"198.51.100.{n}"})
            require("ratelimit" in answer.headers, "billing/plans has no rate limit")
            left.append(int(answer.headers["ratelimit"].split("r=")[1].split(";")[0]))
        require(left[1] < left[0], f"a forged X-Forwarded-For makes another caller: {left}")
        return f"{left[0]}, then {left[1]} calls left"

    def user(self) -> str:
        """Check that a user signs up, gets the starter résumé, is told the price of a text, and deletes the account."""
        user_id = self._sign_up()
        claims = json.loads(base64.urlsafe_b64decode(self.token.split(".")[1] + "=="))
        issuer = self.target.issuer or f"{self.target.supabase_url}/auth/v1"
        require(claims["iss"] == issuer, f"tokens are issued by {claims['iss']}, and expected from {issuer}")
        resume = self._starter_resume()
        answer = self.call(
            "generate?dry_run=true",
            "POST",
            signed_in=True,
            json={"operation": "summary", "resume_id": resume},
            headers={"idempotency-key": str(uuid.uuid4())},
        )
        require(answer.status_code == OK, f"generate?dry_run answers {answer.status_code}: {answer.text[:300]}")
        streams = self._stream(resume)
        self._errors_are_ones_own()
        self._delete(user_id)
        return f"signed up, starter résumé, price told, {streams}, deleted"

    def run(self, only: Collection[str]) -> int:
        """Run the checks, or some of them; print a line for each; return how many failed."""
        checks = (
            self.health,
            self.keys,
            self.plans,
            self.cross_origin,
            self.hook,
            self.webhooks,
            self.cleanup,
            self.address,
            self.user,
        )
        failed = 0
        for check in (each for each in checks if not only or each.__name__ in only):
            started = time.monotonic()
            try:
                seen, word = check(), "ok"
            except (SmokeFailure, httpx.HTTPError, KeyError, ValueError) as error:
                seen, word = (
                    f"{type(error).__name__}: {error}" if not isinstance(error, SmokeFailure) else str(error),
                    "FAILED",
                )
                failed += 1
            print(f"{word:<7}{time.monotonic() - started:5.1f} s  {check.__doc__}\n                {seen}", flush=True)
        return failed

    # -- the parts of `user` -----------------------------------------------------------------------------

    def _sign_up(self) -> str:
        """Make a confirmed user and sign in. Where the project has no admin API (the local stack), sign up."""
        person = {"email": f"smoke-{uuid.uuid4().hex}@example.com", "password": uuid.uuid4().hex}
        made = self.supabase("/auth/v1/admin/users", "POST", secret=True, json={**person, "email_confirm": True})
        self.has_webhook = made.status_code == OK
        path = "token?grant_type=password" if made.status_code == OK else "signup"
        answer = self.supabase(f"/auth/v1/{path}", "POST", json=person)
        require(answer.status_code == OK, f"{path} answers {answer.status_code}: {answer.text[:300]}")
        self.token = answer.json()["access_token"]
        user_id: str = answer.json()["user"]["id"]
        return user_id

    def _starter_resume(self) -> str:
        if not self.has_webhook:
            headers = {"authorization": f"Bearer {self.target.secrets['CLEANUP_SECRET']}"}
            self.call("cleanup", "POST", json={"tasks": ["signups"], "budget_seconds": 20}, headers=headers)
        until = time.monotonic() + PATIENCE
        while not (rows := self.supabase("/rest/v1/resumes?select=id").json()):
            require(time.monotonic() < until, "the new user has no starter résumé: is the database webhook there?")
            time.sleep(0.5)
        resume: str = rows[0]["id"]
        return resume

    def _stream(self, resume: str) -> str:
        """Check that the price is told as a stream, too, where the stage has an address for streams."""
        if not self.target.stream_url:
            return "not as a stream: the stage has no StreamUrl"
        answer = self.http.post(
            f"{self.target.stream_url}/functions/v1/generate?dry_run=true",
            headers={
                "accept": "text/event-stream",
                "apikey": self.target.publishable_key,
                "authorization": f"Bearer {self.token}",
                "idempotency-key": str(uuid.uuid4()),
            },
            json={"operation": "summary", "resume_id": resume},
        )
        kind = answer.headers.get("content-type", "")
        told = kind.startswith("text/event-stream") and probes.events(answer.text)
        require(told == ["result"], f"StreamUrl answers {answer.status_code}, {kind}: {answer.text[:300]}")
        return f"also as a stream at {httpx.URL(self.target.stream_url).host}"

    def _errors_are_ones_own(self) -> None:
        """Two callers of one address get their own error each: nothing between them and the functions caches it."""
        path = f"generate/tasks/{uuid.uuid4()}"
        marks = [uuid.uuid4().hex, uuid.uuid4().hex]
        seen = [self.call(path, signed_in=n == 0, headers={"x-request-id": mark}) for n, mark in enumerate(marks)]
        require(seen[0].status_code != seen[1].status_code, f"a user and a stranger both get {seen[0].status_code}")
        for answer, mark in zip(seen, marks, strict=True):
            require(answer.json()["request_id"] == mark, "somebody's error was shown to somebody else")

    def _delete(self, user_id: str) -> None:
        if "account" in self.names:
            headers = {"idempotency-key": str(uuid.uuid4())}
            answer = self.call("account/delete", "POST", signed_in=True, json={"confirm": True}, headers=headers)
            require(answer.status_code == OK, f"account/delete answers {answer.status_code}: {answer.text[:300]}")
        else:
            path = f"/rest/v1/profiles?id=eq.{user_id}"
            answer = self.supabase(path, "PATCH", secret=True, json={"deleted_at": probes.now().isoformat()})
            require(answer.status_code in {OK, NO_CONTENT}, f"the account cannot be deleted: {answer.text[:300]}")
        require(self.supabase("/rest/v1/resumes?select=id").json() == [], "a deleted account still reads its résumés")


def run(target: Target, *, only: Collection[str] = ()) -> int:
    """Check a stack, or some of it; return how many checks failed."""
    with httpx.Client(timeout=40) as http:
        return Smoke(target, http).run(only)


def main(arguments: list[str] | None = None) -> int:
    """Check a stack; return 1 if a check failed."""
    parser = argparse.ArgumentParser(prog="python -m deploy.smoke", description="Check a deployed stack from outside.")
    parser.add_argument("url", help="address of the functions, without /functions/v1")
    parser.add_argument(
        "--stage", default="", help="take settings and secrets of this stage, instead of the environment"
    )
    options = parser.parse_args(arguments)
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        asked = (
            targets.of_stage(options.stage, options.url)
            if options.stage
            else targets.of_environment(options.url, os.environ)
        )
    except (settings.SettingsError, BotoCoreError, ClientError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyError as error:
        print(f"{error.args[0]} is not set. Name a stage, or take the variables of .local/env", file=sys.stderr)
        return 1
    failed = run(asked)
    print(f"\n{failed} checks failed." if failed else "\nThe stack does what it must.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

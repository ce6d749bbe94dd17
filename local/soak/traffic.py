"""What the people of a soak do: actions of one or several requests, chosen at random."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import httpx

from functions._shared.domain.resume.json_resume import from_json_resume
from local.demo.practice import ANSWERS
from local.soak.people import Broken, Person

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from local.providers.server import ProviderServer
    from local.soak.people import Network

DATA: Final = Path(__file__).resolve().parents[2] / "tests" / "data"
RESUME: Final = DATA / "json_resume" / "full-backend-engineer.json"
JOB: Final = DATA / "jobs" / "backend-engineer.txt"
FILE: Final = DATA / "import" / "dev" / "engineer_two_equal.pdf"
NOTES: Final = (
    "I was responsible for the on-call rotation of 4 teams. Helped to move 120 cron jobs to Kubernetes. "
    "Did the hiring interviews for 3 backend positions."
)
CREDITS: Final = 2000
ASYNC_SHARE: Final = 0.25
FORMATS: Final = ("pdf", "docx", "markdown", "text", "png")
# How often each action is taken, of 100.
WEIGHTS: Final = {
    "sign_up": 5,
    "save": 28,
    "generate": 22,
    "import": 6,
    "scan": 8,
    "export": 8,
    "buy": 6,
    "interview": 5,
    "share": 12,
}


@cache
def _content() -> dict[str, Any]:
    return from_json_resume(json.loads(RESUME.read_text())).model_dump(mode="json", exclude_unset=True)


@cache
def _job() -> dict[str, str]:
    return {"title": "Senior Backend Engineer", "description": JOB.read_text()}


@cache
def _file() -> bytes:
    return FILE.read_bytes()


class Traffic:
    """The people, and what they do.

    Parameters
    ----------
    network
        Sends their requests.
    providers
        Where they pay.
    seed
        The same seed makes the same choices.
    """

    def __init__(self, network: Network, providers: ProviderServer, seed: int = 1) -> None:
        self.network, self.providers = network, providers
        self.memory = network.memory
        self.people: list[Person] = []
        self.random = random.Random(seed)  # noqa: S311 - no secret
        self._actions: dict[str, Callable[[Person], Awaitable[None]]] = {
            "save": self._save,
            "generate": self._generate,
            "import": self._import,
            "scan": self._scan,
            "export": self._export,
            "buy": self._buy,
            "interview": self._interview,
            "share": self._share,
        }

    def choose(self) -> str:
        """Return the action that somebody takes next."""
        return self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]

    async def act(self, action: str) -> str:
        """Let somebody take an action; return what stopped it, or nothing."""
        try:
            if action == "sign_up":
                await self.sign_up()
            else:
                await self._actions[action](self.random.choice(self.people))
        except Broken as broken:
            return f"{broken.answer.status} {broken.answer.code}"
        return ""

    async def sign_up(self, *, rich: bool = False) -> None:
        """Sign somebody up with a résumé, and with credits if they are `rich`."""
        number = self.random.randrange(1_000_000)
        person = Person(self.network, number)
        key = {"apikey": self.network.stack.publishable_key}
        login = {"email": f"{uuid4().hex}@example.com", "password": "correct horse battery"}
        answer = await self.network.send(
            "sign_up", number, "POST", "/auth/v1/signup", headers=key, json={**login, "data": {"full_name": "Ada"}}
        )
        if not answer.is_success:
            raise Broken(answer)
        person.token, person.id = answer.json["access_token"], answer.json["user"]["id"]
        row = {"title": "Mine", "content": _content()}
        [made] = await person.ask(
            "sign_up",
            "POST",
            "/rest/v1/resumes?select=id,version,content",
            row,
            headers={"Prefer": "return=representation"},
        )
        person.resume_id, person.version, person.content = made["id"], made["version"], made["content"]
        if rich:
            grant = {"p_user_id": person.id, "p_source": "promo", "p_amount": CREDITS, "p_key": f"soak:{person.id}"}
            await person.ask(
                "sign_up",
                "POST",
                "/rest/v1/rpc/credits_grant",
                grant,
                headers={"apikey": self.network.stack.secret_key, "Authorization": ""},
            )
        self.people.append(person)

    async def _save(self, person: Person) -> None:
        await person.ask("save", "GET", "/rest/v1/resumes?select=id,title,updated_at&order=updated_at.desc&limit=10")
        summary = f"Backend engineer. Saved as {uuid4()}."
        arguments = {
            "id": person.resume_id,
            "base_version": person.version,
            "content": {**person.content, "summary": summary},
            "change_type": "manual",
            "summary": "Edited",
        }
        try:
            row = await person.ask("save", "POST", "/rest/v1/rpc/resume_save", arguments)
        except Broken as broken:
            # Another tab was faster, or an answer was lost: start again from what is stored.
            [row] = await person.ask("save", "GET", f"/rest/v1/resumes?select=version&id=eq.{person.resume_id}")
            person.version = max(person.version, row["version"])
            raise broken from None
        person.version = max(person.version, row["version"])
        known = self.memory.saved.get(person.resume_id, (0, ""))
        self.memory.saved[person.resume_id] = max(known, (row["version"], summary))

    async def _generate(self, person: Person) -> None:
        path = "/functions/v1/generate"
        kind = self.random.random()
        wanted: dict[str, Any] = {"operation": "summary", "resume_id": person.resume_id, "input": {}}
        if kind < 0.5:  # noqa: PLR2004 - one half each
            wanted = {**wanted, "operation": "bullets", "input": {"experience": 0, "notes": NOTES}}
        if self.random.random() < ASYNC_SHARE:
            task = await person.pay("generate", path, wanted, Prefer="respond-async")
            if "id" in task:
                self.memory.tasks.append((person, task["id"]))
            return
        await person.pay("generate", path, wanted)

    async def _import(self, person: Person) -> None:
        path = f"{person.id}/{uuid4()}.pdf"
        await person.ask(
            "import",
            "POST",
            f"/storage/v1/object/resumes/{path}",
            content=_file(),
            headers={"content-type": "application/pdf"},
        )
        row = {"file_name": FILE.name, "path": path, "file_size_bytes": len(_file())}
        [upload] = await person.ask(
            "import", "POST", "/rest/v1/resume_uploads", row, headers={"Prefer": "return=representation"}
        )
        done = await person.pay("import", "/functions/v1/resume-import", {"upload_id": upload["id"]})
        made = done["result"]["resume_id"]
        await person.ask("import", "DELETE", f"/rest/v1/resumes?id=eq.{made}")

    async def _scan(self, person: Person) -> None:
        await person.pay("scan", "/functions/v1/ats-scan", {"resume_id": person.resume_id, "job": _job()})

    async def _export(self, person: Person) -> None:
        form = self.random.choice(FORMATS)
        made = await person.ask(
            "export", "POST", "/functions/v1/resume-export", {"resume_id": person.resume_id, "format": form}
        )
        place = httpx.URL(made["url"]).raw_path.decode()
        await person.ask("export", "GET", place)

    async def _buy(self, person: Person) -> None:
        order = (await person.pay("buy", "/functions/v1/billing/checkout", {"kind": "pack", "item": "pack_20"}))[
            "order"
        ]
        provider_id = order["provider_order_id"]
        async with httpx.AsyncClient(timeout=120) as bank:
            paid = (await bank.post(f"{self.providers.url}/pay/{provider_id}")).raise_for_status().json()
        self.memory.payments[provider_id] = person.id
        self.memory.undelivered += sum(each["status"] != httpx.codes.OK for each in paid["delivered"])
        await person.ask("buy", "POST", "/functions/v1/billing/verify", paid["claim"])

    async def _interview(self, person: Person) -> None:
        path = "/functions/v1/interview"
        wanted = {"resume_id": person.resume_id, "job": _job(), "questions": 2}
        interview = (await person.pay("interview", path, wanted))["result"]
        question, place = interview["current"], f"{path}/{interview['id']}"
        for answer in self.random.sample(ANSWERS, 2):
            if question is None:
                break
            turn = {"question": question["number"], "answer": answer}
            question = (await person.pay("interview", f"{place}/turns", turn))["result"]["next"]
        await person.pay("interview", f"{place}/complete", {})

    async def _share(self, person: Person) -> None:
        if not person.slug:
            [row] = await person.ask(
                "share",
                "PATCH",
                f"/rest/v1/resumes?id=eq.{person.resume_id}&select=share_slug",
                {"is_public": True},
                headers={"Prefer": "return=representation"},
            )
            person.slug = row["share_slug"]
        place = f"/functions/v1/share/{person.slug}{self.random.choice(('', '/json'))}"
        answer = await self.network.send(
            "share", self.random.randrange(1_000_000), "GET", place, headers={"Accept": "text/html"}
        )
        if not answer.is_success:
            raise Broken(answer)

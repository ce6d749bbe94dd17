"""The Python of the documents: the client's runs on the stack; the function of docs/writing-a-function.md is declared."""

from __future__ import annotations

import subprocess
import sys
import typing
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

import pytest

from functions._shared.edge import FunctionApp
from local import documents
from supabase import create_client

if TYPE_CHECKING:
    from local.stack import Stack

ROOT: Final = Path(__file__).resolve().parents[3]
LETTERS: Final = "docs/writing-a-function.md"
BLOCKS: Final = [block for block in documents.blocks() if block.language == "python"]
# What the page leaves to its reader: the shapes of the example, and the imports of its second and later blocks.
SCHEMAS: Final = """
from pydantic import BaseModel
from uuid import UUID
class LetterRequest(BaseModel):
    job_id: UUID
class Letter(BaseModel):
    id: str
    text: str
class Letters(BaseModel):
    letters: list[Letter]
class ListQuery(BaseModel):
    limit: int = 20
"""
SERVICE: Final = """
from pydantic import BaseModel
from functions._shared.domain.effects import KeepDocument
from functions._shared.flows.metered import Hold, run_paid
from functions._shared.ports.ledger import Ledger
from functions._shared.ports.model import Model
from functions._shared.ports.request import PaidAnswer, PaidCall
from functions.letters.schemas import Letter, LetterRequest
class Draft(BaseModel):
    text: str
def prompt(job): ...
async def recent(rows, query): ...
async def receive(raw, headers): ...
"""
MORE: Final = """
from functions._shared import wiring
from functions._shared.edge import Call, FunctionApp
from functions._shared.edge.queue import consumer, lambda_handler
from functions._shared.domain.tasks import Part, TaskPlan
from functions._shared.flows.task import RunningTask, open_task, run_task
from functions._shared.ports.request import Deadline, PaidAnswer, TaskAnswer
from functions.letters import service
from functions.letters.schemas import Letter, LetterRequest
_ERRORS = ()
app = FunctionApp("letters", summary="Cover letters")
"""


def test_the_client_calls_the_functions_at_their_own_address(stack: Stack) -> None:
    (block,) = [each for each in BLOCKS if each.document == "docs/clients.md"]
    names: dict[str, Any] = {
        "create_client": create_client,
        "SUPABASE_URL": "http://127.0.0.1:9",
        "FUNCTIONS_URL": stack.url,
        "key": stack.publishable_key,
    }
    exec(block.code, names)
    assert b'"plans"' in names["client"].functions.invoke("billing/plans", {"method": "GET"})


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The modules of `functions.letters`, made of the page's blocks."""
    handler, service, tasks_route, tasks = (block.code for block in BLOCKS if block.document == LETTERS)
    sources = {
        "": "",
        ".schemas": SCHEMAS,
        ".service": SERVICE + service,
        ".handler": handler,
        ".task_route": MORE + tasks_route,
        ".tasks": MORE + tasks,
    }
    made: dict[str, ModuleType] = {}
    for name, source in sources.items():
        module = made[name] = ModuleType(f"functions.letters{name}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(source, module.__name__, "exec", flags=annotations.compiler_flag), module.__dict__)
        if name:
            setattr(made[""], name[1:], module)
        # No name of the code is unknown.
        checked = subprocess.run(
            [Path(sys.executable).parent / "ruff", "check", "--isolated", "--select", "F821,F811", "-"],
            input=source,
            capture_output=True,
            text=True,
            check=False,
        )
        assert checked.returncode == 0, checked.stdout
    return made


def test_the_function_of_the_page_declares_its_routes(letters: dict[str, ModuleType]) -> None:
    app = letters[".handler"].app
    assert isinstance(app, FunctionApp)
    assert {(spec.method, spec.path) for spec in app.specs} >= {("POST", "/"), ("GET", "/"), ("POST", "/hook")}
    assert callable(letters[".handler"].handler)
    assert callable(letters[".tasks"].handler)
    routes = {(spec.method, spec.path) for spec in letters[".task_route"].app.specs}
    assert ("POST", "/") in routes
    assert any(method == "DELETE" and "tasks" in path for method, path in routes)
    hints = typing.get_type_hints(letters[".service"].write)
    assert {"request", "call", "ledger", "model", "return"} == set(hints)

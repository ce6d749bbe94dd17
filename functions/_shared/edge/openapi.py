"""The OpenAPI 3.1 description of a function, built from its routes, models and errors. Called by `FunctionApp`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic.json_schema import models_json_schema

from functions import __version__
from functions._shared.domain import errors
from functions._shared.domain.metering import Receipt
from functions._shared.edge.events import MEDIA_TYPE as EVENT_STREAM
from functions._shared.edge.problem import MEDIA_TYPE, TYPE_PREFIX
from functions._shared.edge.route import PREFIX, Auth
from functions._shared.edge.tasks import TaskState

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaMode

    from functions._shared.domain.errors import DomainError
    from functions._shared.edge.route import RouteSpec

    Schemas = dict[tuple[type[BaseModel], JsonSchemaMode], dict[str, Any]]

_REF: Final = "#/components/schemas/{model}"
_PARAMETER: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")

_PATH_SCHEMAS: Final = {"int": {"type": "integer"}, "uuid": {"type": "string", "format": "uuid"}}

_ALWAYS: Final = (errors.InternalError, errors.DeadlineExceeded)
_WITH_USER: Final = (
    errors.MissingToken,
    errors.InvalidToken,
    errors.ExpiredToken,
    errors.IdentityUnavailable,
)
_WITH_SECRET: Final = (errors.MissingToken, errors.InvalidToken)
_WITH_BODY: Final = (
    errors.InvalidJson,
    errors.PayloadTooLarge,
    errors.UnsupportedMediaType,
    errors.ValidationFailed,
)
_WITH_KEY: Final = (errors.InvalidIdempotencyKey, errors.IdempotencyConflict)
_WHEN_PAID: Final = (
    errors.ValidationFailed,
    errors.InsufficientCredits,
    errors.AccountInactive,
    errors.ConsentRequired,
    errors.UserNotFound,
    errors.InProgress,
    errors.HoldLost,
    errors.ReplayGone,
    errors.UnknownOperation,
    errors.RateLimited,
    errors.TooManyReleases,
    errors.SpendCeilingReached,
    errors.DatabaseUnavailable,
)
_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": "RFC 9457 problem details. Branch on `code`. Some errors add more members.",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri", "examples": [TYPE_PREFIX + "insufficient_credits"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
    },
}
_IDEMPOTENCY_HEADER: Final[dict[str, Any]] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Makes retries safe: a request with the same key and body is carried out and charged once. "
    "Without this header, a new key is generated. The response returns the key.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
_KEY_RETURNED: Final[dict[str, Any]] = {
    "description": "The key of this request. Send it again to retry.",
    "schema": {"type": "string"},
}
_DRY_RUN: Final[dict[str, Any]] = {
    "name": "dry_run",
    "in": "query",
    "description": "Return the receipt that the call would produce, and change nothing.",
    "schema": {"type": "boolean", "default": False},
}


_PREFER: Final[dict[str, Any]] = {
    "name": "Prefer",
    "in": "header",
    "description": "`respond-async`: answer with a task at once instead of waiting for the result (RFC 7240).",
    "schema": {"type": "string"},
}
_EVENTS: Final[dict[str, Any]] = {
    "type": "string",
    "description": "With `Accept: text/event-stream`: events `status` and `delta`, then one `result` with the JSON "
    "document of the plain answer, or one `error` with problem details.",
}


def errors_of(spec: RouteSpec) -> list[type[DomainError]]:
    """List every error that a route can return, including the edge's own, by status and code."""
    takes_bytes = spec.request is None and spec.method in {"POST", "PUT", "PATCH"}
    groups: tuple[tuple[bool, tuple[type[DomainError], ...]], ...] = (
        (spec.auth is Auth.USER, _WITH_USER),
        (spec.auth is Auth.SECRET, _WITH_SECRET),
        (spec.request is not None, _WITH_BODY),
        (takes_bytes, (errors.PayloadTooLarge,)),
        (takes_bytes and bool(spec.media_types), (errors.UnsupportedMediaType,)),
        ("{" in spec.path, (errors.NotFound,)),
        (spec.query is not None, (errors.ValidationFailed,)),
        (spec.reads_key, _WITH_KEY),
        (spec.paid, _WHEN_PAID),
        (spec.tasks, (errors.TooManyTasks,)),
        (spec.per_minute is not None, (errors.RateLimited,)),
    )
    classes: set[type[DomainError]] = {*_ALWAYS, *spec.errors}
    classes.update(*(group for applies, group in groups if applies))
    return sorted(classes, key=lambda error: (error.status, error.code))


def describe(function: str, summary: str, specs: list[RouteSpec]) -> bytes:
    """Describe a function.

    Parameters
    ----------
    function : str
        Name of the function.
    summary : str
        One line about the function.
    specs : list of RouteSpec
        Its routes.

    Returns
    -------
    bytes
        An OpenAPI 3.1 document as JSON.
    """
    schemas, components = _collect(specs)
    paths: dict[str, dict[str, Any]] = {}
    for spec in specs:
        path = PREFIX + function + ("" if spec.path == "/" else _PARAMETER.sub(r"{\1}", spec.path))
        paths.setdefault(path, {})[spec.method.lower()] = _operation(function, spec, schemas)
    document = {
        "openapi": "3.1.0",
        "info": {"title": f"Resumebase {function}", "version": __version__, "summary": summary},
        "paths": paths,
        "components": {
            "schemas": {**components, "Problem": _PROBLEM},
            "securitySchemes": {
                "user": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "secret": {"type": "http", "scheme": "bearer"},
            },
        },
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _collect(specs: list[RouteSpec]) -> tuple[Schemas, dict[str, Any]]:
    models: set[tuple[type[BaseModel], JsonSchemaMode]] = set()
    for spec in specs:
        if spec.request is not None:
            models.add((spec.request, "validation"))
        if spec.response is not None:
            models.add((spec.response, "serialization"))
        if spec.paid:
            models.add((Receipt, "serialization"))
        if spec.tasks:
            models.add((TaskState, "serialization"))
    ordered = sorted(models, key=lambda pair: (pair[0].__qualname__, pair[1]))
    schemas, definitions = models_json_schema(ordered, ref_template=_REF)
    return cast("Schemas", schemas), definitions.get("$defs", {})


def _operation(function: str, spec: RouteSpec, schemas: Schemas) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{function}_{spec.method}_{spec.path}".lower().strip("/").replace("/", "_"),
        "summary": spec.summary,
        "tags": [function],
        "parameters": _parameters(spec),
        "responses": _responses(spec, schemas),
    }
    if spec.auth in {Auth.USER, Auth.SECRET}:
        operation["security"] = [{spec.auth.value: []}]
    if spec.request is not None:
        content = {"application/json": {"schema": schemas[spec.request, "validation"]}}
        operation["requestBody"] = {"required": True, "content": content}
    elif spec.media_types:
        operation["requestBody"] = {"required": True, "content": {kind: {} for kind in spec.media_types}}
    return operation


def _parameters(spec: RouteSpec) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = []
    for name, kind in _PARAMETER.findall(spec.path):
        schema = _PATH_SCHEMAS.get(kind, {"type": "string"})
        parameters.append({"name": name, "in": "path", "required": True, "schema": schema})
    if spec.query is not None:
        query = spec.query.model_json_schema(ref_template=_REF)
        required = query.get("required", ())
        parameters.extend(
            {"name": name, "in": "query", "required": name in required, "schema": value}
            for name, value in query["properties"].items()
        )
    if spec.reads_key:
        parameters.append(_IDEMPOTENCY_HEADER)
    if spec.paid:
        parameters.append(_DRY_RUN)
    if spec.tasks:
        parameters.append(_PREFER)
    return parameters


def _responses(spec: RouteSpec, schemas: Schemas) -> dict[str, Any]:
    success: dict[str, Any] = {"description": spec.summary or "Done."}
    shape: dict[str, Any] | None = schemas[spec.response, "serialization"] if spec.response else None
    headers = {"Idempotency-Key": _KEY_RETURNED} if spec.reads_key else {}
    if spec.paid:
        shape = {
            "type": "object",
            "required": ["result", "receipt"],
            "properties": {
                "result": {"anyOf": [shape or {}, {"type": "null"}]},  # null on a dry run
                "receipt": schemas[Receipt, "serialization"],
            },
        }
        headers["Idempotency-Replayed"] = {
            "description": "`true` if this is the stored answer of an earlier request.",
            "schema": {"type": "string"},
        }
    if headers:
        success["headers"] = headers
    if spec.produces is not None:
        success["content"] = {spec.produces: {}}
    elif shape is not None:
        success["content"] = {"application/json": {"schema": shape}}
    if spec.streams:
        success["content"][EVENT_STREAM] = {"schema": _EVENTS}
    responses: dict[str, Any] = {str(spec.status): success}
    if spec.tasks:
        responses["202"] = {
            "description": "A task, which is done later.",
            "headers": {**headers, "Location": {"description": "The task.", "schema": {"type": "string"}}},
            "content": {"application/json": {"schema": schemas[TaskState, "serialization"]}},
        }
    by_status: dict[int, list[type[DomainError]]] = {}
    for error in errors_of(spec):
        by_status.setdefault(error.status, []).append(error)
    for status, group in by_status.items():
        code = {"type": "string", "enum": [error.code for error in group]}
        problem = {"$ref": _REF.format(model="Problem")}
        responses[str(status)] = {
            "description": "\n".join(f"`{error.code}`: {error.title}" for error in group),
            "content": {MEDIA_TYPE: {"schema": {"allOf": [problem, {"properties": {"code": code}}]}}},
        }
        if spec.produces == "text/html":  # a page for people says it on a page
            responses[str(status)]["content"]["text/html"] = {}
    return responses

"""Requests and results of `generate`, derived from the registry in `operations`.

The request is a union of the operations and their batch, by ``operation``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidatorFunctionWrapHandler, model_validator

from functions._shared.domain.errors import UnknownOperation
from functions._shared.domain.metering import Receipt
from functions.generate.operations import REGISTRY
from functions.generate.requests import Input, Request, names_of

if TYPE_CHECKING:
    AnyRequest = Request
    OneResult = BaseModel
else:
    AnyRequest = Union[tuple(each.request for each in REGISTRY.values())]  # noqa: UP007 - a value, used at run time
    OneResult = Union[tuple(dict.fromkeys(each.result for each in REGISTRY.values()))]  # noqa: UP007 - as above

MAX_BATCH: Final = 20
"""Requests of a batch. The database knows this number, too (`private.release_task`)."""


class BatchInput(Input):
    """The requests of a batch. Each is charged by itself."""

    requests: Annotated[
        list[Annotated[AnyRequest, Field(discriminator="operation")]], Field(min_length=1, max_length=MAX_BATCH)
    ]


class BatchRequest(BaseModel):
    """Write several texts, as a task."""

    model_config = ConfigDict(extra="forbid")

    operation: Literal["batch"]
    input: BatchInput


_SLUGS: Final = (*REGISTRY, *names_of(BatchRequest))
_NAMES: Final = frozenset(_SLUGS).union(*(each.aliases for each in REGISTRY.values()))


class GenerateRequest(RootModel[Annotated[Union[AnyRequest, BatchRequest], Field(discriminator="operation")]]):  # noqa: UP007 - a value, used at run time
    """A request to `generate`."""

    @model_validator(mode="wrap")
    @classmethod
    def _known(cls, value: Any, validate: ValidatorFunctionWrapHandler) -> GenerateRequest:  # noqa: ANN401 - any JSON
        operation = value.get("operation") if isinstance(value, dict) else None
        if isinstance(operation, str) and operation not in _NAMES:
            raise UnknownOperation(f"The operations are: {', '.join(sorted(_SLUGS))}.")
        request: GenerateRequest = validate(value)
        return request


class GenerateResult(RootModel[OneResult]):
    """The result of one operation."""


class BatchItem(BaseModel):
    """The answer to one request of a batch: ``result`` and ``receipt``, or ``error``.

    Attributes
    ----------
    error : dict or None
        Problem details. Nothing was charged for this one.
    """

    result: GenerateResult | None = None
    receipt: Receipt | None = None
    error: dict[str, Any] | None = None


class BatchResult(BaseModel):
    """The result of a batch: the answers in the order of its requests."""

    items: list[BatchItem]


class AnyResult(RootModel[Union[OneResult, BatchResult]]):  # noqa: UP007 - a value, used at run time
    """The result of a `GenerateRequest`; a `BatchResult` comes with its task."""

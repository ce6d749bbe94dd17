"""Requests and answers of `admin`. Rows come as the database has them: times in UTC, amounts in the smallest unit."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, StrictInt

Reason = Annotated[str, Field(min_length=3, max_length=500)]
Row = dict[str, Any]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


# -- what is asked for ----------------------------------------------------------------------------------------


class ReadQuery(_Strict):
    """Every read may say why; the audit log keeps it."""

    reason: Reason | None = None


class PageQuery(ReadQuery):
    """A page of rows. Send the `next` of the page before as `before`."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    before: Annotated[str, Field(max_length=500)] | None = None


class MetricQuery(ReadQuery):
    """Rows of a metric. Send the `next` of the page before as `before`."""

    limit: Annotated[int, Field(ge=1, le=1000)] = 1000
    before: Annotated[str, Field(max_length=500)] | None = None


class UsersQuery(PageQuery):
    """Users, newest first, or those whose address begins so."""

    email: Annotated[str, Field(min_length=2, max_length=320)] | None = None


class FeedbackQuery(PageQuery):
    """Feedback of a category or a user."""

    category: Literal["bug", "feature_request", "general", "praise", "complaint"] | None = None
    user_id: UUID | None = None


class EventQuery(PageQuery):
    """System events of the last days."""

    event_type: Annotated[str, Field(max_length=100)] | None = None
    severity: Literal["info", "warning", "error"] | None = None
    user_id: UUID | None = None
    days: Annotated[int, Field(ge=1, le=366)] = 30


class AuditQuery(PageQuery):
    """The audit log of the last days."""

    action: Annotated[str, Field(max_length=100)] | None = None
    actor_id: UUID | None = None
    user_id: UUID | None = None
    days: Annotated[int, Field(ge=1, le=366)] = 30


class WebhookQuery(PageQuery):
    """The inbox of payment events."""

    status: Literal["failed", "all"] = "failed"
    event_id: Annotated[str, Field(max_length=320)] | None = None


class TaskQuery(PageQuery):
    """Tasks that failed, or that are open."""

    status: Literal["failed", "open"] = "failed"


class ChangeRequest(_Strict):
    """Every change says why."""

    reason: Reason


class CreditsRequest(ChangeRequest):
    """Credits to give, or with a minus to take."""

    amount: Annotated[StrictInt, Field(ge=-1_000_000, le=1_000_000)]


class PlanRequest(ChangeRequest):
    """A plan given for nothing until a moment, or for good; null ends it."""

    plan: Annotated[str, Field(max_length=40)] | None
    until: AwareDatetime | None = None


class SuspensionRequest(ChangeRequest):
    """Whether the account is to be suspended."""

    suspended: StrictBool


class ReviewRequest(ChangeRequest):
    """An entry of the payments that wait for a person."""

    code: Annotated[str, Field(max_length=100)]
    subject: Annotated[str, Field(max_length=500)]


# -- what is answered -----------------------------------------------------------------------------------------


class Me(BaseModel):
    """What the caller may do."""

    role: str
    permissions: list[str]
    metrics: list[str]


class Rows(BaseModel):
    """A page of rows; `next` is null at the end."""

    rows: list[Row]
    next: str | None


class User(BaseModel):
    """An account: everything about it but résumés, jobs and documents. `plans` are those that can be given."""

    profile: Row
    entitlements: Row | None
    admin_role: str | None
    subscriptions: list[Row]
    ledger: list[Row]
    receipts: list[Row]
    usage: list[Row]
    plans: list[str]
    stored: dict[str, int]


class Metric(BaseModel):
    """A metric: rows of sql/reports/<name>.sql; `next` is null at the end."""

    about: str
    columns: list[str]
    rows: list[Row]
    next: str | None


class Retention(BaseModel):
    """How long each kind of data is kept, and the last runs of the clean-up."""

    rows: list[Row]
    runs: list[Row]


class LastChecks(BaseModel):
    """When the clean-up last checked the invariants, and what it found."""

    at: datetime
    result: Row


class Invariants(BaseModel):
    """The names of all invariants, and the last check; null if there was none."""

    rows: list[str]
    last: LastChecks | None


class Changed(BaseModel):
    """What came of a change. `replayed`: it was done before, under the same key."""

    result: Row
    replayed: bool = False

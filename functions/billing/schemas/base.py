"""Types that several schemas of `billing` share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
WebAddress = Annotated[str, Field(pattern=r"^https?://", max_length=2000)]
Short = Annotated[str, Field(min_length=1, max_length=300)]


class Strict(BaseModel):
    """Base of all requests: an unknown field is an error."""

    model_config = ConfigDict(extra="forbid")

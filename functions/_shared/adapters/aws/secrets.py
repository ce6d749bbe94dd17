"""Secrets by reference: the environment says where a secret lies, AWS is asked when it is needed.

A variable holds ``ssm:/resumebase/prod/supabase-secret-key`` (Parameter Store, decrypted) or
``secretsmanager:resumebase/prod/stripe-webhook-secret`` (Secrets Manager, the current version;
``…#AWSPREVIOUS`` for the one before). Values are kept by Powertools for some minutes of wall time, which goes on while
a container is frozen, so a rotated secret is taken up without a deployment.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.errors import SecretsUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aws_lambda_powertools.utilities.parameters.base import BaseProvider

MAX_AGE: Final = 300
"""Seconds for which a value is used without asking again, where ``POWERTOOLS_PARAMETERS_MAX_AGE`` says nothing: a
rotation has taken effect everywhere after that."""
RETRY_AFTER: Final = 15.0
"""Seconds for which AWS is left alone after it failed, while the last known value serves."""
_NOT_FOUND: Final = frozenset({"ParameterNotFound", "ResourceNotFoundException"})


class SecretReader:
    """Reads secrets by the names of their variables; what is no reference is the secret itself.

    Parameters
    ----------
    environ : mapping of str to str
        Names to references.
    clock : callable
        Wall time in seconds.
    """

    def __init__(self, environ: Mapping[str, str], clock: Callable[[], float] = time.time) -> None:
        self._environ = environ
        self._max_age = int(environ.get("POWERTOOLS_PARAMETERS_MAX_AGE", MAX_AGE))
        self._clock = clock
        self._providers: dict[tuple[str, str], BaseProvider] = {}
        self._last: dict[str, str | None] = {}
        self._not_before: dict[str, float] = {}
        self._given: dict[str, str | None] = {}
        self._changes = 0

    def __call__(self, name: str) -> str | None:
        """Give a secret, or ``None`` where there is none.

        Raises
        ------
        SecretsUnavailable
            AWS does not give it, and it has not been read before.
        """
        value = self._environ.get(name)
        if value is None:
            return None
        store, _, rest = value.partition(":")
        if store not in {"ssm", "secretsmanager"}:
            return value
        # While it is known to be absent, or AWS is failing, the answer stays what it was.
        waits = value in self._last and self._clock() < self._not_before.get(value, 0.0)
        found = self._last[value] if waits else self._ask(value, store, rest)
        if self._given.setdefault(name, found) != found:
            self._given[name] = found
            self._changes += 1
        return found

    def changes(self) -> int:
        """Count how often a secret turned out to be another than before; each that was read is looked at again.

        That costs a look into the cache, and a request where the cached value is too old.
        """
        for name in tuple(self._given):
            self(name)
        return self._changes

    def _ask(self, reference: str, store: str, rest: str) -> str | None:
        from aws_lambda_powertools.utilities.parameters import GetParameterError

        identifier, _, stage = rest.partition("#")
        options: dict[str, Any] = {"decrypt": True} if store == "ssm" else {}
        if stage:
            options["VersionStage"] = stage
        try:
            found = self._provider(store, stage).get(identifier, max_age=self._max_age, **options)
        except GetParameterError as error:
            if _code(error) in _NOT_FOUND:
                self._last[reference] = None
                self._not_before[reference] = self._clock() + self._max_age
                return None
            if reference in self._last:
                self._not_before[reference] = self._clock() + RETRY_AFTER
                return self._last[reference]
            raise SecretsUnavailable from error
        self._last[reference] = text = found.decode() if isinstance(found, bytes) else str(found)
        return text

    def _provider(self, store: str, stage: str) -> BaseProvider:
        """Make a provider on first use. Its cache does not tell versions apart, so each stage has its own."""
        if (store, stage) not in self._providers:
            from aws_lambda_powertools.utilities.parameters import SecretsProvider, SSMProvider
            from botocore.config import Config

            # A request waits for this: the defaults would try for minutes.
            config = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 3, "mode": "standard"})
            make = SSMProvider if store == "ssm" else SecretsProvider
            self._providers[store, stage] = make(boto_config=config)
        return self._providers[store, stage]


def has_references(environ: Mapping[str, str]) -> bool:
    """Tell whether any variable is a reference; without one, nothing of AWS is needed."""
    return any(value.startswith(("ssm:", "secretsmanager:")) for value in environ.values())


def _code(error: BaseException) -> str | None:
    """AWS's code of a failure. Powertools keeps the SDK's exception as the context of its own."""
    response = getattr(error.__context__, "response", None)
    return response["Error"]["Code"] if response else None

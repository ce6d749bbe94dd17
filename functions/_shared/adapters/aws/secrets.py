"""Secrets by reference: environment variables say where each secret is stored, and AWS is asked on demand.

A variable holds ``ssm:/resumebase/prod/supabase-secret-key`` (Parameter Store, decrypted) or
``secretsmanager:resumebase/prod/stripe-webhook-secret`` (Secrets Manager, the current version; ``…#AWSPREVIOUS`` for
the previous one). Powertools caches values for some minutes of wall time, which includes the time that a container is
frozen, so a rotated secret takes effect without a deployment. One call reads all parameters of a function: an account
has 40 reads per second, and a cold start that read them one by one would use up several. Built by the wiring for the
settings.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from functions._shared import logs
from functions._shared.domain.errors import SecretsUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_AGE: Final = 300
"""Seconds for which a value is cached, unless ``POWERTOOLS_PARAMETERS_MAX_AGE`` says otherwise. A rotation takes effect
everywhere within this time."""
RETRY_AFTER: Final = 15.0
"""Seconds to wait after a failure of AWS before asking again; the last value is used in the meantime."""
_NOT_FOUND: Final = frozenset({"ParameterNotFound", "ResourceNotFoundException"})


class SecretReader:
    """Reads secrets by the names of their variables. A value that is not a reference is the secret itself.

    Parameters
    ----------
    environ : mapping of str to str
        Variable names with their references.
    clock : callable
        Wall time in seconds.
    """

    def __init__(self, environ: Mapping[str, str], clock: Callable[[], float] = time.time) -> None:
        self._environ = environ
        self._max_age = int(environ.get("POWERTOOLS_PARAMETERS_MAX_AGE", MAX_AGE))
        self._clock = clock
        self._providers: dict[tuple[str, str], Any] = {}
        self._last: dict[str, str | None] = {}
        self._not_before: dict[str, float] = {}
        self._returned: dict[str, str | None] = {}
        self._changes = 0

    def __call__(self, name: str) -> str | None:
        """Return a secret, or None if there is none.

        Raises
        ------
        SecretsUnavailable
            AWS did not return the secret, and it has not been read before.
        """
        value = self._environ.get(name)
        if value is None:
            return None
        store, _, rest = value.partition(":")
        if store not in {"ssm", "secretsmanager"}:
            return value
        # While the secret is known to be absent or AWS is failing, repeat the last answer.
        is_waiting = value in self._last and self._clock() < self._not_before.get(value, 0.0)
        secret = self._last[value] if is_waiting else self._ask(value, store, rest)
        if self._returned.setdefault(name, secret) != secret:
            self._returned[name] = secret
            self._changes += 1
        return secret

    def changes(self) -> int:
        """Return how many secret rotations have been seen, after checking every secret that has been read.

        A check reads the cache, and asks AWS if the cached value is too old.
        """
        for name in tuple(self._returned):
            self(name)
        return self._changes

    def _ask(self, reference: str, store: str, rest: str) -> str | None:
        from aws_lambda_powertools.utilities.parameters import GetParameterError
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            if store == "ssm":
                self._ask_for_parameters()
            else:
                identifier, _, stage = rest.partition("#")
                options = {"VersionStage": stage} if stage else {}
                value = self._provider(store, stage).get(identifier, max_age=self._max_age, **options)
                self._last[reference] = value.decode() if isinstance(value, bytes) else str(value)
        except (GetParameterError, BotoCoreError, ClientError) as error:
            if _code(error) in _NOT_FOUND:
                self._mark_absent(reference)
                return None
            if reference in self._last:
                self._not_before[reference] = self._clock() + RETRY_AFTER
                return self._last[reference]
            logs.logger().error("secret_unavailable", extra={"reference": reference, "code": _code(error)})
            raise SecretsUnavailable from error
        return self._last[reference]

    def _ask_for_parameters(self) -> None:
        """Read every parameter that is not known to be absent; what is in the cache is not asked for."""
        names: dict[str, dict[str, Any]] = {
            value.removeprefix("ssm:"): {}
            for value in self._environ.values()
            if value.startswith("ssm:") and self._clock() >= self._not_before.get(value, 0.0)
        }
        provider = self._provider("ssm", "")
        found = provider.get_parameters_by_name(names, decrypt=True, max_age=self._max_age, raise_on_error=False)
        for name in names:
            if name in found:
                self._last[f"ssm:{name}"] = str(found[name])
            else:
                self._mark_absent(f"ssm:{name}")

    def _mark_absent(self, reference: str) -> None:
        self._last[reference] = None
        self._not_before[reference] = self._clock() + self._max_age

    def _provider(self, store: str, stage: str) -> Any:  # noqa: ANN401 - the two classes share no useful base
        """Return a provider, built on first use: one per version stage, because its cache ignores versions."""
        if (store, stage) not in self._providers:
            from aws_lambda_powertools.utilities.parameters import SecretsProvider, SSMProvider
            from botocore.config import Config

            # A request is waiting, and the defaults would retry for minutes.
            config = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 3, "mode": "standard"})
            provider_class = SSMProvider if store == "ssm" else SecretsProvider
            self._providers[store, stage] = provider_class(boto_config=config)
        return self._providers[store, stage]


def has_references(environ: Mapping[str, str]) -> bool:
    """Return whether any variable is a reference. Without one, AWS is not needed."""
    return any(value.startswith(("ssm:", "secretsmanager:")) for value in environ.values())


def _code(error: BaseException) -> str | None:
    """Return the AWS error code of a failure. An exception from Powertools has that of boto3 as its context."""
    response = getattr(error, "response", None) or getattr(error.__context__, "response", None)
    return response["Error"]["Code"] if response else None

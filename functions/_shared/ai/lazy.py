"""A model that is built on first use: importing its SDK takes a third of a second, and a fallback may never run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.ports.model import Model

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.ports.model import ModelAnswer, Prompt, T


class LazyModel(Model):
    """A model that is built when it is first asked.

    Parameters
    ----------
    provider : str
        Name of the provider, which is known before the model is built.
    build : callable
        Builds the model.
    """

    def __init__(self, provider: str, build: Callable[[], Model]) -> None:
        self.provider = provider
        self._build = build
        self._model: Model | None = None

    @override
    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        if self._model is None:
            self._model = self._build()
        return await self._model.generate(prompt, output, timeout=timeout, max_output_tokens=max_output_tokens)

    async def aclose(self) -> None:
        """Close the model, if it was built."""
        if self._model is not None:
            await close(self._model)


async def close(part: object) -> None:
    """Close the connections of a model or cache, if it has any; the offline model has none."""
    if hasattr(part, "aclose"):
        await part.aclose()

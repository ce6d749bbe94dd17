"""A model that is built when first asked: its SDK takes a third of a second to import, and a fallback may idle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.ports.model import Model, ModelAnswer, Prompt, T


class LazyModel:
    """Stands for a model until it is needed.

    Parameters
    ----------
    provider : str
        Name of the provider, known without building.
    build : callable
        Makes the model.
    """

    def __init__(self, provider: str, build: Callable[[], Model]) -> None:
        self.provider = provider
        self._build = build
        self._model: Model | None = None

    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,  # noqa: ASYNC109 - the port's name
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        """Answer with the model, built on first use; see `Model.generate`."""
        if self._model is None:
            self._model = self._build()
        return await self._model.generate(prompt, output, timeout=timeout, max_output_tokens=max_output_tokens)

    async def aclose(self) -> None:
        """Close the model, if it was built."""
        if self._model is not None:
            await close(self._model)


async def close(part: object) -> None:
    """Close the connections of a model or a cache, if it has any: rules have none."""
    if hasattr(part, "aclose"):
        await part.aclose()

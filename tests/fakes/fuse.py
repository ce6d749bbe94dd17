"""A fuse that kills a process at its n-th request, wherever that goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from tests.fakes.gateway import Gateway

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

    from tests.fakes.gateway import Moment


@dataclass
class Fuse:
    """Kills a process at its n-th request, wherever that goes. A run makes one at a time."""

    at: int = 0
    moment: Moment = "after"
    seen: int = 0
    burnt: bool = False
    victim: ForkServerProcess | None = None

    def burns(self, moment: Moment) -> bool:
        """Count a request that comes in; kill where it is due."""
        self.seen += moment == "before"
        if self.victim is None or self.burnt or self.seen < self.at or moment != self.moment:
            return False
        self.victim.kill()
        wait([self.victim.sentinel])  # whoever joins it reads its exit code, which can be read once
        self.burnt = True
        return True


@dataclass
class FusedGateway(Gateway):
    """A gateway with a fuse."""

    fuse: Fuse = field(default_factory=Fuse)

    def _spring(self, path: str, moment: Moment) -> bool:
        return self.fuse.burns(moment) or super()._spring(path, moment)

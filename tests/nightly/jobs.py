"""The table of the nightly jobs. The default suite runs the same functions with low counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Job:
    """A function `run(count, seed)`, named as "module:function", that tells its figures or raises."""

    run: str
    count: int

    def function(self) -> Callable[[int, int], str]:
        """The function itself, imported when it is needed."""
        module, _, name = self.run.partition(":")
        function: Callable[[int, int], str] = getattr(import_module(module), name)
        return function


JOBS: Mapping[str, Job] = MappingProxyType(
    {
        "kill": Job("tests.store.kills:run", 1000),
        "cut": Job("tests.store.cuts:run", 2000),
        "upgrade": Job("tests.store.upgrades:run", 1000),
        "fuzz": Job("tests.nightly.fuzz:main", 200_000),
        "guided": Job("tests.nightly.fuzz:guided", 200_000),
        # minutes
        "soak": Job("tests.nightly.soak:main", 480),
        "corruption": Job("tests.nightly.corruption:run", 500),
    }
)

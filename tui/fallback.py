"""Reads that fail are told and answered by something empty: the screen asks while it draws."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from tui.errors import Code, HuoyuanError, Problem
from tui.store.suspicion import DAMAGE, SENSELESS, note_damage

TOLD_AGAIN_SECONDS = 60.0


class Complaints:
    """Takes what went wrong with reads of a database, and tells the same once a minute."""

    def __init__(self, database: Path, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._told: dict[Code, float] = {}
        self.last: dict[str, Any] = {}
        """What reads that need not be told anything gave when they went well."""
        self.hear: Callable[[Problem], object] = lambda _: None
        """Told of problems, on the thread that asked."""

    def take(self, problem: Problem) -> None:
        """Note a problem."""
        self.note(problem)
        if problem.code is Code.STORE_NOT_DATABASE:
            # it was one when it was opened
            problem = Problem(Code.STORE_CORRUPT, problem.details)
        if self._clock() - self._told.get(problem.code, 0) > TOLD_AGAIN_SECONDS:
            self._told[problem.code] = self._clock()
            self.hear(problem)

    @property
    def told(self) -> frozenset[Code]:
        """What was told so far."""
        return frozenset(self._told)

    def note(self, problem: Problem) -> None:
        """Have the next start look closer, where a problem may be that of a damaged file."""
        if problem.code in DAMAGE:
            note_damage(self._database)

    def take_error(self, error: Exception) -> None:
        """Note whatever a read raised."""
        if isinstance(error, HuoyuanError):
            self.take(error.problem)
        elif isinstance(error, SENSELESS):
            self.take(Problem(Code.STORE_CORRUPT, {"path": str(self._database)}))
        else:
            # such as a table that is no longer defined as it was
            self.take(Problem(Code.INTERNAL, {"what": type(error).__name__}))


class Complaining(Protocol):
    """Has complaints to take what its reads raise."""

    @property
    def complaints(self) -> Complaints: ...


Read = TypeVar("Read", bound=Callable[..., Any])


def or_else(otherwise: Callable[..., Any]) -> Callable[[Read], Read]:
    """Have a method of a `Complaining` never raise.

    `otherwise` answers instead, by its arguments; where it has none, the last answer stands.
    """

    def wrap(read: Read) -> Read:
        @wraps(read)
        def call(self: Complaining, /, *args: Any, **kwargs: Any) -> Any:
            try:
                answer = read(self, *args, **kwargs)
            except Exception as error:
                self.complaints.take_error(error)
                return otherwise(*args) if args else self.complaints.last.get(read.__name__, otherwise())
            if not args:
                self.complaints.last[read.__name__] = answer
            return answer

        return cast("Read", call)

    return wrap


def nothing(*_: object) -> None:
    """None, whatever was asked."""
    return

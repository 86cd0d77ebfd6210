"""What is told of an exception that nobody expected: where it happened, and not a word of what it held.

Its message, its locals and the lines around it may have a feed's password in them, and are pasted into
reports; so only names of types and places are told.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from types import TracebackType

MOST_PLACES = 12

DEBUG = "HUOYUAN_DEBUG"
"""With this set in the environment, Python's own traceback is shown, secrets and all."""


def told(error: BaseException) -> str:
    """An exception as lines that are safe to paste."""
    lines = []
    for one in _chain(error):
        places = list(_places(one.__traceback__))
        skipped = ["  …"] if len(places) > MOST_PLACES else []
        lines += [type(one).__name__, *skipped, *places[-MOST_PLACES:]]
    return "\n".join(lines)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"  {_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def _short(path: str) -> str:
    """A file by its place in its package: the folders above it name the user."""
    for folder in sorted(filter(None, sys.path), key=len, reverse=True):
        if path.startswith(folder + os.sep):
            return path[len(folder) + 1 :].replace(os.sep, "/")
    return os.path.basename(path)

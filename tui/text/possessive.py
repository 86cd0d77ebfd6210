"""Groups of a pattern that are repeated without giving anything back, on any Python."""

from __future__ import annotations

import sys

_IS_SOUND = sys.version_info >= (3, 11, 5)


def possessive(body: str, times: str, *, is_sound: bool = _IS_SOUND) -> str:
    """A group of a pattern, repeated so many `times` and never again fewer.

    Before 3.11.5 Python's own way does not step back from a last round that failed midway
    (https://github.com/python/cpython/issues/106052). An atomic group is right, but keeps every round.
    """
    return f"(?:{body}){times}+" if is_sound else f"(?>(?:{body}){times})"

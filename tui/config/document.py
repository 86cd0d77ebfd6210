"""A feeds.toml as text, which can name the file and line of whatever is wrong in it."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tui.config.lines import Place, line_of
from tui.errors import Code, HuoyuanError
from tui.text.clean import clean_line
from tui.values import frozen

_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_TOML_NAMES = {str: "string", int: "integer", bool: "boolean", list: "array", dict: "table"}


@frozen
class Document:
    """The file's name and text."""

    path: Path
    source: str

    @classmethod
    def read(cls, path: Path) -> Document:
        """Reads a file; raises CONFIG_UNREADABLE if it is not there or not allowed, else CONFIG_NOT_UTF8."""
        try:
            return cls(path, path.read_text("utf-8-sig"))
        except OSError as error:
            why = error.strerror or ""
            raise HuoyuanError(Code.CONFIG_UNREADABLE, file=str(path), why=why) from error
        except ValueError:
            raise HuoyuanError(Code.CONFIG_NOT_UTF8, file=str(path)) from None

    def tables(self) -> dict[str, Any]:
        """What the text says; raises CONFIG_SYNTAX."""
        try:
            return tomllib.loads(self.source)
        except (ValueError, RecursionError) as error:  # ValueError alone: an integer of 5,000 digits
            found = _POSITION.search(str(error))
        *before, last = self.source.split("\n")
        line, column = (int(found[1]), int(found[2])) if found else (len(before) + 1, len(last) + 1)
        raise HuoyuanError(Code.CONFIG_SYNTAX, file=str(self.path), line=line, column=column)

    def line(self, place: Place) -> int:
        """The line of a value."""
        return line_of(self.source, place)

    def error(self, code: Code, place: Place, **details: str | int) -> HuoyuanError:
        """What is wrong with the value at a place; texts out of the file are made safe to show."""
        safe = {name: clean_line(d, 200) if isinstance(d, str) else d for name, d in details.items()}
        return HuoyuanError(code, file=str(self.path), line=self.line(place), **safe)

    def unknown(self, place: Place, known: list[str]) -> HuoyuanError:
        """A key that means nothing, with the most similar one that does."""
        key = str(place[-1])
        nearest = next(iter(get_close_matches(key, known, n=1)), "")
        return self.error(Code.CONFIG_UNKNOWN_KEY, place, key=key, nearest=nearest)

    def expect(self, kind: type, value: object, place: Place) -> None:
        """Raises CONFIG_WRONG_TYPE, in TOML's words, unless the value is exactly of that type."""
        if type(value) is not kind:
            raise self.wrong_type(_TOML_NAMES[kind], value, place)

    def wrong_type(self, expected: str, value: object, place: Place) -> HuoyuanError:
        """A value that is not of the type (or types) expected."""
        found = _TOML_NAMES.get(type(value), type(value).__name__)
        key = next(str(part) for part in reversed(place) if isinstance(part, str))
        return self.error(Code.CONFIG_WRONG_TYPE, place, key=key, expected=expected, found=found)

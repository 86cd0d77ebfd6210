"""The words of the screen in the user's language, from the locale files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tui.errors import Code, Problem
from tui.kept import kept, state_of
from tui.text.clean import clean_line
from tui.values import frozen

LOCALE_FOLDER = Path(__file__).parent / "locale"

HINTS = ("nearest", "hint")
"""Details of a problem that have a sentence of their own, said only when they are there."""

_PLACEHOLDER = re.compile(r"\{(\w+)(?:\|([^{|}]*)\|([^{|}]*))?\}")


@frozen
class Words:
    """The texts of one language by dotted key; call it with a key and the values of its placeholders."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key with its `{name}` placeholders filled; it never raises.

        `{name|article|articles}` is the first word for a value of 1, else the second. A key without a text
        stands for itself, a placeholder without a value becomes "?". Values are cleaned for the terminal and
        never read as patterns themselves.
        """

        def fill(placeholder: re.Match[str]) -> str:
            name, one, many = placeholder.groups()
            value = str(values[name]) if name in values else "?"
            if many is not None:
                return str(one if value == "1" else many)
            return clean_line(value)

        return _PLACEHOLDER.sub(fill, self.texts.get(key, key))


def explain(say: Callable[..., str], problem: Problem) -> str:
    """What a problem is to its user: the sentence of its code, and the hint that it may carry."""
    details = dict(problem.details) if problem.code is Code.NO_BROWSER else safe_details(problem)
    if "cause" in details:
        details["cause"] = say(f"short.{details['cause']}", **details)
    if problem.code is Code.CONFIG_WRONG_TYPE:
        details |= {name: _types(say, str(details[name])) for name in ("expected", "found")}
    sentence = say(f"error.{problem.code}", **details)
    hints = (say(f"hint_of.{name}", **details) for name in HINTS if details.get(name))
    return " ".join((sentence, *hints))


def _types(say: Callable[..., str], names: str) -> str:
    """The words for TOML's types, several with commas between them."""
    return " / ".join(say(f"toml.{name}") for name in names.split(", "))


def safe_details(problem: Problem) -> dict[str, str | int]:
    """The details of a problem, its addresses without passwords and keys."""
    from tui.text.secrets import redacted, without_user  # noqa: PLC0415 - its patterns, for what went wrong

    return {
        name: value
        if not isinstance(value, str)
        else without_user(value)
        if name == "hint"
        else redacted(value)
        for name, value in problem.details.items()
    }


def load_words(language: str, folder: Path = LOCALE_FOLDER, keep_in: Path | None = None) -> Words:
    """The words of a language, from `<folder>/<language>.toml`; `keep_in` spares reading it again."""
    path = folder / f"{language}.toml"
    if keep_in is None or not keep_in.is_dir():
        return Words(language, _read(path))
    return Words(language, kept(keep_in / f"words.{language}.kept", state_of(path), lambda: _read(path)))


def _read(path: Path) -> dict[str, str]:
    import tomllib  # noqa: PLC0415 - not needed for words that were kept

    return dict(_flat(tomllib.loads(path.read_text("utf-8"))))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


def choose_language(setting: str, environ: Mapping[str, str]) -> str:
    """Return "zh" or "en": the setting if it is one of them ("auto" is not), else by the environment.

    A locale that says nothing (none, C, POSIX) means Chinese, which this program's users read.
    """
    if setting in {"zh", "en"}:
        return setting
    names = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")
    locale = next((value for name in names if (value := environ.get(name))), "")
    base = locale.partition(".")[0]
    return "zh" if base in {"", "C", "POSIX"} or base.lower().startswith("zh") else "en"

"""Small values written as text: whole numbers, names of people."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"\d{1,3}(?:[,\uff0c]\d{3}){1,3}|\d{1,12}")


def whole(text: str) -> int | None:
    """A whole number that is not negative, with or without thousands separators; None for all else."""
    text = text.strip()
    return int(re.sub("[,\uff0c]", "", text)) if _WHOLE.fullmatch(text) else None


def person(text: str) -> str:
    """The name in `mail (Name)` (RSS 2.0) or `Name <mail>`; other text as it is."""
    mail, bracket, name = text.partition("(")
    if bracket and "@" in mail and name.endswith(")"):
        return name[:-1].strip() or mail.strip()
    name, bracket, mail = text.partition("<")
    if bracket and "@" in mail and name.strip():
        return name.strip()
    return text


def people(names: list[str]) -> str:
    """Several people's names as one line, each once."""
    return "、".join(dict.fromkeys(filter(None, names)))

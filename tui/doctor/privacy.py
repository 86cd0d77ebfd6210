"""Makes what the doctor says safe to paste: no names of users, no passwords or keys of addresses."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Mapping

from tui.text.clean import clean_line
from tui.text.secrets import redacted

_HOMES = re.compile(r"(?i)(/home|/users|[a-z]:[\\/]users)[\\/][^\\/\s]+")
MOST = 300


def safe(text: str, environ: Mapping[str, str]) -> str:
    """A text without whose machine it is from."""
    home = environ.get("HOME", "").rstrip("/")
    if len(home) > 1:
        text = text.replace(home, "~")
    text = _HOMES.sub("~", text)
    name = _user()
    if len(name) > 2:
        text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", "…", text)
    return clean_line(redacted(text), MOST)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return os.environ.get("USER", "")

"""Opens a link in the user's browser: http and https only, as one argument, never through a shell."""

from __future__ import annotations

import ipaddress
import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from threading import Thread
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from tui.errors import Code, HuoyuanError
from tui.text.clean import clean_line
from tui.visits import Aim, Started

LENGTH_LIMIT = 8_000
"""Characters of a link; servers and browsers refuse longer ones."""

# RFC 3986 also allows $ ' ( ): some openers (wslview) hand the link to a shell of their own.
_KEPT = "/%:@!&*+,;=~?"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9._-]+")

# All but ASCII and the letters of East Asia, which look like no others.
_LOOKS_LIKE_OTHERS = re.compile(r"[^\x00-\x7f\u2e80-\u9fff\uac00-\ud7a3\U00020000-\U0003fffd]")

TEXT_BROWSERS = frozenset({"elinks", "links", "links2", "lynx", "w3m", "www-browser"})
"""Browsers that need the terminal for themselves."""

_RUNDLL = "url.dll,FileProtocolHandler"


def safe_url(url: str) -> str:
    """The link in plain ASCII, put together anew from its parts (RFC 3986, hosts by IDNA).

    Raises LINK_REFUSED for other schemes, control characters, names and passwords, and for a host
    that is none.
    """
    try:
        parts = urlsplit(_plain(url))
        rest = (quote(_STRAY_PERCENT.sub("%25", part), _KEPT) for part in parts[2:])
        return urlunsplit((_scheme(parts), _netloc(parts), *rest))
    except ValueError:
        raise HuoyuanError(Code.LINK_REFUSED, url=clean_line(url, 80)) from None


def host_of(url: str) -> str:
    """The host that a visit would really reach, as ASCII; raises LINK_REFUSED as `safe_url` does."""
    return urlsplit(safe_url(url)).hostname or ""


def aim_of(url: str) -> Aim:
    """Where a visit would really lead; raises LINK_REFUSED as `safe_url` does."""
    host = host_of(url)
    try:
        read_as = host.encode().decode("idna")
    except UnicodeError:
        read_as = host
    hides = "xn--" in read_as or clean_line(read_as) != read_as
    disguised = hides or _LOOKS_LIKE_OTHERS.search(read_as) is not None
    return Aim(safe_url(url), host, host if hides else read_as, disguised)


def leads_to(url: str, host: str) -> bool:
    """Whether a link's host is this one, or one lies under the other (www.a.example, a.example)."""
    own = (urlsplit(url).hostname or "").rstrip(".")
    return bool(own) and (f".{host}".endswith(f".{own}") or f".{own}".endswith(f".{host}"))


def visit(url: str, environ: Mapping[str, str], platform: str = sys.platform) -> Started:
    """Starts the browser on a link and does not wait for it.

    A browser of the terminal is not started: it needs the terminal, which is the caller's to give.
    Raises LINK_REFUSED as `safe_url` does, and NO_BROWSER when no program is there to show it here.
    """
    link = safe_url(url)
    for command in _commands(link, environ, platform):
        program = shutil.which(command[0], path=environ.get("PATH", os.defpath))
        if program is None:
            continue
        name = PurePath(command[0]).name
        if name in TEXT_BROWSERS:
            return Started(name, (program, *command[1:]))
        if _start([program, *command[1:]], environ):
            return Started(name)
    raise HuoyuanError(Code.NO_BROWSER, url=link)


def _plain(url: str) -> str:
    """The same link; ValueError if it is too long or holds controls, which `urlsplit` drops in silence."""
    if len(url) > LENGTH_LIMIT or any(unicodedata.category(char) == "Cc" for char in url):
        raise ValueError(url)
    return url


def _scheme(parts: SplitResult) -> str:
    if parts.scheme not in {"http", "https"}:
        raise ValueError(parts.scheme)
    return parts.scheme


def _netloc(parts: SplitResult) -> str:
    """Host and port; ValueError if there is no host, or what disguises it: a user, an escape, a zone."""
    if "@" in parts.netloc or "%" in parts.netloc:
        raise ValueError(parts.netloc)
    name = parts.hostname or ""
    host = f"[{ipaddress.IPv6Address(name)}]" if parts.netloc.startswith("[") else _ascii_host(name)
    return host if parts.port is None else f"{host}:{parts.port}"


def _ascii_host(name: str) -> str:
    host = name.encode("idna").decode().lower()
    if not _HOST.fullmatch(host):
        raise ValueError(name)
    return host


def _commands(link: str, environ: Mapping[str, str], platform: str) -> Iterator[list[str]]:
    """The command lines to try: those of $BROWSER, then the system's own."""
    # On Windows, where paths hold colons and backslashes, nobody sets $BROWSER.
    for entry in environ.get("BROWSER", "").split(":") if platform != "win32" else ():
        try:
            program, *arguments = shlex.split(entry)
        except ValueError:
            continue
        if any("%s" in argument for argument in arguments):
            yield [program, *(argument.replace("%s", link) for argument in arguments)]
        else:
            yield [program, *arguments, link]
    for command in _system_openers(environ, platform):
        yield [*command, link]


def _system_openers(environ: Mapping[str, str], platform: str) -> list[list[str]]:
    """What opens links here; nothing over ssh, where a browser would open before nobody's eyes."""
    graphical = bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    if not graphical and (environ.get("SSH_TTY") or environ.get("SSH_CONNECTION")):
        return []
    if platform == "darwin":
        return [["open"]]
    if platform == "win32":
        return [["rundll32", _RUNDLL]]
    windows = [["wslview"], ["rundll32.exe", _RUNDLL]] if environ.get("WSL_DISTRO_NAME") else []
    return [*windows, ["xdg-open"]] if graphical else windows


def _start(command: list[str], environ: Mapping[str, str]) -> bool:
    """Starts a program that outlives this one and cannot touch its terminal; False if it does not start."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(environ),
            start_new_session=True,
        )
    except OSError:
        return False
    # Somebody has to wait for a child, or it stays in the process table as a zombie.
    Thread(target=process.wait, name="browser", daemon=True).start()
    return True

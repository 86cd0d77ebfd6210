"""Links made absolute and harmless: http, https, mailto and tel, re-serialised in ASCII."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from tui.text.clean import clean_line

_LONGEST = 4096
_MOST = 2_000
# RFC 3986: the reserved characters and "%" stay as they are, everything else is percent-encoded.
_KEPT = "!#$%&'()*+,/:;=?@[]~"
# Nearly every link is already in the form that the slow way brings it to, or a path on its base's host.
_ORIGIN = r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[1-9][0-9]{0,3})?"
_QUERY = r"(?:\?[\w.~!$&'()*+,=%:/@-]{1,2000})?"
_FINAL = re.compile(
    rf"{_ORIGIN}(?:/[\w.~!$&'()*+,=%:/@-]{{0,2000}})?{_QUERY}(?:\#[\w.~!$&'()*+,=%:/@-]{{1,500}})?", re.ASCII
)
_PLAIN_BASE = re.compile(rf"{_ORIGIN}(?=[/?#]|\Z)", re.ASCII)
_PLAIN_PATH = re.compile(rf"(?:/(?!\.)[\w.~!$&'()*+,=%:@-]{{1,200}}){{1,15}}/?{_QUERY}", re.ASCII)


def absolute(link: str, base: str = "") -> str:
    """Return the link as an absolute URL of one of the four schemes, "" for every other link."""
    if _FINAL.fullmatch(link):
        return link
    if link.startswith("/") and (origin := _PLAIN_BASE.match(base)) and _PLAIN_PATH.fullmatch(link):
        return origin[0] + link
    return resolved(link, base)


def resolved(link: str, base: str) -> str:
    """Do what `absolute` does, for any link."""
    link = clean_line(link, _LONGEST + 1)
    if not link or len(link) > _LONGEST or link.startswith("#"):
        return ""
    try:
        parts = urlsplit(urljoin(base, link))
        if parts.scheme in {"http", "https"}:
            parts = parts._replace(netloc=_host(parts))
        elif parts.scheme not in {"mailto", "tel"} or not parts.path:
            return ""
        return quote(parts.geturl(), safe=_KEPT)
    except ValueError:
        return ""


def _host(parts: SplitResult) -> str:
    """Return the network location with its host name in ASCII; raise ValueError if there is none."""
    host = parts.hostname or ""
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if not host or not host.isprintable() or " " in host:
        raise ValueError
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port is None else f":{parts.port}"
    user, at, _ = parts.netloc.rpartition("@")
    return user + at + host + port


class Addresses:
    """The distinct addresses of a page, numbered; only the first 2,000 that are asked for are read."""

    def __init__(self, base: str, schemes: tuple[str, ...]) -> None:
        """`schemes` with their colons."""
        self._base = base
        self._schemes = schemes
        self._asked: dict[str, int] = {}
        self._known: dict[str, int] = {}

    @property
    def all(self) -> tuple[str, ...]:
        """The addresses by number."""
        return tuple(self._known)

    def number(self, link: str) -> int:
        """Return the number of the link's absolute address, -1 if it has none of the schemes."""
        if link not in self._asked and len(self._asked) < _MOST:
            address = absolute(link, self._base)
            usable = address.startswith(self._schemes)
            self._asked[link] = self._known.setdefault(address, len(self._known)) if usable else -1
        return self._asked.get(link, -1)

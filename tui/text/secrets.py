"""Addresses as they may be shown: without names and passwords, and without what looks like a key."""

from __future__ import annotations

import re
from functools import lru_cache

_ADDRESS = re.compile(r"\b[A-Za-z][A-Za-z0-9+.-]*://[^\s\"'<>，。；“”]+")
_USER = re.compile(r"(?<=//)[^/\s?#]*@")
_LOOSE_USER = re.compile(r"[^\s/:@]+:[^\s/@]+@")
_VALUE = re.compile(r"(?<=[?&;])([^=&;#]*)=([^&;#]*)")
_BARE = re.compile(r"(?<=[?&;])[^=&;#]{9,}(?=[&;#]|$)")
_HARMLESS = re.compile(r".{0,2}|\d{0,8}|rss2?|atom|rdf|xml|json|feed|zh|en|all|latest|new|true|false", re.I)
# What chooses among a site's articles is known to whoever knows the site; a key may still hide there.
_CHOOSING = re.compile(
    r"(?:(?:cat|categor(?:y|ies)|tags?|topics?|types?|channel|column|forum|board|format|lang(?:uage)?|region"
    r"|sort|order(?:by)?|q|query|keywords?|search|mod|action)=)(?:[^\d%]|%[0-9a-f]{2}){1,60}",
    re.I,
)
_KEY = re.compile(r"(?<=/)(?=[^/]*\d)(?=[^/]*[A-Za-z])[\w~-]{20,}(?=/|$|\.)")

MASK = "…"


def without_user(url: str) -> str:
    """An address without the name and password before its host."""
    return _USER.sub("", url, count=1)


@lru_cache(4096)
def shown_url(url: str) -> str:
    """An address without what only its owner may know: it may lead nowhere, but it can be recognised."""
    if "://" not in url:
        return _LOOSE_USER.sub(f"{MASK}@", url)
    head, mark, query = without_user(url).partition("?")
    query, _, _ = query.partition("#")
    query = _BARE.sub(MASK, _VALUE.sub(_masked, mark + query))
    return _KEY.sub(MASK, head) + query


def _masked(found: re.Match[str]) -> str:
    name, value = found.groups()
    is_harmless = _HARMLESS.fullmatch(value) or _CHOOSING.fullmatch(found[0])
    return found[0] if is_harmless else f"{name}={MASK}"


def has_secret(text: str) -> bool:
    """Whether there is an address in a text that may not be shown as it is."""
    return "://" in text and any(shown_url(found[0]) != found[0] for found in _ADDRESS.finditer(text))


def redacted(text: str) -> str:
    """A text whose addresses may be shown."""
    if ":" not in text:
        return text
    return _LOOSE_USER.sub(f"{MASK}@", _ADDRESS.sub(lambda found: shown_url(found[0]), text))

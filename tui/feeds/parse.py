"""Bytes of a feed to values, by tiers: each accepts less than the next one, and costs less."""

from __future__ import annotations

from tui.errors import Code, HuoyuanError
from tui.feed_values import ParsedFeed
from tui.feeds.draft import DraftFeed
from tui.feeds.finish import finish
from tui.feeds.jsonfeed import read_json
from tui.feeds.refuse import holds_feed, refuse
from tui.feeds.repair import repair
from tui.feeds.tolerant import read_tolerant
from tui.feeds.xml import read_xml
from tui.text.decode import declared_encoding, decode, is_lossless

# A tree takes some hundred bytes per element, so this bounds the memory that a document can take.
_ELEMENT_LIMIT = 1_000_000


def parse(data: bytes, *, charset: str = "", now: int) -> ParsedFeed:
    """The feed in a document; `charset` is the HTTP header's, `now` (Unix seconds) bounds its dates.

    Raises HuoyuanError: EMPTY, TOO_LARGE, PARSE_ERROR for a feed that no tier can read, and
    NOT_A_FEED or BLOCKED_BY_SITE (see `refuse`).
    """
    text = decode(data, declared=declared_encoding(data), header=charset).lstrip("\ufeff \t\r\n")
    if not text:
        raise HuoyuanError(Code.EMPTY)
    is_json = text.startswith(("{", "["))
    if sum(map(text.count, "[{" if is_json else "<")) > _ELEMENT_LIMIT:
        raise HuoyuanError(Code.TOO_LARGE, limit=_ELEMENT_LIMIT)
    tier, draft = ("json", read_json(text) or refuse(text)) if is_json else _read_xml(text)
    return finish(draft, tier=tier, now=now)


def _read_xml(text: str) -> tuple[str, DraftFeed]:
    draft = read_xml(text) if is_lossless(text) else None
    if draft and _trusted(draft, text):
        return "strict", draft
    if not holds_feed(text):
        refuse(text)
    repaired = repair(text)
    draft = read_xml(repaired)
    if draft and _trusted(draft, repaired):
        return "repair", draft
    tolerant = read_tolerant(repaired)
    if tolerant:
        return "tolerant", tolerant
    if draft:
        return "repair", draft
    raise HuoyuanError(Code.PARSE_ERROR)


def _trusted(draft: DraftFeed, text: str) -> bool:
    """Whether the draft shows no sign of having missed what a more tolerant tier would find."""
    if draft.entries:
        return all(entry.is_named for entry in draft.entries)
    return not any(word in text.lower() for word in ("item", "entry"))

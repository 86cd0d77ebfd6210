"""Which entry is which: uids for those that have none, and apart for those that share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from tui.feed_values import Entry
from tui.text.clean import clean_line

_UID_LIMIT = 500


def make_uid(given: str, link: str, *content: str) -> str:
    """The uid as the feed gives it, or else the link, or else a digest of what the entry says."""
    if len(given) > _UID_LIMIT:
        return _digest(given)
    return (
        clean_line(given, _UID_LIMIT)
        or (link if len(link) <= _UID_LIMIT else _digest(link))
        or _digest(*content)
    )


def distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries without true repeats, each with a uid of its own.

    Some feeds give every entry the same guid: entries that share a uid but differ in link or title
    are different articles, and each gets a uid that depends on nothing but itself.
    """
    articles: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        articles.setdefault((entry.uid, entry.link, entry.title), entry)
    uses = Counter(uid for uid, _, _ in articles)
    if len(uses) == len(articles):
        return tuple(articles.values())
    apart = (_apart(entry) if uses[entry.uid] > 1 else entry for entry in articles.values())
    return tuple({entry.uid: entry for entry in apart}.values())


def _apart(entry: Entry) -> Entry:
    return replace(entry, uid=f"{entry.uid}#{_digest(entry.link, entry.title)}")


def _digest(*texts: str) -> str:
    return blake2b("\0".join(texts).encode("utf-8", "replace"), digest_size=16).hexdigest()

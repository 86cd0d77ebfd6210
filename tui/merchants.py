"""The frozen values of the contact book: who a merchant is, and what the user did about them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from enum import StrEnum

from tui.model import Kind
from tui.values import frozen


class Standing(StrEnum):
    """How the user stands with a merchant (未联系 已复制 已添加 已拒绝 黑名单)."""

    NEW = "new"
    COPIED = "copied"
    ADDED = "added"
    DECLINED = "declined"
    BLOCKED = "blocked"


class Signal(StrEnum):
    """What should make the user careful: the same text under other WeChat IDs; an ID that changed."""

    SAME_TEXT = "same_text"
    CHANGED_ID = "changed_id"


class BookSort(StrEnum):
    """Orders of the book."""

    LATEST = "latest"
    ARTICLES = "articles"
    NAME = "name"


@frozen
class BookContact:
    """One contact of a merchant; times in Unix seconds, `copied_at` 0 = never copied."""

    id: int
    kind: Kind
    value: str
    articles: int
    first_seen: int
    last_seen: int
    copied_at: int = 0


@frozen
class MerchantEntry:
    """One merchant of the book: contacts in copying order, counts over all articles, standing and note."""

    id: int
    name: str
    contacts: tuple[BookContact, ...]
    articles: int
    first_seen: int
    last_seen: int
    categories: tuple[str, ...] = ()
    standing: Standing = Standing.NEW
    note: str = ""
    signals: frozenset[Signal] = frozenset()


@frozen
class MerchantBrief:
    """What is said of a merchant beside an article; times in Unix seconds, `copied_at` 0 = never copied."""

    id: int
    articles: int
    first_seen: int
    standing: Standing = Standing.NEW
    note: str = ""
    copied_at: int = 0
    signals: frozenset[Signal] = frozenset()


@frozen
class BookQuery:
    """Which merchants: words to find in name, contacts and note; a standing and a category, or all."""

    search: str = ""
    standing: Standing | None = None
    category: str = ""
    sort: BookSort = BookSort.LATEST


@frozen
class BookAnswer:
    """What a query finds: the merchants' ids in its order, how many there are in all, and some of them.

    `place` is where the merchant stands that the question named, and `entries` are those around it.
    """

    ids: array[int]
    total: int
    place: int
    entries: Mapping[int, MerchantEntry]


@frozen
class Dealings:
    """What the user did with the merchant of a contact: the standing, and the contact copied last.

    `copied_at` in Unix seconds, 0 = none was copied yet; then kind and value are the asked contact's.
    """

    standing: Standing
    kind: Kind
    value: str
    copied_at: int

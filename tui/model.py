"""The frozen values that travel between the rooms of the program."""

from __future__ import annotations

from array import array
from enum import StrEnum

from tui.values import frozen


class Kind(StrEnum):
    """Kinds of contact, in the order in which a panel shows them; the value of a code is its QR link."""

    PERSON = "person"
    WECHAT = "wechat"
    QQ = "qq"
    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    QQ_GROUP = "qq_group"
    OFFICIAL_ACCOUNT = "official_account"
    WECHAT_CODE = "wechat_code"
    GROUP_CODE = "group_code"
    ACCOUNT_CODE = "account_code"
    LINK_CODE = "link_code"


class Source(StrEnum):
    """Where a contact was found, the most trustworthy first."""

    FEED = "feed"
    BLOCK = "block"
    BODY = "body"
    PAGE = "page"
    QR = "qr"


class Mask(StrEnum):
    """What a contact was masked with where it was found: unseen characters, letters that look like others."""

    NONE = ""
    UNSEEN = "unseen"
    ALIKE = "alike"


@frozen
class Contact:
    """One way to reach a merchant.

    `start` and `end` are code points in the text it was found in (0, 0 when it came from a feed's
    own field); `label` is the word it was found by; `confidence` runs from 0 to 1.
    """

    kind: Kind
    value: str
    start: int
    end: int
    label: str
    source: Source
    confidence: float
    mask: Mask = Mask.NONE


@frozen
class Merchant:
    """The six fields of a merchant block (类目 联系人 微信号 QQ号 手机号 浏览量); empty = not given."""

    category: str = ""
    person: str = ""
    wechat: str = ""
    qq: str = ""
    mobile: str = ""
    views: int | None = None


class Hidden(StrEnum):
    """Why a page shows no contact as text: an image of it, a login before it, an expired notice."""

    IMAGE = "image"
    LOGIN = "login"
    EXPIRED = "expired"


@frozen
class Comments:
    """What a feed says of an article's comments: how many, their page, their feed."""

    count: int | None = None
    page: str = ""
    feed: str = ""


class BlockKind(StrEnum):
    """What a block of an article's body is."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    PRE = "pre"
    ROW = "row"
    IMAGE = "image"
    RULE = "rule"


class Mark(StrEnum):
    """What a span of a block's text is."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    LINK = "link"


@frozen
class Span:
    """A marked stretch of a block's text (code points in the block); `target` indexes `Body.links`."""

    start: int
    end: int
    mark: Mark
    target: int = -1


@frozen
class Block:
    """One paragraph, heading, list item, table row …; `level` is heading level or nesting depth.

    A ROW's cells are joined by tabs. An IMAGE's text is its alternative text; `target` indexes
    `Body.images`.
    """

    kind: BlockKind
    text: str
    level: int = 0
    spans: tuple[Span, ...] = ()
    target: int = -1


@frozen
class Body:
    """An article's content as blocks: the worker makes it from HTML, the screen only wraps it."""

    blocks: tuple[Block, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The plain text that contacts' spans and the search refer to: blocks joined by newlines."""
        return "\n".join([block.text for block in self.blocks])


@frozen
class Article:
    """An article ready to be saved: cleaned, its body in blocks, its contacts found.

    `origin` is a hash of what the feed said, by which it is known that nothing need be made anew.
    """

    uid: str
    title: str
    body: Body
    link: str = ""
    author: str = ""
    published: int | None = None
    published_raw: str = ""
    updated: int | None = None
    category: str = ""
    views: int | None = None
    merchant: Merchant = Merchant()
    comments: Comments = Comments()
    contacts: tuple[Contact, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    origin: int | None = None


@frozen
class StoredArticle:
    """An article as the store knows it, with what the user did to it.

    `stamp` is another one once something else is stored of it, apart from what the user did.
    """

    id: int
    feed_id: int
    feed_title: str
    article: Article
    first_seen: int
    read: bool
    favorite: bool
    stamp: tuple[int, ...] = ()


@frozen
class ArticleRow:
    """One line of an article list: its kinds of contact, and whether its merchant is on the blacklist.

    `hidden` tells that the user hid it.
    """

    id: int
    title: str
    published: int
    feed_title: str
    category: str
    read: bool
    favorite: bool
    views: int | None
    kinds: frozenset[Kind]
    blocked: bool = False
    hidden: bool = False


class ScopeKind(StrEnum):
    """What a line of the category list stands for."""

    ALL = "all"
    TODAY = "today"
    FAVORITES = "favorites"
    CONTACTS = "contacts"
    HIDDEN = "hidden"
    CATEGORY = "category"
    FEED = "feed"


@frozen
class Scope:
    """Which articles: all, today's, …, or those of the category or feed with that id."""

    kind: ScopeKind = ScopeKind.ALL
    id: int = 0


class Sort(StrEnum):
    """Orders of an article list."""

    NEWEST = "newest"
    OLDEST = "oldest"
    VIEWS = "views"


@frozen
class ListQuery:
    """Everything that decides which articles a list shows and in what order."""

    scope: Scope = Scope()
    unread_only: bool = False
    favorites_only: bool = False
    sort: Sort = Sort.NEWEST
    search: str = ""


@frozen
class Found:
    """The ids that a search has found so far, in the order of its query; `cut` where still more match."""

    ids: array[int]
    complete: bool
    cut: bool = False


Place = tuple[int, ...]
"""Where an article stands in the order of a list: what the list is sorted by, then its id."""


@frozen
class OpenedList:
    """A list as it stood when it was opened: what comes in later has a greater id than `upto`.

    `today` is the Unix time at which the day began; `count` the number of its articles, `scope_count`
    that of its scope without filters, `all_count` and `unread_count` those of the whole store;
    `removed` tells whether there are articles of removed feeds to leave out.
    """

    query: ListQuery
    today: int
    upto: int
    count: int
    scope_count: int
    all_count: int
    unread_count: int
    removed: bool


@frozen
class CategoryRow:
    """One line of the category list; name is empty for the fixed ones, whose words are the locale's."""

    scope: Scope
    name: str
    unread: int
    total: int


@frozen
class Copied:
    """What became of a copy: the text, the way it went ("" = none worked), and whether it was checked.

    `sequence` is the terminal sequence that the screen must still write (OSC 52), or "".
    """

    text: str
    way: str
    verified: bool = False
    sequence: str = ""


@frozen
class Undone:
    """What an undo took back: which step, and of how many articles, merchants or feeds; 0 = it was too late.

    `name` tells which one, where it was one; `article` is its id, where it was an article.
    """

    label: str
    count: int
    name: str = ""
    article: int | None = None

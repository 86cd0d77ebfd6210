"""Error codes and their details; the sentences live in the locale files."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """What went wrong, one word each; `error.<code>` in every locale file says it to the user."""

    TIMEOUT = "timeout"
    DNS = "dns"
    CONNECT = "connect"
    PROXY = "proxy"
    TLS = "tls"
    PROTOCOL = "protocol"
    TRUNCATED = "truncated"
    REDIRECT = "redirect"
    BAD_SCHEME = "bad_scheme"
    PRIVATE_ADDRESS = "private_address"
    TOO_LARGE = "too_large"
    ENTRIES_CUT = "entries_cut"
    DECODE_ERROR = "decode_error"
    EMPTY = "empty"
    NOT_A_FEED = "not_a_feed"
    PARSE_ERROR = "parse_error"
    NO_TEXT = "no_text"
    AUTH = "auth"
    GONE = "gone"
    RATE_LIMITED = "rate_limited"
    BLOCKED_BY_SITE = "blocked_by_site"
    HTTP_4XX = "http_4xx"
    HTTP_5XX = "http_5xx"
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNWRITABLE = "file_unwritable"
    FILE_EXISTS = "file_exists"
    IMAGE_UNREADABLE = "image_unreadable"
    IMAGE_REFUSED = "image_refused"
    IMAGE_FAILED = "image_failed"
    PAGE_REFUSED = "page_refused"
    PAGE_FAILED = "page_failed"
    INTERNAL = "internal"

    CONFIG_UNREADABLE = "config_unreadable"
    CONFIG_NOT_UTF8 = "config_not_utf8"
    CONFIG_SYNTAX = "config_syntax"
    CONFIG_UNKNOWN_KEY = "config_unknown_key"
    CONFIG_WRONG_TYPE = "config_wrong_type"
    CONFIG_BAD_VALUE = "config_bad_value"
    CONFIG_MISSING_KEY = "config_missing_key"
    CONFIG_DUPLICATE_FEED = "config_duplicate_feed"
    CONFIG_UNEDITABLE = "config_uneditable"
    KEY_CLASH = "key_clash"
    BAD_FEED_URL = "bad_feed_url"
    FEED_KNOWN = "feed_known"
    NO_SUCH_FEED = "no_such_feed"
    NOT_OPML = "not_opml"
    OPML_TOO_LARGE = "opml_too_large"
    OPML_COMMAND = "opml_command"
    OPML_PRIVATE = "opml_private"

    STORE_LOCKED = "store_locked"
    STORE_NEWER = "store_newer"
    STORE_NOT_DATABASE = "store_not_database"
    STORE_FOREIGN = "store_foreign"
    STORE_CORRUPT = "store_corrupt"
    STORE_UNWRITABLE = "store_unwritable"
    STORE_FULL = "store_full"
    NO_DATABASE = "no_database"

    NO_TERMINAL = "no_terminal"
    DUMB_TERMINAL = "dumb_terminal"
    WORKER_DIED = "worker_died"
    NO_LINK = "no_link"
    QR_MISSING = "qr_missing"
    LINK_REFUSED = "link_refused"
    NO_BROWSER = "no_browser"
    NO_EDITOR = "no_editor"
    NO_SUCH_ARTICLE = "no_such_article"
    NO_SUCH_CATEGORY = "no_such_category"
    BAD_INPUT = "bad_input"


@dataclass(frozen=True, slots=True)
class Problem:
    """A code and the values that its sentence names, such as {"url": …, "status": 404}."""

    code: Code
    details: dict[str, str | int] = field(default_factory=dict)

    @property
    def is_note(self) -> bool:
        """Whether it tells of something that went well, though not all of it was kept."""
        return self.code is Code.ENTRIES_CUT

    @property
    def is_of_store(self) -> bool:
        """Whether it is the database that has it, whatever was to be written there."""
        return self.code.startswith("store_")


class HuoyuanError(Exception):
    """The one exception of the program that a user may meet; it carries a `Problem`."""

    def __init__(self, code: Code, **details: str | int) -> None:
        super().__init__(code.value, details)
        self.problem = Problem(code, details)

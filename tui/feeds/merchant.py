"""A feed's own merchant fields: six values per entry, documented in docs/merchant-fields.md."""

from __future__ import annotations

from collections.abc import Callable

from tui.feeds.fields import Fields
from tui.feeds.values import whole
from tui.model import Merchant
from tui.text.clean import clean_line

_NAMES = ("category", "person", "wechat", "qq", "mobile", "views")
_ELEMENTS = tuple(f"merchant:{name}" for name in _NAMES)
_LIMIT = 200
_NOTHING = Merchant()


def merchant_in(fields: Fields) -> Merchant | None:
    """The merchant that an entry's elements name."""
    if not fields.has_any(_ELEMENTS):
        return None
    return read_merchant(lambda name: fields.text(f"merchant:{name}"))


def read_merchant(field: Callable[[str], object]) -> Merchant | None:
    """The merchant whose six values `field` looks up by name; None when not one is given.

    Whole numbers count as text (a JSON feed may write a QQ number as one); other types as absent.
    """
    raw = [field(name) for name in _NAMES]
    if not any(raw):
        return None
    category, person, wechat, qq, mobile, views = map(_line, raw)
    found = Merchant(category, person, wechat, qq, mobile, whole(views))
    return None if found == _NOTHING else found


def _line(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return clean_line(str(value), _LIMIT)

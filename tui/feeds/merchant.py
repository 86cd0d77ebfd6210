"""A feed's own merchant fields: six values per entry, documented in docs/merchant-fields.md."""

from __future__ import annotations

from collections.abc import Callable

from tui.feeds.fields import Fields
from tui.feeds.values import whole
from tui.model import Merchant
from tui.text.clean import clean_line
from tui.text.masks import masked_words

_NAMES = ("category", "person", "wechat", "qq", "mobile", "views")
_ELEMENTS = tuple(f"merchant:{name}" for name in _NAMES)
_LIMIT = 200
_MOST_SOURCE = 10_000
_NOTHING = Merchant()


def cleaned(raw: Merchant | None) -> Merchant | None:
    """A merchant as `read_merchant` gives it with its texts cleaned; None when nothing is left of them."""
    if raw is None:
        return None
    found = Merchant(
        clean_line(raw.category, _LIMIT),
        clean_line(raw.person, _LIMIT),
        clean_line(raw.wechat, _LIMIT),
        clean_line(raw.qq, _LIMIT),
        clean_line(raw.mobile, _LIMIT),
        raw.views,
    )
    return None if found == _NOTHING else found


def masked_in(raw: Merchant | None) -> tuple[str, ...]:
    """The masked words of a merchant's contacts, see `text.masks`."""
    return masked_words(f"{raw.wechat}\n{raw.qq}\n{raw.mobile}") if raw is not None else ()


def merchant_in(fields: Fields) -> Merchant | None:
    """The merchant that an entry's elements name."""
    if not fields.has_any(_ELEMENTS):
        return None
    return read_merchant(lambda name: fields.text(f"merchant:{name}"))


def read_merchant(field: Callable[[str], object]) -> Merchant | None:
    """The merchant whose six values `field` looks up by name, as they are; None when not one is given.

    Whole numbers count as text (a JSON feed may write a QQ number as one); other types as absent.
    """
    raw = [field(name) for name in _NAMES]
    if not any(raw):
        return None
    category, person, wechat, qq, mobile, views = map(_text, raw)
    return Merchant(category, person, wechat, qq, mobile, whole(clean_line(views, _LIMIT)))


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)[:_MOST_SOURCE]

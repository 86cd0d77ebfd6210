"""Reads what a QR code says: whom one reaches by scanning it, if anybody.

The confidence says how surely a scan leads to the merchant:

PERSON   0.90  a personal code that WeChat made
GROUP    0.80  a group's code: WeChat lets it expire after about a week
ACCOUNT  0.75  an official account: one reaches the shop, not a person
UNTOLD   0.60  an old WeChat code that stands for a person or an account, nobody can tell which
LINK     0.40  any other page: a shop, a download, an advertisement
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from tui.model import Contact, Kind, Source
from tui.text.links import absolute

PERSON: Final = 0.90
GROUP: Final = 0.80
ACCOUNT: Final = 0.75
UNTOLD: Final = 0.60
LINK: Final = 0.40

_WECHAT: Final = (
    (re.compile(r"u\.wechat\.com/[^/]{8,}"), Kind.WECHAT_CODE, PERSON),
    (re.compile(r"weixin\.qq\.com/g/[^/]{8,}"), Kind.GROUP_CODE, GROUP),
    (re.compile(r"weixin\.qq\.com/r/mp/[^/]{8,}"), Kind.ACCOUNT_CODE, ACCOUNT),
    (re.compile(r"weixin\.qq\.com/r/[^/]{8,}"), Kind.LINK_CODE, UNTOLD),
)
"""Host and path of the codes that WeChat makes, with what they lead to."""

_PAYMENT: Final = (
    "alipay.com",
    "tenpay.com",
    "payapp.weixin.qq.com",
    "payapp.wechatpay.cn",
    "i.qianbao.qq.com",
    "qr.95516.com",
)
"""Hosts whose codes take money: whoever scans one does not meet the merchant but pays."""

# No user name before the host, no escape within it: a code that disguises its host is no contact.
_HOST: Final = re.compile(r"[a-z0-9.-]+(?::[0-9]+)?")


def is_payment(payload: str) -> bool:
    """Whether a code takes money, WeChat's or that of another house."""
    return payload.lower().startswith("wxp://") or _takes_money(urlsplit(absolute(payload)).hostname or "")


def read_code(payload: str) -> Contact | None:
    """Give the contact that a code's payload stands for, its value a clean URL; None when it is none."""
    url = absolute(payload)
    if not url.startswith(("http://", "https://")):
        return None
    parts = urlsplit(url)
    if not _HOST.fullmatch(parts.netloc) or _takes_money(parts.hostname or ""):
        return None
    kind, confidence = _reading(parts.netloc + parts.path)
    return Contact(kind, url, 0, 0, "", Source.QR, confidence)


def _takes_money(host: str) -> bool:
    return f".{host.rstrip('.')}".endswith(tuple(f".{payment}" for payment in _PAYMENT))


def _reading(place: str) -> tuple[Kind, float]:
    for pattern, kind, confidence in _WECHAT:
        if pattern.fullmatch(place):
            return kind, confidence
    return Kind.LINK_CODE, LINK

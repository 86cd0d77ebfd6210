"""What a code's payload stands for, and what is no contact although it looks like one."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.contacts import qr
from tui.contacts.qr import read_code
from tui.model import Contact, Kind, Source

PERSONAL = "https://u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa"
GROUP = "https://weixin.qq.com/g/AwYAAJr3kTq8Xb1s"
LONG_GROUP = "https://weixin.qq.com/g/AQYAAFk3Vt9_rZ-1mXw8Qp0LsJ2dHb6NyTc4RgUe7KvAo5BiWzMxEfSjDhPqYn3G"


@pytest.mark.parametrize(
    ("payload", "kind", "confidence"),
    [
        (PERSONAL, Kind.WECHAT_CODE, qr.PERSON),
        (f"{PERSONAL}?s=2", Kind.WECHAT_CODE, qr.PERSON),
        ("https://u.wechat.com/kFm-9_aaZ0bQ3sT5vW7xY1z", Kind.WECHAT_CODE, qr.PERSON),
        ("http://u.wechat.com/EAbCdEfGhIjKlMnOpQrStUv", Kind.WECHAT_CODE, qr.PERSON),
        (GROUP, Kind.GROUP_CODE, qr.GROUP),
        (LONG_GROUP, Kind.GROUP_CODE, qr.GROUP),
        ("http://weixin.qq.com/r/mp/3xK9mWnEq7TsrVbY9yAb", Kind.ACCOUNT_CODE, qr.ACCOUNT),
        ("https://weixin.qq.com/r/mp/3xK9mWnEq7TsrVbY9yAb", Kind.ACCOUNT_CODE, qr.ACCOUNT),
        ("http://weixin.qq.com/r/3xK9mWnEq7TsrVbY9yAb", Kind.LINK_CODE, qr.UNTOLD),
        ("https://shop.example/item?id=7", Kind.LINK_CODE, qr.LINK),
        ("https://qm.qq.com/q/aPKdic5w7m", Kind.LINK_CODE, qr.LINK),
        ("https://work.weixin.qq.com/ca/cawcde0123456789", Kind.LINK_CODE, qr.LINK),
        ("https://mp.weixin.qq.com/s/abcdefgh", Kind.LINK_CODE, qr.LINK),
        # places where nobody's code is
        ("https://u.wechat.com/", Kind.LINK_CODE, qr.LINK),
        ("https://u.wechat.com/M/JbKq7s2xYw0ZtHnPdR4c", Kind.LINK_CODE, qr.LINK),
        ("https://weixin.qq.com/g/", Kind.LINK_CODE, qr.LINK),
        ("https://weixin.qq.com/", Kind.LINK_CODE, qr.LINK),
        # hosts that pretend
        ("https://u.wechat.com.evil.example/MJbKq7s2xYw0ZtHnPdR4cUa", Kind.LINK_CODE, qr.LINK),
        ("https://evil-u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa", Kind.LINK_CODE, qr.LINK),
        ("https://evil.example/u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa", Kind.LINK_CODE, qr.LINK),
        ("https://u.wechat.com:8443/MJbKq7s2xYw0ZtHnPdR4cUa", Kind.LINK_CODE, qr.LINK),
        ("https://notalipay.com/abc", Kind.LINK_CODE, qr.LINK),
    ],
)
def test_a_link_is_a_contact_of_its_kind(payload: str, kind: Kind, confidence: float) -> None:
    assert read_code(payload) == Contact(kind, payload, 0, 0, "", Source.QR, confidence)


@pytest.mark.parametrize(
    ("payload", "value"),
    [
        ("HTTPS://U.WECHAT.COM/MJbKq7s2xYw0ZtHnPdR4cUa", PERSONAL),
        (f"\u200b {PERSONAL}\r\n", PERSONAL),
        (f"\x1b]52;c;AAAA\x07{PERSONAL}", PERSONAL),
        ("https://货源.example/微信 店", "https://xn--b9wn66d.example/%E5%BE%AE%E4%BF%A1%20%E5%BA%97"),
        ("https://u.wеchat.com/MJbKq7s2", "https://u.xn--wchat-zwe.com/MJbKq7s2"),
    ],
)
def test_the_value_is_a_clean_url(payload: str, value: str) -> None:
    contact = read_code(payload)
    assert contact is not None
    assert contact.value == value


@pytest.mark.parametrize(
    "payload",
    [
        "",
        " ",
        "wxp://f2f0AbCdEfGhIjKlMnOpQrStUvWxYz012345",
        "WXP://f2f0AbCdEfGhIjKlMnOpQrStUvWxYz012345",
        "wxhb://f2f0AbCdEf",
        "weixin://wxpay/bizpayurl?pr=abc",
        "weixin://dl/business/?t=abc",
        "https://wx.tenpay.com/f2f?t=AQAAAabcdefg",
        "https://payapp.weixin.qq.com/qr/AQFabcdefgh",
        "https://payapp.wechatpay.cn/qr/AQFabcdefgh",
        "https://qr.alipay.com/fkx01234abcdefghij",
        "HTTPS://QR.ALIPAY.COM/FKX01234ABCDEFGHIJ",
        "http://qr.alipay.com:80/fkx01234abcdefghij",
        "https://qr.alipay.com./fkx01234abcdefghij",
        "https://i.qianbao.qq.com/wallet/sqrcode.htm?m=tenpay&a=1&u=7712604985",
        "https://qr.95516.com/00010000/01234567890123456789012345678901",
        "alipays://platformapi/startapp?appId=20000067",
        "https://u.wechat.com@evil.example/MJbKq7s2xYw0ZtHnPdR4cUa",
        "https://evil.example\\@u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa",
        "https://name:word@u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa",
        "https://u.wechat.com\\.evil.example/MJbKq7s2xYw0ZtHnPdR4cUa",
        "https:u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa",
        "//u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa",
        "u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa",
        "微信扫一扫 https://u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa",
        "https://",
        "https://[",
        "https://[::1]/x",
        "https://shop.example:99999/",
        "javascript:alert(1)",
        "data:text/html,<b>x",
        "file:///etc/passwd",
        "mailto:a@shop.example",
        "tel:15464027195",
        "WIFI:T:WPA;S:shop;P:12345678;;",
        "BEGIN:VCARD\nVERSION:3.0\nFN:陈小姐\nEND:VCARD",
        "微信号：nzhuo_8862",
        "https://shop.example/" + "a" * 5000,
    ],
)
def test_everything_else_is_no_contact(payload: str) -> None:
    assert read_code(payload) is None


links = st.builds(
    "{}{}{}".format,
    st.sampled_from(("https://", "HTTP://", "https:\\\\", "https://a@", "//", "wxp://", "https://[")),
    st.sampled_from(("u.wechat.com", "weixin.qq.com", "qr.alipay.com", "店.example", "1.2.3.4")),
    st.text(max_size=40) | st.text("/\\@:?#[]%.g r", max_size=20),
)


@given(st.text() | links)
@example("https://u.wechat.com/" + "%" * 100)
@example("https://u.wechat.com]/")
def test_any_payload_gives_a_plain_link_or_nothing(payload: str) -> None:
    contact = read_code(payload)
    if contact is not None:
        assert contact.value.isascii()
        assert contact.value.isprintable()
        assert " " not in contact.value
        assert "@" not in urlsplit(contact.value).netloc
        assert not (urlsplit(contact.value).hostname or "").endswith("alipay.com")
        assert read_code(contact.value) == contact

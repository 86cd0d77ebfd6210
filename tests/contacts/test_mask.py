"""E-mail addresses are found; web addresses and what looks like mail are hidden in place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.contacts.mask import find_emails, hide_emails, hide_links


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("邮箱lanqi@bagmail.cn请", ["lanqi@bagmail.cn"]),
        ("a.b+c@mail.bagmail.com.cn", ["a.b+c@mail.bagmail.com.cn"]),
        ("468203915#qq.com", ["468203915#qq.com"]),
        ("lanqi(at)bagmail.cn", ["lanqi(at)bagmail.cn"]),
        ("-lanqi@bagmail.cn.", ["lanqi@bagmail.cn"]),
        ("icon@2x.png", []),
        ("xxx@xx.com", []),
        ("your_name@bagmail.cn", []),
        ("lanqi@example.com", []),
        ("@lanqi", []),
    ],
)
def test_emails(text: str, emails: list[str]) -> None:
    assert [text[start:end] for start, end in find_emails(text)] == emails


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("见https://a.cn/b?c=13802214579，微信", "见\0，微信"),
        ("www.lanqi2088.com,电话", "\0,电话"),
        ("lanqi2088.taobao.com/x", "\0"),
        ("github.com/468203915/bag", "\0"),
        ("a.b.c.d", "a.b.c.d"),
    ],
)
def test_links(text: str, hidden: str) -> None:
    masked = hide_links(text, [(0, len(text))])
    assert len(masked) == len(text)
    assert masked.replace("\0", "") == hidden.replace("\0", "")


@given(st.text(alphabet="a.@/:w#(t)13 \u4e00", max_size=60))
def test_hiding_keeps_the_places(text: str) -> None:
    masked = hide_emails(hide_links(text, [(0, len(text))]))
    assert len(masked) == len(text)
    assert all(new in {old, "\0"} for old, new in zip(text, masked, strict=True))

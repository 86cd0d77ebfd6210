"""What a site writes in place of an article or of its contacts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.feed_values import Entry
from tui.model import Hidden
from tui.prepare import prepare
from tui.text.notices import is_challenge, is_challenge_for_feed, withheld


def hidden(html: str) -> tuple[Hidden, ...]:
    return prepare(Entry(uid="1", title="供应童装", html=html), "", "http://b2b.example/").hidden


IMAGE, LOGIN, EXPIRED = ((reason,) for reason in Hidden)


@pytest.mark.parametrize(
    ("html", "reasons"),
    [
        ("<p>联系人：沈女士</p><p>电话：<img src='/image.php?auth=a'></p>", IMAGE),
        ("<ul><li><b>手 机</b></li><li>手机号码 <span><img src=n.png></span></li></ul>", IMAGE),
        ("<p>联系人 沈女士<br>电话 [image.php?auth=abc]<br>地区 浙江</p>", IMAGE),
        ("<p>E-mail：<a href='#'><img src='mail.gif'></a></p>", IMAGE),
        ("<p>电话：<img src=tel.gif> 0572-3188721</p>", ()),
        ("<p>电话：0572-3188721 <img src=ok.gif></p>", ()),
        ("<p>电话会议的照片</p><img src=a.jpg>", ()),
        ("<p>新款手机</p><p>图一</p><img src=a.jpg>", ()),
        ("<p>您还没有登录，请登录后查看联系方式</p>", LOGIN),
        ("<p>登录后查看更多联系方式，或加微信：shen_tz88</p>", ()),
        ("<p>该信息已过期，联系方式被自动隐藏</p>", EXPIRED),
        ("<p>该信息已过期，如需货请加微信：shen_tz88</p>", ()),
        ("<p>优惠券已过期的不能再用</p>", ()),
        (f"<p>{'很多网站要求用户注册会员后查看联系方式，这是一种常见的做法。' * 4}</p>", ()),
    ],
)
def test_an_article_of_a_feed_says_what_is_kept_from_the_reader(
    html: str, reasons: tuple[Hidden, ...]
) -> None:
    assert hidden(html) == reasons


@given(st.text(), st.text())
def test_any_text_is_taken(html: str, text: str) -> None:
    assert set(withheld(html, text, reachable=False)) <= set(Hidden)


@pytest.mark.parametrize("piece", ["电话<img ", "<" * 9, "电话：<b>", "电话[图", "联系", "登录查看", " "])
def test_hostile_lengths_take_no_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert isinstance(withheld(text, text, reachable=False), tuple)


def test_a_page_and_a_feed_are_judged_by_the_same_words() -> None:
    for title in ("Just a moment...", "安全验证", "访问过于频繁", "请输入验证码", "验证码", "滑动验证页面"):
        page = f"<html><head><title>{title}</title></head><body></body></html>"
        assert is_challenge(page, title, "")
        assert is_challenge_for_feed(page)
    assert not is_challenge("<html>", "童装货源", "早秋新款，一件代发。" * 20)
    assert not is_challenge_for_feed("<html><title>童装货源</title><body>验证码</body></html>")

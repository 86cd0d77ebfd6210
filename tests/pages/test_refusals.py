"""Pages without an article, and the charsets of those with one."""

from __future__ import annotations

import pytest

from tests.pages.samples import TEXT, TITLE, URL, article, page, read
from tui.errors import Code, HuoyuanError
from tui.pages import extract

_REFUSED = {
    "nothing": (b"", Code.EMPTY),
    "blanks": (b"\xef\xbb\xbf \r\n\t", Code.EMPTY),
    "filled by scripts": (page("<div id=app></div><noscript>请开启 JavaScript</noscript>"), Code.PARSE_ERROR),
    "being loaded": (page("<div id=app>正在加载…</div>"), Code.PARSE_ERROR),
    "a menu only": (
        page("<a href=/1>首页</a>|<a href=/2>供应信息大全</a>|<a href=/3>联系我们</a>"),
        Code.PARSE_ERROR,
    ),
    "a challenge's title": (
        page(
            "<h1>example.com</h1><p>Checking if the site connection is secure</p>", title="Just a moment..."
        ),
        Code.BLOCKED_BY_SITE,
    ),
    "a challenge's script": (
        b"<html><head><script>window.acw_sc__v2='x'</script></head></html>",
        Code.BLOCKED_BY_SITE,
    ),
    "WeChat's doubt": (
        page(
            "<h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p><a href='javascript:'>去验证</a>",
            title="",
        ),
        Code.BLOCKED_BY_SITE,
    ),
    "a slider": (page("<div>请拖动滑块到最右边</div>", title="滑动验证页面"), Code.BLOCKED_BY_SITE),
}


@pytest.mark.parametrize("name", _REFUSED)
def test_a_page_without_an_article_is_refused(name: str) -> None:
    data, code = _REFUSED[name]
    with pytest.raises(HuoyuanError) as caught:
        read(data)
    assert caught.value.problem.code is code
    assert caught.value.problem.details == ({"what": "page"} if code is Code.PARSE_ERROR else {})


def test_an_article_about_challenges_is_none() -> None:
    found = read(
        page(f"<h1>安全验证码的由来</h1><p>{TEXT * 8}</p><script>initGeetest()</script>", title="安全验证码")
    )
    assert TEXT in found.body.text


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8", "big5"])
def test_the_declared_charset_is_used(charset: str) -> None:
    text = "廠房搬遷，庫存的棉布和紗線按公斤出清，量大再議，先看貨後付款，自提或者走物流都可以。" * 4
    encoding = "gb18030" if charset.startswith("gb") else charset
    data = f"<html><head><meta charset={charset}><title>x</title><body><p>{text}</p>".encode(encoding)
    assert text in read(data).body.text


def test_the_headers_charset_is_used() -> None:
    data = article().replace(b"<meta charset=utf-8>", b"").decode().encode("big5hkscs", "ignore")
    assert "破" in extract(data, charset="big5", url=URL).body.text


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        (f"{TITLE}_童装_八方货源站", f"<h1>{TITLE}</h1>", TITLE),
        (f"{TITLE}_童装", f"<div class=t>{TITLE}</div>", TITLE),
        (f"{TITLE}_童装", f"<a href=/>{TITLE}</a>", f"{TITLE}_童装"),
        ("", f"<h1>{TITLE}</h1>", TITLE),
        ("A &amp; B 供货信息", "", "A & B 供货信息"),
    ],
)
def test_the_title_is_rid_of_the_sites_name(title: str, body: str, expected: str) -> None:
    assert read(page(f"{body}<p>{TEXT}</p>", title=title)).title == expected


def test_a_title_meant_for_sharing_goes_first() -> None:
    found = read(page(f"<p>{TEXT}</p>", title="x", head=f'<meta property="og:title" content="{TITLE}">'))
    assert found.title == TITLE


@pytest.mark.parametrize("base", ["https://[bad", "javascript:1", "ftp://x/", ""])
def test_a_bad_base_is_ignored(base: str) -> None:
    found = read(page(f"<p>{TEXT * 3}<a href=rule.html>规则</a></p>", head=f'<base href="{base}">'))
    assert found.body.links == ("https://www.example.com/a/rule.html",)

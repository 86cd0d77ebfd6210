"""Pages made to take long or much: each comes to an end, with an article or a refusal."""

from __future__ import annotations

import pytest

from tests.pages.samples import TEXT, page, read
from tui.errors import HuoyuanError

_PAGES = {
    "nested elements": "<div>" * 50_000 + TEXT,
    "nested elements with text": f"<div>{TEXT}" * 5_000,
    "nested tables": "<table><tr><td>" * 5_000 + TEXT,
    "nested marks before elements": "<b>" * 200 + "<div>x</div>" * 5_000,
    "a hundred thousand attributes": f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>{TEXT}</p>",
    "attributes behind a quoted end": f"<p a='>' {' '.join(f'a{n}=1' for n in range(100_000))}>{TEXT}</p>",
    "an endless text": TEXT * 60_000,
    "paragraphs": f"<p>{TEXT}</p>" * 2_000,
    "elements with images only": f"<p>{TEXT}</p>" + "<div><img src=a></div>" * 2_000,
    "empty elements": f"<p>{TEXT}</p>" + "<div></div>" * 4_000,
    "labels": "<p>联系人：张三</p><p>电话：13900001111</p>" * 700,
    "labels in a line": "联系人：张三 电话：13900001111 " * 8_000,
    "nested labels": "<div>" * 140 + "<p>品牌：x</p>" * 500,
    "boxes": "".join(f"<div><div><p>联系人：张{n}</p><p>电话：139{n:08}</p></div></div>" for n in range(500)),
    "headings of others": "相关文章<br>" * 2_000,
    "headings of comments": "<p>评论</p><p>短</p>" * 1_000,
    "footers": "<div>" * 100 + "<p>版权所有</p>" * 1_000,
    "login notices": "<div>" * 100 + "<p>请登录后查看联系方式</p>" * 2_000,
    "less-than signs": "<" * 300_000,
    "unfinished tags": "<a " * 100_000,
    "unfinished comments": "<!--" * 100_000,
    "unclosed links": "<a href=/x>" * 5_000 + TEXT,
    "controls": "&#27;[31m&#0;&#x1b;\x00\x1b]0;x\x07" * 5_000 + TEXT,
    "attributes in values": f'<img alt="{" o=1" * 50}">' * 1_000 + f"<p>{TEXT}</p>" * 20,
}


@pytest.mark.parametrize("name", _PAGES)
def test_a_hostile_page_comes_to_an_end(name: str) -> None:
    try:
        found = read(page(_PAGES[name]))
    except HuoyuanError:
        return
    assert len(found.body.text) <= 2_100_000
    assert "\x1b" not in found.body.text

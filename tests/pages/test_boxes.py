"""How a box is written down: labels get a colon, values their line, numbers behind links are spelled out."""

from __future__ import annotations

import pytest

from tests.pages.samples import article, contacts, lines, read

_BOXES = {
    "terms": (
        "<dl><dt>联系人</dt><dd>周姐</dd><dt>微 信</dt><dd><p>zhoujie_tz66</p></dd></dl>",
        ["联系人：周姐", "微 信：zhoujie_tz66"],
    ),
    "two elements in a row": (
        "<div><div><p>联系人</p><p>周姐</p></div><div><span>手机</span><div>13759206418</div></div></div>",
        ["联系人：周姐", "手机：13759206418"],
    ),
    "label and value side by side": (
        "<ul><li><span>联系人</span>周姐</li><li><em>手机</em>13759206418</li></ul>",
        ["联系人：周姐", "手机：13759206418"],
    ),
    "a colon of its own": (
        "<div><p><b>联系人</b>：周姐</p><p><b>Q&nbsp;Q</b>: 2750913846</p></div>",
        ["联系人：周姐", "Q Q: 2750913846"],
    ),
    "all in one line": (
        "<p>联系人：周姐　电话：13759206418　QQ：2750913846</p>",
        ["联系人：周姐\n电话：13759206418\nQQ：2750913846"],
    ),
    "rows of a table": (
        "<table><tr><td>联系人</td><td>周姐</td></tr><tr><td>手机：</td><td>13759206418</td></tr></table>",
        ["联系人：\t周姐", "手机：\t13759206418"],
    ),
    "a value in the next line": (
        "<ul><li>联系人:周姐</li><li>手机号:<p>13759206418</p></li></ul>",
        ["联系人:周姐", "手机号:13759206418"],
    ),
    "a phone behind a link": (
        "<ul><li>联系人：周姐</li><li>手机：<a href='tel:13759206418'>拨打</a></li></ul>",
        ["联系人：周姐", "手机：拨打 13759206418"],
    ),
    "an address behind a link": (
        "<ul><li>联系人：周姐</li><li>邮箱：<a href='mailto:zhou@tz.example?subject=x'>写信</a></li></ul>",
        ["联系人：周姐", "邮箱：写信 zhou@tz.example"],
    ),
    "a QQ number behind a picture": (
        "<ul><li>联系人：周姐 <a href='tencent://message/?uin=2750913846&Site=x'><img src=q.gif></a></li>"
        "<li>电话：13759206418</li></ul>",
        ["联系人：周姐 QQ：2750913846", "电话：13759206418"],
    ),
    "a heading above": (
        "<div><h3>湖州某某制衣厂</h3><ul><li>联系人：周姐</li><li>地址：织里镇</li></ul></div>",
        ["湖州某某制衣厂", "联系人：周姐", "地址：织里镇"],
    ),
}


@pytest.mark.parametrize("name", _BOXES)
def test_a_box_stands_first_and_says_all(name: str) -> None:
    html, expected = _BOXES[name]
    assert lines(read(article(html)))[: len(expected)] == expected


def test_the_departments_of_one_merchant_are_kept() -> None:
    boxes = "".join(
        f"<ul class=d><li>联系人：{name}</li><li>手机：1375920641{n}</li></ul>"
        for n, name in enumerate("甲乙")
    )
    assert contacts(read(article(boxes))).count("mobile=") == 2


def test_a_paragraph_that_names_a_contact_stays_in_the_article() -> None:
    text = "看中的先打电话约时间，仓库在镇东头第二个红绿灯右拐，门口可以停车，装卸有叉车，来的时候带上样品，"
    found = read(article(f"<p>{text}价钱当面谈。<br>联系人：何建国<br>电话：13867520394</p>"))
    assert lines(found)[-1].endswith("联系人：何建国\n电话：13867520394")
    assert contacts(found) == "person=何建国 mobile=13867520394"

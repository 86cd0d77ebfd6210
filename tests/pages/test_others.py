"""Contacts on a page that are not this merchant's: none of them comes out, his own always does."""

from __future__ import annotations

import pytest

from tests.pages.samples import BOX, IN_BOX, TEXT, TITLE, article, contacts, page, read

_SHORT = "广州十三行女装一手货源，支持一件代发，加薇看款。"

_WITH_OWN = {
    "an advertiser's box before the headline": page(
        "<div class=l><div class=vip><p>联系人：钱总</p><p>电话：13900001111</p></div></div>"
        f"<div class=r><h1>{TITLE}</h1><div>{TEXT}</div>{BOX}</div>"
    ),
    "the site's service below": page(
        f"<div><h1>{TITLE}</h1><div>{TEXT}</div>{BOX}</div>"
        "<div class=btm><p>本站客服：小张 电话：010-88886666 QQ：55556666</p><p>Powered by CMS</p></div>"
    ),
    "a service box without a footer's words": article(
        BOX, "<div class=kf><p>网站客服</p><p>电话：010-88886666</p><p>QQ：55556666</p></div>"
    ),
    "a definition list of related offers": article(
        BOX,
        "<dl><dt>相关信息</dt><dd><a href=/1>童鞋批发</a> 电话13811112222</dd>"
        "<dd><a href=/2>童帽批发</a> 微信 maozi_888</dd></dl>",
    ),
    "random news in paragraphs beside the text": page(
        f"<div><h1>{TITLE}</h1>{BOX}<p>【货源详情】</p><p>{TEXT}</p><p>评论区</p><p>共0条评论</p>"
        "<p>【随机新闻】</p><p><a href=/1>大牌女包</a> 微信 nvbao_5566</p>"
        "<p><a href=/2>运动鞋工厂</a> 电话 13811112222</p><p>返回顶部</p></div>"
    ),
    "random news in one element, parted by breaks": page(
        f"<div><h1>{TITLE}</h1>{BOX}【货源详情】<br>{TEXT}<br>【随机新闻】<br>"
        "<a href=/1>大牌女包</a> 微信 nvbao_5566<br><a href=/2>运动鞋工厂</a> 电话 13811112222</div>"
    ),
    "cards without a heading": page(
        f"<div class=c><h1>{TITLE}</h1><p>{TEXT}</p>{BOX}</div><div class=wrap>"
        "<div class=card><a href=/1><img src=1.jpg><p>童鞋批发厂家直供</p></a><p>微信：tongxie_1</p></div>"
        "<div class=card><a href=/2><img src=2.jpg><p>童帽批发厂家直供</p></a><p>微信：tongmao_2</p></div>"
        "</div>"
    ),
    "a short text beside a long advertisement": page(
        f"<div class=c><h1>{TITLE}</h1>{BOX}<div class=d>{_SHORT}</div></div><div class=side>"
        "<p>长期招代理，加微信 daili_9988 送样品，名额有限，先到先得，错过再等一年，全国都可以做</p></div>"
    ),
    "more comments than text": page(
        f"<div class=c><h1>{TITLE}</h1>{BOX}<div>{_SHORT}</div></div><div class=comment-list>"
        + "".join(
            f"<div>看客：我买的是隔壁家的，又快又好，他微信 kanke_00{n} 你们问问看</div>" for n in range(9)
        )
        + "</div>"
    ),
    "comments under their heading only": article(
        BOX, "<h3>全部评论(2)</h3><div>小李：加我微信 qiangke8899</div><div>老胡：15822223333 收尾货</div>"
    ),
    "the member's other offers, without links": article(
        BOX, "<div class=more><h3>该用户的其他信息</h3><p>童袜处理 电话 13900001112</p></div>"
    ),
    "offers in a table's column": page(
        f"<table><tr><td><h1>{TITLE}</h1><p>{TEXT}</p>{BOX}</td><td><table><tr><td>最新供应</td></tr>"
        "<tr><td><a href=/1>童鞋批发直供</a> 手机：13900001111</td></tr>"
        "<tr><td><a href=/2>童帽批发直供</a> 手机：13900001112</td></tr></table></td></tr></table>"
    ),
    "neighbours": article(
        BOX, "<p>上一篇：<a href=/1>旧货架</a></p><p>下一篇：<a href=/2>求购 13800138001</a></p>"
    ),
    "an invisible box": article(BOX, "<div style='display: none'>微信：yincang_88 电话：13900001111</div>"),
    "a box in an aside among others": page(
        f"<main><article><h1>{TITLE}</h1><p>{TEXT}</p></article></main><aside class=sidebar>"
        f"<div><h3>联系商家</h3>{BOX}</div>"
        "<div><h3>热门商家</h3><ul><li><a href=/1>钱氏</a>电话：13900001111</li></ul></div></aside>"
    ),
    "a page that is one form": page(f"<form id=aspnetForm><h1>{TITLE}</h1><p>{TEXT}</p>{BOX}</form>"),
    "nothing but the box": page(f"<h1>{TITLE}</h1>{BOX}"),
}
_WITHOUT_OWN = {
    "a recommended merchant": page(
        f"<div class=r><h1>{TITLE}</h1><div>{TEXT}{TEXT}</div></div><div class=l><h4>优质商家</h4>"
        "<div class=vip><p>联系人：钱总</p><p>电话：13900001111</p></div></div>"
    ),
    "merchants' cards": page(
        f"<div class=c><h1>{TITLE}</h1><p>{TEXT}{TEXT}</p></div><div class=wrap>"
        "<div class=card><a href=/1><img src=1.jpg></a><p>联系人：钱总</p><p>微信：tongxie_1</p></div>"
        "<div class=card><a href=/2><img src=2.jpg></a><p>联系人：孙总</p><p>微信：tongmao_2</p></div></div>"
    ),
    "the site's header and footer": page(
        f"<div id=top>电话：010-11112222 QQ：55556666</div><h1>{TITLE}</h1><div>{TEXT}</div>"
        "<div class=x><p>地址：某路1号 电话：010-11112222</p><p>京ICP备12345678号</p></div>"
    ),
}


@pytest.mark.parametrize("name", _WITH_OWN)
def test_only_his_own_contacts_are_taken(name: str) -> None:
    assert contacts(read(_WITH_OWN[name])) == IN_BOX


@pytest.mark.parametrize("name", _WITHOUT_OWN)
def test_no_contact_of_others_is_taken_where_he_has_none(name: str) -> None:
    found = read(_WITHOUT_OWN[name])
    assert TEXT in found.body.text
    assert contacts(found) == ""


def test_an_articles_own_subheadings_stay() -> None:
    found = read(
        page(
            f"<div class=c><h1>{TITLE}</h1><p>{TEXT}</p><h2>推荐几个货源渠道</h2><p>{TEXT}</p>"
            f"<h2>其他相关问题</h2><p>{TEXT}微信 zhoujie_tz66</p></div>"
        )
    )
    assert found.body.text.count(TEXT) == 3
    assert contacts(found) == "wechat=zhoujie_tz66"


def test_a_page_that_looks_like_clutter_throughout_is_read_all_the_same() -> None:
    found = read(page(f"<div class=comments><p>{TEXT}</p></div>", title="别的标题"))
    assert TEXT in found.body.text


def test_a_page_of_a_classified_site_that_calls_its_offers_ads() -> None:
    found = read(
        page(f"<div class=ad-detail><h1>{TITLE}</h1><p>{TEXT}</p></div><div class=ad-contact>{BOX}</div>")
    )
    assert contacts(found) == IN_BOX

"""Why a page shows no contact: what counts as an image of it, a login before it, an expired notice."""

from __future__ import annotations

import pytest

from tests.pages.samples import BOX, IN_BOX, article, contacts, read
from tui.model import Hidden

_NOTICES = {
    "<ul><li>联系人：周姐</li><li>手机：<img src=/n.png></li></ul>": (Hidden.IMAGE,),
    "<table><tr><td>联系人</td><td>周姐</td></tr><tr><td>微信</td><td><img src=/n.png></td></tr></table>": (
        Hidden.IMAGE,
    ),
    "<ul><li>联系人：周姐 <img src=vip.gif></li><li>手机：13759206418</li></ul>": (),
    "<ul><li>联系人：周姐</li><li>手机：13759206418 <img src=ok.gif></li></ul>": (),
    "<p>联系人：周姐</p><p>QQ：<a href='http://wpa.qq.com/?uin=27509138'><img src=q.gif></a></p>": (),
    "<ul><li>联系人：周姐</li><li>手机：<a href=/login>登录后查看</a></li></ul>": (Hidden.LOGIN,),
    "<ul><li>联系人：周姐</li><li>微信：会员可见</li></ul>": (Hidden.LOGIN,),
    "<ul><li>联系人：周姐</li><li>手机：137****6418 <a href=#>点击查看完整号码</a></li></ul>": (
        Hidden.LOGIN,
    ),
    "<p>您还没有登录，请<a href=/login>登录</a>后查看联系方式</p>": (Hidden.LOGIN,),
    "<p>您的会员级别没有查看联系方式的权限</p>": (Hidden.LOGIN,),
    "<p>查看该信息联系方式需支付金币 <b>5</b> 个</p>": (Hidden.LOGIN,),
    "<p><a href='javascript:show()'>查看联系方式</a></p>": (Hidden.LOGIN,),
    "<p>登录 | 注册 | 服务电话</p>": (),
    "<p>登录后才能发表看法</p>": (),
    "<p>查看更多联系我们的办法，请到展会现场</p>": (),
    "<div>该信息已过期，联系方式被自动隐藏</div>": (Hidden.EXPIRED,),
    "<p>优惠券已过期的不能再用</p>": (),
    "<ul><li>联系人：周姐</li><li>手机：<img src=/n.png></li><li>QQ：登录后可见</li></ul>": (
        Hidden.IMAGE,
        Hidden.LOGIN,
    ),
}


@pytest.mark.parametrize("html", _NOTICES)
def test_a_reason(html: str) -> None:
    assert read(article(html)).hidden == _NOTICES[html]


def test_reasons_of_others_do_not_count() -> None:
    found = read(
        article(BOX, "<h3>热门商家</h3><ul><li><a href=/1>钱氏</a> 手机：<img src=/n.png></li></ul>")
    )
    assert found.hidden == ()
    assert contacts(found) == IN_BOX


def test_the_sites_own_phone_beside_a_login_notice_is_not_the_merchants() -> None:
    found = read(
        article("<div class=k><div>请登录后查看联系方式</div><div>咨询电话：400-111-2222</div></div>")
    )
    assert found.hidden == (Hidden.LOGIN,)
    assert contacts(found) == ""

"""What is read from each sample page: first and last line, what must and must not be there, contacts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.pages.samples import contacts, lines, read, sample, sample_names
from tui.contacts.block import read_block
from tui.model import Hidden, Merchant


@dataclass(frozen=True, slots=True)
class Expected:
    """What a page gives; `contacts` are all that `tui.contacts` finds in its text."""

    title: str
    first: str
    last: str
    must: tuple[str, ...]
    never: tuple[str, ...]
    contacts: str = ""
    hidden: tuple[Hidden, ...] = ()
    images: int = 0


_EXPECTED = {
    "huoyuan_filled": Expected(
        title="春款童装一手货源直招代理",
        first="2024-03-08 10:20:31 浏览:1204 作者:管理员",
        last="卫衣实拍",
        must=("【商户信息】", "浏览量:1204", "【货源详情】", "每天下午四点前的单"),
        never=("qiangke8899", "13900001111", "wangjie", "nvbao", "15811112222", "700112233", "ICP", "脚本"),
        contacts="person=周姐 wechat=zhoujie_tz66 qq=2750913846 mobile=13759206418",
        images=1,
    ),
    "huoyuan_empty": Expected(
        title="小商品批发三年的几点体会",
        first="小商品批发三年的几点体会",
        last="第三点是记账，每一笔运费都写下来，月底一算，才知道哪一款是白忙。",
        must=("类目:微商怎么做", "微信号:", "断一次货"),
        never=("tonghang777", "shipin_0909", "123456789", "返回顶部", "当前位置"),
    ),
    "destoon_supply": Expected(
        title="供应不锈钢保温杯 500ml",
        first="公司基本资料信息",
        last="样品两天发出，大货二十天，木箱包装，内销外贸都做，欢迎到厂里看线。",
        must=("联系人：骆志远", "地址：永康市五金城8街", "单 价：\t18.50元/个", "双层真空"),
        never=("400-111-2222", "40012345", "13688889999", "焖烧罐", "返回顶部", "当前位置"),
        contacts="person=骆志远 qq=2910467385",
        hidden=(Hidden.IMAGE,),
        images=4,
    ),
    "destoon_contact": Expected(
        title="联系方式_广州市白云区锦程皮具厂",
        first="联系方式",
        last="最近登录：\t2024-02-19",
        must=("公司传真：\t020-86470136", "手机号码：\t13527648190", "即时通讯：\tQQ：1864029375"),
        never=("40012345", "皮具展会", "供应产品"),
        contacts="landline=02086470135 email=jincheng@pijuchang.example person=梁永康 mobile=13527648190 "
        "qq=1864029375",
    ),
    "mymps": Expected(
        title="转让九成新缝纫机十台",
        first="2024-05-11发布， 318 次浏览 收藏 举报",
        last="机器正面",
        must=("区域：硚口 古田", "联系电话：15927360481", "单台另谈。\n联系我时"),
        never=("huishou7788", "18602710001", "yundou", "88880000", "55667788", "二手电脑"),
        contacts="person=洪师傅 mobile=15927360481 qq=1739520648",
        images=2,
    ),
    "mymps_expired": Expected(
        title="求租临街小门面一间",
        first="2024-05-11发布， 318 次浏览 收藏 举报",
        last="门面示意",
        must=("租金两千以内",),
        never=("huishou7788", "18602710001", "55667788"),
        hidden=(Hidden.EXPIRED,),
        images=1,
    ),
    "wechat": Expected(
        title="义乌小饰品，今年这三样最好卖",
        first="第一样是发箍，去年压箱底的宽边款今年翻了身，摊位上一天走三百条。",
        last="要货单的加我微信：arong_yw2024，备注店名。",
        must=("珍珠夹子",),
        never=("yiwupaohuo", "dabao_123", "在看", "扫一扫"),
        contacts="wechat=arong_yw2024",
        images=2,
    ),
    "news": Expected(
        title="柯桥面料市场开春行情平稳 冬装尾货仍有压力",
        first="2024-02-26 来源：纺织头条网 阅读 3021",
        last="市场管理方提供的看样预约方式：微信号 kqmb_yuyue，每天上午九点开放。",
        must=("元宵节后", "按斤处理", "先看样再下定"),
        never=(
            *("80001234", "fangzhi.example", "weihuo_5588", "13700009999", "13611112222", "pibu9988"),
            *("buhang_zhang", "15822223333", "1351111", "334455667", "998877665", "script_only"),
        ),
        contacts="wechat=kqmb_yuyue",
    ),
    "tables": Expected(
        title="供应:大量库存纽扣拉链处理",
        first="大量库存纽扣拉链处理",
        last="电子邮件：\t点击发信 lin_niukou@wzbutton.example",
        must=("联 系 人：\t林国栋", "按公斤清"),
        never=("13033334444", "11112222", "10203040", "布料尾货"),
        contacts="person=林国栋 landline=057786092743 mobile=13958026417 qq=408152963 "
        "email=lin_niukou@wzbutton.example",
    ),
    "login": Expected(
        title="供应竹制蒸笼定做",
        first="品 牌：\t竹里",
        last="五十套以下发快递，五十套以上走物流，运费到付。",
        must=("单 价：\t35.00元/套", "当年新竹"),
        never=("400-111-2222", "40012345", "请登录", "推广企业产品"),
        hidden=(Hidden.LOGIN,),
    ),
    "masked": Expected(
        title="批发仿真花束 量大从优",
        first="商家信息",
        last="绢布材质，一束七头，适合婚庆和橱窗，整箱一百二十束，混批也可以，现货当天打包，天津港附近可以自提。颜色有粉、白、香槟三种，"
        "定制花色要提前十天。",
        must=("联系人：郭女士", "微信号：登录后可见"),
        never=(),
        contacts="person=郭女士",
        hidden=(Hidden.LOGIN,),
    ),
    "pictures": Expected(
        title="水晶吊坠厂家批发",
        first="联系人：\t宋老板",
        last="东海直供的水晶吊坠，粉晶、紫晶、茶晶都有，按克按颗都能拿，打孔免费，串绳另算，散客十颗起批，老客户可以先寄样。"
        "每月上新两次，图册找客服拿，仓库开放参观，来之前打个招呼就行，周末也有人。",
        must=("手机号：",),
        never=("18900001234", "银饰加工"),
        contacts="person=宋老板",
        hidden=(Hidden.IMAGE,),
        images=2,
    ),
    "definition": Expected(
        title="招商：社区团购水果供货",
        first="鲜果批发圈认证商家",
        last="合作方式见供货规则，价格表每周一更新。",
        must=("联系人：田野", "联系电话：一键拨打 17358041296"),
        never=("孙果", "sunguo_118", "推荐商家"),
        contacts="person=田野 wechat=tianye_guo7 mobile=17358041296",
        images=1,
    ),
    "inside": Expected(
        title="袜子机转让 附全套配件",
        first="袜子机转让 附全套配件",
        last="两台单针筒，二零年买的，一直在用，随时可以看机器试纺，配件和针都送。机器在大唐镇，装车我负责，只要现款，不接受分期，诚心要的再联系，"
        "问来问去的就不用了，谢谢。\n另外有库存纱线两吨，颜色以黑白灰为主，跟机器一起要的话价格好说，单要纱线按市场价走。\n"
        "联系人：何建国\n电话：13867520394\n微信同号",
        must=(),
        never=("13800138001", "旧货架"),
        contacts="person=何建国 wechat=13867520394 mobile=13867520394",
    ),
    "departments": Expected(
        title="联系我们 - 鸿运包装",
        first="联系人：谭小姐（销售部）",
        last="鸿运包装做纸箱、气泡袋和快递袋，工厂在东莞大朗，客户来访请先预约，导航搜索鸿运包装即可，园区里可以停大车，到门口给对应的业务打电话，"
        "会有人接。以下是各部门的联系办法，紧急情况请直接找生产部。",
        must=("手机：13712508857",),
        never=("77778888",),
        contacts="person=谭小姐 mobile=13712508846 mobile=13712508857",
    ),
}


@pytest.mark.parametrize("name", _EXPECTED)
def test_a_layout(name: str) -> None:
    found, expected = read(sample(name)), _EXPECTED[name]
    text = found.body.text
    assert found.title == expected.title
    assert lines(found)[0] == expected.first
    assert lines(found)[-1] == expected.last
    assert [words for words in expected.must if words not in text] == []
    assert [words for words in expected.never if words in text] == []
    assert contacts(found) == expected.contacts
    assert found.hidden == expected.hidden
    assert len(found.body.images) == expected.images


def test_every_sample_has_its_row() -> None:
    assert set(sample_names()) == set(_EXPECTED)


def test_the_blocks_fields_are_read_from_a_page() -> None:
    merchants = {name: read_block(read(sample(name)).body.text) for name in ("huoyuan_filled", "mymps")}
    assert merchants == {
        "huoyuan_filled": Merchant("童装货源", "周姐", "zhoujie_tz66", "2750913846", "13759206418", 1204),
        "mymps": Merchant(person="洪师傅", qq="1739520648", mobile="15927360481", views=318),
    }


def test_links_and_images_refer_to_the_pages_base() -> None:
    found = read(sample("definition"))
    assert "https://cdn.xianguo.example/p/rule.html" in found.body.links
    assert found.body.images == ("https://cdn.xianguo.example/p/kiwi.jpg",)


def test_images_that_load_late_are_those_shown() -> None:
    assert all("mmbiz.qpic.cn" in image for image in read(sample("wechat")).body.images)

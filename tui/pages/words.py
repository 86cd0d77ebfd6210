"""The words by which pages name their parts: labels of contact boxes, headings of what is not the article.

Whoever meets another one adds it to its list; spaces within it and capitals need no variant.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Field(StrEnum):
    """What a label in a box names."""

    PERSON = "person"
    WECHAT = "wechat"
    QQ = "qq"
    MOBILE = "mobile"
    PHONE = "phone"
    EMAIL = "email"
    MERCHANT = "merchant"
    PLACE = "place"
    GOODS = "goods"

    @property
    def reaches(self) -> bool:
        """Whether the value is a way to the merchant, or whom to ask for."""
        return self not in (Field.MERCHANT, Field.PLACE, Field.GOODS)


_LABELS = {
    Field.PERSON: "联系人 联系人姓名 业务联系人 联络人 姓名 店主 掌柜",
    Field.WECHAT: "微信 微信号 微信号码 微信ID 微信账号 联系微信",
    Field.QQ: "QQ QQ号 QQ号码 联系QQ 扣扣",
    Field.MOBILE: "手机 手机号 手机号码 联系手机 移动电话",
    Field.PHONE: "电话 联系电话 公司电话 电话号码 固定电话 座机 固话 联系方式",
    Field.EMAIL: "邮件 邮箱 电子邮件 电子邮箱 电子信箱 E-mail Email",
    Field.MERCHANT: """商户信息 商家信息 商户名称 公司名称 公司 企业名称 店铺 店铺名称 会员 来自用户 公司传真
        传真 公司网址 网址 主页网址 即时通讯 部门 部门(职位) 职位 最近登录""",
    Field.PLACE: "地区 区域 所在地 所在地区 地址 公司地址 联系地址 详细地址 邮编 邮政编码",
    Field.GOODS: """类目 分类 所属类目 行业 主营 主营产品 产品/服务 品牌 型号 规格 单价 价格 最小起订量 起订量
        供货总量 发货期限 有效期至 最后更新 发布时间 浏览量 浏览次数""",
}
FIELDS = {word.upper(): field for field, words in _LABELS.items() for word in words.split()}
"""The labels without spaces, in capitals."""


def _spaced(word: str) -> str:
    return r"\s{0,4}".join(re.escape(letter) for letter in word)


OWN_BOX = frozenset({"商户信息", "商家信息"})
"""Names of boxes that are the merchant's beyond doubt."""
OF_THE_SITE = re.compile(r"联系我们|关于我们|本站|网站|客服")
"""Words in a box that is rather the site's."""
LABEL = re.compile(
    r"(?:(?P<first>^[^\w(（\[]{0,6})|(?<=[\s|｜;；,，。]))"
    rf"(?P<label>{'|'.join(map(_spaced, sorted(FIELDS, key=len, reverse=True)))})"
    r"(?:\s?[(（/][^()（）:：]{1,8}[)）]?)?\s{0,4}(?:(?P<colon>[:：])|】?$|\s)",
    re.IGNORECASE,
)
"""A label at the start of a text, or later in it; behind it a colon, a gap or nothing."""

DECORATION = " \t【】[]「」『』〖〗《》|｜·•:：*-—~#"
_MORE = r"(?:\s?(?:更多|more|换一[批换组]|查看全部|全部|[.>»›+]{1,3})){0,3}"
_THINGS = """
    新闻|文章|阅读|资讯|信息|推荐|货源|产品|内容|商家|商户|厂家|供应商?|求购|商机|企业|公司|帖子|话题|链接|视频|报道|热文|店铺|商品
    |微商|主题|日志|博文|图文|词条|搜索|标签|专题|案例|招聘|加盟|代理|分类|关键词
"""
_WHICH = """
    随机|相关|热门|最新|推荐|精彩|热点|更多|其[他它]|同类|类似|相似|本类|同城|附近|栏目|站内|本站|精选|优质|诚信|今日|本周|本月|VIP
    |(?:本|该|此|这家|商家|店主|卖家|用户|发布者|TA)?(?:企业|公司|商家|店铺|用户)?的?其[他它]|[您你](?:可能)?感兴趣的
"""
_WHOSE = """
    本站|广告|赞助|站长|今日|编辑|精彩|热门|为[您你]|新闻|文章|货源|产品|商家|厂家|店铺|商品|供应商|企业
"""


def _compact(pattern: str) -> str:
    return "".join(pattern.split())


RECOMMENDATIONS = re.compile(
    _compact(
        rf"""
        (?:(?:{_WHICH})的?(?:{_THINGS})(?:推荐)?
        |(?:{_THINGS})(?:精选|排行榜?)
        |(?:{_WHOSE})推荐
        |猜[您你]喜欢|[您你]可能(?:还|也)?(?:会)?(?:喜欢|感兴趣|在找).{{0,4}}
        |大家(?:都|还)?在[看搜]|看[过了](?:.{{1,6}})?(?:又看|还看.{{0,2}})|同行(?:都|还)?在看
        |为[您你](?:推荐|精选)|随便看看|延伸阅读|最新(?:入驻|加入).{{0,4}}
        |推广(?:信息|链接|内容)?|广告|赞助商?链接?|友情链接|合作伙伴
        |(?:阅读|点击|浏览|人气|热门|本周|本月|24小时)?排行榜?|热门分站.{{0,6}})
        """
    )
    + _MORE,
    re.IGNORECASE,
)
"""The heading of a list of other articles, goods or merchants."""
LISTS = re.compile(
    _compact(rf"(?:{_WHICH})的?[\u4e00-\u9fff]{{1,6}}(?:{_THINGS})(?:推荐)?") + _MORE, re.IGNORECASE
)
"""What is such a heading if links follow, and may be one of the article's own."""
COMMENTS = re.compile(
    _compact(
        r"""
        (?:评论[区列]?表?|(?:网友|最新|全部|热门|精彩|信息|文章|用户|发表|我要|查看|相关)评论|网友(?:留言|点评|跟帖)
        |(?:在线|最新|访客|用户|精选)?留言板?|发表(?:留言|看法|回复)|我来说[两几]句|(?:全部|最新)?回复|共\d{0,7}条评论)
        (?:[(（]?\d{1,7}条?[)）]?)?
        """
    )
    + _MORE,
    re.IGNORECASE,
)
"""The heading of what readers wrote."""

SECTION = re.compile(r"【[^】]{1,12}】")
PLACE_ON_SITE = re.compile(r"^.{0,3}(?:您?(?:现在|当前|目前)?(?:所在|的)?的?位置|当前位置|所在位置)\s?[:：]")
NEIGHBOURS = re.compile(r"^\W{0,3}[上下前后]一[篇条页个]")
BOILERPLATE = re.compile(r"^.{0,4}(?:免责|郑重|版权|法律)声明|^.{0,4}(?:温馨|安全|防骗|友情)提[示醒]\s?[:：]")
FOOTER = re.compile(
    r"[\u4e00-\u9fff]ICP[备证]|公网安备|版权所有|All Rights Reserved|Copyright\s?(?:©|\(c\)|\d)|^Powered by",
    re.IGNORECASE,
)

BYLINE = re.compile(r"[12][09][0-9]{2}[-/年.][0-9]|来源|作者|编辑|发布|浏览|阅读|更新")
"""What the line below the headline says, which is no prose."""

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
"""One of the words that a class or an id is made of."""
_CLUTTER = """
    nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs header masthead topbar toolbar
    login related relate relation recommend recommends recommended recommendation suggest suggestion guess
    footer foot copyright friendlink friendlinks youlian adv advert advertisement sponsor share sharing
    pager pagination
"""
CLUTTER_WORDS = frozenset(_CLUTTER.split())
"""Words of a class or an id that say: not the article."""
COMMENT_WORDS = frozenset({"comment", "comments", "guestbook", "liuyan", "pinglun", "replies", "reply"})
FRAME_IDS = frozenset({"bottom", "foot", "ft", "hd", "head", "top"})
AD_CLASSES = frozenset({"ad", "ads"})
"""By themselves only, because sites of classified advertisements call what they publish so."""
WECHAT_TEXT = "js_content"
"""The id of the article's text on mp.weixin.qq.com, which is invisible until the page's scripts have run."""

"""What a site writes in place of an article or its contacts: proof of a human, a login, an expired notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.model import Hidden

LONGEST_NOTICE = 80
"""A longer line is prose that only speaks of logins and the like."""

_HEAD = 65_536
_LITTLE = 400
_NEXT_TO_NOTHING = 120
_TITLE = re.compile(r"<title[^<>]{0,80}>([^<]{0,80})", re.IGNORECASE)
_SCRIPTS = re.compile(
    r"_cf_chl_opt|/_incapsula_resource|acw_sc__v2|__jsl_clearance|tencentcaptcha\(|initgeetest", re.IGNORECASE
)
_HUMAN = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|robot check|captcha"
    r"|enable javascript and cookies|输入验证码|^\W*验证码?\W*$"
    r"|人机验证|安全验证|安全检查|访问验证|身份验证|滑动验证|环境异常|访问(?:过于)?频繁|访问被拦截",
    re.IGNORECASE,
)

_GATE = "登[录陆]|注册|会员|VIP|付费|支付|充值|升级|实名|积分|权限"
_SHOWN = "联系(?:方式|电话|人|信息)|电话|手机号?|微信号?|QQ号?|号码"
LOGIN = re.compile(
    rf"(?:{_GATE}|关注).{{0,8}}(?:查看|可见|显示|可查|看到|获取)"
    rf"|(?:查看|显示|获取|解锁).{{0,6}}(?:{_SHOWN}|完整|全部)"
    r"|^\W{0,3}(?:请先?|点击)?(?:登[录陆]|注册|查看|显示).{0,4}$",
    re.IGNORECASE,
)
"""What stands in place of a value for those who have not logged in or paid."""
ASKS_FOR_LOGIN = re.compile(
    rf"(?:{_GATE}).{{0,6}}(?:查看|看到|获取|显示|可见|解锁).{{0,8}}(?:{_SHOWN})"
    rf"|(?:查看|显示|获取|解锁).{{0,8}}(?:{_SHOWN}).{{0,10}}(?:{_GATE})"
    rf"|(?:{_SHOWN}).{{0,6}}(?:{_GATE}).{{0,4}}(?:可见|查看|显示)"
    rf"|^\W{{0,3}}(?:点击)?(?:查看|显示|获取)(?:完整|全部|商家|卖家|TA的|[他她]的)?(?:{_SHOWN})\W{{0,3}}$",
    re.IGNORECASE,
)
"""The same without a label before it, and the button that stands there."""
EXPIRED = re.compile(
    r"(?:信息|商机|货源|供应|求购|帖子|商品|产品|内容)已经?(?:过期|失效|下架|到期)|已(?:过期|失效|下架|到期).{0,12}联系方式"
)
"""What stands in place of the contacts of an offer that is over."""

_NOTICED = ("查看", "看到", "获取", "显示", "可见", "解锁", "过期", "失效", "下架", "到期")
"""Without one of these words there is no such notice; most articles have none."""

_LABEL = r"(?:联系|公司|手机|固定)?(?:电话|手机)(?:号码?)?|座机|热线|(?:电子)?邮[箱件]|e-?mail|联系方式"
_BEFORE_IMAGE = re.compile(rf"(?:{_LABEL})\s*[:：]?$", re.IGNORECASE)
_NAMED_IMAGE = re.compile(rf"(?:{_LABEL})\s*[:：]?\s*\[(?:图|image|img)[^\]\n]{{0,80}}\]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,400}>")
_NUMBER = re.compile(r"\d(?:[ -]?\d){6}")
_REACH = 240
_ENDS = (":", "：", *"话机码线箱件式lL")
"""The last characters of all labels: most images stand behind others."""
_MOST_IMAGES = 60
_MOST_TAGS = 5
_LONGEST_LABEL = 16


def is_challenge(source: str, title: str, text: str) -> bool:
    """Tell whether a page asks for proof of a human: its title says so, or it has hardly any other text.

    Scripts alone prove nothing, because sites put the same ones under their forms.
    """
    if len(text) > _LITTLE:
        return False
    if _HUMAN.search(title):
        return True
    return len(text) <= _NEXT_TO_NOTHING and bool(_SCRIPTS.search(source[:_HEAD]) or _HUMAN.search(text))


def is_challenge_for_feed(source: str) -> bool:
    """Tell whether a page that came instead of a feed asks for proof of a human."""
    head = source[:_HEAD]
    title = _TITLE.search(head)
    return bool((title and _HUMAN.search(title[1].strip())) or _SCRIPTS.search(head))


def withheld(html: str, text: str, *, reachable: bool) -> tuple[Hidden, ...]:
    """Why an article of a feed shows no contact, by its HTML and its text; each reason once.

    A login and an expired offer count only where no contact was found all the same.
    """
    found = {*_images(html, text), *(() if reachable else _notices(text))}
    return tuple(reason for reason in Hidden if reason in found) if found else ()


def _images(html: str, text: str) -> Iterator[Hidden]:
    """A label of a number with an image behind it, and no number after that."""
    if "[" in text and _NAMED_IMAGE.search(text):
        yield Hidden.IMAGE
    at = -1
    for _ in range(_MOST_IMAGES):
        at = html.find("<img", at + 1)
        if at < 0:
            return
        before = _text_before(html, at)
        if before.endswith(_ENDS) and _BEFORE_IMAGE.search(before):
            behind = _TAG.sub(" ", html[at : at + 2 * _REACH])
            if not _NUMBER.search(behind[:40]):
                yield Hidden.IMAGE


def _text_before(html: str, at: int) -> str:
    """The few characters before a place, the tags between left out."""
    before = html[max(0, at - _REACH) : at].rstrip()
    for _ in range(_MOST_TAGS):
        if not before.endswith(">"):
            break
        before = before[: max(0, before.rfind("<"))].rstrip()
    return before[-_LONGEST_LABEL:]


def _notices(text: str) -> Iterator[Hidden]:
    if not any(word in text for word in _NOTICED):
        return
    for line in text.split("\n"):
        if len(line) <= LONGEST_NOTICE:
            if ASKS_FOR_LOGIN.search(line):
                yield Hidden.LOGIN
            if EXPIRED.search(line):
                yield Hidden.EXPIRED

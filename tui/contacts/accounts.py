"""Judges whether a 微信号 is a person's or an official account's (公众号)."""

from __future__ import annotations

import re

from tui.contacts.labels import Role
from tui.contacts.lettered import OWNERS
from tui.contacts.runs import Run
from tui.contacts.shapes import ID, Value
from tui.contacts.words import APP_ID


def is_official(text: str, run: Run, value: Value) -> bool:
    """Tell whether a 微信号 is an official account's: its name stands before, or one is to follow it."""
    named = value.shape is ID and (_WECHAT in run.roles or run.hits[0].label.word == "id")
    if not named or APP_ID.fullmatch(text, value.start, value.end):
        return False
    before = text[max(0, run.start - 48) : run.start]
    gh = text.startswith("gh_", value.start)
    if gh or ("我" in before[-4:] and _WRITTEN_TO.search(before)):
        return gh
    if (
        _is_named_before(text, run, before)
        or ("关注" in before and _FOLLOW.search(before))
        or ("公众" in before and _SOUGHT.search(before))
    ):
        return True
    if (
        _is_to_follow(text, run, value)
        or _is_far_named(text, run, value)
        or _OF_ACCOUNT.match(text, value.end)
    ):
        return True
    between = text[run.end : value.start]
    if "关注" in between or (before.endswith("(") and _TAKEN_FROM.search(before)):
        return True
    sought = "搜" in text[max(0, run.start - 3) : value.start] and _FOLLOWED.match(text, value.end)
    return bool(sought) or _is_of_medium(text, run, value)


def _is_of_medium(text: str, run: Run, value: Value) -> bool:
    """Tell whether a 微信号 is a medium's: its name or who makes it before, or its code to follow behind."""
    if text[run.end - 1] != "号":
        return False
    before = text[max(0, run.start - 40) : run.start].rstrip(" \n([*#>-")
    if before[-1:] in _MEDIUM_ENDS and _MEDIUM.search(before) and not _SOLD.search(before):
        return True
    return _FOLLOWED_BY_CODE.match(text, value.end, value.end + 48) is not None


def _is_to_follow(text: str, run: Run, value: Value) -> bool:
    """Tell whether a 微信号 has a call to follow above or below: 扫码关注我们⏎微信号：abc123."""
    if text[run.end - 1] != "号" or text.find("关注", max(0, run.start - 240), value.end + 160) < 0:
        return False
    above = _BLANKS.sub(" ", text[max(0, run.start - 240) : run.start])[-64:]
    below = _BLANKS.sub(" ", text[value.end : value.end + 160])
    if _FOLLOW_ABOVE.search(above) or _FOLLOW_BELOW.match(below):
        return True
    return "关注" in above and _ACCOUNT_ABOVE.search(above) is not None


def _is_far_named(text: str, run: Run, value: Value) -> bool:
    """Tell whether a 微信号 is of an account named farther above, or one that asks to be let copy a text."""
    if text[run.end - 1] != "号":
        return False
    far = max(0, run.start - _FAR)
    framed = _FRAMED.search(text, max(0, run.start - 32), run.start)
    if framed is not None:
        named = text.rfind(framed["name"], far, framed.start())
        if named >= 0 and _NAMES.search(text, max(0, named - 12), named):
            return True
    before, behind = text[far : run.start], text[value.end : value.end + 48]
    if "白" not in before and "白" not in behind and "转载" not in before:
        return False
    listed = ("白" in behind and _LISTED_BEHIND.match(behind)) or ("白" in before and _LISTED.search(before))
    copies = "转载" in before and ("名称" in behind or "公众号" in before)
    if not (listed or (copies and _COPIES.search(before))) or _OF_PERSON.search(before):
        return False
    return copies or "公众号" in before or "开" in (behind if "白" in behind else before[-24:])


def _is_named_before(text: str, run: Run, before: str) -> bool:
    """Tell whether an account's name ends right before a label, and not in an item of its own."""
    named = _OFFICIAL.search(before)
    if named is None or _TRADED.search(text, max(0, run.start - 64), run.start):
        return False
    if _BY_OWNER.search(before):
        return False
    own_item = _OWN_ITEM.search(named[0]) is not None or _WITH_ID.match(named[0]) is not None
    return not own_item or (text[run.end - 1] in "号码" and not _WITH_ID.match(named[0]))


_WECHAT = Role.WECHAT
_OFFICIAL = re.compile(
    r"(?:公众号|公众账号|公众平台|公号|订阅号|服务号)"
    r"(?:(?:名称|名|昵称)? ?[:\"「『【](?:(?!客服(?!务)|客户)[^\n!?:加联]){1,30}"
    r"(?:</[a-z]{1,6}>)?\n\s*(?:<[a-z]{1,6}>)?"
    r"|[「『【《\"][^\n「」『』【】《》\"]{1,40}[」』】》\"][^\w\n]{0,3}$"
    r"|(?:(?![加或和与联客咨个作运商我聊]|\n\s*\n)[^。!?]){1,40})$"
)
_WITH_ID = re.compile("公众号 ?id ?:")
# - 公众号：…⏎- 微信：abc123 are two items, and so are 公众号 abc123 / 微信 def456
_OWN_ITEM = re.compile(
    r"(?:\n[^\w\n]{1,8}|[a-z][a-z0-9_\-]{5,19} ?(?:[/|,、;&+] ?|(?<= ))|:[^:\n]{1,16}, ?)\Z"
)
# 公众号：…⏎私人微信：abc123: the label's own words say that it is somebody's
_BY_OWNER = re.compile(rf"[\s#*>,;、/|(\-](?:私|投稿|{'|'.join(OWNERS.split())})[的号]? ?\Z")
# 公众号：…⏎如需转载请联系我（微信：abc123）
_WRITTEN_TO = re.compile(r"(?:联系|加|找|私信|问)(?:一?下)?我的?(?:个人)?[^\w\n]{0,2}\Z")
_FOLLOW_ABOVE = re.compile(
    r"(?:(?:扫码|扫一扫|扫描|点击|长按)[^\n\w]{0,2}(?:二维码)?关注|关注我们"
    r"|关注[【「『《“][^\n]{2,20}[】」』》”])(?:(?![加或联客咨个作运商聊]|老师|一对一|拿货|看款)(?:[^a-z0-9。!?:;]|\\n)){0,30}\Z"
)
_FOLLOW_BELOW = re.compile(
    r" ?\n(?:(?![加或联咨个聊])[^a-z0-9。!?:;]){0,40}"
    r"(?:长按|扫码|扫一?扫|扫描|识别)[^\n]{0,8}(?:二维码|识别)?[^\n]{0,3}关注"
)
# 扫描关注公众号回复加群⏎⏎兰奇安全团队⏎⏎微信号：abc123
_ACCOUNT_ABOVE = re.compile(
    r"(?:扫|按|识别|点击)[^\n]{0,12}关注[^\n]{0,12}(?:公众号|公号|订阅号|服务号)[^\n:]{0,20}\n"
    r"(?:(?:(?![加联客咨]|个人|作者|运营|商务|合作|[细详私]聊|投稿|店[主长]|老师|助手|一对一|拿货|看款)[^\n:]){0,30}\n){0,6}[^\w\n]{0,8}\Z"
)
_FAR = 400  # letters before a 微信号 in which its account may be named
_FRAMED = re.compile(
    r"(?P<name>[【「『《\"][^\n【】「」『』《》\"]{2,20}[】」』》\"]) ?的?(?:微信公众号)?[ (]?\Z"
)
_NAMES = re.compile(r"(?:公众号|公号|订阅号|服务号|公众账号)[^\w\n]{0,3}[是叫为]?[^\w\n]{0,2}\Z")
# an account asks another one to let it copy a text: 想转载…，给微信号：abc123开个白名单
_LISTED = re.compile(r"(?:开通?|加)[个下一入]{0,2}白(?:名单)?[^\n加联]{0,16}\Z")
_LISTED_BEHIND = re.compile(r"[^\n0-9a-z]{0,10}(?:开通?|加)[个下一入]{0,2}白")
_COPIES = re.compile(
    r"(?:授权|申请|请求|可[以否]|能[否不]|想|希望|求)[^\n。]{0,10}转载|转载[^\n。]{0,8}(?:授权|申请|许可|吗)"
)
_OF_PERSON = re.compile(
    r"(?:[加我联系服人者编长主手理员友聊询]|合作|商务|运营)的? ?(?:个人)?\Z|加[^\n。,]{0,3}\Z"
)
_TRADED = re.compile(
    r"(?:出售|转让|收购|求购|代运营|代注册|涨粉|卖个?|买个?)[^\n。]{0,6}公众号"
    r"|公众号[^\n。!?]{0,12}(?:接单|出售|转让|求购|代写|代发|排版|代运营|兼职|涨粉|外包)"
)
_BLANKS = re.compile(r"[ \t\0]{2,}")
_FOLLOW = re.compile(r"关注(?:(?![加或联客咨个作运商聊]|我(?!们))[^。!?,;\n]){0,16}$")
_TAKEN_FROM = re.compile(
    r"(?:(?:来源|来自|转自|转载自?|出处|摘自) ?[:于]? ?[^\n。:]{1,20}"
    r"|关注(?:本|这个|该)?(?:[账帐]号|公众号|公号)[^\n:]{0,32})\(\Z"
)
# 在公众账号中搜索[兰奇]或者搜索微信号[abc123]
_SOUGHT = re.compile(
    r"公众(?:号|账号|平台)[里中]?(?:搜索?|查找)[^\n。!?]{1,24}(?:或者?|也可以?)(?:直接)?(?:搜索?)?\Z"
)
_OF_ACCOUNT = re.compile(r"(?:[^\w\n]{0,2}的|[」』】])(?:微信)?(?:公众号|订阅号|服务号)")
_CODE = (
    r"(?:或者?|也可以?)?(?:直接)?(?:扫(?:描|一扫)?|长按|识别){1,2}[^\w\n]{0,2}"
    r"(?:[上下][方面边图]|以[上下]|[此本该]|图中|的){0,3}二维码[^\w\n]{0,2}(?:即可|就?[能可]以?|来|并)?"
)
_FOLLOWED = re.compile(rf"[^\w\n]{{0,12}}(?:(?:即可|来|并|可)?(?:关注|订阅)|{_CODE}关注)")
_FOLLOWED_BY_CODE = re.compile(
    rf"[^\w\n]{{0,4}}(?:{_CODE}(?:关注|订阅)(?!我(?!们))|(?:欢迎|请|记得|敬请)?(?:关注|订阅)我们(?!的?[产店商新]))"
)
# what is printed, sent or shown to many, in the name right before a 微信号, and who makes it
_MEDIA = (
    "(?:[时日晚早周月学农商导]报|都市报|[周月双季]刊|(?<![旧老期购卖订])杂志|学刊|新闻网|(?<![供续期行细便])观察|茶馆|茶话"
    "|出版社|广播|电视台|融媒体?(?:中心)?|通讯社|快讯|官微)"
)
_FOLLOWED_NAME = (
    r"(?:[「『【《“\"][^\n」』】》”\"]{2,12}[」』】》”\"]"
    rf"|(?:(?![加联客咨我本产店厂商])[\u4e00-\u9fff]){{1,8}}(?:{_MEDIA}|[网君说]|笔记|课堂|学堂|学院|之家|日记|部落))"
)
_MEDIUM = re.compile(
    rf"(?:{_MEDIA}[】」』》”\"]?|由[^\n。,;:]{{2,16}}(?:出品|主办|编发|运营)"
    r"|[报刊网台社志栏](?:出品|主办|编发|运营|推出|打造|制作|原创)"
    r"|(?:转自|转载自?|摘自|首发于)[ :]?(?!朋友|网友|某|群)[^\n。:,]{2,16},"
    rf"|(?:请|更多|欢迎|记得)[^\n。,]{{0,8}}关注{_FOLLOWED_NAME},)\Z"
)
_SOLD = re.compile("[收求回]购|出售|转让|回收|二手|批发|印刷|[订购]阅?[^\\n]{0,8}\\Z")
_MEDIUM_ENDS = frozenset('报刊志网察馆话社播台体心讯微品办出造作营发创,】」』》”"')

"""Judges whether letters without a digit are an id or a word of the sentence."""

from __future__ import annotations

import re

from tui.contacts.labels import PEOPLE, Role
from tui.contacts.persons import is_common, is_persons
from tui.contacts.phrases import IN_DATA
from tui.contacts.runs import Run
from tui.contacts.shapes import Value
from tui.contacts.words import ORDINARY, PINYIN, TECHNICAL


def word_fits(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether letters may be an id: behind a colon, a word of adding, or in an offer."""
    if any(judges(text, run, gap, value) for judges in (_is_in_data, is_below, _is_followed)):
        return True
    if _PAID_BY.search(text, max(0, run.start - 8), run.start) or _is_plain_word(text, run, gap, value):
        return False
    if (
        _LATIN_ONLY.fullmatch(text, run.start, run.end)
        and CODE_GOES_ON.match(text, value.end)
        and not (gap and text[run.start - 1 : run.start] == "(" and text[value.end] == ")")
    ):
        chinese = _CHINESE.search(text, max(0, run.start - 12), value.end + 6) is not None
        return chinese or is_persons(text, run, gap, value)
    if gap in _CLOSE and run.hits[-1].label.word in _PLAIN and _stands_as_id(text, run, gap, value):
        return True
    if text[run.end - 1] in "号码" and _SAID_OF_IT.fullmatch(gap) and _is_name(text, value):
        return True
    return (
        run.added
        or _OFFERED.search(gap) is not None
        or _is_offered(text, run, gap, value)
        or is_persons(text, run, gap, value)
    )


def _is_name(text: str, value: Value) -> bool:
    """Tell whether letters spell a name and end the sentence."""
    return bool(PINYIN.fullmatch(text, value.start, value.end) and _SENTENCE_ENDS.match(text, value.end))


def _is_in_data(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether letters are the value that data keeps with a label: label: '微信号', value: 'abcdef'."""
    if _IN_DATA.fullmatch(gap) is None or ORDINARY.fullmatch(text, value.start, value.end):
        return False
    return text[value.end : value.end + 1] == gap[-1] and _CHINESE.match(text, run.end - 1) is not None


def is_below(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether the line below a call begins with letters that the sentence goes on behind.

    联系微信号⏎abcdef还有优惠
    """
    if "\n" not in gap or gap.strip() or text[run.end - 1] != "号" or _OFFERS.match(text, value.end) is None:
        return False
    if TECHNICAL.fullmatch(text, value.start, value.end) or ORDINARY.fullmatch(text, value.start, value.end):
        return False
    return _CALLS.search(text, max(0, run.start - 3), run.start) is not None


def _is_followed(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether letters right behind 公众号 are an account: one to be followed, or a name spelled out."""
    if run.roles != {Role.OFFICIAL} or gap not in _CLOSE or is_common(text, value):
        return False
    if not _STOPS.match(text, value.end):
        return False
    if _FOLLOW.search(text, max(0, run.start - 10), run.start):
        return True
    return PINYIN.fullmatch(text, value.start, value.end) is not None


def _is_offered(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether letters are offered as somebody's: 客服微信abcdef, 微信abcdef 电话138…, v信abcdef."""
    said = _ADDS.match(text, value.end) is not None
    if not (said or _ENDS.match(text, value.end) or _GOES_ON.match(text, value.end)):
        return False
    if run.disguised or _CALLED.fullmatch(gap) or (said and _SOUGHT.fullmatch(gap)):
        return True
    if "\n" in gap:
        owned = _OWNER.search(text, max(0, run.start - 8), run.start) is not None
        return (text[run.end - 1] == "号" or owned) and _LINE_END.match(text, value.end) is not None
    if gap not in _CLOSE:
        return gap in _CLOSING and _OPENING.match(text, run.start - 1) is not None
    if run.hits[-1].label.word == "vx" and _CHINESE.search(text, max(0, run.start - 3), run.start):
        return said or _LINE_END.match(text, value.end) is not None
    return bool(
        said
        or _OWNER.search(text, max(0, run.start - 8), run.start)
        or _CONTACT_BEFORE.search(text, max(0, run.start - 16), run.start)
        or _CONTACT_NEXT.match(text, value.end)
        or (_PICTURE.match(text, max(0, run.start - 1)) and _PICTURED.match(text, value.end))
    )


def is_offered_before(text: str, value: Value) -> bool:
    """Tell whether letters before a label are an id: 商务：abcdef（微信）, 加我abcdef微信."""
    if ORDINARY.fullmatch(text, value.start, value.end):
        return False
    if _LINE_START.search(text, max(0, value.start - 3), value.start) and _ADD_ME.match(text, value.end):
        return True
    before = _NAMED_BEFORE if text[value.end :].lstrip()[:1] == "(" else _ADDED_BEFORE
    return before.search(text, max(0, value.start - 8), value.start) is not None


def _stands_as_id(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether letters right behind a label can only be an id, by their form or what stands about."""
    if text[run.end - 1] in "号码" or PINYIN.fullmatch(text, value.start, value.end):
        return True
    ends = _SENTENCE_END.match(text, value.end) is not None
    mine = is_mine(text, run)
    apart = text[run.start - 1 : run.start] in _APART and _CHINESE.match(text, run.start) is not None
    return _ANSWER.match(text, value.end) is not None or (
        ends and (gap == "-" or mine or (apart and not gap))
    )


def is_mine(text: str, run: Run) -> bool:
    """Tell whether a label is the writer's own: 我微信, 我的微信."""
    return text[max(0, run.start - 2) : run.start].endswith(("我", "我的"))


def _is_plain_word(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether letters behind a label are a word of the sentence or of code."""
    if not gap and text[run.end - 1] in "号码" and _AND_SO_ON.match(text, value.end):
        return False
    if ":" not in gap and (gap.lstrip().startswith((")", ",", "、", ";")) or "中的" in gap):
        return True
    said = _CONTACT_SAID.match(text, value.end) is not None
    if ":" not in gap and _CHINESE.match(text, value.end) and not said:
        return True
    if _CALL.search(gap) or _CODE_BEFORE.search(text, max(0, run.start - 12), run.end):
        return True
    known = ORDINARY.fullmatch(text, value.start, value.end) or (":" not in gap and is_common(text, value))
    if known or THING.match(text, value.end):
        return True
    behind = value.start >= run.end
    return behind and not said and _WORD_GOES_ON.match(text, value.end) is not None


_IN_DATA = re.compile(rf"(?:{IN_DATA})")
_SAID_OF_IT = re.compile(r",? ?[\u4e00-\u9fff]{1,8}")  # 微信号大家记一下zhangxiaolan。
_SENTENCE_ENDS = re.compile(r" *(?:[。!~\n]|\Z)")
_PAID_BY = re.compile(r"支付(?:方式|渠道|类型)?[^\n]{0,3}\Z")  # 支付方式 微信：WXAPP
_CALL = re.compile(r"[\"')]\.|[\"'],|\*/")  # '加微信').action; "公众号", description
_CODE_BEFORE = re.compile(r"[a-z] (?:vx|wx|v|w)$")  # var vX: CGFloat
_APPS = (
    "钉钉|飞书|企业微信|支付宝|微博|抖音|快手|telegram|whatsapp|discord|slack|line|facebook|twitter|dingtalk"
)
# 微信：subpackages 分包 is a thing of a program
THING = re.compile(
    r" ?(?:分?包|插件|组件|接口|模块|类库|框架|版本|端|文件|目录|代码|脚本|函数|方法|参数|字段|配置|环境|工具"
    r"|平台|协议|模块|功能|登[录陆]|授权|支付(?!宝)|签名|回调|渲染|缓存"
    r"|服务(?:端|器|异常|不)|支持(?= *(?:[,。的\n]|\Z))"
    r"|失效|报错|异常|崩溃|的(?:使用|用法|问题|原理|源码|教程|实现|写法|bug)|到最新|最新版"
    rf"|(?:[、/和与或]|,? ?and|or) ?(?:{_APPS})(?:等|[、,。/和\n ]|\Z))"
)
_WORD_GOES_ON = re.compile(r" [a-z]| ?=| ?[*+] ?[(0-9a-z]|[(.](?![\s\u4e00-\u9fff]|$)")
_AND_SO_ON = re.compile("[或和]|进行|咨询|联系|添加|备注")
_ANSWER = re.compile(
    r" ?[,;。!)(]? ?(?:可以?加|添加|加我|加一?下|拉一?下|拉[我你]|请?备注|咨询|联系|交流|沟通|详聊|请教"
    r"|有(?:问题|事|需要))"
)
_CALLS = re.compile(r"(?:联系|加|搜索?)\Z")
_OFFERS = re.compile(
    "还[有能可]|(?:可以?|即可?|来|免费?|直接)?(?:领|获取?|享|了解|咨询|进群|拉|报名|免费)|有(?:优|折|惊|红|礼)|请?备注"
)
_FOLLOW = re.compile(r"(?:关注|搜索?|订阅)(?:一?下)?(?:微信|我的?|我们的?|作者的?)?[ *`「“]{0,3}\Z")
_STOPS = re.compile(
    r" *[*`」”]{0,2} *(?:[.,。;!~]? *(?:\n|\Z)|[,。;!~)]|\. |追更|催更|回复|一起|第一时间|不迷路|更多)"
)
_APART = frozenset({",", "。", ";", "!"})
_SENTENCE_END = re.compile(r" *(?:[\n,。;!~]|\Z)")
_PLAIN = frozenset({"微信", "wx", "vx", "v信", "薇信", "wechat", "we chat", "weixin"})
_CLOSE = frozenset({"", " ", "-"})
_OFFERED = re.compile(r"[:;=\"'`*「『\[【<(→]|加我|联系|加 *\Z|^ *[是为]")
_LATIN_ONLY = re.compile(r"[a-z0-9 ]+")
_CHINESE = re.compile("[\u3400-\u9fff]")
CODE_GOES_ON = re.compile("[ ]?(?:[;})]|,(?! {0,3}(?:[\u4e00-\u9fff]|qq|e?mail|tel|phone|mobile)))")
# where an id ends, and what the sentence says of it then
_ENDS = re.compile("[ ]*(?:[\n,。;!?~|/)】」》<\"'`*\u2600-\u27bf\U0001f300-\U0001faff]|\\Z)")
_ADDS = re.compile(
    r" {0,2}(?:添?加(?:好友|我|一?下|微信|为|,|$)|添加|联系(?!人)|详谈|详聊|咨询|[入进]群|求带|求拉|拉群"
    r"|拉[我你]|请?备注|谢谢|感谢|为?好友|交流|沟通|获取|领取)"
)
_CONTACT_SAID = re.compile(
    rf"{_ADDS.pattern}"
    r"| {0,2}(?:(?:或者?|[和及、,/]) ?)?(?:价格|看货|拿货|电话|手机|tel|qq|扣扣|邮箱|e?mail)"
)
_GOES_ON = re.compile(rf"{_CONTACT_SAID.pattern}| {{0,2}}(?:直接|支持|蹲一|或|thx)")
# whose a WeChat is, or what one does with it
OWNERS = f"""
我 我的 俺 店 店铺 店里 厂家 工厂 仓库 售后 售前 商务 运营 班主任 导师 队长
组织者 号主 车主 主编 编辑 老公 老婆 同事 朋友 私人 大号 小号 备用 发货 批发 看货 联系
联系人 联系方式 简历发 滴滴 总
{PEOPLE}"""
"""Words before a label that say whose it is."""
_OWNER = re.compile(rf"(?:{'|'.join(OWNERS.split())}|不用qq,|没qq ?有|小[\u4e00-\u9fff])[ :]?\Z")
_PICTURE = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f? ?")
_CALLED = re.compile(
    r" ?号?上?(?:吧 {1,2}|找我|叫做?|就是|发我|私发|留言|细?聊|改成)[ :]?| ?[👉👇➡→☞☛•·♥❤♡💚🌟✨★✅♦]{1,3} ?"
)
_SOUGHT = re.compile(r" ?[上里中]?(?:搜一?搜|搜索|搜|查找|添加|加|扫码或搜?){1,2}[ :]?")
_CLOSING = frozenset("】」》>★✦◆")
_OPENING = re.compile("[【「《<★✦◆]")
_PICTURED = re.compile(rf"(?:{_PICTURE.pattern}){{1,3}}(?:\n|\Z)| *(?:\n|\Z)")
_LINE_END = re.compile(r"[ ,。!~]*(?:\n|\Z)")
_CONTACT_BEFORE = re.compile(r"[0-9]{5}[)】]?[ ,、;/|(【]{0,3}\Z")
_CONTACT_NEXT = re.compile(
    r" {0,3}[,、;/|\n]{0,2} {0,3}[【(]?(?:电话|手机|tel|qq|q|扣扣|📞|☎)[】)]? ?:? ?[0-9]{5}"
)
_LINE_START = re.compile(r"(?:\A|\n) *\Z")
_ADD_ME = re.compile(r" ?加我(?:的?微信|vx|wx|v信|v)| (?:我的?)?(?:微信|vx|wx|v信)号? *(?:\n|\Z)")
_NAMED_BEFORE = re.compile(r"(?::|(?:加我?|联系|搜|找)[\u4e00-\u9fff]{0,3}|号) ?\Z")
_ADDED_BEFORE = re.compile(r"(?:(?<![添增追参])加我?|(?<![a-z0-9)])[+➕]) ?\Z")

"""What people write between a label and its value, and what tells of a value before its label."""

from __future__ import annotations

import re

from tui.contacts.labels import FILLERS
from tui.contacts.words import PINYIN


def _tail(parting: str, value: str = r"[0-9a-z_][0-9a-z_\-]{4,19}") -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9a-z_@.\-])(?P<value>{value}){parting}\Z")


# somebody's WeChat is named behind what it is good for: 加微信拉你进技术群：abc123
INTO_GROUP = re.compile(
    r" ?(?:[吧呀] ?)?[,。~]{0,2} ?(?:我|来|会|可以?)?"
    r"(?:(?:邀请|拉)(?:你|您|大家)?们?)?(?:一起)?"
    r"(?:(?:进|入|拉|加)(?:微信|[\u4e00-\u9fff]{0,6}?)群|(?:交流|技术)群)"
    r"(?P<gap>\*{0,2} ?[:,]? ?(?:[请可]?(?:添?加|联系) ?)?[`「\"']?)(?=[a-z_])"
)
_PUNCTUATION = (
    r"\\[nrt]|<[a-z/][^<>\n]{0,160}>|%[cs]|&[a-z]{2,6};|[^\w\s\0。{}$@]|(?<=:)@|(?<=: )@|[丨①-⑳]| {1,200}+"
)
_FILLERS = (*sorted(FILLERS.split(), key=len, reverse=True), "is(?=[ :])", "at(?=[ :])", "me(?=[ :])")
_WORDS = f"(?=[{''.join(sorted({word[0] for word in _FILLERS}))}])(?:{'|'.join(_FILLERS)})"
# what is said about a contact in passing: 微信（备注来意）：abc123; 微信备注“进群”：abc123
_REMARK = (
    r"(?:\((?:(?=[^()\n]{0,15}[\u4e00-\u9fff])(?:[^()\n0-9]|[0-9](?![0-9]{2})){0,15}|full|group|[1-9]"
    r"|(?:请|务必)?备注[^()\n]{1,14})\)"
    r"|[\[【][\u4e00-\u9fff]{2,8}[\]】]|备注[\"“「][^\"”」\n]{1,10}[\"”」]|,备注[\u4e00-\u9fff]{1,6}(?=,))"
)
_STRONG = r"(?:[a-z][a-z_\-]{1,18}[0-9]|[1-9][0-9]{6,10}(?![0-9]))"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁沈任姚"
    "卢傅钟姜崔谭廖范汪陆金戴贾韦夏邱方侯邹熊孟秦江薛尹段雷黎陶贺顾郝龚邵钱严赖洪武莫孔"
)
# whose the contact is: 微信：陈经理 abc123; QQ小美123456789
_NAME = (
    r"(?:(?<=[: \"“「『【])(?:[\u4e00-\u9fff]{1,4}(?=[ :,(\-—])|[\u4e00-\u9fff]{5,12}(?=[:(]))"
    rf"|(?:(?<=:)[\u4e00-\u9fff]{{1,3}}|[小阿老][\u4e00-\u9fff]{{1,2}}"
    rf"|[{_SURNAMES}](?:老师|先生|女士|小姐|经理|[\u4e00-\u9fff]{{1,2}}))(?={_STRONG}))"
)
_LINES = r"\n(?:[^\w\n\0 ]|\n| {1,200}+){0,12}(?:[1-9][.、)] ?)?"
GAP = re.compile(
    rf"(?:{_REMARK}|{_PUNCTUATION}|{_WORDS}){{0,12}}+"
    rf"(?:{_NAME}(?:{_PUNCTUATION}|{_WORDS}){{0,4}}+)?(?:{_LINES})?"
)
# 微信号，请注意大小写：abc123; a remark's value (备注：…) is an id only when it is a mobile number.
_FREE = r"[^\n\0。!?0-9a-z{}$]"
# label: '微信', value: 'abc123'
IN_DATA = r"[\"'`] ?, ?\n?\s{0,24}[\"']?(?:value|content|text|val|desc|info|number|account)[\"']?: ?[\"'`]"
REQUEST = re.compile(
    rf"{_FREE}{{0,12}}(?:[加搜联找]|注意){_FREE}{{0,12}}: ?"
    rf"|:? ?[\u4e00-\u9fff]{{1,8}}(?<![给到至]) (?=[a-z][a-z_]{{2,15}}[0-9]|[1-9][0-9]{{7,10}}(?![0-9]))"
    rf"|[\u4e00-\u9fff]{{1,10}}是 ?(?=[1-9][0-9]{{6,10}}(?![0-9]))"
    # 我QQ时347956877
    r"|[时事] ?(?=[1-9][0-9]{7,10}(?![0-9]))"
    rf"|{IN_DATA}"
    # V我领资料：abc123
    rf"|我[\u4e00-\u9fff]{{1,6}}: ?(?={_STRONG})"
    # 公众号：“某某”或“abcdef”
    r"|: ?[「『【\"“”]?[\u4e00-\u9fff]{2,12}[」』】\"“”]?或者?[「『【\"“”]? ?(?=[a-z])"
    rf"|(?:联系|咨询|客服|合作) ?[1-9一二三]: ?"
    rf"|[\u4e00-\u9fff]{{1,3}}: ?(?=[1-9][0-9]{{6,10}}(?![0-9]))"
    rf"|{_FREE}{{0,6}}备注{_FREE}{{0,12}}: ?(?=1[3-9][0-9]{{9}})"
    # 微信在此：abc123; 微信戳我→abc123
    rf"|在(?:此|这|这里): ?|[戳滴找] ?我[ :>→]{{1,2}}"
)
# 微信已满，请加新号abc123; 微信换了，新的是abc123
MOVED = re.compile(
    rf"{_FREE}{{0,8}}(?:新号|小号|大号|新的|现在|现用|目前)(?:是|为|用|:){{0,2}} ?(?={_STRONG})"
)
# a request (加我微信, 能留个QQ吗, 有没有QQ群), and how it may go on: 能加下你的QQ吗，有事想说：3359356578
ASKED = re.compile(r"加|留个?|给个?")
ASKED_BELOW = re.compile(r"(?:求|发|有|怎么加)[^\n\0。!?]{0,4}\Z")
ASKS = re.compile(r" ?是?(?:多少|发我|发一?下|给我|给一?下)")
GROUP_ASKED = re.compile(r"(?:有没有|有无|有个|求|建|弄|搞|拉|整|开|给|留|加)[^\n\0。!?]{0,7}\Z")
GROUP_ASKS = re.compile(r"[^\n\0。!?]{0,6}(?:吗|么|嘛|多少|没有|求分享|加不了)|号码?(?:不对|错)")
# a WeChat group that somebody lets people into, or that he asks to be let into
INVITES = re.compile(
    r"[^\n\0a-z0-9。!?]{0,8}(?:(?:加|添加|联系|找)(?![^\n]{0,4}公众号)|(?:拉|邀请?)(?:[我俺]|一?下){1,2}"
    r"|,? (?:please )?add(?: me)?(?= ))"
)
BEGS = re.compile(r"[求拉啦][^\n\0a-z0-9。!?]{0,4}\Z")
BEGGED = re.compile(r"[ :,\n]{0,3}(?=[a-z][a-z_\-]{0,18}[0-9_]|[1-9][0-9]{6,10}(?![0-9]))")
TOLD = re.compile(
    r"[^\n\0。!0-9a-z{}$]{2,24}(?:[:,?]|--|——) ?"
    r"(?=[1-9][0-9]{7,10}(?![0-9])|[a-z]{1,12}[0-9][0-9a-z_]{3,12}(?:[\s,。!]|$))"
    r"|[^\n\0。!0-9a-z{}$]{2,24}[ 。!] ?(?=(?:[1-9][0-9]{7,10}|[a-z][a-z_]{1,12}[0-9]{2,6}) *(?:\n|\Z))"
    r"|[^\n\0。!0-9a-z{}$]{1,20}(?:[加家找]|联系)我 ?(?=[1-9][0-9]{6,10}(?![0-9]))"
    # 加你QQ了，我的号码871878482
    rf"|[^\n\0。!0-9a-z{{}}$]{{1,12}}我的?(?:号码?|账号)?[是为:]? ?(?={_STRONG})"
    r"|,? ?[\u4e00-\u9fff]{1,8} ?(?=[a-z][a-z_\-]{1,18}[0-9]|[1-9][0-9]{7,10}(?![0-9]))"
    # 加个微信好好沟通，zhangxiaolan
    rf"|[\u4e00-\u9fff]{{2,8}}, ?(?={PINYIN.pattern}[ ,。!~]*(?:\n|\Z))"
)
# what may stand between a request and the line that answers it
BELOW = re.compile(
    r"[^\n\0a-z0-9]{0,40}\n(?:[^\w\n\0]{0,8}\n)?[^\w\n\0]{0,8}"
    r"(?:(?:可以|好的?|有的?|行|嗯|恩)[啊呀哦的]?[ ,。!~]{1,2})?"
    r"(?P<mine>(?:我的?|这)(?:就?是)? ?:? ?|搜索? ?:? ?)?(?=[a-z0-9_])"
)
BELOW_NEXT = re.compile(
    r"[^\n\0a-z0-9]{0,40}\n(?:[^\w\n\0]{0,8}\n)?[^\n\0 0-9][^\n\0 0-9:]{1,11}(?: ?[^\n\0 0-9:]{1,11})?\n"
    r"(?:[^\w\n\0]{0,8}\n)?(?P<mine>)(?=[1-9][0-9]{7,9} *(?:\n|\Z))"
)
# 方便加个微信吗？我们在写一个app，有些问题⏎17792360957
BELOW_FAR = re.compile(r"[^\n\0]{0,90}\n(?:[^\w\n\0]{0,8}\n)?(?P<mine>)(?=1[3-9][0-9]{9} *(?:\n|\Z))")
NUMBER_ANSWERS = re.compile(r" {0,3}[,~]? {0,3}(?=[\u4e00-\u9fff])")
ENDS_ANSWER = re.compile(r"[ ,。!~]*(?:\n|\Z|(?<=[ ,。!~])(?:非常)?(?:谢|感谢|多谢|麻烦|求|加|欢迎|备注))")
TOLD_OF_GROUP = re.compile(
    r"[^\n\0。!?0-9a-z{}$加]{2,24}: ?(?=[1-9][0-9]{5,10}(?![0-9]))"
    # QQ群：同行AI社1：347956877
    r"|: ?(?=[^\n:]{0,15}[\u4e00-\u9fff])[^\n:。!?]{1,16}: ?(?=[1-9][0-9]{5,9}(?![0-9]))"
    # 加2群看看，347956877
    r"|(?<=群)[\u4e00-\u9fff]{1,6}(?:[,。]| {1,3}) ?(?=[1-9][0-9]{7,9}(?![0-9]))"
)
_FULL = r"(?:已?满了?|加不[上了]|搜不到)(?:的话|的)?[ ,]?(?:可以|就|请|再)?加(?:这个)?:? ?"
# 微信a 或 b; 群1：123456（已满）、2：234567; 微信a，满了加b; 客服1：123456 客服2：234567
LIST = re.compile(
    rf"(?:{_REMARK}(?:\n[^\w\n]{{0,40}})?|已?[满満]了?|[\u2600-\u27bf\U0001f000-\U0001faff])?"
    rf"(?P<parting>\n(?=[1-9][0-9]{{5,10}} ?(?:\n|\Z))"
    rf"|[ ,;]{{0,2}}(?:如果|要是|若)?(?:这个)?{_FULL}|[ ,;/]{{0,2}}(?:备用|[大小主副]号)号?:? ?"
    rf"| {{0,8}}(?:[,、/|;&]{{1,2}}|或者?|以?及|和|与|or |and )? {{0,3}})"
    rf"(?:(?:客服|售前|售后|业务)?[0-9一二三四五]{{1,2}}?(?:号?群:?|[:.)]) ?|[①-⑳] ?|{_REMARK} ?)?[(【]?"
)
# what may part a value and the 同号 behind it
NEAR = re.compile(r"(?!.*[0-9]{5})[^\n。!?]{0,12}|[\s>*•\-]{0,8}[(\[]?")
# 电话：13800138000，⏎- 微信同电话: the 同 run itself says that it means the phone
NEAR_PHONE = re.compile(r"[^0-9。!?]{0,24}")
# what stands before a label: a value and what may part the two
TAIL = _tail(
    r"[`》>」』】)\]]?"
    r"(?: ?\(| {1,200}(?:腾讯)?|,? (?:is )?my |加我?|是"
    r"|, ?(?:(?:这就?|就)?是我?|我)的?(?:个人)?"
    r"| ?(?:这个|这是|这|我的){0,2}(?:可以|可|能)?(?:直接)?(?:[加搜](?:上|到)?(?:我的?)?)?)?\n?"
)
TAIL_OF_LINE = _tail(r" ?[,、;] ?", value=r"(?<![^\n])[0-9a-z_][0-9a-z_\-]{4,19}")
LINE_ENDS = re.compile(r" *(?:\n|\Z)")
TAIL_REMARKED = _tail(r" ?\(")
# 复制abc123到微信加好友
TAIL_COPIED = re.compile(
    r"(?:复制|搜索?|加) ?[:「【\"“]?(?P<value>[a-z_][0-9a-z_\-]{5,19})"
    r"[」】\"”]?[ ,]{0,2}(?:[后并再]{1,2})?(?:到|去|打开|在|为|上){1,2}\Z"
)
COPIED = re.compile(r"[中里上]?[ ,]?(?:去|来|并)?(?:添?加|搜|好友|朋友|直接)")
# 2547403744哥方便加个q
TAIL_ADDED = _tail(r" ?[\u4e00-\u9fff]{1,6}加个?\n?", value="[1-9][0-9]{5,10}")
# 583026914 试试加这个群
TAIL_INTO_GROUP = _tail(
    r" ?(?:,|-{1,2}|—{1,2})? ?(?:试试|可以|先|就|请|欢迎|大家|都){0,2}"
    r"(?:(?:加|进)入?|是)?(?:下|一下)?(?:这个|这)(?:新的?|q|qq)?",
    value="[1-9][0-9]{5,9}",
)
# 583026914（一群已满）、347185920（加二群）
TAIL_OF_GROUP = _tail(
    r" ?\((?:加|入|进|这是|第|新|老|官方|玩家|粉丝|交流|q|qq){0,2}[0-9一二三四五六]{0,2}",
    value="[1-9][0-9]{5,9}",
)
# before 同号 a comma may stand: 947137828，微信QQ同号
TAIL_LOOSE = _tail(r"[」』】)]?(?: ?[(,、;|/] ?| )?")
ALSO = re.compile(
    r" ?[,;(]? ?(?:(?:这个|这)?也?(?:可以?|能)(?:直接)?加到?我?的?(?:个人)?|(?<=[,;(])请?加"
    r"|(?:这个|这)?[也就都]?是我?的?(?:个人)?)"
)
# 电话13800138000，微信也是这个
IS_SAME = re.compile(
    r"号?(?:[也都就]?是(?:这|同|一样)|[也都就]是(?![\u4e00-\u9fff])|[也都](?:可以?|行)(?![\u4e00-\u9fff]))"
)
COMMA = re.compile(r" ?[,。;]? ?")
ADD = re.compile(r" ?请?加")
PAIR = re.compile(r" ?[/、,|] ?")
CLOSED = re.compile(
    r"\s|$|[^\w\s:(]|联系|同|好友|加我|可加|交流|详聊|聊|吗|吧|呗|请?备注|请?注明|[都也就]是(?:这|同|一样)"
    r"|[都也就]是(?![\u4e00-\u9fff])|[也都](?:可以?|行)(?![\u4e00-\u9fff])"
)
CLOSES_REMARK = re.compile(r"[^()\n]{0,8}\)")
ANNOUNCES = re.compile(r"[a-z]+ ?:")
CHINESE = re.compile("(?![是为号码])[\u3400-\u9fff]")
BRACKET = re.compile(r" ?[(\[/|] ?")

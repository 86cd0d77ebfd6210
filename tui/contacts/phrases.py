"""What people write between a label and its value, and what tells of a value before its label."""

from __future__ import annotations

import re

from tui.contacts.labels import FILLERS


def _tail(parting: str, value: str = r"[0-9a-z_][0-9a-z_\-]{4,19}") -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9a-z_@.\-])(?P<value>{value}){parting}\Z")


INTO_GROUP = re.compile(
    r" ?(?:(?:进|入|拉|加)(?:交流|技术|学习|微信|读者|用户|官方){0,3}群|(?:交流|技术)群) ?:? ?(?=[a-z_])"
)
_PUNCTUATION = r"<[a-z/][^<>\n]{0,160}>|%[cs]|&[a-z]{2,6};|[^\w\s\0。{}$@]|(?<=:)@|(?<=: )@|[丨①-⑳]| {1,200}+"
_FILLERS = (*sorted(FILLERS.split(), key=len, reverse=True), "is(?=[ :])")
_WORDS = f"(?=[{''.join(sorted({word[0] for word in _FILLERS}))}])(?:{'|'.join(_FILLERS)})"
_REMARK = r"\((?=[^()\n]{0,15}[\u4e00-\u9fff])(?:[^()\n0-9]|[0-9](?![0-9]{2})){0,15}\)"
_NAME = r"(?<=[: ])(?:[\u4e00-\u9fff]{1,4}(?=[ :,(\-—])|[\u4e00-\u9fff]{5,12}(?=[:(]))"
_LINES = r"\n(?:[^\w\n\0 ]|\n| {1,200}+){0,12}(?:[1-9][.、)] ?)?"
GAP = re.compile(
    rf"(?:{_REMARK}|{_PUNCTUATION}|{_WORDS}){{0,12}}+"
    rf"(?:{_NAME}(?:{_PUNCTUATION}|{_WORDS}){{0,4}}+)?(?:{_LINES})?"
)
# 微信号，请注意大小写：abc123; a remark's value (备注：…) is an id only when it is a mobile number.
_FREE = r"[^\n\0。!?0-9a-z{}$]"
REQUEST = re.compile(
    rf"{_FREE}{{0,12}}(?:[加搜联找]|注意){_FREE}{{0,12}}: ?"
    rf"|:? ?[\u4e00-\u9fff]{{1,8}} (?=[a-z][a-z_]{{2,15}}[0-9]|[1-9][0-9]{{7,10}}(?![0-9]))"
    rf"|[\u4e00-\u9fff]{{1,10}}是 ?(?=[1-9][0-9]{{6,10}}(?![0-9]))"
    rf"|(?:联系|咨询|客服|合作) ?[1-9一二三]: ?"
    rf"|[\u4e00-\u9fff]{{1,3}}: ?(?=[1-9][0-9]{{6,10}}(?![0-9]))"
    rf"|{_FREE}{{0,6}}备注{_FREE}{{0,12}}: ?(?=1[3-9][0-9]{{9}})"
)
# 能加下你的QQ吗，有事想说：3359356578
ASKED = re.compile(r"加|留个?|给个?")
ASKS = re.compile(r" ?是?(?:多少|发我|发一?下|给我|给一?下)")
INVITES = re.compile(r"[^\n\0a-z0-9。!?]{0,8}(?:加|添加|联系|找)(?![^\n]{0,4}公众号)")
TOLD = re.compile(
    r"[^\n\0。!0-9a-z{}$]{2,24}(?:[:,?]|--|——) ?"
    r"(?=[1-9][0-9]{7,10}(?![0-9])|[a-z]{2,12}[0-9][0-9a-z_]{3,12}(?:[\s,。!]|$))"
    r"|[^\n\0。!0-9a-z{}$]{2,24}[ 。!] ?(?=[1-9][0-9]{7,10} *(?:\n|\Z))"
    r"|[^\n\0。!0-9a-z{}$]{1,20}(?:[加家找]|联系)我 ?(?=[1-9][0-9]{6,10}(?![0-9]))"
    r"|[\u4e00-\u9fff]{1,8} ?(?=[a-z][a-z_\-]{1,18}[0-9])"
)
BELOW = re.compile(
    r"[^\n\0a-z0-9]{0,40}\n(?:[^\w\n\0]{0,8}\n)?[^\w\n\0]{0,8}"
    r"(?P<mine>(?:我的?|这)(?:就?是)? ?:? ?)?(?=[a-z0-9_])"
)
ENDS_ANSWER = re.compile(r"[ ,。!~]*(?:\n|\Z|(?<=[ ,。!~])(?:非常)?(?:谢|感谢|多谢|麻烦|求|加|欢迎|备注))")
TOLD_OF_GROUP = re.compile(r"[^\n\0。!?0-9a-z{}$加]{2,24}: ?(?=[1-9][0-9]{5,10}(?![0-9]))")
LIST = re.compile(
    rf"(?:{_REMARK}(?:\n[^\w\n]{{0,40}})?)?"
    rf"(?P<parting>\n(?=[1-9][0-9]{{5,10}} ?(?:\n|\Z))"
    rf"| {{0,8}}(?:[,、/|;&]{{1,2}}|或者?|以?及|和|与|or |and )? {{0,3}})"
    rf"(?:[0-9一二三四五]{{1,2}}?(?:号?群:?|[:.)]) ?|[①-⑳] ?|{_REMARK} ?)?"
)
# neither what LIST matches nor a value begins with one of these
NEAR = re.compile(r"(?!.*[0-9]{5})[^\n。!?]{0,12}|[\s>*•\-]{0,8}[(\[]?")
# what stands before a label: a value and what may part the two
TAIL = _tail(
    r"[》>」』】)\]]?"
    r"(?: ?\(| {1,200}|加我?|是| ?(?:这个|这是|这|我的){0,2}(?:可以|可|能)?(?:直接)?[加搜]?)?\n?"
)
# 2547403744哥方便加个q
TAIL_ADDED = _tail(r" ?[\u4e00-\u9fff]{1,6}加个?\n?", value="[1-9][0-9]{5,10}")
# 583026914（一群已满）、347185920（加二群）
TAIL_OF_GROUP = _tail(r" ?\((?:加|入|进|这是|第|新|老)?[0-9一二三四五六]{0,2}", value="[1-9][0-9]{5,9}")
# before 同号 a comma may stand: 947137828，微信QQ同号
TAIL_LOOSE = _tail(r"(?: ?[(,、;|/] ?| )?")
ALSO = re.compile(r" ?[,;(]? ?(?:(?:这个|这)?也?(?:可以?|能)(?:直接)?加到?我?的?(?:个人)?|(?<=[,;(])请?加)")
ADD = re.compile(r" ?请?加")
PAIR = re.compile(r" ?[/、,|] ?")
CLOSED = re.compile(
    r"\s|$|[^\w\s:(]|联系|同|好友|加我|可加|交流|详聊|聊|吗|吧|呗|请?备注|请?注明|[都也就]是这"
)
CLOSES_REMARK = re.compile(r"[^()\n]{0,8}\)")
BRACKET = re.compile(r" ?[(\[/|] ?")

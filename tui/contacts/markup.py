"""Tells code beside words for apps from contacts: a chat bot's markup, the names in a list of platforms."""

from __future__ import annotations

import re

from tui.contacts.runs import Run
from tui.contacts.shapes import Value


def is_markup(text: str, run: Run, gap: str) -> bool:
    """Tell whether a label is a field of what a chat bot writes: [CQ:at,qq=384716290]."""
    return gap.strip(" \"'") in _ASSIGNS and _BOT.search(text, max(0, run.start - 80), run.start) is not None


def is_of_software(text: str, value: Value) -> bool:
    """Tell whether letters are software's that deals with WeChat: 开源项目（微信 abcdef）."""
    before = _SOFTWARE.search(text, max(0, value.start - 16), value.start)
    return before is not None and (bool(before["frame"]) or _TALKS.match(text, value.end) is None)


def is_of_platforms(text: str, value: Value) -> bool:
    """Tell whether letters are one of the names of code in a list: 支付宝:apOrder 微信:wxOrder."""
    opened = _APP.match(text, value.start, value.end)
    if opened is None:
        return False
    rest = text[opened.end() : value.end]
    near = (
        _PLATFORM_BEFORE.search(text, max(0, value.start - 48), value.start),
        _PLATFORM_BEHIND.match(text, value.end),
    )
    return any(other is not None and other["name"].endswith(rest) for other in near)


_ASSIGNS = frozenset({"=", ":"})
_BOT = re.compile(
    r"(?:\[{1,2}[a-z]{2,8}:[a-z_]{2,12}|[\[<]@?(?:at|reply|mention|poke)(?=[ ,:]))[^\[\]<>\n]{0,60}\Z"
)
_SOFTWARE = re.compile(
    r"(?:(?P<frame>(?:项目|框架|团队|工具|平台|系统|方式|协议|软件|应用|引擎|客户端|组件|渠道|程序|源码) ?\()"
    r"|使用|登[录陆]|接入|集成|对接|调用|封装|逆向|修复|更新|升级|支持|兼容|适配|基于|开源了?|仿)微信 ?\Z"
)
_TALKS = re.compile(
    r"[^\w\n]{0,3}(?:[或及和] ?)?(?:咨询|联系|添?加|备注|即可|沟通|交流|扫|搜|直接|进群|拉|电话|qq|手机)"
)
_APP = re.compile("(?:wechat|weixin|wx|vx|we?)_?(?=[a-z_]{4})")
_PLATFORMS = (
    r"(?:支付宝|银联|云闪付|微博|抖音|百度|苹果|钉钉|头条|快手|京东|小程序|余额|qq|app|h5|alipay|apple|douyin)"
    r"(?:支付|登[录陆])?[\"']? ?[:=\-—>]{1,2} ?[\"'`]?"
)
_PLATFORM_BEFORE = re.compile(rf"{_PLATFORMS}(?P<name>[a-z_]{{6,24}})[^a-z0-9_][^\0]{{0,20}}\Z")
_PLATFORM_BEHIND = re.compile(
    rf"[^a-z0-9_\n]{{1,4}}\n?[ *\-\"']{{0,6}}{_PLATFORMS}(?P<name>[a-z_]{{6,24}})(?![a-z0-9_])"
)

"""Words that stand behind labels such as 微信 or wx in technical texts and are no ids."""

from __future__ import annotations

import re

_PRODUCTS = """
iphone ipad android windows win ios macos mac linux ubuntu centos python java php golang node vue react
spring http https html css mysql redis docker version ver uni mini jssdk jsapi api sdk web app model
type pay utf base step part chapter page top level covid office adobe chrome xposed hook oauth wechat
weixin telegram whatsapp facebook line twitter tiktok douyin
"""
_PARTS = """
wechat weixin pay login token openid unionid appid id api sdk url type code config info share icon img
image logo btn button text title page menu name user group bot robot service server client auth app
account qrcode js css html template message notify callback key secret public mini program contact link
add get set
"""
_WORDS = """
number string double boolean integer object undefined velocity android iphone windows version telegram
twitter facebook whatsapp instagram github douyin tencent alipay taobao weibo default private public
static return function optional required unknown nothing enterprise dingtalk google chrome python
javascript typescript readme fakeid mobile remote machine female chinese manager
gongzhonghao xiaochengxu zhifubao douyin kuaishou weibo taobao jingdong pinduoduo
webview support username password nickname thanks please hello sorry google gmail openid unionid
webhook markdown payment official miniapp request component
template wechaty itchat developer plugin message session miniprogram uniapp springboot mybatis nodejs
kaifangpingtai denglu zhifu fenxiang qunliao tongzhi
"""


def _any_of(words: str) -> str:
    return "|".join(words.split())


# wechat_pay, user-info-page, an app id of the WeChat platform, wx:for-item, wechat2rss
TECHNICAL = re.compile(
    rf"(?:[a-z]+[_\-]){{0,9}}(?:{_any_of(_PARTS)})s?(?:[_\-][a-z]+){{0,9}}|wx[0-9a-f]{{16}}|for-[a-z]+"
    r"|(?:wechat|weixin|wx)2[a-z]+"
)
# appsecret, logincode
PARTS_JOINED = re.compile(rf"(?:{_any_of(_PARTS)}){{2,4}}s?")
# user_name, wechat_id
ONLY_PARTS = re.compile(rf"(?:{_any_of(_PARTS)})s?(?:[_\-](?:{_any_of(_PARTS)})s?)*")
APP_ID = re.compile(r"wx[0-9a-f]{16}")
TECHNICAL_START = re.compile(rf"(?:{_any_of(_PARTS)})s?(?:[_\-]|[^a-z]|\Z)")
# iphone12, python3, v2_17
VERSION = re.compile(rf"(?:{_any_of(_PRODUCTS)})[a-z]{{0,2}}[\-_]?[0-9]{{1,6}}[a-z]?|v[0-9]+(?:[_\-][0-9]+)*")
ORDINARY = re.compile(rf"{_any_of(_WORDS)}|[a-z]*(?:wechat|weixin|openid|appid|token)[a-z]*")
# Three or more syllables, as names written in Latin letters have: zhangxiaolan
PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
    r"(?:iang|iong|uang|iao|ian|ing|uai|uan|ang|eng|ong|ai|ei|ao|ou|an|en|ia|ie|iu|in|ua|uo|ui|un|ue|[aeiouv])){3,7}"
)

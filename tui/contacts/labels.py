"""The table of words by which people announce a contact.

To teach the program a new variant add one line to `TABLE`: the word in lower case, its role, its conditions.
A word is found with any capitals, with a space or a small ornament between its letters (微 信, V-X, 威❤信),
and, when it ends in Latin letters, not inside a longer Latin word (rwx).
Of words that are alike but for a sign (薇/信, 薇信) the last one's row counts.

`FILLERS` are the words that may stand between a label and its value (微信请加我：abc); `PEOPLE` are
those whose contact it may be, in requests (加老师V) and as owners (老师微信abcdef) as well.

roles       wechat, qq, group (a QQ group), official (a 公众号), phone: what the value after the word is
            same: the number beside it serves the other apps of the same run too (微信同号)
            app, code: a value after it belongs to another app, or is an order, account or model number
            none: a longer word that only looks like a label (群主 is no 群)
conditions  colon: counts only with a colon after it, because the word means other things as well
            added: counts with a colon after it or a word of adding before it (加v, +微, 合作V)
            disguised: a spelling chosen to escape filters; the contact is a little less certain
"""

from __future__ import annotations

import re
from enum import StrEnum

from tui.values import frozen

TABLE = """
微/信           wechat      disguised
微信            wechat
微信公号        official
wechat          wechat
we chat         wechat
weixin          wechat
wxin            wechat
wx              wechat
vx              wechat
v信             wechat      disguised
v xin           wechat      disguised
w信             wechat      disguised
wei信           wechat      disguised
微xin           wechat      disguised
微x             wechat      added disguised
薇/信           wechat      disguised
薇信            wechat      disguised
薇芯            wechat      disguised
薇/芯           wechat      disguised
v/信            wechat      disguised
徽/信           wechat      disguised
徽信            wechat      disguised
徽芯            wechat      disguised
溦/信           wechat      disguised
溦信            wechat      disguised
嶶信            wechat      disguised
葳信            wechat      disguised
崴信            wechat      disguised
微芯            wechat      added disguised
微心            wechat      added disguised
微星            wechat      added disguised
威/信           wechat      disguised
威信            wechat      added disguised
维信            wechat      added disguised
唯信            wechat      added disguised
伟信            wechat      added disguised
we信            wechat      disguised
v芯             wechat      disguised
v心             wechat      added disguised
薇心            wechat      added disguised
薇x             wechat      added disguised
威x             wechat      added disguised
威芯            wechat      added disguised
卫信            wechat      added disguised
卫星            wechat      colon disguised
卫星号          wechat      disguised
威星            wechat      added disguised
为信            wechat      added disguised
为新号          wechat      added disguised
微新            wechat      added disguised
微伈            wechat      disguised
唯新            wechat      added disguised
魏信            wechat      added disguised
位信            wechat      added disguised
围信            wechat      added disguised
wexin           wechat      colon
weichat         wechat      colon
wechart         wechat      colon
wecaht          wechat      colon
绿泡泡          wechat      disguised
绿泡            wechat      added disguised
🛰              wechat      added disguised
v               wechat      added disguised
w               wechat      added disguised
薇              wechat      added disguised
徽              wechat      added disguised
溦              wechat      added disguised
嶶              wechat      added disguised
葳              wechat      added disguised
微              wechat      added disguised
威              wechat      added disguised
维              wechat      added disguised
崴              wechat      added disguised
蔚              wechat      added disguised
徵              wechat      added disguised
卫              wechat      added disguised
围              wechat      added disguised
徵信            wechat      added disguised
微亻言          wechat      disguised
微ィ言          wechat      disguised
微イ言          wechat      disguised
薇亻言          wechat      disguised
薇ィ言          wechat      disguised
薇イ言          wechat      disguised
威亻言          wechat      disguised
威ィ言          wechat      disguised
v亻言           wechat      disguised
vィ言           wechat      disguised
vイ言           wechat      disguised

微电            wechat,phone
电微            wechat,phone
v电             wechat,phone
薇电            wechat,phone
电薇            wechat,phone
掂微            wechat,phone
徽电            wechat,phone
电徽            wechat,phone
溦电            wechat,phone
电溦            wechat,phone
微手            wechat,phone
微🐧            wechat,qq
微q             wechat,qq
q微             wechat,qq
q薇             wechat,qq
微扣            wechat,qq

qq              qq
qqq             qq
q               qq          added
扣扣            qq          disguised
扣              qq          added disguised
口口            qq          added disguised
叩叩            qq          disguised
抠抠            qq          disguised
抠              qq          added disguised
蔻蔻            qq          disguised
σσ              qq          disguised
koukou          qq          disguised
球球            qq          added disguised
秋秋            qq          added disguised
企鹅            qq          added disguised
🐧              qq          disguised

qq群            group
q群             group
扣群            group       disguised
扣扣群          group       disguised
企鹅群          group       disguised
企鹅裙          group       disguised
qq裙            group       disguised
q裙             group       disguised
扣裙            group       disguised
扣扣裙          group       disguised
群              group
群聊            group
qq group        group
qqgroup         group
qq group chat   group
qq chat group   group
qq讨论组        group
讨论组          group
qun             group       disguised
q qun           group       disguised
qq qun          group       disguised
群主            none
群管            none
群友            none
群里            none
群内            none
群发            none
群体            none
群众            none
裙              group       added disguised
君羊            group       disguised

公众号          official
公众账号        official
公众号微信      official
公众微信        official
公共微信        official
公共号          official
微信公共号      official
微信公众账号    official
公众帐号        official
公众平台        official
公号            official
订阅号          official
服务号          official
gzh             official
official account  official
wechat official account  official
wechat official  official
wechat public account  official
official wechat account  official

电话            phone
手机            phone
座机            phone
固话            phone
热线            phone
致电            phone
来电            phone
拨打            phone
tel             phone
telephone       phone
cellphone       phone
mobile          phone
phone           phone
mob             phone
call            phone
电              phone       colon
☎               phone
📞              phone
📱              phone

微同            wechat,same
微同号          wechat,same
v同             wechat,same
vq同号          wechat,qq,same
qv同号          wechat,qq,same
v同号           wechat,same
同微            wechat,same
同微信          wechat,same
同v             wechat,same
同vx            wechat,same
同号            same
同步            same
同上            same
同左            same
同一号码        same
同一个号        same
同号码          same
同              same
一样            same
一致            same
相同            same
same            same

微信群          app
wx群            app
vx群            app
微群            app
wechat group    app
qq频道          app
微信支付        none
微信区          none
微信公众号      official
微信公众平台    official
微信订阅号      official
微信服务号      official
qq空间          none
qq邮箱          none
qq音乐          none
手机壳          none
微信小程序      app
小程序          app
telegram        app
tg              app
电报            app
纸飞机          app
飞机            app
whatsapp        app
line            app
skype           app
facebook        app
instagram       app
twitter         app
推特            app
discord         app
signal          app
github          app
蝙蝠            app
抖音            app
快手            app
小红书          app
微博            app
闲鱼            app
咸鱼            app
淘宝            app
旺旺            app
陌陌            app
钉钉            app
飞书            app
知乎            app
b站             app
yy              app
支付宝          app
视频号          app

订单            code
商户号          code
订单编号        code
运单            code
单号            code
编号            code
型号            code
货号            code
款号            code
批号            code
账号            code
帐号            code
账户            code
卡号            code
银行卡          code
身份证          code
税号            code
信用代码        code
营业执照号      code
许可证号        code
股票代码        code
代码            code
邮编            code
邮政编码        code
验证码          code
邀请码          code
提取码          code
校验码          code
激活码          code
兑换码          code
条码            code
条形码          code
序列号          code
流水号          code
会员号          code
工号            code
学号            code
备案号          code
合同号          code
发票号          code
传真            code
fax             code
密码            code
id              code
uid             code
imei            code
isbn            code
sn              code
"""

PEOPLE = """
老师 小姐 先生 女士 经理 店主 老板 老板娘 掌柜 店长 本人 小助手 助手 助理 小编 小秘书
秘书 专员 顾问 管家 群主 管理员 管理 负责人 机器人 站长 楼主 版主 博主 作者 同学 学姐
学长 学妹 班长 中介 房东 教练 经纪人 主播 大哥 哥 姐 卖家 商家 客服
"""

FILLERS = f"""
是 为 即 就是 都是 请 请先 麻烦 欢迎 可 可以 可以直接 可加 也可 直接 直接加 加 先加
添加 搜 搜索 搜一搜 查找 输入 一下 下 中 里 内 上 我 我的 我们 我们的 他的 的 号
码 号码 账号 帐号 通过 方式 联系 联系人 联系我 联系方式 沟通 聊 聊聊 详聊 详谈 交谈
私 私聊 私信 咨询 在线 官方 唯一 同 扫 扫码 扫描 二维码 以下 下方 下面 上方 上面
右侧 左侧 或 或者 也 都 这个 点击 复制 长按 打开 个人 工作 商务 合作 办理 下单 拿货
看货 看款 看图 发货 批发 代理 招商 投稿 好友 交流 技术 名称 名字 如下 推荐 主号 小号
大号 新号 么 嘛 呗 啦 反馈 提问 讨论 我给 改成了 改成 改为 换成了 换成 不 行吗
可以吗 好吗 关注 就好 就行 就可以 即可 进 加入 交流群 技术群 群 专用 售后 售前 报名
预约 了解 进群 入群 拉群 或加 和 及 吧 吗 呀 哦 哈 均可 都可以 也行 都行 也可以
购买 订购 采购 获取 领取 洽谈 对接 详情 接单 代购 收购 求购 报价 询价 交易 预订 订货
拿样 名 叫 叫做 运营 细聊 留言 私发 发我 字母 找我 上找我 哟 哒
{PEOPLE}"""


class Role(StrEnum):
    """What a word says about the value beside it."""

    WECHAT = "wechat"
    QQ = "qq"
    GROUP = "group"
    OFFICIAL = "official"
    PHONE = "phone"
    SAME = "same"
    APP = "app"
    CODE = "code"
    NONE = "none"


@frozen
class Label:
    """One line of the table."""

    word: str
    roles: frozenset[Role]
    conditions: frozenset[str]


def read_labels(table: str = TABLE) -> tuple[Label, ...]:
    """Read a table; ValueError names a role that there is not."""
    rows = [re.split(r"\s{2,}", line) for line in table.splitlines() if line]
    return tuple(
        Label(word, frozenset(map(Role, roles.split(","))), frozenset(" ".join(conditions).split()))
        for word, roles, *conditions in rows
    )

"""What each term of `features.py` says for or against an ID: weights learned from labelled texts.

Learned by a logistic regression with an L1 penalty, which keeps few terms; only terms that were true in five
or more texts were offered, and none of them holds a value. To teach it anew see docs/contacts.md.
"""

from __future__ import annotations

TABLE = r"""
-5.69 <关注
-5.20 <消息
-4.84 >/A
+4.65 >同号
+3.77 wechat 0 joined
-3.68 >关注
-3.49 <信)
-3.03 <一个
+2.87 wechat 0 0 0
+2.57 <加我
+2.57 label w 0
+2.57 label w 2
+2.50 <信\n
+2.40 wechat 1 0 0
+2.32 >_vx.
+2.32 >可以
-2.29 length m 15
+2.25 wechat 0 letters
-2.19 <详情
-2.17 <<公众
+2.15 label w 1
-2.13 label g 0 number
+2.10 length m 12
-2.06 <号(
-2.03 wechat none mixed
+2.00 wechat 3 0 0
+1.88 label w 4
+1.88 pinyin 5 mixed
+1.84 >信/
+1.77 >申请
+1.76 <加_
+1.73 above nothing
-1.70 <<号名
+1.66 digits 3
-1.63 >:A
-1.59 >_领
+1.54 pinyin 3 mixed
+1.51 label w 0 number
+1.50 <:_
+1.50 <加个
-1.49 <蓝旗
+1.37 <id.:
+1.37 length j 17
+1.34 >备注
+1.34 length m 11
-1.31 <<我们
-1.28 <\n微
-1.28 <号"
+1.28 <信:
+1.28 wechat 1 1 0
-1.27 <支付
-1.27 >>\n_
+1.27 <联系
+1.27 length m 13
+1.26 <,微
-1.23 digits 0
+1.21 <询微
+1.19 pinyin 5 letters
-1.18 wechat 1 number
+1.18 label w 1 broken
-1.17 line in in letters
-1.16 <"_
-1.16 <:A
+1.14 <<联系
-1.13 <\n_
-1.12 <号:
+1.10 >微信
+1.09 label w colon mixed
-1.08 <<\n_
-1.08 <公众
+1.06 pinyin 5 joined
-1.05 >_a
-1.04 >,_
+1.03 added 1 0 letters
+1.03 label w 1 joined broken
-1.02 <(微
+1.00 label w colon letters
+1.00 length m 8
-0.99 <_微
+0.99 <<我的
+0.99 label none
+0.98 <_*
+0.95 <请加
+0.94 <<_'
-0.93 <信群
+0.93 <vx.:
+0.91 <加微
-0.90 label g open mixed
-0.87 <_a
-0.87 >公众
+0.87 >信,
+0.86 wechat 0 mixed
-0.81 <\nqq.
-0.79 <<时间
-0.79 >a:
+0.78 <信/
-0.77 >_A
-0.76 length l 8
+0.76 pinyin 0 mixed
-0.75 case upper mixed
+0.75 case lower letters
+0.73 <qq.号
+0.73 >_#
-0.72 <<数据
-0.68 length m 6
+0.66 added 4 0 letters
+0.66 case lower mixed
+0.66 digits 4
-0.65 <信公
+0.64 wechat 0 number
-0.62 length l 6
-0.62 wechat none letters
+0.61 <<添加
-0.60 >\n_
+0.60 length l 10
+0.60 wechat 2 0 0
+0.59 <个微
-0.57 <<扫码
-0.56 >者微
+0.56 <_=
+0.56 <我的
-0.55 <_qq.
-0.55 digits 1
-0.52 <<有问
-0.52 length n 6
+0.52 <\n\n
+0.52 label c open number
+0.51 <交流
+0.50 <<*_
-0.48 form letters
+0.48 >感谢
-0.47 length n 5
+0.47 <求拉
+0.47 lines 0
+0.46 >',
+0.46 >A:
+0.45 <<信号
+0.45 <微信
+0.45 >拉一
-0.44 label w 3
+0.43 <<linklink
+0.43 >(微
+0.42 >#_
-0.41 line in in joined
+0.41 length l 14
+0.40 length n 9
-0.39 <<,_
-0.39 <<A;
-0.38 label g 1
-0.38 label w open letters
-0.35 >A_
-0.34 <码_
-0.33 >\n微
-0.30 <<:_
-0.30 >*_
-0.30 >即可
+0.28 <<link\n
+0.28 label o colon mixed
+0.27 >,\n
+0.27 >_\n
-0.26 >/_
+0.26 <9\n
+0.25 <信_
-0.24 <<。\n
-0.24 <登录
-0.24 >*\n
-0.24 >.A
-0.24 label w 7 broken
-0.24 length l 7
-0.21 <货源
+0.21 <<官方
+0.21 <<或者
+0.21 >信号
-0.18 label a 1
+0.18 <作微
-0.17 label c colon number
+0.17 <添加
-0.16 <A\n
-0.16 <_:
+0.16 <——
-0.15 <)\n
+0.15 >"_
-0.14 >;\n
-0.14 case title letters
-0.14 length l 9
-0.13 <<A_
-0.13 pinyin 3 letters
+0.13 <_wechat.
+0.13 <个人
-0.12 >作者
-0.12 line in in number
+0.12 length l 11
+0.11 <_9
+0.11 >_微
-0.10 <,如
-0.10 <的qq.
-0.10 >/\n
+0.10 >请加
-0.09 <搜索
+0.09 <<_a
+0.09 <商务
-0.08 pinyin 4 mixed
+0.08 label w 1 mixed
-0.07 <_联
+0.07 <wechat.:
-0.06 label q colon number
-0.06 length m 9
-0.06 line in in mixed
-0.05 <名称
+0.05 <人微
+0.05 length n 8
+0.04 >——
"""
"""A weight and its term in each line, the heaviest first."""
BIAS = -3.45
"""What is said against an ID before anything is known."""


def read_weights(table: str = TABLE) -> dict[str, float]:
    """Read a table of weights by their terms."""
    rows = (line.partition(" ") for line in table.split("\n") if line)
    return {term: float(weight) for weight, _, term in rows}

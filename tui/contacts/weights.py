"""What each term of `features.py` says for or against an ID: weights learned from labelled texts.

Learned by a logistic regression with an L1 penalty, which keeps few terms; only terms that were true in five
or more texts were offered, and none of them holds a value. To teach it anew see docs/contacts.md.
"""

from __future__ import annotations

TABLE = r"""
-5.51 <关注
-5.18 <消息
-4.86 >/A
+4.58 >同号
+3.53 wechat 0 joined
-3.37 >关注
+3.15 label w 2
+3.12 wechat 0 0 0
-2.99 <信)
-2.80 <一个
+2.60 label w 1
-2.53 label g 0 number
+2.45 label w 0
+2.38 <信\n
+2.24 >_vx.
+2.17 wechat 0 letters
+2.16 >可以
+2.13 digits 3
+2.09 length m 12
+2.03 <加我
+1.97 wechat 3 0 0
-1.96 <<号名
-1.96 wechat none mixed
+1.94 label w 1 broken
+1.94 label w 4
-1.86 <详情
+1.81 wechat 1 0 0
-1.80 <<公众
-1.78 <<账号
-1.77 length m 15
+1.70 >信/
+1.68 pinyin 3 mixed
+1.63 <id.:
+1.61 <:_
-1.60 <_+
-1.58 >:A
-1.58 >_领
+1.57 above nothing
-1.51 <搜索
-1.46 <\n微
+1.45 >备注
-1.44 <(微
+1.44 label w 0 number
-1.43 <号(
+1.43 <加_
+1.43 pinyin 5 mixed
-1.42 <蓝旗
-1.42 >>\n_
-1.41 <我vx.
-1.40 wechat 1 number
+1.38 <加个
-1.37 <公众
-1.37 <支付
+1.35 <信:
+1.32 length m 11
+1.29 <请加
+1.29 >申请
+1.27 added 1 0 letters
-1.25 label g open mixed
-1.22 <:A
-1.21 line in in letters
+1.20 <联系
+1.20 >微信
+1.19 digits 4
-1.18 <_微
+1.18 <<联系
+1.16 label w 1 joined broken
-1.15 <"_
-1.15 >公众
-1.15 digits 0
+1.15 pinyin 0 mixed
-1.14 <\n_
+1.13 length m 13
+1.10 length j 17
-1.02 <<我们
+1.02 <,微
+1.01 <信/
-1.00 <-_
-1.00 >_A
+0.99 <<我的
+0.98 <_*
-0.97 <号:
-0.97 >_a
-0.96 length l 6
-0.95 <<扫码
-0.89 <号"
+0.89 <<信号
-0.88 >,_
+0.88 label none
-0.87 <<A;
-0.87 <<\n_
-0.85 <<,一
-0.85 length l 8
-0.82 <\nqq.
+0.82 <<_'
-0.77 >a:
+0.77 case lower letters
+0.74 >A:
+0.73 length m 8
+0.72 <询微
-0.71 length n 6
-0.70 <<时间
-0.70 wechat none letters
+0.70 <加微
+0.70 <微信
+0.70 >_#
+0.69 pinyin 5 letters
+0.68 case lower mixed
+0.67 <交流
-0.66 <<数据
-0.65 label w open letters
-0.65 length n 5
+0.65 >拉一
-0.64 <_v.
-0.63 <信公
+0.62 length l 14
+0.61 <我的
+0.61 wechat 0 mixed
-0.60 <_a
-0.60 length m 6
-0.58 length m 7
+0.57 <qq.号
+0.56 <<linklink
-0.55 line in in joined
+0.55 label w colon mixed
-0.54 <可加
-0.54 >\n_
-0.54 label w 3
+0.54 <<添加
+0.53 >信,
+0.53 added 4 0 letters
+0.53 label w colon letters
-0.50 case upper mixed
+0.50 >',
-0.49 >作者
+0.49 <=_
+0.49 <\n\n
+0.49 <vx.:
-0.47 case title letters
-0.47 line in in mixed
-0.46 <信群
+0.46 <个微
-0.45 <<,_
+0.45 >,\n
+0.44 <<*_
-0.43 >者微
+0.43 >_\n
-0.42 length j 11
+0.42 >——
+0.41 label c open number
+0.41 wechat 0 number
+0.40 length n 9
+0.38 lines 0
+0.37 length l 10
-0.36 <<A_
+0.36 label o colon mixed
-0.35 <_qq.
-0.35 >\n微
+0.35 <求拉
+0.35 >(微
+0.34 <_9
-0.33 >*_
-0.33 length l 7
-0.31 <_A
-0.30 label q colon number
+0.30 >#_
+0.30 wechat 1 1 0
-0.29 >/\n
-0.29 >或者
+0.29 <_wechat.
+0.29 <wx.:
-0.28 >*\n
-0.27 pinyin 3 letters
-0.26 <<:_
+0.26 <咨询
+0.26 pinyin 5 joined
+0.23 <<_a
+0.23 <_=
+0.23 >信号
-0.22 <手机
-0.22 pinyin 4 mixed
+0.22 <添加
-0.21 label a 1
+0.21 <wechat.:
+0.21 added 1 0 mixed
-0.20 line in in number
+0.20 <9\n
+0.20 >_,
+0.20 >_加
+0.20 length l 11
-0.19 label c colon number
+0.19 >加好
-0.18 >//
+0.18 >请加
+0.17 <<官方
+0.15 <信_
-0.14 <,如
+0.14 <人微
+0.14 <作微
+0.14 wechat 2 0 0
-0.13 <<关注
-0.13 >@A
-0.12 <发微
-0.12 <的qq.
-0.12 label g 1
-0.11 >.A
-0.11 >A_
-0.11 label g colon number
-0.11 length l 9
+0.11 <<或者
-0.10 label w 7 broken
-0.09 <_联
-0.09 digits 1
+0.09 <wechat._
+0.09 >交流
+0.08 <商务
+0.08 label w colon joined
-0.07 >一起
-0.07 form letters
+0.07 length n 8
-0.06 <<有问
-0.06 <使用
-0.06 <商户
-0.06 pinyin 4 letters
-0.05 <<一个
-0.04 <_:
-0.04 <货源
+0.04 <<link\n
-0.03 <我们
"""
"""A weight and its term in each line, the heaviest first."""
BIAS = -3.22
"""What is said against an ID before anything is known."""


def read_weights(table: str = TABLE) -> dict[str, float]:
    """Read a table of weights by their terms."""
    rows = (line.partition(" ") for line in table.split("\n") if line)
    return {term: float(weight) for weight, _, term in rows}

"""Words with which programs name fields, types, states, places and other apps, none of them an ID."""

from __future__ import annotations

_WORDS = """
account accounts action active activity address admin advert age alert alipay alternative amount and
android anonymous answer api app apple apply approval apps array arrow article assets async at attach
author auto_increment avatar award backend badge baidu balance bank banner bar basic before bg bigint
bigtext bilibili binary birthday blocked blue bluesky body boolean border bottom box brand bridge browser
btn business button by callback can cancel card cart cash category cell center change channel channels char
chat check city class clear click client clone close cloudpay cluster code col color column comment common
company complete compose config confirm connect consult contact contacts container content context control
cookie copy count country coupon crash create created css custom customer dark data database date datetime
day debug decimal default delete deleted delivery demo deploy desc describe description desktop detail
details developer developers device digest dingding dingtalk direct disable disabled discord discount
display div django docker domain done douyin down download draft drawer edit el electron element email
employee empty enable enabled encrypt end engine english enterprise error event example exception expire
expired export extension external fa facebook failed false family fax feature feedback feishu field file
files filled filter finance finish first flag flask float flutter folder follow font footer for form format
forward framework friend friends from front frontend full fullstack function gateway gender general gift
gitee github gmail golang goods google gradle green grey group groups guest guide h5 handle handler harmony
has header height hello help hidden history home hotline hour html icon id identity image images img import
important in index info information inject inline input insert instagram install integer interface internal
invalid invite is item items jdbc js json jump kakao kakaotalk kernel key keyword kotlin label language
large last layout left length letter level library light like limit line link linkedin linux list local
location login loginnow logo logout longtext macos mail main manage manager market marquee master mastodon
match maven max medium mediumtext member memo menu merchant message messenger method middleware min mine
mini mirror mobile mode model module moment moments money month more mp msg my mysql nacos name native nav
network never new news next nginx nick nickname no none normal not notice notify null num number object of
official offline on online open openai openid option optional or order other others package page param
params parent parser pass password pause pay payload payment paypal pending people person personal phone
photo pic pics picture pinterest place placeholder plain platform plugin point points popup portal position
post postal preview price primary print private process product profile program project promotion province
proxy public publish push pwd python qq qrcode query question queue quick random react read receive
recharge record red reddit redis refresh refund register registernow reject release reload remark remove
render reply report repository request require required reset response result return review reward right
role root round router row rss runtime sale sales save scan schema scheme school score screen script sdk
search second secret section security select selenium send server service session setting settings sex
share shop short show sidebar sign signal signin signup simple size skype smallint sms social socket sort
source space spider springboot staff start state static status stock stop storage store stories stream
string struct style submit subscribe success super supplier supply support switch symbol system tab table
tag target task team tel telegram telephone template terminal test text the theme threads thumb ticket
tieba tiktok time timeline timeout timestamp tinker tinyint tip tips title to toast toggle token tomcat
tool tools top total trade transfer transparent true ts tutorial twitter type ubuntu ui unbind undefined
unionpay unique unity unknown unread up update upgrade upload uri url user userinfo username users uuid
valid validate value values varchar vercel verified verify version viber video view viewport visible visit
vivo voice vue vx wait wallet warning we web webapp webhook webpack website wechat weibo weight weixin
whatsapp white wide widget width window with work workflow world wrapper wx wxapp wxpay xcx xiaohongshu
xiaomi year youtube zalo zhihu
"""
CODE_WORDS = frozenset(_WORDS.split())

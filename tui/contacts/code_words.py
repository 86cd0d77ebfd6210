"""Words with which programs name fields, types, states, places and other apps, none of them an ID."""

from __future__ import annotations

_WORDS = """
account accounts action active activity address admin advert age alert alipay amount and android anonymous
answer api app apple apply approval apps array arrow article assets async at attach author auto_increment
avatar award backend badge baidu balance bank banner bar basic before bg bigint bigtext bilibili binary
birthday blocked blue bluesky body boolean border bottom box brand browser btn business button by can
cancel card cart cash category cell center change channel char chat check city class clear click client
close cloudpay code col color column comment common company complete config confirm connect consult
contact contacts container content context control cookie copy count country coupon create created css
custom customer dark data database date datetime day debug decimal default delete deleted delivery demo
desc describe description desktop detail details device digest dingding dingtalk direct disable disabled
discord discount display div domain done douyin down download draft drawer edit el email empty enable
enabled encrypt end english enterprise error event example expire expired export external fa facebook
failed false family fax feature feedback feishu field file files filled filter finance finish first flag
float folder follow font footer for form format forward friend friends from front frontend full fullstack
function gender general gift gitee github gmail goods google green grey group groups guest guide h5 handle
handler has header height hello help hidden history home hotline hour html icon id identity image images
img import important in index info information inline input insert instagram integer internal invalid
invite is item items jdbc js json jump kakao kakaotalk key keyword label language large last layout left
length letter level light like limit line link linkedin list local location login loginnow logo logout
longtext mail main manage manager market marquee master mastodon match max medium mediumtext member memo
menu merchant message messenger method min mine mini mobile mode model module moment moments money month
more mp msg my mysql name native nav network never new news next nick nickname no none normal not notice
notify null num number object of official offline on online open openid option optional or order other
others page param params parent pass password pause pay payment paypal pending people person personal
phone photo pic pics picture pinterest place placeholder plain platform plugin point points popup portal
position post postal price primary print private process product profile program project promotion
province public publish push pwd qq qrcode query question quick random read receive recharge record red
reddit refresh refund register registernow reject release reload remark remove reply report request
require required reset response result return review reward right role root round router row rss sale
sales save scan school score screen script sdk search second secret section security select send server
service session setting settings sex share shop short show sign signal signin signup simple size skype
smallint sms social sort source space staff start state static status stock stop store stories string
style submit subscribe success super supplier supply support switch symbol system tab table tag target
task team tel telegram telephone template test text the theme threads thumb ticket tieba tiktok time
timeline timestamp tinyint tip tips title to toast toggle token tool tools top total trade transfer
transparent true ts twitter type ui unbind undefined unionpay unique unknown unread up update upload uri
url user username users uuid valid validate value values varchar verified verify version viber video view
viewport visible visit vivo voice vue vx wait wallet warning we web webapp website wechat weibo weight
weixin whatsapp white wide widget width window with work world wx wxapp wxpay xcx xiaohongshu xiaomi year
youtube zalo zhihu
"""
CODE_WORDS = frozenset(_WORDS.split())

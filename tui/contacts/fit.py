"""Judges whether a value may be what its label says, by its shape and the words around it."""

from __future__ import annotations

import re

from tui.contacts import phrases
from tui.contacts.labels import Role
from tui.contacts.lettered import CODE_GOES_ON, is_below, is_mine, word_fits
from tui.contacts.markup import is_markup, is_of_platforms, is_of_software
from tui.contacts.notes import has_note, is_compared, is_field, is_no_contact
from tui.contacts.persons import is_common, is_handle
from tui.contacts.runs import Run
from tui.contacts.shapes import DIGITS, ID, LANDLINE, MOBILE, Value, is_strong
from tui.contacts.words import ONLY_PARTS, PINYIN, TECHNICAL, TECHNICAL_START, VERSION
from tui.text.possessive import possessive


def fits(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether a value may belong to a run with that gap between them."""
    if "\n" in gap and not (
        _may_break(text, run, gap)
        or _fills_line(text, run, gap, value)
        or is_below(text, run, gap, value)
        or _is_behind_note(text, gap, value)
        or (run.roles == _GROUP and _CALLS_IN.fullmatch(gap))
    ):
        return False
    if _is_code(text, run, gap, value) or _is_of_others(text, value) or is_no_contact(text, value):
        return False
    if run.roles <= _FOREIGN:
        return _PLAIN_GAP.fullmatch(gap) is not None
    if not run.roles & _ROLES[value.shape] or (run.roles == _GROUP and gap.endswith(_OF_PERSON)):
        return False
    if value.shape is ID:
        return _id_fits(text, run, gap, value)
    return value.end - value.start >= 6 or bool(run.roles & {Role.QQ, Role.GROUP})


def _is_code(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether label and value are code (wx = value) or a name in a path (qq123456/project)."""
    if (
        is_compared(text, run.start)
        or ("+" in gap and _JOINED.search(gap))
        or (gap[:1] in _ATTRIBUTE_QUOTES and _is_behind_attribute(text, run, gap))
    ):
        return True
    if not _is_latin(text, run):
        return False
    in_path = not gap and run.roles == {Role.QQ} and _PATH.match(text, value.end) is not None
    if in_path or is_markup(text, run, gap):
        return True
    if not gap and _NUMBERED_SO.search(text, max(0, run.start - 8), run.start):
        return True
    if gap.strip() in _COMPARES:
        return True
    return ("=" in gap or "::" in gap) and not _told(text, run, value)


def _is_behind_attribute(text: str, run: Run, gap: str) -> bool:
    """Tell whether a label ends an attribute, so that the next one follows: title="微信" clearable."""
    if _QUOTE_ENDS.fullmatch(gap) is None:
        return False
    opened = _ATTRIBUTE.search(text, max(0, run.start - 48), run.start)
    return opened is not None and opened["quote"] == gap[0]


def _is_of_others(text: str, value: Value) -> bool:
    """Tell whether a value is another app's (…(旺旺)) or an American phone (+1 and ten digits)."""
    if value.shape in _NO_PHONE:
        opened = text[value.end : value.end + 1] in _OPENS_REMARK
        return opened and _OF_OTHER_APP.match(text, value.end) is not None
    if value.shape is not MOBILE or text[value.start - 1 : value.start] != "+":
        return False
    return _CHINESE.search(text, max(0, value.start - 200), value.end + 200) is None


def may_follow(text: str, run: Run) -> bool:
    """Tell whether a run may label the value before it; letters such as wx do so only among Chinese words."""
    if Role.QQ in run.roles or not _is_latin(text, run):
        return True
    if text.startswith("my ", max(0, run.start - 3)):
        return True
    return _CHINESE.search(text, max(0, run.start - 40), run.end + 40) is not None


def _is_latin(text: str, run: Run) -> bool:
    """Tell whether the words of a run are in Latin letters."""
    return text[run.start].isascii() and _LATIN_ONLY.fullmatch(text, run.start, run.end) is not None


def is_word(text: str, value: Value) -> bool:
    """Tell whether an id might as well be a word."""
    return value.shape is ID and not is_strong(text[value.start : value.end])


def says_also(text: str, run: Run, value: Value) -> re.Match[str] | None:
    """Tell whether a run says that the number before it is WeChat too: …，号码也是微信."""
    if len(run.hits) > 1 and phrases.IS_ITSELF.fullmatch(text, run.hits[-2].end, run.hits[-1].start):
        return phrases.OF_THIS.fullmatch(text, value.end, run.start)
    return phrases.ALSO_IS.fullmatch(text, value.end, run.start)


def _told(text: str, run: Run, value: Value) -> bool:
    """Tell whether an equals sign means a colon: qq=468203915 in a sentence, not in code."""
    if CODE_GOES_ON.match(text, value.end):
        return False
    if not _DIGIT.search(text, value.start, value.end):
        return _is_name_told(text, run, value)
    if run.end - run.start == 1 and not run.added:
        return False
    chinese = _CHINESE.search(text, max(0, run.start - 12), value.end + 6) is not None
    return chinese or (value.shape is DIGITS and value.end - value.start >= 7)


def _is_name_told(text: str, run: Run, value: Value) -> bool:
    """Tell whether letters behind an equals sign are a name that prose ends with: …的，vx=zhangxiaolan."""
    if not PINYIN.fullmatch(text, value.start, value.end) or not _CLAUSE_ENDS.match(text, value.end):
        return False
    return _PROSE.search(text, max(0, run.start - 8), run.start) is not None


def _may_break(text: str, run: Run, gap: str) -> bool:
    """A value may stand on a later line when a colon calls for it or the label has a line to itself."""
    if _IN_DATA.fullmatch(gap):
        return True
    if _NEXT_LINE.fullmatch(gap) is None:
        return False
    return (
        _CALLS.search(gap) is not None
        or _LINE_FREE.search(text, max(0, run.start - 320), run.start) is not None
    )


def _fills_line(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether a value has the line below its label to itself: 加个qq⏎425730968."""
    if gap.strip() or not _LINE_END.match(text, value.end):
        return False
    asked = _ASKED.search(text, max(0, run.start - 6), run.start) is not None
    own = is_mine(text, run)
    told = value.shape is MOBILE and Role.PHONE in run.roles
    return value.shape is DIGITS or told or own or (asked and not is_word(text, value))


def _is_behind_note(text: str, gap: str, value: Value) -> bool:
    """Tell whether an id has the line to itself that follows words about a note: 请注明“体检”。⏎abc123."""
    return has_note(gap, 0, len(gap)) and not is_word(text, value) and bool(_LINE_END.match(text, value.end))


def _is_compound(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether label and value are one name of code: weixin-java-mp, wx.getUserProfile."""
    glued = gap in _GLUES and not (run.added and gap == "-") and _is_latin(text, run)
    return glued and not _NUMBERED.fullmatch(text, value.start, value.end)


def _id_fits(text: str, run: Run, gap: str, value: Value) -> bool:
    if gap and _is_compound(text, run, gap, value):
        return False
    if (
        _is_tag(text, value)
        or _GOES_ON.match(text, value.end)
        or (":" not in gap and _TOLD_PHONE.match(text, value.start))
    ):
        return False
    if _OFFICIAL in run.roles and _SEARCHED.fullmatch(gap):
        return _CLOSES.match(text, value.end) is not None
    return not _is_technical(text, run, gap, value) and _is_no_word(text, run, gap, value)


def _is_technical(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether an id is a word of technology that nothing outweighs."""
    if TECHNICAL.fullmatch(text, value.start, value.end) is None:
        return False
    return is_common(text, value) or not (_is_named(text, run, gap, value) or is_handle(text, run, value))


def _is_no_word(text: str, run: Run, gap: str, value: Value) -> bool:
    behind = value.start >= run.end
    if (behind and _OFFICIAL in run.roles and _is_no_account(text, gap, value)) or (
        not behind and is_field(text, value)
    ):
        return False
    if is_word(text, value):
        return not (is_of_platforms(text, value) or is_of_software(text, value)) and word_fits(
            text, run, gap, value
        )
    return ":" in gap or not VERSION.fullmatch(text, value.start, value.end)


def _is_tag(text: str, value: Value) -> bool:
    """Tell whether an id is the name of a tag that does not end on its line: <Tooltip."""
    return text[value.start - 1] == "<" and text[value.end : value.end + 1] != ">"


def _is_named(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether label and colon, or a request, outweigh a technical word at an id's end (lanqi-code)."""
    if (
        text[run.end - 1] == "号"
        and not gap.strip()
        and _TO_ADD.search(text, max(0, run.start - 3), run.start)
    ):
        return True
    if run.roles == {Role.OFFICIAL} and text[run.end - 2 : run.end] == "id" and _CALLS_ALONE.search(gap):
        return _LINE_END.match(text, value.end) is not None
    latin = _is_latin(text, run)
    if not latin and _CALLS_ALONE.search(gap) and _NAMED_SO.fullmatch(text, value.start, value.end):
        return True
    if latin and _CALLS_ALONE.search(gap) and _OWNED.search(text, max(0, run.start - 28), run.start):
        return ONLY_PARTS.fullmatch(text, value.start, value.end) is None
    if latin or TECHNICAL_START.match(text, value.start):
        return False
    return _CALLS_ALONE.search(gap) is not None or (
        gap[-1:] in _QUOTES and text[run.start - 1 : run.start] in _MINE
    )


def _is_no_account(text: str, gap: str, value: Value) -> bool:
    """Tell whether what stands behind 公众号 is a word of the sentence or the name of a module."""
    if _NAMED.fullmatch(gap) and not _CLOSES_NAME.match(text, value.end):
        return True
    module = not gap.strip() and _MODULE.fullmatch(text, value.start, value.end)
    if gap == "+" and text[value.end : value.end + 1] == "+":
        return True
    return bool(module or (_CHINESE.match(text, value.end) and not _VERB.match(text, value.end)))


_FOREIGN = frozenset({Role.APP, Role.CODE})
_GROUP = frozenset({Role.GROUP})
_OFFICIAL = Role.OFFICIAL
_ROLES = {
    ID: frozenset({Role.WECHAT, Role.OFFICIAL}),
    DIGITS: frozenset({Role.WECHAT, Role.QQ, Role.GROUP}),
    MOBILE: frozenset({Role.WECHAT, Role.PHONE, Role.QQ}),
    LANDLINE: frozenset({Role.PHONE}),
}
_NO_PHONE = frozenset({DIGITS, ID})
_OF_OTHER_APP = re.compile(
    r" ?[(\[【](?:阿里)?(?:旺旺|钉钉|飞书|抖音|快手|微博|小红书|支付宝|闲鱼|淘宝|陌陌"
    r"|telegram|tg|whatsapp|line|skype|yy)[群号]{0,2}[)\]】]"
)
_SEARCHED = re.compile(phrases.SEARCHED)
_CLOSES = re.compile(r"[\"」』】]?(?:即可|就行|可?关注)? ?\)")
_OPENS_REMARK = frozenset(" ([【")
_ATTRIBUTE_QUOTES = frozenset("\"'")
_QUOTE_ENDS = re.compile(r"[\"'] {1,8}")
_ATTRIBUTE = re.compile(r"[a-z]=(?P<quote>[\"'])[^\"'\n=<>]{0,40}\Z")
_DIGIT = re.compile(r"[0-9]")
_COMPARES = frozenset({"<", ">", "<=", ">=", "!=", "=="})
_OF_PERSON = ("新号", "小号", "大号")
_IN_DATA = re.compile(rf"(?:{phrases.IN_DATA})")
_CALLS_IN = re.compile(phrases.CALLS_IN)
_JOINED = re.compile(r"[\"'] ?\+ ?\Z")  # '微信：' + name
_PATH = re.compile(r"/[a-z]")  # qq123456789/project is somebody's repository
_NUMBERED_SO = re.compile(r"[券单卡码编][号码](?:是|为|:) ?\Z")  # 券号为QQ123456789
_CALLS = re.compile(r"[:👉👇⬇↓]")
_GLUES = ("-", ".", "/", "://")
_QUOTES = frozenset("(`「『【[\"'")
_MINE = frozenset("我的加")
_TO_ADD = re.compile(r"(?:加|搜索?)\Z")
_NUMBERED = re.compile(r"[a-z_]+[0-9]{2,}")
_ASKED = re.compile(r"加我?[^\n]{0,3}\Z")
_LINE_END = re.compile(r" *(?:\n|\Z)")
_LINE_FREE = re.compile(
    r"(?:\A|\n)[^\w\n]{0,300}+"
    + possessive(
        "(?:商务|客服|官方|老板|店主|我的|个人|作者|合作|联系|添加|运营|业务|售前|售后|管理员)"
        r"[^\w\n]{0,3}",
        "{0,2}",
    )
    + r"\Z"
)
_LATIN_ONLY = re.compile(r"[a-z0-9 ]+")
_PLAIN_GAP = re.compile(r"(?:[ :\"'「『\[【(#.@号为是码]|id){0,8}")
_NEXT_LINE = re.compile(
    r" *(?:[\u4e00-\u9fff]{1,5} *(?=:))?[:)👉👇⬇↓]{0,3} *\n(?:[^\w\n ]|\n| {1,200}+){0,12}(?:[1-9][.、)] ?)?"
)
_CHINESE = re.compile("[\u3400-\u9fff]")
_OWNED = re.compile(
    r"(?:作者|开发者|我的?|客服|联系|个人|商务|站长|博主|本人|楼主|号主|[店群]主|加) ?\Z"
    r"|(?:作者|author) ?: ?[^\n:]{1,12}\n[ *#/\-]{0,6}\Z"
)
_PROSE = re.compile(r"[\u4e00-\u9fff] ?[,。!?;~…)] {0,3}\Z|(?:有偿|联系|加|滴|私|谢)[ ,]{0,3}\Z")
_CLAUSE_ENDS = re.compile(r" *(?:[,。!~)] *(?:[\u4e00-\u9fff]|\n|\Z)|\n|\Z)")
_NAMED_SO = re.compile(rf"(?:weixin|wechat)[_\-]{PINYIN.pattern}")
_TOLD_PHONE = re.compile(r"(?:vx|wx|qq|dh|sj)1[3-9][0-9]{9}(?![0-9])")
_GOES_ON = re.compile(r"[@=]|\\(?!033|x1b|u001b|[nrt(\"'])|[.][a-z0-9]|:(?!\n)|\(\)|\[|->")
_NAMED = re.compile(r" ?[「『【《\"][^\n「」『』【】《》\"]{1,20}[」』】》\"] ?[(\[]?")
_CLOSES_NAME = re.compile(r" *(?:[\n。;)\]】|]|\Z)")
_VERB = re.compile(
    "追更|催更|一起|第一时间|不迷路|更多|咨询|回复|领取|获取|查看|即可|了解|关注|搜索|下单|订阅"
)
_MODULE = re.compile(r"[a-z]+(?:-[a-z]+){2,}")
_CALLS_ALONE = re.compile(r":[^\w\n]*\Z")

"""Joins neighbouring labels that share one value: 微信/手机：, qq微信同号, 电话（微信）."""

from __future__ import annotations

import re

from tui.contacts.labelling import Hit
from tui.contacts.labels import Role
from tui.contacts.shapes import read_phone
from tui.values import frozen


@frozen
class Run:
    """Neighbouring labels; a value beside them takes the roles of all."""

    start: int
    end: int
    roles: frozenset[Role]
    hits: tuple[Hit, ...]

    @property
    def disguised(self) -> bool:
        """Whether a label is spelled so as to escape filters."""
        return any("disguised" in hit.label.conditions for hit in self.hits)

    @property
    def colon(self) -> bool:
        """Whether a colon follows."""
        return self.hits[-1].colon

    @property
    def added(self) -> bool:
        """Whether a word of adding stands before (加V, +微信)."""
        return self.hits[0].added


def group(text: str, hits: list[Hit]) -> list[Run]:
    """Join labels into runs, in order."""
    runs: list[Run] = []
    for hit in hits:
        last = runs[-1] if runs and hit.start - runs[-1].end <= _NEAR else None
        if last is not None and len(last.hits) == _MOST:
            last = None
        if last is None:
            runs.append(Run(hit.start, hit.end, hit.label.roles, (hit,)))
        elif _opens_id(text, last, hit):
            continue
        elif _share(text, last, hit):
            roles = (last.roles | hit.label.roles) - {Role.CODE}
            runs[-1] = Run(last.start, hit.end, roles, (*last.hits, hit))
        elif _is_group_of(text, last, hit) or _is_number_of(text, last, hit) or _is_id_of(text, last, hit):
            runs[-1] = Run(last.start, hit.end, last.roles, (*last.hits, hit))
        else:
            runs.append(Run(hit.start, hit.end, hit.label.roles, (hit,)))
    return runs


def _share(text: str, run: Run, hit: Hit) -> bool:
    if hit.start - run.end > 5 or not (run.roles | hit.label.roles <= _SHARING or _with_fax(run, hit)):
        return False
    if run.colon and hit.label.roles == {Role.PHONE} and _COLON_ONLY.fullmatch(text, run.end, hit.start):
        return _SAME_NEXT.match(text, hit.end) is not None
    if run.colon and Role.SAME not in hit.label.roles and hit.start > run.end:
        return False
    if hit.label.roles <= run.roles and _is_id_start(text, hit, run):
        return False
    join = _JOIN_SAME if Role.SAME in run.roles | hit.label.roles else _JOIN
    if join.fullmatch(text, run.end, hit.start):
        return text[run.end] != "," or not _DENIED.search(text, max(0, run.start - 2), run.start)
    return text[run.end : hit.start] == " " and _SAME_NEXT.match(text, hit.end) is not None


def _opens_id(text: str, run: Run, hit: Hit) -> bool:
    """Tell whether a second label's letters open the id that the first announces: 微信:wx13800138000."""
    if not (run.colon and hit.label.roles <= run.roles and hit.label.word.isascii()):
        return False
    return (
        _COLON_ONLY.fullmatch(text, run.end, hit.start) is not None and text[hit.end : hit.end + 1].isalnum()
    )


def _with_fax(run: Run, hit: Hit) -> bool:
    """Tell whether one number serves as phone and fax: 电话/传真."""
    return run.roles == {Role.PHONE} and hit.label.word in _FAX


def _is_group_of(text: str, run: Run, hit: Hit) -> bool:
    """Tell whether a group is another app's: 钉钉技术交流群."""
    # 小程序交流群 is a group about it
    if run.roles != {Role.APP} or run.colon or hit.label.word not in _ANY_GROUP or _is_about(run):
        return False
    return _OF.fullmatch(text, run.end, hit.start) is not None


def _is_about(run: Run) -> bool:
    return run.hits[0].label.word in _WITHOUT_GROUPS


def _is_number_of(text: str, run: Run, hit: Hit) -> bool:
    """Tell whether a QQ in brackets is a group's number: 交流群[QQ:738051694]."""
    if run.roles != {Role.GROUP} or hit.label.roles != {Role.QQ}:
        return False
    return text[run.end : hit.start] in _OPENING


def _is_id_of(text: str, run: Run, hit: Hit) -> bool:
    """Tell whether an id in brackets is that of the account before them: 小编微信（ID：abc123）."""
    if hit.label.word != "id" or not run.roles <= _NUMBERED:
        return False
    gap = text[run.end : hit.start].strip()
    return gap in _OPENING or (hit.colon and gap in _COMMAS and run.roles == {Role.WECHAT})


def _is_id_start(text: str, hit: Hit, run: Run) -> bool:
    """Tell whether letters open an id instead: 微信号wx2468abc, 微信:wx13800138000, not 微信wx13800138000."""
    after = text[hit.end : hit.end + 1]
    glued = after.isascii() and (after.isalnum() or after == "_")
    return glued and (run.colon or read_phone(text, hit.end) is None)


_NEAR = 8  # code points between labels of one run, at most
_MOST = 12  # labels of one run, which nobody needs; a text of nothing but labels would take for ever
_SHARING = frozenset({Role.WECHAT, Role.QQ, Role.PHONE, Role.SAME, Role.APP})
_COLON_ONLY = re.compile(r" ?: ?")
_OPENING = frozenset("[(【「《<")
_COMMAS = frozenset({",", ",我的"})
_NUMBERED = frozenset({Role.WECHAT, Role.QQ, Role.GROUP})
_FAX = frozenset({"传真", "fax"})
_ANY_GROUP = frozenset({"群", "群聊"})
_WITHOUT_GROUPS = frozenset({"小程序", "github"})
_OF = re.compile("[\u4e00-\u9fff ]{0,8}")
_DENIED = re.compile(r"(?:没有?|不[用玩]|无)\Z")  # 没有微信，QQ：384716290
_SAME_NEXT = re.compile(r" ?(?:都|也|均|为)?同")
_JOIN = re.compile(
    r"| ?(?:&amp;|&&|\((?=as |same as )(?:same )?as {1,2}|[/|&+、,.·\\(]"
    r"|(?:或者?|和)(?:添?加|打我?的?)?|可?以?(?:直接)?搜索?我?的?"
    r"|[和及与或兼跟]|[就也]{0,2}[是为]我?的?|即|or|and) ?"
)
_JOIN_SAME = re.compile(r"| ?(?:[/|&+、\\(=:\-—~]|[和及与或兼的是为跟]) ?| (?:is |as )?(?:the |my )?")

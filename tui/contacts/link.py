"""Links labels to values: 微信 a 或 b, 微信/QQ：1, 1（微信同号）, a微信, 公众号…微信号：a."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from tui.contacts import phrases, trust
from tui.contacts.accounts import is_official
from tui.contacts.asking import (
    PERSONAL,
    answers,
    gaps,
    is_announced,
    is_answer,
    is_behind_note,
    may_be_answered,
    without_group,
)
from tui.contacts.before import is_framed_phone, read_told, stands_before, value_before
from tui.contacts.fit import fits, is_word, may_follow, says_also
from tui.contacts.framed import read_framed
from tui.contacts.labelling import Hit
from tui.contacts.labels import Role
from tui.contacts.lists import begins_list, next_in_list
from tui.contacts.runs import Run, group
from tui.contacts.shapes import (
    DIGITS,
    ID,
    LANDLINE,
    MOBILE,
    VALUE_FIRST,
    Value,
    clean,
    is_strong,
    read_digits,
    read_value,
)
from tui.model import Kind
from tui.values import frozen


@frozen
class Claim:
    """A value and the roles that its labels give it; `trust` is how sure that is."""

    value: Value
    run: Run
    roles: frozenset[Role]
    trust: float


def link(text: str, hits: list[Hit], phones: list[Value]) -> list[Claim]:
    """Give every value that a label claims, in order; one of another app or an order is claimed as such."""
    linker = _Linker(text, phones)
    runs = group(text, hits)
    starts = [*(run.start for run in runs), len(text), len(text)]
    for run, limit, beyond in zip(runs, starts[1:], starts[2:], strict=False):
        linker.place(run, limit, beyond)
    linker.link_far()
    return linker.claims


class _Linker:
    """Walks over the runs of a text and collects what they claim."""

    def __init__(self, text: str, phones: list[Value]) -> None:
        self.text = text
        self.claims: list[Claim] = []
        self._floor = 0  # the end of the last claimed value
        self._far: list[Run] = []  # 微信：手机同号 whose phone is farther away
        self._phones = phones
        self._phone_ends = [phone.end for phone in phones]

    def place(self, run: Run, limit: int, beyond: int) -> None:
        """Link a run to its value; `limit` is where the next run begins, `beyond` the one behind that."""
        if run.start < self._floor:
            return
        run = without_group(self.text, run)
        if _SAME in run.roles:
            self._link_same(run, limit)
        elif _NONE not in run.roles and (self._is_remark(run) or not self._link_right(run, limit)):
            self._link_left(run)
            if self._floor <= run.start and run.roles <= PERSONAL:
                self._link_into_group(run, beyond)
            if self._floor <= run.start and may_be_answered(self.text, run):
                self._link_below(run, limit)

    def _link_into_group(self, run: Run, beyond: int) -> None:
        """Claim what lets people into a group: 加微信拉你进技术群：abc123; 微信，备注“进群”。⏎abc123."""
        into = phrases.INTO_GROUP.match(self.text, run.end)
        if into is None and is_behind_note(self.text, run):
            self._link_right(run, beyond)
        if into is not None and not self._link_right(run, beyond):
            self._link_right(replace(run, end=into.start("gap")), beyond)

    def _is_remark(self, run: Run) -> bool:
        """Tell whether a label in brackets belongs to the number before them: 13800138000（微信）、…"""
        if self.text[run.end : run.end + 1] != ")":
            return False
        phone = self._phone_before(run.start) or self._last_value()
        if phone is None or phone.shape is not MOBILE:
            value = self._value_before(run.start, phrases.TAIL_REMARKED)
            return value is not None and stands_before(self.text, value)
        return phrases.BRACKET.fullmatch(self.text, phone.end, run.start) is not None

    def _link_right(self, run: Run, limit: int) -> bool:
        """Claim the value behind a run, and the list that it may begin."""
        value = self._value_after(run, limit)
        if value is None:
            return False
        roles = frozenset({Role.OFFICIAL}) if is_official(self.text, run, value) else run.roles
        self._claim(value, run, roles, self._trust(run, value))
        self._claim_list(value, run, limit)
        return True

    def _claim_list(self, value: Value, run: Run, limit: int) -> None:
        """Claim the values that continue a list behind one that has just been claimed."""
        roles = self.claims[-1].roles
        while (further := next_in_list(self.text, value, run)) is not None and further.start < limit:
            if further.shape is not value.shape:
                self.claims[-1] = replace(self.claims[-1], roles=roles - {Role.WECHAT})
                roles = frozenset({Role.WECHAT})
            self._claim(further, run, roles, trust.LISTED)
            value = further

    def _value_after(self, run: Run, limit: int) -> Value | None:
        for gap in gaps(self.text, run):
            end = run.end if gap is None else gap.end()
            for at, firsts in ((end, VALUE_FIRST), (end - 1, _OPENS_PHONE)):
                if at == limit and not run.colon and is_announced(self.text, run, at):
                    continue
                if run.end <= at <= limit and self.text[at : at + 1] in firsts:
                    value = self._read(run, at)
                    if value is not None and fits(self.text, run, self.text[run.end : at], value):
                        return value
        return None

    def _read(self, run: Run, at: int) -> Value | None:
        """Read a value; a QQ number may look like a hotline's (4006963327)."""
        value = read_value(self.text, at)
        if value is None and run.roles == _QQ:
            return self._read_sample(run, at)
        if value is None and run.disguised and Role.WECHAT in run.roles:
            return read_framed(self.text, run.start, at)
        if value is not None and value.shape is LANDLINE and run.roles <= PERSONAL:
            return read_digits(self.text, at) or value
        return value

    def _read_sample(self, run: Run, at: int) -> Value | None:
        """Read a QQ number that looks like a sample behind somebody's WeChat: 微信lanqi2088 QQ88888888."""
        sample = _SAMPLE.match(self.text, at)
        last = self.claims[-1] if sample is not None and self.claims else None
        if sample is None or last is None or run.start - last.value.end > _BESIDE:
            return None
        if _CLOSE.fullmatch(self.text, run.end, at) is None:
            return None
        found = self.text[last.value.start : last.value.end]
        named = last.value.shape is ID and is_strong(found) and _SAMPLES.search(found) is None
        return Value(at, sample.end(), DIGITS) if named and Role.WECHAT in last.roles else None

    def _link_same(self, run: Run, limit: int) -> None:
        """Give the roles of a 同号 run to the number before it, or to the one behind it."""
        if not (run.colon and self._link_right(run, limit)):
            left = self._phone_before(run.start) or self._value_before(run.start, phrases.TAIL_LOOSE)
            if left is None or not stands_before(self.text, left):
                left = self._last_value()
            if left is not None and left.shape is LANDLINE and self._link_right(run, limit):
                return
            if left is not None and self._is_near(left, run):
                self._link_pair(left, run)
                if left.start >= self._floor:
                    self._claim(left, run, run.roles, trust.SAME)
            elif run.colon or not self._link_right(run, limit):
                self._far += [run] if run.roles >= _SAME_AS_PHONE else []
                return
        self._widen(run)

    def link_far(self) -> None:
        """Give the only mobile number of a text the roles of a 微信：手机同号 in another line or field."""
        if not self._far:
            return
        mobiles = [phone for phone in self._phones if phone.shape is MOBILE]
        if len({clean(Kind.MOBILE, self.text[phone.start : phone.end]) for phone in mobiles}) == 1:
            self.claims.append(Claim(mobiles[0], self._far[0], self._far[0].roles, trust.SAME))

    def _is_near(self, left: Value, run: Run) -> bool:
        """Tell whether 同号 may speak of the value before it; 微信同电话 names a phone further up."""
        if phrases.NEAR.fullmatch(self.text, left.end, run.start) or self._speaks_of_all(left, run):
            return True
        names_phone = left.shape is MOBILE and Role.PHONE in run.roles
        return names_phone and phrases.NEAR_PHONE.fullmatch(self.text, left.end, run.start) is not None

    def _link_pair(self, second: Value, run: Run) -> None:
        """Of two mobile numbers in a list (1/2 微信同号) give the first the roles as well."""
        first = self._phone_before(second.start)
        pair = phrases.PAIR_LINES if self._speaks_of_all(second, run) else phrases.PAIR
        if first is not None and pair.fullmatch(self.text, first.end, second.start):
            self._claim(first, run, run.roles, trust.SAME)

    def _speaks_of_all(self, last: Value, run: Run) -> bool:
        return phrases.NEAR_ALL.fullmatch(self.text, last.end, run.start) is not None

    def _link_left(self, run: Run) -> None:
        """Claim a value that stands right before its label: abc123微信, 13800138000(微信)."""
        if run.colon or not (may_follow(self.text, run) or self._is_remark(run)):
            return
        named = phrases.OF_A_GROUP.match(self.text, run.end) if run.roles == _QQ else None
        if named is not None:
            run = replace(run, roles=frozenset({Role.NONE}) if named["about"] else _GROUP)
        if Role.GROUP in run.roles and self._link_group_left(run):
            return
        value = read_told(self.text, run, self._floor)
        if value is not None:
            self._claim(value, run, run.roles, trust.BEFORE)
            return
        if Role.WECHAT in run.roles and self._link_framed(run):
            return
        if not phrases.CLOSED.match(self.text, run.end):
            return
        if Role.WECHAT in run.roles and self._link_phone(run):
            return
        value = self._value_before(run.start, phrases.TAIL) or self._alone_before(run)
        if value is None and run.added:
            value = self._value_before(run.start, phrases.TAIL_ADDED)
        if value is not None and stands_before(self.text, value) and fits(self.text, run, ":", value):
            self._claim_of_line(value, run)
        elif (
            self.claims
            and Role.WECHAT in run.roles
            and phrases.BRACKET.fullmatch(self.text, self._floor, run.start)
        ):
            self._widen(run)

    def _link_group_left(self, run: Run) -> bool:
        """Claim the numbers of groups that stand before what says so: 583026914（加二群）."""
        if self._link_all_left(run):
            return True
        value = self._value_before(run.start, phrases.TAIL_INTO_GROUP)
        if value is None and phrases.CLOSES_REMARK.match(self.text, run.end):
            value = self._value_before(run.start, phrases.TAIL_OF_GROUP)
        if value is None or not fits(self.text, run, ":", value):
            return False
        self._claim(value, run, run.roles, trust.BEFORE)
        return True

    def _claim_of_line(self, value: Value, run: Run) -> None:
        """Claim a value, unless it ends a line that says more and its label begins a sentence in the next."""
        broken = self.text.find("\n", value.end, run.start) >= 0
        begins = value.start == 0 or self.text[value.start - 1] == "\n"
        if not broken or begins or phrases.LINE_ENDS.match(self.text, run.end):
            self._claim(value, run, run.roles, trust.BEFORE)

    def _link_all_left(self, run: Run) -> bool:
        """Claim the numbers of a list that stands before its label: 583026914 或 347185920 这两个都是QQ群."""
        values: list[Value] = []
        value = self._value_before(run.start, phrases.TAIL_ALL_GROUPS)
        while value is not None and len(values) < _MOST_LISTED and fits(self.text, run, ":", value):
            values.append(value)
            value = self._value_before(value.start, phrases.TAIL_LISTED)
        for value in reversed(values):
            self._claim(value, run, run.roles, trust.BEFORE)
        return bool(values)

    def _alone_before(self, run: Run) -> Value | None:
        """Read a value that with the label behind it is all that a line says: 13800138000，微信.

        A line below may say whose it is: 347956877⏎这是我的QQ.
        """
        if self.text[run.start - 1 : run.start] in _SAYS_WHOSE:
            return self._value_before(run.start, phrases.TAIL_LINE_ABOVE)
        if not phrases.LINE_ENDS.match(self.text, run.end):
            return None
        return self._value_before(run.start, phrases.TAIL_OF_LINE)

    def _link_framed(self, run: Run) -> bool:
        """Claim a phone that fills a frame right before a label: 【13800138000】微信."""
        phone = self._phone_before(run.start)
        if phone is None or phone.shape is not MOBILE or not is_framed_phone(self.text, run, phone):
            return False
        self._claim(phone, run, run.roles | {Role.PHONE}, trust.BEFORE)
        return True

    def _link_below(self, run: Run, limit: int) -> None:
        """Claim a value that alone answers the request of the line above: 能加我QQ请教一下吗？⏎871878482."""
        for pattern in (phrases.BELOW, phrases.BELOW_NEXT, phrases.BELOW_FAR, phrases.BELOW_MINE):
            answer = pattern.match(self.text, run.end)
            # the answer may name its label again: my wechat is abc123
            if answer is None or (answer.end() > limit and not (answer["mine"] or "").startswith("my")):
                continue
            value = self._read(run, answer.end())
            if value is None or not (answers(self.text, value) or begins_list(self.text, value, run)):
                continue
            if is_answer(self.text, value, mine=bool(answer["mine"])) and fits(self.text, run, ":", value):
                self._claim(value, run, run.roles, min(trust.BEFORE, self._trust(run, value)))
                self._claim_list(value, run, limit)
                return

    def _link_phone(self, run: Run) -> bool:
        """Give a phone before a label the role as well: 电话：13276315940，可以加到我的个人微信."""
        phone = self._phone_before(run.start) or self._last_value()
        if phone is None or phone.shape is LANDLINE:
            return False
        claimed = phone.start < self._floor
        also = says_also(self.text, run, phone)
        if phone.shape is not MOBILE:
            if also and phrases.INCLUDES.search(self.text, phone.end, run.end) and self._is_qq(phone):
                self._widen(run)
                return True
            return False
        also = also or phrases.ALSO.fullmatch(self.text, phone.end, run.start)
        if also is None and phrases.IS_SAME.match(self.text, run.end):
            also = phrases.COMMA.fullmatch(self.text, phone.end, run.start)
        if also is None and not claimed and self._is_remark(run):
            self._claim(phone, run, run.roles, trust.BEFORE)
            return True
        if also is None and not (claimed and phrases.ADD.fullmatch(self.text, phone.end, run.start)):
            return False
        if not claimed:
            self._claim(phone, run, run.roles | {Role.PHONE}, trust.BEFORE)
        else:
            self._widen(run)
        return True

    def _is_qq(self, value: Value) -> bool:
        """Tell whether a value is the one claimed last, and for QQ."""
        return value.start < self._floor and Role.QQ in self.claims[-1].roles

    def _value_before(self, end: int, pattern: re.Pattern[str]) -> Value | None:
        return value_before(self.text, self._floor, end, pattern)

    def _phone_before(self, end: int) -> Value | None:
        rank = bisect_right(self._phone_ends, end) - 1
        phone = self._phones[rank] if rank >= 0 else None
        return phone if phone is not None and phone.start >= self._floor else None

    def _last_value(self) -> Value | None:
        return self.claims[-1].value if self.claims else None

    def _claim(self, value: Value, run: Run, roles: frozenset[Role], sureness: float) -> None:
        self.claims.append(Claim(value, run, roles, sureness))
        self._floor = value.end

    def _widen(self, run: Run) -> None:
        """Give the last claim, and those that form a list with it, the roles of a further run."""
        for place in range(len(self.claims) - 1, -1, -1):
            claim = self.claims[place]
            self.claims[place] = Claim(
                claim.value, claim.run, claim.roles | run.roles, min(claim.trust, trust.SAME)
            )
            before = self.claims[place - 1].value
            if place == 0 or before.shape is not claim.value.shape:
                return
            if not phrases.PAIR.fullmatch(self.text, before.end, claim.value.start):
                return

    def _trust(self, run: Run, value: Value) -> float:
        if is_word(self.text, value):
            return trust.WORD
        return trust.HIDDEN if run.disguised else trust.PLAIN


_SAME, _NONE = Role.SAME, Role.NONE
_SAME_AS_PHONE = frozenset({Role.WECHAT, Role.PHONE, Role.SAME})
_QQ, _GROUP = frozenset({Role.QQ}), frozenset({Role.GROUP})
_SAMPLE = re.compile(r"(?:([1-9])\1{6,9}|1234567890?|123456789)(?![0-9a-z@]|[.\-][0-9])")
_SAMPLES = re.compile("123|abc|xxx|000|test|demo")
_BESIDE = 24  # letters between somebody's WeChat and the label of the QQ number that belongs to it
_CLOSE = re.compile("[ :是为]{0,3}")  # between that label and the number
_MOST_LISTED = 8  # numbers before the label of them all
_SAYS_WHOSE = frozenset("我的人")
_OPENS_PHONE = frozenset("(+")

"""Finds the contacts of a text: folds it, hides addresses, links labels to values, adds bare phones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter

from tui.contacts import trust
from tui.contacts.block import Block, find_block
from tui.contacts.entered import find_entered
from tui.contacts.headed import find_groups, find_ids
from tui.contacts.interleaved import Interleaved, find_interleaved, is_cut
from tui.contacts.judge import judge
from tui.contacts.labelling import find_labels
from tui.contacts.labels import Role
from tui.contacts.link import Claim, link
from tui.contacts.listed import find_listed
from tui.contacts.mailbox import find_mailboxes
from tui.contacts.mask import (
    find_emails,
    hide,
    hide_emails,
    hide_escapes,
    hide_links,
    hide_tags,
    may_have_email,
)
from tui.contacts.normalise import Folded, fold, is_silent
from tui.contacts.shapes import Shape, Value, clean, find_phones
from tui.contacts.spelled import find_spelled
from tui.contacts.stretches import find_stretches, first_letter
from tui.contacts.structured import add_structured
from tui.contacts.wrapped import find_wrapped
from tui.model import Contact, Kind, Source
from tui.values import frozen


@frozen
class Finding:
    """A contact in the folded text."""

    kind: Kind
    start: int
    end: int
    label: tuple[int, int]
    trust: float


def find(text: str) -> tuple[Contact, ...]:
    """Give the contacts of a text in the order in which they stand, each (kind, value) once."""
    if is_silent(text):
        return ()
    folded = fold(text)
    return find_in(text, folded, find_block(folded.cased))


def find_in(text: str, folded: Folded, block: Block | None) -> tuple[Contact, ...]:
    """Do what `find` does, for a text that has been folded and searched for its block already."""
    first = first_letter(folded)
    if block is None and first == len(folded.text):
        return ()
    stretches, cut = find_stretches(folded.text, first), is_cut(folded.text, first)
    wrapped = find_wrapped(folded.text, first)
    mailed = may_have_email(folded)
    if not (stretches or block or cut or wrapped or mailed):
        return ()
    findings = list(_findings(text, folded, stretches, wrapped, cut=cut, mailed=mailed))
    if block is not None:
        findings += _person(block)
    best: dict[tuple[Kind, str], Contact] = {}
    for finding in findings:
        contact = _contact(text, folded, finding, block)
        key = contact.kind, contact.value.lower()
        known = best.get(key)
        if known is None or known.confidence < contact.confidence:
            best[key] = contact
    return tuple(sorted(best.values(), key=_PLACE))


def _findings(
    original: str,
    folded: Folded,
    stretches: list[tuple[int, int]],
    wrapped: list[Value],
    *,
    cut: bool,
    mailed: bool,
) -> Iterator[Finding]:
    spelled = find_spelled(folded)
    text = hide(folded.text, spelled)
    tagged = hide_links(hide_escapes(text), stretches)
    linkless = hide_tags(tagged, stretches)
    mails = find_emails(linkless) if mailed else []
    yield from _mailed(spelled, mails, linkless)
    plain = hide_emails(linkless) if mailed else linkless
    phones = [phone for stretch in stretches for phone in find_phones(plain, *stretch)]
    if wrapped:
        phones = sorted((*phones, *wrapped), key=lambda phone: phone.start)
    numbers = list(find_interleaved(plain)) if cut or plain is not text else []
    for number in numbers:
        yield from _cut_number(number)
    claims = link(plain, [hit for stretch in stretches for hit in find_labels(plain, *stretch)], phones)
    claims = add_structured(tagged, original, folded, claims)
    if numbers:
        claims = [claim for claim in claims if not _is_within(claim.value, numbers)]
    for claim in claims:
        yield from _claimed(claim)
    yield from _bare_phones(phones, claims, numbers)
    known = [(phone.start, phone.end) for phone in phones]
    known += [(claim.value.start, claim.value.end) for claim in claims]
    known += [(number.start, number.end) for number in numbers]
    begun = {start for start, _ in known}
    listed = [finding for finding in _under_headings(plain) if finding.start not in begun]
    yield from listed
    known += [(finding.start, finding.end) for finding in listed]
    for value in judge(plain, folded.cased, stretches, known):
        yield Finding(Kind.WECHAT, value.start, value.end, (value.start, value.start), trust.JUDGED)


def _under_headings(text: str) -> Iterator[Finding]:
    """Give what the lists of a text hold, whose headings say what it is."""
    for kind, find_all in _LISTS:
        for start, end in find_all(text):
            yield Finding(kind, start, end, (start, start), trust.WORD)


def _mailed(spelled: Iterable[tuple[int, int]], mails: list[tuple[int, int]], text: str) -> Iterator[Finding]:
    """Give the e-mails, and what their boxes are besides."""
    for start, end in spelled:
        yield Finding(Kind.EMAIL, start, end, (start, start), trust.HIDDEN)
    for start, end in mails:
        yield Finding(Kind.EMAIL, start, end, (start, start), trust.PLAIN)
    for named, start, end in find_mailboxes(text, mails):
        yield Finding(named, start, end, (start, start), trust.SAME)


def _claimed(claim: Claim) -> Iterator[Finding]:
    run, value = claim.run, claim.value
    for kind in _kinds(claim.roles, value.shape):
        yield Finding(kind, value.start, value.end, (run.start, run.end), claim.trust)


def _bare_phones(phones: list[Value], claims: list[Claim], numbers: list[Interleaved]) -> Iterator[Finding]:
    """Give the phones that no label claims."""
    begun = {claim.value.start for claim in claims}
    left = [phone for phone in phones if phone.start not in begun]
    taken = (
        {place for claim in claims for place in range(claim.value.start, claim.value.end)} if left else set()
    )
    for phone in left:
        if taken.isdisjoint(range(phone.start, phone.end)) and not _is_within(phone, numbers):
            kind = Kind.MOBILE if phone.shape is Shape.MOBILE else Kind.LANDLINE
            yield Finding(kind, phone.start, phone.end, (phone.start, phone.start), trust.BARE)


def _cut_number(number: Interleaved) -> Iterator[Finding]:
    for kind, said in ((Kind.WECHAT, number.wechat), (Kind.MOBILE, number.phone or not number.wechat)):
        if said:
            yield Finding(kind, number.start, number.end, (number.start, number.start), trust.HIDDEN)


def _is_within(value: Value, numbers: list[Interleaved]) -> bool:
    return any(number.start <= value.start and value.end <= number.end for number in numbers)


def _person(block: Block) -> Iterator[Finding]:
    person = block.first("person")
    if person is not None:
        yield Finding(Kind.PERSON, person.start, person.end, person.label, trust.BLOCK)


@cache
def _kinds(roles: frozenset[Role], shape: Shape) -> tuple[Kind, ...]:
    """Give what a value is that labels claim."""
    number = shape is Shape.DIGITS or (shape is Shape.MOBILE and not roles & {Role.WECHAT, Role.PHONE})
    said = {
        Kind.WECHAT: Role.WECHAT in roles and shape is not Shape.LANDLINE,
        Kind.QQ: Role.QQ in roles and number,
        Kind.MOBILE: shape is Shape.MOBILE and not roles.isdisjoint({Role.PHONE, Role.SAME}),
        Kind.LANDLINE: Role.PHONE in roles and shape is Shape.LANDLINE,
        Kind.QQ_GROUP: Role.GROUP in roles and shape is Shape.DIGITS,
        Kind.OFFICIAL_ACCOUNT: Role.OFFICIAL in roles and shape is Shape.ID,
    }
    return tuple(kind for kind, is_said in said.items() if is_said)


def _contact(text: str, folded: Folded, finding: Finding, block: Block | None) -> Contact:
    start, end = folded.original(finding.start, finding.end)
    label = ""
    if finding.label[0] < finding.label[1]:
        begins, ends = folded.original(*finding.label)
        label = text[begins:ends]
    value = clean(finding.kind, folded.cased[finding.start : finding.end])
    in_block = block is not None and block.start <= finding.start and finding.end <= block.end
    if in_block and finding.trust > trust.JUDGED:
        return Contact(finding.kind, value, start, end, label, _IN_BLOCK, trust.BLOCK)
    return Contact(finding.kind, value, start, end, label, _IN_BODY, finding.trust)


_IN_BLOCK, _IN_BODY = Source.BLOCK, Source.BODY
_PLACE = attrgetter("start", "end")
# what finds the values of lists whose headings say what they are
_LISTS: tuple[tuple[Kind, Callable[[str], Iterable[tuple[int, int]]]], ...] = (
    (Kind.OFFICIAL_ACCOUNT, find_listed),
    (Kind.QQ_GROUP, find_groups),
    (Kind.QQ_GROUP, find_entered),
    (Kind.WECHAT, find_ids),
)

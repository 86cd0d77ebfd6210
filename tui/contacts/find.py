"""Finds the contacts of a text: folds it, hides addresses, links labels to values, adds bare phones."""

from __future__ import annotations

from collections.abc import Iterator

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
from tui.contacts.normalise import Folded, fold
from tui.contacts.shapes import Shape, Value, clean, find_phones
from tui.contacts.spelled import find_spelled
from tui.contacts.stretches import find_stretches
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
    folded = fold(text)
    return find_in(text, folded, find_block(folded.cased))


def find_in(text: str, folded: Folded, block: Block | None) -> tuple[Contact, ...]:
    """Do what `find` does, for a text that has been folded and searched for its block already."""
    stretches, cut = find_stretches(folded.text), is_cut(folded.text)
    wrapped = find_wrapped(folded.text)
    if not (stretches or block or cut or wrapped or may_have_email(folded.text)):
        return ()
    findings = list(_findings(text, folded, stretches, wrapped, cut=cut))
    if block is not None:
        findings += _person(block)
    best: dict[tuple[Kind, str], Contact] = {}
    for finding in findings:
        contact = _contact(text, folded, finding, block)
        key = contact.kind, contact.value.lower()
        known = best.get(key)
        if known is None or known.confidence < contact.confidence:
            best[key] = contact
    return tuple(sorted(best.values(), key=lambda contact: (contact.start, contact.end)))


def _findings(
    original: str, folded: Folded, stretches: list[tuple[int, int]], wrapped: list[Value], *, cut: bool
) -> Iterator[Finding]:
    spelled = find_spelled(folded.text)
    for start, end in spelled:
        yield Finding(Kind.EMAIL, start, end, (start, start), trust.HIDDEN)
    text = hide(folded.text, spelled)
    tagged = hide_links(hide_escapes(text), stretches)
    linkless = hide_tags(tagged, stretches)
    mails = find_emails(linkless)
    for start, end in mails:
        yield Finding(Kind.EMAIL, start, end, (start, start), trust.PLAIN)
    for named, start, end in find_mailboxes(linkless, mails):
        yield Finding(named, start, end, (start, start), trust.SAME)
    plain = hide_emails(linkless)
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
        for kind in _kinds(claim):
            yield Finding(
                kind, claim.value.start, claim.value.end, (claim.run.start, claim.run.end), claim.trust
            )
    yield from _bare_phones(phones, claims, numbers)
    known = [(value.start, value.end) for value in (*phones, *(claim.value for claim in claims))]
    known += [(number.start, number.end) for number in numbers]
    begun = {start for start, _ in known}
    for said, start, end in _under_headings(plain):
        if start not in begun:
            yield Finding(said, start, end, (start, start), trust.WORD)
            known.append((start, end))
    for value in judge(plain, folded.cased, stretches, known):
        yield Finding(Kind.WECHAT, value.start, value.end, (value.start, value.start), trust.JUDGED)


def _bare_phones(phones: list[Value], claims: list[Claim], numbers: list[Interleaved]) -> Iterator[Finding]:
    """Give the phones that no label claims."""
    taken: set[int] = set()
    for claim in claims if phones else ():
        taken.update(range(claim.value.start, claim.value.end))
    for phone in phones:
        if taken.isdisjoint(range(phone.start, phone.end)) and not _is_within(phone, numbers):
            kind = Kind.MOBILE if phone.shape is Shape.MOBILE else Kind.LANDLINE
            yield Finding(kind, phone.start, phone.end, (phone.start, phone.start), trust.BARE)


def _under_headings(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Give what the lists of a text hold, whose headings say what it is."""
    yield from ((Kind.OFFICIAL_ACCOUNT, *span) for span in find_listed(text))
    yield from ((Kind.QQ_GROUP, *span) for span in find_groups(text))
    yield from ((Kind.QQ_GROUP, *span) for span in find_entered(text))
    yield from ((Kind.WECHAT, *span) for span in find_ids(text))


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


def _kinds(claim: Claim) -> Iterator[Kind]:
    roles, shape = claim.roles, claim.value.shape
    if Role.WECHAT in roles and shape is not Shape.LANDLINE:
        yield Kind.WECHAT
    if Role.QQ in roles and (
        shape is Shape.DIGITS or (shape is Shape.MOBILE and not roles & {Role.WECHAT, Role.PHONE})
    ):
        yield Kind.QQ
    if shape is Shape.MOBILE and roles & {Role.PHONE, Role.SAME}:
        yield Kind.MOBILE
    if Role.PHONE in roles and shape is Shape.LANDLINE:
        yield Kind.LANDLINE
    if Role.GROUP in roles and shape is Shape.DIGITS:
        yield Kind.QQ_GROUP
    if Role.OFFICIAL in roles and shape is Shape.ID:
        yield Kind.OFFICIAL_ACCOUNT


def _contact(text: str, folded: Folded, finding: Finding, block: Block | None) -> Contact:
    start, end = folded.original(finding.start, finding.end)
    label = ""
    if finding.label[0] < finding.label[1]:
        label = text[slice(*folded.original(*finding.label))]
    value = clean(finding.kind, folded.cased[finding.start : finding.end])
    in_block = block is not None and block.start <= finding.start and finding.end <= block.end
    if in_block and finding.trust > trust.JUDGED:
        return Contact(finding.kind, value, start, end, label, Source.BLOCK, trust.BLOCK)
    return Contact(finding.kind, value, start, end, label, Source.BODY, finding.trust)

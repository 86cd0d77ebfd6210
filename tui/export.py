"""Merchants of the contact book as files that other programs read: CSV, vCard, JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from tui.errors import Code, HuoyuanError
from tui.merchants import MerchantEntry
from tui.model import Kind

KINDS = tuple(kind for kind in Kind if kind is not Kind.PERSON)

Words = Callable[[str], str]
"""Gives the words for a key of the locale files."""

COLUMNS = (
    "field.name", *(f"field.{kind}" for kind in KINDS), "field.articles", "book.first_seen",
    "book.last_seen", "book.categories", "book.standing", "book.note",
)  # fmt: skip
"""What the columns of a CSV hold, as keys of words."""

FORMS: Mapping[str, str] = MappingProxyType({".csv": "csv", ".vcf": "vcard", ".json": "json"})

FOLD = 75
"""RFC 6350, 3.2: the most octets of a line, without its end."""

# Whatever a spreadsheet may pass over before it sees the sign.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\"]*[=+\-@|％%＝＋－＠]|[\t\r\n]")
# What a URI may hold as it is; a link's own escapes stay.
_IN_URI = "%:/?#[]@!$&'()*+,;=~"
# The same behind what divides cells and rows where the file is read with other settings.
_INNER_FORMULA = re.compile(r"(?<=[;\t\r\n])(\s*)([=@]|[+-](?=\S))")
_NUMBER = re.compile(r"\s*[\d.,:/-]*\d[\d.,:/-]*(?:e\d+)?\s*|true|false", re.IGNORECASE)

_DELIVERED: Mapping[Kind, Callable[[str], str]] = MappingProxyType(
    {
        Kind.WECHAT: lambda value: f"X-WECHAT:{_escaped(value)}",
        Kind.QQ: lambda value: f"X-QQ:{_escaped(value)}",
        Kind.MOBILE: lambda value: f"TEL;TYPE=cell:{_dialled(value)}",
        Kind.LANDLINE: lambda value: f"TEL;TYPE=voice:{_dialled(value)}",
        Kind.EMAIL: lambda value: f"EMAIL:{_escaped(value)}",
        Kind.QQ_GROUP: lambda value: f"X-QQ-GROUP:{_escaped(value)}",
        Kind.OFFICIAL_ACCOUNT: lambda value: f"X-WECHAT-ACCOUNT:{_escaped(value)}",
    }
)


def plain(key: str) -> str:
    """Words for programs: a key's last part, the same in every language."""
    return key.rpartition(".")[2]


def write(entries: Sequence[MerchantEntry], path: Path, words: Words = plain) -> int:
    """Write merchants in the format of the path's suffix: .csv, .vcf or .json; return how many.

    Raises HuoyuanError FILE_UNWRITABLE.
    """
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise HuoyuanError(Code.FILE_UNWRITABLE, path=str(path), why=" ".join(FORMS))
    try:
        path.write_bytes(text(entries, form, words).encode("utf-8", "replace"))
    except OSError as error:
        raise HuoyuanError(Code.FILE_UNWRITABLE, path=str(path), why=error.strerror or "") from error
    return len(entries)


def text(entries: Sequence[MerchantEntry], form: str, words: Words = plain) -> str:
    """Merchants as "csv", "vcard" or "json", ready to be encoded as UTF-8."""
    match form:
        case "csv":
            # By the byte order mark Excel and WPS know that it is UTF-8 and not GBK; others trip over it.
            return "\ufeff" + to_csv(entries, words)
        case "vcard":
            return to_vcard(entries, words)
        case _:
            return to_json(entries)


def to_csv(entries: Sequence[MerchantEntry], words: Words = plain) -> str:
    """A row a merchant (RFC 4180), without the byte order mark that a file needs: see `text`.

    A spreadsheet takes no cell for a formula or a number: see `_cell`.
    """
    out = io.StringIO()
    # all in quotes, as where the comma is the decimal sign a spreadsheet divides cells by semicolons
    rows = csv.writer(out, quoting=csv.QUOTE_ALL)
    rows.writerow([words(key) for key in COLUMNS])
    rows.writerows(_row(entry, words) for entry in entries)
    return out.getvalue()


def _row(entry: MerchantEntry, words: Words) -> Iterator[str]:
    yield _cell(entry.name)
    for kind in KINDS:
        yield _cell(" / ".join(contact.value for contact in entry.contacts if contact.kind is kind))
    yield from (str(entry.articles), _day(entry.first_seen), _day(entry.last_seen))
    yield _cell(" / ".join(entry.categories))
    yield from (words(f"standing.{entry.standing}"), _cell(entry.note))


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds).astimezone():%Y/%m/%d}"


def _cell(text: str) -> str:
    """A text as a spreadsheet shows it unchanged.

    An apostrophe keeps a formula from being run. A long number would become 1.39E+10 and lose its
    leading zero, and 2/3 a day; a tab behind it makes it text, and unlike an apostrophe cannot be seen there.
    """
    text = _INNER_FORMULA.sub(r"\1'\2", text)
    if _FORMULA.match(text):
        return f"'{text}"
    return f"{text}\t" if _NUMBER.fullmatch(text) else text


def to_vcard(entries: Sequence[MerchantEntry], words: Words = plain) -> str:
    """One vCard 4.0 a merchant (RFC 6350); WeChat and QQ, which phones do not know, in the note too."""
    return "".join(_folded(line) for entry in entries for line in _card(entry, words))


def _card(entry: MerchantEntry, words: Words) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    first = entry.contacts[0] if entry.contacts else None
    identity = f"huoyuan:{first.kind}:{first.value}" if first else f"huoyuan:{entry.id}"
    yield f"UID:urn:uuid:{uuid5(NAMESPACE_URL, identity)}"
    yield f"FN:{_escaped(entry.name)}"
    yield f"N:{_escaped(entry.name)};;;;"
    for contact in entry.contacts:
        deliver = _DELIVERED.get(contact.kind)
        yield deliver(contact.value) if deliver else f"URL:{quote(contact.value, safe=_IN_URI)}"
    if entry.categories:
        yield f"CATEGORIES:{','.join(map(_escaped, entry.categories))}"
    if note := "\n".join(_note(entry, words)):
        yield f"NOTE:{_escaped(note)}"
    yield "END:VCARD"


def _note(entry: MerchantEntry, words: Words) -> Iterator[str]:
    for contact in entry.contacts:
        if contact.kind in {Kind.WECHAT, Kind.QQ}:
            yield f"{words(f'field.{contact.kind}')}: {contact.value}"
    if entry.note:
        yield entry.note


def _dialled(value: str) -> str:
    """A number as the world dials it; as China does where it has no area code or is a 400 or 800 number.

    A text, which RFC 6350 allows: of a tel URI some phones and address books keep the letters, or nothing.
    """
    digits = "".join(char for char in value if char.isdigit())
    home = len(digits) < 10 or digits.startswith(("400", "800"))
    return digits if home else f"+86{digits.lstrip('0')}"


def _escaped(text: str) -> str:
    """A text value (RFC 6350, 3.4)."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for special in "\\,;":
        plain = plain.replace(special, f"\\{special}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of `FOLD` octets, never cut inside a character; all but the first follow a space."""
    pieces = []
    piece, room = "", FOLD
    for char in line:
        size = len(char.encode("utf-8", "replace"))
        if size > room:
            pieces.append(piece)
            piece, room = "", FOLD - 1
        piece += char
        room -= size
    return "\r\n ".join((*pieces, piece)) + "\r\n"


def to_json(entries: Sequence[MerchantEntry]) -> str:
    """The merchants as a JSON list, with all that is known of them; times in Unix seconds."""
    return json.dumps(
        [{**asdict(entry), "signals": sorted(entry.signals)} for entry in entries],
        ensure_ascii=False,
        indent=2,
    )

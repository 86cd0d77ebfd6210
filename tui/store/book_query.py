"""Which merchants of the contact book a query asks for: search, standing, category, order."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

import apsw

from tui.merchants import BookAnswer, BookQuery, BookSort, MerchantEntry
from tui.store.book_reading import NAME, entry, merchants
from tui.store.guard import checked
from tui.text.folding import fold

AROUND = 64
"""So many merchants on each side of the cursor come with an answer."""

_NUMBER = re.compile(r"\+?[0-9-]*[0-9][0-9-]*")
_COUNTRY = re.compile(r"^\+86[ -]*")

_ORDERS: Mapping[BookSort, str] = MappingProxyType(
    {
        BookSort.LATEST: "last_seen DESC, id",
        BookSort.ARTICLES: "articles DESC, last_seen DESC, id",
        BookSort.NAME: "pinyin(name), id",
    }
)

_HOLDS = """(person || note <> '' AND instr(folded(person || char(10) || note), {0}) OR EXISTS (
  SELECT 1 FROM contact WHERE merchant_id = merchant.id AND instr(lower(value), {0})))"""


@checked
def ids(db: apsw.Connection, query: BookQuery) -> array[int]:
    """The ids of the merchants that a query asks for, in its order; of several words each must be found.

    Raises Interrupted when another thread calls `db.interrupt()` meanwhile.
    """
    condition, parameters = _condition(query)
    _teach(db)
    found = db.execute(
        f"""SELECT id, {NAME if query.sort is BookSort.NAME else "NULL"} AS name FROM merchant
        WHERE {condition} ORDER BY {_ORDERS[query.sort]}""",  # noqa: S608
        parameters,
    )
    return array("q", (merchant for merchant, _ in found))


@checked
def entries(
    db: apsw.Connection, query: BookQuery, limit: int | None = None, offset: int = 0
) -> tuple[MerchantEntry, ...]:
    """The merchants that a query asks for, in its order, at most `limit` of them."""
    end = None if limit is None else offset + limit
    return tuple(merchants(db, ids(db, query)[offset:end]).values())


@checked
def answer(
    db: apsw.Connection, query: BookQuery, current: int | None = None, place: int = 0, *, keep: bool = False
) -> BookAnswer:
    """What a query finds, the merchant `current` looked up in it.

    Where it is not found the place is the given one; with `keep` it is put there nevertheless.
    """
    found = ids(db, query)
    total = len(found) if replace(query, sort=BookSort.LATEST) == BookQuery() else count(db, BookQuery())
    if current is not None and current in found:
        place = found.index(current)
    elif keep and current is not None and entry(db, current) is not None:
        place = min(place, len(found))
        found.insert(place, current)
    place = max(0, min(place, len(found) - 1))
    return BookAnswer(found, total, place, merchants(db, found[max(0, place - AROUND) : place + AROUND]))


@checked
def count(db: apsw.Connection, query: BookQuery) -> int:
    """How many merchants a query asks for."""
    condition, parameters = _condition(query)
    _teach(db)
    found: int = db.execute(f"SELECT count(*) FROM merchant WHERE {condition}", parameters).get  # noqa: S608
    return found


def _teach(db: apsw.Connection) -> None:
    """Give a connection the functions by which the book is searched and sorted."""
    db.create_scalar_function("folded", _folded, 1, deterministic=True)
    db.create_scalar_function("pinyin", _pinyin, 1, deterministic=True)


def _folded(*texts: apsw.SQLiteValue) -> str:
    return fold(str(texts[0]))


def _pinyin(*names: apsw.SQLiteValue) -> bytes:
    # GB 18030 has the common characters in the order of their pinyin
    return str(names[0]).lower().encode("gb18030", "replace")


def _condition(query: BookQuery) -> tuple[str, dict[str, str]]:
    """The WHERE of a query over `merchant`, and what its names stand for."""
    parts = ["TRUE"]
    parameters: dict[str, str] = {}
    for forms in _wanted(query.search):
        names = {f"word{len(parameters) + number}": form for number, form in enumerate(forms)}
        parameters |= names
        parts.append(f"({' OR '.join(_HOLDS.format(f':{name}') for name in names)})")
    if query.standing is not None:
        parts.append("standing = :standing")
        parameters["standing"] = query.standing
    if query.category:
        parts.append("""id IN (SELECT merchant_id FROM category JOIN article ON category_id = category.id
          JOIN article_contact ON article_id = article.id JOIN contact ON contact.id = contact_id
          WHERE category.name = :category)""")
        parameters["category"] = query.category
    return " AND ".join(parts), parameters


def _wanted(search: str) -> Iterator[tuple[str, ...]]:
    """The words of a search, each in the forms that count; 138 6402 and +86-138-6402 are one number."""
    for is_number, words in groupby(fold(search).split(), lambda word: _NUMBER.fullmatch(word) is not None):
        if is_number:
            written = " ".join(words)
            plain = _COUNTRY.sub("", written).replace(" ", "").replace("-", "")
            yield tuple(dict.fromkeys((plain, written)))
        else:
            yield from ((word,) for word in words)

"""An article as the store's columns, with what tells whether it is known and whether it changed.

A draft is made without the store, so it may be made in another process than the one that saves it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from json.encoder import encode_basestring as _string
from operator import attrgetter

from tui.model import Article, Body, Comments, Contact, Hidden, Kind, Merchant
from tui.store import body_codec, deflate
from tui.store.sightings import CONTACT_FIELDS
from tui.values import frozen

LARGEST = 2**63 - 1

TELLING_LETTERS = 60
"""A text of fewer letters than this may well be written twice."""

_COMMENT_NAMES = ("count", "page", "feed")
_MERCHANT_NAMES = ("category", "person", "wechat", "qq", "mobile", "views")
_MERCHANT = attrgetter("category", "person", "wechat", "qq", "mobile")  # its views are a figure, not news
_to_json = json.JSONEncoder(ensure_ascii=False).encode
# The same as its second half alone, whose classes are asked letter by letter.
_LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fa5]+|[^\W\d_]+")
_KINDS = tuple(Kind)

Fields = dict[str, int | str | bytes | None]


@frozen
class Draft:
    """An article as it will be stored: its feed and key, the hashes of what it says, columns, contacts.

    `origin` is `Article.origin`; `text_hash` tells copies under another WeChat ID.
    """

    feed_id: int
    key: int
    content_hash: int
    facts_hash: int
    text_hash: int | None
    origin: int | None
    published: int | None
    columns: Fields
    contacts: Sequence[Contact]


def drafts_of(feed_id: int, url: str, articles: Sequence[Article], now: int) -> list[Draft]:
    """A feed's articles, given newest first, as drafts: each once, in the order of their ids to be."""
    key_of = keys(url)
    # Reversed, so that of two with one uid the first wins and ids grow with time among equal dates.
    drafts = {
        draft.key: draft for draft in (make_draft(feed_id, key_of, article) for article in reversed(articles))
    }
    return sorted(drafts.values(), key=lambda draft: draft.published or now)


def make_draft(feed_id: int, key_of: Callable[[str], int], article: Article) -> Draft:
    """The draft of an article of a feed, whose `keys` are given."""
    serialized = body_codec.serialize(article.body)
    content_hash, facts_hash = _hash(_said(article) + serialized), _hash(_facts(article))
    return Draft(
        feed_id=feed_id,
        key=key_of(article.uid),
        content_hash=content_hash,
        facts_hash=facts_hash,
        text_hash=text_hash(article.body, article.contacts),
        origin=article.origin,
        published=bounded(article.published),
        columns={
            "feed_id": feed_id,
            "content_hash": content_hash,
            "facts_hash": facts_hash,
            "body": body_codec.compress(serialized, deflate.fast),
            **_columns(article),
        },
        contacts=article.contacts,
    )


def keys(url: str) -> Callable[[str], int]:
    """By what an article of the feed at `url` is known, as a function of its uid."""
    begin = f"[{_string(url)}, "

    def key_of(uid: str) -> int:
        return _hash(f"{begin}{_string(uid)}]")

    return key_of


def _said(article: Article) -> str:
    """All but its body that makes an article another one when it changes."""
    strings = _json_list(article.title, article.link, article.author, article.category)
    merchant = _json_list(*_MERCHANT(article.merchant))
    contacts = f"[{', '.join(map(_contact, article.contacts))}]" if article.contacts else "[]"
    # nothing where there is none, so that the hashes of before stay
    masks = [contact.mask for contact in article.contacts]
    masked = f", {_to_json(masks)}" if any(masks) else ""
    return f"{strings[:-1]}, {merchant}, {contacts}{masked}]"


def _contact(contact: Contact) -> str:
    kind, value, start, end, label, source, confidence = CONTACT_FIELDS(contact)
    return f'["{kind}", {_string(value)}, {start}, {end}, {_string(label)}, "{source}", {confidence}]'


def _facts(article: Article) -> str:
    """Dates and figures, which change without being news."""
    comments = article.comments
    counted = f"[{_number(comments.count)}, {_string(comments.page)}, {_string(comments.feed)}]"
    hidden = _to_json(article.hidden) if article.hidden else "[]"
    return (
        f"[{_number(article.published)}, {_string(article.published_raw)}, {_number(article.updated)},"
        f" {_number(article.views)}, {_number(article.merchant.views)}, {counted}, {hidden}]"
    )


def _number(figure: int | None) -> str:
    return "null" if figure is None else str(figure)


def _json_list(*texts: str) -> str:
    """A list of texts as `_to_json` writes it, at a fifth of the cost; so are the others made here."""
    return f"[{', '.join(map(_string, texts))}]"


def _hash(text: str) -> int:
    """63 bits, so that it is a positive integer to SQLite."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def _columns(article: Article) -> Fields:
    """The columns of an article, all but its body; the kinds are those that the feed itself knows."""
    return {
        "uid": article.uid,
        "title": article.title,
        "link": article.link,
        "author": article.author,
        "published": bounded(article.published),
        "published_raw": article.published_raw,
        "updated": bounded(article.updated),
        "comments": _record(article.comments, _COMMENT_NAMES),
        "kinds": kinds(article.contacts),
        **pack_facts(article.body, article.merchant, article.category, article.views, article.hidden),
    }


def pack_facts(
    body: Body, merchant: Merchant, category: str, views: int | None, hidden: Sequence[Hidden]
) -> Fields:
    """The columns that both a feed and an article's page can fill, all but the body itself."""
    return {
        "category": category,
        "views": bounded(views),
        "merchant": _record(merchant, _MERCHANT_NAMES),
        "hidden": _to_json(hidden) if hidden else "[]",
        "length": len(body.text),
        "images": len(body.images),
    }


def _record(value: Merchant | Comments, names: Sequence[str]) -> str:
    """What a flat value says as JSON; `asdict` copies deeply, which costs more than all else."""
    record = {name: said for name in names if (said := getattr(value, name)) not in {"", None}}
    return _to_json(record) if record else "{}"


def bounded(figure: int | None) -> int | None:
    """A feed may claim any number; SQLite's end at 64 bits."""
    return figure if figure is None else max(-LARGEST, min(figure, LARGEST))


def kinds(contacts: Iterable[Contact]) -> str:
    """The kinds of contacts as lists show them."""
    found = {contact.kind for contact in contacts}
    return " ".join([kind for kind in _KINDS if kind in found]) if found else ""


def text_hash(body: Body, contacts: Sequence[Contact]) -> int | None:
    """What a text has in common with its copies under another WeChat ID; None if it has none or is short.

    Contacts are cut out, and all but letters is ignored: copies differ in prices, views and ornaments.
    """
    if all(contact.kind is not Kind.WECHAT for contact in contacts):
        return None
    text = body.text
    pieces = []
    end = 0
    for contact in sorted(contacts, key=attrgetter("start")):
        pieces.append(text[end : contact.start])
        end = max(end, contact.end)
    letters = "".join(_LETTERS.findall("".join((*pieces, text[end:])))).casefold()
    return _hash(letters) if len(letters) >= TELLING_LETTERS else None

"""Saving what an article's page and its QR codes say beyond what its feed says."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from tui.model import Body, Contact, Hidden, Merchant
from tui.store import body_codec, sightings
from tui.store.drafts import Fields, kinds, pack_facts, text_hash
from tui.store.guard import checked, polite_transaction
from tui.store.sightings import Sighting


@checked
def save_page(  # noqa: PLR0917
    db: apsw.Connection,
    article_id: int,
    body: Body,
    merchant: Merchant,
    contacts: Sequence[Contact],
    category: str,
    views: int | None,
    hidden: Sequence[Hidden],
    now: int,
) -> bool:
    """Put the text and contacts of an article's page in place of its feed's; False if the article is gone.

    An empty category and views of None leave what the feed says.
    """
    fields = {
        **pack_facts(body, merchant, category, views, hidden),
        "body": body_codec.encode(body),
    }
    with polite_transaction(db):
        published: int | None = db.execute("SELECT published FROM article WHERE id = ?", (article_id,)).get
        if published is None:
            return False
        complete = sightings.with_codes(db, article_id, contacts)
        _save_text(db, {**fields, "id": article_id, "kinds": kinds(complete), "now": now})
        sighting = Sighting(article_id, published, published, text_hash(body, contacts))
        sightings.replace_contacts(db, sighting, complete)
    return True


def _save_text(db: apsw.Connection, fields: Fields) -> None:
    db.execute(
        """INSERT INTO category (name) VALUES (:category) ON CONFLICT DO NOTHING;
        UPDATE article SET views = coalesce(:views, views), kinds = :kinds,
          category_id = iif(:category = '', category_id, (SELECT id FROM category WHERE name = :category)),
          own_category = own_category OR :category <> '',
          length = :length, images = :images, page_at = :now, codes_at = NULL, revision = revision + 1
        WHERE id = :id;
        UPDATE article_text SET merchant = :merchant, hidden = :hidden, body = :body WHERE id = :id""",
        fields,
    )


@checked
def add_contacts(db: apsw.Connection, article_id: int, contacts: Sequence[Contact], now: int) -> int:
    """Add the contacts of an article's QR codes, each once, and note that it was looked through.

    Returns how many it did not have yet. Those of Source.QR stay whatever its feed says later.
    """
    with polite_transaction(db):
        published: int | None = db.execute("SELECT published FROM article WHERE id = ?", (article_id,)).get
        if published is None:
            return 0
        known = sightings.contacts_of(db, article_id)
        said = {(contact.kind, contact.value) for contact in known}
        fresh = {(contact.kind, contact.value): contact for contact in contacts}
        added = tuple(contact for key, contact in fresh.items() if key not in said)
        db.execute("UPDATE article SET codes_at = ? WHERE id = ?", (now, article_id))
        if added:
            complete = (*known, *added)
            db.execute(
                "UPDATE article SET kinds = ?, revision = revision + 1 WHERE id = ?",
                (kinds(complete), article_id),
            )
            sightings.replace_contacts(db, Sighting(article_id, published, published), complete)
    return len(added)

"""The contact book: everything that other rooms ask of it or do to it."""

from __future__ import annotations

from tui.store.book_edits import join, note_copy, set_note, set_standing, split
from tui.store.book_query import answer, count, entries, ids
from tui.store.book_reading import articles_of, categories, dealings, entry, merchant_of, merchants

__all__ = [
    "answer", "articles_of", "categories", "count", "dealings", "entries", "entry", "ids", "join",
    "merchant_of", "merchants", "note_copy", "set_note", "set_standing", "split",
]  # fmt: skip

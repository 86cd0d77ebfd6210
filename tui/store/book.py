"""The contact book: everything that other rooms ask of it or do to it."""

from __future__ import annotations

from tui.store.book_edits import join, note_copy, set_note, set_standing, split
from tui.store.book_reading import articles_of, categories, count, entries, entry, merchant_of

__all__ = [
    "articles_of", "categories", "count", "entries", "entry", "join", "merchant_of", "note_copy", "set_note",
    "set_standing", "split",
]  # fmt: skip

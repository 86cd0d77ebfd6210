"""What is read again and again is made anew only where it has changed, and nothing is kept of what it was."""

from __future__ import annotations

import gc

import apsw

from tests.store.samples import NOW, article, fill
from tui.feed_values import FeedRow
from tui.model import CategoryRow
from tui.store.feeds import feeds, known_feeds
from tui.store.known_rows import KnownRows
from tui.store.lists import categories, known_categories
from tui.store.marks import mark_read


def test_a_row_is_the_same_object_until_it_says_something_else() -> None:
    made = KnownRows(lambda *row: [*row])
    first = made.read([(1, "a"), (2, "b")])
    again = made.read([(2, "b"), (1, "c")])
    assert (first, again) == (([1, "a"], [2, "b"]), ([2, "b"], [1, "c"]))
    assert again[0] is first[1]
    assert made.read([]) == ()
    assert made.read([(2, "b")])[0] is not again[0]


def test_figures_that_change_for_hours_are_kept_as_they_are_now(db: apsw.Connection) -> None:
    fill(db, [article(str(number)) for number in range(40)])
    of_feeds, of_categories = known_feeds(), known_categories()

    def look() -> int:
        """Read both and count what there is of them."""
        feeds(db, of_feeds)
        categories(db, NOW, of_categories)
        gc.collect()
        return sum(isinstance(kept, FeedRow | CategoryRow) for kept in gc.get_objects())

    before = look()
    for number in range(1, 41):
        mark_read(db, [number], True, NOW)
        after = look()
    assert after <= before

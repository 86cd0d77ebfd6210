"""Why the user may not want to write to whom was just copied: the standing, an earlier copy."""

from __future__ import annotations

from tui.merchants import Dealings, Standing
from tui.model import Kind
from tui.ui.article_layout import Say
from tui.ui.contact_order import grouped
from tui.ui.widgets.article_list import short_date

_TELLING = frozenset({Standing.ADDED, Standing.DECLINED, Standing.BLOCKED})


def caution(dealings: Dealings, kind: Kind, value: str, now: float, say: Say) -> str:
    """The sentences that go with the copy of a contact, "" when nothing speaks against it."""
    reasons = []
    if dealings.standing in _TELLING:
        reasons.append(say("book.stands", standing=say(f"standing.{dealings.standing}")))
    if dealings.copied_at:
        same = (dealings.kind, dealings.value) == (kind, value)
        reasons.append(
            say(
                "book.copied_before" if same else "book.other_copied_before",
                kind=say(f"field.{dealings.kind}"),
                value=grouped(dealings.kind, dealings.value),
                date=short_date(dealings.copied_at, int(now), True),
            )
        )
    return "\n".join(reasons)

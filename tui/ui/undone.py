"""Says in words what an undo took back."""

from __future__ import annotations

from tui.model import Undone
from tui.ui.article_layout import Say


def undone_words(say: Say, undone: Undone) -> str:
    """What was taken back: which one it was, or how many; or that it had changed since and was left alone."""
    what = say(f"undo.{undone.label}")
    name = undone.name or ("" if undone.article is None else say("article.untitled"))
    if not undone.count:
        return say("flash.undone_too_late", what=what, name=name).rstrip()
    if undone.count == 1:
        return say("flash.undone_one", what=what, name=name).rstrip()
    return say("flash.undone", what=what, count=f"{undone.count:,}")

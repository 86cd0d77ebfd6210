"""Every command of the screen: its id, default keys and group; names and help are in the locale files."""

from __future__ import annotations

from enum import StrEnum

from tui.values import frozen


class Group(StrEnum):
    """Groups of the help screen, in its order."""

    MOVE = "move"
    READ = "read"
    CONTACT = "contact"
    FIND = "find"
    FEEDS = "feeds"
    VIEW = "view"
    PROGRAM = "program"


@frozen
class Command:
    """A command: `command.<id>` in the locale names it; keys are sequences such as "g g" or "ctrl+d"."""

    id: str
    keys: tuple[str, ...]
    group: Group
    counted: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("move_down", ("j", "down"), Group.MOVE, counted=True),
    Command("move_up", ("k", "up"), Group.MOVE, counted=True),
    Command("open", ("l", "enter", "right"), Group.MOVE),
    Command("back", ("h", "escape", "left"), Group.MOVE),
    Command("go_top", ("g g", "home"), Group.MOVE, counted=True),
    Command("go_bottom", ("G", "end"), Group.MOVE, counted=True),
    Command("half_page_down", ("ctrl+d",), Group.MOVE, counted=True),
    Command("half_page_up", ("ctrl+u",), Group.MOVE, counted=True),
    Command("page_down", ("ctrl+f", "pagedown"), Group.MOVE, counted=True),
    Command("page_up", ("ctrl+b", "pageup"), Group.MOVE, counted=True),
    Command("page_or_next", ("space",), Group.MOVE),
    Command("next_pane", ("tab",), Group.MOVE),
    Command("previous_pane", ("shift+tab",), Group.MOVE),
    Command("focus_categories", ("1",), Group.MOVE),
    Command("focus_articles", ("2",), Group.MOVE),
    Command("focus_article", ("3",), Group.MOVE),
    Command("next_category", ("]",), Group.MOVE, counted=True),
    Command("previous_category", ("[",), Group.MOVE, counted=True),
    Command("next_unread", ("n",), Group.READ, counted=True),
    Command("previous_unread", ("p",), Group.READ, counted=True),
    Command("random_article", ("X",), Group.READ),
    Command("toggle_read", ("m",), Group.READ, counted=True),
    Command("toggle_favorite", ("f",), Group.READ, counted=True),
    Command("mark_all_read", ("A",), Group.READ),
    Command("toggle_hidden", ("d",), Group.READ, counted=True),
    Command("undo", ("u",), Group.READ),
    Command("copy_wechat", ("y",), Group.CONTACT, counted=True),
    Command("choose_contact", ("Y",), Group.CONTACT),
    Command("copy_selected_text", ("ctrl+c",), Group.CONTACT),
    Command("show_code", ("w",), Group.CONTACT),
    Command("full_text", ("x",), Group.CONTACT),
    Command("contact_book", ("C",), Group.CONTACT),
    Command("toggle_contacts", ("c",), Group.CONTACT),
    Command("search", ("/",), Group.FIND),
    Command("unread_only", ("U",), Group.FIND),
    Command("favorites_only", ("F",), Group.FIND),
    Command("sort", ("s",), Group.FIND),
    Command("visit", ("o",), Group.FEEDS, counted=True),
    Command("visit_and_mark", ("O",), Group.FEEDS, counted=True),
    Command("choose_link", ("L",), Group.FEEDS),
    Command("visit_comments", ("v",), Group.FEEDS),
    Command("refresh_feed", ("r",), Group.FEEDS),
    Command("refresh_all", ("R",), Group.FEEDS),
    Command("next_failing", ("!",), Group.FEEDS),
    Command("add_feed", ("a",), Group.FEEDS),
    Command("remove_feed", ("D",), Group.FEEDS),
    Command("edit_feeds", ("e",), Group.FEEDS),
    Command("zen", ("z",), Group.VIEW),
    Command("theme", ("t",), Group.VIEW),
    Command("help", ("?", "f1"), Group.PROGRAM),
    Command("palette", ("ctrl+p", ":"), Group.PROGRAM),
    Command("suspend", ("ctrl+z",), Group.PROGRAM),
    Command("quit", ("q", "ctrl+q"), Group.PROGRAM),
)

PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "huoyuan": {},
    "newsboat": {
        "toggle_read": ("N", "m"),
        "random_article": ("ctrl+k",),
        "next_unread": ("n",),
        "page_or_next": ("space",),
        "unread_only": ("l",),
        "open": ("enter", "right"),
        "back": ("h", "escape", "left"),
    },
}
"""Names for `reader.keys` in feeds.toml; each changes only the commands it lists."""

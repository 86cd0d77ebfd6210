"""How sure a contact is, by the way it was found: one scale for the whole room.

FEED    0.98  the feed's own merchant field
BLOCK   0.96  a labelled line of the merchant block
PLAIN   0.90  a plain label in running text: 微信：abc123; an e-mail address
SAME    0.85  one number said to serve several apps: 138… 微信同号
LISTED  0.85  a further value behind a labelled one: 微信 abc123 或 def456
HIDDEN  0.80  a disguised label (V, 薇, 威信), or an account told to be official by its surroundings
BEFORE  0.75  the value stands before its label: abc123微信
BARE    0.70  a phone number without any label
WORD    0.65  a labelled id that has letters only and might be a word
JUDGED  0.60  no rule took it, what stands about it speaks for an id by learned weights
"""

from __future__ import annotations

from typing import Final

FEED: Final = 0.98
BLOCK: Final = 0.96
PLAIN: Final = 0.90
SAME: Final = 0.85
LISTED: Final = 0.85
HIDDEN: Final = 0.80
BEFORE: Final = 0.75
BARE: Final = 0.70
WORD: Final = 0.65
JUDGED: Final = 0.60

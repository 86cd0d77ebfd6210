"""Takes from an article's web page its main text and the merchant's contacts, and leaves the rest."""

from __future__ import annotations

from tui.pages.page import Page, extract

__all__ = ["Page", "extract"]

"""Finds the ways to reach a merchant in Chinese texts."""

from __future__ import annotations

from tui.contacts.find import find

__all__ = ["find"]

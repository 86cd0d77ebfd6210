"""Widgets take values and post past-tense messages."""

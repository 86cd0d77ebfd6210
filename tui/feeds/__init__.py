"""Bytes of a feed to values."""

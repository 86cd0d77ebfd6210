"""The SQLite store: the only room that knows apsw."""

from apsw import Connection

__all__ = ["Connection"]

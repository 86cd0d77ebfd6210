"""The SQLite store: the only room that knows apsw."""

from apsw import Connection
from apsw import sqlite_lib_version as sqlite_version

__all__ = ["Connection", "sqlite_version"]

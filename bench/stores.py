"""Made stores that are kept: each is made once for its size and seed, and whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.make_store import fill
from bench.newsboat import make_cache


def store(stores: Path, articles: int, seed: int) -> Path:
    """The folder with the database and feeds.toml of so many articles, made if it is not there."""
    folder = stores / f"{articles}-{seed}"
    if not folder.exists():
        part = _fresh(folder)
        fill(part, articles, seed)
        part.rename(folder)
    return folder


def newsboat_beside(folder: Path) -> Path:
    """The folder with newsboat's files of a store, made if it is not there."""
    cache = folder / "newsboat"
    if not cache.exists():
        part = _fresh(cache)
        make_cache(folder / "huoyuan.db", part)
        part.rename(cache)
    return cache


def _fresh(folder: Path) -> Path:
    """An empty folder beside the one that it is to become."""
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    return part

"""A database damaged at random: a start goes on, nothing is raised, marks are the backup's at least."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.corruption import WAYS, go, make_original, way_of

SEEDS = 40
GROUPS = 4


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_original(tmp_path_factory.mktemp("original"))


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_damaged_database_is_saved(group: int, original: Path, tmp_path: Path) -> None:
    for seed in range(group, SEEDS, GROUPS):
        journey = go(original, tmp_path.with_name(f"{tmp_path.name}-{seed}"), seed)
        assert (journey.complaints, journey.faults, journey.failed, journey.lost) == ([], [], [], 0), journey


def test_the_seeds_damage_in_every_way() -> None:
    assert {way_of(seed) for seed in range(SEEDS)} == set(WAYS)

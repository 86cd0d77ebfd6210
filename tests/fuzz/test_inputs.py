"""Two thousand damaged samples at every way in: nothing raises, nothing takes long or much."""

from __future__ import annotations

import os

import pytest

from tests.fuzz.bounds import MOST_MEMORY, MOST_SECONDS, cpu_of, peak_memory
from tests.fuzz.targets import TARGETS, Target

SEED = int(os.environ.get("HUOYUAN_FUZZ_SEED", "20261126"))
SLOWEST_MACHINE = 4
"""The nightly run takes the bounds at their word, with each input in a process of its own limits."""


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_damaged_samples_are_borne(target: Target) -> None:
    before = peak_memory()
    for index in range(target.share):
        data = target.input(SEED, index)
        try:
            seconds = cpu_of(lambda data=data: target.run(data))  # type: ignore[misc]
        except Exception as error:
            error.add_note(f"python -m tests.fuzz {target.name} {SEED} {index}")
            raise
        assert seconds < SLOWEST_MACHINE * MOST_SECONDS, (target.name, SEED, index)
    assert peak_memory() - before < 2 * MOST_MEMORY


def test_there_are_two_thousand_and_each_can_be_had_again() -> None:
    assert sum(target.share for target in TARGETS) == 2_000
    for target in TARGETS:
        inputs = [target.input(SEED, index) for index in range(20)]
        assert inputs == [target.input(SEED, index) for index in range(20)]
        assert len(set(inputs)) > 10

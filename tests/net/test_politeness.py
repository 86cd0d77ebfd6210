"""Thirty days with many feeds: no request that anybody asked us not to send, and hardly one too few."""

from __future__ import annotations

import os
from collections import Counter

from tests.net.clients import TICK, Client, IdealClient, Wish, absences, back_at, wishes
from tests.net.simulated import DAY, DAYS, END, START, World
from tui.errors import Code
from tui.feed_values import FeedState

SEED = int(os.environ.get("HUOYUAN_SEED", "1"))
FEEDS = int(os.environ.get("HUOYUAN_POLITE_FEEDS", "60"))
"""Two hundred at night."""

NAMED = 4
"""As often may the user have asked for a feed by name after it was gone."""


def lived_through(seed: int, count: int) -> World:
    """A world after thirty days with our client, which the user starts, ends and drives."""
    world = World(seed, count)
    states = [
        FeedState(number, site.url, refresh_minutes=site.interval // 60)
        for number, site in enumerate(world.sites)
    ]
    client = Client(world, states)
    moments: list[tuple[int, Wish | None]] = [(now, None) for now in range(START, END, TICK)]
    moments += [(wish.at, wish) for wish in wishes(seed, count)]
    away = absences(seed)
    for now, wish in sorted(moments, key=lambda moment: moment[0]):
        if back_at(now, away) == now:
            client.refresh(now, wish)
    return world


def test_thirty_days_of_many_feeds_cost_what_they_must() -> None:
    """The world itself looks at each request; here they are counted."""
    world = lived_through(SEED, FEEDS)
    ideal = IdealClient(World(SEED, FEEDS, watched=False)).run(wishes(SEED, FEEDS), absences(SEED))
    assert 0.9 * ideal <= world.requests <= ideal
    kinds = sum((site.asked for site in world.sites), Counter())
    # who gives validators never sends a document twice
    tagged = [site for site in world.sites if site.tagged]
    assert all(site.asked["document"] <= DAYS * DAY // site.changes_every + 1 for site in tagged)
    assert kinds["same"] > kinds["document"]
    assert all(site.asked[Code.GONE] <= 1 + NAMED for site in world.sites)
    assert any(site.moved_for_good for site in world.sites)

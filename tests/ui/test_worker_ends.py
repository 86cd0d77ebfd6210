"""The worker dies amid its work: the reader says so, goes on, and has the next request done by another."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from tests.http_server import FeedServer, Reply
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import Stage, feed_xml

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")

DIED = "刷新进程意外结束"


def kill_worker(stage: Stage) -> int:
    """Kill the worker as the system does when memory runs out."""
    process = stage.reader._worker._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    return process.pid


async def test_amid_a_refresh_it_is_told_and_the_next_refresh_works(open_reader: Open) -> None:
    hold = threading.Event()
    with FeedServer({"/good.xml": Reply(feed_xml(3), hold=hold)}) as server:
        async with open_reader(feeds_toml(server.url("/good.xml")), cold=True) as stage:
            await stage.until(lambda: bool(server.requests) and stage.desk.refresh.running)
            first = kill_worker(stage)
            await stage.shows(DIED)
            assert not stage.desk.refresh.running
            hold.set()
            await stage.press("R")
            await stage.shows("第2篇")
            await stage.until(lambda: DIED not in stage.text())
            process = stage.reader._worker._process
            assert process is not None
            assert process.pid != first


@pytest.mark.parametrize("key", ["x", "w"])
async def test_amid_a_page_or_an_image_it_is_told_and_the_next_try_is_made(
    key: str, open_reader: Open
) -> None:
    hold = threading.Event()
    with FeedServer() as server:
        image = f"<p>货源</p><img src='{server.url('/held')}'>"
        item = f"<title>第一篇</title><link>{server.url('/held')}</link><description>{image}</description>"
        item = item.replace(image, f"<![CDATA[{image}]]>")
        server.routes["/good.xml"] = f"<rss><channel><item>{item}</item></channel></rss>".encode()
        server.routes["/held"] = Reply(b"<html><p>" + "货源".encode() * 99, hold=hold)
        async with open_reader(feeds_toml(server.url("/good.xml")), cold=True) as stage:
            await stage.shows("第一篇")
            await stage.until(lambda: not stage.desk.refresh.running)
            await stage.press(key)
            await stage.until(lambda: server.requests[-1].path == "/held")
            kill_worker(stage)
            await stage.shows(DIED)
            hold.set()
            asked = len(server.requests)
            await stage.press(key)
            await stage.until(lambda: len(server.requests) > asked)
            await stage.until(lambda: DIED not in stage.text())

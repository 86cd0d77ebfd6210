"""What of Textual's own insides the others of this folder stand on, and whether the installed one has it."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.segment import Segment
from textual._compositor import Compositor
from textual._parser import Parser
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip

if sys.platform != "win32":
    from textual.drivers.linux_driver import LinuxDriver

FOUNDATIONS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (App.__init__, ("_driver", "_filters", "_notifications")),
    (App._handle_exception, ("_exception", "_fatal_error")),
    (App._fatal_error, ("_exit_renderables", "_close_messages_no_wait")),
    (Screen.__init__, ("_compositor",)),
    (Screen._on_resize, ("_screen_resized",)),
    (Compositor.reflow, ("size",)),
    (Compositor.render_strips, ("size", "_render_chops")),
    (Compositor.render_partial_update, ("_render_chops", "cuts")),
    (Compositor._render_chops, ("cuts", "_get_renders")),
    (Parser.__init__, ("_timeout_time",)),
    (Parser.feed, ("_timeout_time", "data")),
    (Parser.tick, ("_timeout_time",)),
    (XTermParser.__init__, ("debug",)),
    (XTermParser.parse, ("constants", "ESCAPE_DELAY")),
    (Driver.__init__, ("_loop", "_app", "_debug")),
    (Driver.process_message, ("send_message",)),
    (MessagePump.post_message, ("_message_queue", "call_soon_threadsafe", "put_nowait")),
    (App._display, ("_running", "_driver", "_batch_count")),
    (Screen._on_timer_update, ("_layout_required",)),
    (Strip.__init__, ("_segments", "_render_cache")),
    (StylesCache.render_line, ("get_inner_outer",)),
    (Segment.split_cells, ("_split_cells",)),
    (Strip.render, ("_render_cache",)),
    (Console.__init__, ("_color_system",)),
)
"""Functions of Textual and the names that each must use for ours to work."""

UNDER_FAST_DRIVER = {
    "__init__": ("_file", "fileno", "attrs_before", "exit_event", "_key_thread", "_writer_thread"),
    "start_application_mode": ("WriterThread", "attrs_before", "_run_input_thread", "_key_thread", "write"),
    "stop_application_mode": ("disable_input", "attrs_before", "write"),
    "disable_input": ("exit_event", "_key_thread", "_disable_mouse_support", "tcflush"),
    "close": ("_writer_thread", "stop"),
    "_run_input_thread": ("run_input_thread",),
    "run_input_thread": ("exit_event", "XTermParser"),
    "process_message": ("InBandWindowResize",),
    "suspend_application_mode": ("stop_application_mode", "close"),
}
"""The same for the methods of LinuxDriver that `FastDriver` replaces or builds upon."""


def missing_names() -> list[str]:
    """The names that the installed Textual lacks, as "function: name"; none on the version we pin."""
    wanted = list(FOUNDATIONS)
    if sys.platform != "win32":
        wanted += [(getattr(LinuxDriver, name, None), names) for name, names in UNDER_FAST_DRIVER.items()]
    return [
        f"{function}: {name}" for function, names in wanted for name in names if not _uses(function, name)
    ]


def _uses(function: object, name: str) -> bool:
    code = getattr(function, "__code__", None)
    return code is not None and any(name in names for names in (code.co_names, code.co_varnames))

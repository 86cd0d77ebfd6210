"""The room costs nothing until a page is asked for."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = "import sys, tui.pages; print(sorted({'lxml', 'readability', 'chardet'} & sys.modules.keys()))"


def test_lxml_is_imported_on_first_need_only() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

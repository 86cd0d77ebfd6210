"""What all tests share: one time zone, nothing of the machine's colours, no clock in hypothesis."""

from __future__ import annotations

import os
import time

from hypothesis import settings

os.environ.update({"TZ": "CST-8", "TEXTUAL_ANIMATIONS": "none", "COLORTERM": "truecolor"})
os.environ.pop("NO_COLOR", None)
if hasattr(time, "tzset"):
    time.tzset()

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

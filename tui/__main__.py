"""Starts the program: the saved frame first, then everything else."""

import gc
import os
import sys

from tui.hold import hold


def main() -> int:
    """Show the last frame where there is one, then run the command line; gives the exit code."""
    held = hold(sys.argv[1:], dict(os.environ))
    # all that is imported now stays: looking through it for garbage would be for nothing
    gc.disable()
    try:
        from tui.cli import main as run  # noqa: PLC0415 - the frame stands before this is imported

        code = run(held=held)
    except KeyboardInterrupt:
        code = 130
    finally:
        if held is not None:
            held.leave()
    return code


if __name__ == "__main__":
    sys.exit(main())

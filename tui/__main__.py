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
        from tui.kept_code import KeptCode  # noqa: PLC0415 - the frame stands before this is imported

        modules = KeptCode()
        sys.meta_path.insert(0, modules)
        from tui.cli import main as run  # noqa: PLC0415 - by what is kept

        code = run(held=held, keep=modules.keep)
        modules.keep()
    except KeyboardInterrupt:
        code = 130
    finally:
        if held is not None:
            held.leave()
    return code


if __name__ == "__main__":
    sys.exit(main())

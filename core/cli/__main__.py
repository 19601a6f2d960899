"""``python -m core.cli``: the commands where the window is not installed."""

import sys

from core.cli.program import run

if __name__ == "__main__":
    sys.exit(run())

"""Chinese in both scripts: which simplified character a traditional one is looked up as.

Many traditional characters share one simplified one, so only this way do both scripts meet.
"""

from pathlib import Path


def simplified() -> dict[str, str]:
    """Read the pairs; no simplified one is a traditional one too."""
    text = Path(__file__).with_name("simplified.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {pair[0]: pair[1] for line in lines for pair in line.split()}

"""Struct types that are decoded, made ready by the one thread that imports their module."""

from msgspec import json


def make_ready(*types: object) -> None:
    """Have msgspec put these types together now, with all that they hold.

    It would do so when one is first decoded, and a second thread that decodes it meanwhile meets
    it half made, which ends the process (msgspec 0.22).
    """
    for made in types:
        json.Decoder(made)

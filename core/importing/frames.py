"""Frames by which a reading process and the program speak: a length in bytes, and so many."""

from typing import BinaryIO

_SIZE = 4  # bytes before each frame
ENDED = 0xFFFF_FFFF  # stands for the length where a child ended before it had an answer


def write_frame(pipe: BinaryIO, body: bytes) -> None:
    """Write one frame."""
    pipe.write(len(body).to_bytes(_SIZE, "big") + body)
    pipe.flush()


def write_end(pipe: BinaryIO) -> None:
    """Say that there will be no answer."""
    pipe.write(ENDED.to_bytes(_SIZE, "big"))
    pipe.flush()


def read_size(pipe: BinaryIO) -> int | None:
    """Return the length of the frame that comes, or `ENDED`; None where the pipe ended."""
    head = pipe.read(_SIZE)
    return int.from_bytes(head, "big") if len(head) == _SIZE else None


def read_body(pipe: BinaryIO, size: int) -> bytes | None:
    """Return a frame's bytes; None where the pipe ended before."""
    body = pipe.read(size)
    return body if len(body) == size else None


def read_frame(pipe: BinaryIO, most: int) -> bytes | None:
    """Return a frame's bytes; None where the pipe ended, or the frame is longer than ``most``."""
    size = read_size(pipe)
    return None if size is None or size > most else read_body(pipe, size)

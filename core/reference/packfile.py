"""A pack in one file: a zip of its YAML and Markdown with a manifest, the same bytes each time.

Reading trusts nothing: names, sizes and counts are bounded before anything is written.
"""

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from core.errors import UserError

MANIFEST = "manifest.json"
EDITS = "edits.yaml"
FORMAT = 1
REFERENCE, ADDITIONS = "reference", "additions"
MAX_FILE = 64 * 2**20
MAX_MEMBER = 32 * 2**20
MAX_TOTAL = 128 * 2**20
MAX_MEMBERS = 4000
_CHUNK = 2**16
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: no clock in the bytes
_MEMBER = re.compile(r"[a-z]+\.yaml|articles/[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*\.md")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack's file says of itself; ``kind`` is reference or additions."""

    name: str
    version: str
    description: str
    kind: str
    sha256: str


def pack_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a pack's folder by their names in it."""
    paths = [*folder.glob("*.yaml"), *folder.glob("articles/*/*.md")]
    found = {path.relative_to(folder).as_posix(): path for path in paths if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items())}


def write_packfile(path: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Manifest:
    """Write a pack's file whole or not at all; raises `UserError` where it can't be written."""
    said = {
        "format": FORMAT,
        "kind": manifest.kind,
        "name": manifest.name,
        "version": manifest.version,
        "description": manifest.description,
        "sha256": hash_files(files),
    }
    members = {MANIFEST: json.dumps(said, indent=1, ensure_ascii=False).encode(), **files}
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name in [MANIFEST, *sorted(files)]:
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system, info.external_attr = 3, 0o644 << 16
                archive.writestr(info, members[name], compresslevel=9)
        new.replace(path)
    except OSError as error:
        raise UserError(
            f"{path} can't be written ({error.strerror}); choose another place for the pack."
        ) from error
    finally:
        new.unlink(missing_ok=True)
    return Manifest(
        manifest.name, manifest.version, manifest.description, manifest.kind, str(said["sha256"])
    )


def hash_files(files: Mapping[str, bytes]) -> str:
    """Return a hash over files with their names."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode() + files[name])
    return digest.hexdigest()


def unpack(path: Path, folder: Path) -> Manifest:
    """Write a pack's file out into an empty folder; raises `UserError` with what is wrong."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise _refused(path, f"it is larger than {MAX_FILE // 2**20} MiB")
        with zipfile.ZipFile(path) as archive:
            files = _read_members(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise _refused(path, "it is not a pack's file, or it is damaged") from error
    except OSError as error:
        raise _refused(path, f"it can't be read: {error.strerror or error}") from error
    if MANIFEST not in files:
        raise _refused(path, f"it has no {MANIFEST}")
    manifest = _manifest(path, files.pop(MANIFEST))
    if manifest.sha256 != hash_files(files):
        raise _refused(path, "its files are not those that its manifest tells of")
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return manifest


def _read_members(path: Path, archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise _refused(path, f"it holds more than {MAX_MEMBERS} files")
    files: dict[str, bytes] = {}
    total = 0
    for member in members:
        name = member.filename
        if name != MANIFEST and not _MEMBER.fullmatch(name):
            raise _refused(path, f"a pack holds no “{name[:80]}”")
        if name in files:
            raise _refused(path, f"“{name}” is in it twice")
        if member.flag_bits & 1:
            raise _refused(path, f"“{name}” is encrypted")
        if member.compress_type not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
            raise _refused(path, f"“{name}” is packed in a way that is not read here")
        files[name] = _read_bounded(path, archive, member, MAX_TOTAL - total)
        total += len(files[name])
    return files


def _read_bounded(
    path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int
) -> bytes:
    """Read one member, counting what really comes: what it says of its size proves nothing."""
    most = min(MAX_MEMBER, left)
    data = bytearray()
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            data += chunk
            if len(data) > most:
                raise _refused(path, f"“{member.filename}” unpacks to more than a pack may hold")
    return bytes(data)


def _manifest(path: Path, data: bytes) -> Manifest:
    try:
        said = cast("object", json.loads(data))
    except (ValueError, RecursionError) as error:
        raise _refused(path, f"its {MANIFEST} can't be read") from error
    fields = cast("dict[str, object]", said) if isinstance(said, dict) else {}
    if fields.get("format") != FORMAT:
        raise _refused(path, "it was made by a newer program, or is no pack")
    names = ("name", "version", "description", "kind", "sha256")
    words = [fields.get(name) for name in names]
    if not all(isinstance(word, str) and word for word in words):
        raise _refused(path, f"its {MANIFEST} lacks one of {', '.join(names)}")
    manifest = Manifest(*cast("list[str]", words))
    if manifest.kind not in (REFERENCE, ADDITIONS):
        raise _refused(path, f"“{manifest.kind[:40]}” is no kind of pack")
    return manifest


def _refused(path: Path, why: str) -> UserError:
    return UserError(f"The pack {path.name} can't be used: {why}. Ask for a new copy of it.")

"""A second version of the shipped pack, with a twentieth of its records changed."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from core.reference.additions import as_yaml
from core.reference.fingerprint import pack_folder
from core.reference.packfile import pack_files

RENAMED = ("initiative:paris-call", "initiative:paris-call-for-trust")
ADDED = "source:second-edition"
REMOVED = "event:removed-in-the-second-version"


def first_version(folder: Path) -> Path:
    """Write the shipped pack with one more event, which nothing names."""
    return _write(folder, lambda files: files["events.yaml"].append(_event()))


def second_version(folder: Path, *changes: Callable[[dict[str, Any]], None]) -> Path:
    """Write the newer one: facts added, texts changed, one renamed, one removed, a source added."""

    def change(files: dict[str, Any]) -> None:
        files["pack.yaml"]["version"] = "2099.1"
        chance = random.Random(5)
        for name in ("norms", "initiatives", "participants", "instruments", "events"):
            rows = files[f"{name}.yaml"]
            for number, raw in enumerate(chance.sample(rows, len(rows) // 20)):
                if number % 2:
                    raw.setdefault("facts", []).append({"text": "It was looked at again."})
                else:
                    raw["summary"] += " It was described anew."
        files["sources.yaml"].append(
            {"key": ADDED, "title": "Second edition", "summary": "New.", "seen": True}
        )
        _rename(files["initiatives.yaml"], *RENAMED)
        for one in changes:
            one(files)

    return _write(folder, change)


def record(files: dict[str, Any], key: str) -> dict[str, Any]:
    """Return a record of a pack by its key."""
    rows = (raw for name, raws in files.items() if name != "pack.yaml" for raw in raws)
    return next(raw for raw in rows if raw.get("key") == key)


def _event() -> dict[str, Any]:
    return {"key": REMOVED, "title": "A day", "summary": "It was one.", "date": "2020-01-01"}


def _rename(rows: list[dict[str, Any]], earlier: str, key: str) -> None:
    raw = next(raw for raw in rows if raw["key"] == earlier)
    raw["key"] = key
    raw["aliases"] = [*raw.get("aliases", []), earlier]


def _write(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    sources = pack_files(pack_folder())
    loader = yaml.CSafeLoader
    loader.yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in forms if not tag.endswith("timestamp")]
        for first, forms in loader.yaml_implicit_resolvers.items()
    }
    files = {
        name: yaml.load(data, Loader=loader)
        for name, data in sources.items()
        if name.endswith(".yaml")
    }
    change(files)
    for name, data in sources.items():
        place = folder / name
        if name == _article_of(RENAMED[0]) and _has(files, RENAMED[1]):
            place = folder / _article_of(RENAMED[1])  # an article bears its record's own key
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(as_yaml(files[name]) if name in files else data)
    return folder


def _article_of(key: str) -> str:
    kind, _, slug = key.partition(":")
    return f"articles/{kind}/{slug}.md"


def _has(files: dict[str, Any], key: str) -> bool:
    return any(raw["key"] == key for raw in files["initiatives.yaml"])

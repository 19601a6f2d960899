"""GUIDs that stay the same from export to export, and how standards write them."""

import re
import uuid

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:normatlas:interchange")

_GUID = re.compile(r"\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?\Z")
_URN = re.compile(r"urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z")


def derive(*parts: str) -> str:
    """Return the GUID that these parts always give, in lower case."""
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(parts)))


def guid_of_record(key: str) -> str:
    """Return the GUID of a record as a source."""
    return derive("record", key)


def guid_of_person(name: str) -> str:
    """Return the GUID of an analyst."""
    return derive("analyst", name)


def parse_guid(text: str) -> str | None:
    """Return a GUID in lower case without braces, or None for anything else."""
    match = _GUID.match(text.strip().lower())
    return match[1] if match else None


def identity_of(text: str, *context: str) -> str:
    """Return the UUID that an id of another tool says, else the one that it always gives."""
    lowered = text.strip().lower()
    urn = _URN.match(lowered)
    return urn[1] if urn else parse_guid(lowered) or derive("foreign", *context, text)


def upper(guid: str) -> str:
    """Return a GUID as every tool accepts it: in upper case."""
    return guid.upper()

"""Web pages saved as one file of many parts (MHTML, RFC 2557)."""

import re
from email import message_from_string
from email.message import Message
from email.policy import default

from core.importing.limits import Refused

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def page_of(archived: str) -> tuple[str, dict[str, list[str]]]:
    """Return the page's HTML and what the archive says of it; raises `Refused` if it has none."""
    message = message_from_string(archived, policy=default)
    said: dict[str, list[str]] = {}
    address = str(message.get("Snapshot-Content-Location") or message.get("Content-Location") or "")
    if address.startswith(("http://", "https://")):
        said["address"] = [address.strip()]
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return _words(part), said
    raise Refused("it is an archive of a web page without a page in it")


def _words(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset("utf-8")
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")

"""Where a form may lead afterwards: only to a page of this console."""

from __future__ import annotations

from urllib.parse import urlsplit


def local_path(wanted: str) -> str:
    """The path when it stays on this site, else the first page."""
    parts = urlsplit(wanted)
    is_local = not parts.scheme and not parts.netloc and wanted.startswith("/")
    harmless = "\\" not in wanted and not wanted.startswith("//") and wanted.isprintable()
    return wanted if is_local and harmless else "/"

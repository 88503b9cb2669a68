"""Only pages of this console are led to."""

from __future__ import annotations

import pytest

from console.paths import local_path


@pytest.mark.parametrize("path", ["/", "/inbox", "/figures?days=7", "/cases/1?sent=1#m-2"])
def test_local_paths_are_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    ["", "inbox", "https://evil.example/", "//evil.example", "/\\evil", "javascript:x", "/a\nb"],
)
def test_everything_else_leads_home(path: str) -> None:
    assert local_path(path) == "/"

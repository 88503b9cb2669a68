"""What a sound pack still lacks, told to its editors; faults are the loader's matter."""

from __future__ import annotations

from collections.abc import Iterator

from directory_data.model import Directory

NO_WORRY = "none"


def counts(directory: Directory) -> dict[str, int]:
    """How much of everything the pack holds."""
    categories = directory.categories.values()
    return {
        "members": len(directory.members),
        "members unverified (確認中)": sum(
            m.verified_on is None for m in directory.members.values()
        ),
        "categories": len(directory.categories),
        "example sentences": sum(len(c.examples) for c in categories),
        "hotlines": len(directory.hotlines),
        "hotlines switched off": sum(not h.enabled for h in directory.hotlines.values()),
        "cards": len(directory.cards),
    }


def gaps(directory: Directory) -> Iterator[str]:
    """What an editor should look at although the pack can be used."""
    for code, category in directory.categories.items():
        if code != NO_WORRY and not directory.members_for(code):
            yield f"category `{code}` has no member"
        if not category.examples:
            yield f"category `{code}` has no example sentences"
    unconfirmed = sum(h.enabled and h.verified_on is None for h in directory.hotlines.values())
    if unconfirmed:
        yield f"{unconfirmed} hotlines in use have not been confirmed by the city (verified_on)"

"""The address book as staff see it: which member deals with which worry, what is unconfirmed."""

from __future__ import annotations

from flask import render_template

from console.door import blueprint, office


@blueprint.get("/members")
def members() -> str:
    """Public facts only; nothing about load or cases."""
    directory = office().directory
    groups = [
        (category.code, directory.members_for(category.code))
        for category in directory.categories.values()
    ]
    return render_template("console/members.html", groups=[g for g in groups if g[1]])

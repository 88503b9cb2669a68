"""Trying the judgement: an editor types a text and sees what Genkan makes of it, and why.

The text comes by POST, is judged and forgotten: it is in no address, no log and no table.
"""

from __future__ import annotations

from flask import render_template, request

from console.door import blueprint, now, office
from routing.judgement import Level
from routing.ranking import rank_members, wish_of

LONGEST = 5_000
_SHOWN = 10


@blueprint.get("/judgement")
def judgement() -> str:
    """The empty form."""
    return render_template("console/judgement.html", text="", longest=LONGEST)


@blueprint.post("/judgement")
def judge() -> tuple[str, int] | str:
    """The text again, and below it the judgement."""
    text = request.form.get("text", "")
    if not text.strip() or len(text) > LONGEST:
        fault = "judgement.long" if text.strip() else "judgement.empty"
        page = render_template("console/judgement.html", text=text, longest=LONGEST, fault=fault)
        return page, 422
    found, why = office().judge.read(text), office().judge.why(text)
    directory = office().directory
    wish = wish_of(directory, found.language, text)
    members = rank_members(directory, found.categories, {}, (), now(), wish)[:_SHOWN]
    return render_template(
        "console/judgement.html",
        text=text,
        longest=LONGEST,
        found=found,
        why=why,
        levels=list(Level)[1:],
        members=[(match, directory.members[match.member_id]) for match in members],
    )
